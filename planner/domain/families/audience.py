"""Who an activity is for: the clauses of a runbook held against a pupil on a day."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.cycle import CheckKind, Cycle
from planner.domain.runbook import Clause, Runbook
from planner.domain.school import Pupil, School

LAST_PHASE = 2


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later (earlier when negative), or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def started_within(pupil: Pupil, *, day: date, months: int, weeks_ahead: int = 0) -> bool:
    """Return whether the pupil started in the `months` before `day`, or starts within `weeks_ahead` (C02)."""
    return add_months(day, -months) <= pupil.started <= day + timedelta(weeks=weeks_ahead)


def leaves_within(pupil: Pupil, *, day: date, months: int) -> bool:
    """Return whether the pupil's expected transition is on or after `day` and at most `months` later (C12)."""
    return pupil.leaves is not None and day <= pupil.leaves <= add_months(day, months)


def is_here(pupil: Pupil, *, day: date, weeks_ahead: int = 0) -> bool:
    """Return whether the pupil is at the ISK on `day`, or starts within `weeks_ahead`."""
    gone = pupil.leaves is not None and pupil.leaves < day
    return not gone and pupil.started <= day + timedelta(weeks=weeks_ahead)


def _matches(clause: Clause, pupil: Pupil, day: date) -> bool:
    if not is_here(pupil, day=day, weeks_ahead=clause.starts_within_weeks):
        return False
    if clause.phases and pupil.phase not in clause.phases:
        return False
    if clause.routes and pupil.route not in clause.routes:
        return False
    months = clause.started_within_months
    if months is not None and not started_within(pupil, day=day, months=months, weeks_ahead=clause.starts_within_weeks):
        return False
    leaving = clause.leaves_within_months
    return leaving is None or leaves_within(pupil, day=day, months=leaving)


def belongs(clauses: Iterable[Clause], pupil: Pupil, *, day: date) -> bool:
    """Return whether the pupil belongs to the audience on `day`: at least one clause holds whole."""
    return any(_matches(clause, pupil, day) for clause in clauses)


def is_left_out(clauses: Iterable[Clause], pupil: Pupil, *, day: date) -> bool:
    """Return whether another day would bring this pupil into the audience, though they do not belong on `day`.

    Where the audience asks nothing about starting or leaving, someone who is not at school is not left out.
    """
    clauses = tuple(clauses)
    dated = any(
        clause.started_within_months is not None or clause.leaves_within_months is not None for clause in clauses
    )
    return (dated or is_here(pupil, day=day)) and not belongs(clauses, pupil, day=day)


def audience_of(runbook: Runbook, *, cycle: Cycle, school: School) -> tuple[Clause, ...]:
    """Return who the activity is for in this school and year.

    When phase 2 had no interessemarkt last year, what is for the whole of phase 1 is for them as well (C06).
    """
    checks = (check for rule in cycle.rules for check in rule.checks if check.first == runbook.id)
    if school.market_last_year or all(check.kind is not CheckKind.WHOLE_PHASE for check in checks):
        return runbook.audience
    return (*runbook.audience, *(replace(clause, phases=(LAST_PHASE,)) for clause in runbook.audience))
