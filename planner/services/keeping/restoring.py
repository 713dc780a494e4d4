"""Putting a backup back into an empty database: whole or not at all, and with everything that sends on hold."""

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import SQLAlchemyError

from planner.errors import ConflictError, InputError, SettingsError
from planner.services.keeping import backupfile
from planner.services.keeping.backupfile import Manifest
from planner.storage.db import open_engine
from planner.storage.models import HoldRow
from planner.storage.rows import drop_tables, has_rows, kept_tables, read_lines, set_counters, write_lines
from planner.storage.schema import (
    SchemaState,
    broken_references,
    changing_tables,
    has_revision,
    migrate,
    state_of,
)


def restore(url: str, path: Path, *, now: datetime) -> Manifest:
    """Put a backup into the empty database at `url` and bring it up to date; return what was put back.

    InputError when the file is not whole, ConflictError when the database holds something, SettingsError when
    the backup is newer than the program or the database cannot be written. After an error nothing changed.
    """
    with backupfile.opened(path) as (manifest, found):
        backupfile.check_tables(manifest, found)
        if not has_revision(manifest.revision):
            raise SettingsError(
                f"De back-up is gemaakt met een nieuwere versie van Schakelplan ({manifest.version}). "
                "Installeer die versie en probeer het daarmee."
            )
        engine = open_engine(url)
        try:
            with changing_tables(engine) as connection:
                _refuse_filled(connection)
                drop_tables(connection)
                migrate(connection, to=manifest.revision)
                _load(connection, manifest, found, path)
                migrate(connection)
                connection.execute(delete(HoldRow))
                connection.execute(insert(HoldRow).values(since=now, made_at=manifest.made_at))
        finally:
            engine.dispose()
    return manifest


def _refuse_filled(connection: Connection) -> None:
    if state_of(connection) is SchemaState.FOREIGN or has_rows(connection):
        raise ConflictError(
            "De database is niet leeg. Een back-up gaat alleen in een lege database; zo wordt er niets overschreven. "
            "Kies met DATABASE_URL een andere database, of zet het oude databasebestand eerst ergens anders neer."
        )


def _load(connection: Connection, manifest: Manifest, found: ZipFile, path: Path) -> None:
    tables = {table.name: table for table in kept_tables(connection)}
    if tables.keys() != manifest.tables.keys():
        raise ValueError("the backup has other tables than its revision")
    try:
        for name, table in tables.items():
            write_lines(connection, table, backupfile.lines_of(manifest, found, name))
    except SQLAlchemyError as error:  # a row that this table does not take, though its checksum is right
        raise InputError(
            f"De gegevens in {path} passen niet bij elkaar. Er is niets teruggezet. Gebruik een andere back-up."
        ) from error
    set_counters(connection, tables.values(), {name: facts.counter for name, facts in manifest.tables.items()})
    for name, table in tables.items():
        facts = manifest.tables[name]
        if backupfile.facts_of(read_lines(connection, table), counter=facts.counter) != facts:
            raise ValueError(f"table {name} did not come back as it was")
    if broken_references(connection):
        raise ValueError("rows refer to rows that are gone")
