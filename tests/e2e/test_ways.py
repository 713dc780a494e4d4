"""Other ways to use the same pages: by keyboard alone, and with scripts switched off."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MENU = {
    "Mensen": "Mensen", "Ruimtes": "Ruimtes", "Regels": "Regels", "Agenda": "agenda", "Instellingen": "Instellingen",
    "Hulp": "", "Jaar": "Schooljaar",
}  # fmt: skip
MANY = 400  # presses of Tab; more than any page has places to stop


def tab_to(page, matches):
    """Press Tab until the focus is where it should be, visibly; say how it went when it never gets there."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({matches!r})"):
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none", "the focus cannot be seen"
            return
    pytest.fail(f"Tab never reaches {matches}")


def test_first_tab_skips_the_menu(page):
    page.goto("/jaar")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")

    page.wait_for_function("document.activeElement.id == 'inhoud'")


def test_step_is_ticked_by_keyboard_alone(page, places):
    page.goto("/jaar")
    tab_to(page, f".keten a[href='{places.market}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{places.market}")

    tab_to(page, "button.vink[aria-pressed=false]")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#stappenplan$"))

    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")


def test_everything_works_without_scripts(open_page, server, places):
    page = open_page(who="stranger", java_script_enabled=False)
    page.goto("/")
    page.goto(server.link)
    assert page.url == f"{server.url}/jaar"
    for name, title in MENU.items():
        page.get_by_role("navigation", name="Menu").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)

    page.locator(f".keten a[href='{places.talk}']").click()
    page.locator("button.vink").first.click()
    page.wait_for_url(re.compile("#stappenplan$"))
    page.get_by_role("button", name="PDF van Stappenplan").click()
    page.wait_for_url(re.compile("/taak/"))
    page.get_by_role("link", name="Download").wait_for()  # the page reloads itself by its noscript refresh
    link = page.get_by_role("link", name="Download").get_attribute("href")
    assert page.context.request.get(link).body().startswith(b"%PDF-")

    page.goto("/agenda")
    assert page.get_by_role("button", name="Kopieer").count() == 0
    assert page.locator("#adres-1").input_value().endswith(".ics")
    page.goto("/regels")
    page.locator("#C04 summary").first.click()
    page.locator("#C04").get_by_text("Zet uit voor dit jaar").click()
    page.locator("#C04").get_by_label("Waarom past deze regel niet?").fill("Past niet.")
    page.locator("#C04").get_by_role("button", name="Zet uit").click()
    expect(page.get_by_role("status")).to_contain_text("Regel C04 staat uit")
    page.locator("#C04").get_by_role("button", name=re.compile("^Zet weer aan")).click()
    expect(page.get_by_role("status")).to_contain_text("Regel C04 geldt weer")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page).to_have_url(f"{server.url}/")
