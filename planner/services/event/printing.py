"""Sheets as PDF: rendered in the worker, kept until they are fetched."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from planner.services.event import sheets
from planner.services.invitations import invitations, stale
from planner.services.paper import Order, check_fonts, check_glyphs, keep_print, rendered, stacked
from planner.services.progress import Progress, nobody
from planner.services.workspace import Workspace

AT_ONCE = 10  # pages of a sheet in one document: one with a plan takes up to a second, a document 20 and no more


def sheet_pdf(
    workspace: Workspace,
    event_id: str,
    sheet: str,
    *,
    only: str = "",
    now: datetime,
    progress: Progress = nobody,
) -> bytes:
    """Return a sheet of an event as PDF, with `only` for that person or talk.

    NotFoundError as `sheets.check`; InputError when fonts or glyphs are missing, or a page takes too much.
    """
    check_fonts(workspace)
    values = sheets.context(workspace, event_id, sheet, only=only, now=now)
    documents, order = _documents(workspace, sheet, values)
    workspace.session.rollback()  # no transaction stays open while the pages are made
    return rendered(workspace, documents, progress, order=order)


def _documents(workspace: Workspace, sheet: str, values: Mapping[str, Any]) -> tuple[tuple[str, ...], Order]:
    if sheet == "uitnodigingen":
        check_glyphs(workspace, values["sheets"])
        return stacked(workspace, values["sheets"], values)
    if sheet == "afspraken":
        check_glyphs(workspace, tuple(card.sheet for card in values["cards"]))
    parts = _parts(values, sheets.known(sheet).cut)
    return tuple(workspace.render(sheets.template_of(sheet), **part, paper=True) for part in parts), ()


def _parts(values: Mapping[str, Any], cut: str) -> Iterator[Mapping[str, Any]]:
    """Yield the values of a sheet with so many pages at a time; one that is no page for each item stays whole."""
    every = values[cut] if cut else ()
    for start in range(0, len(every) or 1, AT_ONCE):
        yield {**values, cut: every[start : start + AT_ONCE]} if cut else values


def check_print(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Refuse what cannot be printed before it is put in line; NotFoundError as `sheets.check`."""
    sheets.check(workspace, arguments["event_id"], arguments["sheet"], arguments["only"])


def run_print(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, now: datetime) -> str:
    """Do the task `event.pdf`: keep the PDF under the task's id and return the name to give it.

    The worker sees every class, so a mentor's print is limited to the classes that stand in its arguments.
    """
    event_id, sheet = arguments["event_id"], arguments["sheet"]
    mine = limited(workspace, arguments["classes"])
    body = sheet_pdf(mine, event_id, sheet, only=arguments["only"], now=now, progress=progress)
    keep_print(workspace, arguments["task_id"], body)
    if sheet == "uitnodigingen":
        stale.note_printed(workspace, event_id, invitations.sheets(workspace, event_id), now=now)
    return f"{event_id}-{sheet}.pdf"


def limited(workspace: Workspace, classes: list[str] | None) -> Workspace:
    """Return the workspace for these classes only; None is all of them."""
    if classes is None:
        return workspace
    return replace(workspace, actor=replace(workspace.actor, class_ids=frozenset(classes)))
