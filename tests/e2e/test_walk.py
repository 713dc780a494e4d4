"""What a coordinator does in a year, from the first page to a calendar in somebody's telephone."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def day_of(page, path):
    """Return the day on which an activity is now."""
    page.goto(path)
    return page.locator("#dag").input_value()


def move(page, path, day, *, pin):
    page.goto(path)
    page.locator("#dag").fill(day)
    page.locator("#vast").set_checked(pin)
    page.get_by_role("button", name="Verzet", exact=True).click()


def test_from_the_first_page_to_print_and_calendar(open_page, server, places, assert_accessible):
    page = open_page(who="stranger")
    page.goto("/")
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()

    page.goto(server.link)
    assert page.url == f"{server.url}/jaar"

    page.locator(f".keten a[href='{places.market}']").click()
    page.get_by_role("link", name="Bekijk Draaiboek").click()
    expect(page).to_have_title(re.compile("^Draaiboek"))
    page.get_by_role("link", name=re.compile("Terug naar")).click()

    page.get_by_role("button", name="PDF van Draaiboek").click()
    page.wait_for_url(re.compile("/taak/"))
    link = page.get_by_role("link", name="Download")
    link.wait_for()  # the page follows the work by itself
    assert_accessible(page)
    pdf = page.context.request.get(link.get_attribute("href"))
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF-")
    assert len(pdf.body()) > 10_000

    page.get_by_role("link", name="Mensen", exact=True).click()
    page.locator("table.mensen a").first.click()
    address = page.locator("#adres").input_value()
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server; a calendar has no cookie
        calendar = answer.read()
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")


def test_holiday_is_refused_in_dutch(page, places, assert_accessible):
    page.complaints.expected.append("status of 400")
    year = day_of(page, places.market)[:4]
    christmas = f"{int(year) - 1}-12-25" if page.locator("#dag").input_value()[5:7] < "08" else f"{year}-12-25"

    move(page, places.market, christmas, pin=False)

    expect(page.get_by_role("heading", level=1)).to_have_text("Dit klopt nog niet")
    expect(page.locator("main")).to_contain_text("kan niet op deze dag.")
    assert_accessible(page)


def test_moved_evening_wrings_and_is_repaired(page, places, assert_accessible):
    taken = day_of(page, places.visit)

    move(page, places.market, taken, pin=False)
    expect(page.get_by_role("status").first).to_contain_text("De datum is verzet.")
    assert_accessible(page)
    page.goto("/jaar")
    expect(page.get_by_role("heading", name="Hier wringt het")).to_be_visible()
    expect(page.locator("#publiceren")).to_contain_text("verplaatst")
    assert page.locator(".probleem.hard").count() > 0
    assert_accessible(page)
    page.get_by_role("button", name="Los op met zo weinig mogelijk verschuiven").click()

    expect(page.locator(".probleem.hard")).to_have_count(0)
    expect(page).to_have_url(re.compile("/jaar$"))


def test_rule_is_switched_off_and_on(page, assert_accessible):
    page.goto("/regels")
    page.locator("#C03 summary").first.click()
    rule = page.locator("#C03")
    rule.get_by_text("Zet uit voor dit jaar").click()
    rule.get_by_label("Waarom past deze regel niet?").fill("Wij doen het dit jaar anders.")
    rule.get_by_role("button", name="Zet uit").click()

    expect(page.get_by_role("status")).to_have_text("Regel C03 staat uit: Wij doen het dit jaar anders.")
    assert_accessible(page)
    page.locator("#C03").get_by_role("button", name=re.compile("^Zet weer aan")).click()
    expect(page.get_by_role("status")).to_have_text("Regel C03 geldt weer.")


def test_step_is_ticked(page, places):
    page.goto(places.market)
    step = page.locator("button.vink[aria-pressed=false]").last
    name = step.get_attribute("aria-label")
    step.click()

    again = page.get_by_role("button", name=name, exact=True)
    expect(again).to_have_attribute("aria-pressed", "true")
    again.click()
    expect(again).to_have_attribute("aria-pressed", "false")


def test_publishing_tells_everybody(page, places):
    day = day_of(page, places.talk)
    move(page, places.talk, day, pin=True)
    page.goto(places.talk)
    page.get_by_role("button", name="Maak los").click()
    other = day_of(page, places.visit)
    move(page, places.market, other, pin=False)
    page.goto("/jaar")

    page.get_by_role("button", name="Publiceren").click()

    expect(page.get_by_role("status")).to_contain_text("Gepubliceerd.")
    expect(page.get_by_text("Iedereen ziet hetzelfde als u.")).to_be_visible()


def test_settings_keep_what_was_not_changed(page):
    """Saving the form as it is shown loses nothing."""
    page.goto("/instellingen")
    before = page.locator("form.groot-formulier").evaluate(
        "form => [...new FormData(form)].filter(([n]) => n != 'csrf_token')"
    )

    page.locator("form.groot-formulier").get_by_role("button", name="Bewaar").click()

    expect(page.get_by_role("status")).to_contain_text("De instellingen zijn bewaard.")
    after = page.locator("form.groot-formulier").evaluate(
        "form => [...new FormData(form)].filter(([n]) => n != 'csrf_token')"
    )
    assert after == before
    assert len([name for name, _ in before if name == "feast"]) > 0


def test_every_choice_on_offer_is_taken(page):
    """A choice in a list must not be refused afterwards."""
    page.goto("/instellingen")
    last = page.locator("#laatste").input_value()
    for form, field, name in (("/vrij", "kind", "name"), ("/open-dag", "sector", "school")):
        for choice in page.locator(f"form[action$='{form}'] [name={field}] option").evaluate_all(
            "all => all.map(o => o.value)"
        ):
            page.goto("/instellingen")
            box = page.locator(f"form[action$='{form}']")
            box.evaluate("form => { form.closest('details').open = true }")
            box.locator(f"[name={name}]").fill(f"Proef {choice}")
            for day in box.locator("input[type=date]").all():
                day.fill(last)
            box.locator(f"[name={field}]").select_option(choice)
            box.get_by_role("button").click()
            expect(page.get_by_role("status")).to_contain_text("toegevoegd")
            page.locator("tr", has_text=f"Proef {choice}").get_by_role("button").click()
            expect(page.get_by_role("status")).to_contain_text("weggehaald")


def test_address_is_copied_with_one_press(open_page, server):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    page.goto("/agenda")

    page.get_by_role("button", name="Kopieer").click()
    expect(page.get_by_text("Gekopieerd")).to_be_visible()

    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#adres-1").input_value()


def test_leaving_closes_the_door(open_page, server):
    page = open_page(who="stranger")
    page.goto(server.link)

    page.get_by_role("button", name="Uitloggen").click()
    expect(page).to_have_url(f"{server.url}/")
    page.goto("/jaar")

    assert page.url == f"{server.url}/"
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
