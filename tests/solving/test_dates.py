from datetime import date, time

import pytest
from make import a_calendar, a_check, a_period, a_rule, a_runbook, a_school, a_year, an_occurrence, changed

from planner.domain.calendar import PeriodKind
from planner.domain.cycle import CheckKind
from planner.domain.rules import plan_from, validate_year
from planner.domain.runbook import Kind
from planner.errors import InfeasibleError
from planner.solving.candidates import every_day, middle_of, starts
from planner.solving.dates import CpSatDates
from planner.solving.greedy import GreedyDates

every_solver = pytest.mark.parametrize("solver", [CpSatDates(), GreedyDates()], ids=["cp-sat", "greedy"])
MONDAY, TUESDAY, FRIDAY = date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 9)
TWO_WEEKS = a_calendar(first="2026-10-05", last="2026-10-18")
ORDER = a_rule(a_check(CheckKind.ORDER, "a", ["b"]), rule_id="C01")


def evening(name, first=MONDAY, last=FRIDAY):
    return an_occurrence(name, runbook_id=name, title=name.upper(), first=first, last=last)


def year(*names, **facts):
    return a_year(*(evening(name) for name in names), **{"calendar": TWO_WEEKS, **facts})


def accepted(problem, dates):
    return frozenset((v.rule, v.where) for v in validate_year(problem, plan_from(problem, dates)) if not v.hard)


@every_solver
def test_year_without_occurrences_has_no_dates(solver):
    assert solver.propose(a_year(runbooks=[])) == {}


@every_solver
def test_evening_is_in_the_middle_of_its_time_of_year(solver):
    assert solver.propose(year("a")) == {"a": date(2026, 10, 7)}


@every_solver
def test_everything_may_be_pinned(solver):
    problem = year("a", "b", pins={"a": FRIDAY, "b": TUESDAY})

    assert solver.propose(problem) == {"a": FRIDAY, "b": TUESDAY}
    assert solver.replan(problem, {"a": MONDAY, "b": TUESDAY}, accepted=frozenset()) == {"a": FRIDAY, "b": TUESDAY}


@every_solver
def test_evenings_keep_their_order_and_stay_apart(solver):
    dates = solver.propose(year("a", "b", rules=[ORDER]))

    assert dates["a"] < dates["b"]


@every_solver
def test_round_starts_at_the_beginning_of_a_week_unless_it_already_had_another_day(solver):
    talks = a_runbook(id="a", kind=Kind.CONVERSATION, round_school_days=2)
    problem = year("a", runbooks=[talks])

    assert solver.propose(problem) == {"a": MONDAY}
    assert solver.replan(problem, {"a": TUESDAY}, accepted=frozenset()) == {"a": TUESDAY}


@every_solver
def test_replan_moves_only_what_lost_its_day(solver):
    problem = year("a", "b", "c")
    dates = {"a": MONDAY, "b": TUESDAY, "c": date(2026, 10, 12)}
    closed = changed(problem, calendar=changed(TWO_WEEKS, periods=(a_period("2026-10-06"),)))

    found = solver.replan(closed, dates, accepted=accepted(problem, dates))

    assert {event for event in dates if found[event] != dates[event]} == {"b"}


@every_solver
def test_replan_leaves_what_was_accepted(solver):
    problem = year("a", "b", rules=[ORDER])
    dates = {"a": TUESDAY, "b": MONDAY}

    assert solver.replan(problem, dates, accepted=accepted(problem, dates)) == dates
    assert solver.replan(problem, dates, accepted=frozenset())["b"] > MONDAY


@every_solver
def test_new_event_finds_a_day_among_old_dates(solver):
    found = solver.replan(year("a", "b"), {"a": date(2026, 10, 7), "gone": MONDAY}, accepted=frozenset())

    assert found.keys() == {"a", "b"}
    assert found["a"] == date(2026, 10, 7)
    assert found["b"] != found["a"]


@every_solver
def test_third_evening_in_a_week_is_new_and_avoided(solver):
    problem = year("a", "b", "c")
    dates = {"a": MONDAY, "b": TUESDAY, "c": date(2026, 10, 12)}
    windows = tuple(changed(each, last=date(2026, 10, 18)) for each in problem.occurrences)
    study_day = a_period("2026-10-12", "2026-10-12", kind=PeriodKind.CLOSED)
    closed = changed(problem, occurrences=windows, calendar=changed(TWO_WEEKS, periods=(study_day,)))

    found = solver.replan(closed, dates, accepted=frozenset())

    assert found == dates | {"c": date(2026, 10, 13)}


