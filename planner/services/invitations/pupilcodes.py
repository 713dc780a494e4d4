"""A pupil's code for the workshop: short, read aloud, of one pupil only; kept as a hash and made again from the key."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.families.shortcode import BASE, from_number, is_valid, normalise, shown
from planner.domain.school import Pupil
from planner.errors import InputError, NotFoundError
from planner.services.guarding import allowed, require_class
from planner.services.limiting import refuse_guesser
from planner.services.state import YearState, load_state
from planner.services.tokens import hash_token
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import PupilCodeRow

LENGTH = 9  # 36 bits and a check character; who guesses is stopped long before
DOOR = "pupil"
WRONG = "Deze code klopt niet. Kijk goed en typ hem nog een keer. Of vraag je mentor om hulp."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLine:
    """One pupil's strip on the sheet of a class; `code` as it is read aloud, empty when it must still be made."""

    pupil_id: str
    name: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSheet:
    """The codes of a class, and where to go with them."""

    class_id: str
    class_name: str
    address: str
    lines: tuple[CodeLine, ...]


def _code(workspace: Workspace, pupil_id: str, generation: int) -> str:
    message = f"pupil-code|{generation}|{pupil_id}".encode()
    digest = hmac.digest(workspace.secret_key.encode(), message, "sha256")
    return from_number(int.from_bytes(digest, "big") % BASE ** (LENGTH - 1), length=LENGTH)


def hash_of(code: str) -> str:
    """Return what is kept of a code."""
    return hash_token(f"pupil-code|{code}")


def class_named(state: YearState, class_id: str) -> str:
    """Return the name of a class; NotFoundError when it is not there."""
    found = next((each.name for each in state.school.classes if each.id == class_id), None)
    if found is None:
        raise NotFoundError("Deze klas is er niet.")
    return found


def _pupils(workspace: Workspace, class_id: str) -> tuple[str, list[Pupil]]:
    """Return the name of a class and its pupils, for who may see them."""
    require_class(workspace, class_id)
    state = load_state(workspace)
    return class_named(state, class_id), [pupil for pupil in state.school.pupils if pupil.class_id == class_id]


def _good(workspace: Workspace) -> Mapping[str, str]:
    """Return the codes that work, by pupil: made, and with the key of today."""
    rows = workspace.session.scalars(select(PupilCodeRow))
    codes = ((row, _code(workspace, row.pupil_id, row.generation)) for row in rows)
    return {row.pupil_id: code for row, code in codes if row.code_hash == hash_of(code)}


@allowed(Right.SEE_FAMILIES)
def sheet(workspace: Workspace, class_id: str) -> CodeSheet:
    """Return the codes of a class; a printed one stays the same."""
    name, pupils = _pupils(workspace, class_id)
    codes = _good(workspace)
    lines = tuple(
        CodeLine(
            pupil_id=pupil.id,
            name=f"{pupil.first_name} {pupil.last_name}".strip(),
            code=shown(codes[pupil.id]) if pupil.id in codes else "",
        )
        for pupil in pupils
    )
    return CodeSheet(class_id=class_id, class_name=name, address=f"{workspace.public_url}/u", lines=lines)


@allowed(Right.SEE_FAMILIES)
def make(workspace: Workspace, class_id: str) -> None:
    """Make a code for each pupil of a class who has none that works."""
    _, pupils = _pupils(workspace, class_id)
    with writing(workspace.session):
        good = _good(workspace)
        for pupil in pupils:
            if pupil.id not in good:
                row = workspace.session.get(PupilCodeRow, pupil.id) or PupilCodeRow(pupil_id=pupil.id, generation=1)
                row.code_hash = hash_of(_code(workspace, pupil.id, row.generation))
                workspace.session.add(row)


@allowed(Right.SEE_FAMILIES)
def renew(workspace: Workspace, pupil_id: str) -> str:
    """Give a pupil another code, for instance when somebody else saw it; return the class. The old one ends at once."""
    state = load_state(workspace)
    pupil = next((each for each in state.school.pupils if each.id == pupil_id), None)
    if pupil is None:
        raise NotFoundError("Deze leerling is er niet.")
    require_class(workspace, pupil.class_id)
    with writing(workspace.session):
        row = workspace.session.get(PupilCodeRow, pupil_id) or PupilCodeRow(pupil_id=pupil_id, generation=0)
        row.generation += 1
        row.code_hash = hash_of(_code(workspace, pupil_id, row.generation))
        workspace.session.add(row)
    return pupil.class_id


def enter(workspace: Workspace, typed: str, *, address: str, now: datetime) -> str:
    """Return the hash of a code that somebody typed, to stay in with; InputError when it is none of a pupil.

    Who guesses is refused by failures alone: a whole computer room has one address.
    """
    code = normalise(typed)
    refuse_guesser(workspace.failures, DOOR, address, now=now)
    if not is_valid(code, length=LENGTH):  # a mistake in copying, caught by its last character: not a guess
        raise InputError(WRONG)
    found = workspace.session.scalar(select(PupilCodeRow.pupil_id).filter_by(code_hash=hash_of(code)))
    if found is None:
        workspace.failures.note(DOOR, address, now=now)
        raise InputError(WRONG)
    return hash_of(code)


def pupil_behind(workspace: Workspace, code_hash: str) -> Pupil:
    """Return the pupil of a code; NotFoundError when it was ended or the pupil is gone."""
    pupil_id = workspace.session.scalar(select(PupilCodeRow.pupil_id).filter_by(code_hash=code_hash))
    pupil = next((each for each in load_state(workspace).school.pupils if each.id == pupil_id), None)
    if pupil is None:
        raise NotFoundError("Je code werkt niet meer. Vraag je mentor om een nieuwe.")
    return pupil
