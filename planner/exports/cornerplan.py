"""The inside of a loopbaanlokaal as SVG: four corners, each with a profession and who tells about it."""

from collections.abc import Sequence

from planner.domain.boxes import Box
from planner.domain.labels import fitted
from planner.exports.floorplan import attributes, label_svg, safe

WIDTH, HEIGHT, DOOR = 120.0, 78.0, 14.0
SMALLEST, LARGEST = 3.0, 5.5
# Clockwise from the left corner at the door, as CORNERS of the domain names them; (column, row) of four.
_PLACES = ((0, 1), (1, 1), (1, 0), (0, 0))
_TABLE_WIDTH, _TABLE_HEIGHT = 46.0, 25.0


def _corner(column: int, row: int) -> Box:
    x = 3.0 if column == 0 else WIDTH - _TABLE_WIDTH - 3
    y = 3.0 if row == 0 else HEIGHT - _TABLE_HEIGHT - 3
    return Box(x=x, y=y, width=_TABLE_WIDTH, height=_TABLE_HEIGHT)


def _written(name: str, details: Sequence[str], box: Box) -> str:
    """Return the words in a box; what is too long even in small letters is left to the list beside the plan."""
    shown = [each for each in details if each]
    for words in (shown, []):
        label = fitted(name, words, box, smallest=SMALLEST, largest=LARGEST)
        if label:
            return label_svg(label)
    return ""


def corner_plan_svg(sector: str, room: str, *, teachers: Sequence[str], corners: Sequence[tuple[str, str]]) -> str:
    """Return one `<svg>` of a room; `corners` are (profession, name), in the order of the domain's CORNERS."""
    said = "; ".join(f"{profession or 'nog leeg'} {name}".strip() for profession, name in corners)
    walls = Box(x=0.6, y=0.6, width=WIDTH - 1.2, height=HEIGHT - 1.2)
    parts = [
        f'<svg class="plattegrond hoeken" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT + 8:g}"',
        f' role="img"><title>{safe(f"{sector}. De hoeken: {said}")}</title>',
        f'<rect class="kamer gebruikt" {attributes(walls)} fill="none" stroke="#000" stroke-width="1.2"/>',
    ]
    for (profession, name), place in zip(corners, _PLACES, strict=True):
        box = _corner(*place)
        dashes = "" if profession or name else ' stroke-dasharray="1.5 1.5"'
        parts.append(f'<rect class="kamer" {attributes(box)} fill="#fff" stroke="#000" stroke-width="0.4"{dashes}/>')
        parts.append(_written(profession or name or "nog leeg", [name] if profession else [], box))
    middle = Box(x=2, y=_TABLE_HEIGHT + 3, width=WIDTH - 4, height=HEIGHT - 2 * _TABLE_HEIGHT - 6)
    parts.append(_written(sector, [room, *teachers], middle) or _written(sector, [room], middle))
    left = (WIDTH - DOOR) / 2
    parts.append(f'<path d="M{left:g} {HEIGHT - 0.6:g}h{DOOR:g}" stroke="#fff" stroke-width="2.4"/>')
    parts.append(_written("Deur", [], Box(x=left, y=HEIGHT - 1, width=DOOR + 2, height=8)))
    return "".join((*parts, "</svg>"))
