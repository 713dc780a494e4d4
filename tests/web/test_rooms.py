"""Rooms, the floor plan and the corners as a coordinator works with them."""

import re
from io import BytesIO

import pytest
from PIL import Image

NEW = {"name": "Theaterzaal", "capacity": "80", "floor": "0", "x": "90", "y": "0", "width": "12", "depth": "9"}
WORN = "</text><script>kanarie()</script>"


def png():
    out = BytesIO()
    Image.new("L", (40, 20), 200).save(out, "PNG")
    out.seek(0)
    return out


def test_room_is_added_drawn_changed_and_taken_away(coordinator):
    coordinator.post("/ruimtes/nieuw", **NEW, feature=["scherm", "plenair"])
    added = coordinator.look("/ruimtes")
    coordinator.post("/ruimtes/wijzig/ruimte-1", **NEW | {"name": WORN})
    changed = coordinator.look("/ruimtes")
    coordinator.post("/ruimtes/weg/ruimte-1")

    assert "<b>Theaterzaal</b>" in added or ">Theaterzaal</text>" in added
    assert "plenair, scherm" in added
    assert "<script>kanarie" not in changed
    assert "&lt;script&gt;kanarie" in changed
    assert "kanarie" not in coordinator.look("/ruimtes").partition('class="melding')[0]


def test_wrong_room_is_told_on_a_page(coordinator):
    response = coordinator.post("/ruimtes/nieuw", **NEW | {"capacity": ""})

    assert response.status_code == 400
    assert "Hoeveel mensen passen er in Theaterzaal? Vul het aantal plaatsen in." in response.text


def test_drawing_is_served_to_who_signed_in_and_nobody_else(coordinator, stranger):
    coordinator.post("/ruimtes/tekening/0", file=(png(), "plattegrond van thuis.png"))
    given = coordinator.get("/ruimtes/tekening/0")

    assert (given.status_code, given.mimetype, given.data[:3], given.headers["Cache-Control"]) == (
        200, "image/jpeg", b"\xff\xd8\xff", "private, no-store",
    )  # fmt: skip
    assert 'href="/ruimtes/tekening/0"' in coordinator.look("/ruimtes")
    assert "thuis" not in coordinator.look("/ruimtes")
    assert stranger.get("/ruimtes/tekening/0").status_code == 302


@pytest.mark.parametrize(("megabytes", "status"), [(2, 400), (6, 413)])
def test_drawing_of_more_than_a_megabyte_is_let_in_and_of_six_is_not(coordinator, megabytes, status):
    head = 'Content-Disposition: form-data; name="'
    token = f'--grens\r\n{head}csrf_token"\r\n\r\n{coordinator.token}\r\n'
    file = f'--grens\r\n{head}file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    body = (token + file).encode() + b"0" * (megabytes << 20) + b"\r\n--grens--\r\n"

    response = coordinator.open(
        "/ruimtes/tekening/0", "POST", data=body, content_type="multipart/form-data; boundary=grens"
    )

    assert response.status_code == status


@pytest.mark.parametrize("floor", ["9" * 40, "-" + "9" * 40, "x", "0.5"])
def test_floor_that_cannot_be_has_no_drawing(coordinator, floor):
    assert coordinator.get(f"/ruimtes/tekening/{floor}").status_code == 404
    assert coordinator.post(f"/ruimtes/tekening/{floor}/plek", x="0", y="0", width="9").status_code == 404


def test_each_part_of_the_evening_can_be_chosen(demo, coordinator):
    at = f"/activiteit/{demo.facts.event_id}/plattegrond"
    page = coordinator.look(at)
    links = re.findall(rf'href="({at}\?deel=[^"]+)"', page)

    assert len(links) > 2
    for link in links:
        assert 'aria-current="true"' in coordinator.look(link)
    assert coordinator.get(f"{at}?deel=weg").status_code == 404


def test_room_is_chosen_by_hand_and_let_go(demo, coordinator):
    at, need = f"/activiteit/{demo.facts.event_id}", demo.facts.room_need

    coordinator.post(f"{at}/ruimte", need_id=need, room_id="r-gym")
    chosen = coordinator.look(at)
    coordinator.post(f"{at}/ruimte/los", need_id=need)

    assert "Gymzaal is gekozen en staat vast." in chosen
    assert "vastgezet" in chosen
    assert "vastgezet" not in coordinator.look(at)


def test_corners_are_kept_and_shown(demo, coordinator):
    at = f"/activiteit/{demo.facts.event_id}/hoeken"

    coordinator.post(at, **{"sector": "Zorg", "profession-1": WORN, "profession-2": "Kok"})
    page = coordinator.look(at)

    assert "De hoeken van Zorg zijn bewaard." in page
    assert 'value="Kok"' in page
    assert "<script>kanarie" not in page


@pytest.mark.parametrize(
    "sheet", ["plattegrond", "hoeken", "eigen-avond", "deurborden", "taalkaarten", "ruimterooster"]
)
def test_sheets_are_shown(demo, coordinator, sheet):
    assert coordinator.get(f"/activiteit/{demo.facts.event_id}/blad/{sheet}").status_code == 200
