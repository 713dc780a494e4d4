"""A thousand hostile texts through the workshop, and what is left of them through the printer.

Anchors: Indico CVE-2026-33046 (a document language), pretix CVE-2026-2415 (placeholders), WeasyPrint CVE-2024-28184
(files in a PDF); a renderer that hangs is stopped in tests/exports/test_rendering.py.
"""

import io
import re
import socket
import threading
import unicodedata
from contextlib import suppress
from itertools import islice, product
from time import monotonic

import pypdfium2
import pytest
from demoschool import NOW

from planner.errors import InputError
from planner.services import paper
from planner.services.invitations import invitations, making, ownwords, pupilcodes
from planner.services.progress import nobody
from planner.services.state import load_state
from planner.services.views import Written

MARKET = "interessemarkt"
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
SEEDS = (
    '<img src="{}">', '<a rel=attachment href="{}">x</a>', "<style>@import url({});</style>",
    "<script src={}></script>",
    "url({})", "<svg><image href={} /></svg>", '<link rel=stylesheet href="{}">', "<base href={}>", "{}",
    "{{{{ ''.__class__ }}}} {}", "{{% include '{}' %}}", "${{7*7}}{}", "\\input{{{}}}", "{{0.__class__}}{}", "%(x)s{}",
    "<td colspan=1000000>{}", "<div style='display:flex'>{}", "]]>{}<![CDATA[", "<!--{}", "&e;{}", "<?xml?>{}",
    "'><b onclick={}>", "{}\u202e", "\u2066{}", "{}\r\nBEGIN:VEVENT", "\x00{}", "{}\x1b[31m", "\ufdd0{}", "{}\ud800",
    "z\u0335\u0336\u0337\u0338\u0335\u0336{}", "😀{}",
    "{}" + "ب" * 400, "שלום {} مرحبا abc", "{}᠐", "١٢٣ {}", "<br>" * 60 + "{}",
)  # fmt: skip
TARGETS = (
    "http://127.0.0.1:{port}/x", "file:///etc/passwd", "//127.0.0.1:{port}/x", "ftp://127.0.0.1:{port}/x",
    "/etc/passwd",
    "data:text/css,@import", "javascript:alert(1)", "../../var/geheim", "\\\\127.0.0.1\\x", "http://[::1]:{port}/",
)  # fmt: skip
WRAPS = ("{}", " {} ", "سلام {}")


def texts(port):
    """Return a thousand different texts."""
    made = (wrap.format(seed.format(target.format(port=port))) for wrap, seed, target in product(WRAPS, SEEDS, TARGETS))
    return list(islice(dict.fromkeys(made), 1000))


@pytest.fixture
def canary():
    """Count who knocks on a port of this machine."""
    server, knocks = socket.create_server(("127.0.0.1", 0)), []

    def listen():
        with suppress(OSError):
            while True:
                guest, _ = server.accept()
                knocks.append(guest)
                guest.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield server.getsockname()[1], knocks
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


def door_of(workspace):
    state = load_state(workspace)
    pupil_id = min(state.event(MARKET).planned.pupil_ids)
    class_id = state.school.pupil(pupil_id).class_id
    pupilcodes.make(workspace, class_id)
    code = next(line.code for line in pupilcodes.sheet(workspace, class_id).lines if line.pupil_id == pupil_id)
    return code, pupilcodes.enter(workspace, code, address="10.1.1.1", now=NOW)


@pytest.mark.slow
def test_thousand_hostile_texts_are_tamed_or_refused_and_print_as_text(demo, canary):
    port, knocks = canary
    with demo.app.app_context():
        workspace = demo.workspace
        _, door = door_of(workspace)
        view = making.making(workspace, door, MARKET, language="prs", now=NOW)
        read = making.Reading(workspace, view)
        kept, refusals = [], []
        for text in texts(port):
            try:
                kept += [line for _, line in read.own(Written(language="prs", free=(text,))).lines]
            except InputError as error:
                refusals.append(str(error))
        assert len(kept) + len(refusals) == 1000
        assert len(refusals) > 100
        assert all(re.match(r"Zin 1: [A-Z]", said) and len(said) < 160 for said in refusals)
        assert len(kept) > 300
        for line in kept:
            assert not set(line) & BIDI
            assert "Cc" not in {unicodedata.category(character) for character in line}
        printed = kept[:: len(kept) // 36][:36]
        state, event = load_state(workspace), load_state(workspace).event(MARKET)
        home = invitations.invited_households(state, MARKET)[0]
        sheets = [
            invitations.sheet_for(
                workspace, state, event, home, url="http://localhost/i/x",
                made=ownwords.Own(language="prs", lines=(("", line),), border="sterren"),
            )
            for line in printed
        ]  # fmt: skip
        documents, order = paper.stacked(workspace, sheets, {"view": None})
        before = monotonic()
        body = paper.rendered(workspace, documents, nobody, order=order)

    assert monotonic() - before < 60
    assert knocks == []
    assert b"root:" not in body
    assert b"/EmbeddedFile" not in body
    document = pypdfium2.PdfDocument(io.BytesIO(body))
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    assert len(pages) == len(printed)
    for line, page in zip(printed, pages, strict=True):
        wanted = set(re.findall(r"[a-z]{4,}", line))
        assert wanted <= set(re.findall(r"[a-z]{4,}", page.replace("\r\n", ""))) | set(re.findall(r"[a-z]{4,}", page))


@pytest.mark.slow
def test_hostile_texts_over_http_give_a_page_and_never_a_crash(demo, stranger):
    with demo.app.app_context():
        code, _ = door_of(demo.workspace)
    stranger.get("/u")
    assert stranger.post("/u/in", code=code).status_code == 302
    page = f"/u/maken/{MARKET}"
    stranger.get(page)
    fields = ("eigen_aanhef", "eigen_zin", "eigen_wie", "aanhef", "zin", "wie", "rand", "taal")
    for number, text in enumerate(texts(9)[::25]):
        field = fields[number % len(fields)]

        answer = stranger.post(f"{page}/bewaren", **{"taal": "prs", field: text})

        assert answer.status_code in {302, 400}, text
        shown = stranger.look(f"{page}/zien") if answer.status_code == 302 else answer.text
        assert "<script src=http" not in shown
        assert not re.search(r"<[^>]* on(click|error)=", shown)
        assert 'passwd" ' not in shown
    assert stranger.get(f"/u/maken/{MARKET}?taal={'x' * 2000}").status_code == 200
    assert stranger.get("/u/maken/bestaat-niet").status_code == 404
