"""Families answer on a phone, the mentor by keyboard, the door on two phones at once."""

import io
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from planner.domain.year import AMSTERDAM

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
HUMAN = 'path[d^="M8 44c0-12"]'  # the sign for one person
LANGUAGES = (
    "nl", "en", "fr", "es", "ar", "fa", "prs", "ps", "ti", "am", "so", "uk", "ru", "tr", "pl", "bg", "ro", "pt",
    "zh-Hans", "ku", "ur", "vi",
)  # fmt: skip


@pytest.fixture
def links(open_page, places):
    """Scan the codes on the invitations of three families; return the addresses behind them."""
    page = open_page()
    page.goto(f"{places.market}/blad/uitnodigingen")
    codes = page.locator("article .k-qr svg")
    pictures = [Image.open(io.BytesIO(codes.nth(number).screenshot(scale="device"))) for number in range(3)]
    page.close()
    return [zxingcpp.read_barcodes(picture)[0].text for picture in pictures]


@pytest.fixture
def parent(open_page):
    return open_page(who="stranger", viewport=PHONE, java_script_enabled=False)


def open_form(page):
    if page.locator("details.veranderen").count():
        page.locator("details.veranderen > summary").click()


def test_answer_in_arabic_is_shown_back_in_icons_and_changes(parent, links):
    parent.goto(f"{links[0]}?taal=ar")

    parent.locator("label.komt").click()
    parent.select_option("#personen", "3")
    parent.select_option("#kinderen", "1")
    parent.fill("#vraag", "هل يمكن للجدة أن تأتي؟")
    parent.locator("button.verstuur").click()

    said = parent.locator(".gezegd.komt")
    expect(said.locator(".mensjes").first.locator(HUMAN)).to_have_count(3)
    expect(said.locator(".vraagtekst")).to_have_text("هل يمكن للجدة أن تأتي؟")
    expect(parent.get_by_role("status")).to_contain_text("شكراً")

    open_form(parent)
    parent.select_option("#personen", "5")
    parent.locator("button.verstuur").click()
    expect(said.locator(".mensjes").first.locator(HUMAN)).to_have_count(5)

    parent.go_back()
    open_form(parent)
    parent.locator("label.komt-niet").click()
    parent.locator("button.verstuur").click()
    expect(parent.locator(".gezegd.komt-niet")).to_be_visible()
    expect(parent.locator("html")).to_have_attribute("dir", "rtl")


def test_every_family_page_is_accessible_in_every_language(open_page, links, flaws_of):
    page = open_page(who="stranger", viewport=PHONE)
    page.complaints.expected.append("status of 400")
    page.goto(f"{links[1]}?taal=nl")
    page.locator("label.komt").click()
    page.locator("button.verstuur").click()
    found = []

    for code in LANGUAGES:
        for path in (f"{links[1]}?taal={code}&bewaard=1", f"/c?taal={code}"):
            page.goto(path)
            page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
            found += [f"{code} {path[:3]}: {line}" for line in flaws_of(page, code)]
        page.locator("#code").fill("K7P")
        page.locator("button.verstuur").click()
        found += [f"{code} fout: {line}" for line in flaws_of(page, code)]

    assert found == []


def test_form_with_a_mistake_and_pages_of_colleagues_are_accessible(open_page, page, links, places, assert_accessible):
    parent = open_page(who="stranger", viewport=PHONE)
    parent.complaints.expected.append("status of 400")
    parent.goto(links[2])
    parent.locator("button.verstuur").click()
    expect(parent.get_by_role("alert")).to_be_visible()
    assert_accessible(parent)

    for path in ("/antwoorden", f"{places.market}/antwoorden", f"{places.market}/bereik", f"{places.market}/deur"):
        page.goto(path)
        assert_accessible(page)


def test_mentor_writes_a_class_down_with_the_keyboard_alone(page, places):
    page.goto(f"{places.market}/antwoorden")
    page.locator("input[inputmode=numeric]").first.focus()
    for typed in ("3", "0", "2"):
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Bewaard: 3")
    lines = page.locator(".klaslijst tbody tr")
    expect(lines.nth(0)).to_contain_text("komt met 3")
    expect(lines.nth(1)).to_contain_text("kan niet")
    expect(lines.nth(2)).to_contain_text("komt met 2")
    expect(lines.nth(0)).to_contain_text("school (")


@pytest.fixture
def today(server, places):
    """Let the market be today, and put it back afterwards."""
    event = places.market.rpartition("/")[2]
    day = datetime.now(AMSTERDAM).date()
    path = server.data / "schakelplan.db"

    def put(first, last):
        with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
            connection.execute("UPDATE event SET first = ?, last = ? WHERE id = ?", (first, last, event))
            connection.execute("UPDATE school SET revision = revision + 1")

    with closing(sqlite3.connect(path)) as connection:
        before = connection.execute("SELECT first, last FROM event WHERE id = ?", (event,)).fetchone()
    put(day.isoformat(), (day + timedelta(days=0)).isoformat())
    yield
    put(*before)


def test_door_on_two_phones_at_once(open_page, places, today):  # noqa: ARG001 - the market is today
    one, two = (open_page(viewport=PHONE) for _ in range(2))
    for phone in (one, two):
        phone.goto(f"{places.market}/deur")
    buttons = one.locator(".deurlijst .vink")
    ids = one.eval_on_selector_all(".deurlijst li", "all => all.slice(0, 6).map(each => each.id)")

    for number, each in enumerate(ids):
        (one, two)[number % 2].locator(f"#{each} .vink").click()

    for phone in (one, two):
        expect(phone.locator(".deurlijst li.er")).to_have_count(6)
        expect(phone.locator(".deurstand b")).to_have_text("6")
    one.locator(f"#{ids[0]} .vink").click()
    expect(two.locator(".deurlijst li.er")).to_have_count(5)
    assert buttons.count() > 6


def test_flaws_would_be_seen(open_page, flaws_of):
    page = open_page(who="stranger", viewport=PHONE)
    page.set_content('<html lang="fr"><body><a href="/"></a><button>Oui</button><p style="width: 500px">Bonjour')

    assert flaws_of(page, "fa") == [
        'no words: <a href="/"></a>',
        "says it is fr",
        "is not rtl",
        "scrolls sideways: 508 px",
    ]
