"""What dates must satisfy, in a few primitive shapes that a judge can read aloud and a solver can optimise."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.calendar import say_day_and_month
from planner.domain.year import Span

Spans = Mapping[str, Span]
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks: which, whether that forbids the plan, where, and why in one Dutch sentence."""

    rule: str
    hard: bool
    where: str
    why: str
    weight: int = 0


def reading_order(violation: Violation) -> tuple[object, ...]:
    """Return where a violation stands in a list: what forbids first, and numbers as one counts (group 2, group 10)."""
    words = (
        tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(text))
        for text in (violation.where, violation.why)
    )
    return (not violation.hard, violation.rule, *words)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a day does to one event: `count` times the rule's weight, and why."""

    why: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRule:
    """A rule that looks at one event's days only. `look` gives a finding for a span that breaks it."""

    rule: str
    hard: bool
    weight: int
    event: str
    look: Callable[[Span], Finding | None]

    def violations(self, spans: Spans) -> Iterator[Violation]:
        """Yield what this rule finds in a plan."""
        if self.event in spans and (found := self.look(spans[self.event])):
            yield Violation(
                rule=self.rule,
                hard=self.hard,
                where=self.event,
                why=found.why,
                weight=self.weight * found.count,
            )


def gap_days(first: Span, then: Span) -> int:
    """Return the days from the end of `first` to the start of `then`; 1 is the next day."""
    return (then.first - first.last).days


def gap_words(days: int) -> str:
    """Return a gap in plain Dutch: "3 dagen erna", "2 weken erna", "4 dagen ervoor", "op dezelfde dag"."""
    if not days:
        return "op dezelfde dag"
    side = "erna" if days > 0 else "ervoor"
    weeks, rest = divmod(abs(days), 7)
    if weeks and not rest:
        return f"{weeks} {'week' if weeks == 1 else 'weken'} {side}"
    return f"{abs(days)} {'dag' if abs(days) == 1 else 'dagen'} {side}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRule:
    """`then` starts `min_days` to `max_days` (None: any time) after the end of `first`."""

    rule: str
    hard: bool
    weight: int
    first: str
    then: str
    min_days: int
    max_days: int | None
    wish: str

    def holds(self, first: Span, then: Span) -> bool:
        """Return whether two spans keep the distance."""
        days = gap_days(first, then)
        return days >= self.min_days and (self.max_days is None or days <= self.max_days)

    def violations(self, spans: Spans) -> Iterator[Violation]:
        """Yield what this rule finds in a plan."""
        if self.first in spans and self.then in spans and not self.holds(spans[self.first], spans[self.then]):
            gap = gap_words(gap_days(spans[self.first], spans[self.then]))
            why = f"{self.wish}; nu is het {gap}."
            yield Violation(rule=self.rule, hard=self.hard, where=self.then, why=why, weight=self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextGapRule:
    """At least one of `thens` starts `min_days` to `max_days` after the end of `first` (rule C03)."""

    rule: str
    hard: bool
    weight: int
    first: str
    thens: tuple[str, ...]
    min_days: int
    max_days: int
    wish: str

    def violations(self, spans: Spans) -> Iterator[Violation]:
        """Yield what this rule finds in a plan."""
        if self.first not in spans:
            return
        gaps = [gap_days(spans[self.first], spans[then]) for then in self.thens if then in spans]
        if not any(self.min_days <= gap <= self.max_days for gap in gaps):
            after = [gap for gap in gaps if gap > 0]
            now = f"het eerste is {gap_words(min(after))}" if after else "er komt geen gesprek meer"
            why = f"{self.wish}; {now}."
            yield Violation(rule=self.rule, hard=self.hard, where=self.first, why=why, weight=self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctDays:
    """No two of these events start on the same day. `titles` names them for a reader."""

    rule: str
    hard: bool
    weight: int
    events: tuple[str, ...]
    titles: Mapping[str, str]

    def violations(self, spans: Spans) -> Iterator[Violation]:
        """Yield one violation for each event that shares its day with an earlier one in the list."""
        taken: dict[date, str] = {}
        for event in (event for event in self.events if event in spans):
            day = spans[event].first
            if day in taken:
                why = f"Op {say_day_and_month(day)} is er al een avond: '{self.titles[taken[day]]}'."
                yield Violation(rule=self.rule, hard=self.hard, where=event, why=why, weight=self.weight)
            taken.setdefault(day, event)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLimit:
    """At most `limit` of these events in one week (Monday to Sunday)."""

    rule: str
    hard: bool
    weight: int
    events: tuple[str, ...]
    limit: int

    def violations(self, spans: Spans) -> Iterator[Violation]:
        """Yield one violation for each week that holds too many."""
        mondays = Counter(monday(spans[event].first) for event in self.events if event in spans)
        for day, count in sorted(mondays.items()):
            if count > self.limit:
                why = f"In de week van {say_day_and_month(day)} zijn er {count} avonden; {self.limit} is genoeg."
                weight = self.weight * (count - self.limit)
                yield Violation(rule=self.rule, hard=self.hard, where=week_of(day), why=why, weight=weight)


def monday(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> str:
    """Return how a violation names the week that starts on `day`."""
    return f"week van {say_day_and_month(day)}"


Requirement = DayRule | GapRule | NextGapRule | DistinctDays | WeekLimit
