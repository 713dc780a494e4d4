"""Printed matter: nothing from outside gets into a PDF, and what should be on the paper is."""

import atexit
import io
import re
import socket
import sys
import threading
import unicodedata
import warnings
import zlib
from contextlib import suppress
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
import zxingcpp
from demoschool import NOW
from sqlalchemy import text

from planner.config import ROOT
from planner.exports.pdf import Typesetter
from planner.exports.pieces import join
from planner.services.event import sheets
from planner.services.invitations import invitations
from planner.storage.db import db, writing

FONTS = ROOT / "var" / "fonts"
CSS = (ROOT / "static" / "css" / "print.css").read_text(encoding="utf-8")
CANARY = b"kanarie-in-een-bestand"

# Everywhere a document can name something outside itself; {} is the address.
PAYLOADS = {
    "image": '<img src="{}">',
    "image with base": '<base href="{}/"><img src="x.svg">',
    "object": '<object data="{}" type="image/svg+xml"></object>',
    "embed": '<embed src="{}" type="image/svg+xml">',
    "iframe": '<iframe src="{}"></iframe>',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "style sheet in data": "<link rel=stylesheet href=\"data:text/css,@import url('{}');\">",
    "import": "<style>@import url('{}');</style>",
    "font": "<style>@font-face {{ font-family: x; src: url('{}') }} p {{ font-family: x }}</style><p>x</p>",
    "background": "<div style=\"background-image: url('{}'); height: 9mm\"></div>",
    "list marker": "<ul style=\"list-style-image: url('{}')\"><li>x</li></ul>",
    "generated": "<style>p::before {{ content: url('{}') }}</style><p>x</p>",
    "border": "<div style=\"border: 3mm solid; border-image-source: url('{}')\">x</div>",
    "page": "<style>@page {{ background-image: url('{}') }}</style>",
    "margin box": "<style>@page {{ @top-left {{ content: url('{}') }} }}</style>",
    "mark of a list": "<style>li::marker {{ content: url('{}') }}</style><ul><li>x</li></ul>",
    "svg image": (
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        '<image href="{}" width="9" height="9"/></svg>'
    ),
    "svg in data": (
        '<img src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="{}" width="9" height="9"/></svg>\'>'
    ),
    "svg use": '<svg width="9" height="9"><use href="{}#x"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url(\'{}\');</style><rect width="9" height="9"/></svg>',
    "attachment of the document": '<link rel="attachment" href="{}">',
    "attachment of a link": '<a rel="attachment" href="{}">x</a>',
    "attachment of an area": '<p><a rel="attachment" href="{}"><img alt="x" src="data:,"></a></p>',
    "picture": '<picture><source srcset="{}"><img src="{}"></picture>',
    "video": '<video poster="{}" src="{}"></video>',
    "input": '<input type="image" src="{}">',
    "body": '<body background="{}">x</body>',
    "table": '<table background="{}"><tr><td>x</td></tr></table>',
    "link": '<a href="{}">x</a>',
    "entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "{}">]><p>&e;</p>',
}
# Of those, the ones that do get out when nothing stops them; the others WeasyPrint does not know.
OUTSIDE = frozenset(PAYLOADS) - {
    "attachment of an area", "body", "border", "entity", "iframe", "image with base", "input", "link", "mark of a list",
    "svg style", "svg use", "table", "video",
}  # fmt: skip

_READ = []


def _hear(event, arguments):
    if event == "open" and "kanarie" in str(arguments[0]):
        _READ.append(str(arguments[0]))


sys.addaudithook(_hear)


@cache
def _typesetter(css):
    return Typesetter(css=css, fonts_dir=FONTS)


atexit.register(_typesetter.cache_clear)  # WeasyPrint takes its fonts down while there is still something to call


def render_pdf(parts, css=CSS, order=()):
    """Lay out in this process, where what is read and asked for can be heard."""
    return join([_typesetter(css).lay_out(html, number) for number, html in enumerate(parts)], order)


