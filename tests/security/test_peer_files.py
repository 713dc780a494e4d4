"""What goes in and out as a file: formulas, line breaks, bombs.

Every test has a twin that fails when its guard is off. Calendars: what tests/exports/test_ical_meaning.py holds of any
text (V14) only gets its twin here.
"""

import csv
import io
import zipfile
from contextlib import suppress

import pytest
from demoschool import NOW
from exports.icalcheck import problems
from exports.icalreaders import make_entry, make_feed
from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from planner.errors import InputError
from planner.exports import ical, sheet
from planner.imports import zipcheck
from planner.imports.workbook import read_workbook
from planner.services.lists import workbooks
from planner.services.texts import wordingfiles
from planner.services.texts.wordings import words
from planner.storage.db import db, writing
from planner.storage.models import WordingRow, WordingState

# ---- V08: formulas (Indico 2.2.3, LinkAce 2.6.1) ----

SIGNS = "=+-@\t\r\0＝＋－＠"
FORMULA = "1+1|cmd' /C calc'!A1"
NAMED = ("school.name", "school_class.name", "pupil.first_name", "household.name", "person.name", "person.organisation",
         "room.name", "event.title", "event.reason", "duty.reason", "open_day.school", "period.name",
         "step_state.done_by")  # fmt: skip


def cells_of(body):
    """Yield (kind of cell, text) of a workbook or a CSV."""
    if body[:2] != b"PK":
        rows = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
        yield from (("s", cell) for row in rows for cell in row)
        return
    for page in load_workbook(io.BytesIO(body)):
        yield from ((cell.data_type, cell.value) for row in page.iter_rows() for cell in row if cell.value is not None)


def is_formula(kind, value):
    return kind == "f" or str(value).startswith(tuple(SIGNS))


def formulas(demo, sign):
    """Put a formula everywhere; return by export what a spreadsheet could take for one, and whether it was there."""
    hostile = sign + FORMULA
    with demo.app.test_request_context():
        with writing(db.session):
            for column in NAMED:
                table, name = column.split(".")
                db.session.execute(text(f'UPDATE "{table}" SET "{name}" = :hostile'), {"hostile": hostile})  # noqa: S608 - from the list above
            key = next(iter(words(demo.workspace, "ar").lines))
            more = {"text": hostile, "state": WordingState.DRAFT, "note": hostile, "who": hostile, "at": NOW}
            db.session.merge(WordingRow(language="ar", key=key, **more))
            insert = "INSERT INTO own_language (code, babel, rtl, name, own_name) VALUES ('sq', 'sq', 0, :it, :it)"
            db.session.execute(text(insert), {"it": hostile})
            db.session.execute(text("UPDATE school SET revision = revision + 1"))
        made = {
            "everything": workbooks.everything(demo.workspace, who="Noor", now=NOW),
            "template": workbooks.template(demo.workspace),
            **{kind: wordingfiles.export(demo.workspace, "ar", kind) for kind in ("xlsx", "csv")},
        }
    read = {name: list(cells_of(body)) for name, body in made.items()}
    assert all(any(FORMULA in str(value) for _, value in cells) for cells in read.values())
    return {name for name, cells in read.items() if any(is_formula(*cell) for cell in cells)}


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_of_any_export_is_a_formula(demo, sign):
    assert formulas(demo, sign) == set()


@pytest.mark.parametrize("sign", "=＠")
def test_twin_without_the_apostrophe_would_be_seen(demo, monkeypatch, sign):
    for module in (sheet, wordingfiles):
        monkeypatch.setattr(module, "safe_text", lambda text: text)

    assert formulas(demo, sign) == {"everything", "template", "xlsx", "csv"}


@pytest.mark.parametrize("word", ['x",A1,"', "=A1", "＝A1", "\0", "\ud800"], ids=ascii)
def test_word_that_would_end_the_text_of_a_list_is_in_none(word):
    def lists(*words):
        page = sheet.SheetOut(title="Blad", header=("Taal",), choices={0: ("ja", *words)})
        return load_workbook(io.BytesIO(sheet.write_workbook([page]))).active.data_validations.dataValidation

    assert lists(word) == []
    assert [each.formula1 for each in lists("nee")] == ['"ja,nee"']  # what is harmless is listed


# ---- V14: line breaks in calendars (Ruby icalendar CVE-2026-33635, Moodle GHSA-4w8m-96v9-2c86) ----


