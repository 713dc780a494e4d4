"""A coordinator plans a round of conversations, tries another time, and writes down that a family comes."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_round_from_plan_to_confirmed(page, assert_accessible):
    page.goto("/gesprekken")
    assert_accessible(page)
    page.get_by_role("link", name="Voortgangsgesprek 3").click()
    page.get_by_role("button", name="Herstel").click()
    page.wait_for_url(re.compile("/gesprekken/voortgangsgesprek-3"))  # by way of the task, which follows itself
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert_accessible(page)

    bar = page.locator(".dagrooster a").first
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Verzetten")).to_be_visible()
    page.get_by_label("Tijd", exact=True).fill("21:00")
    page.get_by_role("button", name="Kijk wat dit doet").click()
    expect(page.locator("#proef")).to_contain_text("Dit gaat dan niet goed")
    assert_accessible(page)

    page.get_by_role("button", name="Ja, bevestigd").click()
    expect(page.locator("main")).to_contain_text("Geen enkel plan verandert deze tijd")


def test_round_on_a_phone_is_a_list(open_page, assert_accessible):
    page = open_page(viewport={"width": 360, "height": 800})
    page.goto("/gesprekken/startgesprek-najaar")

    expect(page.locator(".dagrooster").first).to_be_hidden()
    page.locator(".groepje summary").first.click()
    expect(page.locator(".groepje a").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert_accessible(page)


def test_name_of_one_long_word_does_not_push_a_page_aside(open_page):
    page = open_page(viewport={"width": 360, "height": 800})
    for path in ("/gesprekken/startgesprek-najaar", "/activiteit/interessemarkt", "/activiteit/interessemarkt/mensen"):
        page.goto(path)
        page.evaluate("""() => {
            const where = ".stapel td span:not(.aantal), .groepje > summary, .namen a, .gedekt p";
            const names = document.querySelectorAll(where);
            for (const name of names) name.textContent = "W".repeat(60);
        }""")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
