"""The state of the database's tables, and bringing them up to date: whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from planner.errors import SettingsError, UnavailableError
from planner.storage.db import WRITES

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaState(StrEnum):
    """What `upgrade` will find."""

    EMPTY = "leeg"
    OUTDATED = "verouderd"
    CURRENT = "actueel"
    NEWER = "nieuwer dan dit programma"
    FOREIGN = "van een ander programma"


def schema_state(engine: Engine, *, scripts: Path = MIGRATIONS) -> SchemaState:
    """Return how the tables compare with this version of the program; SettingsError when they cannot be read."""
    with _clear_about_settings(engine):
        _make_folder(engine)
        with engine.connect() as connection:
            return _state(connection, ScriptDirectory(str(scripts)))


def upgrade(engine: Engine, *, scripts: Path = MIGRATIONS) -> None:
    """Make the tables, or bring them up to date, in one transaction: after any failure they are as before.

    Programs that start at the same moment wait for each other. SettingsError, in Dutch, when the database
    is newer than the program, holds someone else's tables, or cannot be reached or written.
    """
    with changing_tables(engine) as connection:
        state = _state(connection, ScriptDirectory(str(scripts)))
        _refuse_strange(state)
        if state is not SchemaState.CURRENT:
            migrate(connection, scripts=scripts)
            _check_references(connection)


@contextmanager
def changing_tables(engine: Engine) -> Iterator[Connection]:
    """Give a connection on which tables may be made and rebuilt: all of it is kept, or nothing after an error."""
    with _clear_about_settings(engine):
        _make_folder(engine)
        with (
            engine.connect().execution_options(**WRITES) as connection,
            _loose_references(connection),
            connection.begin(),
        ):
            yield connection


def migrate(connection: Connection, *, to: str = "head", scripts: Path = MIGRATIONS) -> None:
    """Bring the tables to a revision, inside `changing_tables`."""
    command.upgrade(_config(connection, scripts), to)


def revision_of(connection: Connection) -> str:
    """Return the revision of the tables; empty when there are none of ours."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def state_of(connection: Connection, *, scripts: Path = MIGRATIONS) -> SchemaState:
    """Return how the tables behind a connection compare with this version of the program."""
    return _state(connection, ScriptDirectory(str(scripts)))


def broken_references(connection: Connection) -> tuple[str, ...]:
    """Return the tables with rows that refer to rows that are gone. PostgreSQL never lets that happen."""
    if connection.dialect.name != "sqlite":
        return ()
    return tuple(sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}))


def has_revision(revision: str, *, scripts: Path = MIGRATIONS) -> bool:
    """Return whether this version of the program knows a revision."""
    return revision in {known.revision for known in ScriptDirectory(str(scripts)).walk_revisions()}


def draft_migration(engine: Engine, *, number: str, about: str, scripts: Path = MIGRATIONS) -> None:
    """Write a migration from an up-to-date database to the models as they are now; for a person to finish."""
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        command.revision(_config(connection, scripts), about, autogenerate=True, rev_id=number)


def _config(connection: Connection, scripts: Path) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config


def _state(connection: Connection, scripts: ScriptDirectory) -> SchemaState:
    found = set(MigrationContext.configure(connection).get_current_heads())
    if not found:
        others = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return SchemaState.FOREIGN if others else SchemaState.EMPTY
    if found - {revision.revision for revision in scripts.walk_revisions()}:
        return SchemaState.NEWER
    return SchemaState.CURRENT if found == set(scripts.get_heads()) else SchemaState.OUTDATED


def _refuse_strange(state: SchemaState) -> None:
    if state is SchemaState.NEWER:
        raise SettingsError(
            "De database is gemaakt door een nieuwere versie van Schakelplan. "
            "Installeer die versie, of zet een back-up terug die bij deze versie hoort."
        )
    if state is SchemaState.FOREIGN:
        raise SettingsError(
            "In de database staan al tabellen van een ander programma. Geef Schakelplan een eigen, lege database."
        )


def _make_folder(engine: Engine) -> None:
    database = engine.url.database or ""
    if engine.dialect.name == "sqlite" and not database.startswith("file:"):
        Path(database).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def _clear_about_settings(engine: Engine) -> Iterator[None]:
    """Turn what goes wrong outside the program into a sentence for who sets it up."""
    is_sqlite = engine.dialect.name == "sqlite"
    place = f"het bestand {engine.url.database}" if is_sqlite else f"de database {engine.url.database}"
    try:
        yield
    except OSError as error:
        raise SettingsError(
            f"De map voor {place} kan niet worden gemaakt ({error.strerror}). "
            "Kies in DATABASE_URL een map waarin Schakelplan mag schrijven."
        ) from error
    except UnavailableError as error:
        raise SettingsError(
            f"Schakelplan kan {place} niet gebruiken. {error} De plaats staat in DATABASE_URL."
        ) from error


@contextmanager
def _loose_references(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild tables: with foreign keys on, dropping the old copy would delete what refers to it.

    SQLite ignores the setting inside a transaction, so it goes around SQLAlchemy, before the transaction begins; the
    connection is thrown away afterwards, so that nothing else ever runs without foreign keys.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()
    try:
        yield
    finally:
        connection.invalidate()


def _check_references(connection: Connection) -> None:
    if broken := broken_references(connection):
        raise RuntimeError(f"after the migration these tables refer to rows that are gone: {', '.join(broken)}")
