"""The door of a new installation: open while there is no school, for whoever can read the server's screen."""

import hashlib
import hmac
from datetime import datetime

from planner.domain.families import shortcode
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.limiting import network_of, refuse_guesser
from planner.services.workspace import Workspace
from planner.storage.records import has_school

DOOR = "begin"
CODE_LENGTH = 12  # 23 ** 11 codes, which is 49 bits, behind a limiter
CLOSED = "Er is al een school ingericht. Vraag de LOB-coördinator om toegang."


def is_open(workspace: Workspace) -> bool:
    """Return whether a school can still be set up here."""
    return not has_school(workspace.session)


def require_open(workspace: Workspace) -> None:
    """Raise NotFoundError when there is a school."""
    if not is_open(workspace):
        raise NotFoundError(CLOSED)


def still_open(workspace: Workspace) -> None:
    """Raise ConflictError when somebody else made a school meanwhile; inside the transaction that makes one."""
    if not is_open(workspace):
        raise ConflictError("Iemand anders heeft intussen een school ingericht. Er is niets veranderd.")


def setup_code(workspace: Workspace) -> str:
    """Return the code that opens the wizard: it follows from the installation's key, so every process knows it.

    It is worth nothing any more from the moment there is a school.
    """
    digest = hmac.digest(workspace.secret_key.encode(), b"first run", hashlib.sha256)
    number = int.from_bytes(digest, "big") % shortcode.BASE ** (CODE_LENGTH - 1)
    return shortcode.from_number(number, length=CODE_LENGTH)


def is_code(workspace: Workspace, text: str) -> bool:
    """Return whether this is the code, however it was typed."""
    return hmac.compare_digest(shortcode.normalise(text).encode(), setup_code(workspace).encode())


def take_code(workspace: Workspace, text: str, *, address: str, now: datetime) -> str:
    """Return the code that somebody typed, in its own shape.

    NotFoundError when there is a school already, TooManyError for who guesses, InputError for another code.
    """
    require_open(workspace)
    guesser = network_of(address)
    refuse_guesser(workspace.failures, DOOR, guesser, now=now)
    if not is_code(workspace, text):
        workspace.failures.note(DOOR, guesser, now=now)
        raise InputError("Deze code is het niet. De code staat in het venster waarin Schakelplan is gestart.")
    return setup_code(workspace)
