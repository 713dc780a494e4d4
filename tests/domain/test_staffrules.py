from datetime import date, timedelta

import pytest
from make import TUESDAY, a_need, a_person, a_plan, a_staff_problem, a_tolk, changed

from planner.domain.staffing.people import PersonKind
from planner.domain.staffing.rules import STAFF_RULES, validate_staffing

DOCENT = "avond:docent:event"


def rules(problem, plan):
    return [violation.rule for violation in validate_staffing(problem, plan)]


def test_every_rule_has_a_title_and_a_reason():
    assert list(STAFF_RULES) == sorted(STAFF_RULES)
    assert all(rule.title and rule.reason.endswith(".") for rule in STAFF_RULES.values())
    assert all(rule.weight > 0 for rule in STAFF_RULES.values() if not rule.hard)


def test_nothing_is_wrong_with_nothing():
    assert validate_staffing(a_staff_problem(), ()) == ()


def test_good_plan_breaks_no_rule():
    assert rules(a_staff_problem([a_need()], [a_person()]), a_plan((DOCENT, "jan"))) == []


@pytest.mark.parametrize(
    ("person", "need", "rule"),
    [
        (a_person(roles=()), a_need(), "S01"),
        (a_person(weekdays=frozenset()), a_need(), "S02"),
        (a_person(roles=("tolk",), speaks=("ar",), children=frozenset({"p1"})), a_tolk(together=True), "S04"),
        (a_person(max_evenings=0), a_need(), "S05"),
        (a_person(max_hours=1), a_need(), "S05"),
    ],
)
def test_duty_that_cannot_be_breaks_a_hard_rule(person, need, rule):
    [violation, *_] = validate_staffing(a_staff_problem([need], [person]), a_plan((need.id, "jan")))

    assert (violation.rule, violation.hard, violation.where) == (rule, True, need.id)


def test_sentence_names_the_person_and_the_moment():
    problem = a_staff_problem([a_need()], [a_person(weekdays=frozenset())])

    assert validate_staffing(problem, a_plan((DOCENT, "jan")))[0].why == (
        "Jan kan niet op dinsdag (Docent op dinsdag 6 oktober 2026)."
    )


def test_two_tasks_at_once_name_the_one_that_is_not_pinned():
    problem = a_staff_problem([a_need(), a_need("feest:docent:event", "20:00", "22:00")], [a_person()])
    plan = (*a_plan((DOCENT, "jan")), *a_plan(("feest:docent:event", "jan"), pinned=True))

    [violation] = validate_staffing(problem, plan)

    assert (violation.rule, violation.where) == ("S03", DOCENT)


def test_the_same_task_twice_breaks_a_rule_in_a_round_as_well():
    mentor = a_need("vg1:mentor:k1", spread=True, class_id="k1", about="1A")
    problem = a_staff_problem([a_need(), mentor], [a_person(roles=("docent", "mentor"))])
    once = a_plan((DOCENT, "jan"), (mentor.id, "jan"))

    assert rules(problem, once) == []
    assert rules(problem, (*once, *once)) == ["S03", "S03"]
    assert [v.why for v in validate_staffing(problem, (*once, once[1]))] == [
        "Jan heeft dezelfde taak 2 keer: Mentor (1A) in de ronde vanaf dinsdag 6 oktober 2026."
    ]


def test_maximum_is_not_passed():
    problem = a_staff_problem([a_need(maximum=1)], [a_person("jan"), a_person("eva")])

    [violation] = validate_staffing(problem, a_plan((DOCENT, "jan"), (DOCENT, "eva")))

    assert (violation.rule, violation.hard) == ("S06", True)
    assert violation.why == "Docent op dinsdag 6 oktober 2026: 2 mensen, hooguit 1 is de bedoeling."