def events_in(ends):
    """Return how many events there are in a feed of one whose texts try to be two, and what is wrong with it."""
    hostile = f"x{ends}END:VEVENT{ends}BEGIN:VEVENT{ends}UID:y"
    entry = make_entry(summary=hostile, location=hostile, description=hostile)
    ical.render_event.cache_clear()
    made = ical.render_feed(make_feed(entry, name=hostile))
    lines = made.decode().splitlines() if ends.isspace() and ends in "\r\n" else made.split(b"\r\n")
    return sum(line in {"BEGIN:VEVENT", b"BEGIN:VEVENT"} for line in lines), list(problems(made))


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"], ids=ascii)
def test_text_of_a_calendar_stays_text(ends):
    assert events_in(ends) == (1, [])


@pytest.mark.parametrize("ends", ["\r", "\x0b"], ids=ascii)
def test_twin_calendar_without_escapes_would_be_seen(monkeypatch, ends):
    monkeypatch.setattr(ical, "escape", lambda text: text)

    assert events_in(ends) != (1, [])
    ical.render_event.cache_clear()


# ---- V25: bombs (OpenDocMan CVE-2026-108750, openpyxl CVE-2017-5992) ----

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET, TEXTS, LINKS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"
ROW = "<row>" + "<c/>" * 30_000 + "</row>"
WIDE = f'<worksheet xmlns="{MAIN}"><sheetData>{ROW}</sheetData></worksheet>'
ODD = WIDE.replace("<", "<q-q:").replace("<q-q:/", "</q-q:").replace("xmlns=", "xmlns:q-q=")


def book(**parts):
    """Return a workbook with other parts (`at` names them), or with its sheet elsewhere."""
    made, out = io.BytesIO(), io.BytesIO()
    plain = Workbook()
    plain.active.append(["Stamnummer"])
    plain.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        kept = {name: old.read(name) for name in old.namelist()}
        where = parts.pop("where", SHEET)
        kept[LINKS] = kept[LINKS].replace(SHEET.removeprefix("xl/").encode(), where.removeprefix("xl/").encode())
        kept[where] = parts.pop("content", kept[SHEET])
        for name, body in (kept | parts).items():
            new.writestr(name, body)
    return out.getvalue()


def lying(body, true, told):
    """Return the file with another size in its headers."""
    return body.replace(true.to_bytes(4, "little"), told.to_bytes(4, "little"))


BOMBS = {
    "a large part": book(**{"xl/media/a.bin": b"\0" * (12 << 20)}),
    "a large part that lies": lying(book(**{"xl/media/a.xml": b"<" * (12 << 20)}), 12 << 20, 1000),
    "a wide row": book(content=WIDE.encode()),
    "in UTF-16": book(content=WIDE.encode("utf-16")),
    "with a prefix": book(content=ODD.encode()),
    "under another name": book(where="xl/worksheets/sheet1.bin", content=WIDE.encode()),
    "as a picture": book(where="xl/media/image1.png", content=b"\xef\xbb\xbf \n" + WIDE.encode()),
    "as the list of texts": book(where=TEXTS, content=WIDE.encode()),
}
LITTLE = 3 << 20  # bytes unpacked before a bomb is refused


@pytest.fixture
def unpacked(monkeypatch):
    """Count the bytes that come out of zip files."""
    counts, true_read = [], zipfile.ZipExtFile.read

    def read(self, n=-1):
        piece = true_read(self, n)
        counts.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", read)
    return counts


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_before_much_is_unpacked(name, unpacked):
    with pytest.raises(InputError):
        read_workbook(BOMBS[name], sheet="Leerlingen")

    assert sum(unpacked) < LITTLE


def test_twin_without_the_list_of_contents_a_bomb_would_be_unpacked(unpacked, monkeypatch):
    monkeypatch.setattr(zipcheck, "MAX_RATIO", 1 << 30)
    bomb = book(**{"xl/media/a.xml": b"<a>" + b" " * (12 << 20)})

    with suppress(InputError):
        read_workbook(bomb, sheet="Leerlingen")

    assert sum(unpacked) > 12 << 20


@pytest.mark.parametrize("name", [name for name in BOMBS if "large" not in name])
def test_twin_without_a_look_at_the_parts_a_wide_row_would_be_read(name, monkeypatch):
    from planner.imports import workbook  # noqa: PLC0415 - only to take its guard away

    monkeypatch.setattr(workbook, "check_parts", lambda _: None)

    assert read_workbook(BOMBS[name], sheet="Leerlingen").lines == ()


def test_ordinary_book_with_a_picture_is_read(unpacked):
    body = book(**{"xl/media/image1.png": b"\x89PNG" + bytes(range(256)) * 9, "xl/printerSettings/1.bin": b"H\0P\0"})

    assert [line.cells for line in read_workbook(body, sheet="Leerlingen").lines] == [("Stamnummer",)]
    assert 0 < sum(unpacked) < LITTLE
