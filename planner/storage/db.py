"""The database: one engine and one session for SQLite and PostgreSQL, with the same promises on both.

There are two kinds of transaction, and the kind is chosen at its start:

- **Reading** is what every session does by itself. It sees one moment of the data from its first query to
  its last (SQLite: a deferred BEGIN under WAL; PostgreSQL: REPEATABLE READ), waits for nobody and keeps nobody
  waiting, so a hundred readers cost each other nothing. It cannot change anything: the database refuses.
- **Writing** happens inside `with writing(session):` only. One writer goes at a time, the others wait up to five
  seconds (SQLite: BEGIN IMMEDIATE; PostgreSQL: an advisory lock until the end of the transaction), so whatever
  a use case reads before it decides is still true when it commits.

Making every transaction IMMEDIATE would be simpler, but then each reader would queue behind each writer. The
other simple way, a BEGIN that turns into a writer at its first change, fails at once ("database is locked",
however long the timeout) when someone else wrote in between. Since a transaction that only reads refuses changes, a
forgotten `writing` shows in the first test that passes there instead of on a busy evening.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, Connection, Engine, ExceptionContext, MetaData, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import DeclarativeBase, Session, registry, scoped_session
from sqlalchemy.pool import ConnectionPoolEntry

from planner.errors import SettingsError
from planner.storage.failures import explain_failure, is_busy
from planner.storage.types import UTCDateTime

WAIT_MILLISECONDS = 5000  # how long a writer waits for its turn
_RETRY_SECONDS = 0.02
_STATEMENT_MILLISECONDS = 30_000
_IDLE_MILLISECONDS = 60_000  # a transaction that is left open must not hold the others up for ever
# Any fixed number does; it only has to differ from advisory locks of other programs in the same database.
_WRITER_LOCK = 7_305_209_115

_SQLITE_SETTINGS = (
    f"PRAGMA busy_timeout={WAIT_MILLISECONDS}",
    "PRAGMA synchronous=FULL",  # NORMAL may lose the last commits when the power fails
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten, not only forgotten
)
_POSTGRES_SETTINGS = (
    f"SET lock_timeout={WAIT_MILLISECONDS}",
    f"SET statement_timeout={_STATEMENT_MILLISECONDS}",
    f"SET idle_in_transaction_session_timeout={_IDLE_MILLISECONDS}",
    "SET timezone='UTC'",
)

# What query functions take: `db.session` itself, or a plain session.
AnySession = Session | scoped_session[Any]

# Given to a connection before its transaction begins, this makes it a writing one.
WRITES: dict[str, Any] = {"schakelplan_writes": True}
_IS_WRITING = "schakelplan_is_writing"


class Base(DeclarativeBase):
    """What all tables share: names for constraints, so that a migration can find them on both databases."""

    # The registry, not the attributes `metadata` and `type_annotation_map`: Flask-SQLAlchemy derives a class
    # from this one, and SQLAlchemy refuses to set those up a second time.
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: UTCDateTime()},
    )


db = SQLAlchemy(model_class=Base)


def parse_url(url: str) -> URL:
    """Return the address of the database with the driver we use and an absolute path.

    A relative path counts from the folder in which the program was started. SettingsError for anything
    but an SQLite file or a PostgreSQL server.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        # The driver's own text would repeat the address, and with it a password.
        raise SettingsError("DATABASE_URL is geen geldig adres van een database.") from None
    kind = parsed.drivername.partition("+")[0]
    if kind in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise SettingsError(f"DATABASE_URL begint met {kind}; alleen sqlite en postgresql kunnen.")
    if not parsed.database or parsed.database == ":memory:":
        raise SettingsError("DATABASE_URL noemt geen bestand; schrijf bijvoorbeeld sqlite:///var/planner.sqlite.")
    if parsed.database.startswith("file:"):
        return parsed
    return parsed.set(database=str(Path(parsed.database).absolute()))


def engine_options(url: URL) -> dict[str, Any]:
    """Return how connections are pooled: enough for every thread of the server, few for the database."""
    if url.get_backend_name() == "sqlite":
        return {"pool_size": 20, "max_overflow": 100, "pool_timeout": WAIT_MILLISECONDS / 1000}
    return {"pool_size": 10, "max_overflow": 20, "pool_timeout": 10, "pool_pre_ping": True}


def open_engine(url: str) -> Engine:
    """Return a configured engine outside an application, for commands and tests; the caller disposes of it."""
    parsed = parse_url(url)
    return configure_engine(create_engine(parsed, **engine_options(parsed)))


def init_database(app: Flask, url: str) -> None:
    """Connect the application with its database; `db.session` and `db.engine` work from here on."""
    parsed = parse_url(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = parsed
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(parsed)
    db.init_app(app)
    with app.app_context():
        configure_engine(db.engine)


def configure_engine(engine: Engine) -> Engine:
    """Give an engine our settings, our two kinds of transaction and our sentences for failures; return it."""
    is_sqlite = engine.dialect.name == "sqlite"
    event.listen(engine, "connect", _set_up_sqlite if is_sqlite else _set_up_postgres)
    event.listen(engine, "begin", _begin_sqlite if is_sqlite else _begin_postgres)
    event.listen(engine, "handle_error", _explain)
    return engine


@contextmanager
def writing(session: AnySession) -> Iterator[None]:
    """Make changes that are kept together or not at all: commit at the end, roll back on any error.

    What the session read before is forgotten, so that decisions rest on what is true while writing. Inside
    another `writing` of the same session it joins that one; an error in the inner one undoes both.
    UnavailableError when the turn does not come within five seconds, RuntimeError when the session
    holds changes made before.
    """
    if session.info.get(_IS_WRITING):
        try:
            yield
        except BaseException:
            session.rollback()
            raise
        return
    if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
        raise RuntimeError("the session holds changes that were made outside writing()")
    session.rollback()
    session.info[_IS_WRITING] = True
    try:
        session.connection(execution_options=WRITES)
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        del session.info[_IS_WRITING]


def _is_writing(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("schakelplan_writes"))


def _set_up_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's driver would begin transactions by itself, later than we need and not at all for CREATE TABLE.
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in _SQLITE_SETTINGS:
        cursor.execute(setting)
    _switch_to_wal(cursor)
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor) -> None:
    """Turn WAL on; the file remembers it. For the very first switch SQLite does not wait by itself, so we do."""
    deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _set_up_postgres(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for setting in _POSTGRES_SETTINGS:
        cursor.execute(setting)
    cursor.close()
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    is_writing = _is_writing(connection)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if is_writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if _is_writing(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _explain(context: ExceptionContext) -> Exception | None:
    is_reading = context.connection is not None and not _is_writing(context.connection)
    return explain_failure(context, is_reading=is_reading)
