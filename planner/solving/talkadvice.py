"""The smallest change that gives an open talk its time: longer days, another afternoon, an hour of an interpreter.

Each change is tried on the plan as it is before it is told: a sentence promises nothing that does not fit.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.domain.schoolrules import say_day
from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.domain.talks.plan import TOLK, Slot, Talk, TalkPlan, TalkProblem, Window, say_minutes, say_time
from planner.solving.talks import Search

LONGER = (30, 60, 90)  # minutes at the end of every day
EXTRA = "extra-tolk"
NAMED = 4  # talks that a sentence names
MOST_GROUPS = 6  # for more kinds of trouble at once the first ones will do


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that helps: `minutes` of people's time it takes, how many of the open talks it places, in words."""

    minutes: int
    placed: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Open talks with one cause, how many minutes they take, and the changes that help, the smallest first."""

    talks: tuple[Talk, ...]
    changes: tuple[Change, ...]

    @property
    def minutes(self) -> int:
        """How much time is short."""
        return sum(talk.minutes for talk in self.talks)


def advice(problem: TalkProblem, plan: TalkPlan, more: Sequence[Window] = ()) -> tuple[Advice, ...]:
    """Return advice for the talks without a time, by language or by mentor. `more` are hours that could be added."""
    held = replace(problem, fixed=plan)
    groups: defaultdict[tuple[str, ...], list[Talk]] = defaultdict(list)
    for talk in problem.open_talks(plan):
        groups[("taal", talk.language) if talk.language else ("mentor", *talk.mentors)].append(talk)
    largest = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Advice(talks=tuple(talks), changes=_best(_changes(held, talks, more))) for _, talks in largest[:MOST_GROUPS]
    )


def _best(changes: Iterator[Change]) -> tuple[Change, ...]:
    """Return the smallest change of those that help most, and one more that helps as much."""
    found = sorted(changes, key=lambda change: (-change.placed, change.minutes, change.words))
    return tuple(change for change in found if change.placed == found[0].placed)[:2]


def _changes(problem: TalkProblem, talks: Sequence[Talk], more: Sequence[Window]) -> Iterator[Change]:
    mentors = {mentor for talk in talks for mentor in talk.mentors}
    if not mentors:
        return
    if all(problem.interpreters[talk.id] for talk in talks if talk.language):
        yield from _longer(problem, talks)
        yield from _another_day(problem, talks, more)
    if talks[0].language:
        yield from _interpreter(problem, talks)


def _placed(problem: TalkProblem, talks: Sequence[Talk]) -> Mapping[str, Slot]:
    """Return the slots that these talks get next to the ones that stay."""
    search, wanted = Search(problem), {talk.id for talk in talks}
    search.units = tuple(unit for unit in search.units if {talk.id for talk in unit} & wanted)
    search.fill()
    return {each: search.board.slots[each] for each in wanted if each in search.board.slots}


def _longer(problem: TalkProblem, talks: Sequence[Talk]) -> Iterator[Change]:
    last = {window.day: max(w.end for w in problem.windows if w.day == window.day) for window in problem.windows}
    for minutes in LONGER:
        windows = tuple(replace(w, end=w.end + minutes) if w.end == last[w.day] else w for w in problem.windows)
        slots = _placed(replace(problem, windows=windows), talks)
        if slots:
            days = sorted({slot.day for slot in slots.values() if _end(problem, slot) > last[slot.day]})
            words = f"Maak de dag {say_minutes(minutes)} langer op {', '.join(map(say_day, days))}"
            if days:
                yield Change(minutes=minutes * len(days), placed=len(slots), words=words)
                return


def _end(problem: TalkProblem, slot: Slot) -> int:
    return slot.start + problem.talk[slot.talk_id].minutes


def _another_day(problem: TalkProblem, talks: Sequence[Talk], more: Sequence[Window]) -> Iterator[Change]:
    for window in more:
        slots = _placed(replace(problem, windows=(*problem.windows, window)), talks)
        if slots:
            words = (
                f"Voeg een middag toe: {say_day(window.day)} van {say_time(window.start)} tot {say_time(window.end)}"
            )
            yield Change(minutes=window.minutes, placed=len(slots), words=words)


def _interpreter(problem: TalkProblem, talks: Sequence[Talk]) -> Iterator[Change]:
    """Try one more interpreter on each of the days."""
    language = talks[0].language
    for day in problem.days:
        others = frozenset((EXTRA, other) for other in problem.days if other != day)
        helper = Person(
            id=EXTRA,
            name="",
            kind=PersonKind.VOLUNTEER,
            roles=frozenset({TOLK}),
            skills=(Skill(language=language),),
            weekdays=frozenset(range(7)),
        )
        wider = replace(problem, people=(*problem.people, helper), away=problem.away | others)
        slots = _placed(wider, talks)
        hired = [slot for slot in slots.values() if slot.interpreter_id == EXTRA]
        if hired:
            start, end = min(slot.start for slot in hired), max(_end(problem, slot) for slot in hired)
            name = problem.names.get(language, language)
            words = f"Vraag een tolk {name} op {say_day(day)} van {say_time(start)} tot {say_time(end)}"
            yield Change(minutes=end - start, placed=len(slots), words=words)


def say_advice(each: Advice) -> str:
    """Return advice as sentences for a coordinator."""
    count = len(each.talks)
    who = ", ".join(talk.about for talk in each.talks[:NAMED]) + (f" en nog {count - NAMED}" if count > NAMED else "")
    short = f"{'1 gesprek heeft' if count == 1 else f'{count} gesprekken hebben'} geen tijd: {who}. "
    short += f"Er is {say_minutes(each.minutes)} te kort."
    if not each.changes:
        return f"{short} Kijk of iemand anders dit gesprek kan voeren of tolken, ook aan de telefoon."
    words = " Of: ".join(f"{change.words}." for change in each.changes)
    placed = each.changes[0].placed
    helps = "Dan past het" if count == 1 else "Dan passen ze allemaal" if placed == count else f"Dan passen er {placed}"
    return f"{short} {words} {helps}."
