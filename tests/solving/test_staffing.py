from dataclasses import replace
from datetime import date, timedelta

import pytest
from absurd import absurd_problems
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import TUESDAY, a_need, a_person, a_plan, a_staff_problem, a_tolk

from planner.domain.staffing.people import Skill
from planner.domain.staffing.plan import Duty
from planner.domain.staffing.rules import validate_staffing
from planner.solving.staffing import GreedyStaffing

SOLVERS = [GreedyStaffing()]
DOCENT = "avond:docent:event"

pytestmark = pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: type(solver).__name__)


def pairs(plan):
    return [duty.key for duty in plan]


def test_need_gets_who_can_do_it(solver):
    people = [a_person("jan", weekdays=frozenset()), a_person("eva")]

    assert pairs(solver.propose(a_staff_problem([a_need()], people))) == [(DOCENT, "eva")]


def test_nothing_in_nothing_out(solver):
    assert solver.propose(a_staff_problem()) == ()
    assert solver.replan(a_staff_problem(), ()) == ()


def test_need_gets_no_more_people_than_it_asks(solver):
    people = [a_person(name) for name in ("ali", "eva", "jan")]

    assert len(solver.propose(a_staff_problem([a_need(minimum=2)], people))) == 2


def test_mentor_goes_to_the_own_class(solver):
    mentors = [a_person("ali", roles=("mentor",), class_id="k2"), a_person("eva", roles=("mentor",), class_id="k1")]
    needs = [a_need(f"avond:mentor:{code}", class_id=code, about=code.upper()) for code in ("k1", "k2")]

    plan = solver.propose(a_staff_problem(needs, mentors))

    assert pairs(plan) == [("avond:mentor:k1", "eva"), ("avond:mentor:k2", "ali")]
    assert plan[0].reason == "Is mentor van K1 en kan op dinsdag; heeft dit jaar 1 avond."


def test_class_whose_mentor_cannot_come_gets_another(solver):
    people = [
        a_person("ali", roles=("mentor",), class_id="k1", weekdays=frozenset()),
        a_person("eva", roles=("mentor",)),
    ]

    plan = solver.propose(a_staff_problem([a_need("avond:mentor:k1", class_id="k1")], people))

    assert pairs(plan) == [("avond:mentor:k1", "eva")]
    assert plan[0].reason == "Heeft de rol 'Mentor' en kan op dinsdag; heeft dit jaar 1 avond."


def test_round_is_for_the_own_mentor_only(solver):
    need = a_need("vg1:mentor:k1", spread=True, class_id="k1", about="1A")
    own = a_person("eva", roles=("mentor",), class_id="k1", weekdays=frozenset())
    other = a_person("ali", roles=("mentor",), class_id="k2")

    assert solver.propose(a_staff_problem([need], [other])) == ()
    assert solver.propose(a_staff_problem([need], [other, own])) == (
        Duty(need_id=need.id, person_id="eva", reason="Is mentor van 1A."),
    )


def test_round_keeps_another_mentor_whom_the_school_chose(solver):
    need = a_need("vg1:mentor:k1", spread=True, class_id="k1")
    plan = a_plan((need.id, "ali"))

    kept = solver.replan(a_staff_problem([need], [a_person("ali", roles=("mentor",), class_id="k2")]), plan)

    assert pairs(kept) == pairs(plan)


def test_scarce_language_comes_before_a_task_that_many_can_do(solver):
    needs = [a_need(), a_tolk("ti", minimum=0, optional=True)]
    people = [a_person("ali", roles=("docent", "tolk"), speaks=("ti",)), a_person("eva")]

    plan = solver.propose(a_staff_problem(needs, people))

    assert pairs(plan) == [(DOCENT, "eva"), ("avond:tolk:ti", "ali")]
    assert plan[1].reason == "Spreekt Tigrinya en kan op dinsdag; heeft dit jaar 1 avond."


