"""Which room for what, by searching on where the simple search stops: who is in the way moves up, and neighbours swap.

No plan of it is worse than that of the simple search in the eyes of the judge: of both the better one is kept.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from math import ceil

from planner.domain.rooms.plan import RoomNeed, RoomPlan, RoomProblem, RoomUse, hub_of, room_gaps
from planner.domain.rooms.room import Room
from planner.domain.rooms.rules import ROOM_RULES, WALK_MINUTES, validate_rooms
from planner.domain.staffing.needs import overlap
from planner.solving.rooms import SEATS_A_MINUTE, GreedyRooms, RoomState, able_rooms, fill, reason_of, split

ROUNDS = 12  # sweeps; in practice two or three suffice
Cost = tuple[int, float]


class SearchedRooms(GreedyRooms):
    """Gives rooms as GreedyRooms does and then improves what it gave. The same problem gives the same answer.

    A need that already had a room moves only when that gives another one a room, and a pinned one never.
    """

    def replan(self, problem: RoomProblem, plan: RoomPlan) -> RoomPlan:
        """Return a plan that repairs this one; see RoomSolver."""
        simple, best = GreedyRooms().replan(problem, plan), super().replan(problem, plan)
        if _judged(problem, simple) < _judged(problem, best):
            best = simple
        while _judged(problem, again := super().replan(problem, best)) < _judged(problem, best):
            best = again
        return best

    def search(self, floor: RoomState) -> None:
        """Give what is open a room, and make room where that helps."""
        kept = frozenset(floor.placed)
        fill(floor)
        for _ in range(ROUNDS):
            if not (_make_way(floor) or _improve(floor, kept)):
                break
        split(floor)


def _judged(problem: RoomProblem, plan: RoomPlan) -> tuple[int, int]:
    """Return how bad the judge finds a plan: the needs without a room, then the weight of broken wishes."""
    wishes = sum(broken.weight for broken in validate_rooms(problem, plan) if not broken.hard)
    return len(room_gaps(problem, plan)), wishes


def _alone(floor: RoomState, need: RoomNeed) -> bool:
    """Return whether a need may be moved: it has one room, and nobody pinned that."""
    uses = [use for use in floor.uses.values() if use.need_id == need.id]
    return len(uses) == 1 and not uses[0].pinned


def _put(floor: RoomState, need: RoomNeed, room: Room) -> None:
    if need.id in floor.placed:
        floor.drop(need)
    floor.add(RoomUse(need_id=need.id, room_id=room.id, reason=reason_of(need, room, floor.hub(need))))


def _make_way(floor: RoomState) -> bool:
    """Give a need without a room one from which everybody in the way can move; return whether any was."""
    done = False
    for need in (each for each in floor.problem.needs if each.id not in floor.placed):
        moves = next(_ways(floor, need), None)
        if moves:
            for other, room in moves:
                _put(floor, other, room)
            done = True
    return done


def _ways(floor: RoomState, need: RoomNeed) -> Iterator[list[tuple[RoomNeed, Room]]]:
    """Yield the moves that give a need a room, each with the need itself last."""
    for room in sorted(able_rooms(floor.problem, need), key=lambda each: (each.capacity, each.id)):
        in_the_way = [other for other in floor.taken[room.id] if overlap(need, other)]
        if not all(_alone(floor, other) for other in in_the_way):
            continue
        moves: list[tuple[RoomNeed, Room]] = []
        for other in in_the_way:
            free = (each for each in floor.fitting(other) if _is_open(each, other, moves))
            better = min(free, key=lambda each: (each.capacity, each.id), default=None)
            if better is None:
                break
            moves.append((other, better))
        if len(moves) == len(in_the_way):
            yield [*moves, (need, room)]


def _is_open(room: Room, need: RoomNeed, moves: Iterable[tuple[RoomNeed, Room]]) -> bool:
    return not any(taken.id == room.id and overlap(need, other) for other, taken in moves)


def _improve(floor: RoomState, kept: frozenset[str]) -> bool:
    """Move and swap what is new, as long as each step makes the evening better; return whether any step did."""
    new = [need for need in floor.problem.needs if need.id in floor.placed and need.id not in kept]
    movable = [need for need in new if _alone(floor, need)]
    done = False
    for need in movable:
        for room in able_rooms(floor.problem, need):
            done |= floor.is_free(need, room) and _try(floor, [(need, room)])
    for one, other in combinations(movable, 2):
        here, there = floor.placed[one.id], floor.placed[other.id]
        done |= here.id != there.id and _can_swap(floor, one, other) and _try(floor, [(one, there), (other, here)])
    return done


def _can_swap(floor: RoomState, one: RoomNeed, other: RoomNeed) -> bool:
    return all(
        floor.placed[away.id] in able_rooms(floor.problem, need)
        and not any(overlap(need, each) for each in floor.taken[floor.placed[away.id].id] if each.id != away.id)
        for need, away in ((one, other), (other, one))
    )


def _try(floor: RoomState, moves: list[tuple[RoomNeed, Room]]) -> bool:
    """Do the moves and keep them when they make their evenings better."""
    events = {need.event_id for need, _ in moves}
    before, old = _cost(floor, events), [(need, floor.placed[need.id]) for need, _ in moves]
    for need, _ in moves:
        floor.drop(need)
    for need, room in moves:
        _put(floor, need, room)
    if _cost(floor, events) < before:
        return True
    for need, _ in moves:
        floor.drop(need)
    for need, room in old:
        _put(floor, need, room)
    return False


def _cost(floor: RoomState, events: Iterable[str]) -> Cost:
    """Return what the judge minds about the rooms of these events, then chairs that stay empty and minutes to walk."""
    weight, rest = 0, 0.0
    for event_id in events:
        needs = tuple(floor.by_event[event_id])
        hub = hub_of(floor.placed, needs)
        for need in needs:
            room = floor.placed.get(need.id)
            if room and hub:
                minutes = room.walking_minutes(hub)
                if need.id in floor.problem.suited and need.likes not in room.features:
                    weight += ROOM_RULES["R08"].weight
                weight += ROOM_RULES["R04"].weight * max(0, ceil(minutes - WALK_MINUTES))
                rest += room.capacity - need.persons + SEATS_A_MINUTE * minutes
    return weight, rest
