"""Searching on never gives a worse evening than the simple search, in the eyes of the judge."""

from itertools import product
from random import Random

from make import a_room, a_room_need, room_uses

from planner.domain.rooms.plan import RoomProblem, room_gaps
from planner.domain.rooms.rules import validate_rooms
from planner.solving.rooms import GreedyRooms
from planner.solving.roomsearch import SearchedRooms

HAL, ONE, TWO = "avond:hal:event", "avond:klas:k1", "avond:klas:k2"


def problem_of(needs, rooms, **facts):
    return RoomProblem(needs=tuple(needs), rooms=tuple(rooms), **facts)


def where(plan):
    return {use.need_id: use.room_id for use in plan}


def judged(problem, plan):
    return len(room_gaps(problem, plan)), sum(v.weight for v in validate_rooms(problem, plan) if not v.hard)


def crowded(seed):
    """Return an evening with about as many groups as rooms."""
    luck = Random(seed)  # noqa: S311 - repeatable
    rooms = [
        a_room(f"r{n}", luck.choice([8, 16, 24, 60]), [f for f in ("scherm", "hoeken") if luck.random() < 0.6],
               x=luck.randint(0, 200), floor=luck.randint(0, 2))
        for n in range(luck.randint(2, 5))
    ]  # fmt: skip
    needs = [
        a_room_need(f"e{luck.randint(0, 1)}:p{n}:{luck.choice(['event', 'k'])}{n}", luck.choice([5, 10, 20, 40]),
                    [f for f in ("scherm", "hoeken") if luck.random() < 0.4],
                    f"{luck.randint(17, 19)}:00", f"{luck.randint(20, 22)}:00")
        for n in range(luck.randint(2, 5))
    ]  # fmt: skip
    return problem_of(needs, rooms)


def test_who_is_in_the_way_moves_up():
    """The small class took the only room with a screen, because it lies near; the class that needs one comes later."""
    needs = [a_room_need(HAL, 50), a_room_need(ONE, 20, ("scherm",)), a_room_need(TWO, 20)]
    rooms = [a_room("hal", 60), a_room("scherm", 20, ("scherm",)), a_room("kaal", 22)]
    problem = problem_of(needs, rooms)

    plan = SearchedRooms().replan(problem, room_uses((HAL, "hal"), (TWO, "scherm")))

    assert where(plan) == {HAL: "hal", ONE: "scherm", TWO: "kaal"}


def test_pinned_room_is_not_taken_from_anybody():
    needs = [a_room_need(ONE, 20, ("scherm",)), a_room_need(TWO, 20)]
    rooms = [a_room("scherm", 20, ("scherm",)), a_room("kaal", 22)]
    problem = problem_of(needs, rooms, pinned=room_uses((TWO, "scherm"), pinned=True))

    assert where(SearchedRooms().propose(problem)) == {TWO: "scherm"}


def test_neighbours_swap_when_that_is_nearer():
    needs = [a_room_need(HAL, 50), a_room_need(ONE, 20), a_room_need(TWO, 12)]
    rooms = [a_room("hal", 60), a_room("ver", 24, floor=6), a_room("naast", 12, x=10), a_room("klein", 11)]
    problem = problem_of(needs, rooms)

    plans = [solver.propose(problem) for solver in (GreedyRooms(), SearchedRooms())]

    assert judged(problem, plans[1]) <= judged(problem, plans[0])


def test_sectors_swap_into_rooms_that_suit_them():
    needs = [a_room_need("markt:lokaal:Bouw", likes="techniek"), a_room_need("markt:lokaal:Koken", likes="keuken")]
    rooms = [a_room("a", features=("keuken",)), a_room("b", features=("techniek",)), a_room("c")]

    plan = SearchedRooms().propose(problem_of(needs, rooms))
    assert [(use.need_id, use.room_id) for use in plan] == [("markt:lokaal:Bouw", "b"), ("markt:lokaal:Koken", "a")]


def test_two_in_the_way_do_not_move_into_one_room():
    needs = [
        a_room_need(ONE, 20, ("scherm",)),
        a_room_need("avond:a:k3", 20, start="19:00", end="20:30"),
        a_room_need("avond:b:k4", 20, start="20:30", end="21:00"),
    ]
    rooms = [a_room("scherm", 20, ("scherm",)), a_room("kaal", 20)]
    old = room_uses(("avond:a:k3", "scherm"), ("avond:b:k4", "scherm"))

    plan = SearchedRooms().replan(problem_of(needs, rooms), old)

    assert where(plan) == {ONE: "scherm", "avond:a:k3": "kaal", "avond:b:k4": "kaal"}


def test_never_worse_than_the_simple_search_and_never_hard():
    better = 0
    for seed in range(150):
        problem = crowded(seed)
        simple, plan = GreedyRooms().propose(problem), SearchedRooms().propose(problem)

        assert judged(problem, plan) <= judged(problem, simple)
        assert [v for v in validate_rooms(problem, plan) if v.hard] == []
        assert SearchedRooms().replan(problem, plan) == plan == SearchedRooms().propose(problem)
        better += judged(problem, plan) < judged(problem, simple)
    assert better > 0


def most_with_a_room(problem):
    """Return by trying everything how many needs can have one room each."""
    options = [[None, *problem.rooms] for _ in problem.needs]
    best = 0
    for chosen in product(*options):
        pairs = [(need.id, room.id) for need, room in zip(problem.needs, chosen, strict=True) if room]
        if len(pairs) > best and not any(v.hard for v in validate_rooms(problem, room_uses(*pairs))):
            best = len(pairs)
    return best


def test_against_trying_everything_nearly_every_evening_is_full():
    problems = [problem for problem in map(crowded, range(30)) if len(problem.needs) * len(problem.rooms) <= 12]

    missed = [most_with_a_room(each) - (len(each.needs) - len(room_gaps(each, SearchedRooms().propose(each))))
              for each in problems]  # fmt: skip

    assert len(problems) > 8
    assert sum(each > 0 for each in missed) <= len(missed) // 10
