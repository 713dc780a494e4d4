"""Which rooms an evening needs, a plan that gives it rooms, and what is still missing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from planner.domain.families.answers import Reply
from planner.domain.families.expected import NOBODY_ANSWERED
from planner.domain.rooms.room import Room
from planner.domain.runbook import Kind, Per, Place, Runbook, Shape
from planner.domain.school import School
from planner.domain.staffing.needs import Gathering, Scope, overlap
from planner.domain.year import Occurrence, PlannedEvent

NAMED = 3  # rooms a sentence names


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNeed:
    """A place of the draaiboek that needs a room, for one scope of one event.

    `persons` are guests; `start` and `end` are aware UTC, `day` the local day. `about` names the scope for a
    reader; for a language it holds the code. `likes` is a feature that is good to have, "" for none.
    """

    id: str
    event_id: str
    place_id: str
    name: str
    scope: str
    day: date
    start: datetime
    end: datetime
    persons: int
    features: tuple[str, ...] = ()
    about: str = ""
    likes: str = ""

    @property
    def label(self) -> str:
        """The need for a reader: "Lokaal voor één klas (1A)"."""
        return f"{self.name} ({self.about})" if self.about else self.name


def _group_at(gathering: Gathering, place_id: str) -> int | None:
    """Return the size of the one group that is at a place at a time; None where everybody comes at once.

    Guests go past such a place in rounds and are not there in any other row of the draaiboek.
    """
    walk = gathering.runbook.walk
    if walk is None or walk.shape not in {Shape.CAROUSEL, Shape.TOUR} or place_id not in walk.places:
        return None
    going = next(row for row in gathering.runbook.rows if row.id == walk.row)
    here = (row for row in gathering.runbook.rows if place_id in row.places)
    within = all(row.start >= going.start and row.end and going.end and row.end <= going.end for row in here)
    return walk.group_size if within else None


def _persons(gathering: Gathering, place: Place, scope: Scope) -> int:
    """Return how many guests are in one room of this place at the same time; never more than its capacity asks."""
    expected, runbook = gathering.expected, gathering.runbook
    if scope.spare:
        number = 0
    elif scope.class_id:
        number = expected.per_class[scope.class_id]
    elif scope.language:
        number = expected.language_persons[scope.language]
    elif place.per in {Per.SECTOR, Per.GROUP}:
        number = min(runbook.group_size or expected.persons, expected.persons)
    elif size := _group_at(gathering, place.id):
        number = min(size, expected.persons)
    else:
        number = expected.persons
    return number if place.capacity is None else min(number, place.capacity)


def _room_need(gathering: Gathering, place: Place, scope: Scope) -> RoomNeed:
    start, end = gathering.window(row for row in gathering.runbook.rows if place.id in row.places)
    return RoomNeed(
        id=f"{gathering.event.id}:{place.id}:{scope.id}",
        event_id=gathering.event.id,
        place_id=place.id,
        name=place.name,
        scope=scope.id,
        day=gathering.event.span.first,
        start=start,
        end=end,
        persons=_persons(gathering, place, scope),
        features=place.features,
        about=scope.about or scope.language or "",
        likes=dict(gathering.runbook.sector_features).get(scope.sector or "", "") if place.per is Per.SECTOR else "",
    )


def room_needs_of(
    event: PlannedEvent,
    runbook: Runbook,
    school: School,
    occurrence: Occurrence,
    *,
    answers: Mapping[str, Reply] = NOBODY_ANSWERED,
) -> tuple[RoomNeed, ...]:
    """Return the rooms an evening needs: every place inside that a row of the draaiboek uses, for its scopes.

    An evening for one language group expects that group only, so its classroom is for everyone expected.
    A conversation round has no rooms here: each talk has its own.
    """
    if runbook.kind is Kind.CONVERSATION:
        return ()
    gathering = Gathering(event=event, runbook=runbook, school=school, occurrence=occurrence, answers=answers)
    used = {place_id for row in gathering.runbook.rows for place_id in row.places}
    return tuple(
        _room_need(gathering, place, scope)
        for place in gathering.runbook.places
        if place.id in used and not place.outside
        for scope in gathering.scopes(place.per)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomUse:
    """A room for a need. `reason` is a Dutch sentence; a pinned use stays as it is."""

    need_id: str
    room_id: str
    reason: str = ""
    pinned: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes two uses the same: need and room."""
        return self.need_id, self.room_id


