"""A floor plan as SVG: a pure function of the plan. Black on white; nothing needs colour; no text is markup.

Presentation attributes say how it looks on paper; a style sheet may say otherwise on a screen.
"""

from collections.abc import Iterator
from html import escape

from planner.domain.boxes import TOUCH, Box, Point
from planner.domain.floorplan import FloorPlan, Mark
from planner.domain.floors import DrawnFloor
from planner.domain.labels import Label, Line
from planner.domain.rooms import floor_name
from planner.domain.textwidth import shortened
from planner.domain.walkways import Arrow
from planner.exports.qr import UNPRINTABLE

HEAD_LETTERS = 3.6
ARROW_HEAD = 3.0
# Marks that turn the direction of what follows them: a name may not turn the rest of the plan around.
TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def safe(text: str) -> str:
    """Return a text as it may stand in SVG: no markup, nothing unprintable, nothing that turns the rest around."""
    return escape(UNPRINTABLE.sub("", text).translate(TURNING))


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def attributes(box: Box) -> str:
    """Return a box as attributes of a `<rect>`."""
    return f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}"'


def _line(line: Line) -> str:
    weight = ' font-weight="700"' if line.bold else ""
    return (
        f'<text x="{_number(line.x)}" y="{_number(line.y)}" font-size="{_number(line.size)}"{weight}'
        f' text-anchor="middle">{safe(line.text)}</text>'
    )


def label_svg(label: Label) -> str:
    """Return the lines of a label as `<text>`."""
    return "".join(_line(line) for line in label.lines)


def _room(mark: Mark) -> str:
    kind, stroke = ("kamer gebruikt", 0.9) if mark.is_used else ("kamer", 0.3)
    return f'<rect class="{kind}" {attributes(mark.box)} fill="none" stroke="#000" stroke-width="{stroke}"/>'


def _written(mark: Mark, *, over_picture: bool) -> Iterator[str]:
    if mark.label:
        if over_picture:
            yield f'<rect class="achter" {attributes(mark.label.box)} fill="#fff"/>'
        yield f"<g>{label_svg(mark.label)}</g>"


def _title(drawn: DrawnFloor) -> str:
    text = shortened(floor_name(drawn.floor.number).capitalize(), drawn.title.width, HEAD_LETTERS)
    return (
        f'<text class="verdieping" x="{_number(drawn.title.x)}" y="{_number(drawn.title.y + HEAD_LETTERS)}"'
        f' font-size="{HEAD_LETTERS}" font-weight="700">{safe(text)}</text>'
    )


def _path(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _head(points: tuple[Point, ...]) -> str:
    """Return the triangle at the end of an arrow, in the direction of its last stretch."""
    (from_x, from_y), (x, y) = points[-2:]
    if abs(from_x - x) < TOUCH:
        step = ARROW_HEAD if from_y < y else -ARROW_HEAD
        corners = ((x, y), (x - ARROW_HEAD / 2.5, y - step), (x + ARROW_HEAD / 2.5, y - step))
    else:
        step = ARROW_HEAD if from_x < x else -ARROW_HEAD
        corners = ((x, y), (x - step, y - ARROW_HEAD / 2.5), (x - step, y + ARROW_HEAD / 2.5))
    return f'<path class="pijlpunt" d="{_path(corners)}Z" fill="#000"/>'


def _arrows(arrows: tuple[Arrow, ...]) -> Iterator[str]:
    """Yield the white edges of all arrows before the first black line, so that none wipes out another."""
    ways = [_path(arrow.points) for arrow in arrows]
    for way in ways:
        yield f'<path class="pijl-rand" d="{way}" fill="none" stroke="#fff" stroke-width="2.2"/>'
    for way in ways:
        yield f'<path class="pijl" d="{way}" fill="none" stroke="#000" stroke-width="0.8" stroke-linejoin="round"/>'
    yield from (_head(arrow.points) for arrow in arrows)


def _badge(arrow: Arrow) -> Iterator[str]:
    if arrow.badge:
        (x, y), size = arrow.badge.middle, arrow.badge.width
        letters = size * (0.62 if arrow.number < 10 else 0.5)  # noqa: PLR2004 - two digits are broader than one
        yield f'<circle class="nummer" cx="{_number(x)}" cy="{_number(y)}" r="{_number(size / 2)}" fill="#000"/>'
        yield (
            f'<text class="nummer-in" x="{_number(x)}" y="{_number(y + letters * 0.36)}" font-size="{_number(letters)}"'
            f' font-weight="700" text-anchor="middle" fill="#fff">{arrow.number}</text>'
        )


def _entrance(at: Point, label: Label | None) -> Iterator[str]:
    x, y = at
    corners = ((x, y - 0.4), (x - 2, y + 3), (x + 2, y + 3))
    yield f'<path class="ingang" d="{_path(corners)}Z" fill="#000"/>'
    if label:
        yield label_svg(label)


def _pictures(plan: FloorPlan, key: str) -> Iterator[str]:
    for number, (address, lies, frame) in enumerate(plan.pictures):
        yield f'<clipPath id="{key}-{number}"><rect {attributes(frame)}/></clipPath>'
        yield (
            f'<image href="{escape(address)}" {attributes(lies)} preserveAspectRatio="none" opacity="0.4"'
            f' clip-path="url(#{key}-{number})"/>'
        )


def _open(plan: FloorPlan) -> str:
    size = f"0 0 {_number(plan.width)} {_number(plan.height)}"
    return f'<svg class="plattegrond" xmlns="http://www.w3.org/2000/svg" viewBox="{size}" role="img">'


def floor_plan_svg(plan: FloorPlan, *, title: str, key: str = "plan") -> str:
    """Return one `<svg>` element; `title` says in words what it shows. Names may hold anything.

    `key` begins the ids inside it, so that one page can hold several plans.
    """
    key = escape(key)
    over_picture = bool(plan.pictures)
    parts = [
        _open(plan),
        f"<title>{safe(title)}</title>",
        *_pictures(plan, key),
        *map(_title, plan.floors),
        *map(_room, plan.marks),
        *_arrows(plan.arrows),
        *(each for mark in plan.marks for each in _written(mark, over_picture=over_picture)),
        *(each for arrow in plan.arrows for each in _badge(arrow)),
        *(_entrance(*plan.entrance) if plan.entrance else ()),
        "</svg>",
    ]
    return "".join(parts)
