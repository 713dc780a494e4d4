"""A new coordinator comes in with a keyboard alone: invited, a password, the second step, the list of sessions, out."""

import pyotp
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PASSWORD = "zes-appels-vallen-zacht"  # noqa: S105 - of a test
NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels[0] ? at.labels[0].innerText : '';
  return (label || at.innerText || at.getAttribute('aria-label') || '').replace(/\\s+/g, ' ').trim();
}"""


def go_to(page, name):
    """Press Tab until what has this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(NAME_OF_FOCUS).startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach {name!r} on {page.url}")


def fill(page, **fields):
    """Type into fields by their labels, in the order of the page."""
    for label, text in fields.items():
        go_to(page, label.replace("_", " "))
        page.keyboard.type(text)


def press(page, name):
    go_to(page, name)
    page.keyboard.press("Enter")


def test_coordinator_from_invitation_to_signing_out(open_page, server, assert_accessible):
    page, mine = open_page(), open_page(who="stranger")

    page.goto("/instellingen")
    press(page, "Wie mag erin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie mag erin")
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert_accessible(page)
    fill(page, Naam="Noor de Vries", **{"E-mailadres": "noor@school.example"})
    go_to(page, "Rol")
    page.keyboard.type("LOB")
    press(page, "Maak een link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Geef deze link aan Noor de Vries")
    assert_accessible(page)
    link = page.locator("#adres").input_value()
    assert link.startswith(f"{server.url}/wachtwoord/")

    mine.goto(link)
    assert_accessible(mine)
    fill(mine, Nieuw_wachtwoord=PASSWORD, Nog_een_keer=PASSWORD)
    press(mine, "Bewaar en log in")
    mine.wait_for_url("**/inloggen/tweede-stap")
    press(mine, "Scannen lukt niet")
    assert_accessible(mine)
    key = mine.locator(".sleutel").inner_text().replace(" ", "")
    fill(mine, Code=pyotp.TOTP(key).now())
    press(mine, "Klaar")
    expect(mine.get_by_role("heading", level=1)).to_have_text("Bewaar deze herstelcodes")
    assert_accessible(mine)
    codes = mine.locator(".herstelcodes li").all_inner_texts()
    press(mine, "Ik heb ze bewaard")
    mine.wait_for_url("**/jaar")

    press(mine, "Noor de Vries")
    expect(mine.get_by_role("heading", name="Waar u bent ingelogd")).to_be_visible()
    assert mine.locator("tbody tr").count() == 1
    mine.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert_accessible(mine)

    press(mine, "Uitloggen")
    expect(mine.get_by_role("heading", name="Inloggen")).to_be_visible()
    fill(mine, **{"E-mailadres": "noor@school.example"}, Wachtwoord=PASSWORD)
    mine.keyboard.press("Enter")
    mine.wait_for_url("**/inloggen/tweede-stap")
    assert_accessible(mine)
    fill(mine, Code=codes[0])
    mine.keyboard.press("Enter")
    mine.wait_for_url("**/jaar")


def test_wrong_password_is_read_aloud_on_the_form(open_page, assert_accessible):
    page = open_page(who="stranger")
    page.complaints.expected.append("status of 400")
    page.goto("/")

    fill(page, **{"E-mailadres": "niemand@school.example"}, Wachtwoord="een gok van iemand")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("horen niet bij elkaar")
    assert page.locator("#email").input_value() == "niemand@school.example"
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    assert_accessible(page)
