"""Making a table equal to a list without touching what refers to it: rows keep their ids, only the missing go."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from planner.storage.db import AnySession, Base

Values = Mapping[str, Any]


def merge_rows(session: AnySession, table: type[Base], rows: Sequence[Values]) -> None:
    """Insert the rows whose id is new, update the others; rows that are not in the list stay."""
    known = _ids(session, table)
    old = [row for row in rows if row["id"] in known]
    new = [row for row in rows if row["id"] not in known]
    if old:
        session.execute(update(table), old)
    add_rows(session, table, new)


def delete_others(session: AnySession, table: type[Base], keep: Iterable[str]) -> None:
    """Delete the rows whose id is not in `keep`."""
    if gone := _ids(session, table) - set(keep):
        session.execute(
            delete(table).where(table.__table__.c.id.in_(gone)), execution_options={"synchronize_session": False}
        )


def replace_rows(session: AnySession, table: type[Base], rows: Sequence[Values]) -> None:
    """Delete all rows and insert these; for tables nothing refers to."""
    session.execute(delete(table), execution_options={"synchronize_session": False})
    add_rows(session, table, rows)


def add_rows(session: AnySession, table: type[Base], rows: Sequence[Values]) -> None:
    """Insert rows, if there are any."""
    if rows:
        session.execute(insert(table), rows)


def _ids(session: AnySession, table: type[Base]) -> set[str]:
    return set(session.scalars(select(table.__table__.c.id)))
