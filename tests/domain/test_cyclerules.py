"""C01–C16 of the shipped cycle, each kept by a good small year and broken by one change to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from make import (
    a_calendar,
    a_check,
    a_period,
    a_pupil,
    a_rule,
    a_runbook,
    a_school,
    a_step,
    a_year,
    an_occurrence,
    changed,
)

from planner.definitions.loader import load_cycle
from planner.domain.cycle import CheckKind
from planner.domain.cyclerules import linked
from planner.domain.occurrences import make_occurrences
from planner.domain.rules import plan_from, validate_year
from planner.domain.runbook import Anchor, Assignment
from planner.domain.school import Destination
from planner.domain.year import YearProblem

SHIPPED = load_cycle(Path(__file__).parents[2] / "runbooks").cycle
VERDER = SHIPPED.runbook("verder")
# The good year is small: one pupil for mbo is enough here for a meeting of their own.
APART = changed(VERDER, occurrences=changed(VERDER.occurrences, own_group_from=1))
CYCLE = changed(SHIPPED, runbooks=tuple(APART if each is VERDER else each for each in SHIPPED.runbooks))
CALENDAR = a_calendar(
    a_period("2026-07-18", "2026-08-30", name="Zomervakantie"),
    a_period("2026-10-17", "2026-10-25", name="Herfstvakantie"),
    a_period("2026-12-19", "2027-01-03", name="Kerstvakantie"),
    a_period("2027-02-20", "2027-02-28", name="Voorjaarsvakantie"),
    a_period("2027-04-24", "2027-05-02", name="Meivakantie"),
    open_days=("2026-11-10", "2027-01-26", "2027-02-02", "2027-02-04"),
)
SUMMER_DAY = date(2027, 7, 16)
PUPILS = (
    a_pupil("nieuw", started=date(2026, 8, 31)),
    a_pupil("winter", started=date(2027, 1, 4), route=2),
    a_pupil("mbo", phase=2, started=date(2025, 9, 1), leaves=SUMMER_DAY, destination=Destination.MBO),
    a_pupil("vo", phase=2, started=date(2025, 9, 1), leaves=SUMMER_DAY, destination=Destination.VMBO),
    a_pupil("vroeg", started=date(2026, 3, 2), leaves=date(2028, 2, 1), route=3),
)
DATES = {
    "startgesprek-najaar": "2026-09-21",
    "startgesprek-winter": "2027-01-25",
    "welkom-najaar-gemengd": "2026-10-28",
    "welkom-winter-gemengd": "2027-02-15",
    "voortgangsgesprek-1": "2026-12-07",
    "interessemarkt": "2027-03-09",
    "voortgangsgesprek-2": "2027-03-29",
    "voortgangsgesprek-3": "2026-09-28",
    "kijkje": "2027-01-12",
    "voortgangsgesprek-4": "2027-03-15",
    "verder-zomer-mbo": "2027-06-10",
    "verder-zomer-vo": "2027-06-11",
    "overdrachtsgesprek-zomer": "2027-06-28",
}


def the_year(school=None, cycle=CYCLE):
    school = school or a_school(PUPILS)
    occurrences = make_occurrences(cycle, school, label="2026-2027", names={})
    return YearProblem(calendar=CALENDAR, school=school, cycle=cycle, occurrences=occurrences)


def dated(**dates):
    """Return the good dates with some others; `interessemarkt="2027-02-19"`, an underscore for a dash."""
    other = {key.replace("_", "-"): day for key, day in dates.items()}
    return {event: date.fromisoformat(day) for event, day in (DATES | other).items()}


def moved(**dates):
    """Return a change of the good year that moves events."""
    return lambda problem: (problem, plan_from(problem, dated(**dates)))


def guests(event_id, *pupil_ids):
    """Return a change of the good year that invites these pupils for an event."""

    def change(problem):
        plan = plan_from(problem, dated())
        return problem, tuple(changed(e, pupil_ids=pupil_ids) if e.id == event_id else e for e in plan)

    return change


def other_runbook(runbook_id, **facts):
    """Return a change of the good year to a cycle in which one runbook is different."""

    def change(problem):
        runbooks = (changed(each, **facts) if each.id == runbook_id else each for each in CYCLE.runbooks)
        problem = changed(problem, cycle=changed(CYCLE, runbooks=tuple(runbooks)))
        return problem, plan_from(problem, dated())

    return change


def other_school(**facts):
    """Return a change of the good year to another school, with the occurrences it had."""

    def change(problem):
        problem = changed(problem, school=changed(problem.school, **facts))
        return problem, plan_from(problem, dated())

    return change


def steps_of(runbook_id, **anchors):
    """Return the steps of a runbook, some with another anchor or number of weeks."""
    return tuple(changed(step, **anchors.get(step.id, {})) for step in CYCLE.runbook(runbook_id).steps)


@dataclass(frozen=True)
class Case:
    """A change of the good year, and what one rule says of it (nothing when it keeps the rule)."""

    rule: str
    name: str
    change: Callable
    where: str = ""
    why: str = ""
    hard: bool = False


KEPT = [Case(f"C{number:02}", "kept", moved()) for number in range(1, 17)]
BROKEN = [
    Case(
        "C01",
        "broken",
        moved(startgesprek_najaar="2026-10-05", welkom_najaar_gemengd="2026-10-08"),
        "welkom-najaar-gemengd",
        "'Welkom in de ISK' hoort na 'Startgesprek'; nu is het 8 dagen ervoor.",
    ),
    Case(
        "C02",
        "broken",
        guests("welkom-najaar-gemengd", "nieuw", "mbo"),
        "welkom-najaar-gemengd",
        "1 leerling is uitgenodigd, maar niet in de 3 maanden ervoor gestart.",
        hard=True,
    ),
    Case(
        "C03",
        "broken",
        moved(voortgangsgesprek_1="2027-01-18"),
        "welkom-najaar-gemengd",
        "Er hoort een gesprek te komen, 3 tot 6 weken erna; het eerste is 82 dagen erna.",
    ),
    Case(
        "C04",
        "broken",
        moved(voortgangsgesprek_1="2027-03-15"),
        "interessemarkt",
        "'Interessemarkt' hoort na 'Voortgangsgesprek 1'; nu is het 17 dagen ervoor.",
    ),
    Case(
        "C05",
        "broken",
        moved(voortgangsgesprek_2="2027-04-12"),
        "voortgangsgesprek-2",
        "'Voortgangsgesprek 2' hoort 2 tot 4 weken na 'Interessemarkt'; nu is het 34 dagen erna.",
    ),
    Case(
        "C06",
        "broken",
        guests("interessemarkt", "nieuw"),
        "interessemarkt",
        "2 leerlingen van fase 1 zijn niet uitgenodigd.",
        hard=True,
    ),
    Case(
        "C07",
        "broken",
        moved(interessemarkt="2027-02-19"),
        "interessemarkt",
        "De eerste les erna is pas op maandag 1 maart 2027. De kaarten raken dan kwijt.",
    ),
    Case(
        "C08",
        "broken",
        moved(voortgangsgesprek_3="2027-01-11"),
        "kijkje",
        "'Een kijkje op een nieuwe school' hoort na 'Voortgangsgesprek 3'; nu is het 10 dagen ervoor.",
    ),
    Case(
        "C09",
        "broken-window",
        moved(kijkje="2026-10-29"),
        "kijkje",
        "Het moet tussen zondag 1 november 2026 en zondag 28 februari 2027 liggen.",
        hard=True,
    ),
    Case(
        "C09",
        "broken-open-days",
        moved(kijkje="2027-02-02"),
        "kijkje",
        "Er zijn te weinig open dagen na deze datum: 1 van de 4.",
    ),
    Case(
        "C10",
        "broken",
        guests("kijkje", "mbo", "vo"),
        "kijkje",
        "1 leerling gaat binnen 14 maanden weg, maar is niet uitgenodigd.",
        hard=True,
    ),
    Case(
        "C11",
        "broken-open-days",
        moved(voortgangsgesprek_4="2027-01-25"),
        "voortgangsgesprek-4",
        "Er zijn te weinig open dagen vóór deze datum: 1 van de 4.",
    ),
    Case(
        "C11",
        "broken-order",
        moved(voortgangsgesprek_4="2027-01-04"),
        "voortgangsgesprek-4",
        "'Voortgangsgesprek 4' hoort na 'Een kijkje op een nieuwe school'; nu is het 8 dagen ervoor.",
    ),
    Case(
        "C12",
        "broken",
        guests("verder-zomer-mbo", "mbo", "nieuw", "vroeg"),
        "verder-zomer-mbo",
        "2 leerlingen gaan niet binnen 2 maanden weg, maar zijn wel uitgenodigd.",
        hard=True,
    ),
    Case(
        "C13",
        "broken",
        guests("verder-zomer-mbo", "mbo", "vo"),
        "verder-zomer-mbo",
        "Leerlingen voor mbo en vo zitten hier samen; apart is beter.",
    ),
    Case(
        "C14",
        "broken-order",
        moved(verder_zomer_mbo="2027-07-01"),
        "overdrachtsgesprek-zomer",
        "'Overdrachtsgesprek' hoort na 'Verder na de ISK'; nu is het 3 dagen ervoor.",
    ),
    Case(
        "C14",
        "broken-too-early",
        moved(overdrachtsgesprek_zomer="2027-06-14"),
        "overdrachtsgesprek-zomer",
        "De doorstroom is op vrijdag 16 juli 2027; het gesprek hoort in de 4 weken ervoor.",
    ),
    Case(
        "C15",
        "broken",
        other_runbook("welkom", steps=steps_of("welkom", W06={"anchor": Anchor.EVENT, "weeks_before": 2})),
        "welkom-najaar-gemengd",
        "Stap W06 is pas op woensdag 7 oktober 2026; dat is na het begin van de zomervakantie.",
    ),
    Case(
        "C15",
        "broken-no-step",
        other_runbook("welkom", steps=()),
        "welkom-najaar-gemengd",
        "Stap W06 staat niet in het stappenplan.",
    ),
    Case(
        "C16",
        "broken-no-lesson",
        moved(startgesprek_najaar="2026-08-31"),
        "startgesprek-najaar",
        "De les vooraf valt op maandag 6 juli 2026; dat is niet in de weken ervoor.",
    ),
    Case(
        "C16",
        "broken-homework-late",
        other_runbook("kijkje", steps=steps_of("kijkje", E06h={"weeks_before": -1})),
        "kijkje",
        "De opdracht voor thuis is pas op dinsdag 19 januari 2027 klaar.",
    ),
    Case(
        "C16",
        "broken-no-time",
        other_runbook("kijkje", steps=steps_of("kijkje", E06h={"weeks_before": 5})),
        "kijkje",
        "De opdracht voor thuis heeft geen tijd na de les.",
    ),
]


@pytest.mark.parametrize("case", [*KEPT, *BROKEN], ids=lambda case: f"{case.rule}-{case.name}")
def test_rule_of_the_cycle(case):
    problem, plan = case.change(the_year())

    found = [(v.where, v.why, v.hard) for v in validate_year(problem, plan) if v.rule == case.rule]

    if case.why:
        assert (case.where, case.why, case.hard) in found
    else:
        assert found == []


def test_good_year_breaks_no_rule_at_all():
    problem, plan = moved()(the_year())

    assert validate_year(problem, plan) == ()


def test_every_rule_is_kept_and_broken_here():
    assert {case.rule for case in BROKEN} == {rule.id for rule in CYCLE.rules}
    assert {case.rule for case in KEPT} == {rule.id for rule in CYCLE.rules}


def test_market_is_for_phase_2_too_when_it_had_none():
    phase_2 = [pupil for pupil in PUPILS if pupil.phase == 2]
    without = other_school(market_last_year=False)
    problem, plan = without(the_year())
    with_everybody = the_year(a_school(PUPILS, market_last_year=False))

    assert [v.why for v in validate_year(problem, plan)] == [
        f"{len(phase_2)} leerlingen van fase 2 zijn niet uitgenodigd."
    ]
    assert validate_year(with_everybody, plan_from(with_everybody, dated())) == ()


def test_one_pupil_is_counted_in_the_singular():
    problem, plan = guests("interessemarkt", "nieuw", "winter")(the_year())
    _, late = guests("verder-zomer-mbo", "mbo", "nieuw")(problem)
    _, early = guests("kijkje", "mbo")(problem)

    assert "1 leerling van fase 1 is niet uitgenodigd." in {v.why for v in validate_year(problem, plan)}
    assert "1 leerling gaat niet binnen 2 maanden weg, maar is wel uitgenodigd." in {
        v.why for v in validate_year(problem, late)
    }
    assert "2 leerlingen gaan binnen 14 maanden weg, maar zijn niet uitgenodigd." in {
        v.why for v in validate_year(problem, early)
    }


def test_pupil_who_starts_after_the_market_is_not_missed_there():
    late = a_pupil("laat", started=date(2027, 3, 10))
    problem = the_year(a_school([*PUPILS, late]))
    plan = plan_from(problem, dated())

    assert "laat" in problem.by_id["interessemarkt"].pupil_ids
    assert "laat" not in next(event for event in plan if event.id == "interessemarkt").pupil_ids
    assert [v for v in validate_year(problem, plan) if v.hard] == []


def test_nobody_is_missed_at_a_market_without_a_date():
    problem = the_year()
    plan = tuple(e for e in plan_from(problem, dated()) if e.id not in {"interessemarkt", "kijkje"})

    assert {v.rule for v in validate_year(problem, plan)} == {"K13"}


@pytest.mark.parametrize(
    ("one", "other", "yes"),
    [
        ({"pupil_ids": ("a", "b")}, {"pupil_ids": ("b",)}, True),
        ({"pupil_ids": ("a",)}, {"pupil_ids": ("b",)}, False),
        ({"moment": "najaar"}, {"moment": "najaar"}, True),
        ({"moment": "najaar"}, {"moment": "winter"}, False),
        ({"moment": "najaar"}, {}, True),
        ({"moment": "najaar", "pupil_ids": ("a",)}, {"moment": "winter"}, False),
    ],
)
def test_occurrences_are_linked_by_pupils_or_else_by_moment(one, other, yes):
    assert linked(an_occurrence(**one), an_occurrence(**other)) is yes


def test_occurrences_for_other_pupils_have_no_order():
    rule = a_rule(a_check(CheckKind.ORDER, "welkom", ["markt"]), a_check(CheckKind.NEXT_GAP, "welkom", ["markt"]))
    problem = a_year(
        an_occurrence("welkom", runbook_id="welkom", pupil_ids=("p1",)),
        an_occurrence("markt", runbook_id="markt", pupil_ids=("p2",)),
        rules=[rule],
        school=a_school([a_pupil("p1"), a_pupil("p2")]),
    )
    plan = plan_from(problem, {"markt": date(2026, 10, 5), "welkom": date(2026, 10, 6)})

    assert [v.why for v in validate_year(problem, plan) if v.rule == "C01"] == [
        "Er hoort een gesprek te komen, 0 tot 0 weken erna; er komt geen gesprek meer."
    ]


def test_transition_is_no_rule_when_nobody_is_known_to_leave():
    rule = a_rule(a_check(CheckKind.BEFORE_TRANSITION, max_weeks=4))
    problem = a_year(an_occurrence(pupil_ids=("p1",)), rules=[rule], school=a_school([a_pupil("p1")]))

    assert "C01" not in {v.rule for v in validate_year(problem, plan_from(problem, {"avond": date(2026, 10, 6)}))}


def test_open_days_of_the_sector_count():
    days = a_calendar(open_days=("2026-10-01", "2026-10-20", "2026-10-21")).open_days
    days = (changed(days[0], sector="vo"), *days[1:])
    rule = a_rule(a_check(CheckKind.BEFORE_OPEN_DAYS), a_check(CheckKind.AFTER_OPEN_DAYS))
    whys = {}
    for sector in ("vo", "mbo", ""):
        problem = a_year(an_occurrence(sector=sector), rules=[rule], calendar=changed(a_calendar(), open_days=days))
        plan = plan_from(problem, {"avond": date(2026, 10, 6)})
        whys[sector] = [v.why for v in validate_year(problem, plan) if v.rule == "C01"]

    assert whys == {
        "vo": ["Er zijn te weinig open dagen na deze datum: 0 van de 1."],
        "mbo": ["Er zijn te weinig open dagen vóór deze datum: 0 van de 2."],
        "": ["Er zijn te weinig open dagen vóór deze datum: 1 van de 3."],
    }


def test_preparation_may_be_optional():
    runbook = a_runbook(
        lesson=Assignment(title="Les", what="Praten.", step=None),
        home=Assignment(title="Thuis", what="Praten.", step="s"),
    )
    runbook = changed(runbook, steps=(a_step("s", 1),))
    rule = a_rule(a_check(CheckKind.LESSON_THEN_HOME))
    problem = a_year(an_occurrence(), runbooks=[runbook], rules=[rule])

    assert "C01" not in {v.rule for v in validate_year(problem, plan_from(problem, {"avond": date(2026, 10, 6)}))}


def test_rule_is_hard_when_part_of_it_is():
    soft, hard = a_check(CheckKind.ORDER), a_check(CheckKind.WINDOW, hard=True)

    assert a_rule(soft, hard).hard
    assert not a_rule(soft).hard
