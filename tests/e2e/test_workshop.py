"""A pupil makes an invitation on a phone, in Dari and in Tigrinya; the mentor releases it and prints the class."""

import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MARKET = "interessemarkt"
PHONE = {"width": 375, "height": 800}
OWN = {"prs": "من خیلی خوش می‌شوم", "ti": "ብጣዕሚ ክሕጐስ እየ"}


@pytest.fixture
def codes(page):
    """Make the codes of a class that goes to the market; return the codes and the page of the class."""
    page.goto("/uitnodigingen")
    market = page.locator("section.groep", has=page.get_by_role("heading", name="Interessemarkt"))
    link = market.locator("tbody a").first
    class_page, name = link.get_attribute("href"), link.inner_text().split(":")[0].strip()
    page.get_by_role("link", name=f"Klas {name}", exact=True).click()
    make = page.get_by_role("button", name="Maak codes")
    if make.count():
        make.click()
    expect(page.locator(".code-groot").first).to_be_visible()
    return page.locator(".code-groot").all_inner_texts(), class_page


def enter(open_page, code):
    pupil = open_page(who="stranger", viewport=PHONE)
    pupil.goto("/u")
    pupil.get_by_label("Mijn code").fill(code.lower().replace("-", " "))
    pupil.get_by_role("button", name="Begin").click()
    return pupil


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def make(pupil, language):
    pupil.locator(f"a[href$='/u/maken/{MARKET}']").click()
    pupil.get_by_label("Welke taal lezen ze thuis?").select_option(language)
    pupil.get_by_role("button", name="Kies deze taal").click()
    pupil.locator("#aanhef\\.1").check()
    pupil.locator("#zin\\.1").check()
    pupil.get_by_label("Mijn eigen zin 1").fill(OWN[language])
    pupil.locator("#wie\\.1").check()
    pupil.get_by_label("sterren").check()
    assert fits(pupil)
    pupil.get_by_role("button", name="Bekijk mijn uitnodiging").click()


def test_pupils_make_mentor_releases_and_prints(page, open_page, codes, flaws_of):
    texts, class_page = codes
    addresses = []
    for language, code in zip(OWN, texts, strict=False):
        pupil = enter(open_page, code)
        make(pupil, language)
        article = pupil.locator("article.uitnodiging")
        expect(article).to_have_attribute("dir", "rtl" if language == "prs" else "ltr")
        expect(article).to_contain_text(OWN[language])
        assert fits(pupil)
        [scanned] = zxingcpp.read_barcodes(
            Image.open(io.BytesIO(pupil.locator(".k-qr svg").screenshot(scale="device")))
        )
        parent = open_page(who="stranger", viewport=PHONE)
        assert parent.goto(scanned.text).status == 200
        addresses.append(scanned.text)
        assert flaws_of(pupil, "nl") == []
        pupil.get_by_role("button", name="Lever in bij je mentor").click()
        expect(pupil.get_by_role("status")).to_contain_text("Ingeleverd")
        pupil.get_by_role("button", name="Klaar, ik ga weg").click()
        expect(pupil.get_by_label("Mijn code")).to_be_visible()
        pupil.goto("/u/maken")
        expect(pupil.get_by_label("Mijn code")).to_be_visible()

    page.goto(class_page)
    for _ in OWN:
        expect(page.get_by_text("Niemand heeft deze tekst gecontroleerd.").first).to_be_visible()
        page.get_by_role("button", name="Geef vrij").first.click()
        expect(page.get_by_role("status")).to_contain_text("Vrijgegeven")
    page.get_by_role("button", name="Maak de PDF").click()
    link = page.get_by_role("link", name="Download")
    expect(link).to_be_visible(timeout=90_000)
    body = page.request.get(link.get_attribute("href")).body()
    document = pypdfium2.PdfDocument(io.BytesIO(body))
    try:
        pages = [each.get_textpage().get_text_bounded() for each in document]
        seen = [
            code.text
            for each, text in zip(document, pages, strict=True)
            if "Dit blad is voor de mentor" not in text
            for code in zxingcpp.read_barcodes(each.render(scale=2, grayscale=True).to_pil())
        ]
    finally:
        document.close()
    assert pages[0].count("zelf gemaakt") >= 2  # of parents who live apart both get it
    assert len(seen) == len(set(seen)) == len(pages) - 1
    assert set(addresses) <= set(seen)
    assert any("ብጣዕሚ" in text for text in pages)


def test_pupils_pages_are_accessible_in_every_language(open_page, codes, flaws_of):
    pupil = enter(open_page, codes[0][2])
    assert flaws_of(pupil, "nl") == []
    pupil.locator(f"a[href$='/u/maken/{MARKET}']").click()
    languages = pupil.locator("#taal option").evaluate_all("options => options.map(option => option.value)")

    found = []
    for language in languages:
        pupil.goto(f"/u/maken/{MARKET}?taal={language}")
        found += [f"{language}: {line}" for line in flaws_of(pupil, language, around="nl")]

    assert len(languages) == 22
    assert found == []
