"""Paper about rooms and languages: door signs, language cards, and rooms against the parts of the evening."""

from collections import defaultdict
from collections.abc import Iterable

from planner.domain.access.rights import Right
from planner.domain.families.expected import Expected
from planner.domain.rooms.plan import RoomNeed
from planner.domain.rooms.room import Room, floor_name, plain_name
from planner.domain.staffing.needs import DUTCH
from planner.services.guarding import allowed
from planner.services.rooms.floorplans import notes, part_line, parts, said, where
from planner.services.state import YearState, load_state
from planner.services.views import DoorSign, LanguageName, RoomGrid
from planner.services.workspace import Workspace

IN_USE = ("in gebruik",)


def _language(workspace: Workspace, code: str) -> LanguageName:
    language, card = workspace.languages.get(code), workspace.cards.get(code)
    name = language.name if language else code
    return LanguageName(
        code=code,
        name=name,
        own=language.own_name if language else code,
        rtl=bool(language and language.rtl),
        welcome=card.welcome if card else "",
        speak=card.speak if card else "",
        speak_dutch=f"Ik spreek {name}",
        draft=not (card and card.reviewed),
    )


def _codes(expected: Expected, need: RoomNeed) -> Iterable[str]:
    """Return the languages of who is expected in a room, most families first; a class has those of its families."""
    if need.scope in expected.per_class:
        mine = {code: count for (class_id, code), count in expected.class_language.items() if class_id == need.scope}
        return sorted(mine, key=lambda code: (-mine[code], code))
    return [need.scope] if need.scope in expected.per_language else expected.per_language


def _what(state: YearState, need: RoomNeed, room: Room) -> str:
    """Return what a room is for; "voor iedereen" when that would only say the room's own name again."""
    words = said(state, need)
    return "Voor iedereen" if plain_name(words) == plain_name(room.name) else words


@allowed(Right.SEE_YEAR)
def door_signs(workspace: Workspace, event_id: str) -> tuple[DoorSign, ...]:
    """Return a sign for each room that guests come to, floor by floor."""
    state = load_state(workspace)
    expected = state.expected(event_id)
    pairs = [pair for here in where(state, event_id).rooms.values() for pair in here]
    by_room: defaultdict[str, list[RoomNeed]] = defaultdict(list)
    for need, room in pairs:
        by_room[room.id].append(need)
    rooms = sorted({room.id: room for _, room in pairs}.values(), key=lambda each: (each.floor, each.name, each.id))
    return tuple(
        DoorSign(
            room=room.name,
            floor=floor_name(room.floor),
            what=tuple(dict.fromkeys((_what(state, need, room), need.start, need.end) for need in by_room[room.id])),
            languages=tuple(
                _language(workspace, code)
                for code in dict.fromkeys(code for need in by_room[room.id] for code in _codes(expected, need))
            ),
        )
        for room in rooms
    )


@allowed(Right.SEE_YEAR)
def language_cards(workspace: Workspace, event_id: str) -> tuple[LanguageName, ...]:
    """Return a card for each language that is expected at an event or that somebody interprets there; no Dutch."""
    state = load_state(workspace)
    interpreted = [need.language for _, need, _ in state.duties_of(event_id) if need.interprets and need.language]
    codes = dict.fromkeys((*state.expected(event_id).per_language, *interpreted))
    return tuple(_language(workspace, code) for code in codes if code != DUTCH)


@allowed(Right.SEE_YEAR)
def room_grid(workspace: Workspace, event_id: str) -> RoomGrid:
    """Return the rooms in use against the parts of the evening."""
    state = load_state(workspace)
    everywhere = where(state, event_id)
    found = [(part, notes(state, everywhere.at(part.place_ids))) for part in parts(state, event_id)]
    return RoomGrid(
        parts=tuple(part_line(state, event_id, part) for part, _ in found),
        rows=tuple(
            (room.name, tuple(inside[room.id] or IN_USE if room.id in inside else () for _, inside in found))
            for room in _in_use(state, {room_id for _, inside in found for room_id in inside})
        ),
    )


def _in_use(state: YearState, room_ids: set[str]) -> list[Room]:
    return sorted((room for room in state.rooms if room.id in room_ids), key=lambda each: (each.floor, each.name))
