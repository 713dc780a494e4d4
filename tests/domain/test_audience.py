from datetime import date

import pytest
from make import a_check, a_cycle, a_pupil, a_rule, a_runbook, a_school

from planner.domain.cycle import CheckKind
from planner.domain.families.audience import (
    add_months,
    audience_of,
    belongs,
    is_here,
    is_left_out,
    leaves_within,
    started_within,
)
from planner.domain.runbook import Clause

DAY = date(2027, 1, 12)
NEW = Clause(started_within_months=3, starts_within_weeks=4)
LEAVING = Clause(leaves_within_months=2)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-12-15", 1, "2028-01-15"),
        ("2027-01-15", -1, "2026-12-15"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-03-31", 14, "2028-05-31"),
        ("2027-05-31", -3, "2027-02-28"),
    ],
)
def test_months_are_added_to_the_last_day_at_most(day, months, expected):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("started", "yes"),
    [("2026-10-11", False), ("2026-10-12", True), ("2027-01-12", True), ("2027-02-09", True), ("2027-02-10", False)],
)
def test_started_in_the_past_months_or_very_soon(started, yes):
    pupil = a_pupil(started=date.fromisoformat(started))

    assert started_within(pupil, day=DAY, months=3, weeks_ahead=4) is yes
    assert belongs([NEW], pupil, day=DAY) is yes


@pytest.mark.parametrize(
    ("leaves", "yes"),
    [(None, False), ("2027-01-11", False), ("2027-01-12", True), ("2027-03-12", True), ("2027-03-13", False)],
)
def test_leaves_within_the_coming_months(leaves, yes):
    pupil = a_pupil(leaves=leaves and date.fromisoformat(leaves))

    assert leaves_within(pupil, day=DAY, months=2) is yes
    assert belongs([LEAVING], pupil, day=DAY) is yes


@pytest.mark.parametrize(
    ("clause", "yes"),
    [
        (Clause(), True),
        (Clause(phases=(1,)), True),
        (Clause(phases=(2,)), False),
        (Clause(phases=(1, 2), routes=(2,)), True),
        (Clause(phases=(1,), routes=(1, 3)), False),
        (Clause(phases=(1,), started_within_months=3), False),
    ],
)
def test_clause_holds_whole(clause, yes):
    assert belongs([clause], a_pupil(phase=1, route=2), day=DAY) is yes


def test_one_clause_is_enough():
    assert belongs([Clause(phases=(2,)), Clause(routes=(2,))], a_pupil(phase=1, route=2), day=DAY)
    assert not belongs([], a_pupil(), day=DAY)


@pytest.mark.parametrize(("started", "yes"), [("2027-01-12", True), ("2027-01-13", False)])
def test_pupil_who_has_not_started_belongs_to_nothing(started, yes):
    assert belongs([Clause(phases=(1,))], a_pupil(started=date.fromisoformat(started)), day=DAY) is yes


def test_pupil_who_has_left_belongs_to_nothing():
    assert not is_here(a_pupil(leaves=date(2027, 1, 11)), day=DAY)
    assert is_here(a_pupil(leaves=DAY), day=DAY)
    assert not belongs([Clause(phases=(1,))], a_pupil(leaves=date(2027, 1, 11)), day=DAY)


@pytest.mark.parametrize(
    ("clauses", "facts", "left_out"),
    [
        ([NEW], {"started": date(2027, 1, 4)}, False),
        ([NEW], {"started": date(2026, 9, 1)}, True),
        ([NEW], {"started": date(2027, 3, 1)}, True),
        ([LEAVING], {"leaves": date(2027, 1, 5)}, True),
        # The audience says nothing about when pupils come and go: who is not there is not left out.
        ([Clause(phases=(1,))], {"started": date(2027, 3, 1)}, False),
        ([Clause(phases=(1,))], {"leaves": date(2027, 1, 5)}, False),
        ([Clause(phases=(2,))], {}, True),
    ],
)
def test_left_out_is_who_another_day_would_have_helped(clauses, facts, left_out):
    assert is_left_out(iter(clauses), a_pupil(**facts), day=DAY) is left_out


MARKET = a_runbook(id="markt", audience=(Clause(phases=(1,), routes=(1, 2)),))
WHOLE_PHASE = a_rule(a_check(CheckKind.WHOLE_PHASE, "markt", phases=(1,)), rule_id="C06")


@pytest.mark.parametrize(
    ("rules", "market_last_year", "phases"),
    [((WHOLE_PHASE,), True, [(1,)]), ((WHOLE_PHASE,), False, [(1,), (2,)]), ((), False, [(1,)])],
)
def test_phase_2_comes_too_when_it_had_no_market_last_year(rules, market_last_year, phases):
    clauses = audience_of(
        MARKET, cycle=a_cycle(MARKET, rules=rules), school=a_school(market_last_year=market_last_year)
    )

    assert [clause.phases for clause in clauses] == phases
    assert {clause.routes for clause in clauses} == {(1, 2)}
