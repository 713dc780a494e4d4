"""Looking whether a database or a backup is whole. What is wrong comes back as sentences, never as an error."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from planner.errors import PlannerError
from planner.services.keeping import backupfile
from planner.services.keeping.backupfile import Manifest
from planner.storage.db import open_engine, parse_url
from planner.storage.schema import SchemaState, state_of
from planner.storage.soundness import file_problems, read_everything, reference_problems, rule_problems

Problems = tuple[str, ...]
_ADVICE = "Stop Schakelplan. Bewaar het bestand. Zet een back-up terug in een lege database: planner restore BESTAND."
_UNREADABLE = f"De gegevens kunnen niet helemaal worden gelezen. {_ADVICE}"
_STATES = {
    SchemaState.EMPTY: "De database is leeg.",
    SchemaState.FOREIGN: "In de database staan tabellen van een ander programma.",
    SchemaState.NEWER: "De database is gemaakt door een nieuwere versie van Schakelplan; die moet hem controleren.",
}


def verify_file(path: Path) -> tuple[Problems, Manifest | None]:
    """Return what is wrong with a backup, and what it is when it can be read."""
    try:
        with backupfile.opened(path) as (manifest, found):
            backupfile.check_tables(manifest, found)
    except PlannerError as error:
        return (str(error),), None
    return (), manifest


def verify_database(url: str) -> tuple[Problems, int]:
    """Return what is wrong with the database at `url`, and how many rows were read."""
    try:
        parsed = parse_url(url)
        if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
            return (f"Het bestand {parsed.database} is er niet. Controleer DATABASE_URL en PLANNER_DATA.",), 0
        engine = open_engine(url)
    except PlannerError as error:
        return (str(error),), 0
    try:
        return _examine(engine)
    except PlannerError as error:
        return (str(error),), 0
    # Damage inside a row shows in many ways: text that is no UTF-8, no JSON, no date, no word that we know.
    except (SQLAlchemyError, sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, OverflowError):
        return (_UNREADABLE,), 0
    finally:
        engine.dispose()


def _examine(engine: Engine) -> tuple[Problems, int]:
    with engine.connect() as connection:
        if found := tuple(file_problems(connection)):
            return (*found, _ADVICE), 0
        state = state_of(connection)
        if state in _STATES:
            return (_STATES[state],), 0
        rows = read_everything(connection)
        rules = rule_problems(connection) if state is SchemaState.CURRENT else ()
        return (*reference_problems(connection), *rules), rows
