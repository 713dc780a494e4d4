"""The page of an activity: moving it, choosing its form, ticking its steps, and its sheets."""

import pytest

from planner.services.event.sheets import SHEETS

MOVED = "De datum is verzet."


@pytest.fixture
def page(demo):
    return f"/activiteit/{demo.facts.event_id}"


def test_move_is_told_and_shown(coordinator, page):
    response = coordinator.post(f"{page}/datum", day="2027-03-16", pin="1")

    assert response.location == page
    shown = coordinator.look(page)
    assert MOVED in shown
    assert "dinsdag 16 maart 2027" in shown
    assert "vastgezet" in shown


def test_pin_is_taken_off_again(coordinator, page):
    coordinator.post(f"{page}/datum", day="2027-03-16", pin="1")

    coordinator.post(f"{page}/losmaken")

    assert "vastgezet" not in coordinator.look(page)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-12-25", "kan niet op deze dag."),
        ("2027-03-14", "kan niet op deze dag."),
        ("2031-03-16", "kan niet op deze dag."),
        ("", "&#34;&#34; is geen datum."),
        ("morgen", "&#34;morgen&#34; is geen datum."),
        ("16-03-2027", "is geen datum."),
        ("2027-02-30", "is geen datum."),
        ("9999-12-31", "kan niet op deze dag."),
        ("0001-01-01", "kan niet op deze dag."),
        ("<b>vet</b>", "&#34;&lt;b&gt;vet&lt;/b&gt;&#34; is geen datum."),
        ("x" * 5000, "&#34;xxxxxxxxxxxxxxxxxxxx&#34; is geen datum."),
    ],
)
def test_impossible_day_is_refused_with_a_sentence(coordinator, page, day, sentence):
    response = coordinator.post(f"{page}/datum", day=day)

    assert response.status_code == 400
    assert sentence in response.text
    assert MOVED not in coordinator.look(page)


def test_step_is_ticked_and_taken_back(demo, coordinator, page):
    at = f"{page}/stap/{demo.facts.step_id}"
    before = coordinator.look(page).count('aria-pressed="true"')

    coordinator.post(at)
    ticked = coordinator.look(page).count('aria-pressed="true"')
    coordinator.post(at)
    after = coordinator.look(page).count('aria-pressed="true"')

    assert abs(ticked - before) == 1
    assert after == before


def test_form_is_chosen_and_chosen_back(coordinator, page):
    coordinator.post(f"{page}/vorm", form_id="schoolplein")
    chosen = coordinator.look(page)
    coordinator.post(f"{page}/vorm", form_id="")
    back = coordinator.look(page)

    assert 'value="schoolplein" checked' in chosen
    assert 'value="schoolplein" checked' not in back


@pytest.mark.parametrize("form_id", ["bestaat-niet", "<script>", "{{7*7}}", "x" * 5000])
def test_unknown_form_is_refused(coordinator, page, form_id):
    response = coordinator.post(f"{page}/vorm", form_id=form_id)

    assert response.status_code == 400
    assert "is geen vorm van" in response.text
    assert "<script>" not in response.text.replace("<script src", "")


@pytest.mark.parametrize("sheet", [name for name, sheet in SHEETS.items() if sheet.of == "event"])
def test_sheet_is_a_page_of_its_own(coordinator, page, sheet):
    shown = coordinator.look(f"{page}/blad/{sheet}")

    assert "<main>" in shown
    assert f'<a href="{page}">' in shown


def test_runsheet_of_one_person_marks_the_own_rows(demo, coordinator, page):
    shown = coordinator.look(f"{page}/blad/draaiboek?persoon={demo.facts.person_id}")

    assert "Dit blad is voor <b>" in shown
    assert 'class="mijn"' in shown
    assert 'class="mijn"' not in coordinator.look(f"{page}/blad/draaiboek")


@pytest.mark.parametrize(
    "path",
    [
        "/activiteit/bestaat-niet",
        "/activiteit/bestaat-niet/blad/draaiboek",
        "{page}/blad/bestaat-niet",
        "{page}/blad/..%2f..%2fweb%2fyear",
        "{page}/blad/base",
        "/activiteit/%2e%2e",
        "/activiteit/" + "x" * 5000,
    ],
)
def test_what_is_not_there_is_not_found(coordinator, page, path):
    assert coordinator.get(path.format(page=page)).status_code == 404


@pytest.mark.parametrize("place", ["stap/bestaat-niet", "pdf"])
def test_what_cannot_be_done_is_not_found(coordinator, page, place):
    assert coordinator.post(f"{page}/{place}", sheet="bestaat-niet").status_code == 404
