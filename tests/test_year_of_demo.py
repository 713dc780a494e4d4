"""A proposed year of the demo school, for each region and each school year whose holidays are known."""

from functools import cache
from pathlib import Path

import pytest
from make import a_year, changed

from planner.definitions.loader import load_cycle
from planner.domain.calendar import SchoolCalendar
from planner.domain.occurrences import make_occurrences
from planner.domain.reasons import reason_for
from planner.domain.rules import cost, plan_from, requirements, validate_year
from planner.imports.demo import build_demo
from planner.imports.feasts import feast_periods
from planner.imports.holidays import memorial_days, school_periods, year_bounds
from planner.solving.dates import CpSatDates
from planner.solving.greedy import GreedyDates

CYCLE = load_cycle(Path(__file__).parent.parent / "runbooks").cycle
REGIONS = ("Noord", "Midden", "Zuid")
LABELS = ("2025-2026", "2026-2027", "2027-2028", "2028-2029")
# Where each activity belongs in a school year, as months; the kijkje is in the toolkit, the others are ours.
MONTHS = {
    "startgesprek": {8, 9, 10, 1, 2},
    "welkom": {9, 10, 1, 2},
    "voortgangsgesprek-1": {11, 12, 1},
    "interessemarkt": {2, 3, 4},
    "voortgangsgesprek-2": {2, 3, 4, 5},
    "voortgangsgesprek-3": {9, 10},
    "kijkje": {11, 12, 1, 2},
    "voortgangsgesprek-4": {2, 3, 4},
    "verder": {12, 1, 5, 6, 7},
    "overdrachtsgesprek": {1, 6, 7},
}
every_year = pytest.mark.parametrize(("region", "label"), [(region, label) for region in REGIONS for label in LABELS])


def demo_problem(region, label, size=120):
    demo = build_demo(size=size, region=region, label=label)
    first_day, last_day = year_bounds(region, label)
    periods = (*school_periods(region, label), *memorial_days(label), *feast_periods(demo.feasts, label), *demo.periods)
    calendar = SchoolCalendar(
        label=label, first_day=first_day, last_day=last_day, periods=periods, open_days=demo.open_days
    )
    occurrences = make_occurrences(CYCLE, demo.school, label=label, names={})
    problem = a_year(*occurrences, runbooks=CYCLE.runbooks, rules=CYCLE.rules, calendar=calendar)
    return changed(problem, school=demo.school)


@cache
def year_of(region, label):
    """Return the problem of a demo year, its proposed plan and what that breaks."""
    problem = demo_problem(region, label)
    plan = plan_from(problem, CpSatDates().propose(problem))
    return problem, plan, validate_year(problem, plan)


@every_year
def test_proposed_year_breaks_no_hard_rule_and_explains_the_others(region, label):
    _, _, violations = year_of(region, label)

    assert [violation for violation in violations if violation.hard] == []
    assert all(violation.why.endswith(".") and violation.where for violation in violations)


@every_year
def test_proposed_year_has_every_activity_in_its_months(region, label):
    problem, plan, _ = year_of(region, label)

    assert {event.id for event in plan} == set(problem.by_id)
    assert {event.runbook_id for event in plan} == set(MONTHS)
    assert [event.id for event in plan if event.span.first.month not in MONTHS[event.runbook_id]] == []


@every_year
def test_every_date_of_a_proposed_year_has_a_reason(region, label):
    problem, plan, _ = year_of(region, label)
    rules, spans = requirements(problem), {event.id: event.span for event in plan}

    reasons = [reason_for(problem, rules, event.id, spans) for event in plan]

    assert all(reason.startswith("In de periode ") and reason.endswith(".") for reason in reasons)


@every_year
def test_proposed_year_is_not_worse_than_a_greedy_one(region, label):
    problem, _, violations = year_of(region, label)
    greedy = plan_from(problem, GreedyDates().propose(problem))

    assert cost(violations) <= cost(validate_year(problem, greedy))


def test_closed_day_moves_one_evening_of_the_demo_year():
    problem, plan, violations = year_of("Midden", "2026-2027")
    dates = {event.id: event.span.first for event in plan}
    day = dates["interessemarkt"]
    closed = tuple(changed(p, first=day, last=day) for p in problem.calendar.periods if p.kind == "gesloten")[:1]
    calendar = changed(problem.calendar, periods=(*problem.calendar.periods, *closed))

    found = CpSatDates().replan(
        changed(problem, calendar=calendar), dates, accepted=frozenset((v.rule, v.where) for v in violations)
    )

    assert [event for event in dates if found[event] != dates[event]] == ["interessemarkt"]