def test_language_is_interpreted_once_when_two_roles_can(solver):
    needs = [a_tolk("ar", minimum=0, optional=True), a_tolk("ar", role="sleutelouder")]
    people = [a_person("ali", roles=("tolk",), speaks=("ar",))]
    people += [a_person(name, roles=("sleutelouder",), speaks=("ar",)) for name in ("eva", "mo")]

    assert pairs(solver.propose(a_staff_problem(needs, people))) == [("avond:sleutelouder:ar", "eva")]


def test_language_falls_back_to_another_role(solver):
    needs = [a_tolk("ar", minimum=0, optional=True), a_tolk("ar", role="sleutelouder")]
    people = [a_person("ali", roles=("tolk",), speaks=("ar",))]

    assert pairs(solver.propose(a_staff_problem(needs, people))) == [("avond:tolk:ar", "ali")]


def test_person_who_speaks_two_languages_goes_where_fewer_can(solver):
    needs = [a_tolk("ar", ("p1",)), a_tolk("so", ("p2",))]
    people = [
        a_person("ali", roles=("tolk",), speaks=("ar", "so")),
        a_person("eva", roles=("tolk",), speaks=("ar",)),
    ]

    assert pairs(solver.propose(a_staff_problem(needs, people))) == [("avond:tolk:ar", "eva"), ("avond:tolk:so", "ali")]


def test_several_languages_take_the_people_who_cover_most(solver):
    need = a_need("avond:tolk:event", guests={"ar": ("p1",), "ti": ("p2",), "so": ("p3",)})
    people = [
        a_person("ali", roles=("tolk",), speaks=("ar",)),
        a_person("eva", roles=("tolk",), speaks=("ar", "ti")),
        a_person("mo", roles=("tolk",), speaks=("so",)),
    ]

    assert pairs(solver.propose(a_staff_problem([need], people))) == [(need.id, "eva"), (need.id, "mo")]


def test_who_has_done_least_is_asked_and_then_who_speaks_best(solver):
    needs = [a_tolk("ar", event_id=f"e{number}", day=TUESDAY + timedelta(weeks=number)) for number in range(3)]
    weak = a_person("ali", roles=("tolk",), skills=(Skill(language="ar", understands=2, speaks=2),))
    strong = a_person("eva", roles=("tolk",), speaks=("ar",))

    assert pairs(solver.propose(a_staff_problem(needs, [weak, strong]))) == [
        ("e0:tolk:ar", "eva"),
        ("e1:tolk:ar", "ali"),
        ("e2:tolk:ar", "eva"),
    ]


def test_optional_need_is_filled_last(solver):
    needs = [a_need("avond:gast:event", optional=True), a_need()]
    people = [a_person("ali", roles=("docent", "gast"))]

    assert pairs(solver.propose(a_staff_problem(needs, people))) == [(DOCENT, "ali")]
    assert pairs(solver.propose(a_staff_problem(needs[:1], people))) == [("avond:gast:event", "ali")]


def test_pinned_duty_holds_in_both_verbs(solver):
    people = [a_person("ali"), a_person("eva")]
    pinned = (Duty(need_id=DOCENT, person_id="eva"), Duty(need_id="weg", person_id="eva"))
    problem = a_staff_problem([a_need()], people, pinned=pinned)
    expected = (Duty(need_id=DOCENT, person_id="eva", reason="Vastgezet door de school.", pinned=True),)

    assert solver.propose(problem) == expected
    assert solver.replan(problem, a_plan((DOCENT, "ali"))) == (
        replace(expected[0]),
        Duty(
            need_id=DOCENT, person_id="ali", reason="Heeft de rol 'Docent' en kan op dinsdag; heeft dit jaar 1 avond."
        ),
    )


def test_pinned_duty_in_the_plan_stays_whatever_it_breaks(solver):
    problem = a_staff_problem([a_need()], [a_person("ali", weekdays=frozenset()), a_person("eva")])

    assert pairs(solver.replan(problem, a_plan((DOCENT, "ali"), pinned=True))) == [(DOCENT, "ali")]


