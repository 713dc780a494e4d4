"""A floor plan as a drawing: a pure function of the plan. Black on white; nothing needs colour.

Presentation attributes say how it looks on paper; a style sheet may say otherwise on a screen.
"""

from collections.abc import Iterator

from planner.domain.drawing.boxes import TOUCH, Point
from planner.domain.drawing.floorplan import FloorPlan, Mark
from planner.domain.drawing.floors import DrawnFloor
from planner.domain.drawing.labels import Line
from planner.domain.drawing.textwidth import shortened
from planner.domain.drawing.walkways import Arrow
from planner.domain.rooms.room import floor_name
from planner.exports.drawing import Drawing, attributes, number, safe

HEAD_LETTERS = 3.6
ARROW_HEAD = 3.0


def floor_drawing(plan: FloorPlan, *, title: str, key: str = "plan") -> Drawing:
    """Return the drawing of a plan; `title` says in words what it shows. Names may hold anything.

    `key` begins the ids inside it, so that one page can hold several plans.
    """
    return Drawing(
        title=title,
        width=plan.width,
        height=plan.height,
        shapes=(
            *_pictures(plan, safe(key)),
            *map(_room, plan.marks),
            *_arrows(plan.arrows),
            *_backs(plan),
            *(each for arrow in plan.arrows for each in _badge(arrow)),
            *([_entrance(plan.entrance[0])] if plan.entrance else []),
        ),
        lines=tuple(_lines(plan)),
    )


def _lines(plan: FloorPlan) -> Iterator[Line]:
    yield from map(_title, plan.floors)
    for mark in plan.marks:
        if mark.label:
            yield from mark.label.lines
    if plan.entrance and plan.entrance[1]:
        yield from plan.entrance[1].lines


def _title(drawn: DrawnFloor) -> Line:
    text = shortened(floor_name(drawn.floor.number).capitalize(), drawn.title.width, HEAD_LETTERS)
    x, y = drawn.title.x, drawn.title.y + HEAD_LETTERS
    return Line(text=text, x=x, y=y, size=HEAD_LETTERS, bold=True, anchor="start")


def _room(mark: Mark) -> str:
    kind, stroke = ("kamer gebruikt", 0.9) if mark.is_used else ("kamer", 0.3)
    return f'<rect class="{kind}" {attributes(mark.box)} fill="none" stroke="#000" stroke-width="{stroke}"/>'


def _backs(plan: FloorPlan) -> Iterator[str]:
    """Yield white under what is written, where a drawing of the school lies below it."""
    for mark in plan.marks if plan.pictures else ():
        if mark.label:
            yield f'<rect class="achter" {attributes(mark.label.box)} fill="#fff"/>'


def _path(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


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
        yield f'<circle class="nummer" cx="{number(x)}" cy="{number(y)}" r="{number(size / 2)}" fill="#000"/>'
        yield (
            f'<text class="nummer-in" x="{number(x)}" y="{number(y + letters * 0.36)}" font-size="{number(letters)}"'
            f' font-weight="700" text-anchor="middle" fill="#fff">{arrow.number}</text>'
        )


def _entrance(at: Point) -> str:
    x, y = at
    return f'<path class="ingang" d="{_path(((x, y - 0.4), (x - 2, y + 3), (x + 2, y + 3)))}Z" fill="#000"/>'


def _pictures(plan: FloorPlan, key: str) -> Iterator[str]:
    for at, (address, lies, frame) in enumerate(plan.pictures):
        yield f'<clipPath id="{key}-{at}"><rect {attributes(frame)}/></clipPath>'
        yield (
            f'<image href="{safe(address)}" {attributes(lies)} preserveAspectRatio="none" opacity="0.4"'
            f' clip-path="url(#{key}-{at})"/>'
        )
