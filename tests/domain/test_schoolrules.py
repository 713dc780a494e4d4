"""The school's own rules K01–K13, each kept and broken."""

from datetime import date, time

import pytest
from make import a_calendar, a_period, a_pupil, a_runbook, a_school, a_year, an_invitation, an_occurrence, changed

from planner.domain.calendar import PeriodKind
from planner.domain.rules import plan_from, validate_year
from planner.domain.runbook import Clause, Kind
from planner.domain.schoolrules import SCHOOL_RULES

AUTUMN = a_period("2026-10-17", "2026-10-25", name="Herfstvakantie")
SUGAR_FEAST = a_period("2027-03-09", kind=PeriodKind.FEAST, name="Suikerfeest", about="±1 dag")
CALENDAR = a_calendar(
    AUTUMN,
    a_period("2027-02-08", "2027-03-08", PeriodKind.RAMADAN, "Ramadan"),
    SUGAR_FEAST,
    a_period("2026-12-04", kind=PeriodKind.MEMORIAL, name="Pakjesavond"),
    a_period("2027-01-25", "2027-01-29", PeriodKind.TEST_WEEK, "Toetsweek"),
)
NEW = (Clause(started_within_months=3),)


def evening(event_id, **facts):
    return an_occurrence(event_id, title=event_id.capitalize(), first=date(2026, 9, 1), last=date(2027, 6, 30), **facts)


def year(**facts):
    runbooks = [
        a_runbook(id="avond", audience=NEW),
        a_runbook(id="ronde", title="Gesprek", kind=Kind.CONVERSATION, round_school_days=8),
    ]
    school = a_school(
        [a_pupil("p1", started=date(2026, 9, 1)), a_pupil("p2", started=date(2026, 9, 14))],
        evenings={0: time(17), 1: time(17), 3: time(19, 30), 4: time(17)},
    )
    occurrences = [evening(event_id) for event_id in ("welkom", "markt", "kijkje")]
    occurrences += [evening("gesprek", runbook_id="ronde")]
    return a_year(*occurrences, runbooks=runbooks, school=school, calendar=CALENDAR, **facts)


GOOD = {
    "welkom": date(2026, 9, 22),
    "markt": date(2027, 3, 16),
    "kijkje": date(2027, 1, 12),
    "gesprek": date(2026, 11, 2),
}


def broken(problem=None, **dates):
    problem = problem or year()
    return validate_year(problem, plan_from(problem, GOOD | {key: date.fromisoformat(d) for key, d in dates.items()}))


def test_good_year_breaks_nothing():
    assert broken() == ()


@pytest.mark.parametrize(
    ("rule", "dates", "where", "why"),
    [
        ("K01", {"welkom": "2026-10-19"}, "welkom", "Maandag 19 oktober 2026 is vrij: Herfstvakantie."),
        (
            "K02",
            {"kijkje": "2026-08-25"},
            "kijkje",
            "Het schooljaar loopt van maandag 31 augustus 2026 tot en met vrijdag 16 juli 2027.",
        ),
        (
            "K02",
            {"gesprek": "2027-07-12"},
            "gesprek",
            "Het schooljaar loopt van maandag 31 augustus 2026 tot en met vrijdag 16 juli 2027.",
        ),
        ("K03", {"markt": "2027-03-17"}, "markt", "De school heeft woensdag niet gekozen als dag voor ouders."),
        (
            "K03",
            {"markt": "2027-03-18"},
            "markt",
            "Op donderdag kunnen ouders pas vanaf 19:30; deze activiteit begint om 19:00.",
        ),
        ("K04", {"kijkje": "2026-09-22"}, "kijkje", "Op 22 september is er al een avond: 'Welkom'."),
        (
            "K05",
            {"kijkje": "2026-09-21", "markt": "2026-09-25"},
            "week van 21 september",
            "In de week van 21 september zijn er 3 avonden; 2 is genoeg.",
        ),
        ("K06", {"markt": "2027-03-09"}, "markt", "9 maart valt af: Suikerfeest (±1 dag)."),
        ("K06", {"kijkje": "2026-12-04"}, "kijkje", "4 december valt af: Pakjesavond."),
        ("K07", {"markt": "2027-03-02"}, "markt", "2 maart valt af: Ramadan."),
        ("K08", {"markt": "2027-01-26"}, "markt", "26 januari valt af: Toetsweek."),
        ("K09", {"markt": "2027-07-06"}, "markt", "Het past het best van 1 september tot en met 30 juni."),
        (
            "K10",
            {"gesprek": "2026-10-12"},
            "gesprek",
            "Er valt een vakantie tussen: Herfstvakantie. De ronde loopt nu over 3 weken.",
        ),
    ],
)
def test_school_rule_is_broken_and_says_why(rule, dates, where, why):
    found = [violation for violation in broken(**dates) if violation.rule == rule]

    assert [(violation.where, violation.why) for violation in found] == [(where, why)]
    assert {(v.hard, v.weight > 0) for v in found} == {(SCHOOL_RULES[rule].hard, not SCHOOL_RULES[rule].hard)}