class Canary:
    """A server on this machine that counts who knocks, whatever they speak."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.knocks = 0
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self):
        body = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>kanarie</text></svg>'
        head = b"HTTP/1.0 200 OK\r\nContent-Type: image/svg+xml\r\nContent-Length: %d\r\n\r\n" % len(body)
        with suppress(OSError):
            while True:
                guest, _ = self.server.accept()
                self.knocks += 1
                with guest, suppress(OSError):
                    guest.settimeout(0.1)
                    asked = b""
                    with suppress(TimeoutError):
                        asked = guest.recv(4096)
                    guest.sendall(head + body if asked else b"421 gone\r\n")

    def close(self):
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join(5)


@pytest.fixture
def canary():
    server = Canary()
    yield server
    server.close()


@pytest.fixture
def addresses(canary, tmp_path):
    """Return an address per scheme that tells when it is asked for."""
    secret = tmp_path / "kanarie.svg"
    secret.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--' + CANARY + b"--></svg>")
    _READ.clear()
    return {
        "file": secret.as_uri(),
        "http": f"http://127.0.0.1:{canary.port}/x.svg",
        "ftp": f"ftp://127.0.0.1:{canary.port}/x.svg",
        "host only": f"//127.0.0.1:{canary.port}/x.svg",
        "path": str(secret),
    }


def plain(pdf):
    """Return the bytes of a PDF with every compressed stream opened up."""
    opened = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            opened.append(zlib.decompress(stream))
    return b"".join(opened)


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_nothing_from_outside_gets_into_a_pdf(canary, addresses, name):
    documents = [
        f"<html><body>{PAYLOADS[name].format(url, url)}<p>blad</p></body></html>" for url in addresses.values()
    ]

    for html in documents:
        with suppress(ValueError):  # WeasyPrint itself gives up on an import without a scheme
            pdf = render_pdf([html])
            assert CANARY not in plain(pdf)
            assert b"/EmbeddedFile" not in pdf

    assert canary.knocks == 0
    assert _READ == []


@pytest.mark.parametrize("name", sorted(OUTSIDE))
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_same_document_gets_out_when_nothing_stops_it(canary, addresses, name, scheme):
    """The twin of the test above: without our fetcher it would fail."""
    from weasyprint import HTML  # noqa: PLC0415 - takes a second to load

    url = addresses[scheme]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of WeasyPrint, about what it was sent
        pdf = HTML(string=f"<html><body>{PAYLOADS[name].format(url, url)}</body></html>").write_pdf()

    assert canary.knocks > 0 or _READ
    if scheme == "file" and name.startswith("attachment"):
        assert CANARY in plain(pdf)


def test_enough_payloads_are_real():
    assert len(OUTSIDE) * 2 >= 24


def test_parts_keep_their_order():
    pdf = render_pdf(["<p>een</p>", "<p>twee</p><p style='break-before: page'>drie</p>"], css="")

    assert [page.strip() for page in texts(pdf)] == ["een", "twee", "drie"]


def texts(pdf):
    """Return the text of each page."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def letters(words):
    """Return the letters of a text in a fixed order of forms, without what a PDF may add between them."""
    kept = unicodedata.normalize("NFKC", words)
    return "".join(each for each in kept if unicodedata.category(each)[0] in "LN")


# What is printed: all languages of the activity that says most, and the wordiest languages of all activities.
FULLEST, WORDIEST = "interessemarkt", ("fr", "so", "prs", "ti")


@pytest.fixture(scope="module")
def printed(made_demo):
    """Print one family's invitation per language for each activity, as one PDF: (sheets, text per page, PDF)."""
    made_demo.fresh()
    with made_demo.app.app_context():
        workspace = made_demo.workspace
        query = text("SELECT runbook_id, min(id) FROM event WHERE removed_at IS NULL GROUP BY runbook_id")
        events = dict(map(tuple, db.session.execute(query)))
        mine = {runbook_id: [] for runbook_id in events}
        for code in workspace.languages:
            with writing(db.session):
                db.session.execute(text("UPDATE household SET language = :code"), {"code": code})
                db.session.execute(text("UPDATE school SET revision = revision + 1"))
            for runbook_id in events if code in WORDIEST else (FULLEST,):
                families = invitations.sheets(workspace, events[runbook_id])
                mine[runbook_id].append(max(families, key=lambda sheet: sum(map(len, sheet.pupils))))
        views = {runbook_id: sheets.context(workspace, events[runbook_id], "draaiboek", now=NOW) for runbook_id in mine}
        parts = [
            workspace.render("print/uitnodigingen.html", **views[runbook_id], sheets=tuple(families), paper=True)
            for runbook_id, families in mine.items()
        ]
    pdf = render_pdf(parts)
    return [sheet for families in mine.values() for sheet in families], texts(pdf), pdf


def page_of(printed, language):
    found, pages, _ = printed
    return next((sheet, page) for sheet, page in zip(found, pages, strict=True) if sheet.language == language)


@pytest.mark.slow
def test_invitation_is_one_page_in_every_language(printed):
    found, pages, _ = printed

    second = [page.strip()[-60:] for page in pages if not page.startswith(found[0].school)]

    assert second == []
    assert len(pages) == len(found)
    assert len({sheet.event_title for sheet in found}) == 10
    assert len({sheet.language for sheet in found}) == 22


