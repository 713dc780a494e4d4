"""A floor plan ready to be drawn: every room with what is in it, on paper, without one letter on another.

What does not fit in a room stands in a legend.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.domain.drawing.boxes import Box, Point, around
from planner.domain.drawing.floors import HEAD, MARGIN, DrawnFloor, Paper, arranged, floors_of
from planner.domain.drawing.labels import PADDING, Label, fitted
from planner.domain.drawing.textwidth import LINE, text_width
from planner.domain.drawing.walkways import Arrow, Door, Stop, route_arrows
from planner.domain.rooms.room import WALL, Room, Spot

ENTRANCE = "Ingang"
SIGN = 3.2  # millimetres: the triangle at the entrance
SIGN_LETTERS = 3.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The school's own drawing under a floor: its address, and where it lies in metres."""

    floor: int
    address: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is to be drawn. `notes` say by room id what is in a room; a room without notes is not in use.

    `route` are room ids in the order in which they are visited; with `from_entrance` the walk begins there.
    """

    rooms: tuple[Room, ...]
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entrance: Spot | None = None
    route: tuple[str, ...] = ()
    from_entrance: bool = False
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A room on paper. `written` is how it is named there: in full, in short, or by a letter of the legend.

    `label` is None for a room in which not even a letter fits; `tells_all` says that its notes are drawn too, and
    that everybody knows which room it is: by its name, or by the number in it.
    """

    room: Room
    box: Box
    is_used: bool
    label: Label | None
    written: str
    tells_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendLine:
    """What a room says that did not fit in it; `is_drawn` is False when nothing at all is written there."""

    written: str
    name: str
    details: tuple[str, ...]
    is_drawn: bool


@dataclass(frozen=True, kw_only=True)
class FloorPlan:
    """Everything on one sheet, in millimetres from the top left corner."""

    width: float
    height: float
    floors: tuple[DrawnFloor, ...]
    marks: tuple[Mark, ...]
    arrows: tuple[Arrow, ...]
    entrance: tuple[Point, Label | None] | None
    pictures: tuple[tuple[str, Box, Box], ...]  # address, where it lies, the part of the sheet it may cover
    legend: tuple[LegendLine, ...]


def floor_plan(scene: Scene, paper: Paper) -> FloorPlan:
    """Return the plan of a building on a sheet; one without rooms is an empty sheet."""
    spots = (scene.entrance,) if scene.entrance else ()
    floors = arranged(floors_of(scene.rooms, spots), paper)
    marks = _marks(scene, floors, paper)
    entrance = _entrance(scene.entrance, floors, paper)
    labels = [mark.label.box for mark in marks if mark.label]
    if entrance and entrance[1]:
        labels.append(entrance[1].box)
    bottom = max((drawn.frame.bottom for drawn in floors), default=0.0)
    return FloorPlan(
        width=paper.width,
        height=min(paper.height, bottom + MARGIN) if floors else HEAD,
        floors=floors,
        marks=marks,
        arrows=route_arrows(floors, (*_begin(scene, entrance), *scene.route), taken=labels),
        entrance=entrance,
        pictures=_pictures(scene.pictures, floors),
        legend=tuple(_legend(scene, marks)),
    )


def _begin(scene: Scene, entrance: tuple[Point, Label | None] | None) -> tuple[Stop, ...]:
    """Return where a walk from the entrance begins: in the room behind that door, else at the door itself."""
    spot = scene.entrance
    if not scene.from_entrance or spot is None or entrance is None:
        return ()
    behind = next((room for room in scene.rooms if _is_at(room, spot)), None)
    return (behind.id if behind else Door(floor=spot.floor, at=entrance[0]),)


def _is_at(room: Room, spot: Spot) -> bool:
    return (
        room.floor == spot.floor
        and room.x - WALL <= spot.x <= room.x + room.width + WALL
        and room.y - WALL <= spot.y <= room.y + room.depth + WALL
    )


def _legend(scene: Scene, marks: Sequence[Mark]) -> Iterator[LegendLine]:
    for mark in marks:
        if not mark.tells_all:
            details = scene.notes.get(mark.room.id, ())
            drawn = mark.label is not None
            yield LegendLine(written=mark.written, name=mark.room.name, details=details, is_drawn=drawn)


