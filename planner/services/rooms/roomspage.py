"""Rooms as the pages show them."""

from collections import Counter

from planner.domain.access.rights import Right
from planner.domain.rooms.room import Spot
from planner.services.guarding import allowed
from planner.services.state import load_state
from planner.services.views import RoomLine
from planner.services.workspace import Workspace


@allowed(Right.SEE_YEAR)
@allowed(Right.SEE_YEAR)
def entrance(workspace: Workspace) -> Spot | None:
    """Return where people come in, None when nobody said so."""
    return load_state(workspace).entrance


def rooms(workspace: Workspace) -> tuple[RoomLine, ...]:
    """Return the rooms in the school's order, with at how many events each is used."""
    state = load_state(workspace)
    used = Counter(room_id for uses in state.room_uses.values() for room_id in {use.room_id for use in uses})
    return tuple(
        RoomLine(
            id=room.id,
            name=room.name,
            capacity=room.capacity,
            floor=room.floor,
            features=tuple(sorted(room.features)),
            events=used[room.id],
            x=room.x,
            y=room.y,
            width=room.width,
            depth=room.depth,
        )
        for room in state.rooms
    )
