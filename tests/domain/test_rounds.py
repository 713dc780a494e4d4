from datetime import time, timedelta

import pytest
from make import TUESDAY, a_group, a_rounds_problem, a_stop, some_rounds, some_visits

from planner.domain.rooms.room import Room
from planner.domain.routes.rounds import (
    can_walk,
    changed_cells,
    far_apart,
    longest_wait,
    missing_own,
    missing_visits,
    rounds_between,
    wish_value,
)
from planner.domain.year import local


def clock(rounds):
    return [f"{each.start:%H:%M}-{each.end:%H:%M}" for each in rounds]


def between(start, end, session=20, gap=5):
    first, last = (local(TUESDAY, at) for at in (start, end))
    return rounds_between(first, last, session=timedelta(minutes=session), gap=timedelta(minutes=gap))


@pytest.mark.parametrize(
    ("start", "end", "session", "gap", "expected"),
    [
        ("17:30", "19:30", 20, 5, ["17:30-17:50", "17:55-18:15", "18:20-18:40", "18:45-19:05", "19:10-19:30"]),
        ("17:30", "19:15", 20, 5, ["17:30-17:50", "17:58-18:18", "18:26-18:46", "18:54-19:14"]),
        ("19:10", "19:50", 10, 0, ["19:10-19:20", "19:20-19:30", "19:30-19:40", "19:40-19:50"]),
        ("19:10", "19:25", 10, 0, ["19:10-19:20"]),
        ("19:10", "19:15", 10, 0, []),
    ],
)
def test_rounds_fill_the_time_and_share_what_is_left(start, end, session, gap, expected):
    assert clock(between(time.fromisoformat(start), time.fromisoformat(end), session, gap)) == expected


def test_walking_counts_from_door_to_door_within_the_break():
    near, far = Room(id="a", name="A", capacity=30), Room(id="b", name="B", capacity=30, floor=2, x=240)
    one, other = a_stop("zorg", room=near), a_stop("bouw", room=far)
    first, second, third = some_rounds(3)  # five minutes between two

    assert not can_walk(one, other, first, second)  # four minutes along the corridor and two for the stairs
    assert can_walk(one, other, first, third)
    assert can_walk(one, a_stop("ict"), first, second)
    assert can_walk(a_stop("ict"), one, first, second)
    assert (one.where, a_stop("ict").where) == ("A", "Ict")


def test_stops_that_lie_too_far_apart_are_named():
    near, far = Room(id="a", name="A", capacity=30), Room(id="b", name="B", capacity=30, floor=2, x=240)
    stops = [a_stop("zorg", room=near), a_stop("bouw", room=far), a_stop("ict"), a_stop("zee", room=near)]

    assert far_apart(a_rounds_problem(1, stops)) == (
        "Van A naar B is het 6 minuten lopen. Dat is te ver voor één wissel.",
        "Van B naar A is het 6 minuten lopen. Dat is te ver voor één wissel.",
    )
    assert far_apart(a_rounds_problem(1, stops, 1)) == ()


def test_counts_of_a_plan():
    problem = a_rounds_problem(
        2, ("zorg", "bouw", "ict"), 3, 3,
        wishes={"g1": {"zorg": 2, "ict": 1}}, one_of={"g1": frozenset({"ict"}), "weg": frozenset({"ict"})},
    )  # fmt: skip
    visits = some_visits("g1: zorg bouw -; g2: bouw zorg ict")

    assert missing_visits(problem, visits) == 1
    assert missing_own(problem, visits) == 1
    assert wish_value(problem, visits) == 2


def test_changes_count_cells_of_walkers_that_were_there():
    problem = a_rounds_problem(3)
    old = some_visits("g1: zorg bouw; g2: bouw -; weg: zorg -")

    assert changed_cells(problem, old, old) == 0
    assert changed_cells(problem, old, some_visits("g1: bouw bouw; g2: bouw zorg; g3: zorg bouw")) == 2
    assert changed_cells(problem, old, some_visits("g1: - bouw; g2: - bouw")) == 3


@pytest.mark.parametrize(("visited", "wait"), [([1, 2], 0), ([], 0), ([3], 2), ([1, 4, 5], 2), ([2, 4], 1), ([1], 0)])
def test_waiting_is_counted_until_the_last_stop(visited, wait):
    assert longest_wait(some_rounds(5), visited) == wait


def test_what_is_unknown_is_left_out():
    problem = a_rounds_problem([a_group(1)])

    assert [visit.stop for visit, *_ in problem.known(some_visits("g1: zorg x bouw; g2: zorg"))] == ["zorg"]
