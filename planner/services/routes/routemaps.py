"""Going round on the floor plan: the way of one walker, from the entrance past the rooms of the rounds."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from planner.domain.drawing.floors import Paper
from planner.domain.rooms.room import Room
from planner.domain.routes.guests import Guest
from planner.domain.routes.rounds import Stop
from planner.domain.runbook import Shape
from planner.domain.year import AMSTERDAM, local
from planner.services.rooms.floorplans import walk
from planner.services.routes.routeplan import RoutePlan
from planner.services.views import PlanDrawing
from planner.services.workspace import Workspace

BACK = Paper(width=180, height=205)  # a page for itself, under a heading and above a legend
MOST_UNDER = 5  # steps that leave room for the plan on the same page
MOST_LOW = 7  # the same for a plan that is less high
IDLE, SAID, SAID_TWICE = 0.5, 1.5, 2.25  # how much of a step one takes without a stop, with sentences, in two languages
TOLD = 2  # how many steps the sentences above all of them take

At = tuple[Room, datetime | None]  # a room, and since when somebody is there; None for as long as it takes


def gathering_rooms(plan: RoutePlan) -> tuple[Room, ...]:
    """Return where groups wait before they go: the rooms of the last row that is over by then."""
    brief, day = plan.brief, plan.brief.start.date()
    over = [row for row in brief.rows if row.end and local(day, row.end) <= brief.start]
    last = max(over, key=lambda row: (row.end or row.start, row.start), default=None)
    needs = [need for need in brief.room_needs if last and need.place_id in last.places]
    return tuple(room for need in needs for room in brief.rooms_of.get(need.id, ()))


def place_rooms(plan: RoutePlan, language: str = "") -> tuple[Room, ...]:
    """Return the rooms of the places where people are who have no stop; of this language, where it has its own."""
    brief = plan.brief
    needs = [need for place in brief.places for need in brief.room_needs if need.place_id == place.id]
    mine = [need for need in needs if need.scope == language] or needs
    return tuple(room for need in mine for room in brief.rooms_of.get(need.id, ()))


def way_to(plan: RoutePlan, stop: Stop) -> Iterator[At]:
    """Yield where somebody who receives is: in the room of the stop, or by turns where each guest sits."""
    if stop.room:
        yield stop.room, None
    rooms = place_rooms(plan)
    if not stop.room and len(rooms) == 1:
        yield rooms[0], None
    elif not stop.room and rooms:
        known = [pair for pair in plan.problem.known(plan.visits) if pair[2].id == stop.id]
        guests = [(each.number, each.start, walker) for _, walker, _, each in known if isinstance(walker, Guest)]
        for _, start, guest in sorted(guests, key=lambda one: one[0]):
            yield place_rooms(plan, guest.language)[0], start


def own_rooms(plan: RoutePlan, walker_id: str) -> tuple[Room, ...]:
    """Return the rooms of a class, when each class has its own."""
    needs = [need for need in plan.brief.room_needs if need.scope == walker_id]
    return tuple(room for need in needs for room in plan.brief.rooms_of.get(need.id, ()))


def way_of(plan: RoutePlan, walker_id: str) -> Iterator[At]:
    """Yield the rooms that a walker comes by, in order, from where its group waits."""
    yield from ((room, None) for room in gathering_rooms(plan)[:1])
    if plan.has_rounds:
        mine = [pair for pair in plan.problem.known(plan.visits) if pair[1].id == walker_id]
        for _, _, stop, each in sorted(mine, key=lambda pair: pair[3].number):
            if stop.room:
                yield stop.room, each.start
        return
    (only,) = plan.brief.rounds
    rooms = own_rooms(plan, walker_id) if plan.brief.shape is Shape.CLASSES else place_rooms(plan)[:1]
    yield from ((room, only.start) for room in rooms)


def way(workspace: Workspace, stops: Sequence[At], *, key: str, paper: Paper) -> PlanDrawing | None:
    """Return the plan with the way past these rooms and the times there; None when no room is known."""
    if not stops:
        return None
    found: dict[str, tuple[str, ...]] = {}
    for room, since in stops:
        said = (f"{since.astimezone(AMSTERDAM):%H:%M}",) if since else ()
        found[room.id] = (*found.get(room.id, ()), *said)
    order = [room_id for room_id, _ in groupby(room.id for room, _ in stops)]
    return walk(workspace, order, found, key=key, paper=paper)
