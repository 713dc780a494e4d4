"""A translator's sheet: all texts of a language as Excel, CSV or PO, and back again."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from planner.domain.access.rights import Right
from planner.errors import InputError
from planner.exports.sheet import SheetOut, safe_text, write_workbook
from planner.imports.csvtext import read_csv
from planner.imports.tables import Table
from planner.imports.workbook import read_workbook
from planner.services.guarding import allowed
from planner.services.texts.wordingedit import Change, keep
from planner.services.texts.wordings import Words, words
from planner.services.workspace import Workspace
from planner.storage.models import WordingState

HEADER = ("Sleutel", "Waar", "Nederlands", "Vertaling", "Nagekeken", "Opmerking")
SHEET = "Teksten"
YES, NO = "ja", "nee"
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "po": "text/x-gettext-translation; charset=utf-8",
}
LARGEST = 1 << 20


def _rows(found: Words) -> Iterator[tuple[str, ...]]:
    for line in found.lines.values():
        checked = YES if line.state == WordingState.CHECKED else NO
        yield line.key, line.group, line.dutch, line.text, checked, line.note


@allowed(Right.REVIEW_TEXTS)
def export(workspace: Workspace, code: str, kind: str) -> bytes:
    """Return the texts of a language as `xlsx`, `csv` or `po`."""
    found = words(workspace, code)
    if kind == "po":
        return _po(found)
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows([safe_text(cell) for cell in row] for row in (HEADER, *_rows(found)))
        return out.getvalue().encode("utf-8-sig")
    sheet = SheetOut(title=SHEET, header=HEADER, rows=tuple(_rows(found)), choices={4: (YES, NO)})
    return write_workbook([sheet])


def _po(found: Words) -> bytes:
    catalog = Catalog(locale=found.language.babel, project="Schakelplan", fuzzy=False, creation_date=EPOCH)
    for line in found.lines.values():
        flags = () if line.state == WordingState.CHECKED else ("fuzzy",)
        catalog.add(line.dutch, line.text, context=line.key, auto_comments=(line.group,), user_comments=(), flags=flags)
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=False)
    return out.getvalue()


EPOCH = datetime.fromtimestamp(0).astimezone()  # a file of the same texts is the same file


@allowed(Right.REVIEW_TEXTS)
def take_in(workspace: Workspace, code: str, body: bytes, *, name: str, by: str, now: datetime) -> int:
    """Keep the texts of a translator's file, all or nothing; return how many changed. InputError says what is wrong."""
    if len(body) > LARGEST:
        raise InputError("Dit bestand is te groot. Gebruik het bestand dat u hier hebt opgehaald.")
    found = words(workspace, code)
    said = dict(_from_po(found, body) if name.lower().endswith(".po") else _from_table(_table(body, name)))
    unknown = said.keys() - found.lines.keys()
    if unknown:
        raise InputError(f"De sleutel {min(unknown)[:40]} kennen wij niet. Laat de kolom Sleutel zoals hij was.")
    filled = {key: each for key, each in said.items() if each.text or found.lines[key].text}
    return keep(workspace, code, filled, by=by, now=now)


def _table(body: bytes, name: str) -> Table:
    return read_workbook(body, sheet=SHEET) if name.lower().endswith(".xlsx") else read_csv(body)


def _from_table(table: Table) -> Iterator[tuple[str, Change]]:
    header = [cell.strip().casefold() for cell in table.lines[0].cells] if table.lines else []
    wanted = [name.casefold() for name in HEADER]
    if not {"sleutel", "vertaling"} <= set(header):
        raise InputError("De kolommen Sleutel en Vertaling ontbreken. Gebruik het bestand dat u hier hebt opgehaald.")
    at = {name: header.index(name) for name in wanted if name in header}
    for line in table.lines[1:]:
        cells = {name: _cell(line.cells, place) for name, place in at.items()}
        yield (
            cells["sleutel"],
            Change(
                text=cells["vertaling"],
                state=_state(cells.get("nagekeken", "")),
                note=cells.get("opmerking", ""),
            ),
        )


def _cell(cells: tuple[str, ...], place: int) -> str:
    text = cells[place].strip() if place < len(cells) else ""
    return text[1:] if text.startswith("'") and safe_text(text[1:]) == text else text  # as it was written


def _state(said: str) -> WordingState:
    return WordingState.CHECKED if said.strip().casefold() == YES else WordingState.DRAFT


def _from_po(found: Words, body: bytes) -> Iterator[tuple[str, Change]]:
    try:
        catalog = read_po(io.BytesIO(body), locale=found.language.babel, abort_invalid=True)
    except (PoFileError, ValueError, LookupError):
        raise InputError("Dit PO-bestand is niet te lezen. Gebruik het bestand dat u hier hebt opgehaald.") from None
    for message in catalog:
        if message.context and isinstance(message.string, str):
            state = WordingState.DRAFT if message.fuzzy else WordingState.CHECKED
            note = found.lines[message.context].note if message.context in found.lines else ""
            yield message.context, Change(text=message.string, state=state, note=note)
