"""Rooms and where they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

METRES_A_MINUTE = 60  # proposed: families who look for their way, along the corridors
MINUTES_A_FLOOR = 1
WALL = 0.1  # metres by which two rooms may cover each other: plans are measured by hand

# What a room can have, and how that is said in full. One list for forms, lists, runbooks and paper.
FEATURES: Mapping[str, str] = {
    "scherm": "scherm of beamer",
    "geluid": "geluid voor filmpjes",
    "keuken": "keuken",
    "rolstoel": "bereikbaar met een rolstoel",
    "hal": "hal om mensen te ontvangen",
    "plenair": "zaal voor iedereen samen",
    "tafels": "tafels",
    "kijktafel": "kijktafel met boeken en materialen",
    "hoeken": "vier hoeken voor beroepen",
    "techniek": "gereedschap en machines",
    "gym": "ruimte om te bewegen",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point in the building: `x` and `y` in metres from the north-west corner of the plan."""

    floor: int
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of the school. `x`, `y` (metres from the north-west corner) and `floor` place it on the plan.

    `features` are words of FEATURES, or words of the school's own.
    """

    id: str
    name: str
    capacity: int
    features: frozenset[str] = frozenset()
    floor: int = 0
    x: float = 0.0
    y: float = 0.0
    width: float = 8.0
    depth: float = 7.0

    def walking_minutes(self, other: "Room") -> float:
        """Return the minutes to walk to `other`: 60 m a minute along the corridors, one minute a floor."""
        metres = abs(self.x - other.x) + abs(self.y - other.y)
        return metres / METRES_A_MINUTE + abs(self.floor - other.floor) * MINUTES_A_FLOOR

    def covers(self, other: "Room") -> bool:
        """Return whether both take the same place on the plan, by more than the thickness of a wall."""
        return (
            self.floor == other.floor
            and min(self.x + self.width, other.x + other.width) - max(self.x, other.x) > WALL
            and min(self.y + self.depth, other.y + other.depth) - max(self.y, other.y) > WALL
        )


def floor_name(floor: int) -> str:
    """Return what a floor is called: "begane grond", "1e verdieping", "kelder"."""
    return {0: "begane grond", -1: "kelder"}.get(floor, f"{floor}e verdieping" if floor > 0 else f"{-floor}e kelder")


def plain_name(name: str) -> str:
    """Return a name as people hear it, so that "Lokaal 1" and "lokaal  1" are the same."""
    return " ".join(name.casefold().split())


def room_faults(room: Room, others: Iterable[Room]) -> tuple[str, ...]:
    """Return in plain Dutch why a room cannot be in the school next to these; empty when it can.

    A room without places would never be used, two rooms with one name send families to the wrong door, and
    two rooms on one spot cannot be drawn.
    """
    rest = [other for other in others if other.id != room.id]
    faults = [] if room.capacity > 0 else [f"{room.name} heeft geen plaatsen. Vul in hoeveel mensen erin passen."]
    faults += [
        f'Er is al een ruimte die "{other.name}" heet. Kies een andere naam, anders gaan mensen naar de verkeerde deur.'
        for other in rest
        if plain_name(other.name) == plain_name(room.name)
    ]
    covered = [other.name for other in rest if room.covers(other)]
    if covered:
        faults.append(
            f"Op de plattegrond ligt {room.name} over {' en '.join(covered[:3])}. "
            "Verander de plek of de maten, of kies een andere verdieping."
        )
    return tuple(faults)
