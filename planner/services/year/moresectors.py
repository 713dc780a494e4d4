"""Sectors that a school shows besides those of the runbook, each with a room and people of its own."""

import re
from collections.abc import Iterable
from dataclasses import replace

from planner.domain.access.rights import Right
from planner.domain.evenings import root_of
from planner.domain.event import sectors_of
from planner.domain.school import School
from planner.errors import InputError
from planner.services.guarding import allowed
from planner.services.staffing.staffing import assign
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.schools import save_held

LONGEST = 40  # characters: it has to fit on the sign of a door
_NAME = re.compile(r"[^\W_]+(?:[ &,'-]+[^\W_]+)*")


def _sector(text: str) -> str:
    name = " ".join(text.split())
    if not _NAME.fullmatch(name) or len(name) > LONGEST:
        raise InputError(f"Geef elke sector een naam van hooguit {LONGEST} letters.")
    return name


@allowed(Right.PLAN)
def add_sectors(workspace: Workspace, event_id: str, names: Iterable[str]) -> None:
    """Show these sectors more, each with a room and people of its own. InputError for an odd name or one too many."""
    state = load_state(workspace)
    state.event(event_id)
    root, wanted = root_of(event_id), [_sector(name) for name in names]
    shown = sectors_of(state.runbook(event_id), state.school, event_id)
    every = [name.casefold() for name in (*shown, *wanted)]
    if len(set(every)) < len(every):
        raise InputError("Deze sector is er al. Kies een andere naam.")
    more = (*state.school.more_sectors.get(root, ()), *wanted)
    _show(workspace, state, replace(state.school, more_sectors={**state.school.more_sectors, root: more}))


@allowed(Right.PLAN)
def drop_sectors(workspace: Workspace, event_id: str) -> None:
    """Show the sectors of the runbook only; what was planned for others waits."""
    state = load_state(workspace)
    state.event(event_id)
    _show(workspace, state, replace(state.school, more_sectors={**state.school.more_sectors, root_of(event_id): ()}))


def _show(workspace: Workspace, state: YearState, school: School) -> None:
    session = workspace.session
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_held(session, school)
        assign(workspace)
