"""What a need of the draaiboek gets from the school: the rooms it is in, and the people who are kept from it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from planner.domain.rooms.plan import RoomNeed, RoomUse
from planner.domain.rooms.room import Room
from planner.domain.runbook import Per
from planner.domain.staffing.needs import Need


def dresser(rooms: Iterable[tuple[RoomUse, RoomNeed, Room]], bars: Iterable[tuple[str, str]]) -> Callable[[Need], Need]:
    """Return what gives a need its rooms and its barred people; `bars` are ids of needs and people."""
    found: defaultdict[str, list[Room]] = defaultdict(list)  # by `event:place:scope`
    for use, _, room in rooms:
        found[use.need_id].append(room)
    barred: defaultdict[str, set[str]] = defaultdict(set)
    for need_id, person_id in bars:
        barred[need_id].add(person_id)

    def dress(need: Need) -> Need:
        scopes = dict.fromkeys((need.class_id or need.scope, Per.EVENT.value))
        keys = (f"{need.event_id}:{place}:{scope}" for place in need.place_ids for scope in scopes)
        mine = tuple(room for key in keys for room in found.get(key, ()))
        return replace(need, rooms=mine, barred=frozenset(barred.get(need.id, ())))

    return dress