RoomPlan = tuple[RoomUse, ...]


@dataclass(frozen=True, kw_only=True)
class RoomProblem:
    """Everything that decides which room is for what; `pinned` uses must be in every plan."""

    needs: tuple[RoomNeed, ...]
    rooms: tuple[Room, ...]
    pinned: RoomPlan = ()

    @cached_property
    def need(self) -> Mapping[str, RoomNeed]:
        """Needs by id."""
        return {need.id: need for need in self.needs}

    @cached_property
    def suited(self) -> frozenset[str]:
        """Ids of the needs for which the school has a room that holds them and has what is good to have there."""
        return frozenset(
            need.id
            for need in self.needs
            if need.likes
            and any(
                need.likes in room.features and room.capacity >= need.persons and not lacking(room, need)
                for room in self.rooms
            )
        )

    @cached_property
    def room(self) -> Mapping[str, Room]:
        """Rooms by id."""
        return {room.id: room for room in self.rooms}

    def known(self, plan: RoomPlan) -> Iterator[tuple[RoomUse, RoomNeed, Room]]:
        """Yield the uses whose need and room exist, with both."""
        for use in plan:
            if use.need_id in self.need and use.room_id in self.room:
                yield use, self.need[use.need_id], self.room[use.room_id]


def can_split(need: RoomNeed) -> bool:
    """Return whether a need may have several rooms: a class or group may; a whole event stays together."""
    return need.scope != Per.EVENT.value


def lacking(room: Room, need: RoomNeed) -> tuple[str, ...]:
    """Return the features a need asks and the room does not have, in the order of the draaiboek."""
    return tuple(feature for feature in need.features if feature not in room.features)


def hub_of(uses: Mapping[str, Room], needs: tuple[RoomNeed, ...]) -> Room | None:
    """Return the room of an event that the others should be near: that of the need with the most people."""
    placed = [need for need in needs if need.id in uses]
    hub = max(placed, key=lambda need: (need.scope == Per.EVENT.value, need.persons, need.id), default=None)
    return uses[hub.id] if hub else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomGap:
    """A need without a room, and why in plain Dutch."""

    need_id: str
    why: str


def _too_small(need: RoomNeed, able: list[Room], words: str) -> str:
    largest = max(able, key=lambda room: room.capacity)
    return (
        f"Geen ruimte{words} voor {need.persons} mensen. De grootste is {largest.name}, met {largest.capacity} "
        "plaatsen. Splits de groep of vraag een ruimte van buiten."
    )


def _why(problem: RoomProblem, need: RoomNeed, taken: Mapping[str, list[RoomNeed]]) -> str:
    able = [room for room in problem.rooms if not lacking(room, need)]
    words = f" met {' en '.join(need.features)}" if need.features else ""
    if not problem.rooms:
        return "Er zijn nog geen ruimtes ingevuld."
    if not able:
        return f"Geen ruimte{words}. Kies een ruimte en leen wat er mist."
    fit = [room for room in able if room.capacity >= need.persons]
    if not fit:
        return _too_small(need, able, words)
    free = [room.name for room in fit if not any(overlap(need, other) for other in taken.get(room.id, ()))]
    if free:
        return f"Deze kan nog: {' of '.join(free[:NAMED])}."
    names = " en ".join(room.name for room in fit[:NAMED])
    return f"Wat past, is dan al in gebruik: {names}{' en meer' if len(fit) > NAMED else ''}."


def room_gaps(problem: RoomProblem, plan: RoomPlan) -> tuple[RoomGap, ...]:
    """Return the needs that have no room yet, with what could be done; where nobody comes, no room is missing."""
    taken: defaultdict[str, list[RoomNeed]] = defaultdict(list)
    for _, need, room in problem.known(plan):
        taken[room.id].append(need)
    placed = {need.id for needs in taken.values() for need in needs}
    return tuple(
        RoomGap(need_id=need.id, why=_why(problem, need, taken))
        for need in problem.needs
        if need.persons and need.id not in placed
    )
