"""Excel workbooks: the texts of one sheet, after the check that it is not a bomb. openpyxl's reading door."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from planner.errors import InputError
from planner.imports.tables import MAX_COLUMNS, MAX_ROWS, Line, Table, kept_line
from planner.imports.zipcheck import BROKEN, check_parts, merged_cells, open_archive

SCANNED_ROWS = 4 * MAX_ROWS  # empty rows between and after count too
EXPLANATION = "Uitleg"
DANGEROUS_STARTS = "=+-@\t\r\0＝＋－＠"


def read_workbook(body: bytes, *, sheet: str) -> Table:
    """Return the rows of the sheet of that name, or else of the first visible list; InputError with the cell."""
    with open_archive(body) as archive:
        names = set(archive.namelist())
        if "content.xml" in names and "mimetype" in names:
            raise InputError("Dit is een LibreOffice-bestand (.ods). Kies 'Opslaan als' met .xlsx of .csv.")
        if "xl/workbook.xml" not in names:
            raise InputError("Dit is een zip-bestand en geen lijst. Pak het eerst uit en kies het bestand zelf.")
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise InputError("In dit bestand zitten macro's. Sla het op als gewoon Excel-bestand (.xlsx).")
        check_parts(archive)
        try:
            return _read(body, archive, sheet)
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - a damaged file can make the library fail anywhere
            raise InputError(BROKEN) from None


def _read(body: bytes, archive: zipfile.ZipFile, wanted: str) -> Table:
    from openpyxl import load_workbook  # noqa: PLC0415 - the web process starts without it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about looks and drop-down lists, which we do not read
        book: Any = load_workbook(BytesIO(body), read_only=True, data_only=False, keep_links=False)
        found = _choose(book.worksheets, wanted)
        rows = found.iter_rows(min_row=1, max_row=SCANNED_ROWS + 1, min_col=1, max_col=MAX_COLUMNS + 1)
        lines = tuple(_lines(rows))
    part = getattr(found, "_worksheet_path", "").lstrip("/")
    _refuse_merged(merged_cells(archive, part), lines)
    return Table(lines=lines, origin=found.title)


def _choose(sheets: Sequence[Any], wanted: str) -> Any:  # noqa: ANN401 - a worksheet of the library
    visible = [each for each in sheets if getattr(each, "sheet_state", "visible") == "visible"]
    named = [each for each in visible if each.title.casefold() == wanted.casefold()]
    lists = [each for each in visible if each.title != EXPLANATION and hasattr(each, "iter_rows")]
    if not named and not lists:
        raise InputError("In dit bestand staat geen blad met een lijst. Zet de lijst op het eerste blad.")
    return (named or lists)[0]


def _lines(rows: Iterator[Sequence[Any]]) -> Iterator[Line]:
    count = 0
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row]
        line = kept_line(number, cells, count=count)
        if line is None:
            continue
        if number > SCANNED_ROWS:
            raise InputError(f"Dit bestand heeft meer dan {MAX_ROWS} rijen. Maak er kleinere bestanden van.")
        count += 1
        yield line


def _text(cell: Any) -> str:  # noqa: ANN401 - a cell of the library
    """Return a cell as text: numbers without ".0", dates as 2026-08-31, and zeros in front that are shown."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise InputError(
            f"Cel {cell.coordinate}: hier staat een formule. Kopieer de kolom en plak haar terug als waarden."
        )
    if cell.data_type == "e":
        raise InputError(f"Cel {cell.coordinate}: hier staat een fout ({value}). Vul de juiste waarde in.")
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return _number_text(value, cell.number_format or "")


def _number_text(value: object, form: str) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - what Excel keeps exact
        value = int(value)
    zeros = re.fullmatch(r"0+", form)
    return str(value).zfill(len(form)) if zeros and isinstance(value, int) else str(value)


def _refuse_merged(ranges: Sequence[str], lines: Sequence[Line]) -> None:
    """Refuse merged cells from the second row with several cells on: a title above the list may be merged."""
    wide = [line.number for line in lines if sum(bool(cell.strip()) for cell in line.cells) > 1]
    first = wide[0] if wide else 0
    for each in ranges:
        last_row = int(re.sub(r"\D", "", each.partition(":")[2]))
        if first and last_row >= first:
            raise InputError(
                f"Cellen {each} zijn samengevoegd. Kies in Excel 'Samenvoegen ongedaan maken' en vul elke cel."
            )
