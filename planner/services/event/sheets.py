"""Every sheet there is, in one register: what it is called, which event it says something about, and what it shows.

The pages, the printer and the export all draw from it, so that a new sheet is a line here and a template.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from planner.domain.access.rights import Right
from planner.domain.runbook import Kind
from planner.errors import NotFoundError
from planner.services.event.eventpage import event_view
from planner.services.guarding import allowed, require
from planner.services.invitations import invitations
from planner.services.people import ownevening
from planner.services.rooms import corners, floorplans, roomsheets
from planner.services.routes import routesheets
from planner.services.state import YearState, load_state
from planner.services.talks import talksheets
from planner.services.workspace import Workspace

Of = Literal["event", "rounds", "talks"]  # what a sheet is about: the event, its groups and rounds, its conversations
Values = Mapping[str, Any]


def _bare(_: Workspace, __: str, ___: str, ____: str) -> Values:
    return {}


def _rounds(workspace: Workspace, event_id: str, sheet: str, _: str) -> Values:
    return routesheets.values(workspace, event_id, sheet)


def _talks(workspace: Workspace, event_id: str, sheet: str, only: str) -> Values:
    return talksheets.values(workspace, event_id, sheet, only=only)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. `what` says what it is for; `values` are those of its template besides the event itself.

    `cut` names the value that is a page for each of its items, so that it can be printed in parts. `template` is
    the file under `print/`, when that has another name than the sheet.
    """

    title: str
    what: str
    of: Of = "event"
    values: Callable[[Workspace, str, str, str], Values] = _bare  # workspace, event, sheet, and for whom
    cut: str = ""
    template: str = ""

    @property
    def needs(self) -> tuple[Right, ...]:
        """The rights of which one is enough; a mentor sees the conversations of the own class and nothing else."""
        return (Right.SEE_YEAR, Right.SEE_FAMILIES) if self.of == "talks" else (Right.SEE_YEAR,)


SHEETS: Mapping[str, Sheet] = {
    "draaiboek": Sheet(title="Draaiboek", what="De avond van minuut tot minuut."),
    "stappenplan": Sheet(title="Stappenplan", what="Een lijst om af te vinken."),
    "ruimtes": Sheet(title="Ruimtes", what="Wie zit waar."),
    "uitnodigingen": Sheet(
        title="Uitnodigingen",
        what="Een blad voor elk gezin.",
        values=lambda ws, event_id, _, __: {"sheets": invitations.sheets(ws, event_id)},
    ),
    "plattegrond": Sheet(
        title="Plattegrond",
        what="Wat is waar, elke keer dat er iets verhuist.",
        values=lambda ws, event_id, _, __: {"pages": floorplans.sheets(ws, event_id)},
    ),
    "ruimterooster": Sheet(
        title="Ruimterooster",
        what="Elke ruimte, van begin tot eind.",
        values=lambda ws, event_id, _, __: {"grid": roomsheets.room_grid(ws, event_id)},
    ),
    "hoeken": Sheet(
        title="Hoeken",
        what="De loopbaanlokalen van binnen.",
        values=lambda ws, event_id, _, __: {"rooms": corners.rooms(ws, event_id)},
    ),
    "eigen-avond": Sheet(
        title="Eigen avond",
        what="Een blad voor iedereen die helpt, met de weg.",
        values=lambda ws, event_id, _, only: {"evenings": ownevening.evenings(ws, event_id, only)},
        cut="evenings",
    ),
    "deurborden": Sheet(
        title="Deurborden",
        what="Een bord voor elke deur, in de talen die komen.",
        values=lambda ws, event_id, _, __: {"signs": roomsheets.door_signs(ws, event_id)},
    ),
    "taalkaarten": Sheet(
        title="Taalkaarten",
        what="‘Ik spreek …’, in de eigen letters.",
        values=lambda ws, event_id, _, __: {"cards": roomsheets.language_cards(ws, event_id)},
    ),
    "routebladen": Sheet(
        title="Routebladen",
        what="Een blad voor iedereen die meeloopt of ontvangt.",
        of="rounds",
        values=_rounds,
        cut="sheets",
    ),
    "groepskaarten": Sheet(
        title="Kaartjes",
        what="Voor gezinnen: waar en hoe laat, ook in hun taal.",
        of="rounds",
        values=_rounds,
        cut="cards",
    ),
    "rondeborden": Sheet(
        title="Rondeborden", what="Voor de deur: welke groep komt wanneer.", of="rounds", values=_rounds, cut="signs"
    ),
    "deurlijst": Sheet(
        title="Lijst bij de deur", what="Welk gezin hoort bij welke groep.", of="rounds", values=_rounds
    ),
    "mentoren": Sheet(
        title="Lijst per mentor",
        what="Een blad voor elke mentor: wie komt wanneer.",
        of="talks",
        values=_talks,
        cut="lists",
        template="gesprekslijst",
    ),
    "tolken": Sheet(
        title="Lijst per tolk",
        what="Een blad voor elke tolk: waar en wanneer.",
        of="talks",
        values=_talks,
        cut="lists",
        template="gesprekslijst",
    ),
    "afspraken": Sheet(
        title="Kaart per gezin",
        what="De afspraak in het Nederlands en de eigen taal.",
        of="talks",
        values=_talks,
        cut="cards",
    ),
}


