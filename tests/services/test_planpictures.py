from io import BytesIO

import pytest
from PIL import Image

from planner.errors import InputError, NotFoundError
from planner.services.rooms import floorplans, planpictures
from planner.storage.building import load_pictures

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def drawing():
    out = BytesIO()
    Image.new("L", (400, 200), 200).save(out, "PNG")
    return out.getvalue()


def test_drawing_lies_under_the_rooms_of_its_floor(workspace, drawing):
    planpictures.receive(workspace, 0, drawing)

    [picture] = load_pictures(workspace.session)
    assert (picture.floor, picture.x, picture.y, picture.height) == (0, 0.0, 0.0, picture.width / 2)
    assert planpictures.image(workspace, 0)[:3] == b"\xff\xd8\xff"
    assert [(form.floor, form.is_there, form.width) for form in planpictures.forms(workspace)] == [
        (0, True, picture.width), (1, False, 0.0),
    ]  # fmt: skip


def test_drawing_is_moved_replaced_and_taken_away(workspace, drawing):
    planpictures.receive(workspace, 0, drawing)
    planpictures.place(workspace, 0, {"x": "-3,5", "y": "2", "width": "60"})
    [moved] = load_pictures(workspace.session)
    planpictures.receive(workspace, 0, drawing)
    [replaced] = load_pictures(workspace.session)
    planpictures.remove(workspace, 0)
    planpictures.remove(workspace, 0)

    assert (moved.x, moved.y, moved.width, moved.height) == (-3.5, 2.0, 60.0, 30.0)
    assert (replaced.x, load_pictures(workspace.session)) == (0.0, ())


@pytest.mark.parametrize("floor", [0, 9, 10**30, -(10**30)])
def test_floor_without_a_drawing_has_none(workspace, floor):
    for use_case in (
        lambda: planpictures.image(workspace, floor),
        lambda: planpictures.place(workspace, floor, {"x": "0", "y": "0", "width": "9"}),
    ):
        with pytest.raises(NotFoundError, match=r"^Onder deze verdieping ligt geen tekening"):
            use_case()
    planpictures.remove(workspace, floor)


def test_floor_without_rooms_takes_no_drawing(workspace, drawing):
    with pytest.raises(InputError, match=r"^Op deze verdieping zijn geen ruimtes"):
        planpictures.receive(workspace, 9, drawing)


def test_odd_width_is_refused(workspace, drawing):
    planpictures.receive(workspace, 0, drawing)

    with pytest.raises(InputError, match=r"^Voor de breedte kan een getal van 1 tot en met 2000\.$"):
        planpictures.place(workspace, 0, {"x": "0", "y": "0", "width": "0"})


def test_page_asks_for_the_drawing_and_paper_holds_it(workspace, drawing):
    planpictures.receive(workspace, 0, drawing)

    page = floorplans.school_plan(workspace, address=lambda floor: f"/tekening/{floor}").svg
    [sheet, *_] = floorplans.sheets(workspace, "interessemarkt")

    assert 'href="/tekening/0"' in page
    assert 'href="data:image/jpeg;base64,/9j/' in sheet.drawing.paper
