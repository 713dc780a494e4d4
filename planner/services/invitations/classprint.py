"""The invitations of a class or a whole activity in one go: sorted, each class under a list of what is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.errors import InputError
from planner.services.guarding import require, require_class
from planner.services.invitations import invitations, stale
from planner.services.invitations.pupilcodes import class_named
from planner.services.paper import check_fonts, check_glyphs, keep_print, rendered, stacked
from planner.services.progress import Progress
from planner.services.state import YearState, load_state
from planner.services.texts.wordings import DUTCH, all_words
from planner.services.views import InvitationSheet
from planner.services.workspace import Workspace

A5 = "a5"
PAPERS = {"a4": 1.0, A5: 0.7071}  # an A5 is half an A4, so its sides are the root of a half
EVERY, WRONG_ONLY = "alle", "fout"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLine:
    """One family on the list above a class."""

    household: str
    pupils: str
    language: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The list above the invitations of a class."""

    class_name: str
    title: str
    when: str
    lines: tuple[CoverLine, ...]
    unread: tuple[str, ...]


def check(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Refuse what cannot be printed, or is not for who asks: a mentor prints the own class, the whole needs more."""
    state = load_state(workspace)
    state.event(arguments["event_id"])
    if arguments["class_id"]:
        require_class(workspace, arguments["class_id"])
        class_named(state, arguments["class_id"])
    else:
        require(workspace, Right.SEE_YEAR)
    if arguments["paper"] not in PAPERS or arguments["which"] not in {EVERY, WRONG_ONLY}:
        raise InputError("Kies A4 of A5.")


def run(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, now: datetime) -> str:
    """Do the task `class.pdf`: keep the PDF and what was on it, and return the name to give it."""
    check_fonts(workspace)
    event_id = arguments["event_id"]
    groups = _groups(workspace, arguments)
    printed = [sheet for _, sheets in groups for sheet in sheets]
    if not printed:
        raise InputError("Er is niets om af te drukken.")
    check_glyphs(workspace, printed)
    covers = [workspace.render("print/voorblad.html", cover=cover, nu=now, paper=True) for cover, _ in groups]
    documents, order = stacked(workspace, printed, {"view": None, "klein": arguments["paper"] == A5})
    workspace.session.rollback()  # no transaction stays open while the pages are made
    body = rendered(
        workspace,
        (*covers, *documents),
        progress,
        order=_order(groups, len(covers), order),
        zoom=PAPERS[arguments["paper"]],
    )
    keep_print(workspace, arguments["task_id"], body)
    stale.note_printed(workspace, event_id, printed, now=now)
    return f"uitnodigingen-{event_id}.pdf"


def _order(
    groups: Sequence[tuple[Cover, Sequence[InvitationSheet]]], covers: int, order: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Return cover, sheets, cover, sheets: the pieces of the covers come first, those of the sheets after them."""
    found, at = [], 0
    for number, (_, sheets) in enumerate(groups):
        found.append((number, -1))
        found += ((piece + covers, own) for piece, own in order[at : at + len(sheets)])
        at += len(sheets)
    return tuple(found)


def _groups(workspace: Workspace, arguments: Mapping[str, Any]) -> list[tuple[Cover, list[InvitationSheet]]]:
    """Return the classes with their invitations; a family with pupils in two classes gets one, in the first."""
    state, event_id = load_state(workspace), arguments["event_id"]
    class_of = {pupil.id: pupil.class_id for pupil in state.school.pupils}
    invited = set(state.event(event_id).planned.pupil_ids)
    homes = {home.id: home for home in state.school.households}
    wrong = {line.household_id for line in stale.wrong(workspace, event_id)}
    found: dict[str, list[InvitationSheet]] = {}
    for sheet in invitations.sheets(workspace, event_id):
        classes = [class_of[each] for each in homes[sheet.household_id].pupil_ids if each in invited]
        wanted = arguments["class_id"] in classes if arguments["class_id"] else True
        if wanted and (arguments["which"] == EVERY or sheet.household_id in wrong):
            found.setdefault(arguments["class_id"] or classes[0], []).append(replace(sheet, colour=arguments["colour"]))
    return [
        (_cover(workspace, state, event_id, each.name, found[each.id]), found[each.id])
        for each in state.school.classes
        if each.id in found
    ]


def _cover(
    workspace: Workspace, state: YearState, event_id: str, name: str, sheets: Sequence[InvitationSheet]
) -> Cover:
    event, every = state.event(event_id), all_words(workspace)
    spoken = {sheet.language for sheet in sheets} - {DUTCH}
    return Cover(
        class_name=name,
        title=event.occurrence.title,
        when=invitations.date_of(event, workspace.languages[DUTCH].babel),
        lines=tuple(
            CoverLine(
                household=sheet.household,
                pupils=" en ".join(sheet.pupils),
                language=sheet.language_name,
                made="zelf gemaakt" if sheet.self_made else "standaard",
            )
            for sheet in sheets
        ),
        unread=tuple(sorted(every[code].language.name for code in spoken if every[code].unchecked)),
    )
