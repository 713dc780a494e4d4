"""Excel files that go out: safe for a spreadsheet, and readable by ourselves."""

import io

import pytest
from demoschool import NOW
from openpyxl import load_workbook
from sqlalchemy import select

from planner.services.lists import importing, importview, workbooks
from planner.storage.db import writing
from planner.storage.models import AuditRow, PersonRow, PupilRow, RoomRow, SchoolRow

WHO = "Noor"
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def view(workspace, body, kind):
    waiting = importing.receive(workspace, body, name="x.xlsx", kind=kind, who=WHO, now=NOW)
    return importview.view(workspace, waiting, now=NOW)


@only_sqlite
def test_template_explains_itself_and_its_example_is_read(workspace):
    body = workbooks.template(workspace)
    book = load_workbook(io.BytesIO(body))

    assert book.sheetnames == ["Uitleg", "Leerlingen", "Gezinnen", "Mensen", "Ruimtes"]
    words = {str(cell.value) for row in book["Uitleg"].iter_rows() for cell in row}
    assert {"Startdatum", "Arabisch", "Docent", "keuken"} <= words
    assert book["Gezinnen"].data_validations.dataValidation
    pupils, rooms = view(workspace, body, "pupils"), view(workspace, body, "rooms")
    assert (pupils.shape, pupils.new, pupils.problems) == ("Schakelplan", ("Amina van Dijk (012345)",), ())
    assert (rooms.shape, rooms.problems) == ("Schakelplan", ())


@only_sqlite
def test_export_has_everything_and_no_formula(workspace):
    hostile = '=HYPERLINK("http://x")'
    with writing(workspace.session):
        for table, column in ((PupilRow, "first_name"), (PersonRow, "name"), (RoomRow, "name"), (SchoolRow, "name")):
            setattr(workspace.session.scalars(select(table)).first(), column, hostile)

    body = workbooks.everything(workspace, who=WHO, now=NOW)

    book = load_workbook(io.BytesIO(body))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sum(cell.value == f"'{hostile}" for cell in cells) == 4
    assert {"Activiteiten", "Taken", "Stappen klaar", "Regels opzij", "Vrije dagen"} <= set(book.sheetnames)
    assert view(workspace, body, "pupils").changed == ()  # and ours to read again
    noted = workspace.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert (noted.who, noted.what) == (WHO, "export.workbook")
