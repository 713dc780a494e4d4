from datetime import date

import pytest
from make import a_calendar, a_check, a_period, a_rule, a_runbook, a_year, an_occurrence

from planner.domain.calendar import PeriodKind
from planner.domain.cycle import CheckKind
from planner.domain.reasons import reason_for
from planner.domain.rules import requirements
from planner.domain.runbook import Kind

CALENDAR = a_calendar(
    a_period("2026-10-17", "2026-10-25", name="Herfstvakantie"),
    a_period("2026-11-11", kind=PeriodKind.CLOSED, name="Studiedag"),
    a_period("2027-02-08", "2027-03-08", PeriodKind.RAMADAN, "Ramadan"),
    a_period("2027-01-25", "2027-01-29", PeriodKind.TEST_WEEK, "Toetsweek"),
)
ORDER = a_rule(a_check(CheckKind.ORDER, "welkom", ["markt"]))
GAP = a_rule(a_check(CheckKind.GAP, "markt", ["gesprek"], min_weeks=2, max_weeks=4))
NEXT = a_rule(a_check(CheckKind.NEXT_GAP, "welkom", ["gesprek"], min_weeks=3, max_weeks=6))


def reason(event, *, rules=(), pins=None, **dates):
    """Return why `event` is where it is; the others have these dates."""
    names = ("welkom", "markt", "gesprek")
    runbooks = [
        a_runbook(id=name, title=name.capitalize(), kind=Kind.CONVERSATION if name == "gesprek" else Kind.EVENING)
        for name in names
    ]
    occurrences = [
        an_occurrence(name, runbook_id=name, first=date(2026, 9, 7), last=date(2027, 4, 15)) for name in names
    ]
    problem = a_year(*occurrences, runbooks=runbooks, rules=rules, calendar=CALENDAR, pins=pins or {})
    spans = {name: problem.span(name, date.fromisoformat(day)) for name, day in dates.items()}
    return reason_for(problem, requirements(problem), event, spans)


IN_TIME = "In de periode 7 september tot en met 15 april"


def test_pinned_date_needs_no_other_reason():
    assert reason("markt", pins={"markt": date(2026, 11, 3)}, markt="2026-11-03") == "Vastgezet door de school."


def test_time_of_year_is_named():
    assert reason("markt", markt="2026-12-01") == f"{IN_TIME}."


def test_date_outside_its_time_of_year_says_so():
    assert reason("markt", markt="2027-06-01") == "Buiten de periode 7 september tot en met 15 april."


@pytest.mark.parametrize(
    ("event", "rules", "dates", "words"),
    [
        ("welkom", [ORDER], {"welkom": "2026-12-01", "markt": "2026-12-08"}, ", vóór 'Markt'"),
        ("markt", [ORDER], {"welkom": "2026-12-01", "markt": "2026-12-08"}, ", na 'Welkom'"),
        ("markt", [ORDER], {"welkom": "2026-12-08", "markt": "2026-12-01"}, ""),
        ("markt", [ORDER], {"markt": "2026-12-01"}, ""),
        ("gesprek", [GAP], {"markt": "2026-11-16", "gesprek": "2026-11-30"}, ", 2 weken na 'Markt'"),
        ("gesprek", [GAP], {"markt": "2026-11-16", "gesprek": "2026-12-01"}, ", 15 dagen na 'Markt'"),
        ("gesprek", [GAP], {"markt": "2026-11-16", "gesprek": "2026-12-21"}, ""),
        ("markt", [GAP], {"markt": "2026-11-17", "gesprek": "2026-12-01"}, ""),
        ("welkom", [NEXT], {"welkom": "2026-11-02", "gesprek": "2026-11-30"}, ", met op tijd een gesprek erna"),
        ("welkom", [NEXT], {"welkom": "2026-11-02", "gesprek": "2027-01-18"}, ""),
        (
            "welkom",
            [NEXT, ORDER],
            {"welkom": "2026-11-02", "gesprek": "2026-11-30", "markt": "2026-12-01"},
            ", met op tijd een gesprek erna, vóór 'Markt'",
        ),
    ],
)
def test_kept_rules_between_events_are_named(event, rules, dates, words):
    assert reason(event, rules=rules, **dates) == f"{IN_TIME}{words}."


@pytest.mark.parametrize(
    ("event", "day", "words"),
    [
        ("markt", "2026-10-27", "20 oktober valt af: Herfstvakantie."),
        ("markt", "2026-11-10", "11 november valt af: Studiedag."),
        ("markt", "2027-03-09", "2 maart valt af: Ramadan."),
        ("markt", "2027-01-19", "26 januari valt af: Toetsweek."),
        # A round of conversations may be in Ramadan, so Ramadan is not what kept it from another day.
        ("gesprek", "2027-03-09", ""),
        # Nobody expects an evening on Saturday.
        ("markt", "2026-12-04", ""),
    ],
)
def test_day_nearby_that_fell_away_is_named(event, day, words):
    assert reason(event, **{event: day}) == f"{IN_TIME}.{' ' if words else ''}{words}"


def test_same_words_are_said_once():
    assert reason("markt", rules=[ORDER, ORDER], welkom="2026-12-01", markt="2026-12-08") == f"{IN_TIME}, na 'Welkom'."
