"""The floors of a school laid out on one sheet of paper: all at one scale, beside or under each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.domain.drawing.boxes import TOUCH, Box, Point
from planner.domain.rooms.room import Room, Spot

GAP = 1.0  # metres between rooms that had to be moved aside
HEAD, AISLE, MARGIN = 6.0, 9.0, 9.0  # millimetres: name of a floor, between floors, around everything
LEAST_SCALE, MOST_SCALE = 0.01, 8.0  # millimetres a metre; a school of one room does not fill the sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The sheet: width and greatest height in millimetres, and the smallest and largest letters."""

    width: float
    height: float
    smallest: float = 2.5
    largest: float = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor of the building with its rooms; left, top, width and depth in metres hold all of it."""

    number: int
    rooms: tuple[Room, ...]
    left: float
    top: float
    width: float
    depth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFloor:
    """A floor on paper: `frame` is the building, `title` the strip above it, `scale` millimetres a metre."""

    floor: Floor
    frame: Box
    title: Box
    scale: float

    def point(self, x: float, y: float) -> Point:
        """Return where a point of the building, in metres, is on paper; outside the floor at its nearest edge."""
        right, bottom = self.frame.right, self.frame.bottom
        across = self.frame.x + (x - self.floor.left) * self.scale
        down = self.frame.y + (y - self.floor.top) * self.scale
        return min(max(across, self.frame.x), right), min(max(down, self.frame.y), bottom)

    def box(self, room: Room) -> Box:
        """Return a room on paper."""
        x, y = self.point(room.x, room.y)
        return Box(x=x, y=y, width=room.width * self.scale, height=room.depth * self.scale)


def apart(rooms: Sequence[Room]) -> tuple[Room, ...]:
    """Return the rooms with those that lie on an earlier one moved to a row of their own, south of the rest.

    A list without places puts every room in the north-west corner; drawn like this they still can be told apart.
    """
    put: list[Room] = []
    loose: list[Room] = []
    for room in rooms:
        (loose if any(room.covers(other) for other in put) else put).append(room)
    if not put:
        return ()
    reach = max(*(room.x + room.width for room in put), 6 * max(room.width for room in rooms))
    x, y, row = 0.0, max(room.y + room.depth for room in put) + GAP, 0.0
    for room in loose:
        if x and x + room.width > reach:
            x, y, row = 0.0, y + row + GAP, 0.0
        put.append(replace(room, x=x, y=y))
        x, row = x + room.width + GAP, max(row, room.depth)
    order = {room.id: at for at, room in enumerate(rooms)}
    return tuple(sorted(put, key=lambda room: order[room.id]))


def floors_of(rooms: Iterable[Room], spots: Iterable[Spot] = ()) -> tuple[Floor, ...]:
    """Return the floors that have rooms, from below to above, each large enough for its rooms and these spots."""
    by_floor: dict[int, list[Room]] = {}
    for room in rooms:
        by_floor.setdefault(room.floor, []).append(room)
    return tuple(_floor(number, by_floor[number], tuple(spots)) for number in sorted(by_floor))


def _floor(number: int, rooms: list[Room], spots: tuple[Spot, ...]) -> Floor:
    placed = apart(rooms)
    mine = [spot for spot in spots if spot.floor == number]
    left = min([*(room.x for room in placed), *(spot.x for spot in mine)])
    top = min([*(room.y for room in placed), *(spot.y for spot in mine)])
    right = max([*(room.x + room.width for room in placed), *(spot.x for spot in mine)])
    bottom = max([*(room.y + room.depth for room in placed), *(spot.y for spot in mine)])
    return Floor(number=number, rooms=placed, left=left, top=top, width=right - left, depth=bottom - top)


def arranged(floors: Sequence[Floor], paper: Paper) -> tuple[DrawnFloor, ...]:
    """Return the floors on paper, at one scale: beside or under each other, whichever draws them larger."""
    if not floors:
        return ()
    number, room = len(floors), (paper.width - 2 * MARGIN, paper.height - 2 * MARGIN)
    under = min(
        room[0] / max(floor.width for floor in floors),
        (room[1] - number * HEAD - (number - 1) * AISLE) / sum(floor.depth for floor in floors),
    )
    beside = min(
        (room[0] - (number - 1) * AISLE) / sum(floor.width for floor in floors),
        (room[1] - HEAD) / max(floor.depth for floor in floors),
    )
    scale, is_beside = max((under, False), (beside, True))
    return tuple(_drawn(floors, min(max(scale, LEAST_SCALE), MOST_SCALE), paper, is_beside=is_beside))


def _drawn(floors: Sequence[Floor], scale: float, paper: Paper, *, is_beside: bool) -> list[DrawnFloor]:
    x, y, found = MARGIN, MARGIN, []
    for floor in floors:
        width, height = floor.width * scale, floor.depth * scale
        free = width + AISLE - TOUCH if is_beside and floor is not floors[-1] else paper.width - MARGIN - x
        title = Box(x=x, y=y, width=free, height=HEAD)
        frame = Box(x=x, y=y + HEAD, width=width, height=height)
        found.append(DrawnFloor(floor=floor, frame=frame, title=title, scale=scale))
        x, y = (frame.right + AISLE, y) if is_beside else (x, frame.bottom + AISLE)
    return found
