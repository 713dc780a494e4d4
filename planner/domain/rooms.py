"""Rooms and where they are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of the school. `x`, `y` (metres from the north-west corner) and `floor` place it on the plan.

    `features` are words such as `scherm`, `geluid`, `keuken`, `rolstoel`, `hal`, `plenair`, `tafels`.
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
        return metres / 60 + abs(self.floor - other.floor)
