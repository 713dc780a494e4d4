"""Rooms by hand: add, change and take away; and where people come in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from planner.domain.access.rights import Right
from planner.domain.rooms.room import FEATURES, Room, Spot, room_faults
from planner.errors import InputError, NotFoundError
from planner.services.guarding import allowed
from planner.services.staffing.staffing import assign
from planner.services.state import YearState, load_state
from planner.services.views import RoomForm
from planner.services.workspace import Workspace
from planner.storage.building import save_entrance
from planner.storage.db import writing
from planner.storage.people import load_rooms, save_rooms
from planner.storage.records import bump_revision

Form = Mapping[str, str]
LONGEST_NAME, MOST_PLACES, MOST_METRES = 60, 5000, 1000
LOWEST, HIGHEST = -5, 50  # floors
NEW_WIDTH, NEW_DEPTH = 8.0, 7.0  # metres: a common classroom
GAP = 1.0
_NUMBER = re.compile(r"-?\d{1,6}([.,]\d{1,3})?", re.ASCII)


@allowed(Right.PLAN)
def room_form(workspace: Workspace, room_id: str = "") -> RoomForm:
    """Return what the form shows: a room, or with no id a new one on a free spot. NotFoundError for an unknown room."""
    state = load_state(workspace)
    room = _room(state.rooms, room_id) if room_id else _new_room(state.rooms)
    minutes = ((each.name, max(1, round(room.walking_minutes(each)))) for each in state.rooms if each.id != room_id)
    words = dict(FEATURES) | {word: word for word in sorted(room.features - FEATURES.keys())}
    return RoomForm(
        id=room_id,
        name=room.name,
        capacity=room.capacity,
        floor=room.floor,
        x=room.x,
        y=room.y,
        width=room.width,
        depth=room.depth,
        features=tuple((word, said, word in room.features) for word, said in words.items()),
        minutes=tuple(sorted(minutes, key=lambda pair: (pair[1], pair[0]))) if room_id else (),
        events=_events(state, room_id),
        has_entrance=state.entrance is not None,
    )


def _room(rooms: Iterable[Room], room_id: str) -> Room:
    found = next((room for room in rooms if room.id == room_id), None)
    if found is None:
        raise NotFoundError("Deze ruimte is er niet (meer).")
    return found


def _new_room(rooms: tuple[Room, ...]) -> Room:
    """Return an empty room east of the others on the ground floor."""
    ground = [room for room in rooms if room.floor == 0]
    east = max((room.x + room.width for room in ground), default=-GAP) + GAP
    top = min((room.y for room in ground), default=0.0)
    return Room(id="", name="", capacity=0, x=round(east, 1), y=top, width=NEW_WIDTH, depth=NEW_DEPTH)


def _events(state: YearState, room_id: str) -> tuple[str, ...]:
    """Return the titles of the activities that use a room."""
    return tuple(
        event.occurrence.title
        for event in state.events
        if any(use.room_id == room_id for use in state.room_uses.get(event.planned.id, ()))
    )


@allowed(Right.PLAN)
def add_room(workspace: Workspace, form: Form, features: Iterable[str]) -> str:
    """Add a room and return its id; InputError says in plain Dutch what is missing or in the way."""
    session = workspace.session
    with writing(session):
        rooms = load_rooms(session)
        room = _read(form, features, Room(id=_free_id(rooms), name="", capacity=0))
        _keep(workspace, (*rooms, room), room)
    return room.id


@allowed(Right.PLAN)
def change_room(workspace: Workspace, room_id: str, form: Form, features: Iterable[str]) -> None:
    """Change a room. Activities that no longer fit in it get another one; pinned ones stay and are remarked on."""
    session = workspace.session
    with writing(session):
        rooms = load_rooms(session)
        room = _read(form, features, _room(rooms, room_id))
        _keep(workspace, tuple(room if each.id == room_id else each for each in rooms), room)


def _keep(workspace: Workspace, rooms: tuple[Room, ...], changed: Room) -> None:
    if faults := room_faults(changed, rooms):
        raise InputError(" ".join(faults))
    bump_revision(workspace.session)
    save_rooms(workspace.session, rooms)
    assign(workspace)


@allowed(Right.PLAN)
def drop_room(workspace: Workspace, room_id: str) -> str:
    """Take a room away and return its name; what was in it gets another room, or is told as missing."""
    session = workspace.session
    with writing(session):
        rooms = load_rooms(session)
        gone = _room(rooms, room_id)
        bump_revision(session)
        save_rooms(session, tuple(room for room in rooms if room.id != room_id))
        assign(workspace)
    return gone.name


@allowed(Right.PLAN)
def place_entrance(workspace: Workspace, form: Form) -> None:
    """Keep where people come in: `floor`, `x` and `y`; with x and y empty the plan shows no entrance."""
    entrance = None
    if form.get("x", "").strip() or form.get("y", "").strip():
        entrance = Spot(
            floor=_whole(form, "floor", "de verdieping", LOWEST, HIGHEST),
            x=_metres(form, "x", "het aantal meters van west"),
            y=_metres(form, "y", "het aantal meters van noord"),
        )
    session = workspace.session
    with writing(session):
        bump_revision(session)
        save_entrance(session, entrance)


def _read(form: Form, features: Iterable[str], old: Room) -> Room:
    """Return the room of a form; what the form does not know of stays."""
    name = " ".join(form.get("name", "").split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"Geef de ruimte een naam van hooguit {LONGEST_NAME} tekens, zoals op de deur staat.")
    if not form.get("capacity", "").strip():
        raise InputError(f"Hoeveel mensen passen er in {name}? Vul het aantal plaatsen in.")
    known = FEATURES.keys() | old.features
    return replace(
        old,
        name=name,
        capacity=_whole(form, "capacity", "het aantal plaatsen", 0, MOST_PLACES),
        features=frozenset(word for word in features if word in known),
        floor=_whole(form, "floor", "de verdieping", LOWEST, HIGHEST),
        x=_metres(form, "x", "het aantal meters van west"),
        y=_metres(form, "y", "het aantal meters van noord"),
        width=number_in(form, "width", "de breedte", 1, MOST_METRES),
        depth=number_in(form, "depth", "de diepte", 1, MOST_METRES),
    )


def _free_id(rooms: Iterable[Room]) -> str:
    taken = {room.id for room in rooms}
    return next(each for each in (f"ruimte-{number}" for number in range(1, len(taken) + 2)) if each not in taken)


def _number(form: Form, key: str, what: str) -> float:
    text = form.get(key, "").strip()
    if not _NUMBER.fullmatch(text):
        raise InputError(f'Bij {what} staat "{text[:12]}". Schrijf een getal, bijvoorbeeld 7 of 7,5.')
    return float(text.replace(",", "."))


def _whole(form: Form, key: str, what: str, least: int, most: int) -> int:
    number = _number(form, key, what)
    if number != int(number) or not least <= number <= most:
        raise InputError(f"Voor {what} kan een heel getal van {least} tot en met {most}.")
    return int(number)


def number_in(form: Form, key: str, what: str, least: float, most: float) -> float:
    """Return a number of a form; InputError when it is none, or outside these."""
    number = _number(form, key, what)
    if not least <= number <= most:
        raise InputError(f"Voor {what} kan een getal van {least:g} tot en met {most:g}.")
    return number


def _metres(form: Form, key: str, what: str) -> float:
    return number_in(form, key, what, 0, MOST_METRES)