@pytest.mark.slow
def test_fullest_activity_is_the_one_that_says_most(made_demo):
    runbooks = made_demo.workspace.cycle.runbooks

    assert max(runbooks, key=lambda runbook: len(runbook.invitation.about)).id in {FULLEST, "welkom"}


@pytest.mark.slow
def test_page_of_a_family_carries_its_own_mark(printed):
    found, pages, _ = printed

    for sheet, page in zip(found, pages, strict=True):
        assert f"{sheet.household} · {sheet.language}" in page
        assert sheet.event_title in page


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "prs", "ti", "uk", "zh-Hans", "ur", "am", "tr"])
def test_text_can_be_copied_and_read_aloud(printed, language):
    sheet, page = page_of(printed, language)

    for key in ("invitation", "when", "where", "see_you", "will_you_come"):
        assert letters(sheet.own[key]) in letters(page), key
    assert letters(sheet.date_dutch) in letters(page)
    assert sheet.date_digits in page


def words_of(text):
    """Return the words without vowel marks and joiners, which take no place of their own on paper."""
    shown = "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) not in "Mn Cf")
    return re.findall(r"[^\W\d_]{2,}", unicodedata.normalize("NFKC", shown))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ar", "prs", "ps", "ur"])
def test_words_written_from_the_right_come_out_whole_and_in_order(printed, language):
    """At least 95 of 100 words; a reader takes the text in the order in which it is said."""
    sheet, page = page_of(printed, language)
    said = words_of(" ".join((*sheet.about_own, sheet.who_own, sheet.own["will_you_come"], sheet.own["see_you"])))
    found = set(words_of(page))

    whole = [word for word in said if word in found]

    assert len(said) > 25
    assert len(whole) >= 0.95 * len(said), sorted(set(said) - found)


@pytest.mark.slow
def test_code_on_every_page_is_the_familys_own_address(printed):
    found, _, pdf = printed
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        for sheet, page in zip(found, document, strict=True):
            picture = page.render(scale=150 / 72, grayscale=True).to_pil()
            assert [code.text for code in zxingcpp.read_barcodes(picture)] == [sheet.url]
    finally:
        document.close()


@pytest.mark.slow
def test_words_of_a_school_stay_words_on_paper(demo):
    hostile = '{{7*7}}${7*7}<img src="file:///etc/passwd">\\input{x}'
    with demo.app.app_context():
        values = sheets.context(demo.workspace, demo.facts.event_id, "uitnodigingen", now=NOW)
        sheet = replace(
            values["sheets"][0], school=hostile, place=hostile, about=(hostile,), pupils=(hostile,), household=hostile
        )
        html = demo.workspace.render("print/uitnodigingen.html", **{**values, "sheets": (sheet,)}, paper=True)

    page = texts(render_pdf([html]))[0]

    assert page.replace("\r\n", "").replace(" ", "").count(hostile.replace(" ", "")) >= 5
    assert "49" not in page.replace(sheet.date_digits, "")


@pytest.mark.slow
def test_runsheet_of_one_person_marks_the_own_rows_only(demo):
    with demo.app.app_context():
        event_id, person_id = demo.facts.event_id, demo.facts.person_id
        own = sheets.context(demo.workspace, event_id, "draaiboek", only=person_id, now=NOW)
        everyone = sheets.context(demo.workspace, event_id, "draaiboek", now=NOW)
        pdfs = [
            render_pdf([demo.workspace.render("print/draaiboek.html", **values, paper=True)])
            for values in (own, everyone)
        ]

    mine, all_rows = ("".join(texts(pdf)) for pdf in pdfs)

    rows = sum(row.mine for row in own["view"].runsheet)
    assert 0 < rows < len(own["view"].runsheet)
    assert mine.count("●") == rows + 1  # the line at the top explains the mark
    assert f"Dit blad is voor {own['person']}" in mine
    assert "●" not in all_rows


@pytest.mark.slow
@pytest.mark.parametrize("sheet", [name for name, sheet in sheets.SHEETS.items() if sheet.of == "event"])
def test_sheet_becomes_a_tagged_pdf_with_its_title(demo, sheet):
    with demo.app.app_context():
        values = sheets.context(demo.workspace, demo.facts.event_id, sheet, now=NOW)
        values["sheets"] = values.get("sheets", ())[:1]
        html = demo.workspace.render(f"print/{sheet}.html", **values, paper=True)

    pdf = render_pdf([html])

    if sheet != "taalkaarten":  # a card that is worn on every evening names none
        assert values["view"].line.title in " ".join("".join(texts(pdf)).split())
    assert b"/StructTreeRoot" in plain(pdf)
    assert b"/Lang" in plain(pdf)
