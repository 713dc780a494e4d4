"""The page of long work: waiting, busy, done and failed, and fetching what was made."""

import pytest
from sqlalchemy import text

from planner.services import tasks
from planner.storage.db import db, writing


@pytest.fixture
def task(demo, coordinator):
    """Ask for a sheet; the address of its page."""
    return coordinator.post(f"/activiteit/{demo.facts.event_id}/pdf", sheet="ruimtes").location


def change(demo, values):
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text(f"UPDATE task SET {values}"))  # noqa: S608 - written below


def test_waiting_task_is_followed(coordinator, task):
    page = coordinator.look(task)
    state = coordinator.get(f"{task}/stand")

    assert f'data-state-url="{task}/stand"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert state.content_type == "application/json"
    assert state.headers["Cache-Control"] == "no-store"
    assert state.json["state"] == "queued"
    assert coordinator.get(f"{task}/bestand").status_code == 404


def test_busy_task_tells_how_far_it_is(demo, coordinator, task):
    change(demo, "state = 'running', done = 3, total = 8")

    assert '<progress id="voortgang" class="voortgang" max="8" value="3">' in coordinator.look(task)
    assert coordinator.get(f"{task}/stand").json["done"] == 3


def test_failed_task_says_why(demo, coordinator, task):
    change(demo, "state = 'failed', message = 'Lettertypen <b>ontbreken</b>.'")

    assert "Lettertypen &lt;b&gt;ontbreken&lt;/b&gt;." in coordinator.look(task)


@pytest.mark.slow
def test_finished_print_is_fetched(demo, coordinator, task):
    with demo.app.app_context():
        assert tasks.run_next(demo.workspace, now=demo.app.config["CLOCK"]())

    page = coordinator.look(task)
    response = coordinator.open(f"{task}/bestand")

    assert f'href="{task}/bestand"' in page
    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == f"inline; filename={demo.facts.event_id}-ruimtes.pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.data.startswith(b"%PDF-")


def test_print_that_is_gone_is_not_found(demo, coordinator, task):
    change(demo, "state = 'done', result = 'weg.pdf'")

    response = coordinator.get(f"{task}/bestand")

    assert response.status_code == 404
    assert "Maak hem opnieuw" in response.text


def test_address_of_a_print_names_no_other_file(demo, coordinator):
    (demo.folder / "prints").mkdir(exist_ok=True)
    (demo.folder / "prints" / "los.pdf").write_bytes(b"%PDF-secret")

    for path in ("los", "..%2fprints%2flos", "%2e%2e%2fschool", "los.pdf"):
        assert coordinator.get(f"/taak/{path}/bestand").status_code == 404


@pytest.mark.parametrize("event_id", ["bestaat-niet", "https:evil.example", "{{7*7}}", "x" * 5000])
def test_print_of_what_is_not_there_is_not_put_in_line(coordinator, event_id):
    assert coordinator.post(f"/activiteit/{event_id}/pdf", sheet="draaiboek").status_code == 404
