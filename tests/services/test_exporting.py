"""Everything of one activity as files: real PDFs, with how many pages and what a reader must find on them."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from demoschool import NOW, ROUND

from planner.errors import NotFoundError
from planner.services import paper
from planner.services.event import exporting, sheets
from planner.services.progress import nobody
from planner.services.routes import routing
from planner.services.routes.routesheets import values
from planner.services.state import load_state
from planner.services.talks.talkround import read_round
from planner.services.year import planning

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

SMALL, MARKET = "verder-halverwege", "interessemarkt"  # one family, and many
DATA = {"agenda.ics", "event.json"}
READABLE = 9.0  # points; what is smaller is not read in a corridor


def pages_of(pdf):
    """Return the text of each page, without spaces."""
    document = pypdfium2.PdfDocument(pdf if isinstance(pdf, Path) else BytesIO(pdf))
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


def squeezed(text):
    return "".join(text.split())


def on_both_sides(route_sheets):
    """Return how many pages route sheets take: with a map on the back of one, every sheet has a paper of its own."""
    backs = [bool(sheet.drawing) and not sheet.beside for sheet in route_sheets]
    return 2 * len(backs) - (not backs[-1]) if any(backs) else len(backs)


def test_evening_with_groups_is_exported_whole(workspace, tmp_path):
    planning.choose_form(workspace, SMALL, "carrousel", now=NOW)
    routing.propose(workspace, SMALL)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "event.json").write_text("old")

    paths = exporting.export_event(workspace, SMALL, folder, now=NOW)

    offered = [sheet for sheet, _, _ in sheets.offered(workspace, SMALL)]
    names = {*DATA, "groepen.json", *(f"{sheet}.pdf" for sheet in offered)}
    assert {path.name for path in paths} == {path.name for path in folder.iterdir()} == names
    assert json.loads((folder / "event.json").read_text(encoding="utf-8"))["id"] == SMALL
    assert json.loads((folder / "groepen.json").read_text(encoding="utf-8"))["planned"]
    given = {sheet: values(workspace, SMALL, sheet) for sheet, _, _ in sheets.offered(workspace, SMALL, "rounds")}
    pages = {sheet: pages_of(folder / f"{sheet}.pdf") for sheet in offered}
    title = squeezed(load_state(workspace).event(SMALL).occurrence.title)
    for sheet in sorted({*offered} - {"taalkaarten", "uitnodigingen"}):
        assert title in pages[sheet][0], sheet
    assert "UITNODIGING" in pages["uitnodigingen"][0].upper()
    assert "Ikspreek" in pages["taalkaarten"][0]

    routes = given["routebladen"]["sheets"]
    assert len(pages["routebladen"]) == on_both_sides(routes)
    for sheet in routes:
        front = next(page for page in pages["routebladen"] if squeezed(sheet.person) in page)
        assert all(f"{step.start:%H:%M}" in front and squeezed(step.what) in front for step in sheet.steps)
    cards, signs = given["groepskaarten"]["cards"], given["rondeborden"]["signs"]
    assert [squeezed(card.label) in page for card, page in zip(cards, pages["groepskaarten"], strict=True)] == [
        True
    ] * len(cards)
    assert [squeezed(sign.stop) in page for sign, page in zip(signs, pages["rondeborden"], strict=True)] == [
        True
    ] * len(signs)
    (door,) = pages["deurlijst"]
    assert all(squeezed(line.name) in door for line in given["deurlijst"]["lines"])
    assert "@" not in door


def test_round_of_conversations_is_exported_whole(workspace, tmp_path):
    found = read_round(workspace, ROUND)
    held = [(slot, talk) for slot, talk in found.problem.known(found.plan)]

    folder = tmp_path / "out"
    exporting.export_event(workspace, ROUND, folder, now=NOW)

    names = {path.name for path in folder.iterdir()}
    prints = {"draaiboek", "stappenplan", "uitnodigingen", "mentoren", "tolken", "afspraken"}
    assert names == DATA | {"gesprekken.json"} | {f"{name}.pdf" for name in prints}
    assert json.loads((folder / "gesprekken.json").read_text(encoding="utf-8"))["id"] == ROUND
    mentors, interpreters, cards = (pages_of(folder / f"{name}.pdf") for name in ("mentoren", "tolken", "afspraken"))
    by_mentor = {who: talk for _, talk in held for who in talk.mentors}
    assert len(mentors) == len(by_mentor) > 1
    assert len(interpreters) == len({slot.interpreter_id for slot, _ in held} - {""}) > 1
    assert len(cards) == sum(len(talk.household_ids) for _, talk in held)
    for who, talk in by_mentor.items():
        assert any(squeezed(found.person_name(who)) in page and squeezed(talk.about) in page for page in mentors)
    assert all("@" not in page for page in (*mentors, *interpreters))


def letters_of(page):
    """Return the size in points of each letter of a page, as it is printed."""
    text = page.get_textpage()
    matrix = pypdfium2.raw.FS_MATRIX()
    for at in range(text.count_chars()):
        if chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, at)).isalnum():
            pypdfium2.raw.FPDFText_GetMatrix(text.raw, at, matrix)
            yield pypdfium2.raw.FPDFText_GetFontSize(text.raw, at) * (abs(matrix.d) or abs(matrix.b))


def test_long_route_sheet_keeps_its_map_readable_under_the_name(workspace):
    routing.propose(workspace, MARKET)
    every = values(workspace, MARKET, "routebladen")["sheets"]
    walking = max((sheet for sheet in every if sheet.task == "vertaalt"), key=lambda sheet: len(sheet.steps))
    long = replace(walking, steps=walking.steps * 3)
    context = {**sheets.context(workspace, MARKET, "stappenplan", now=NOW), "sheets": (long,)}

    body = paper.rendered(workspace, [workspace.render("print/routebladen.html", **context, paper=True)], nobody)

    document = pypdfium2.PdfDocument(BytesIO(body))
    last = document[len(document) - 1]
    text, sizes = squeezed(last.get_textpage().get_text_bounded()), [*letters_of(last)]
    document.close()
    assert squeezed(long.person) in text
    assert all(step.room.split()[-1] in text for step in long.steps if step.room)  # in full, or by its number
    small = [size for size in sizes if size < READABLE - 0.1]
    assert len(small) < len(sizes) / 5  # only the name of the school and the number of a walk


def test_export_of_an_unknown_event_makes_no_folder(workspace, tmp_path):
    with pytest.raises(NotFoundError):
        exporting.export_event(workspace, "markt", tmp_path / "out", now=NOW)

    assert not (tmp_path / "out").exists()
