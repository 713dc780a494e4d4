from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import TUESDAY, a_room, a_room_need, room_uses

from planner.domain.rooms.plan import RoomProblem, RoomUse, room_gaps
from planner.domain.rooms.rules import validate_rooms
from planner.solving.rooms import GreedyRooms
from planner.solving.roomsearch import SearchedRooms

LOKAAL = "avond:lokaal:event"

pytestmark = pytest.mark.parametrize(
    "solver", [GreedyRooms(), SearchedRooms()], ids=lambda solver: type(solver).__name__
)


def problem_of(needs, rooms, **facts):
    return RoomProblem(needs=tuple(needs), rooms=tuple(rooms), **facts)


def pairs(plan):
    return [use.key for use in plan]


def test_need_gets_the_smallest_room_that_fits(solver):
    rooms = [a_room("groot", 90), a_room("klein", 10), a_room("goed", 24)]

    [use] = solver.propose(problem_of([a_room_need()], rooms))

    assert use == RoomUse(need_id=LOKAAL, room_id="goed", reason="Plaats voor 24, 20 verwacht.")


def test_need_gets_a_room_with_what_it_asks_near_the_others(solver):
    needs = [a_room_need("avond:hal:event", 50, ("hal",)), a_room_need("avond:klas:k1", features=("scherm",))]
    rooms = [
        a_room("hal", 60, ("hal",)),
        a_room("ver", 20, ("scherm",), floor=2, x=60),
        a_room("kaal", 20),
        a_room("dichtbij", 22, ("scherm",), x=20),
        a_room("buren", 42, ("scherm",), x=10),
    ]

    plan = solver.propose(problem_of(needs, rooms))

    assert pairs(plan) == [("avond:hal:event", "hal"), ("avond:klas:k1", "dichtbij")]
    assert plan[1].reason == "Plaats voor 22, 20 verwacht; heeft scherm; vlak bij HAL."


@pytest.mark.parametrize(("floor", "words"), [(1, "1 minuut van HAL"), (3, "3 minuten van HAL")])
def test_reason_says_how_far_it_is(solver, floor, words):
    needs = [a_room_need("avond:hal:event", 50), a_room_need("avond:klas:k1")]

    plan = solver.propose(problem_of(needs, [a_room("hal", 60), a_room("b", 20, floor=floor)]))

    assert plan[1].reason == f"Plaats voor 20, 20 verwacht; {words}."


def test_plain_room_is_left_for_who_needs_its_features(solver):
    rooms = [a_room("a", 20, ("scherm",)), a_room("b", 20)]

    assert pairs(solver.propose(problem_of([a_room_need()], rooms))) == [(LOKAAL, "b")]


def test_one_room_is_used_again_when_it_is_free(solver):
    needs = [
        a_room_need("a:hal:event", start="18:00", end="19:00"),
        a_room_need("b:hal:event", start="19:00", end="20:00"),
        a_room_need("c:hal:event", start="18:30", end="19:30"),
        a_room_need("d:hal:event", start="18:30", end="19:30", day=TUESDAY + timedelta(days=1)),
    ]

    plan = solver.propose(problem_of(needs, [a_room()]))

    assert [use.need_id for use in plan] == ["a:hal:event", "b:hal:event", "d:hal:event"]


def test_class_that_fits_nowhere_gets_neighbouring_rooms(solver):
    need = a_room_need("avond:klas:k1", 40)
    rooms = [a_room("a", 24), a_room("b", 24, x=90), a_room("c", 24, x=100), a_room("x", 0)]

    plan = solver.propose(problem_of([need], rooms))

    assert pairs(plan) == [("avond:klas:k1", "b"), ("avond:klas:k1", "c")]
    assert plan[0].reason == (
        "Nergens is een vrije plek voor 40 mensen samen; verdeeld over twee ruimtes dicht bij elkaar."
    )
    assert len(solver.propose(problem_of([replace(need, persons=70)], rooms))) == 3
    assert solver.propose(problem_of([replace(need, persons=73)], rooms)) == ()
    assert solver.propose(problem_of([need], rooms[:1])) == ()


