"""A file becomes a table: which kind it is, and a sentence for every kind we do not read."""

from pathlib import PurePath

from planner.errors import InputError
from planner.imports.csvtext import read_csv
from planner.imports.tables import Table
from planner.imports.workbook import read_workbook

MAX_BYTES = 5 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel files, and new ones with a password
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


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
    table = read_workbook(body, sheet=sheet) if body.startswith(_ZIP) else read_csv(body)
    if not table.lines:
        raise InputError("In dit bestand staan geen gegevens. Exporteer de lijst nog eens.")
    return table


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
