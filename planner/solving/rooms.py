"""Which room for what, by a simple search: the hardest need first, each in the smallest room near the others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import Protocol

from planner.domain.rooms.plan import RoomNeed, RoomPlan, RoomProblem, RoomUse, can_split, hub_of, lacking
from planner.domain.rooms.room import Room
from planner.domain.staffing.needs import overlap

MOST_ROOMS = 3  # proposed: a class in more rooms than this is no class any more
LOOKED_AT = 30  # the largest free rooms among which neighbours are sought; keeps the search short
SEATS_A_MINUTE = 10  # proposed: one minute less to walk is worth ten chairs that stay empty


class RoomSolver(Protocol):
    """Gives needs rooms. `planner.domain.rooms.rules.validate_rooms` judges any answer, `room_gaps` says what is left.

    An answer breaks no hard rule, apart from what its pinned uses break on their own. It never fails: what
    fits nowhere stays open.
    """

    def propose(self, problem: RoomProblem) -> RoomPlan:
        """Return the best plan from nothing; pinned uses hold."""
        ...

    def replan(self, problem: RoomProblem, plan: RoomPlan) -> RoomPlan:
        """Return a plan that keeps every use that still can be, and gives the rest a room."""
        ...


class RoomState:
    """A plan in the making: which room is taken when, and by what.

    `placed` gives the first room of a need, `by_event` the needs of an event.
    """

    def __init__(self, problem: RoomProblem) -> None:
        self.problem = problem
        self.uses: dict[tuple[str, str], RoomUse] = {}
        self.taken: defaultdict[str, list[RoomNeed]] = defaultdict(list)
        self.placed: dict[str, Room] = {}
        self.by_event: defaultdict[str, list[RoomNeed]] = defaultdict(list)
        for need in problem.needs:
            self.by_event[need.event_id].append(need)

    def add(self, use: RoomUse) -> None:
        """Take up a use whose need and room exist; the same one twice counts once."""
        if use.key not in self.uses:
            need, room = self.problem.need[use.need_id], self.problem.room[use.room_id]
            self.uses[use.key] = use
            self.taken[room.id].append(need)
            self.placed.setdefault(need.id, room)

    def drop(self, need: RoomNeed) -> None:
        """Take a need out of its one room."""
        room = self.placed.pop(need.id)
        del self.uses[need.id, room.id]
        self.taken[room.id].remove(need)

    def is_free(self, need: RoomNeed, room: Room) -> bool:
        """Return whether nothing else is in the room at that time."""
        return not any(overlap(need, other) for other in self.taken[room.id])

    def fitting(self, need: RoomNeed) -> list[Room]:
        """Return the free rooms that hold the people and have what is asked."""
        return [room for room in able_rooms(self.problem, need) if self.is_free(need, room)]

    def hub(self, need: RoomNeed) -> Room | None:
        """Return the largest room that the need's event has so far."""
        return hub_of(self.placed, tuple(self.by_event[need.event_id]))


def able_rooms(problem: RoomProblem, need: RoomNeed) -> list[Room]:
    """Return the rooms that hold the people of a need and have what it asks."""
    return [room for room in problem.rooms if room.capacity >= need.persons and not lacking(room, need)]


class GreedyRooms:
    """Gives each need a room without ever taking a choice back. The same problem gives the same answer."""

    def propose(self, problem: RoomProblem) -> RoomPlan:
        """Return a plan from nothing; see RoomSolver."""
        return self.replan(problem, ())

    def replan(self, problem: RoomProblem, plan: RoomPlan) -> RoomPlan:
        """Return a plan that repairs this one; see RoomSolver."""
        floor = RoomState(problem)
        pinned = (*problem.pinned, *(use for use in plan if use.pinned))
        for use, _, _ in problem.known(pinned):
            floor.add(replace(use, pinned=True, reason=use.reason or "Vastgezet door de school."))
        _keep(floor, plan)
        self.search(floor)
        order = {need.id: index for index, need in enumerate(problem.needs)}
        return tuple(sorted(floor.uses.values(), key=lambda use: (order[use.need_id], not use.pinned, use.room_id)))

    def search(self, floor: RoomState) -> None:
        """Give what is open a room."""
        fill(floor)
        split(floor)


