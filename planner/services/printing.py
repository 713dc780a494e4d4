"""Sheets as PDF: rendered in the worker, kept until they are fetched."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from planner.errors import InputError
from planner.exports.fonts import missing_fonts, missing_glyphs
from planner.exports.pdf import render_pdf
from planner.services import sheets
from planner.services.progress import Progress, nobody
from planner.services.state import load_state
from planner.services.views import InvitationSheet
from planner.services.workspace import Workspace

FAMILIES_AT_ONCE = 20  # measured: small parts keep memory flat and cost no time


def check_fonts(workspace: Workspace) -> None:
    """Refuse to print without the fonts; InputError."""
    missing = missing_fonts(workspace.fonts_dir)
    if missing:
        raise InputError(f"Lettertypen ontbreken ({', '.join(missing[:3])}). Voer eerst 'make fonts' uit.")


def check_glyphs(workspace: Workspace, printed: tuple[InvitationSheet, ...]) -> None:
    """Refuse an invitation with a character no font has; InputError names language and character."""
    for sheet in {sheet.language: sheet for sheet in printed}.values():
        text = " ".join((*sheet.own.values(), sheet.date_own, *sheet.about_own))
        missing = missing_glyphs(text, sheet.language, folder=workspace.fonts_dir)
        if missing:
            raise InputError(f"Voor {sheet.language_name} ontbreekt een letter: {' '.join(missing)}.")


def _parts(workspace: Workspace, sheet: str, values: dict[str, Any]) -> Iterator[str]:
    """Yield the HTML of a sheet; of invitations some families at a time."""
    template = f"print/{sheet}.html"
    if sheet != "uitnodigingen":
        yield workspace.render(template, **values, paper=True)
        return
    printed: tuple[InvitationSheet, ...] = values["sheets"]
    check_glyphs(workspace, printed)
    for start in range(0, max(1, len(printed)), FAMILIES_AT_ONCE):
        part = printed[start : start + FAMILIES_AT_ONCE]
        yield workspace.render(template, **{**values, "sheets": part}, paper=True)


def sheet_pdf(
    workspace: Workspace,
    event_id: str,
    sheet: str,
    *,
    person_id: str = "",
    now: datetime,
    progress: Progress = nobody,
) -> bytes:
    """Return a sheet of an event as PDF. InputError when fonts or glyphs are missing."""
    check_fonts(workspace)
    values = sheets.context(workspace, event_id, sheet, person_id=person_id, now=now)
    total = -(-len(values.get("sheets", ())) // FAMILIES_AT_ONCE) or 1
    parts = list(_parts(workspace, sheet, values))
    workspace.session.rollback()  # no transaction stays open while the pages are made

    def tell(done: int) -> None:
        progress(done, total, "De bladen opmaken")

    return render_pdf(parts, css=workspace.print_css, fonts_dir=workspace.fonts_dir, tell=tell)


def check_print(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Refuse what cannot be printed before it is put in line; NotFoundError for an unknown event, sheet or person."""
    state = load_state(workspace)
    state.event(arguments["event_id"])
    sheets.known(arguments["sheet"])
    if arguments["person_id"]:
        state.person(arguments["person_id"])


def run_print(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, now: datetime) -> str:
    """Do the task `event.pdf`: keep the PDF under the task's id and return the name to give it."""
    event_id, sheet = arguments["event_id"], arguments["sheet"]
    body = sheet_pdf(workspace, event_id, sheet, person_id=arguments["person_id"], now=now, progress=progress)
    keep_print(workspace, arguments["task_id"], body)
    return f"{event_id}-{sheet}.pdf"


def keep_print(workspace: Workspace, task_id: str, body: bytes) -> None:
    """Keep a PDF under its task's id, whole or not at all."""
    workspace.prints_dir.mkdir(parents=True, exist_ok=True)
    path = workspace.prints_dir / f"{task_id}.pdf"
    partial = path.with_suffix(".part")
    partial.write_bytes(body)
    partial.replace(path)
