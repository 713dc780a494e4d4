"""A table from a file: rows of text with the numbers that a spreadsheet shows beside them."""

from dataclasses import dataclass
from pathlib import PurePath

from planner.errors import InputError

MAX_BYTES = 5 << 20
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_CHARACTERS = 500  # of one cell; no name or list of ours is longer
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel files, and new ones with a password
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


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


def read_table(body: bytes, *, name: str, sheet: str = "") -> Table:
    """Return the table in a CSV or XLSX file; of a workbook the sheet of that name, or else its first list.

    InputError says what is wrong with the file, in which row or cell, and what to do.
    """
    kind = PurePath(name).suffix.lower()
    if len(body) > MAX_BYTES:
        raise InputError(f"Dit bestand is groter dan {MAX_BYTES >> 20} MB. Haal plaatjes en oude bladen eruit.")
    if not body.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise InputError("Dit bestand is leeg. Exporteer de lijst nog eens.")
    _refuse_other_kinds(body, kind)
    if body.startswith(_ZIP):
        from planner.imports.workbook import read_workbook  # noqa: PLC0415 - the two know each other

        table = read_workbook(body, sheet=sheet)
    else:
        from planner.imports.csvtext import read_csv  # noqa: PLC0415 - the two know each other

        table = read_csv(body)
    if not table.lines:
        raise InputError("In dit bestand staan geen gegevens. Exporteer de lijst nog eens.")
    return table


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


def _refuse_other_kinds(body: bytes, kind: str) -> None:
    again = "Open het in Excel en kies 'Opslaan als' met .xlsx of .csv."
    start = body[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if body.startswith(_OLE):
        raise InputError(f"Dit is een oud Excel-bestand, of er zit een wachtwoord op. {again}")
    if start.startswith(b"%pdf"):
        raise InputError("Dit is een PDF. Daar kan Schakelplan geen lijst uit lezen. Exporteer naar Excel of CSV.")
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise InputError(f"Dit bestand is een webpagina en geen lijst. {again}")
    if kind in {".xlsx", ".xlsm"} and not body.startswith(_ZIP):
        raise InputError(f"Dit bestand heet {kind}, maar het is geen Excel-bestand. {again}")
