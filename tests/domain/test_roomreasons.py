import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import a_room, a_room_need, room_uses

from planner.domain.rooms.plan import RoomProblem, RoomUse
from planner.domain.rooms.reasons import breaks, chosen_by_hand, same_day, why_room
from planner.domain.rooms.rules import validate_rooms

HAL, KLAS = "avond:hal:event", "avond:klas:k1"


def problem_of(needs, rooms, **facts):
    return RoomProblem(needs=tuple(needs), rooms=tuple(rooms), **facts)


def test_reason_names_the_seats():
    problem = problem_of([a_room_need()], [a_room()])

    assert why_room(problem, room_uses(("avond:lokaal:event", "a1")), "avond:lokaal:event") == (
        "A1 heeft 30 plaatsen en er worden 20 mensen verwacht."
    )


def test_where_nobody_is_expected_no_room_is_missing():
    assert why_room(problem_of([a_room_need(persons=0)], []), (), "avond:lokaal:event") == (
        "Hier wordt nog niemand verwacht. Er is geen ruimte nodig."
    )


@pytest.mark.parametrize(
    ("x", "floor", "words"),
    [
        (20, 0, "het is vlak bij HAL"),
        (60, 0, "het is 1 minuut lopen van HAL"),
        (0, 3, "het is 3 minuten lopen van HAL"),
    ],
)
def test_reason_names_features_and_the_way(x, floor, words):
    problem = problem_of(
        [a_room_need(HAL, 50), a_room_need(KLAS, features=("scherm", "geluid"))],
        [a_room("hal", 60), a_room("a", features=("scherm", "geluid"), x=x, floor=floor)],
    )

    assert why_room(problem, room_uses((HAL, "hal"), (KLAS, "a")), KLAS) == (
        f"A heeft 30 plaatsen en er worden 20 mensen verwacht; wat nodig is, staat er: scherm en geluid; {words}."
    )


def test_reason_names_a_tighter_room_that_is_taken():
    problem = problem_of([a_room_need(), a_room_need(KLAS)], [a_room("groot", 90), a_room("goed", 24)])
    plan = room_uses(("avond:lokaal:event", "groot"), (KLAS, "goed"))

    assert why_room(problem, plan, "avond:lokaal:event") == (
        "GROOT heeft 90 plaatsen en er worden 20 mensen verwacht; GOED past ook, maar is dan in gebruik."
    )


def test_reason_says_that_somebody_chose_and_that_two_rooms_are_one_place():
    problem = problem_of([a_room_need(KLAS, 40)], [a_room("a"), a_room("b")])
    plan = room_uses((KLAS, "a"), (KLAS, "b"), pinned=True)

    assert why_room(problem, plan, KLAS) == (
        "A en B hebben samen 60 plaatsen en er worden 40 mensen verwacht; iemand van school heeft deze ruimte gekozen."
    )


def test_without_a_room_the_reason_is_why_not():
    problem = problem_of([a_room_need(persons=90)], [a_room()])

    assert why_room(problem, (), "avond:lokaal:event").startswith("Geen ruimte voor 90 mensen.")
    with pytest.raises(KeyError):
        why_room(problem, (), "weg")


def test_choice_replaces_what_the_need_had_and_stays():
    plan = (*room_uses((HAL, "hal")), *room_uses((KLAS, "a"), (KLAS, "b")))

    assert chosen_by_hand(plan, KLAS, "c") == (
        *room_uses((HAL, "hal")),
        RoomUse(need_id=KLAS, room_id="c", reason="Gekozen door de school.", pinned=True),
    )


def test_choice_tells_only_what_it_breaks_itself():
    needs = [a_room_need(HAL, 50), a_room_need(KLAS, features=("scherm",))]
    rooms = [a_room("hal", 40), a_room("goed", features=("scherm",)), a_room("klein", 10)]
    plan = room_uses((HAL, "hal"), (KLAS, "klein"), pinned=True)
    problem = problem_of(needs, rooms, pinned=plan)

    assert breaks(problem, plan, KLAS, "goed") == ()
    assert [(v.rule, v.hard) for v in breaks(problem, plan, KLAS, "klein")] == [("R01", True), ("R02", True)]
    assert [v.rule for v in breaks(problem, plan, KLAS, "hal")] == ["R02", "R03"]


def test_same_day_leaves_out_what_a_choice_cannot_touch():
    later = a_room_need("feest:hal:event", day=a_room_need().day.replace(day=7))
    problem = problem_of([a_room_need(HAL), later], [a_room()], pinned=room_uses((HAL, "a1"), (later.id, "a1")))

    small = same_day(problem, HAL)

    assert ([need.id for need in small.needs], [use.need_id for use in small.pinned]) == ([HAL], [HAL])


@settings(max_examples=60, deadline=None)
@given(
    seats=st.lists(st.integers(0, 40), min_size=1, max_size=4),
    persons=st.lists(st.integers(0, 50), min_size=1, max_size=3),
    data=st.data(),
)
def test_choice_breaks_what_the_judge_says_and_nothing_else(seats, persons, data):
    rooms = [a_room(f"r{n}", seat) for n, seat in enumerate(seats)]
    needs = [a_room_need(f"avond:p{n}:event", count) for n, count in enumerate(persons)]
    pairs = [(need.id, data.draw(st.sampled_from(rooms)).id) for need in needs]
    problem, plan = problem_of(needs, rooms), room_uses(*pairs)
    room = data.draw(st.sampled_from(rooms))

    found = breaks(problem, plan, needs[0].id, room.id)
    after = validate_rooms(problem, chosen_by_hand(plan, needs[0].id, room.id))

    assert set(found) <= set(after)
    assert {v for v in after if v.where == needs[0].id} <= set(found)
    assert all(why_room(problem, plan, need.id).endswith(".") for need in needs)
