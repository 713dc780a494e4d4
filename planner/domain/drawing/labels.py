"""What stands inside a box on paper: as large as fits, or nothing when not even the smallest letters do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.domain.drawing.boxes import Box
from planner.domain.drawing.textwidth import LINE, text_width, wrapped

STEP = 0.25  # millimetres between two sizes that are tried
SMALLER = 0.88  # details next to a name
PADDING = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text: its middle, or with `anchor` "start" its beginning, on its baseline."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Lines of text and the box that holds them."""

    box: Box
    lines: tuple[Line, ...]


def _sizes(smallest: float, largest: float) -> Iterator[float]:
    steps = max(0, round((largest - smallest) / STEP))
    yield from (smallest + step * STEP for step in range(steps, -1, -1))


def fitted(name: str, details: Sequence[str], box: Box, *, smallest: float, largest: float) -> Label | None:
    """Return name and details in the middle of a box, in the largest letters that fit; None when none do.

    The name is bold. Details are a little smaller than the name, never smaller than `smallest`.
    """
    ink = sum(text_width(text, 1) for text in (name, *details))  # of one line, in letters
    for size in _sizes(smallest, largest):
        if ink * size * size * LINE * SMALLER * SMALLER > box.width * box.height:
            continue  # an endless name is refused before it is cut into lines
        if label := _at_size(name, details, box, size, max(smallest, size * SMALLER)):
            return label
    return None


def _at_size(name: str, details: Sequence[str], box: Box, large: float, small: float) -> Label | None:
    width = box.width - 2 * PADDING
    texts: list[tuple[str, float, bool]] = []
    for text, size, bold in ((name, large, True), *((each, small, False) for each in details)):
        lines = wrapped(text, width, size)
        if lines is None:
            return None
        texts += ((line, size, bold) for line in lines)
    height = sum(size * LINE for _, size, _ in texts)
    if not texts or height > box.height - 2 * PADDING:
        return None
    widest = max(text_width(text, size) for text, size, _ in texts)
    middle, top = box.middle[0], box.middle[1] - height / 2
    found, y = [], top
    for text, size, bold in texts:
        found.append(Line(text=text, x=middle, y=y + size, size=size, bold=bold))
        y += size * LINE
    return Label(box=Box(x=middle - widest / 2, y=top, width=widest, height=height), lines=tuple(found))
