"""Somebody's own evening on one sheet: when, where, what, and a small plan with the way to go."""

from collections.abc import Iterable, Mapping
from datetime import UTC
from math import ceil

from planner.domain.access.rights import Right
from planner.domain.rooms.room import Room
from planner.domain.rooms.whereabouts import Part, own_places
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person, PersonKind
from planner.domain.year import AMSTERDAM
from planner.errors import NotFoundError
from planner.services.guarding import NOT_YOURS, allowed
from planner.services.invitations.invitations import DUTCH
from planner.services.rooms.floorplans import LARGE, LOW, SMALL, parts, walk, where
from planner.services.state import YearState, load_state
from planner.services.views import OwnEvening, OwnStop
from planner.services.workspace import Workspace

WHAT, WHERE = 44, 17  # characters in a line of what happens, and in one of where
LINE, EDGE = 6.2, 3.6  # millimetres: a line on paper, and what a row has above and below it
FREE, FREE_BESIDE_LARGE = 116, 82  # millimetres for the rows above a plan of the usual size, and above a large one
LONG = 150  # above which a smaller plan keeps most evenings on one sheet, though in smaller letters
ROLES = 80  # characters of roles in a line
OWN_WORDS = 2 * LINE  # what words in another language add above the rows
MOST_ROOMS = 3  # more of them are told as a number
WORDS = ("when", "where", "what_time")  # fixed words that a sheet says in somebody's own language too


@allowed(Right.SEE_YEAR, Right.OWN_DUTIES)
def evenings(workspace: Workspace, event_id: str, person_id: str = "") -> tuple[OwnEvening, ...]:
    """Return the sheet of everyone who does something at an event, or of one person; by name.

    Who may not see the year gets the own sheet only: NotFoundError for anybody else's.
    """
    actor = workspace.actor
    if not actor.may(Right.SEE_YEAR) and (not person_id or person_id != actor.person_id):
        raise NotFoundError(NOT_YOURS)
    state = load_state(workspace)
    tasks: dict[str, list[Need]] = {}
    people: dict[str, Person] = {}
    for _, need, person in state.duties_of(event_id):
        if person_id in {"", person.id}:
            people[person.id] = person
            tasks.setdefault(person.id, []).append(need)
    order = sorted(people.values(), key=lambda each: (each.name, each.id))
    return tuple(_evening(workspace, state, event_id, person, tasks[person.id]) for person in order)


def _evening(workspace: Workspace, state: YearState, event_id: str, person: Person, tasks: list[Need]) -> OwnEvening:
    own = frozenset(row_id for need in tasks for row_id in need.rows)
    walked = [_at(state, event_id, part, tasks) for part in parts(state, event_id, own)]
    walked = walked or _report_in(state, event_id, tasks)
    stops = tuple(stop for stop, _ in walked)
    rooms = [room for _, here in walked for room in here[:1]]
    way = [room.id for at, room in enumerate(rooms) if not at or room.id != rooms[at - 1].id]
    code = _language(person, tasks)
    language, dutch = workspace.languages.get(code, workspace.languages[DUTCH]), workspace.languages[DUTCH]
    roles = tuple(dict.fromkeys(need.label(state.language_names) for need in tasks))
    height = _height(stops) + LINE * (len(", ".join(roles)) // ROLES) + OWN_WORDS * (language.code != DUTCH)
    paper = LARGE if height <= FREE_BESIDE_LARGE else SMALL if height <= LONG else LOW
    return OwnEvening(
        person=person.name,
        roles=roles,
        start=min(need.start for need in tasks),
        end=max(need.end for need in tasks),
        stops=stops,
        drawing=walk(workspace, way, _notes(walked), key=f"plan-{person.id}", paper=paper),
        dense=height > FREE,
        language=language.code,
        rtl=language.rtl,
        own={key: language.strings[key] for key in WORDS} if language.code != DUTCH else {},
        dutch={key: dutch.strings[key] for key in WORDS},
        draft=not language.reviewed,
    )


def _height(stops: Iterable[OwnStop]) -> float:
    """Return about how much room the rows of an evening take on paper, in millimetres."""
    lines = (max(ceil(len(stop.what) / WHAT), ceil(len(", ".join(stop.rooms[:MOST_ROOMS])) / WHERE)) for stop in stops)
    return sum(EDGE + LINE * each for each in lines)


def _report_in(state: YearState, event_id: str, tasks: list[Need]) -> list[tuple[OwnStop, tuple[Room, ...]]]:
    """Return where somebody begins whom the draaiboek gives no row, such as an interpreter: where guests come in."""
    start, end = min(need.start for need in tasks), max(need.end for need in tasks)
    everywhere = where(state, event_id)
    first = next((part for part in parts(state, event_id) if part.start >= start), None)
    rooms = tuple({room.id: room for _, room in everywhere.at(first.place_ids)}.values()) if first else ()
    names = tuple(room.name for room in rooms)
    return [(OwnStop(start=start, end=end, rooms=names, what="Meld u hier. U hoort dan waar u nodig bent."), rooms)]


def _language(person: Person, tasks: list[Need]) -> str:
    """Return the language of somebody who may read little Dutch: the one they interpret, else their first."""
    if person.kind is PersonKind.STAFF:
        return DUTCH
    interprets = next((need.language for need in tasks if need.language), None)
    return interprets or next((skill.language for skill in person.skills), DUTCH)


def _at(state: YearState, event_id: str, part: Part, tasks: list[Need]) -> tuple[OwnStop, tuple[Room, ...]]:
    """Return where somebody is at a part of the own evening."""
    everywhere = where(state, event_id)
    rooms = {room.id: room for need in tasks for _, room in everywhere.at(own_places(need, part), need.scope)}
    stop = OwnStop(
        start=part.start.astimezone(UTC),
        end=part.end.astimezone(UTC) if part.end else None,
        rooms=tuple(room.name for room in rooms.values()),
        what=part.what,
    )
    return stop, tuple(rooms.values())


def _notes(walked: Iterable[tuple[OwnStop, tuple[Room, ...]]]) -> Mapping[str, tuple[str, ...]]:
    """Return by room id from when somebody is there."""
    found: dict[str, tuple[str, ...]] = {}
    for stop, rooms in walked:
        for room in rooms:
            found.setdefault(room.id, (f"{stop.start.astimezone(AMSTERDAM):%H:%M}",))
    return found
