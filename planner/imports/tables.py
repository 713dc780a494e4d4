"""A table: rows of text with the numbers that a spreadsheet shows beside them, and how large one may be."""

from dataclasses import dataclass

from planner.errors import InputError

MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CHARACTERS = 500  # of one cell; no name or list of ours is longer


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something: its number as a spreadsheet shows it (from 1), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file that hold something. `origin` names the sheet it came from, empty for CSV."""

    lines: tuple[Line, ...]
    origin: str = ""


def kept_line(number: int, cells: list[str], *, count: int) -> Line | None:
    """Return the row without empty cells at its end, None when nothing is left; InputError past a limit.

    `count` is how many rows were kept before this one.
    """
    while cells and not cells[-1].strip():
        cells.pop()
    if not cells:
        return None
    if count >= MAX_ROWS:
        raise InputError(f"Dit bestand heeft meer dan {MAX_ROWS} rijen. Maak er kleinere bestanden van.")
    if len(cells) > MAX_COLUMNS:
        raise InputError(
            f"Rij {number} heeft meer dan {MAX_COLUMNS} kolommen. Bewaar alleen de kolommen die u nodig hebt."
        )
    for at, cell in enumerate(cells, start=1):
        if len(cell) > MAX_CHARACTERS:
            raise InputError(
                f"Rij {number}, kolom {at}: hier staan meer dan {MAX_CHARACTERS} tekens. Maak de tekst korter."
            )
    return Line(number, tuple(cells))
