"""The sheets about rooms and languages as real PDFs: one page each, with the right words, in every script."""

from io import BytesIO

import pypdfium2
import pytest
from demoschool import NOW
from PIL import Image
from sqlalchemy import update

from planner.services.event import printing
from planner.services.people import ownevening
from planner.services.rooms import planpictures, roomsheets
from planner.services.state import load_state
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.models import PersonRow, RoomRow
from planner.storage.records import bump_revision

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

MARKET, SMALL, LONG = "interessemarkt", "verder-halverwege", "welkom-najaar-gemengd"
A4, A5 = (210, 297), (148, 210)  # millimetres
NAMES = ("نورالدین احمدی", "ሰላማዊት ገብረመድህን", "Олександра Коваленко", "欧阳晓明", "<b>Jan & 'Piet'</b> {{ 7*7 }}")


def pages_of(pdf):
    """Return (text without spaces, width and height in millimetres, number of pictures) of each page."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    found = []
    for page in document:
        text = "".join(page.get_textpage().get_text_bounded().split())
        size = tuple(round(side / 72 * 25.4) for side in page.get_size())
        pictures = sum(1 for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
        found.append((text, size, pictures))
    document.close()
    return found


def printed(workspace, sheet, event_id=MARKET, only=""):
    return pages_of(printing.sheet_pdf(workspace, event_id, sheet, only=only, now=NOW))


def test_every_door_has_one_page_with_its_name_and_languages(workspace):
    signs = roomsheets.door_signs(workspace, MARKET)

    pages = printed(workspace, "deurborden")

    assert [size for _, size, _ in pages] == [A4[::-1]] * len(signs)
    for sign, (text, _, _) in zip(signs, pages, strict=True):
        assert sign.room.replace(" ", "") in text
        assert all(language.name.replace(" ", "") in text for language in sign.languages)


def test_every_language_has_one_small_card_in_both_scripts(workspace):
    cards = roomsheets.language_cards(workspace, SMALL)

    pages = printed(workspace, "taalkaarten", SMALL)

    assert cards
    for card, (text, size, _) in zip(cards, pages, strict=True):
        assert size == A5[::-1]
        assert card.speak_dutch.replace(" ", "") in text
        assert card.rtl or card.speak.replace(" ", "") in text
        assert "Concept" in text


def test_somebodys_evening_is_one_page_whatever_the_name(workspace):
    people = sorted({person.id for _, _, person in load_state(workspace).duties_of(MARKET)})[: len(NAMES)]
    with writing(workspace.session):
        for person_id, name in zip(people, NAMES, strict=True):
            workspace.session.execute(update(PersonRow).where(PersonRow.id == person_id).values(name=name))
        workspace.session.execute(update(RoomRow).where(RoomRow.id == "r-hal").values(name="ሃዋላ 大厅"))
        bump_revision(workspace.session)

    pages = [page for person_id in people for page in printed(workspace, "eigen-avond", only=person_id)]

    assert [size for _, size, _ in pages] == [A4] * len(NAMES)
    for name, (text, _, _) in zip(NAMES[1:], pages[1:], strict=True):
        assert name.replace(" ", "") in text
    assert set("نورالدین احمدی") - {" "} <= set(pages[0][0])
    assert any("ሃዋላ大厅" in text for text, _, _ in pages)


def test_who_has_one_stop_of_a_carousel_reads_that_stop_only(workspace):
    event_id = "verder-zomer-mbo"
    planning.choose_form(workspace, event_id, "carrousel", now=NOW)
    stops = {row.id: row.what for row in load_state(workspace).runbook(event_id).forms[0].rows[1:]}

    for evening in ownevening.evenings(workspace, event_id):
        said = " ".join(stop.what for stop in evening.stops)
        assert sum(what in said for what in stops.values()) <= 1
        assert len({room for stop in evening.stops for room in stop.rooms if stop.what in stops.values()}) <= 1


def test_everyone_has_a_page(workspace):
    assert len(printed(workspace, "eigen-avond", LONG)) == len(ownevening.evenings(workspace, LONG))


def test_plan_holds_the_drawing_of_the_school_inside_the_document(workspace):
    out = BytesIO()
    Image.new("L", (40, 20), 90).save(out, "PNG")
    bare = printed(workspace, "plattegrond", SMALL)
    planpictures.receive(workspace, 0, out.getvalue())

    pages = printed(workspace, "plattegrond", SMALL)

    assert {size for _, size, _ in pages} == {A4[::-1]}
    assert (bare[0][2], pages[0][2]) == (0, 1)
    assert "Beganegrond" in pages[0][0]


@pytest.mark.parametrize(("sheet", "words"), [("ruimterooster", "Ruimterooster"), ("hoeken", "linksvoor")])
def test_other_sheets_say_what_they_are(workspace, sheet, words):
    pages = printed(workspace, sheet)

    assert words in pages[0][0]
    assert len(pages) == (1 if sheet == "ruimterooster" else 5)
