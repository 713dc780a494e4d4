"""One contract for every solver of dates, on random small years, with brute force as the judge of CP-SAT."""

from datetime import date, time, timedelta
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from make import a_calendar, a_check, a_period, a_rule, a_runbook, a_school, a_year, an_occurrence, changed

from planner.domain.calendar import PeriodKind
from planner.domain.cycle import CheckKind
from planner.domain.requirements import DayRule
from planner.domain.rules import cost, plan_from, requirements, validate_year
from planner.domain.runbook import Kind
from planner.errors import InfeasibleError
from planner.solving.dates import CpSatDates
from planner.solving.greedy import GreedyDates

every_solver = pytest.mark.parametrize("solver", [CpSatDates(), GreedyDates()], ids=["cp-sat", "greedy"])
some = settings(max_examples=30, deadline=None)

FIRST = date(2026, 10, 5)  # a Monday
DAYS = 14  # ten school days at most
DAY = st.integers(0, DAYS - 1).map(lambda offset: FIRST + timedelta(days=offset))
KINDS = st.sampled_from([PeriodKind.CLOSED, PeriodKind.FEAST, PeriodKind.TEST_WEEK, PeriodKind.RAMADAN])
CHECKS = st.sampled_from([CheckKind.ORDER, CheckKind.GAP, CheckKind.NEXT_GAP, CheckKind.LESSON_FOLLOWS])


@st.composite
def periods(draw):
    first, kind = draw(DAY), draw(KINDS)
    return a_period(first.isoformat(), (first + timedelta(days=draw(st.integers(0, 2)))).isoformat(), kind, kind.value)


@st.composite
def cycle_rules(draw, names, number):
    first, *others = draw(st.permutations(names))
    kind = draw(CHECKS)
    check = a_check(
        kind,
        first,
        others[: 2 if kind is CheckKind.NEXT_GAP else 1],
        hard=draw(st.integers(0, 3)) == 0,
        weight=draw(st.sampled_from([3, 10, 15])),
        min_weeks=draw(st.integers(0, 1)),
        max_weeks=draw(st.integers(1, 2)),
        days=draw(st.integers(1, 3)),
    )
    return a_rule(check, rule_id=f"C{number:02}")


@st.composite
def years(draw, pins=0):
    """Return two weeks with a few evenings and rounds, rules between them and at most `pins` pinned dates."""
    names = ("a", "b", "c", "d")[: draw(st.integers(2, 4))]
    runbooks, occurrences = [], []
    for name in names:
        is_round = draw(st.integers(0, 2)) == 0
        length = draw(st.integers(1, 3)) if is_round else 1
        kind = Kind.CONVERSATION if is_round else Kind.EVENING
        runbooks.append(a_runbook(id=name, title=name.upper(), kind=kind, round_school_days=length))
        first, last = sorted((draw(DAY), draw(DAY)))
        occurrences.append(an_occurrence(name, runbook_id=name, title=name.upper(), first=first, last=last))
    evenings = draw(st.sets(st.integers(0, 4), min_size=2))
    return a_year(
        *occurrences,
        runbooks=runbooks,
        rules=[draw(cycle_rules(names, number)) for number in range(1, draw(st.integers(1, 4)))],
        calendar=a_calendar(
            *draw(st.lists(periods(), max_size=3)),
            first=FIRST.isoformat(),
            last=(FIRST + timedelta(days=DAYS - 1)).isoformat(),
        ),
        school=a_school(evenings=dict.fromkeys(evenings, time(17))),
        pins=draw(st.dictionaries(st.sampled_from(names), DAY, max_size=pins)),
    )


def proposed(solver, problem):
    """Return the dates of a solver, None when it finds none."""
    try:
        return solver.propose(problem)
    except InfeasibleError:
        return None


def broken(problem, dates, *, hard):
    return [v for v in validate_year(problem, plan_from(problem, dates)) if v.hard is hard]


def may_start(problem, event, now, any_day):
    """Return the days that solvers look at, written down a second time."""
    if event in problem.pins:
        return [problem.pins[event]]
    school_days = problem.calendar.school_days()
    if any_day or problem.is_evening(event):
        return school_days
    weeks = {}
    for day in school_days:
        weeks.setdefault(day.isocalendar().week, day)
    return [day for day in school_days if day in weeks.values() or day == now]


def every_plan(problem, dates=None):
    """Return every choice of days that breaks no hard rule; rounds start midweek when they cannot otherwise."""
    return list(plans_on(problem, dates or {}, any_day=False)) or list(plans_on(problem, dates or {}, any_day=True))


def plans_on(problem, dates, *, any_day):
    rules = [rule for rule in requirements(problem) if rule.hard]
    allowed = []
    for event in problem.by_id:
        mine = [rule for rule in rules if isinstance(rule, DayRule) and rule.event == event]
        found = [
            [
                day
                for day in may_start(problem, event, dates.get(event), wide)
                if not any(rule.look(problem.span(event, day)) for rule in mine)
            ]
            for wide in (any_day, True)
        ]
        allowed.append(found[0] or found[1])
    between = [rule for rule in rules if not isinstance(rule, DayRule)]
    for days in product(*allowed):
        choice = dict(zip(problem.by_id, days, strict=True))
        spans = {event: problem.span(event, day) for event, day in choice.items()}
        if not any(list(rule.violations(spans)) for rule in between):
            yield choice


