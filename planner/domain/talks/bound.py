"""What no plan of talks can come below, by counting alone: cheap, and always true, though not always reachable.

Counted are talks that nobody can hold, wishes that no hour of the round meets (of brothers and sisters: no day that
they share), guests who cannot come at any hour, and the days on which interpreters from outside have to come to hold
the talks that only they can interpret. Waiting counts as nothing: rooms that are far apart may make it more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import ceil

from planner.domain.talks.cost import TalkCost, comes_from_outside
from planner.domain.talks.plan import STEP, Talk, TalkProblem, Window
from planner.domain.talks.rules import most_minutes


def least_cost(problem: TalkProblem) -> TalkCost:
    """Return figures of which the total is not above that of any plan without broken hard rules.

    Each figure on its own is not above that of a plan in which every talk that can be held is held. A talk that is left
    open costs more than all it can add here (`OPEN`), so leaving it open never brings a plan below the total.
    """
    fixed = {slot.talk_id: slot for slot in problem.fixed}
    free = [talk for talk in problem.talks if talk.id not in fixed]
    able = {talk.id: tuple(_able(problem, talk)) for talk in free}
    held = [talk for talk in free if able[talk.id]]
    kept = [(slot, talk) for slot, talk in problem.known(fixed.values())]
    return TalkCost(
        open=len(free) - len(held),
        wishes=sum(talk.wishes_missed(slot.day, slot.start) for slot, talk in kept)
        + sum(_wishes(problem, family, able) for family in _families(problem, held)),
        alone=sum(bool(talk.guests) and not slot.guest_id for slot, talk in kept)
        + sum(_is_alone(problem, talk, able[talk.id]) for talk in held),
        waiting=0,
        comings=_comings(problem, [talk for talk in held if talk.language], able),
        gaps=0,
    )


def _able(problem: TalkProblem, talk: Talk) -> Iterator[str]:
    """Yield the interpreters who can be there with the mentors at some hour; "" when nobody has to interpret."""
    for who in problem.interpreters[talk.id] if talk.language else ("",):
        is_short = not who or who in problem.mentors or talk.minutes <= most_minutes(problem.person[who])
        if is_short and any(_hours(problem, talk, who)):
            yield who


def _hours(problem: TalkProblem, talk: Talk, *helpers: str) -> Iterator[Window]:
    """Yield the hours in which a talk can begin with its mentors and these helpers: first and last start."""
    crew = (*talk.mentors, *filter(None, helpers))
    if not talk.mentors or any(who not in problem.person for who in crew):
        return
    for window in problem.windows:
        theirs = [[each for each in problem.open_for[who] if _within(each, window)] for who in crew]
        if all(theirs):
            start = -(-max(mine[0].start for mine in theirs) // STEP) * STEP
            if start + talk.minutes <= window.end:
                yield Window(day=window.day, start=start, end=window.end - talk.minutes)


def _within(mine: Window, window: Window) -> bool:
    return mine.day == window.day and mine.end == window.end and mine.start >= window.start


def _joined(groups: Iterable[Iterable[str]]) -> Mapping[str, frozenset[str]]:
    """Return for each name all names that it shares a group with, directly or by way of others."""
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        joined = frozenset(group).union(*(found.get(name, ()) for name in group))
        found |= dict.fromkeys(joined, joined)
    return found


def _families(problem: TalkProblem, talks: Sequence[Talk]) -> Iterable[Sequence[Talk]]:
    """Return the talks, those of brothers and sisters together: these are all on one day."""
    kin = _joined(problem.siblings)
    found: defaultdict[frozenset[str], list[Talk]] = defaultdict(list)
    for talk in talks:
        found[kin.get(talk.id, frozenset({talk.id}))].append(talk)
    return found.values()


def _wishes(problem: TalkProblem, family: Sequence[Talk], able: Mapping[str, Sequence[str]]) -> int:
    """Return how often these talks, on one day, are not as a household asks; without such a day each on its own."""
    if not any(talk.wishes for talk in family):
        return 0
    missed = [_missed_by_day(problem, talk, able[talk.id]) for talk in family]
    days = set(missed[0]).intersection(*missed)
    each_alone = sum(min(by_day.values()) for by_day in missed)
    return min((sum(by_day[day] for by_day in missed) for day in days), default=each_alone)


def _missed_by_day(problem: TalkProblem, talk: Talk, able: Sequence[str]) -> Mapping[date, int]:
    """Return for each day on which a talk can be how many wishes it misses at the best hour."""
    found: dict[date, int] = {}
    for hour in {hour for who in able for hour in _hours(problem, talk, who)}:
        starts = range(hour.start, hour.end + 1, STEP) if talk.wishes else (hour.start,)
        least = min(talk.wishes_missed(hour.day, start) for start in starts)
        found[hour.day] = min(least, found.get(hour.day, least))
    return found


def _is_alone(problem: TalkProblem, talk: Talk, able: Sequence[str]) -> bool:
    """Return whether nobody of the next school can join, though somebody is asked to."""
    pairs = ((who, guest) for who in able for guest in talk.guests)
    return bool(talk.guests) and not any(any(_hours(problem, talk, *pair)) for pair in pairs)


def _comings(problem: TalkProblem, talks: Iterable[Talk], able: Mapping[str, Sequence[str]]) -> int:
    """Return how many days interpreters from outside come at least, for the talks that only they can interpret.

    Interpreters who share such talks are counted together. What one of them alone can interpret is counted for each of
    them as well; of the two the most is true.
    """
    outside = [talk for talk in talks if all(comes_from_outside(problem, who) for who in able[talk.id])]
    together = _joined(able[talk.id] for talk in outside)
    shared: defaultdict[frozenset[str], list[Talk]] = defaultdict(list)
    alone: defaultdict[str, list[Talk]] = defaultdict(list)
    for talk in outside:
        shared[together[able[talk.id][0]]].append(talk)
        if len(able[talk.id]) == 1:
            alone[able[talk.id][0]].append(talk)
    return sum(
        max(_days(problem, people, mine), sum(_days(problem, (who,), alone[who]) for who in people if who in alone))
        for people, mine in shared.items()
    )


def _days(problem: TalkProblem, people: Iterable[str], talks: Sequence[Talk]) -> int:
    """Return on how many days these people come at least to interpret these talks.

    A day holds talks with a pause between them. By minutes, and by how many of the shortest talk a day holds.
    """
    pause = problem.times.pause
    day = max(_longest_day(problem, who) for who in people) + pause
    shortest = min(talk.minutes for talk in talks) + pause
    return max(ceil(sum(talk.minutes + pause for talk in talks) / day), ceil(len(talks) / (day // shortest)))


def _longest_day(problem: TalkProblem, who: str) -> int:
    """Return the most minutes that a helper can be busy on one day, from the first to the last talk."""
    pause, days = problem.times.pause, defaultdict[date, int](int)
    for window in problem.open_for[who]:
        days[window.day] += window.minutes + pause
    return min(max(days.values()) - pause, most_minutes(problem.person[who]))
