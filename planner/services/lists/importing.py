"""Lists coming in: kept as a preview, applied whole or not at all, and undone as one action."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from sqlalchemy import CursorResult, delete, select, update

from planner.domain.access.rights import Right
from planner.errors import InputError, NotFoundError
from planner.imports.columns import Kind, Mapped, Sheet, find_sheet, map_columns, plain
from planner.imports.known import COLUMNS, TITLES
from planner.imports.matching import Outcome, match
from planner.imports.reading import read_table
from planner.imports.records import Problem, read_records
from planner.imports.tables import Line
from planner.services.guarding import allowed
from planner.services.lists.applying import store_outcome, summary_of
from planner.services.lists.vocabulary import Vocabulary, read_vocabulary
from planner.services.views import ImportLine, TransferView
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.imports import changes, load_choices, save_choice, snapshot, take_back
from planner.storage.models import AuditRow, ImportRow, ImportState
from planner.storage.records import bump_revision

KINDS = tuple(kind.value for kind in Kind)
PREVIEW_LIVES = timedelta(hours=24)  # the rows of a list hold names, so they do not lie about
UNDO_LIVES = timedelta(days=7)
MOST_NAME = 80
SHOWN_PROBLEMS = 10  # in one sentence of an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A list that waits, with what it would do to the school at this moment."""

    id: str
    kind: Kind
    file_name: str
    sheet: Sheet
    new_classes: bool
    mapped: Mapped
    vocabulary: Vocabulary
    records: int
    outcome: Outcome
    problems: tuple[Problem, ...]


def kind_of(text: str) -> Kind:
    """Return the kind of list; InputError for another word."""
    try:
        return Kind(text)
    except ValueError:
        raise InputError(f"Kies waar de lijst over gaat: {', '.join(Kind)}.") from None


@allowed(Right.SETTINGS)
def receive(workspace: Workspace, body: bytes, *, name: str, kind: str, who: str, now: datetime) -> str:
    """Keep a file as a preview and return its id. Nothing of the school changes. InputError for an odd file."""
    what = kind_of(kind)
    table = read_table(body, name=name, sheet=TITLES[what])
    sheet = find_sheet(table, COLUMNS[what])
    if not sheet.lines:
        raise InputError("In dit bestand staat alleen een kop en geen rijen. Exporteer de lijst nog eens.")
    session = workspace.session
    row = ImportRow(
        id=secrets.token_urlsafe(16),
        kind=what,
        file_name=PurePath(name.replace("\\", "/")).name[:MOST_NAME],
        state=ImportState.PREVIEW,
        content=_kept(sheet),
        undo={},
        summary="",
        who=who,
        created_at=now,
    )
    with writing(session):
        session.add(row)
    return row.id


def _kept(sheet: Sheet) -> dict[str, Any]:
    return {
        "header": list(sheet.header),
        "lines": [[line.number, *line.cells] for line in sheet.lines],
        "shape": sheet.shape,
        "banned": sorted(sheet.banned),
        "new_classes": False,
    }


def _sheet(content: Mapping[str, Any]) -> Sheet:
    return Sheet(
        header=tuple(content["header"]),
        lines=tuple(Line(number, tuple(cells)) for number, *cells in content["lines"]),
        shape=content["shape"],
        banned=frozenset(content["banned"]),
    )


def _waiting(workspace: Workspace, import_id: str, now: datetime) -> ImportRow:
    row = workspace.session.get(ImportRow, import_id)
    if row is None or row.state != ImportState.PREVIEW or row.created_at + PREVIEW_LIVES <= now:
        raise NotFoundError("Deze lijst staat niet meer klaar. Lees het bestand opnieuw in.")
    return row


def read_draft(workspace: Workspace, import_id: str, *, now: datetime) -> Draft:
    """Return what a waiting list would do; NotFoundError when it does not wait (any more)."""
    row = _waiting(workspace, import_id, now)
    kind, sheet, new_classes = Kind(row.kind), _sheet(row.content), bool(row.content["new_classes"])
    mapped = map_columns(sheet, COLUMNS[kind], chosen=load_choices(workspace.session, kind))
    vocabulary = read_vocabulary(workspace)
    records, problems = read_records(kind, sheet, mapped, vocabulary.names)
    outcome = match(kind, records, vocabulary.stored, new_classes=new_classes)
    found = sorted((*problems, *outcome.problems), key=lambda problem: problem.row)
    if not found and not records:
        found = [Problem(0, "", "In de gekozen kolommen staat niets. Controleer welke kolom wat is.")]
    return Draft(
        id=row.id,
        kind=kind,
        file_name=row.file_name,
        sheet=sheet,
        new_classes=new_classes,
        mapped=mapped,
        vocabulary=vocabulary,
        records=len(records),
        outcome=outcome,
        problems=tuple(found),
    )


