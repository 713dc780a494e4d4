"""Which rooms a moment of the evening is in, and where in them somebody's own work is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from planner.domain.rooms.plan import RoomNeed, RoomPlan, RoomProblem
from planner.domain.rooms.room import Room
from planner.domain.runbook import Row
from planner.domain.staffing.needs import Need
from planner.domain.year import PlannedEvent, local


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the evening: the rows of the draaiboek that begin together; `end` is None when one is open.

    Its id is that of its first row; `start` and `end` are aware (Amsterdam).
    """

    id: str
    start: datetime
    end: datetime | None
    rows: tuple[Row, ...]
    what: str

    @property
    def place_ids(self) -> tuple[str, ...]:
        """Where it is, each place once."""
        return _places(self.rows)


def _places(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for row in rows for place in row.places))


def parts_of(rows: Iterable[Row], event: PlannedEvent) -> tuple[Part, ...]:
    """Return the parts of an evening in order of time."""
    together: dict[datetime, list[Row]] = {}
    for row in rows:
        together.setdefault(local(event.span.first, row.start), []).append(row)
    return tuple(_part(start, together[start], event) for start in sorted(together))


def _part(start: datetime, rows: list[Row], event: PlannedEvent) -> Part:
    ends = [local(event.span.first, row.end) for row in rows if row.end]
    return Part(
        id=rows[0].id,
        start=start,
        end=max(ends) if len(ends) == len(rows) else None,
        rows=tuple(rows),
        what=" ".join(row.what for row in rows),
    )


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """The rooms of one event by place and scope."""

    rooms: Mapping[str, tuple[tuple[RoomNeed, Room], ...]]

    def at(self, place_ids: Iterable[str], scope: str = "") -> tuple[tuple[RoomNeed, Room], ...]:
        """Return what is in which room at these places.

        With the `scope` of somebody's task only the rooms of that class, language or sector, where the place
        has them; a task for the whole event is in all its rooms. Who interprets in one class ("ar@k2c") is there.
        """
        found: list[tuple[RoomNeed, Room]] = []
        scopes = {scope, *scope.split("@")}
        for place_id in place_ids:
            here = self.rooms.get(place_id, ())
            own = [pair for pair in here if pair[0].scope in scopes]
            found += own or here
        return tuple(found)


def whereabouts(problem: RoomProblem, plan: RoomPlan, event_id: str) -> Whereabouts:
    """Return the rooms of an event, each pair of need and room once, in the order of the needs."""
    found: defaultdict[str, dict[tuple[str, str], tuple[RoomNeed, Room]]] = defaultdict(dict)
    for _, need, room in problem.known(plan):
        if need.event_id == event_id:
            found[need.place_id][need.id, room.id] = (need, room)
    order = {need.id: at for at, need in enumerate(problem.needs)}
    return Whereabouts(
        rooms={
            place_id: tuple(sorted(pairs.values(), key=lambda pair: (order[pair[0].id], pair[1].name, pair[1].id)))
            for place_id, pairs in found.items()
        }
    )


def own_places(need: Need, part: Part) -> tuple[str, ...]:
    """Return the places where somebody with this task is in this part: those of the rows that are theirs."""
    return _places(row for row in part.rows if row.id in need.rows)
