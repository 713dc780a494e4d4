"""The inside of a loopbaanlokaal: which profession in which corner, and who tells about it."""

from collections.abc import Mapping

from planner.domain.access.rights import Right
from planner.domain.event import sectors_of
from planner.domain.rooms.corners import CORNERS, MOST_PROFESSIONS, Corner, corner_faults, proposed_corners
from planner.domain.staffing.people import Person
from planner.errors import InputError, NotFoundError
from planner.exports.cornerplan import corner_drawing
from planner.exports.drawing import as_html, as_svg
from planner.services.guarding import allowed
from planner.services.rooms.floorplans import where
from planner.services.state import YearState, load_state
from planner.services.views import CornerLine, CornerPage, CornerRoom
from planner.services.workspace import Workspace
from planner.storage.building import load_corners, save_corners
from planner.storage.db import writing
from planner.storage.records import bump_revision

LONGEST = 60  # characters of a profession: it has to fit in a corner
TELLS = "beroepsbeoefenaar"


def sectors(state: YearState, event_id: str) -> tuple[str, ...]:
    """Return the sectors that have a room of their own at an event."""
    needs = (need for need in state.room_problem.needs if need.event_id == event_id)
    known = sectors_of(state.runbook(event_id), state.school, event_id)
    return tuple(dict.fromkeys(need.scope for need in needs if need.scope in known))


@allowed(Right.SEE_YEAR)
def rooms(workspace: Workspace, event_id: str) -> tuple[CornerRoom, ...]:
    """Return the loopbaanlokalen of an event; corners that nobody filled in show who was asked."""
    state = load_state(workspace)
    written = load_corners(workspace.session, event_id)
    return tuple(_room(state, event_id, sector, written) for sector in sectors(state, event_id))


@allowed(Right.SEE_YEAR)
def page(workspace: Workspace, event_id: str) -> CornerPage:
    """Return the page of the loopbaanlokalen of an event."""
    title = load_state(workspace).event(event_id).occurrence.title
    return CornerPage(id=event_id, title=title, rooms=rooms(workspace, event_id))


def _guests(state: YearState, event_id: str, sector: str) -> tuple[tuple[Person, bool], ...]:
    """Return who works in the room of a sector, with whether they come to tell about their work."""
    duties = state.duties_of(event_id)
    mine = ((person, need.role == TELLS) for _, need, person in duties if need.scope == sector)
    return tuple({person.id: (person, tells) for person, tells in mine}.values())


def _room(state: YearState, event_id: str, sector: str, written: Mapping[str, tuple[Corner, ...]]) -> CornerRoom:
    guests = _guests(state, event_id, sector)
    names = {person.id: person.name for person, _ in guests}
    asked = proposed_corners([(person.id, (person.organisation or "")[:LONGEST]) for person, tells in guests if tells])
    corners = (*written.get(sector, asked), *[Corner()] * MOST_PROFESSIONS)[:MOST_PROFESSIONS]
    uses = where(state, event_id).rooms.values()
    room = next((room.name for pairs in uses for need, room in pairs if need.scope == sector), "")
    lines = tuple(
        CornerLine(
            spot=spot,
            profession=corner.profession,
            person_id=corner.person_id if corner.person_id in names else "",
            person=names.get(corner.person_id, ""),
        )
        for spot, corner in zip(CORNERS, corners, strict=True)
    )
    teachers = tuple(person.name for person, tells in guests if not tells)
    drawn = corner_drawing(sector, room, teachers=teachers, corners=[(line.profession, line.person) for line in lines])
    return CornerRoom(
        sector=sector,
        room=room,
        teachers=teachers,
        corners=lines,
        people=tuple(names.items()),
        svg=as_svg(drawn),
        paper=as_html(drawn),
    )


@allowed(Right.PLAN)
def save(workspace: Workspace, event_id: str, sector: str, form: Mapping[str, str]) -> None:
    """Keep the corners of a sector: `profession-1` to `-4` and `person-1` to `-4`, whole or not at all."""
    state = load_state(workspace)
    if sector not in sectors(state, event_id):
        raise NotFoundError("Deze sector heeft bij deze activiteit geen eigen lokaal.")
    known = {person.id for person, _ in _guests(state, event_id, sector)}
    corners = tuple(_read(form, number, known) for number in range(1, MOST_PROFESSIONS + 1))
    if faults := corner_faults(sector, corners):
        raise InputError(" ".join(faults))
    session = workspace.session
    with writing(session):
        bump_revision(session)
        save_corners(session, event_id, sector, corners)


def _read(form: Mapping[str, str], number: int, known: set[str]) -> Corner:
    profession = " ".join(form.get(f"profession-{number}", "").split())
    if len(profession) > LONGEST or not profession.isprintable():
        raise InputError(f"Schrijf een beroep in hooguit {LONGEST} tekens.")
    person = form.get(f"person-{number}", "")
    return Corner(profession=profession, person_id=person if person in known else "")
