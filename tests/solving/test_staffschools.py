"""Whole schools through the real draaiboeken: many languages, one room, no sleutelouders, everybody ill."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import TUESDAY, a_person, a_room, a_school_of, an_event, an_occurrence

from planner.definitions.loader import load_cycle
from planner.domain.staffing.gaps import gaps, nobody_at_all
from planner.domain.staffing.goals import measure
from planner.domain.staffing.plan import StaffProblem, staff_event
from planner.domain.staffing.rules import validate_staffing
from planner.solving.staffing import GreedyStaffing
from planner.solving.staffsearch import CpSatStaffing

CYCLE = load_cycle(Path(__file__).parents[2] / "runbooks").cycle
EVENINGS = ("welkom", "interessemarkt", "kijkje", "verder")
LANGUAGES = [f"l{number}" for number in range(30)]
ROOM = a_room("enige", capacity=1)


@st.composite
def schools(draw):
    """Draw a school with the evenings of its year; every pupil is invited to each."""
    classes = draw(
        st.dictionaries(
            st.sampled_from(["k1", "k2", "k3"]),
            st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=30),
            min_size=1,
        )
    )
    school = a_school_of(classes)
    pupils = [pupil.id for pupil in school.pupils]
    roles = sorted({role.id for name in EVENINGS for role in CYCLE.runbook(name).roles})
    people = [
        a_person(
            f"x{number}",
            roles=draw(st.sets(st.sampled_from(roles), max_size=4)),
            speaks=draw(st.lists(st.sampled_from(LANGUAGES), max_size=3, unique=True)),
            children=frozenset(draw(st.sets(st.sampled_from(pupils), max_size=2))),
            max_evenings=draw(st.integers(0, 4)),
            class_id=draw(st.sampled_from([None, *classes])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    events = tuple(
        staff_event(
            an_event(pupils, name, TUESDAY + timedelta(weeks=draw(st.integers(0, 3)))),
            CYCLE.runbook(name),
            school,
            an_occurrence(name),
            dress=lambda need: replace(need, rooms=(ROOM,)),
        )
        for name in EVENINGS
    )
    return StaffProblem(events=events, people=tuple(people), school=school)


def hard(problem, plan):
    return [violation for violation in validate_staffing(problem, plan) if violation.hard]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problem=schools())
def test_any_school_gets_an_answer_without_a_hard_violation(problem):
    simple, answer = GreedyStaffing().propose(problem), CpSatStaffing().propose(problem)

    assert hard(problem, simple) == hard(problem, answer.plan) == []
    assert measure(problem, answer.plan) <= measure(problem, simple)
    assert answer.shortage == tuple(gap.why for gap in gaps(problem, answer.plan))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(problem=schools())
def test_school_where_everybody_is_ill_says_so_for_every_evening(problem):
    ill = replace(problem, people=tuple(replace(person, weekdays=frozenset()) for person in problem.people))

    answer = CpSatStaffing().replan(ill, GreedyStaffing().propose(problem))

    assert answer.plan == ()
    assert all(nobody_at_all(ill, answer.plan, event).endswith(".") for event in ill.events)
