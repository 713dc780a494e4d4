"""Which room for what in a whole year, by the simple search and by searching on; and drawing the floor plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.drawing.floorplan import Scene, floor_plan
from planner.domain.drawing.floors import Paper
from planner.domain.rooms.plan import RoomProblem, room_gaps, room_needs_of
from planner.domain.rooms.rules import validate_rooms
from planner.domain.rules import plan_from
from planner.exports.drawing import as_svg
from planner.exports.floorplan import floor_drawing
from planner.solving.greedy import GreedyDates
from planner.solving.rooms import GreedyRooms
from planner.solving.roomsearch import SearchedRooms
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.domain.rooms.plan import RoomPlan

TIMES = 3
SHEET = Paper(width=267, height=128)


def _problem(size: int) -> RoomProblem:
    problem, made = schools.demo_problem(size)
    plan = plan_from(problem, GreedyDates().propose(problem))
    return RoomProblem(
        needs=tuple(
            need
            for event in plan
            for need in room_needs_of(
                event, problem.cycle.runbook(event.runbook_id), problem.school, problem.by_id[event.id]
            )
        ),
        rooms=made.rooms,
    )


def _wishes(problem: RoomProblem, plan: RoomPlan) -> int:
    return sum(broken.weight for broken in validate_rooms(problem, plan) if not broken.hard)


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield the time for a year of rooms, what stays open, and the time to draw one plan."""
    problem = _problem(size)
    simple, searched = GreedyRooms(), SearchedRooms()
    plans = simple.propose(problem), searched.propose(problem)
    seconds = median_of(lambda: simple.propose(problem), times=TIMES)
    longer = median_of(lambda: searched.propose(problem), times=TIMES)
    again = median_of(lambda: searched.replan(problem, plans[1]), times=TIMES)
    open_needs = [len(room_gaps(problem, plan)) for plan in plans]
    wishes = [_wishes(problem, plan) for plan in plans]
    notes = {room.id: ("Arabisch", "24 mensen") for room in problem.rooms}
    scene = Scene(rooms=problem.rooms, notes=notes, route=tuple(notes)[:6])
    drawing = median_of(lambda: as_svg(floor_drawing(floor_plan(scene, SHEET), title="")), times=TIMES)
    yield Row(name="rooms/simple", size=size, value=seconds * 1000, unit="ms")
    yield Row(name="rooms", size=size, value=longer * 1000, unit="ms", peer="rooms/simple", ratio=longer / seconds)
    yield Row(name="rooms/replan", size=size, value=again * 1000, unit="ms", peer="rooms", ratio=again / longer)
    yield Row(
        name="rooms/open", size=size, value=open_needs[1], unit="places", peer="of all places",
        ratio=open_needs[1] / len(problem.needs),
    )  # fmt: skip
    yield Row(name="rooms/open/simple", size=size, value=open_needs[0], unit="places")
    yield Row(name="rooms/wishes", size=size, value=wishes[1], unit="weight")
    yield Row(name="rooms/wishes/simple", size=size, value=wishes[0], unit="weight")
    yield Row(name="rooms/draw", size=size, value=drawing * 1000, unit="ms")
