"""Every page as people meet it: phone and desk, light and dark, without one violation that axe knows of."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FOR_STRANGERS = ("/", "/hulp")
FOR_THE_COORDINATOR = ("/jaar", "/mensen", "/ruimtes", "/agenda", "/hulp")
SHEETS = (
    "draaiboek", "stappenplan", "ruimtes", "uitnodigingen", "plattegrond", "ruimterooster", "hoeken", "eigen-avond",
    "deurborden",
)  # fmt: skip


@pytest.mark.parametrize("path", FOR_STRANGERS)
def test_page_for_a_stranger(open_page, assert_accessible, path):
    page = open_page(who="stranger")

    page.goto(path)

    assert_accessible(page)


@pytest.mark.parametrize("path", FOR_THE_COORDINATOR)
def test_page_for_the_coordinator(page, assert_accessible, path):
    page.goto(path)

    assert_accessible(page)


@pytest.mark.parametrize("path", ["/regels", "/instellingen"])
def test_page_with_everything_folded_open(page, assert_accessible, path):
    page.goto(path)
    page.eval_on_selector_all("details", "all => all.slice(0, 4).forEach(each => each.open = true)")

    assert_accessible(page)


@pytest.mark.parametrize("name", ["market", "talk", "person", "guest"])
def test_page_of_one(page, assert_accessible, places, name):
    page.goto(getattr(places, name))
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")

    assert_accessible(page)


@pytest.mark.parametrize("part", ["plattegrond", "hoeken", "ruimte?plek=interessemarkt:centrale-hal:event"])
def test_evening_in_the_building(page, assert_accessible, places, part):
    page.goto(f"{places.market}/{part}")

    assert_accessible(page)


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheet_on_the_screen(page, assert_accessible, places, sheet):
    page.goto(f"{places.market}/blad/{sheet}")
    many = "article, .eigen-avond, .deurbord, .plankaart"  # sheets of the same make: two will do
    page.eval_on_selector_all(many, "all => all.slice(2).forEach(each => each.remove())")

    assert_accessible(page)


def test_error_page(page, assert_accessible):
    page.complaints.expected.append("status of 404")

    page.goto("/bestaat-niet")

    expect(page.get_by_role("heading", level=1)).to_have_text("Dit is er niet")
    assert_accessible(page)


def test_waiting_and_failed_work(page, assert_accessible, places, server):
    """Stop the worker to see the queue; take the fonts away to see a failure."""
    worker, fonts = server.worker(), server.data / "fonts"
    target = fonts.readlink()
    os.kill(worker, signal.SIGSTOP)
    fonts.unlink()
    try:
        page.goto(places.talk)
        page.get_by_role("button", name="PDF van Stappenplan").click()
        page.wait_for_url(re.compile("/taak/"))
        expect(page.get_by_text("In de wachtrij")).to_be_visible()
        assert_accessible(page)
        os.kill(worker, signal.SIGCONT)
        expect(page.get_by_text("Niet gelukt")).to_be_visible()
    finally:
        os.kill(worker, signal.SIGCONT)
        fonts.symlink_to(target)

    expect(page.get_by_role("alert")).to_contain_text("Lettertypen ontbreken")
    assert_accessible(page)
