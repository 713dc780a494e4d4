"""Why a need has its room, and what another room would break: from the rules, whoever made the plan."""

from dataclasses import replace

from planner.domain.requirements import Violation
from planner.domain.rooms.plan import RoomNeed, RoomPlan, RoomProblem, RoomUse, hub_of, lacking, room_gaps
from planner.domain.rooms.room import Room
from planner.domain.rooms.rules import validate_rooms
from planner.domain.staffing.needs import overlap

NOBODY = "Hier wordt nog niemand verwacht. Er is geen ruimte nodig."
NEAR = 1.0  # minutes: closer than this is next door


def why_room(problem: RoomProblem, plan: RoomPlan, need_id: str) -> str:
    """Return in one Dutch sentence why a need has its rooms, or why it has none.

    KeyError for a need that the problem does not have.
    """
    need = problem.need[need_id]
    uses = [(use, room) for use, each, room in problem.known(plan) if each.id == need_id]
    if not uses:
        return next((gap.why for gap in room_gaps(problem, plan) if gap.need_id == need_id), NOBODY)
    rooms = [room for _, room in uses]
    words = [
        _seats(need, rooms),
        *_has(need),
        *_walk(problem, plan, need, rooms[0]),
        *_others(problem, plan, need, rooms),
    ]
    if any(use.pinned for use, _ in uses):
        words.append("iemand van school heeft deze ruimte gekozen")
    return "; ".join(words) + "."


def _seats(need: RoomNeed, rooms: list[Room]) -> str:
    seats = sum(room.capacity for room in rooms)
    if len(rooms) == 1:
        return f"{rooms[0].name} heeft {seats} plaatsen en er worden {need.persons} mensen verwacht"
    names = " en ".join(room.name for room in rooms)
    return f"{names} hebben samen {seats} plaatsen en er worden {need.persons} mensen verwacht"


def _has(need: RoomNeed) -> list[str]:
    return [f"wat nodig is, staat er: {' en '.join(need.features)}"] if need.features else []


def _walk(problem: RoomProblem, plan: RoomPlan, need: RoomNeed, room: Room) -> list[str]:
    placed = {
        each.id: chosen for _, each, chosen in reversed(list(problem.known(plan))) if each.event_id == need.event_id
    }
    hub = hub_of(placed, problem.needs)
    if hub is None or hub.id == room.id:
        return []
    minutes = room.walking_minutes(hub)
    if minutes < NEAR:
        return [f"het is vlak bij {hub.name}"]
    return [f"het is {round(minutes)} {'minuut' if round(minutes) == 1 else 'minuten'} lopen van {hub.name}"]


def _others(problem: RoomProblem, plan: RoomPlan, need: RoomNeed, rooms: list[Room]) -> list[str]:
    """Say which better fitting rooms are taken at that time, so that nobody wonders why not those."""
    seats = sum(room.capacity for room in rooms)
    taken = {room.id for _, other, room in problem.known(plan) if other.id != need.id and overlap(need, other)}
    tighter = [
        room.name
        for room in problem.rooms
        if room.id in taken and need.persons <= room.capacity < seats and not lacking(room, need)
    ]
    return [f"{tighter[0]} past ook, maar is dan in gebruik"] if tighter else []


def chosen_by_hand(plan: RoomPlan, need_id: str, room_id: str) -> RoomPlan:
    """Return the plan with this room, pinned, as the only one of the need."""
    use = RoomUse(need_id=need_id, room_id=room_id, reason="Gekozen door de school.", pinned=True)
    return (*(each for each in plan if each.need_id != need_id), use)


def breaks(problem: RoomProblem, plan: RoomPlan, need_id: str, room_id: str) -> tuple[Violation, ...]:
    """Return the rules that this choice would break and that the plan without it does not, hard ones first."""
    free = replace(problem, pinned=tuple(use for use in problem.pinned if use.need_id != need_id))
    without = tuple(use for use in plan if use.need_id != need_id)
    before = {(v.rule, v.where, v.why) for v in validate_rooms(free, without)}
    after = validate_rooms(free, chosen_by_hand(plan, need_id, room_id))
    return tuple(v for v in after if (v.rule, v.where, v.why) not in before)


def same_day(problem: RoomProblem, need_id: str) -> RoomProblem:
    """Return the part of a problem that a choice for this need can touch: what is on the same day."""
    day = problem.need[need_id].day
    needs = tuple(need for need in problem.needs if need.day == day)
    known = {need.id for need in needs}
    return replace(problem, needs=needs, pinned=tuple(use for use in problem.pinned if use.need_id in known))