def test_missing_people_are_a_soft_violation_for_each_of_them():
    [one] = validate_staffing(a_staff_problem([a_need()], [a_person()]), ())
    [two] = validate_staffing(a_staff_problem([a_need(minimum=2)], [a_person()]), ())

    assert (one.rule, one.hard, one.weight) == ("S07", False, 20)
    assert one.why == "Docent op dinsdag 6 oktober 2026: er ontbreekt 1 persoon. Jan kan dit nog doen."
    assert two.why == "Docent op dinsdag 6 oktober 2026: er ontbreken 2 mensen. Jan kan dit nog doen."
    assert two.weight == 40


def test_language_nobody_interprets_is_a_soft_violation():
    [violation] = validate_staffing(a_staff_problem([a_tolk("so", minimum=0, optional=True)]), ())

    assert (violation.rule, violation.hard, violation.where) == ("S08", False, "avond:tolk:so")


def busy_year(loads, kinds=None):
    """Return a problem and a plan in which each person has this many evenings."""
    people = [a_person(name, kind=(kinds or {}).get(name, PersonKind.STAFF)) for name in loads]
    days = [TUESDAY + timedelta(weeks=week) for week in range(max(loads.values()))]
    needs = [a_need(f"e{index}:docent:event", day=day, minimum=0) for index, day in enumerate(days)]
    plan = a_plan(*((needs[index].id, name) for name, load in loads.items() for index in range(load)))
    return a_staff_problem(needs, people), plan


def test_load_is_spread_among_people_of_one_kind():
    problem, plan = busy_year({"jan": 7, "eva": 2, "ali": 2})

    [violation] = validate_staffing(problem, plan)

    assert (violation.rule, violation.where, violation.weight) == ("S09", "jan", 6)
    assert violation.why == "Jan heeft dit jaar 7 avonden. Hooguit 4 past beter bij wat anderen doen."


def test_load_of_a_few_evenings_is_never_too_much():
    assert rules(*busy_year({"jan": 3, "eva": 1, "ali": 1})) == []


def test_load_is_compared_within_a_kind_only():
    kinds = {"jan": PersonKind.STAFF, "eva": PersonKind.KEY_PARENT, "ali": PersonKind.KEY_PARENT}

    assert rules(*busy_year({"jan": 7, "eva": 1, "ali": 1}, kinds)) == []


def test_load_does_not_count_rounds():
    mentor = a_need("vg1:mentor:k1", spread=True)

    assert rules(a_staff_problem([mentor], [a_person(roles=("mentor",))]), a_plan((mentor.id, "jan"))) == []


def test_pinned_duty_must_stay():
    problem = a_staff_problem([a_need(minimum=0)], [a_person()], pinned=a_plan((DOCENT, "jan"), ("weg", "jan")))

    [violation] = validate_staffing(problem, ())

    assert (violation.rule, violation.hard) == ("S10", True)
    assert rules(problem, a_plan((DOCENT, "jan"))) == []


def test_duty_must_point_to_something():
    problem = a_staff_problem([a_need(minimum=0)], [a_person()])
    found = validate_staffing(problem, a_plan(("weg", "jan"), (DOCENT, "niemand"), ("weg", "niemand")))

    assert [violation.why for violation in found] == [
        "Iemand die niet meer bekend is heeft een taak: Docent op dinsdag 6 oktober 2026.",
        "Iemand die niet meer bekend is heeft een taak die niet meer bestaat.",
        "Jan heeft een taak die niet meer bestaat.",
    ]
    assert {violation.rule for violation in found} == {"S11"}


def test_hard_violations_come_first():
    problem = a_staff_problem([a_need(minimum=3)], [a_person(weekdays=frozenset())])

    assert rules(problem, a_plan((DOCENT, "jan"))) == ["S02", "S07"]


def test_two_people_with_one_name_are_two_people():
    people = [a_person("a", name="Mo"), changed(a_person("b", name="Mo"), unavailable=frozenset({date(2026, 10, 6)}))]

    assert rules(a_staff_problem([a_need()], people), a_plan((DOCENT, "a"))) == []
