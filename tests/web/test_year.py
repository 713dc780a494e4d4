"""The year's page: what it shows, and planning, repairing and publishing from it."""

from planner.services import tasks

HOLIDAY = "2026-12-25"


def work(demo):
    """Let the worker do what is waiting."""
    with demo.app.app_context():
        while tasks.run_next(demo.workspace, now=demo.app.config["CLOCK"]()):
            pass


def test_signed_in_visitor_goes_straight_to_the_year(coordinator):
    assert coordinator.get("/").location == "/jaar"


def test_page_shows_every_activity_of_the_year(demo, coordinator):
    page = coordinator.look("/jaar")

    with demo.app.app_context():
        from planner.services.year.yearpage import year_facts  # noqa: PLC0415 - beside its only use

        events = year_facts(demo.workspace)["events"]
    assert len(events) >= 10
    for event in events:
        assert f'href="/activiteit/{event["id"]}"' in page
    assert "Iedereen ziet hetzelfde als u." in page
    assert "vandaag, di 10 nov" in page


def test_moved_date_is_a_draft_until_it_is_published(demo, coordinator):
    coordinator.post(f"/activiteit/{demo.facts.event_id}/datum", day="2027-03-16")

    draft = coordinator.look("/jaar")
    coordinator.post("/jaar/publiceren")
    published = coordinator.look("/jaar")

    assert "verplaatst" in draft
    assert "Gepubliceerd. " in published
    assert "Iedereen ziet hetzelfde als u." in published


def test_publishing_twice_says_that_nothing_was_new(coordinator):
    coordinator.post("/jaar/publiceren")

    assert "Alles stond al in de agenda" in coordinator.look("/jaar")


def test_repair_brings_a_broken_year_back(demo, coordinator):
    coordinator.post(f"/activiteit/{demo.facts.event_id}/datum", day="2026-11-24")
    assert "Hier wringt het" in coordinator.look("/jaar")

    task = coordinator.post("/jaar/herstellen").location
    work(demo)

    assert coordinator.get(task).location == "/jaar"
    assert "Moet anders" not in coordinator.look("/jaar")


def test_planning_anew_keeps_pinned_dates(demo, coordinator):
    coordinator.post(f"/activiteit/{demo.facts.event_id}/datum", day="2027-01-19", pin="1")

    coordinator.post("/jaar/plannen")
    work(demo)

    assert 'value="2027-01-19"' in coordinator.look(f"/activiteit/{demo.facts.event_id}")


def test_second_press_joins_the_task_that_waits(coordinator):
    first = coordinator.post("/jaar/plannen").location

    assert coordinator.post("/jaar/plannen").location == first


def test_empty_school_offers_to_plan(demo, coordinator):
    from sqlalchemy import text  # noqa: PLC0415

    from planner.storage.db import db, writing  # noqa: PLC0415

    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE event SET removed_at = modified_at"))
        db.session.execute(text("UPDATE school SET revision = revision + 1"))

    page = coordinator.look("/jaar")

    assert "Uw jaar is nog leeg" in page
    assert coordinator.look("/agenda")