@every_solver
@some
@given(problem=years(pins=1))
def test_proposal_breaks_no_hard_rule_and_keeps_pins(solver, problem):
    dates = proposed(solver, problem)

    assume(dates is not None)
    assert broken(problem, dates, hard=True) == []
    assert problem.pins.items() <= dates.items()


@every_solver
@some
@given(problem=years(pins=1))
def test_answer_is_the_same_twice(solver, problem):
    assert proposed(solver, problem) == proposed(solver, problem)


@some
@given(problem=years(pins=1))
def test_cp_sat_is_never_worse_than_greedy(problem):
    simple, best = proposed(GreedyDates(), problem), proposed(CpSatDates(), problem)

    assume(simple is not None)
    assert best is not None
    assert cost(broken(problem, best, hard=False)) <= cost(broken(problem, simple, hard=False))


@some
@given(problem=years())
def test_cp_sat_finds_the_least_cost_there_is(problem):
    dates = proposed(CpSatDates(), problem)

    costs = [cost(broken(problem, choice, hard=False)) for choice in every_plan(problem)]
    assert (dates is None) is (not costs)
    assert dates is None or cost(broken(problem, dates, hard=False)) == min(costs)


@st.composite
def disturbed(draw):
    """Return a year, the dates it had, the soft violations it accepted, and the year after something happened."""
    problem = draw(years())
    dates = proposed(CpSatDates(), problem)
    assume(dates is not None)
    accepted = frozenset((v.rule, v.where) for v in broken(problem, dates, hard=False))
    event = draw(st.sampled_from(sorted(dates)))
    if draw(st.booleans()):
        # The day of one of the events is free all of a sudden, or a feast.
        kind = draw(st.sampled_from([PeriodKind.CLOSED, PeriodKind.FEAST]))
        extra = a_period(dates[event].isoformat(), kind=kind, name="Nieuw")
        calendar = changed(problem.calendar, periods=(*problem.calendar.periods, extra))
        return changed(problem, calendar=calendar), dates, accepted
    return changed(problem, pins={event: draw(DAY)}), dates, accepted


def repaired(solver, problem, dates, accepted):
    try:
        return solver.replan(problem, dates, accepted=accepted)
    except InfeasibleError:
        return None


def badness(problem, found, dates, accepted):
    """Return what a replan keeps small, in this order: new soft breaks, changed dates, soft cost."""
    soft = broken(problem, found, hard=False)
    new = [violation for violation in soft if (violation.rule, violation.where) not in accepted]
    return cost(new), sum(found[event] != day for event, day in dates.items()), cost(soft)


@some
@given(case=disturbed())
def test_replan_changes_no_more_than_it_must(case):
    problem, dates, accepted = case

    found = repaired(CpSatDates(), problem, dates, accepted)

    choices = [badness(problem, choice, dates, accepted) for choice in every_plan(problem, dates)]
    assert (found is None) is (not choices)
    assert found is None or badness(problem, found, dates, accepted) == min(choices)


@every_solver
@some
@given(case=disturbed())
def test_replan_breaks_no_hard_rule_and_keeps_pins(solver, case):
    problem, dates, accepted = case

    found = repaired(solver, problem, dates, accepted)

    assume(found is not None)
    assert broken(problem, found, hard=True) == []
    assert problem.pins.items() <= found.items()


@every_solver
@some
@given(problem=years(pins=1))
def test_good_plan_is_left_alone(solver, problem):
    dates = proposed(solver, problem)
    assume(dates is not None)
    accepted = frozenset((v.rule, v.where) for v in broken(problem, dates, hard=False))

    assert repaired(solver, problem, dates, accepted) == dates


def can_hold(problem, names):
    """Return whether some choice of any days at all keeps the hard rules with these ids."""
    rules = [rule for rule in requirements(problem) if rule.hard and rule.rule in names]
    whole_year = [FIRST + timedelta(days=offset) for offset in range(DAYS)]
    allowed = [
        [
            problem.span(event, day)
            for day in {*whole_year, problem.pins.get(event, FIRST)}
            if not any(
                rule.look(problem.span(event, day))
                for rule in rules
                if isinstance(rule, DayRule) and rule.event == event
            )
        ]
        for event in problem.by_id
    ]
    between = [rule for rule in rules if not isinstance(rule, DayRule)]
    if not between:
        return all(allowed)
    return any(
        not any(list(rule.violations(dict(zip(problem.by_id, spans, strict=True)))) for rule in between)
        for spans in product(*allowed)
    )


@settings(max_examples=40, deadline=None)
@given(problem=years(pins=3))
def test_refusal_names_a_smallest_set_of_rules(problem):
    assume(len(problem.occurrences) < 4)  # brute force takes every day of the year for each
    assume(not every_plan(problem))

    with pytest.raises(InfeasibleError) as refusal:
        CpSatDates().propose(problem)

    named = refusal.value.rules
    hard = sorted({rule.rule for rule in requirements(problem) if rule.hard})
    smaller = [set(names) for size in range(1, len(named)) for names in combinations(hard, size)]
    assert set(named) <= set(hard)
    assert not can_hold(problem, named)
    assert all(can_hold(problem, names) for names in smaller)
