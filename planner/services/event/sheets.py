"""The sheets of an event: which there are, and what the print templates get."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.runbook import Kind
from planner.errors import NotFoundError
from planner.services.event.eventpage import event_view
from planner.services.guarding import allowed
from planner.services.invitations import invitations
from planner.services.people import ownevening
from planner.services.rooms import corners, floorplans, roomsheets
from planner.services.routes import routesheets
from planner.services.state import load_state
from planner.services.workspace import Workspace

# By id: what it is called, and what it is for.
TITLES: Mapping[str, tuple[str, str]] = {
    "draaiboek": ("Draaiboek", "De avond van minuut tot minuut."),
    "stappenplan": ("Stappenplan", "Een lijst om af te vinken."),
    "ruimtes": ("Ruimtes", "Wie zit waar."),
    "uitnodigingen": ("Uitnodigingen", "Een blad voor elk gezin."),
    "plattegrond": ("Plattegrond", "Wat is waar, elke keer dat er iets verhuist."),
    "ruimterooster": ("Ruimterooster", "Elke ruimte, van begin tot eind."),
    "hoeken": ("Hoeken", "De loopbaanlokalen van binnen."),
    "eigen-avond": ("Eigen avond", "Een blad voor iedereen die helpt, met de weg."),
    "deurborden": ("Deurborden", "Een bord voor elke deur, in de talen die komen."),
    "taalkaarten": ("Taalkaarten", "‘Ik spreek …’, in de eigen letters."),
}
SHEETS = tuple(TITLES)
_KNOWN = (*SHEETS, *routesheets.TITLES)  # where people go round in groups there are more
_OF_AN_EVENING = ("plattegrond", "ruimterooster", "hoeken", "eigen-avond", "deurborden", "taalkaarten")


def known(sheet: str) -> str:
    """Return the name of a sheet; NotFoundError for any other word."""
    if sheet not in _KNOWN:
        raise NotFoundError(f'Er is geen blad "{sheet[:30]}". Kies uit: {", ".join(_KNOWN)}.')
    return sheet


@allowed(Right.SEE_YEAR)
def offered(workspace: Workspace, event_id: str) -> tuple[tuple[str, str, str], ...]:
    """Return the sheets that say something about an event: (id, title, what it is for).

    A round of conversations has no rooms, and only a market has corners.
    """
    state = load_state(workspace)
    without = set(_OF_AN_EVENING) if state.runbook(event_id).kind is Kind.CONVERSATION else set()
    if not corners.sectors(state, event_id):
        without.add("hoeken")
    return tuple((sheet, *words) for sheet, words in TITLES.items() if sheet not in without)


_MORE: Mapping[str, Callable[[Workspace, str, str], Mapping[str, Any]]] = {
    "uitnodigingen": lambda ws, event_id, _: {"sheets": invitations.sheets(ws, event_id)},
    "plattegrond": lambda ws, event_id, _: {"pages": floorplans.sheets(ws, event_id)},
    "ruimterooster": lambda ws, event_id, _: {"grid": roomsheets.room_grid(ws, event_id)},
    "hoeken": lambda ws, event_id, _: {"rooms": corners.rooms(ws, event_id)},
    "eigen-avond": lambda ws, event_id, person_id: {"evenings": ownevening.evenings(ws, event_id, person_id)},
    "deurborden": lambda ws, event_id, _: {"signs": roomsheets.door_signs(ws, event_id)},
    "taalkaarten": lambda ws, event_id, _: {"cards": roomsheets.language_cards(ws, event_id)},
}


def context(workspace: Workspace, event_id: str, sheet: str, *, person_id: str = "", now: datetime) -> dict[str, Any]:
    """Return the values for a sheet's template. With `person_id` it is for that person, where a sheet can be."""
    view = event_view(workspace, event_id, now=now, person_id=person_id)
    values: dict[str, Any] = {"view": view, "nu": now, "person": ""}
    if known(sheet) in _MORE:
        values |= _MORE[sheet](workspace, event_id, person_id)
    if sheet in routesheets.TITLES:
        values |= routesheets.values(workspace, event_id, sheet)
    if person_id:
        values["person"] = next((duty.person for duty in view.duties if duty.person_id == person_id), "")
    return values
