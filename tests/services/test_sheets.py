import pytest
from demoschool import NOW

from planner.errors import NotFoundError
from planner.services.event import sheets

MARKET = "interessemarkt"


def test_unknown_sheet_names_the_ones_there_are():
    with pytest.raises(NotFoundError) as unknown:
        sheets.known("menukaart")

    assert str(unknown.value) == (
        'Er is geen blad "menukaart". Kies uit: draaiboek, stappenplan, ruimtes, uitnodigingen, plattegrond, '
        "ruimterooster, hoeken, eigen-avond, deurborden, taalkaarten, routebladen, groepskaarten, rondeborden, "
        "deurlijst."
    )


@pytest.mark.parametrize("sheet", ["draaiboek", "stappenplan", "ruimtes"])
def test_sheet_for_the_team_makes_no_invitations(workspace, sheet):
    values = sheets.context(workspace, MARKET, sheet, now=NOW)

    assert (sorted(values), values["nu"], values["person"]) == (["nu", "person", "view"], NOW, "")


def test_invitations_come_with_their_sheets(workspace):
    values = sheets.context(workspace, MARKET, "uitnodigingen", now=NOW)

    assert len(values["sheets"]) == values["view"].line.families


@pytest.mark.parametrize(("person_id", "name"), [("p-reza", "Reza Amiri"), ("p-joris", "")])
def test_sheet_for_one_person_carries_the_name(workspace, person_id, name):
    assert sheets.context(workspace, MARKET, "draaiboek", person_id=person_id, now=NOW)["person"] == name
