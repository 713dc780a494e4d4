"""CP-SAT for people: never worse than the simple search, and as good as looking at every plan there is."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations

import pytest
from absurd import absurd_problems
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import TUESDAY, a_need, a_person, a_plan, a_staff_problem, a_tolk

from planner.domain.staffing.goals import measure, repair
from planner.domain.staffing.plan import Duty
from planner.domain.staffing.rules import validate_staffing
from planner.solving.solver import Goal, cp_sat, solve_in_stages
from planner.solving.staffing import GreedyStaffing
from planner.solving.staffsearch import CpSatStaffing
from tests.benchmarks.staffing import problem_of

SOLVER = CpSatStaffing()
some = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def pairs(plan):
    return [duty.key for duty in plan]


def hard(problem, plan):
    return [violation for violation in validate_staffing(problem, plan) if violation.hard]


def pins_of(problem, old=()):
    pinned = (*problem.pinned, *(duty for duty in old if duty.pinned))
    return {duty.key: replace(duty, pinned=True) for duty, _, _ in problem.known(pinned)}


def every_plan(problem, old=()):
    """Yield every plan that breaks no hard rule beyond its pins and gives a round to its own mentor or who had it."""
    had = {duty.key for duty in old}
    pins = pins_of(problem)
    allowed = hard(problem, tuple(pins.values()))
    keys = [
        (need.id, person.id)
        for need in problem.needs.values()
        for person in problem.people
        if (need.id, person.id) not in pins
        and (not need.spread or person.class_id == need.class_id or (need.id, person.id) in had)
    ]
    for chosen in chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1)):
        plan = (*pins.values(), *a_plan(*chosen))
        if hard(problem, plan) == allowed:
            yield plan


@some
@given(given_problem=absurd_problems())
def test_answers_break_no_hard_rule_beyond_their_pins_and_are_never_worse_than_greedy(given_problem):
    problem, old = given_problem
    pinned = tuple(pins_of(problem).values())

    proposed, repaired = SOLVER.propose(problem), SOLVER.replan(problem, old)

    for plan in (proposed.plan, repaired.plan):
        assert hard(problem, plan) == hard(problem, pinned)
        assert pins_of(problem).keys() <= {duty.key for duty in plan}
        assert all(duty.reason for duty in plan)
    greedy = GreedyStaffing()
    assert measure(problem, proposed.plan) <= measure(problem, greedy.propose(problem))
    other = greedy.replan(problem, old)
    assert (*repair(problem, old, repaired.plan), *measure(problem, repaired.plan)) <= (
        *repair(problem, old, other),
        *measure(problem, other),
    )


@some
@given(given_problem=absurd_problems())
def test_what_was_reached_is_what_the_judge_counts_and_the_bound_is_never_above(given_problem):
    problem, old = given_problem
    proposed, repaired = SOLVER.propose(problem), SOLVER.replan(problem, old)

    assert [each.value for each in proposed.reached] == list(measure(problem, proposed.plan))
    assert [each.value for each in repaired.reached] == [
        *repair(problem, old, repaired.plan), *measure(problem, repaired.plan)
    ]  # fmt: skip
    assert all(each.proven for each in (*proposed.reached, *repaired.reached))
    assert all(each.bound == each.value for each in (*proposed.reached, *repaired.reached))


@settings(some, max_examples=30)
@given(given_problem=st.one_of(absurd_problems(needs=3, people=2), absurd_problems(needs=2, people=3)))
def test_no_plan_at_all_is_better_than_the_one_proposed(given_problem):
    problem, _ = given_problem

    assert measure(problem, SOLVER.propose(problem).plan) == min(measure(problem, plan) for plan in every_plan(problem))


@settings(some, max_examples=30)
@given(given_problem=st.one_of(absurd_problems(needs=3, people=2), absurd_problems(needs=2, people=3)))
def test_no_repair_at_all_changes_less_where_it_counts(given_problem):
    problem, old = given_problem

    def cost(plan):
        return (*repair(problem, old, plan), *measure(problem, plan))

    assert cost(SOLVER.replan(problem, old).plan) <= min(cost(plan) for plan in every_plan(problem, old))


@some
@given(given_problem=absurd_problems(needs=5, people=5))
def test_repair_of_an_answer_that_everybody_knows_changes_nothing(given_problem):
    problem, _ = given_problem
    plan = SOLVER.propose(problem).plan
    told = replace(problem, told=frozenset(problem.person))

    assert set(SOLVER.replan(told, plan).plan) == set(plan)


@some
@given(given_problem=absurd_problems())
def test_everybody_ill_leaves_only_what_is_pinned(given_problem):
    problem, old = given_problem
    ill = replace(problem, people=tuple(replace(person, consent=False) for person in problem.people))

    assert {duty.key for duty in SOLVER.replan(ill, old).plan} == pins_of(ill).keys()


def test_sleutelouder_is_kept_for_the_evening_where_nobody_else_can():
    """The simple search gives the only evening of the one who speaks both languages away."""
    first = a_tolk("ar", ("p1",), event_id="e1")
    later = a_tolk("ti", ("p2",), event_id="e2", day=TUESDAY + timedelta(weeks=3))
    both = a_person("ali", roles=("tolk",), speaks=("ar", "ti"), max_evenings=1)
    one = a_person("zara", roles=("tolk",), speaks=("ar",))

    assert pairs(SOLVER.propose(a_staff_problem([first, later], [both, one])).plan) == [
        ("e1:tolk:ar", "zara"), ("e2:tolk:ti", "ali"),
    ]  # fmt: skip


def test_family_meets_the_face_it_knows():
    needs = [a_tolk("ar", event_id=f"e{number}", day=TUESDAY + timedelta(weeks=number)) for number in range(4)]
    problem = a_staff_problem(needs, [a_person(name, roles=("tolk",), speaks=("ar",)) for name in ("ali", "eva")])

    plan = SOLVER.propose(problem).plan

    assert sorted(duty.person_id for duty in plan) == ["ali", "ali", "eva", "eva"]
    assert measure(problem, plan).faces == 1


def test_groups_that_ask_the_same_each_get_their_own_people():
    needs = [a_need(f"avond:docent:{number}", about=f"groep {number}", maximum=2) for number in range(1, 4)]
    people = [a_person(f"x{number}") for number in range(3)]

    plan = SOLVER.propose(a_staff_problem(needs, people)).plan

    assert pairs(plan) == [(f"avond:docent:{number}", f"x{number - 1}") for number in range(1, 4)]


def test_dropped_interpreter_is_replaced_by_a_swap_when_nothing_less_will_do():
    ar, ti = a_tolk("ar", ("p1",)), a_tolk("ti", ("p2",))
    people = [
        a_person("ali", roles=("tolk",), speaks=("ar", "ti")),
        a_person("eva", roles=("tolk",), speaks=("ti",), consent=False),
        a_person("mo", roles=("tolk",), speaks=("ar",)),
    ]
    old = a_plan((ar.id, "ali"), (ti.id, "eva"))
    problem = a_staff_problem([ar, ti], people, told=frozenset({"ali", "eva"}))

    answer = SOLVER.replan(problem, old)

    assert pairs(answer.plan) == [(ar.id, "mo"), (ti.id, "ali")]
    assert repair(problem, old, answer.plan) == (0, 0, 3, 0)


def test_shortage_is_named():
    answer = SOLVER.propose(a_staff_problem([a_tolk("ti")], [a_person("eva")]))

    assert answer.shortage == (
        "Niemand van de school spreekt Tigrinya. Vraag een collega van een andere school of een telefonische tolk.",
    )
    assert [(each.value, each.bound, each.proven) for each in answer.reached][:2] == [(1, 1, True), (1, 1, True)]


def test_who_asks_can_stop_the_search():
    class StopError(Exception):
        pass

    told = []

    def stop(done, total, label):
        told.append((done, total, label))
        if done:
            raise StopError

    with pytest.raises(StopError):
        SOLVER.propose(a_staff_problem([a_need()], [a_person()]), watch=stop)
    assert told[0] == (0, 5, "Voor elke taal een tolk")
    assert told[-1] == (1, 5, "Genoeg mensen")


def test_search_without_work_answers_with_the_plan_it_started_from():
    model_class, _, _ = cp_sat()
    model = model_class()
    picks = [model.new_bool_var("") for _ in range(30)]
    model.add(sum((at + 3) * pick for at, pick in enumerate(picks)) == 211)

    found = solve_in_stages(model, [Goal(name="weinig", terms=picks, start=9), Goal(name="niets", terms=())], work=0.0)

    assert found.values is None
    assert [(each.name, each.value, each.proven) for each in found.reached] == [("weinig", 9, False)]


def test_same_school_gives_the_same_answer_in_every_process():
    """Sets of words are walked through in another order in each process."""
    script = (
        "import sys; sys.path[:0] = ['tests', '.']\n"
        "from tests.benchmarks.staffing import problem_of\n"
        "from planner.solving.staffsearch import CpSatStaffing\n"
        "print([duty.key for duty in CpSatStaffing().propose(problem_of(45)).plan])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7"}
    )

    assert done.stdout.strip() == str(pairs(SOLVER.propose(problem_of(45)).plan))


def test_pinned_duty_is_marked_and_stays():
    problem = a_staff_problem([a_need()], [a_person("ali"), a_person("eva")])
    old = (Duty(need_id="avond:docent:event", person_id="eva", pinned=True),)

    assert SOLVER.replan(problem, old).plan == (replace(old[0], reason="Vastgezet door de school."),)
