"""Real PDFs; few pages, on one database, since they take seconds and ask nothing special of a database."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from demoschool import NOW
from sqlalchemy import select

from planner.errors import InputError
from planner.exports.ical import render_feed
from planner.services import paper, tasks
from planner.services.event import exporting, printing
from planner.services.invitations import invitations
from planner.services.state import load_state
from planner.services.year import feeds, planning
from planner.storage.models import PrintedRow

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

SMALL, FEW, MARKET = "verder-halverwege", "verder-zomer-vo", "interessemarkt"  # one family, four, and many
LETTER = "Voor {name} ontbreekt een letter: 𐎀."


def arguments_for(sheet):
    return {"event_id": SMALL, "sheet": sheet, "only": "", "classes": None}


def text_of(pdf):
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def test_sheet_for_one_person_carries_the_name(workspace):
    pages = text_of(printing.sheet_pdf(workspace, MARKET, "draaiboek", only="p-reza", now=NOW))

    assert "Dit blad is voor Reza Amiri." in " ".join(pages[0].split())


def test_every_family_is_printed_and_progress_is_told(workspace, monkeypatch):
    monkeypatch.setattr(paper, "FAMILIES_AT_ONCE", 3)
    told, families = [], len(invitations.sheets(workspace, FEW))

    pages = text_of(
        printing.sheet_pdf(workspace, FEW, "uitnodigingen", now=NOW, progress=lambda *step: told.append(step))
    )

    titles = sum("Verder na de ISK" in page for page in pages)
    assert (titles, families) == (4, 4)
    assert (told[0], told[-1]) == ((0, 2, "De bladen opmaken"), (2, 2, "De bladen opmaken"))


def test_machine_without_fonts_says_what_to_do(workspace, tmp_path):
    with pytest.raises(InputError) as refused:
        printing.sheet_pdf(replace(workspace, fonts_dir=tmp_path), SMALL, "draaiboek", now=NOW)

    assert str(refused.value) == (
        "Lettertypen ontbreken (NotoSans-Regular.ttf, NotoSans-Bold.ttf, Vazirmatn-Regular.ttf). "
        "Voer eerst 'make fonts' uit."
    )


def test_missing_letter_is_named_with_its_language(workspace):
    state = load_state(workspace)
    code = next(
        home.language
        for home in state.school.households
        if set(home.pupil_ids) & set(state.event(SMALL).planned.pupil_ids)
    )
    language = workspace.languages[code]
    odd = replace(language, strings={**language.strings, "where": "𐎀"})

    with pytest.raises(InputError) as refused:
        printing.sheet_pdf(
            replace(workspace, languages={**workspace.languages, code: odd}, kept={}), SMALL, "uitnodigingen", now=NOW
        )

    assert str(refused.value) == LETTER.format(name=language.name)


def test_printed_invitations_are_remembered_with_their_facts(workspace):
    tasks.queue(workspace, kind="event.pdf", arguments=arguments_for("uitnodigingen"), now=NOW)

    assert tasks.run_next(workspace, now=NOW)

    families = {sheet.household_id for sheet in invitations.sheets(workspace, SMALL)}
    assert set(workspace.session.scalars(select(PrintedRow.household_id))) == families


def test_print_task_keeps_the_pdf_under_its_id(workspace):
    task_id = tasks.queue(workspace, kind="event.pdf", arguments=arguments_for("ruimtes"), now=NOW)

    tasks.run_next(workspace, now=NOW)

    path, name = tasks.result(workspace, task_id)
    assert (path.read_bytes()[:5], name, [each.name for each in workspace.prints_dir.iterdir()]) == (
        b"%PDF-",
        "verder-halverwege-ruimtes.pdf",
        [f"{task_id}.pdf"],
    )


def test_export_that_fails_leaves_nothing_half(workspace, tmp_path):
    bare = replace(workspace, fonts_dir=tmp_path / "none")

    with pytest.raises(InputError, match=r"^Lettertypen ontbreken"):
        exporting.export_event(bare, SMALL, tmp_path / "out", now=NOW)

    assert not (tmp_path / "out").exists()


def test_export_to_where_nothing_can_be_written_says_where(workspace, tmp_path):
    (tmp_path / "out").write_text("a file, not a folder")

    with pytest.raises(InputError, match=rf"^In de map {tmp_path / 'out'} kan niet worden geschreven"):
        exporting.export_event(workspace, SMALL, tmp_path / "out", now=NOW)

    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file, not a folder"


def test_calendar_of_a_draft_shows_the_event_as_it_is_now(workspace):
    state = load_state(workspace)
    day = next(event.planned.span.first for event in state.events if event.planned.id == MARKET)
    moved = day.replace(day=9)
    planning.move(workspace, MARKET, moved, pin=False, now=NOW)
    state = load_state(workspace)

    body = render_feed(feeds.draft_feed(workspace, replace(state, events=(state.event(MARKET),)), now=NOW))

    assert (body.count(b"BEGIN:VEVENT"), f"DTSTART;TZID=Europe/Amsterdam:{moved:%Y%m%d}T".encode() in body) == (1, True)
