"""What the reader is told when the database itself is in the way: busy, full, broken or gone."""

import sqlite3

from psycopg import OperationalError as PostgresOperationalError
from psycopg import errors as postgres
from sqlalchemy import ExceptionContext

from planner.errors import UnavailableError

BUSY = "De gegevens zijn nu in gebruik door een andere bewerking. Probeer het over een paar seconden opnieuw."
FULL = "De schijf is vol: er kan nu niets worden opgeslagen. Wat al was opgeslagen, is er nog. Maak ruimte vrij."
UNREADABLE = "De gegevens kunnen niet worden gelezen of geschreven. Controleer de schijf en de rechten van de map."
BROKEN = "Het bestand met de gegevens is beschadigd of geen bestand van Schakelplan. Zet een back-up terug."
GONE = "De database is niet bereikbaar. Probeer het over een paar seconden opnieuw."
SLOW = "Deze bewerking duurde te lang en is afgebroken. Er is niets veranderd."

_PRIMARY_CODE = 0xFF  # SQLite keeps the kind of an error in its lowest byte, the detail above it
_SQLITE_SENTENCES = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: UNREADABLE,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: UNREADABLE,
    sqlite3.SQLITE_PERM: UNREADABLE,
    sqlite3.SQLITE_CORRUPT: BROKEN,
    sqlite3.SQLITE_NOTADB: BROKEN,
}
_POSTGRES_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (postgres.LockNotAvailable, BUSY),
    (postgres.DiskFull, FULL),
    (postgres.QueryCanceled, SLOW),
    (postgres.IoError, UNREADABLE),
)
# Classes of SQLSTATE for a server that is gone, going or too busy to talk: appendix A of PostgreSQL's manual.
_POSTGRES_GONE = ("08", "53", "57P")


def explain_failure(context: ExceptionContext, *, is_reading: bool) -> Exception | None:
    """Return the error to raise instead of the driver's one, None to leave that as it is.

    `is_reading` says that the statement ran in a transaction that may only read; then a refused change is
    a mistake in the program, not something a reader can act on.
    """
    error = context.original_exception
    if is_reading and _is_refused_change(error):
        return RuntimeError(f"this changes the database outside writing(): {context.statement}")
    sentence = _sentence_for(error)
    return UnavailableError(sentence) if sentence else None


def is_busy(error: sqlite3.Error) -> bool:
    """Return whether SQLite refused because someone else is at work in the file."""
    return _sqlite_code(error) == sqlite3.SQLITE_BUSY


def _sqlite_code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)  # missing on errors of the driver itself
    return code & _PRIMARY_CODE


def _is_refused_change(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return _sqlite_code(error) == sqlite3.SQLITE_READONLY
    return isinstance(error, postgres.ReadOnlySqlTransaction)


def _sentence_for(error: BaseException) -> str:
    if isinstance(error, sqlite3.Error):
        return _SQLITE_SENTENCES.get(_sqlite_code(error), "")
    for kind, sentence in _POSTGRES_SENTENCES:
        if isinstance(error, kind):
            return sentence
    # An error without a code comes from a connection that was refused or lost.
    if isinstance(error, PostgresOperationalError) and (error.sqlstate or "08").startswith(_POSTGRES_GONE):
        return GONE
    return ""
