"""Invitations that were printed and are not right any more: the day, the time or the place changed since."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.domain.evenings import MOST_EVENINGS, evening_id, root_of
from planner.services.invitations import invitations
from planner.services.state import load_state
from planner.services.views import InvitationSheet
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import PrintedRow

FACTS = {
    "date_digits": "de dag",
    "time": "de tijd",
    "place": "de plek",
    "event_title": "de naam",
    "school": "de school",
}
NO_EVENING = "er is geen avond meer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A family with a printed invitation that is wrong now: what changed, from what to what."""

    household_id: str
    household: str
    class_ids: frozenset[str]
    changes: tuple[tuple[str, str, str], ...]
    printed_at: datetime


def _facts(sheet: InvitationSheet) -> dict[str, str]:
    return {name: getattr(sheet, name) for name in FACTS}


def note_printed(workspace: Workspace, event_id: str, sheets: Iterable[InvitationSheet], *, now: datetime) -> None:
    """Remember the facts on invitations that were printed."""
    with writing(workspace.session):
        for sheet in sheets:
            key = (event_id, sheet.household_id)
            row = workspace.session.get(PrintedRow, key) or PrintedRow(
                event_id=event_id, household_id=sheet.household_id
            )
            row.facts, row.at = json.dumps(_facts(sheet), ensure_ascii=False, sort_keys=True), now
            workspace.session.add(row)


def _last_printed(workspace: Workspace, event_id: str) -> list[PrintedRow]:
    """Return what each family was given last for any evening of an activity."""
    evenings = [evening_id(root_of(event_id), number) for number in range(1, MOST_EVENINGS + 1)]
    rows = workspace.session.scalars(
        select(PrintedRow)
        .where(PrintedRow.event_id.in_(evenings))
        .order_by(PrintedRow.at, PrintedRow.event_id, PrintedRow.household_id)
    )
    return list({row.household_id: row for row in rows}.values())


def wrong(workspace: Workspace, event_id: str) -> tuple[Wrong, ...]:
    """Return the families of an activity whose printed invitation is not right any more.

    A family that comes on another evening of it than before has paper of that one.
    """
    rows = _last_printed(workspace, event_id)
    if not rows:
        return ()
    state = load_state(workspace)
    event = state.event(event_id)
    invited = set(event.planned.pupil_ids)
    homes = {home.id: home for home in state.school.households if invited.intersection(home.pupil_ids)}
    class_of = {pupil.id: pupil.class_id for pupil in state.school.pupils}
    found = []
    for row in rows:
        home = homes.get(row.household_id)
        if home is None:
            continue
        before = json.loads(row.facts)
        if state.runbook(event_id).gathers:
            after = _facts(invitations.sheet_for(workspace, state, event, home, url=""))
        else:
            after = before | {"time": NO_EVENING}
        changes = tuple((FACTS[name], before[name], after[name]) for name in FACTS if before[name] != after[name])
        if changes:
            found.append(
                Wrong(
                    household_id=home.id,
                    household=home.name,
                    class_ids=frozenset(class_of[pupil_id] for pupil_id in home.pupil_ids),
                    changes=changes,
                    printed_at=row.at,
                )
            )
    return tuple(sorted(found, key=lambda line: (line.household.casefold(), line.household_id)))
