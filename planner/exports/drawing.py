"""A drawing of shapes and lines of text, written in two ways.

For a browser it is one `<svg>`. WeasyPrint sets the text of an SVG letter by letter, which breaks every script whose
letters join, so on paper the shapes are an `<svg>` and the texts are HTML on top of it. Both are pure functions; no
text is ever markup.
"""

from dataclasses import dataclass
from html import escape

from planner.domain.drawing.boxes import Box
from planner.domain.drawing.labels import Line
from planner.domain.drawing.textwidth import LINE
from planner.exports.qr import UNPRINTABLE

# Marks that turn the direction of what follows them: a name may not turn the rest of the plan around.
TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
ROOM_TO_SPARE = 100.0  # millimetres around a line in HTML, so that it is never wrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes as SVG and lines of text, on a sheet of millimetres; `title` says in words what is drawn."""

    title: str
    width: float
    height: float
    shapes: tuple[str, ...]
    lines: tuple[Line, ...]
    kind: str = ""  # a class more for a style sheet


def safe(text: str) -> str:
    """Return a text as it may stand in SVG or HTML: no markup, nothing unprintable, nothing that turns the rest."""
    return escape(UNPRINTABLE.sub("", text).translate(TURNING))


def number(value: float) -> str:
    """Return a number as SVG takes it, without needless zeros."""
    return f"{round(value, 2):g}"


def attributes(box: Box) -> str:
    """Return a box as attributes of a `<rect>`."""
    return f'x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}"'


def _open(drawing: Drawing) -> str:
    names = " ".join(filter(None, ("plattegrond", drawing.kind)))
    view = f"0 0 {number(drawing.width)} {number(drawing.height)}"
    return (
        f'<svg class="{names}" xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img"'
        f' font-family="Noto Sans"><title>{safe(drawing.title)}</title>'
    )


def _svg_line(line: Line) -> str:
    weight = ' font-weight="700"' if line.bold else ""
    return (
        f'<text x="{number(line.x)}" y="{number(line.y)}" font-size="{number(line.size)}"{weight}'
        f' text-anchor="{line.anchor}">{safe(line.text)}</text>'
    )


def as_svg(drawing: Drawing) -> str:
    """Return the drawing as one `<svg>`, for a browser."""
    return "".join((_open(drawing), *drawing.shapes, *map(_svg_line, drawing.lines), "</svg>"))


def _html_line(line: Line) -> str:
    left = line.x - ROOM_TO_SPARE / 2 if line.anchor == "middle" else line.x
    align, weight = ("center" if line.anchor == "middle" else "left"), (700 if line.bold else 400)
    style = (
        f"left:{number(left)}mm;top:{number(line.y - line.size * (1 + (LINE - 1) / 8))}mm;"
        f"width:{ROOM_TO_SPARE:g}mm;text-align:{align};font-size:{number(line.size)}mm;font-weight:{weight};"
        f"line-height:{LINE}"
    )
    return f'<p dir="auto" style="{style}">{safe(line.text)}</p>'


def as_html(drawing: Drawing) -> str:
    """Return the drawing as HTML of its true size, for paper. It has style attributes, which our pages forbid."""
    size = f"width:{number(drawing.width)}mm;height:{number(drawing.height)}mm"
    shapes = "".join((_open(drawing), *drawing.shapes, "</svg>"))
    return f'<div class="tekenvel" style="{size}">{shapes}{"".join(map(_html_line, drawing.lines))}</div>'