def test_whole_event_is_not_split(solver):
    problem = problem_of([a_room_need(persons=40)], [a_room("a"), a_room("b")])

    assert solver.propose(problem) == ()
    assert len(room_gaps(problem, ())) == 1


def test_pinned_use_holds_whatever_it_breaks(solver):
    rooms = [a_room("a", 20), a_room("b", 5)]
    problem = problem_of([a_room_need()], rooms, pinned=room_uses((LOKAAL, "b"), ("weg", "a")))

    [use] = solver.propose(problem)

    assert use == RoomUse(need_id=LOKAAL, room_id="b", reason="Vastgezet door de school.", pinned=True)
    assert solver.replan(problem, room_uses((LOKAAL, "a"))) == (use,)


def test_replan_keeps_what_can_stay(solver):
    needs = [a_room_need("a:hal:event"), a_room_need("b:hal:event", features=("scherm",)), a_room_need("c:klas:k1", 40)]
    rooms = [a_room("groot", 90), a_room("klein", 20), a_room("scherm", 20, ("scherm",))]
    old = room_uses(("a:hal:event", "groot"), ("b:hal:event", "klein"), ("c:klas:k1", "klein"), ("c:klas:k1", "weg"))

    expected = [("a:hal:event", "groot"), ("b:hal:event", "scherm")]
    if isinstance(solver, SearchedRooms):  # one moves, so that one more has a room
        expected = [("a:hal:event", "klein"), ("b:hal:event", "scherm"), ("c:klas:k1", "groot")]
    assert pairs(solver.replan(problem_of(needs, rooms), old)) == expected


def test_replan_keeps_two_rooms_of_one_group_together_or_not_at_all(solver):
    need = a_room_need("a:klas:k1", 40)
    old = room_uses((need.id, "a"), (need.id, "b"))
    rooms = [a_room("a"), a_room("b"), a_room("c", 50)]

    assert pairs(solver.replan(problem_of([need], rooms), old)) == [(need.id, "a"), (need.id, "b")]
    assert pairs(solver.replan(problem_of([need], rooms[1:]), old)) == [(need.id, "c")]


@st.composite
def absurd_problems(draw):
    features = st.sets(st.sampled_from(["scherm", "hal"]))
    rooms = [
        a_room(f"r{n}", draw(st.integers(0, 60)), draw(features), name="Lokaal", x=draw(st.integers(0, 200)))
        for n in range(draw(st.integers(0, 4)))
    ]
    needs = [
        a_room_need(
            f"e{draw(st.integers(0, 1))}:p:{draw(st.sampled_from(['event', f'k{n}']))}{n}",
            draw(st.integers(0, 100)),
            tuple(sorted(draw(features))),
            f"{draw(st.integers(16, 18))}:00",
            f"{draw(st.integers(18, 20))}:00",
        )
        for n in range(draw(st.integers(0, 6)))
    ]
    ids = st.tuples(st.sampled_from([*(n.id for n in needs), "weg"]), st.sampled_from([*(r.id for r in rooms), "weg"]))
    pinned = room_uses(*draw(st.lists(ids, max_size=1)))
    return problem_of(needs, rooms, pinned=pinned), room_uses(*draw(st.lists(ids, max_size=6)))


@settings(max_examples=100, deadline=None)
@given(given_problem=absurd_problems())
def test_answers_break_no_hard_rule_beyond_their_pins_and_stay_the_same(solver, given_problem):
    problem, old = given_problem
    pinned = tuple(replace(use, pinned=True) for use, _, _ in problem.known(problem.pinned))
    allowed = [violation for violation in validate_rooms(problem, pinned) if violation.hard]

    for plan in (solver.propose(problem), solver.replan(problem, old)):
        assert [violation for violation in validate_rooms(problem, plan) if violation.hard] == allowed
        assert solver.replan(problem, plan) == plan
        assert all(gap.why.endswith(".") for gap in room_gaps(problem, plan))


@settings(max_examples=60, deadline=None)
@given(given_problem=absurd_problems())
def test_judge_reads_any_plan(solver, given_problem):
    problem, old = given_problem

    assert all(violation.why.endswith(".") for violation in validate_rooms(problem, old))
    assert solver.propose(problem) == solver.propose(problem)