@pytest.mark.parametrize(
    "dates",
    [
        {"gesprek": "2026-10-07"},  # K10: ends on the last day before the holiday
        {"gesprek": "2027-02-08"},  # K07 and K08 are for evenings
        {"gesprek": "2027-01-25"},
        {"welkom": "2026-09-21", "kijkje": "2026-09-22", "markt": "2026-09-28"},  # K05: two in a week
        {"gesprek": "2026-09-22"},  # K04: a conversation may share its day with an evening
    ],
)
def test_school_rule_is_kept_at_its_edge(dates):
    assert broken(**dates) == ()


def test_day_beside_an_uncertain_feast_falls_away_too():
    assert [v.rule for v in broken(markt="2027-03-08")] == ["K06", "K07"]
    assert [v.why for v in broken(year(overrides={"K03": "Mag."}), markt="2027-03-10")] == [
        "10 maart valt af: Suikerfeest (±1 dag)."
    ]


@pytest.mark.parametrize(
    ("day", "why", "weight"),
    [
        ("2026-12-01", None, 0),
        ("2026-12-08", "1 leerling valt op dinsdag 8 december 2026 buiten de doelgroep.", 3),
        ("2026-12-15", "2 leerlingen vallen op dinsdag 15 december 2026 buiten de doelgroep.", 6),
    ],
)
def test_pupils_outside_the_audience_are_counted(day, why, weight):
    problem = year()
    occurrences = tuple(
        changed(each, pupil_ids=("p1", "p2")) if each.id == "welkom" else each for each in problem.occurrences
    )

    found = broken(changed(problem, occurrences=occurrences), welkom=day)

    assert [(v.rule, v.why, v.weight) for v in found] == ([("K11", why, weight)] if why else [])


def test_pinned_date_holds():
    problem = year(pins={"markt": date(2027, 3, 16)})

    assert broken(problem) == ()
    assert [(v.rule, v.hard, v.why) for v in broken(problem, markt="2027-03-22")] == [
        ("K12", True, "De datum is vastgezet op dinsdag 16 maart 2027.")
    ]


def test_parents_count_for_how_early_an_evening_begins_not_the_setting_up():
    problem = year()
    runbooks = (changed(problem.cycle.runbook("avond"), invitation=an_invitation("16:30")), problem.cycle.runbooks[1])

    found = broken(changed(problem, cycle=changed(problem.cycle, runbooks=runbooks)))

    assert {v.rule for v in found} == {"K03"}
    assert len(found) == 3


def test_every_rule_says_what_it_is_and_why():
    assert [rule.id for rule in SCHOOL_RULES.values()] == [f"K{number:02}" for number in range(1, 15)]
    assert all(rule.title and rule.reason.endswith(".") and rule.advice.endswith(".") for rule in SCHOOL_RULES.values())
    assert all((rule.weight > 0) is not rule.hard for rule in SCHOOL_RULES.values())
