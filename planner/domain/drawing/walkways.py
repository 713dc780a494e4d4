"""Arrows on a floor plan: from door to door along the corridors, so that no arrow runs through what is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from planner.domain.drawing.boxes import Box, Point, around
from planner.domain.drawing.floors import DrawnFloor

CORRIDOR = 0.8  # metres: a gap between rooms that is narrower is a wall
OUTSIDE = 3.0  # millimetres under a floor without a corridor
DOORSTEP = 1.3  # millimetres between who leaves and who comes in at one door
BADGE = 4.6  # millimetres: the circle with the number of an arrow
ALONG = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The way from one stop to the next; `badge` is where its number stands, None when there is no room for it."""

    number: int
    points: tuple[Point, ...]
    badge: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A door to the outside: the floor it is on and its point on paper."""

    floor: int
    at: Point


Stop = str | Door


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corridor:
    """A strip without rooms, on paper; `floor` is its place among the floors."""

    floor: int
    top: float
    bottom: float

    def lane(self, number: int, of: int) -> float:
        return self.top + (self.bottom - self.top) * number / (of + 1)


def _corridors(at: int, drawn: DrawnFloor) -> list[_Corridor]:
    """Return the strips between rooms from west to east; without any, a strip along the south wall."""
    found, reach = [], drawn.floor.top
    for room in sorted(drawn.floor.rooms, key=lambda each: each.y):
        if room.y - reach >= CORRIDOR:
            top, bottom = drawn.point(0, reach)[1], drawn.point(0, room.y)[1]
            found.append(_Corridor(floor=at, top=top, bottom=bottom))
        reach = max(reach, room.y + room.depth)
    below = drawn.frame.bottom + OUTSIDE
    return found or [_Corridor(floor=at, top=below, bottom=below)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A stop on paper: the box of the room, and the corridor its door is at."""

    box: Box
    corridor: _Corridor

    def door(self, shift: float) -> Point:
        middle = self.box.middle[0]
        x = min(max(middle + shift, self.box.x), self.box.right)
        return x, self.box.bottom if self.corridor.top >= self.box.middle[1] else self.box.y


def _places(floors: Sequence[DrawnFloor]) -> Mapping[str, _Place]:
    found = {}
    for at, drawn in enumerate(floors):
        corridors = _corridors(at, drawn)
        for room in drawn.floor.rooms:
            found[room.id] = _place(drawn.box(room), corridors)
    return found


def _place(box: Box, corridors: Sequence[_Corridor]) -> _Place:
    near = min(corridors, key=lambda each: min(abs(each.top - box.bottom), abs(each.bottom - box.y)))
    return _Place(box=box, corridor=near)


def route_arrows(
    floors: Sequence[DrawnFloor], stops: Sequence[Stop], *, taken: Sequence[Box] = ()
) -> tuple[Arrow, ...]:
    """Return numbered arrows from each stop to the next: 1 for the first walk, 2 for the second and so on.

    A stop is the id of a room, or a door to the outside. Stops that are not drawn are left out, and a stop
    that follows itself is one stop. No number stands on one of the boxes in `taken`.
    """
    known = _places(floors)
    places = [place for place in (_stop(stop, known, floors) for stop in stops) if place]
    walks = [pair for pair in pairwise(places) if pair[0].box != pair[1].box]
    arrows: list[Arrow] = []
    for number, (start, end) in enumerate(walks, start=1):
        points = _points(start, end, floors, lane=(number, len(walks)))
        badges = [arrow.badge for arrow in arrows if arrow.badge]
        arrows.append(Arrow(number=number, points=points, badge=_badge(points, [*taken, *badges])))
    return tuple(arrows)


def _stop(stop: Stop, known: Mapping[str, _Place], floors: Sequence[DrawnFloor]) -> _Place | None:
    if isinstance(stop, str):
        return known.get(stop)
    for at, drawn in enumerate(floors):
        if drawn.floor.number == stop.floor:
            return _place(around(stop.at, 0, 0), _corridors(at, drawn))
    return None


def _points(start: _Place, end: _Place, floors: Sequence[DrawnFloor], *, lane: tuple[int, int]) -> tuple[Point, ...]:
    """Return the corners of the way: out of the door, along the corridor, and in at the other door.

    Between two corridors, on one floor or on two, one walks west of the floors, or between them.
    """
    out, into = start.door(DOORSTEP), end.door(-DOORSTEP)
    here, there = start.corridor.lane(*lane), end.corridor.lane(*lane)
    if start.corridor == end.corridor:
        way = [out, (out[0], here), (into[0], here), into]
    else:
        west = max(floors[each.corridor.floor].frame.x for each in (start, end))
        stair = west - OUTSIDE - lane[0] / (lane[1] + 1) * OUTSIDE
        way = [out, (out[0], here), (stair, here), (stair, there), (into[0], there), into]
    return tuple(point for at, point in enumerate(way) if not at or point != way[at - 1])


def _badge(points: tuple[Point, ...], taken: Sequence[Box]) -> Box | None:
    """Return a place for the number: on the longest stretch that has one free."""
    stretches = sorted(pairwise(points), key=lambda pair: -_length(*pair))
    for (x, y), (to_x, to_y) in stretches:
        for part in ALONG:
            box = around((x + (to_x - x) * part, y + (to_y - y) * part), BADGE, BADGE)
            if box.x >= 0 and not any(box.overlaps(other) for other in taken):
                return box
    return None


def _length(start: Point, end: Point) -> float:
    return abs(end[0] - start[0]) + abs(end[1] - start[1])