def known(sheet: str) -> Sheet:
    """Return a sheet; NotFoundError for any other word."""
    if sheet not in SHEETS:
        raise NotFoundError(f'Er is geen blad "{sheet[:30]}". Kies uit: {", ".join(SHEETS)}.')
    return SHEETS[sheet]


def _about_event(workspace: Workspace, state: YearState, event_id: str) -> Iterator[str]:
    """Yield the sheets about an event itself that have something on them."""
    runbook = state.runbook(event_id)
    together = runbook.kind is Kind.EVENING and runbook.gathers  # people come together for an evening
    placed = together and any(floorplans.where(state, event_id).rooms.values())
    says = {
        "draaiboek": runbook.rows,
        "stappenplan": runbook.steps,
        "uitnodigingen": invitations.invited_households(state, event_id),
        "ruimtes": together and any(need.event_id == event_id for need in state.room_problem.needs),
        "plattegrond": placed,
        "ruimterooster": placed,
        "deurborden": placed,
        "hoeken": together and corners.sectors(state, event_id),
        "eigen-avond": together and state.duties_of(event_id),
        "taalkaarten": together and roomsheets.language_cards(workspace, event_id),
    }
    yield from (sheet for sheet, said in says.items() if said)


_SAYING: Mapping[Of, Callable[[Workspace, YearState, str], Collection[str] | Iterator[str]]] = {
    "event": _about_event,
    "rounds": routesheets.saying,
    "talks": talksheets.saying,
}


@allowed(Right.SEE_YEAR, Right.SEE_FAMILIES)
def offered(workspace: Workspace, event_id: str, of: Of | None = None) -> tuple[tuple[str, str, str], ...]:
    """Return the sheets that say something about an event to who asks: (id, title, what it is for).

    A round of conversations has no floor plan, only a market has corners, and only who goes round gets a route.
    With `of` those about the groups or the conversations alone. NotFoundError for an unknown event.
    """
    state = load_state(workspace)
    state.event(event_id)
    may = {sheet.of for sheet in SHEETS.values() if any(map(workspace.actor.may, sheet.needs))}
    wanted = may & {of} if of else may
    saying = {sheet for each in wanted for sheet in _SAYING[each](workspace, state, event_id)}
    return tuple((sheet, known(sheet).title, known(sheet).what) for sheet in SHEETS if sheet in saying)


def check(workspace: Workspace, event_id: str, sheet: str, only: str = "") -> None:
    """Refuse a sheet that is not there, or not for who asks; `only` is the person or the talk it is for.

    NotFoundError for an unknown event, sheet, person or talk, for those of another class, and for a sheet with
    nothing on it.
    """
    of = known(sheet).of
    require(workspace, *known(sheet).needs)
    if sheet not in {name for name, _, _ in offered(workspace, event_id, of)}:
        raise NotFoundError(
            f'Op het blad "{known(sheet).title}" staat bij deze activiteit (nog) niets. '
            "Kijk op de pagina van de activiteit welke bladen er zijn."
        )
    if of == "talks":
        talksheets.check_only(workspace, event_id, only)
    elif only:
        load_state(workspace).person(only)


def template_of(sheet: str) -> str:
    """Return the template of a sheet; NotFoundError for any other word."""
    return f"print/{known(sheet).template or sheet}.html"


def context(workspace: Workspace, event_id: str, sheet: str, *, only: str = "", now: datetime) -> dict[str, Any]:
    """Return the values for a sheet's template. With `only` it is for that person or talk, where a sheet can be.

    NotFoundError as `check`.
    """
    check(workspace, event_id, sheet, only)
    values = {"nu": now, **known(sheet).values(workspace, event_id, sheet, only)}
    if known(sheet).of == "talks":
        return values
    view = event_view(workspace, event_id, now=now, person_id=only)
    person = next((duty.person for duty in view.duties if duty.person_id == only), "")
    return {**values, "view": view, "person": person}