def test_replan_changes_only_what_is_broken(solver):
    needs = [a_need(f"e{number}:docent:event", day=TUESDAY + timedelta(weeks=number)) for number in range(4)]
    people = [a_person("ali"), a_person("eva"), a_person("jan")]
    before = solver.propose(a_staff_problem(needs, people))
    ill = [replace(person, weekdays=frozenset()) if person.id == "ali" else person for person in people]

    after = solver.replan(a_staff_problem(needs, ill), before)

    assert {duty for duty in before if duty.person_id != "ali"} <= set(after)
    assert [duty.need_id for duty in after] == [need.id for need in needs]


def test_replan_leaves_people_who_were_told_alone(solver):
    needs = [a_need("a:docent:event"), a_need("b:docent:event", "20:00", "22:00", minimum=0)]
    plan = a_plan(("a:docent:event", "ali"), ("b:docent:event", "ali"), ("b:docent:event", "eva"))
    people = [a_person("ali"), a_person("eva"), a_person("jan")]

    told = solver.replan(a_staff_problem(needs, people, told=frozenset({"eva"})), plan)

    assert pairs(told) == [("a:docent:event", "ali"), ("b:docent:event", "eva")]


def test_replan_asks_someone_who_was_not_told_for_extra_work(solver):
    needs = [a_need(), a_need("b:docent:event", day=date(2026, 11, 3))]
    people = [a_person("ali"), a_person("eva")]
    problem = a_staff_problem(needs, people, told=frozenset({"ali"}))

    assert pairs(solver.replan(problem, ())) == [(DOCENT, "eva"), ("b:docent:event", "eva")]


def test_replan_drops_what_no_longer_exists_and_what_is_too_much(solver):
    problem = a_staff_problem([a_need(maximum=1)], [a_person("ali"), a_person("eva")])

    assert pairs(solver.replan(problem, a_plan((DOCENT, "ali"), (DOCENT, "eva"), ("weg", "ali"), (DOCENT, "weg")))) == [
        (DOCENT, "ali")
    ]


def test_kept_duty_keeps_its_reason(solver):
    kept = Duty(need_id=DOCENT, person_id="ali", reason="Wil dit graag.")

    assert solver.replan(a_staff_problem([a_need()], [a_person("ali")]), (kept,)) == (kept,)


def hard(problem, plan):
    return [violation for violation in validate_staffing(problem, plan) if violation.hard]


thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(given_problem=absurd_problems())
def test_answers_break_no_hard_rule_beyond_their_pins(solver, given_problem):
    problem, old = given_problem
    pinned = tuple(replace(duty, pinned=True) for duty, _, _ in problem.known(problem.pinned))

    for plan in (solver.propose(problem), solver.replan(problem, old)):
        assert hard(problem, plan) == hard(problem, pinned)
        assert all(duty.reason for duty in plan)


@thorough
@given(given_problem=absurd_problems())
def test_replan_of_an_answer_changes_nothing(solver, given_problem):
    problem, old = given_problem

    for plan in (solver.propose(problem), solver.replan(problem, old)):
        assert solver.replan(problem, plan) == plan


@thorough
@given(given_problem=absurd_problems())
def test_judge_reads_any_plan(solver, given_problem):
    problem, old = given_problem

    assert all(violation.why.endswith(".") for violation in validate_staffing(problem, old))
    assert solver.propose(problem) == solver.propose(problem)


@thorough
@given(given_problem=absurd_problems(), ill=st.sampled_from([f"x{number}" for number in range(6)]))
def test_one_person_ill_moves_nobody_else(solver, given_problem, ill):
    problem, _ = given_problem
    before = solver.propose(problem)
    people = tuple(replace(p, roles=frozenset()) if p.id == ill else p for p in problem.people)

    after = solver.replan(replace(problem, people=people), before)

    assert {duty for duty in before if duty.person_id != ill} <= set(after)
