"""Whole tables as plain JSON values and back, the same on every database, with a checksum of each."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Column, Table, delete, func, insert, select
from sqlalchemy.types import TypeDecorator

from planner.storage.db import AnySession, Base

Values = dict[str, Any]
Rows = list[Values]

# What belongs to the school: goes into the archive and comes out of it equal.
OWNED = (
    "school",
    "rule_override",
    "period",
    "open_day",
    "school_class",
    "pupil",
    "household",
    "household_pupil",
    "person",
    "person_child",
    "room",
    "entrance",
    "plan_picture",
    "event",
    "step_state",
    "duty",
    "room_use",
    "corner",
    "publication",
    "import_column",
    "tally",
    "route_setup",
    "route_group",
    "route_member",
    "route_visit",
    "route_companion",
    "talk_settings",
    "talk_round",
    "talk_slot",
    "talk_wish",
    "duty_answer",
    "duty_bar",
    "waiting_form",
    "answer_keeping",
    "answer",
    "arrival",
    "reach",
    "turnout",
    "own_language",
    "wording",
    "pupil_invitation",
    "printed",
)
# What belongs to this installation: secrets, sessions, work in progress, and who did what here.
NOT_OWNED = (
    "account",
    "session",
    "signin_link",
    "invite_link",
    "feed",
    "feed_entry",
    "task",
    "audit",
    "import_run",
    "hold",
    "credential",
    "recovery_code",
    "helper_link",
    "short_code",
    "pupil_code",
    "reader_link",
)


def table(name: str) -> Table:
    """Return a table by name; KeyError when there is none."""
    return Base.metadata.tables[name]


def key_of(which: Table, row: Mapping[str, Any]) -> str:
    """Return the primary key of a row as text."""
    return json.dumps([row[column.name] for column in which.primary_key.columns], ensure_ascii=False)


def dump_table(session: AnySession, which: Table) -> Rows:
    """Return the rows as JSON values, in the order of their keys."""
    rows = [
        {column.name: _plain(value) for column, value in zip(which.columns, row, strict=True)}
        for row in session.execute(select(*which.columns))
    ]
    return sorted(rows, key=lambda row: key_of(which, row))


def checksum(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 (hex) of rows as `dump_table` gives them."""
    found = sha256()
    for row in rows:
        found.update(json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return found.hexdigest()


def add_dumped(session: AnySession, which: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows of `dump_table`; ValueError or TypeError for a value that does not fit its column."""
    values = [
        {column.name: _typed(column, row[column.name]) for column in which.columns if column.name in row}
        for row in rows
    ]
    if values:
        session.execute(insert(which), values)
        _count_on(session, which)


def delete_dumped(session: AnySession, which: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Delete the rows with the keys of these."""
    for row in rows:
        key = [column == _typed(column, row[column.name]) for column in which.primary_key.columns]
        session.execute(delete(which).where(*key))


def update_dumped(session: AnySession, which: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make the rows with the keys of these equal to these."""
    for row in rows:
        key = [column == _typed(column, row[column.name]) for column in which.primary_key.columns]
        values = {column.name: _typed(column, row[column.name]) for column in which.columns}
        session.execute(which.update().where(*key).values(values))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _typed(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - any column of any table
    if value is None or isinstance(column.type, JSON):
        return value
    of = column.type
    kind = (of.impl_instance if isinstance(of, TypeDecorator) else of).python_type
    if issubclass(kind, datetime | date | time):
        return kind.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    if kind is bytes:
        return base64.b64decode(value, validate=True)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _count_on(session: AnySession, which: Table) -> None:
    """Let PostgreSQL give out higher numbers than those that were brought in."""
    column = which.autoincrement_column
    if column is not None and column.autoincrement is not False and session.get_bind().dialect.name == "postgresql":
        highest = select(func.max(column)).scalar_subquery()
        session.execute(select(func.setval(func.pg_get_serial_sequence(which.name, column.name), highest)))