def _letters(number: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)  # noqa: PLR2004 - letters of the alphabet


def _shorts(rooms: Iterable[Room]) -> Mapping[str, str]:
    """Return by room id the number in its name ("1.03" of "Lokaal 1.03"), where no other room has it."""
    last = {room.id: (room.name.split() or [""])[-1] for room in rooms}
    counts = Counter(last.values())
    return {each: word for each, word in last.items() if counts[word] == 1 and any(map(str.isdigit, word))}


def _marks(scene: Scene, floors: Sequence[DrawnFloor], paper: Paper) -> tuple[Mark, ...]:
    found: list[Mark] = []
    shorts, lettered = _shorts(scene.rooms), 0
    for drawn in floors:
        for room in sorted(drawn.floor.rooms, key=lambda each: (each.y, each.x, each.id)):
            names, letter = [room.name, *([shorts[room.id]] if room.id in shorts else [])], _letters(lettered)
            mark = _mark(room, drawn, scene.notes.get(room.id), (names, letter), paper)
            lettered += mark.written == letter
            found.append(mark)
    return tuple(found)


def _mark(
    room: Room, drawn: DrawnFloor, notes: tuple[str, ...] | None, called: tuple[Sequence[str], str], paper: Paper
) -> Mark:
    """Return the room with as much as fits: everything, else its name, else its number, else a letter.

    `called` are its name and its number, and the letter.
    """
    names, letter = called
    box = drawn.box(room)
    wall = max(0.0, WALL * drawn.scale - PADDING)  # two rooms may cover each other by a wall
    inner = Box(x=box.x + wall, y=box.y + wall, width=box.width - 2 * wall, height=box.height - 2 * wall)
    full = [(each, notes) for each in names] if notes else []
    for name, details in (*full, *((each, ()) for each in (*names, letter))):
        label = fitted(name, details, inner, smallest=paper.smallest, largest=paper.largest)
        if label:
            break
    return Mark(
        room=room,
        box=box,
        is_used=notes is not None,
        label=label,
        written=name,
        tells_all=label is not None and name in names and details == (notes or ()),
    )


def _entrance(spot: Spot | None, floors: Sequence[DrawnFloor], paper: Paper) -> tuple[Point, Label | None] | None:
    """Return where the entrance is, at the nearest outside wall, and its word where there is room for it."""
    drawn = next((each for each in floors if spot and each.floor.number == spot.floor), None)
    if spot is None or drawn is None:
        return None
    x, y = drawn.point(spot.x, spot.y)
    frame = drawn.frame
    walls = {
        (x, frame.bottom): frame.bottom - y,
        (x, frame.y): y - frame.y,
        (frame.x, y): x - frame.x,
        (frame.right, y): frame.right - x,
    }
    at = min(walls, key=lambda point: walls[point])
    if at[1] != frame.bottom:
        return at, None
    width = text_width(ENTRANCE, SIGN_LETTERS) + 1.0
    left = min(max(0.0, at[0] - width / 2), paper.width - width)
    middle = (left + width / 2, frame.bottom + SIGN + SIGN_LETTERS * LINE / 2)
    box = around(middle, width, SIGN_LETTERS * LINE)
    return at, fitted(ENTRANCE, (), _wider(box), smallest=SIGN_LETTERS, largest=SIGN_LETTERS)


def _wider(box: Box) -> Box:
    """Return the box with the padding that a label asks around it."""
    return around(box.middle, box.width + 2 * PADDING, box.height + 2 * PADDING)


def _pictures(pictures: Sequence[Picture], floors: Sequence[DrawnFloor]) -> tuple[tuple[str, Box, Box], ...]:
    found = []
    for picture in pictures:
        for drawn in floors:
            if drawn.floor.number == picture.floor:
                x = drawn.frame.x + (picture.x - drawn.floor.left) * drawn.scale
                y = drawn.frame.y + (picture.y - drawn.floor.top) * drawn.scale
                lies = Box(x=x, y=y, width=picture.width * drawn.scale, height=picture.height * drawn.scale)
                found.append((picture.address, lies, drawn.frame))
    return tuple(found)
