"""A school year to plan: occurrences that need a date, and a plan that gives them one."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from zoneinfo import ZoneInfo

from planner.domain.calendar import SchoolCalendar
from planner.domain.cycle import Cycle
from planner.domain.runbook import Kind, Runbook
from planner.domain.school import School

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ROUND_STARTS, ROUND_ENDS = time(8, 30), time(17, 0)  # a conversation round fills school days, not one evening


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One holding of an activity: for whom, and in which days of the year it belongs.

    `languages` are the codes this occurrence is for (empty: every language without its own group);
    `sector` is `"mbo"`, `"vo"` … or empty. `pupil_ids` are the candidates; who is invited follows the date.
    """

    id: str
    runbook_id: str
    title: str
    moment: str
    first: date
    last: date
    pupil_ids: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days an event takes, both included; one evening or a round of conversations."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvent:
    """An occurrence with its date, the pupils invited on that date, and why this date."""

    id: str
    runbook_id: str
    span: Span
    pupil_ids: tuple[str, ...]
    reason: str = ""


Plan = tuple[PlannedEvent, ...]


@dataclass(frozen=True, kw_only=True)
class YearProblem:
    """Everything that decides the dates. `pins` fixes dates; `overrides` maps a rule id to the school's reason."""

    calendar: SchoolCalendar
    school: School
    cycle: Cycle
    occurrences: tuple[Occurrence, ...]
    pins: Mapping[str, date] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Occurrence]:
        """Occurrences by id."""
        return {occurrence.id: occurrence for occurrence in self.occurrences}

    def runbook_of(self, event_id: str) -> Runbook:
        """Return the runbook of an occurrence; KeyError for an unknown one."""
        return self.cycle.runbook(self.by_id[event_id].runbook_id)

    def is_evening(self, event_id: str) -> bool:
        """Return whether the occurrence takes one evening (not a round of conversations)."""
        return self.runbook_of(event_id).kind is Kind.EVENING

    def span(self, event_id: str, day: date) -> Span:
        """Return the days the occurrence takes when it starts on `day`."""
        rounds = self.runbook_of(event_id).round_school_days
        return Span(first=day, last=self.calendar.add_school_days(day, rounds - 1))


def local(day: date, at: time) -> datetime:
    """Return date and wall-clock time in the Netherlands as an aware datetime."""
    return datetime.combine(day, at, tzinfo=AMSTERDAM)


def event_times(runbook: Runbook, span: Span) -> tuple[datetime, datetime]:
    """Return start and end (aware, Amsterdam) of an event: its draaiboek, or its school days when nobody gathers."""
    if runbook.kind is Kind.CONVERSATION or not runbook.gathers:
        return local(span.first, ROUND_STARTS), local(span.last, ROUND_ENDS)
    start = min(row.start for row in runbook.rows)
    ends = [row.end or row.start for row in runbook.rows]  # of an open end the latest time that is known
    return local(span.first, start), local(span.last, max([*ends, runbook.invitation.end or start]))


def year_date(label: str, month_day: tuple[int, int]) -> date:
    """Return a (month, day) inside school year `label` ("2026-2027"): August and later in its first year."""
    first_year = int(label[:4])
    month, day = month_day
    year = first_year if month >= 8 else first_year + 1  # noqa: PLR2004 - the school year turns on 1 August
    return date(year, month, min(day, monthrange(year, month)[1]))
