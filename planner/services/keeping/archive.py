"""Everything the school owns as one JSON file that an empty database takes in again, equal to the last letter."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from planner.domain.access.rights import Right
from planner.errors import ConflictError, InputError
from planner.services.guarding import allowed
from planner.services.workspace import Workspace
from planner.storage.db import AnySession, writing
from planner.storage.dump import OWNED, Rows, add_dumped, checksum, dump_table, table
from planner.storage.models import AuditRow

FORMAT, VERSION = "schakelplan-archief", 1
MAX_BYTES = 100 << 20
Archive = Mapping[str, Any]
_ODD = "Dit is geen archief van Schakelplan. Kies een bestand dat u met 'Alles als archief' hebt bewaard."


def checksums(session: AnySession) -> dict[str, str]:
    """Return the SHA-256 of each table that belongs to the school."""
    return {name: checksum(dump_table(session, table(name))) for name in OWNED}


@allowed(Right.SETTINGS)
def export_archive(workspace: Workspace, *, who: str, now: datetime) -> bytes:
    """Return the archive; who took it is noted. Secrets such as passwords and links are not in it."""
    session = workspace.session
    with writing(session):
        tables = {name: dump_table(session, table(name)) for name in OWNED}
        session.add(AuditRow(at=now, who=who, what="export.archive", subject=""))
    body = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(),
        "tables": {name: {"sha256": checksum(rows), "rows": rows} for name, rows in tables.items()},
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


@allowed(Right.SETTINGS)
def import_archive(workspace: Workspace, body: bytes, *, who: str, now: datetime) -> Mapping[str, int]:
    """Put an archive into an empty database, whole or not at all; return how many rows each table got.

    InputError when it is no archive, or not whole; ConflictError when there is a school already.
    """
    session = workspace.session
    tables = _tables(body)
    with writing(session):
        if any(session.scalar(select(func.count()).select_from(table(name))) for name in OWNED):
            raise ConflictError("In deze database staat al een school. Kies een lege database met DATABASE_URL.")
        for name in (each for each in _in_order() if each in tables):
            _add(session, name, tables[name])
        for name, rows in tables.items():
            if checksum(dump_table(session, table(name))) != checksum(rows):
                raise InputError(f'De tabel "{name}" van het archief past niet precies. Er is niets ingelezen.')
        session.add(AuditRow(at=now, who=who, what="import.archive", subject=""))
    return {name: len(rows) for name, rows in tables.items()}


def _in_order() -> tuple[str, ...]:
    """Return our tables so that a row comes after what it refers to."""
    return tuple(each.name for each in table("school").metadata.sorted_tables if each.name in OWNED)


def _tables(body: bytes) -> Mapping[str, Rows]:
    if len(body) > MAX_BYTES:
        raise InputError(f"Dit archief is groter dan {MAX_BYTES >> 20} MB. {_ODD}")
    try:
        archive = json.loads(body)
    except (ValueError, RecursionError):
        raise InputError(_ODD) from None
    if not isinstance(archive, dict) or archive.get("format") != FORMAT:
        raise InputError(_ODD)
    if archive.get("version") != VERSION:
        raise InputError("Dit archief is van een nieuwere versie van Schakelplan. Installeer eerst die versie.")
    parts = archive.get("tables")
    if not isinstance(parts, dict):
        raise InputError(_ODD)
    return {name: _rows(name, part) for name, part in parts.items()}


def _rows(name: str, part: object) -> Rows:
    if name not in OWNED:
        raise InputError(f'De tabel "{name[:40]}" kennen we niet. Is het archief van een nieuwere versie?')
    rows = part.get("rows") if isinstance(part, dict) else None
    if not isinstance(rows, list) or not isinstance(part, dict):
        raise InputError(f'De tabel "{name}" in het archief is niet heel. {_ODD}')
    if checksum(rows) != part.get("sha256"):
        raise InputError(
            f'De tabel "{name}" is veranderd nadat het archief werd gemaakt. Gebruik het archief zoals het was.'
        )
    return [_whole_row(table(name), number, row) for number, row in enumerate(rows, start=1)]


def _whole_row(which: Table, number: int, row: object) -> dict[str, Any]:
    """Return a row with every column; an older archive may lack columns that may be empty."""
    names = {column.name for column in which.columns}
    if not isinstance(row, dict) or not names >= set(row):
        raise InputError(f'Tabel "{which.name}", rij {number}: hier staat iets dat we niet kennen. {_ODD}')
    missing = [name for name in names - set(row) if not which.columns[name].nullable]
    if missing:
        raise InputError(f'Tabel "{which.name}", rij {number}: "{min(missing)}" ontbreekt. {_ODD}')
    return dict.fromkeys(names) | row


def _add(session: AnySession, name: str, rows: Rows) -> None:
    try:
        add_dumped(session, table(name), rows)
    except (ValueError, TypeError, SQLAlchemyError):  # a value of another type, or a reference to nobody
        raise InputError(
            f'De tabel "{name}" van het archief past niet bij de rest. Er is niets ingelezen. {_ODD}'
        ) from None
