"""Every table of a database as lines of JSON and back: the same lines from SQLite and from PostgreSQL.

What the tables look like is asked of the database itself, not of our models: a backup is also made of, and put
back into, tables of an older version.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    String,
    Table,
    Time,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.types import TypeEngine

from planner.storage.types import UTCDateTime

# What passes by itself: put back, it would let people in whose session ended, and do work a second time.
PASSING = frozenset({"import_run", "session", "signin_link", "task"})
_VERSION_TABLE = "alembic_version"
_ROWS_AT_ONCE = 500
_Reader = Callable[[Any], Any]
_READERS: tuple[tuple[type[TypeEngine[Any]], _Reader], ...] = (
    (UTCDateTime, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Time, time.fromisoformat),
    (LargeBinary, base64.b64decode),
)


def all_tables(connection: Connection) -> tuple[Table, ...]:
    """Return every table with rows of ours, those that are referred to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    tables = tuple(table for table in metadata.sorted_tables if table.name != _VERSION_TABLE)
    for table in tables:
        for column in table.columns:
            _agree(column)
    return tables


def kept_tables(connection: Connection) -> tuple[Table, ...]:
    """Return the tables that belong in a backup, those that are referred to first."""
    return tuple(table for table in all_tables(connection) if table.name not in PASSING)


def has_rows(connection: Connection) -> bool:
    """Return whether any table holds something."""
    return any(connection.execute(select(table).limit(1)).first() is not None for table in all_tables(connection))


def drop_tables(connection: Connection) -> None:
    """Remove every table."""
    for table in reversed(all_tables(connection)):
        table.drop(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {_VERSION_TABLE}"))


def read_lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield a line for each row, in the order of the primary key."""
    is_postgres = connection.dialect.name == "postgresql"
    # PostgreSQL would sort text as its own language does; by the letters' codes is what SQLite does.
    order = [
        column.collate("C") if is_postgres and isinstance(column.type, String) else column
        for column in table.primary_key.columns
    ]
    query = select(table).order_by(*order).execution_options(yield_per=_ROWS_AT_ONCE)
    for row in connection.execute(query).mappings():
        values = {name: _plain(value) for name, value in row.items()}
        yield json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def write_lines(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Insert the rows of these lines. ValueError for a line that is none of this table."""
    readers = {column.name: _reader_of(column) for column in table.columns}
    for batch in _batches(lines):
        connection.execute(insert(table), [_row(json.loads(line), readers) for line in batch])


def read_counters(connection: Connection, tables: Iterable[Table]) -> Mapping[str, int]:
    """Return the highest number ever given out, by table that numbers its rows."""
    if connection.dialect.name == "sqlite":
        if not _numbered(connection):
            return {}
        return {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    found = {}
    for table, sequence in _sequences(connection, tables):
        query = text(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 - its name comes from the database
        found[table.name] = int(connection.scalar(query) or 0)
    return found


def set_counters(connection: Connection, tables: Iterable[Table], counters: Mapping[str, int]) -> None:
    """Go on numbering after these numbers, and after every number that is in use."""
    if connection.dialect.name == "sqlite":
        for name in _numbered(connection) & counters.keys():
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"),
                {"name": name, "seq": counters[name]},
            )
        return
    for table, sequence in _sequences(connection, tables):
        highest = connection.scalar(select(func.max(_number(table)))) or 0
        if last := max(highest, counters.get(table.name, 0)):
            connection.execute(text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": sequence, "last": last})


def _agree(column: Column[Any]) -> None:
    """Make a column mean the same on both databases."""
    if isinstance(column.type, DateTime):
        column.type = UTCDateTime()
    elif isinstance(column.type, JSON):
        column.type.none_as_null = bool(column.nullable)


def _plain(value: object) -> object:
    if isinstance(value, date | time):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _row(values: Mapping[str, Any], readers: Mapping[str, _Reader]) -> dict[str, Any]:
    if values.keys() != readers.keys():
        raise ValueError("the line has other columns than the table")
    return {name: None if value is None else readers[name](value) for name, value in values.items()}


def _reader_of(column: Column[Any]) -> _Reader:
    return next((reader for kind, reader in _READERS if isinstance(column.type, kind)), lambda value: value)


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _numbered(connection: Connection) -> set[str]:
    """Return the tables for which SQLite keeps count."""
    query = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    return set(connection.scalars(query))


def _number(table: Table) -> Column[Any]:
    return next(iter(table.primary_key.columns))


def _sequences(connection: Connection, tables: Iterable[Table]) -> Iterator[tuple[Table, str]]:
    quote = connection.dialect.identifier_preparer.quote
    for table in tables:
        where = {"table": quote(table.name), "column": _number(table).name}
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), where)
        if sequence:
            yield table, sequence
