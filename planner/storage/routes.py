"""Going round on an evening: rows to domain values and back, by event and form."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select

from planner.domain.routes.changes import RouteChange
from planner.domain.routes.companions import Companion, Companions, Task
from planner.domain.routes.groups import Group
from planner.domain.routes.rounds import Visit, Visits
from planner.domain.routes.setup import RouteSetup
from planner.storage.db import AnySession, Base
from planner.storage.merging import Values, add_rows
from planner.storage.models import RouteCompanionRow, RouteGroupRow, RouteMemberRow, RouteSetupRow, RouteVisitRow

_SETS = frozenset({"lost", "absent", "away", "late"})
_TUPLES = frozenset({"extra", "shared"})
_WORDS = ("rounds", "stops", "rooms")  # of what was told


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRoutes:
    """What is kept of one form of one event. `members` gives each family the id of its group."""

    numbers: Mapping[str, int]
    members: Mapping[str, str]
    visits: Visits
    companions: Companions

    @property
    def is_planned(self) -> bool:
        """Whether somebody has planned this form."""
        return bool(self.numbers or self.visits)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRoutes:
    """A form of an event as people were told it: the plan, words for its rounds, stops and rooms, and who told.

    `rounds` are times by number, `stops` and `rooms` names by the id of the stop; `at` is aware UTC.
    """

    routes: StoredRoutes
    rounds: Mapping[str, str]
    stops: Mapping[str, str]
    rooms: Mapping[str, str]
    at: datetime
    by: str


def load_setup(session: AnySession, event_id: str, form_id: str) -> RouteSetup:
    """Return what the school decided, all empty when it decided nothing."""
    row = session.get(RouteSetupRow, (event_id, form_id))
    values = dict(row.settings) if row else {}
    known = {each.name for each in fields(RouteSetup)}
    made: dict[str, Any] = {}
    for name, value in values.items():
        if name in known:
            made[name] = frozenset(value) if name in _SETS else tuple(value) if name in _TUPLES else value
    return RouteSetup(**made)


def save_setup(session: AnySession, event_id: str, form_id: str, setup: RouteSetup) -> None:
    """Keep what the school decided."""
    settings = {
        each.name: sorted(value) if each.name in _SETS else list(value) if each.name in _TUPLES else value
        for each in fields(setup)
        if (value := getattr(setup, each.name))
    }
    _row(session, event_id, form_id).settings = settings
    session.flush()


def load_changes(session: AnySession, event_id: str, form_id: str) -> tuple[RouteChange, ...]:
    """Return what the last repair changed."""
    row = session.get(RouteSetupRow, (event_id, form_id))
    return tuple(RouteChange(who=who, what=what) for who, what in row.changes) if row else ()


def save_changes(session: AnySession, event_id: str, form_id: str, changes: Sequence[RouteChange]) -> None:
    """Keep what a repair changed, in place of what the one before did."""
    _row(session, event_id, form_id).changes = [[change.who, change.what] for change in changes]
    session.flush()


def _row(session: AnySession, event_id: str, form_id: str) -> RouteSetupRow:
    """Return the row of a form of an event, made where there is none yet."""
    row = session.get(RouteSetupRow, (event_id, form_id))
    if row is None:
        row = RouteSetupRow(event_id=event_id, form_id=form_id, settings={}, changes=[], before=None, told=None)
        session.add(row)
    return row


def _as_json(routes: StoredRoutes) -> dict[str, Any]:
    return {
        "numbers": dict(routes.numbers),
        "members": dict(routes.members),
        "visits": [[each.walker, each.round, each.stop, each.pinned] for each in routes.visits],
        "companions": [[each.group_id, each.person_id, each.task.value, each.pinned] for each in routes.companions],
    }


def _of_json(kept: Mapping[str, Any]) -> StoredRoutes:
    return StoredRoutes(
        numbers=kept["numbers"],
        members=kept["members"],
        visits=tuple(Visit(walker=w, round=number, stop=stop, pinned=pin) for w, number, stop, pin in kept["visits"]),
        companions=tuple(
            Companion(group_id=group, person_id=person, task=Task(task), pinned=pin)
            for group, person, task, pin in kept["companions"]
        ),
    )


def load_before(session: AnySession, event_id: str, form_id: str) -> StoredRoutes | None:
    """Return the plan that the last change replaced, None when nothing was changed."""
    row = session.get(RouteSetupRow, (event_id, form_id))
    return _of_json(row.before) if row and row.before is not None else None


def save_before(session: AnySession, event_id: str, form_id: str, routes: StoredRoutes) -> None:
    """Keep the plan that is about to be replaced."""
    _row(session, event_id, form_id).before = _as_json(routes)
    session.flush()


def load_told_routes(session: AnySession, event_id: str, form_id: str) -> ToldRoutes | None:
    """Return what people were told last, None while nobody was."""
    row = session.get(RouteSetupRow, (event_id, form_id))
    if row is None or row.told is None or row.told_at is None:
        return None
    words = {name: row.told[name] for name in _WORDS}
    return ToldRoutes(routes=_of_json(row.told), at=row.told_at, by=row.told_by, **words)


def save_told_routes(session: AnySession, event_id: str, form_id: str, told: ToldRoutes | None) -> None:
    """Keep what people were told, in place of what was told before; None when it was not told after all."""
    row = _row(session, event_id, form_id)
    words = {name: dict(getattr(told, name)) for name in _WORDS} if told else {}
    row.told = {**_as_json(told.routes), **words} if told else None
    row.told_at, row.told_by = (told.at, told.by) if told else (None, "")
    session.flush()


def load_routes(session: AnySession, event_id: str, form_id: str) -> StoredRoutes:
    """Return what is planned for one form of an event; all empty when nothing is."""
    of = {"event_id": event_id, "form_id": form_id}
    visits = session.scalars(
        select(RouteVisitRow).filter_by(**of).order_by(RouteVisitRow.walker_id, RouteVisitRow.round)
    )
    companions = session.scalars(
        select(RouteCompanionRow).filter_by(**of).order_by(RouteCompanionRow.group_id, RouteCompanionRow.person_id)
    )
    return StoredRoutes(
        numbers={row.id: row.number for row in session.scalars(select(RouteGroupRow).filter_by(**of))},
        members={row.party_id: row.group_id for row in session.scalars(select(RouteMemberRow).filter_by(**of))},
        visits=tuple(Visit(walker=r.walker_id, round=r.round, stop=r.stop_id, pinned=r.pinned) for r in visits),
        companions=tuple(
            Companion(group_id=r.group_id, person_id=r.person_id, task=Task(r.task), pinned=r.pinned)
            for r in companions
        ),
    )


def save_routes(
    session: AnySession,
    event_id: str,
    form_id: str,
    *,
    groups: Sequence[Group],
    visits: Visits,
    companions: Companions,
) -> None:
    """Make what is kept of one form equal to this; other forms of the event are not touched."""
    of = {"event_id": event_id, "form_id": form_id}
    rows: dict[type[Base], list[Values]] = {
        RouteGroupRow: [{**of, "id": group.id, "number": group.number} for group in groups],
        RouteMemberRow: [
            {**of, "party_id": party.id, "group_id": group.id} for group in groups for party in group.parties
        ],
        RouteVisitRow: [
            {**of, "walker_id": v.walker, "round": v.round, "stop_id": v.stop, "pinned": v.pinned} for v in visits
        ],
        RouteCompanionRow: [
            {**of, "group_id": c.group_id, "person_id": c.person_id, "task": c.task.value, "pinned": c.pinned}
            for c in companions
        ],
    }
    for table, mine in rows.items():
        session.execute(delete(table).filter_by(**of), execution_options={"synchronize_session": False})
        add_rows(session, table, mine)
    session.expire_all()


def _without(kept: dict[str, Any] | None, ids: Collection[str]) -> dict[str, Any] | None:
    """Return a plan that was kept as JSON without these families."""
    if kept is None:
        return None
    members = {party: group for party, group in kept["members"].items() if party not in ids}
    visits = [each for each in kept["visits"] if each[0].partition("/")[0] not in ids]
    return {**kept, "members": members, "visits": visits}


def forget_walkers(session: AnySession, ids: Collection[str]) -> None:
    """Take families and pupils out of every group, every round and every list of changes."""
    session.execute(delete(RouteMemberRow).where(RouteMemberRow.party_id.in_(ids)))
    parents = (RouteVisitRow.walker_id.startswith(f"{each}/", autoescape=True) for each in ids)
    session.execute(delete(RouteVisitRow).where(or_(RouteVisitRow.walker_id.in_(ids), *parents)))
    for row in session.scalars(select(RouteSetupRow)):
        kept = {
            name: [each for each in value if each not in ids] if name in {"away", "late"} else value
            for name, value in row.settings.items()
        }
        row.settings, row.changes = kept, []  # the changes name families
        row.before, row.told = _without(row.before, ids), _without(row.told, ids)
    session.flush()
