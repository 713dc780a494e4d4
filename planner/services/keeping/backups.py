"""Backups: everything that the school keeps, of one moment, in one file that either kind of database takes back.

The secret key is not in it. Whoever finds a backup can then not make the addresses on invitations and of calendars;
whoever puts it back without the key gets new addresses.
"""

from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Connection, Engine

from planner.domain.year import AMSTERDAM
from planner.errors import SettingsError
from planner.services.keeping import backupfile
from planner.services.keeping.backupfile import Manifest
from planner.storage.db import open_engine
from planner.storage.rows import has_rows, kept_tables, read_counters, read_lines
from planner.storage.schema import SchemaState, revision_of, schema_state

PATTERN = "schakelplan-*.zip"
_MIGRATION_MARK = "voor-bijwerken"
_MIGRATION_KEEPS = 5  # backups of before a migration; older ones go


def file_name(now: datetime, *, mark: str = "") -> str:
    """Return the name of a backup made now, by the clock on the wall: they stand in order of time."""
    moment = f"{now.astimezone(AMSTERDAM):%Y%m%d-%H%M%S}"
    return "-".join(part for part in ("schakelplan", mark, moment) if part) + ".zip"


def newest(folder: Path) -> datetime | None:
    """Return when the newest backup in a folder was made (by its file, in the machine's own zone); None without any."""
    made = [path.stat().st_mtime for path in folder.glob(PATTERN)]
    return datetime.fromtimestamp(max(made)).astimezone() if made else None


def make(url: str, path: Path, *, now: datetime) -> Manifest:
    """Write a backup of the database at `url` to a new file and return what is in it.

    Others keep working meanwhile; the backup shows the moment at which it began. SettingsError when there is nothing
    to back up or the place cannot be written, ConflictError when the file is already there.
    """
    engine = open_engine(url)
    try:
        if schema_state(engine) in {SchemaState.EMPTY, SchemaState.FOREIGN}:
            raise SettingsError("In deze database staat nog niets van Schakelplan. Controleer DATABASE_URL.")
        return _write(engine, path, now=now)
    finally:
        engine.dispose()


def make_before_migration(engine: Engine, folder: Path, *, now: datetime) -> Path | None:
    """Write a backup when the tables are about to change and hold something; return its file.

    The last five of these are kept; backups that somebody made are never removed.
    """
    if schema_state(engine) is not SchemaState.OUTDATED:
        return None
    with engine.connect() as connection:
        if not has_rows(connection):
            return None
    path = folder / file_name(now, mark=_MIGRATION_MARK)
    if not path.exists():  # the web server and its worker start at the same moment
        _write(engine, path, now=now)
    for old in sorted(folder.glob(f"schakelplan-{_MIGRATION_MARK}-*.zip"))[:-_MIGRATION_KEEPS]:
        old.unlink(missing_ok=True)
    return path


def _write(engine: Engine, path: Path, *, now: datetime) -> Manifest:
    # One reading transaction: it sees one moment from its first query to its last.
    with backupfile.creating(path) as made, engine.connect() as connection:
        return _fill(made, connection, now=now)


def _fill(made: ZipFile, connection: Connection, *, now: datetime) -> Manifest:
    tables = kept_tables(connection)
    counters = read_counters(connection, tables)
    facts = {
        table.name: backupfile.add_table(
            made, table.name, read_lines(connection, table), counter=counters.get(table.name, 0)
        )
        for table in tables
    }
    manifest = Manifest(made_at=now, revision=revision_of(connection), version=version("schakelplan"), tables=facts)
    backupfile.add_manifest(made, manifest)
    return manifest
