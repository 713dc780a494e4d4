"""Rooms, the floor plan, and the sheets that are made of them, ready to be shown."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomForm:
    """A room as its form shows it. `id` is empty for a new one; `minutes` are (room, minutes to walk)."""

    id: str
    name: str
    capacity: int
    floor: int
    x: float
    y: float
    width: float
    depth: float
    features: tuple[tuple[str, str, bool], ...]  # word, the same in full, whether the room has it
    minutes: tuple[tuple[str, int], ...]
    events: tuple[str, ...]
    has_entrance: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureForm:
    """The drawing under a floor, if it is there; metres."""

    floor: int
    is_there: bool
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLegend:
    """A line of the legend; `is_drawn` is False for a room too small to write in."""

    written: str
    name: str
    details: tuple[str, ...]
    is_drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDrawing:
    """A floor plan that we wrote ourselves, for a browser (`svg`) and for paper (`paper`, HTML), with its legend."""

    svg: str
    paper: str
    legend: tuple[PlanLegend, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """A part of the evening to choose: its id, its time, where it is and what happens; `end` None when open."""

    id: str
    start: datetime
    end: datetime | None
    places: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomContent:
    """What is in a room at a part of the evening, for how many, and who of the school is there."""

    room_id: str
    room: str
    floor: int
    what: tuple[str, ...]
    persons: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A part of an evening on the floor plan."""

    part: PartLine
    drawing: PlanDrawing
    rooms: tuple[RoomContent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlanView:
    """The floor plan page of an event: its parts, and the chosen one."""

    id: str
    title: str
    parts: tuple[PartLine, ...]
    page: PlanPage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOption:
    """A room that could be chosen: what it would break, hard first; nothing when it fits."""

    id: str
    name: str
    capacity: int
    is_chosen: bool
    breaks: tuple[tuple[bool, str], ...]  # whether it is hard, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChoice:
    """Choosing a room by hand for one place of an event. `why` says why it has this room, or none."""

    event_id: str
    title: str
    need_id: str
    place: str
    scope: str
    persons: int
    features: tuple[str, ...]
    rooms: str
    pinned: bool
    why: str
    options: tuple[RoomOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CornerLine:
    """A corner of a loopbaanlokaal: where in the room, which profession, and who tells about it."""

    spot: str
    profession: str
    person_id: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CornerRoom:
    """A loopbaanlokaal with its four corners; `people` may be chosen for a corner: (id, name).

    It is drawn for a browser (`svg`) and for paper (`paper`, HTML).
    """

    sector: str
    room: str
    teachers: tuple[str, ...]
    corners: tuple[CornerLine, ...]
    people: tuple[tuple[str, str], ...]
    svg: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CornerPage:
    """The loopbaanlokalen of an event."""

    id: str
    title: str
    rooms: tuple[CornerRoom, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageName:
    """A language in its own letters with the Dutch beside it; `welcome` and `speak` are drafts unless reviewed."""

    code: str
    name: str
    own: str
    rtl: bool
    welcome: str
    speak: str
    speak_dutch: str
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorSign:
    """What hangs on a door: the room, what is there and when, and the languages of who is expected."""

    room: str
    floor: str
    what: tuple[tuple[str, datetime, datetime], ...]
    languages: tuple[LanguageName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStop:
    """A moment of somebody's evening: when, where and what."""

    start: datetime
    end: datetime | None
    rooms: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEvening:
    """One person's evening on one sheet. `own` are fixed words in a language of their own, by key, maybe empty.

    A `dense` one has so many lines that it is set in smaller letters to stay one sheet.
    """

    person: str
    roles: tuple[str, ...]
    start: datetime
    end: datetime
    stops: tuple[OwnStop, ...]
    drawing: PlanDrawing
    language: str
    rtl: bool
    own: dict[str, str]
    dutch: dict[str, str]
    draft: bool
    dense: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomGrid:
    """Rooms × parts of the evening: a row is a room with what is in it at each part."""

    parts: tuple[PartLine, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