def _keep(floor: RoomState, plan: RoomPlan) -> None:
    """Keep the uses that still can be. Rooms that together hold a need's people are kept together or not at all."""
    together: defaultdict[str, list[tuple[RoomUse, Room]]] = defaultdict(list)
    for use, need, room in floor.problem.known(plan):
        if not lacking(room, need) and floor.is_free(need, room):
            together[need.id].append((use, room))
    for need_id, uses in together.items():
        need = floor.problem.need[need_id]
        seats = sum({room.id: room.capacity for _, room in uses}.values())
        if need_id not in floor.placed and seats >= need.persons and all(floor.is_free(need, room) for _, room in uses):
            for use, _ in uses:
                floor.add(use)


def open_needs(floor: RoomState) -> list[RoomNeed]:
    """Return the needs without a room: those with the fewest fitting rooms and most people first."""
    problem = floor.problem
    order = sorted(problem.needs, key=lambda need: (len(able_rooms(problem, need)), -need.persons, need.start, need.id))
    return [need for need in order if need.id not in floor.placed]


def fill(floor: RoomState) -> None:
    """Give every need without a room the best one that is free."""
    for need in open_needs(floor):
        hub = floor.hub(need)
        rooms = floor.fitting(need)
        if rooms:
            best = min(rooms, key=lambda room: _rank(need, room, hub))
            floor.add(RoomUse(need_id=need.id, room_id=best.id, reason=reason_of(need, best, hub)))


def split(floor: RoomState) -> None:
    """Give every need that fits nowhere as a whole more rooms, where it may have them."""
    for need in open_needs(floor):
        if can_split(need):
            _split(floor, need)


def _split(floor: RoomState, need: RoomNeed) -> None:
    """Give a need that fits nowhere as a whole the fewest rooms that hold it together, if there are any."""
    free = [r for r in floor.problem.rooms if r.capacity and not lacking(r, need) and floor.is_free(need, r)]
    rooms = sorted(free, key=lambda room: (-room.capacity, room.id))[:LOOKED_AT]
    for number in range(2, min(MOST_ROOMS, len(rooms)) + 1):
        if sum(room.capacity for room in rooms[:number]) >= need.persons:
            for room in _close_together(need, rooms, number):
                floor.add(RoomUse(need_id=need.id, room_id=room.id, reason=_split_reason(need, number)))
            return


def _close_together(need: RoomNeed, rooms: list[Room], number: int) -> tuple[Room, ...]:
    """Return the rooms, `number` of them, that hold a need and lie nearest to each other."""

    def rank(chosen: tuple[Room, ...]) -> tuple[float, int, tuple[str, ...]]:
        minutes = sum(one.walking_minutes(other) for one, other in combinations(chosen, 2))
        return minutes, sum(room.capacity for room in chosen), tuple(room.id for room in chosen)

    sets = (chosen for chosen in combinations(rooms, number) if sum(r.capacity for r in chosen) >= need.persons)
    return min(sets, key=rank)


def _split_reason(need: RoomNeed, number: int) -> str:
    word = {2: "twee", 3: "drie"}[number]
    return f"Nergens is een vrije plek voor {need.persons} mensen samen; verdeeld over {word} ruimtes dicht bij elkaar."


def _rank(need: RoomNeed, room: Room, hub: Room | None) -> tuple[float, int, str, str]:
    """Return how badly a room suits: chairs that stay empty and minutes to walk, then features nobody asked."""
    minutes = room.walking_minutes(hub) if hub else 0.0
    empty = room.capacity - need.persons
    return empty + SEATS_A_MINUTE * minutes, len(room.features) - len(need.features), room.name, room.id


def _list(words: Iterable[str]) -> str:
    return " en ".join(words)


def reason_of(need: RoomNeed, room: Room, hub: Room | None) -> str:
    """Return a sentence such as "Plaats voor 30, er komen 24 mensen; heeft scherm; vlak bij de Aula.".

    The last part is left out when the room is the first of its event.
    """
    parts = [f"Plaats voor {room.capacity}, {need.persons} verwacht"]
    if need.features:
        parts.append(f"heeft {_list(need.features)}")
    if hub and hub.id != room.id:
        minutes = round(room.walking_minutes(hub))
        near = "vlak bij" if minutes < 1 else f"{minutes} {'minuut' if minutes == 1 else 'minuten'} van"
        parts.append(f"{near} {hub.name}")
    return "; ".join(parts) + "."
