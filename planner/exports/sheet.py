"""Excel workbooks of texts: no cell is ever a formula. openpyxl's writing door."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

# What a spreadsheet may take for a formula at the start of a cell, full-width look-alikes included.
DANGEROUS = tuple("=+-@\t\r\0＝＋－＠")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDEST = 60
FIRST_CHOICE_ROW, LAST_CHOICE_ROW = 2, 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """A sheet: a header and rows of text. `choices` gives a drop-down list for a column (from 0)."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str]] = ()
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def safe_text(text: str) -> str:
    """Return the text with an apostrophe in front when a spreadsheet could take it for a formula."""
    bare = _UNWRITABLE.sub("", text)
    return f"'{bare}" if text.startswith(DANGEROUS) or bare.startswith(DANGEROUS) else bare


def write_workbook(sheets: Sequence[SheetOut]) -> bytes:
    """Return an .xlsx file with these sheets, every cell text."""
    from openpyxl import Workbook  # noqa: PLC0415 - the web process starts without it

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_sheet(page: Any, sheet: SheetOut) -> None:  # noqa: ANN401 - a worksheet of the library
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    widths = [len(name) for name in sheet.header]
    bold = Font(bold=True)
    for row, cells in enumerate((sheet.header, *sheet.rows), start=1):
        for column, text in enumerate(cells, start=1):
            cell = page.cell(row=row, column=column)
            cell.value = safe_text(text) or None
            if cell.value is not None:
                cell.data_type = "s"  # the library would take "=1" for a formula
            cell.number_format = "@"  # Excel leaves zeros in front alone in a column of text
            widths[column - 1] = max(widths[column - 1], len(text))
            if row == 1:
                cell.font = bold
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[_letter(column)].width = min(WIDEST, width + 3)
    page.freeze_panes = "A2"
    for column, words in sheet.choices.items():
        _add_choices(page, _letter(column + 1), words)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    return str(get_column_letter(column))


def _add_choices(page: Any, letter: str, words: Sequence[str]) -> None:  # noqa: ANN401 - a worksheet of the library
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - as above

    longest = 255  # more than this Excel does not take in one list
    listed = ",".join(words)
    if len(listed) > longest or any(safe_text(word) != word or not {",", '"'}.isdisjoint(word) for word in words):
        return  # the list is itself a formula: a quote would end its text
    rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    rule.error = "Kies een woord uit de lijst."
    page.add_data_validation(rule)
    rule.add(f"{letter}{FIRST_CHOICE_ROW}:{letter}{LAST_CHOICE_ROW}")
