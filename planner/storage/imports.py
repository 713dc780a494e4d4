"""Imports as they are kept: the rows that wait, the columns that were chosen, and how to go back."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select

from planner.errors import ConflictError
from planner.storage.db import AnySession, Base
from planner.storage.dump import Rows, add_dumped, delete_dumped, dump_table, key_of, table, update_dumped
from planner.storage.models import EventRow, ImportColumnRow

Snapshot = Mapping[str, Rows]
# By table: rows that came, rows that went, and rows that changed as they were and as they became.
Undo = dict[str, dict[str, Rows]]

_ROOTS = ("school_class", "pupil", "household", "person", "room", "event")
# What passes by itself, and secrets: neither belongs in what an import keeps to go back.
_PASSING = frozenset({"credential", "recovery_code", "session", "signin_link", "task"})


def load_choices(session: AnySession, kind: str) -> Mapping[str, str]:
    """Return which column each header is, as the school chose before."""
    rows = session.scalars(select(ImportColumnRow).where(ImportColumnRow.kind == kind))
    return {row.header: row.column_id for row in rows}


def save_choice(session: AnySession, kind: str, header: str, column_id: str | None) -> None:
    """Remember a choice; None forgets it."""
    session.execute(delete(ImportColumnRow).where(ImportColumnRow.kind == kind, ImportColumnRow.header == header))
    if column_id is not None:
        session.add(ImportColumnRow(kind=kind, header=header, column_id=column_id))


def take_from_events(session: AnySession, pupil_ids: Collection[str]) -> None:
    """Let the events forget pupils who are not at the school any more."""
    for row in session.scalars(select(EventRow)):
        for name in ("candidates", "pupils"):
            kept = [each for each in getattr(row, name) if each not in pupil_ids]
            if kept != getattr(row, name):
                setattr(row, name, kept)
    session.flush()


def snapshot(session: AnySession) -> Snapshot:
    """Return everything that a list can change, what hangs on it included."""
    session.flush()
    return {name: dump_table(session, table(name)) for name in _reachable()}


def changes(before: Snapshot, after: Snapshot) -> Undo:
    """Return what differs between two snapshots."""
    found: Undo = {}
    for name, old_rows in before.items():
        old = {key_of(table(name), row): row for row in old_rows}
        new = {key_of(table(name), row): row for row in after[name]}
        both = [key for key in old if key in new and old[key] != new[key]]
        parts = {
            "came": [row for key, row in new.items() if key not in old],
            "went": [row for key, row in old.items() if key not in new],
            "was": [old[key] for key in both],
            "is": [new[key] for key in both],
        }
        if any(parts.values()):
            found[name] = parts
    return found


def take_back(session: AnySession, undo: Mapping[str, Any]) -> None:
    """Undo these changes; ConflictError when something of it, or something that hangs on it, changed since."""
    before = snapshot(session)
    for name, parts in undo.items():
        now = {key_of(table(name), row): row for row in before.get(name, ())}
        stands = all(now.get(key_of(table(name), row)) == row for row in (*parts["came"], *parts["is"]))
        if not stands or any(key_of(table(name), row) in now for row in parts["went"]):
            raise ConflictError(_CHANGED)
    order = [each.name for each in Base.metadata.sorted_tables if each.name in undo]
    for name in order:
        add_dumped(session, table(name), undo[name]["went"])
        update_dumped(session, table(name), undo[name]["was"])
    for name in reversed(order):
        delete_dumped(session, table(name), undo[name]["came"])
    session.expire_all()
    # Deleting somebody takes along what hangs on them; if that is more than the import brought, we stop.
    if changes(snapshot(session), before) != dict(undo):
        raise ConflictError(_CHANGED)


_CHANGED = (
    "Ongedaan maken kan niet meer: na deze import is er iets veranderd aan dezelfde gegevens. "
    "Verbeter het in de lijst en lees die opnieuw in."
)


def _reachable() -> tuple[str, ...]:
    found = set(_ROOTS)
    grown = True
    while grown:
        more = {
            each.name
            for each in Base.metadata.sorted_tables
            if each.name not in found | _PASSING and any(key.column.table.name in found for key in each.foreign_keys)
        }
        found |= more
        grown = bool(more)
    return tuple(each.name for each in Base.metadata.sorted_tables if each.name in found)
