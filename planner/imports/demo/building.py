"""The building of the demo school: rooms on both sides of one corridor, on two or three floors."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from planner.domain.rooms.room import Room, Spot
from planner.imports.demo.tables import Row, table, words

CORRIDOR_NORTH, CORRIDOR_SOUTH = 14.0, 17.0  # metres from the north wall; between them one walks
CLASSROOM_CAPACITIES = (28, 24, 32, 28, 30, 24)
CLASSROOM_DEPTH = 7.0
SQUARE_METRES_PER_SEAT = 2.0
SPARE_CLASSROOMS = 3
FEWEST_CLASSROOMS, MOST_CLASSROOMS = 8, 60
HIGH_BUILDING = 20  # classrooms upstairs from which a second floor is built
CLASSROOM_FEATURES = frozenset({"scherm", "geluid", "tafels", "hoeken"})


@dataclass(slots=True)
class _Side:
    """One side of a corridor, filled from west to east."""

    floor: int
    is_north: bool
    end: float = 0.0

    def place(
        self, room_id: str, name: str, *, capacity: int, features: frozenset[str], metres: float, depth: float
    ) -> Room:
        width = round(capacity * metres / depth, 1)
        room = Room(
            id=room_id,
            name=name,
            capacity=capacity,
            features=features,
            floor=self.floor,
            x=round(self.end, 1),
            y=CORRIDOR_NORTH - depth if self.is_north else CORRIDOR_SOUTH,
            width=width,
            depth=depth,
        )
        self.end += width
        return room


def build_rooms(size: int, classes: int) -> tuple[Room, ...]:
    """Return the rooms: hall, aula and special rooms below, most classrooms above."""
    ground = {"north": _Side(0, is_north=True), "south": _Side(0, is_north=False)}
    special = [_special_room(ground[row["side"]], row, size) for row in table("rooms")]
    return (*special, *_classrooms(classes, ground["north"]))


def front_door(rooms: tuple[Room, ...]) -> Spot:
    """Return where people come in: in the middle of the south wall of the hall."""
    hall = next(room for room in rooms if "hal" in room.features)
    return Spot(floor=hall.floor, x=round(hall.x + hall.width / 2, 1), y=hall.y + hall.depth)


def _special_room(side: _Side, row: Row, size: int) -> Room:
    return side.place(
        row["id"],
        row["name"],
        capacity=_grown(row, size),
        features=frozenset(words(row["features"])),
        metres=float(row["metres"]),
        depth=float(row["depth"]),
    )


def _grown(row: Row, size: int) -> int:
    least = int(row["capacity"])
    needed = ceil(size * float(row.get("per_pupil", "0")) / 10) * 10
    return max(least, min(int(row.get("most", least)), needed))


def _classrooms(classes: int, ground: _Side) -> Iterator[Room]:
    total = max(FEWEST_CLASSROOMS, min(MOST_CLASSROOMS, classes + SPARE_CLASSROOMS))
    below = total // 4
    floors = 2 if total - below > HIGH_BUILDING else 1
    upstairs = [_Side(floor, is_north=north) for floor in range(1, floors + 1) for north in (True, False)]
    per_side = ceil((total - below) / len(upstairs))
    sides = [ground] * below + [side for side in upstairs for _ in range(per_side)]
    numbers = dict.fromkeys(range(floors + 1), 0)
    for index, side in enumerate(sides[:total]):
        numbers[side.floor] += 1
        number = numbers[side.floor]
        yield side.place(
            f"r{side.floor}{number:02}",
            f"Lokaal {side.floor}.{number:02}",
            capacity=CLASSROOM_CAPACITIES[index % len(CLASSROOM_CAPACITIES)],
            features=CLASSROOM_FEATURES | ({"rolstoel"} if side.floor == 0 else frozenset()),
            metres=SQUARE_METRES_PER_SEAT,
            depth=CLASSROOM_DEPTH,
        )
