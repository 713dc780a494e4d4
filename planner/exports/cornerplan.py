"""The inside of a loopbaanlokaal as a drawing: four corners, each with a profession and who tells about it."""

from collections.abc import Sequence

from planner.domain.drawing.boxes import Box
from planner.domain.drawing.labels import Line, fitted
from planner.exports.drawing import Drawing, attributes

WIDTH, HEIGHT, DOOR, OUTSIDE = 120.0, 78.0, 14.0, 8.0  # millimetres
SMALLEST, LARGEST = 3.0, 5.5
TABLE_WIDTH, TABLE_HEIGHT = 46.0, 25.0
# Clockwise from the left corner at the door, as CORNERS of the domain names them: (column, row) of four.
PLACES = ((0, 1), (1, 1), (1, 0), (0, 0))


def _table(column: int, row: int) -> Box:
    x = 3.0 if column == 0 else WIDTH - TABLE_WIDTH - 3
    y = 3.0 if row == 0 else HEIGHT - TABLE_HEIGHT - 3
    return Box(x=x, y=y, width=TABLE_WIDTH, height=TABLE_HEIGHT)


def _written(name: str, details: Sequence[str], box: Box) -> tuple[Line, ...]:
    """Return the words in a box; what is too long even in small letters is left to the list beside the plan."""
    shown = [each for each in details if each]
    tries = (fitted(name, words, box, smallest=SMALLEST, largest=LARGEST) for words in (shown, shown[:1], []))
    label = next(filter(None, tries), None)
    return label.lines if label else ()


def corner_drawing(sector: str, room: str, *, teachers: Sequence[str], corners: Sequence[tuple[str, str]]) -> Drawing:
    """Return a room with its corners; these are (profession, name), in the order of the domain's CORNERS."""
    walls = Box(x=0.6, y=0.6, width=WIDTH - 1.2, height=HEIGHT - 1.2)
    shapes = [f'<rect class="kamer gebruikt" {attributes(walls)} fill="none" stroke="#000" stroke-width="1.2"/>']
    lines: list[Line] = []
    for (profession, name), place in zip(corners, PLACES, strict=True):
        box = _table(*place)
        dashes = "" if profession or name else ' stroke-dasharray="1.5 1.5"'
        shapes.append(f'<rect class="kamer" {attributes(box)} fill="none" stroke="#000" stroke-width="0.4"{dashes}/>')
        lines += _written(profession or name or "nog leeg", [name] if profession else [], box)
    middle = Box(x=2, y=TABLE_HEIGHT + 3, width=WIDTH - 4, height=HEIGHT - 2 * TABLE_HEIGHT - 6)
    lines += _written(sector, [room, *teachers], middle)
    left = (WIDTH - DOOR) / 2
    shapes.append(f'<path class="deur" d="M{left:g} {HEIGHT - 0.6:g}h{DOOR:g}" stroke="#fff" stroke-width="2.4"/>')
    lines += _written("Deur", [], Box(x=left - 4, y=HEIGHT - 1, width=DOOR + 8, height=OUTSIDE))
    said = "; ".join(f"{profession or 'nog leeg'} {name}".strip() for profession, name in corners)
    return Drawing(
        title=f"{sector}. De hoeken: {said}",
        width=WIDTH,
        height=HEIGHT + OUTSIDE,
        shapes=tuple(shapes),
        lines=tuple(lines),
        kind="hoeken",
    )
