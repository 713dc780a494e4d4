"""From the code on an invitation to the page behind it, in the family's own language."""

import io

import pytest
import zxingcpp
from PIL import Image

pytestmark = pytest.mark.browser

LETTERS = {"ar": "\u0600-\u06ff", "ti": "\u1200-\u137f", "zh-Hans": "\u4e00-\u9fff"}


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("ti", "ltr"), ("zh-Hans", "ltr")])
def test_scanned_code_opens_the_familys_own_page(open_page, places, assert_accessible, language, direction):
    page = open_page()
    page.goto(f"{places.market}/blad/uitnodigingen")
    code = page.locator(f"article[lang='{language}'] .k-qr svg").first
    picture = Image.open(io.BytesIO(code.screenshot(scale="device")))
    [scanned] = zxingcpp.read_barcodes(picture)

    parent = open_page(who="stranger", viewport={"width": 375, "height": 800})
    parent.goto(scanned.text)

    assert parent.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [language, direction]
    assert parent.evaluate("getComputedStyle(document.body).direction") == direction
    assert parent.evaluate(f"/[{LETTERS[language]}]{{2}}/.test(document.querySelector('h1').innerText)")
    assert_accessible(parent)