@allowed(Right.SETTINGS)
def choose_columns(
    workspace: Workspace, import_id: str, chosen: Mapping[int, str], *, new_classes: bool, now: datetime
) -> None:
    """Remember which column is what, by its place; InputError when two are the same or one is unknown.

    What we would take it for anyway is not remembered, so that a better guess of ours counts later.
    """
    session = workspace.session
    with writing(session):
        row = _waiting(workspace, import_id, now)
        kind, sheet = Kind(row.kind), _sheet(row.content)
        titles = {column.id: column.title for column in COLUMNS[kind]}
        used = [column for column in chosen.values() if column]
        if not set(used) <= set(titles):
            raise InputError("Een van de gekozen kolommen kennen we niet. Laad de pagina opnieuw.")
        double = next((column for column in used if used.count(column) > 1), None)
        if double:
            raise InputError(f"Twee kolommen zijn allebei '{titles[double]}'. Kies er één.")
        guessed = {place: column for column, place in map_columns(sheet, COLUMNS[kind], chosen={}).items()}
        for place, header in enumerate(sheet.header):
            if place in chosen and place not in sheet.banned and plain(header):
                same = chosen[place] == guessed.get(place, "")
                save_choice(session, kind, plain(header), None if same else chosen[place])
        row.content = {**row.content, "new_classes": new_classes}


@allowed(Right.SETTINGS)
def apply(
    workspace: Workspace, import_id: str, *, seen: int | None, delete_vanished: bool, who: str, now: datetime
) -> str:
    """Bring a waiting list into the school, whole or not at all, and return a sentence about it.

    `seen` is the school's revision on the preview: ConflictError when the school changed since. InputError
    as long as there are problems. Whoever is not in the list stays, unless `delete_vanished`.
    """
    session = workspace.session
    with writing(session):
        bump_revision(session, seen=seen)
        draft = read_draft(workspace, import_id, now=now)
        if draft.problems:
            raise InputError(" ".join(problem.sentence for problem in draft.problems[:SHOWN_PROBLEMS]))
        before = snapshot(session)
        store_outcome(session, draft.kind, draft.vocabulary.stored, draft.outcome, delete_vanished=delete_vanished)
        row = _waiting(workspace, import_id, now)
        row.undo = changes(before, snapshot(session))
        row.summary = summary_of(draft.outcome, delete_vanished=delete_vanished)
        row.state, row.content, row.who, row.applied_at = ImportState.APPLIED, {}, who, now
        session.add(AuditRow(at=now, who=who, what=f"import.{draft.kind}", subject=row.summary))
        return f"{TITLES[draft.kind]} ingelezen: {row.summary}."


def _last(workspace: Workspace, now: datetime) -> ImportRow | None:
    """Return the last import that changed something, still stands and can be undone."""
    rows = workspace.session.scalars(
        select(ImportRow)
        .where(ImportRow.state == ImportState.APPLIED, ImportRow.applied_at > now - UNDO_LIVES)
        .order_by(ImportRow.applied_at.desc(), ImportRow.created_at.desc())
    )
    return next((row for row in rows if row.undo), None)


@allowed(Right.SETTINGS)
def undo(workspace: Workspace, *, who: str, now: datetime) -> str:
    """Take the last import back and return a sentence about it.

    NotFoundError when there is none; ConflictError when something of it was changed since.
    """
    session = workspace.session
    with writing(session):
        row = _last(workspace, now)
        if row is None:
            raise NotFoundError("Er is geen import die ongedaan gemaakt kan worden.")
        kind = Kind(row.kind)
        bump_revision(session)
        take_back(session, row.undo)
        row = session.get_one(ImportRow, row.id)
        row.state, row.undo = ImportState.UNDONE, {}
        session.add(AuditRow(at=now, who=who, what=f"import.undo.{kind}", subject=row.summary))
        return f"De import van {TITLES[kind].lower()} is ongedaan gemaakt. Alles is weer zoals ervoor."


@allowed(Right.SETTINGS)
def discard(workspace: Workspace, import_id: str) -> None:
    """Throw a waiting list away; nothing happens when it is already gone."""
    session = workspace.session
    waits = ImportRow.state == ImportState.PREVIEW
    with writing(session):
        session.execute(delete(ImportRow).where(ImportRow.id == import_id, waits))


@allowed(Right.SETTINGS)
def page(workspace: Workspace, *, now: datetime) -> TransferView:
    """Return what can come in, which lists wait, and the last import."""
    rows = workspace.session.scalars(
        select(ImportRow)
        .where(ImportRow.state == ImportState.PREVIEW, ImportRow.created_at > now - PREVIEW_LIVES)
        .order_by(ImportRow.created_at)
    )
    last = _last(workspace, now)
    line = (
        ImportLine(
            title=TITLES[Kind(last.kind)],
            file_name=last.file_name,
            summary=last.summary,
            who=last.who,
            at=last.applied_at or last.created_at,
        )
        if last
        else None
    )
    return TransferView(
        kinds=tuple((kind.value, TITLES[kind]) for kind in Kind),
        waiting=tuple((row.id, TITLES[Kind(row.kind)], row.file_name) for row in rows),
        last=line,
    )


def erase_old(workspace: Workspace, *, now: datetime) -> int:
    """Erase previews after a day, and what is kept to undo an import after a week; return how many."""
    session = workspace.session
    with writing(session):
        gone = session.execute(
            delete(ImportRow).where(ImportRow.state == ImportState.PREVIEW, ImportRow.created_at <= now - PREVIEW_LIVES)
        )
        session.execute(update(ImportRow).where(ImportRow.applied_at <= now - UNDO_LIVES).values(undo={}))
        return gone.rowcount if isinstance(gone, CursorResult) else 0
