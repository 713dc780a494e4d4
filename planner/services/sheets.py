"""The four sheets of an event: what the print templates get."""

from datetime import datetime
from typing import Any

from planner.domain.rights import Right
from planner.errors import NotFoundError
from planner.services import invitations, routesheets
from planner.services.eventpage import event_view
from planner.services.guarding import allowed
from planner.services.workspace import Workspace

SHEETS = ("draaiboek", "stappenplan", "ruimtes", "uitnodigingen")  # of any activity
_KNOWN = (*SHEETS, *routesheets.TITLES)  # where people go round in groups there are more


def known(sheet: str) -> str:
    """Return the name of a sheet; NotFoundError for any other word."""
    if sheet not in _KNOWN:
        raise NotFoundError(f'Er is geen blad "{sheet[:30]}". Kies uit: {", ".join(_KNOWN)}.')
    return sheet


@allowed(Right.SEE_YEAR)
def context(workspace: Workspace, event_id: str, sheet: str, *, person_id: str = "", now: datetime) -> dict[str, Any]:
    """Return the values for a sheet's template. With `person_id` the draaiboek marks that person's rows."""
    view = event_view(workspace, event_id, now=now, person_id=person_id)
    values: dict[str, Any] = {"view": view, "nu": now, "person": ""}
    if known(sheet) == "uitnodigingen":
        values["sheets"] = invitations.sheets(workspace, event_id)
    if sheet in routesheets.TITLES:
        values |= routesheets.values(workspace, event_id, sheet)
    if person_id:
        values["person"] = next((duty.person for duty in view.duties if duty.person_id == person_id), "")
    return values