@pytest.mark.parametrize(
    ("facts", "rules", "title", "conflict"),
    [
        (
            {"school": a_school(evenings={})},
            ("K03",),
            "A",
            "Deze regel laat geen plan over: 'Op een avond die past' (K03).",
        ),
        (
            {"pins": {"b": date(2026, 10, 11)}},
            ("K01", "K12"),
            "B",
            "Deze regels gaan niet samen: 'Op een schooldag' (K01) en 'Vastgezette datum' (K12).",
        ),
        (
            {"pins": {"b": date(2026, 11, 11)}},
            ("K02", "K12"),
            "B",
            "Deze regels gaan niet samen: 'Binnen het schooljaar' (K02) en 'Vastgezette datum' (K12).",
        ),
    ],
)
@every_solver
def test_refusal_names_the_occurrence_without_a_day(solver, facts, rules, title, conflict):
    with pytest.raises(InfeasibleError) as refusal:
        solver.propose(year("a", "b", **facts))

    assert refusal.value.rules == rules
    assert str(refusal.value) == (
        f"Voor '{title}' is geen dag te vinden. {conflict} "
        "Haal de vastgezette datum weg, kies meer dagen of zet een regel uit met een reden."
    )


def test_refusal_names_rules_between_occurrences():
    problem = year("a", "b", pins={"a": TUESDAY, "b": TUESDAY})

    with pytest.raises(InfeasibleError) as refusal:
        CpSatDates().propose(problem)
    with pytest.raises(InfeasibleError) as again:
        CpSatDates().replan(problem, {"a": MONDAY}, accepted=frozenset())

    assert refusal.value.rules == again.value.rules == ("K04", "K12")
    assert str(refusal.value) == (
        "De activiteiten passen niet samen in dit jaar. Deze regels gaan niet samen: 'Eén avond per dag' (K04) en "
        "'Vastgezette datum' (K12). Haal een vastgezette datum weg, kies meer dagen voor avonden of zet een regel uit "
        "met een reden."
    )


def test_refusal_does_not_blame_what_is_innocent():
    hard = a_rule(a_check(CheckKind.GAP, "a", ["b"], hard=True, min_weeks=1, max_weeks=1), rule_id="C05")
    problem = year("a", "b", rules=[hard], school=a_school(evenings={0: time(17), 1: time(17), 4: time(17)}))
    wednesday_off = changed(problem, pins={"a": date(2026, 10, 14)}, school=a_school())

    assert CpSatDates().propose(problem).keys() == {"a", "b"}
    with pytest.raises(InfeasibleError) as refusal:
        CpSatDates().propose(wednesday_off)
    assert refusal.value.rules == ("C05", "K12")


def test_greedy_says_what_it_could_not_mend():
    problem = year("a", "b", pins={"a": TUESDAY, "b": TUESDAY})

    with pytest.raises(InfeasibleError, match="Op 6 oktober is er al een avond") as refusal:
        GreedyDates().propose(problem)

    assert refusal.value.rules == ("K04",)


def test_round_starts_later_in_its_week_when_it_must():
    talks = a_runbook(id="b", kind=Kind.CONVERSATION)
    hard = a_rule(a_check(CheckKind.GAP, "a", ["b"], hard=True, min_weeks=1, max_weeks=1), rule_id="C05")
    after_tuesday = year("a", "b", runbooks=[a_runbook(id="a"), talks], rules=[hard], pins={"a": TUESDAY})
    window = a_rule(a_check(CheckKind.WINDOW, "b", hard=True, window=((10, 7), (10, 8))), rule_id="C09")
    midweek = year("b", runbooks=[talks], rules=[window])

    assert CpSatDates().propose(after_tuesday) == {"a": TUESDAY, "b": date(2026, 10, 13)}
    assert CpSatDates().propose(midweek) == GreedyDates().propose(midweek) == {"b": date(2026, 10, 7)}


def test_days_worth_looking_at():
    problem = year("a", "b", runbooks=[a_runbook(id="a"), a_runbook(id="b", kind=Kind.CONVERSATION)])
    a, b = problem.occurrences
    free_monday = changed(problem, calendar=changed(TWO_WEEKS, periods=(a_period("2026-10-12"),)))

    assert [day.day for day in starts(problem, a)] == [5, 6, 7, 8, 9, 12, 13, 14, 15, 16]
    assert [day.day for day in starts(problem, b)] == [5, 12]
    assert [day.day for day in starts(free_monday, b, now=date(2026, 10, 8))] == [5, 8, 13]
    assert starts(problem, b, any_day=True) == starts(problem, a)
    assert starts(changed(problem, pins={"a": date(2026, 12, 25)}), a) == (date(2026, 12, 25),)
    assert len(every_day(problem, a)) == 14
    assert every_day(changed(problem, pins={"a": date(2026, 12, 25)}), a)[-1] == date(2026, 12, 25)


def test_middle_of_a_time_of_year():
    assert middle_of(evening("a", MONDAY, MONDAY)) == MONDAY
    assert middle_of(evening("a", MONDAY, TUESDAY)) == MONDAY
    assert middle_of(evening("a", MONDAY, FRIDAY)) == date(2026, 10, 7)
