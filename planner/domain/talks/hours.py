"""The hours of a round: on which days and from when until when talks can be, and whether that is enough."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.domain.calendar import SchoolCalendar
from planner.domain.talks.plan import Talk, TalkProblem, Window, say_minutes
from planner.domain.year import Span

NO_BREAK = (0, 0)
MORE_DAYS = 3  # school days after a round that may be added to it


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualHours:
    """When talks are on a usual day. `opens` gives the first minute by weekday (0 is Monday), `closes` the last one.

    `rest` are start and end of a break of everybody, two equal numbers when there is none.
    """

    opens: Mapping[int, int] = field(default_factory=dict)
    closes: int = 18 * 60 + 30
    rest: tuple[int, int] = NO_BREAK

    def windows(self, calendar: SchoolCalendar, span: Span) -> tuple[Window, ...]:
        """Return the hours of the days of a round on which parents can come, the break still in them."""
        return tuple(
            Window(day=day, start=self.opens[day.weekday()], end=self.closes)
            for day in calendar.school_days()
            if span.first <= day <= span.last and self.opens.get(day.weekday(), self.closes) < self.closes
        )

    def more(self, calendar: SchoolCalendar, span: Span, taken: Iterable[Window]) -> tuple[Window, ...]:
        """Return hours that could be added: other school days in the round, and the first ones after it."""
        known = {window.day for window in taken}
        first = min(self.opens.values(), default=self.closes)
        after = [day for day in calendar.school_days() if day > span.last][:MORE_DAYS]
        within = [day for day in calendar.school_days() if span.first <= day <= span.last]
        days = [day for day in (*within, *after) if day not in known]
        opens = ((day, self.opens.get(day.weekday(), first)) for day in days)
        return tuple(Window(day=day, start=start, end=self.closes) for day, start in opens if start < self.closes)

    def without_rest(self, windows: Iterable[Window]) -> tuple[Window, ...]:
        """Return the windows with the break cut out."""
        return tuple(part for window in sorted(windows) for part in self._parts(window))

    def _parts(self, window: Window) -> Iterator[Window]:
        begin, end = self.rest
        if begin >= end or end <= window.start or window.end <= begin:
            yield window
            return
        for start, until in ((window.start, begin), (end, window.end)):
            if start < until:
                yield Window(day=window.day, start=start, end=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """Somebody who is asked for more minutes than there are, whatever the plan: `asked` of `there`, and for what."""

    who: str
    asked: int
    there: int

    @property
    def short(self) -> int:
        """How many minutes there are too few."""
        return self.asked - self.there

    @property
    def why(self) -> str:
        """The shortage as a sentence."""
        there = f"er is {say_minutes(self.there)}" if self.there else "er is niemand die kan"
        return f"{self.who}: de gesprekken vragen met pauzes {say_minutes(self.asked)}, {there}."


def _asked(problem: TalkProblem, talks: Iterable[Talk]) -> int:
    """Return the least minutes that one person needs for talks: each with a pause, the last of a day without."""
    return sum(talk.minutes + problem.times.pause for talk in talks)


def _there(problem: TalkProblem, people: Iterable[str]) -> int:
    """Return the most minutes that people have: a window holds one pause less than talks."""
    pause = problem.times.pause
    return sum(window.minutes + pause for who in people for window in problem.open_for.get(who, ()))


def shortages(problem: TalkProblem) -> tuple[Shortage, ...]:
    """Return what can be counted before solving: mentors and languages that are asked for more time than they have.

    Necessary, not enough: a round without a shortage may still be impossible, one with a shortage always is.
    """
    by_mentor: defaultdict[str, list[Talk]] = defaultdict(list)
    by_language: defaultdict[str, list[Talk]] = defaultdict(list)
    for talk in problem.talks:
        for mentor in talk.mentors:
            by_mentor[mentor].append(talk)
        if talk.language:
            by_language[talk.language].append(talk)
    found = [
        Shortage(
            who=problem.person[mentor].name if mentor in problem.person else "Een mentor",
            asked=_asked(problem, talks),
            there=_there(problem, [mentor]),
        )
        for mentor, talks in by_mentor.items()
    ]
    for language, talks in by_language.items():
        able = {who for talk in talks for who in problem.interpreters[talk.id]}
        name = problem.names.get(language, language)
        found.append(Shortage(who=f"Tolken {name}", asked=_asked(problem, talks), there=_there(problem, sorted(able))))
    return tuple(each for each in found if each.short > 0)
