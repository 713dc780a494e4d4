"""The process that lays out pages: it has limits, knows no secrets, and what it makes keeps its tags."""

import io
import os
import re
import subprocess
import sys
from time import monotonic

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from planner.config import ROOT
from planner.errors import InputError
from planner.exports import rendering
from planner.exports.pieces import Piece, receive, renumbered, send
from planner.exports.rendering import Limits, render_pdf

FONTS = ROOT / "var" / "fonts"
CSS = "@page { size: A5 } .los { break-before: page; position: relative; height: 10mm }"
SHORT = Limits(seconds=2, start_seconds=15, memory=512 << 20)
NOBODY_READS = "<html lang=nl><title>t</title><body>"


def rendered(*parts, **options):
    return render_pdf(parts, css=CSS, fonts_dir=FONTS, **options)


GREEDY = {
    "a million columns": "<table><tr><td colspan=1000000>x</td><td>y</td></tr></table>",
    "boxes in boxes": "<div style='display:flex'>" * 14 + "x" + "</div>" * 14,
    "lines": "x<br>" * 60_000,
    "memory": "<p>" + "kanarie " * 2_000_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(GREEDY))
def test_page_that_takes_too_much_is_stopped_with_a_sentence(name):
    before = monotonic()

    with pytest.raises(InputError, match="Maak de teksten korter"):
        rendered(NOBODY_READS + GREEDY[name], limits=SHORT)

    assert monotonic() - before < SHORT.seconds + SHORT.start_seconds + 10
    assert not [line for line in _children() if "renderchild" in line]


def _children():
    found = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True, check=False
    )
    return found.stdout.splitlines()


def test_child_knows_no_secrets_and_leaves_nothing_behind(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "kanarie")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    assert rendered(NOBODY_READS + "<p>x</p>").startswith(b"%PDF-1.7")

    assert list(tmp_path.iterdir()) == []
    assert "SECRET_KEY" not in rendering.PASSED_ON


GUARDED = """
import sys
from pathlib import Path
from planner.exports.renderchild import watch
if sys.argv[1] == "guarded":
    watch(Path("/nergens"))
import socket, subprocess
said = []
for name, attempt in (
    ("read", lambda: open(sys.argv[2]).read()),
    ("connect", lambda: socket.create_connection(("127.0.0.1", 9), 0.1)),
    ("start", lambda: subprocess.run(["true"])),
):
    try:
        attempt()
        said.append(name)
    except PermissionError:
        pass
    except OSError:
        said.append(name)
print(*said)
"""


@pytest.mark.parametrize(("guard", "possible"), [("guarded", ""), ("open", "read connect start")])
def test_child_opens_no_file_no_connection_and_no_program(guard, possible, tmp_path):
    """The second case is the twin: without the guard all three are possible."""
    secret = tmp_path / "geheim.txt"
    secret.write_text("kanarie")

    done = subprocess.run(
        [sys.executable, "-c", GUARDED, guard, str(secret)], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert done.stdout.strip() == possible


CODE = "<div data-qr='https://x.nl/i/{}' style='width:34mm;height:34mm'></div></article>"
ARTICLES = (
    "<article class=los data-basis=0 lang=ar><p lang=nl>Wanneer?</p><p>متى؟</p></article>"
    "<article class=los data-basis=1 lang=tr><p>Ne zaman?</p></article>"
    f"<article class=los data-eigen=1><p lang=nl>Ayse</p>{CODE.format('een')}"
    f"<article class=los data-eigen=0><p lang=nl>Omar</p>{CODE.format('twee')}"
    f"<article class=los data-eigen=0><p lang=nl>Lina (5 0 R)</p>{CODE.format('drie')}"
)


@pytest.fixture(scope="module")
def stack():
    """Print two documents with shared pages and one without, in an order of our own."""
    html = NOBODY_READS + ARTICLES
    parts = (NOBODY_READS + "<h1>Lijst</h1><p>eerste</p>", html, html)
    return rendered(*parts, order=[(0, -1), (2, 0), (1, 1), (1, 0), (2, 2)])


def test_equal_pages_come_once_per_family_with_the_own_code_in_the_order_asked_for(stack):
    document = pypdfium2.PdfDocument(stack)
    try:
        words = [page.get_textpage().get_text_bounded().split() for page in document]
        codes = [
            [code.text for code in zxingcpp.read_barcodes(page.render(scale=2, grayscale=True).to_pil())]
            for page in document
        ]
    finally:
        document.close()

    assert [page[0] for page in words] == ["Lijst", "Ne", "Wanneer?", "Ne", "Wanneer?"]
    assert [page[-1] for page in words] == ["eerste", "Ayse", "Omar", "Ayse", "R)"]
    assert codes == [[], *([f"https://x.nl/i/{name}"] for name in ("een", "twee", "een", "drie"))]


def _elements(element, found):
    for each in element.get("/K", []):
        kid = each.get_object()
        if hasattr(kid, "get") and kid.get("/Type") == "/StructElem":
            found.append(kid)
            _elements(kid, found)
    return found


def test_every_mark_on_every_page_leads_to_its_tag_and_each_line_knows_its_language(stack):
    reader = PdfReader(io.BytesIO(stack))
    root = reader.trailer["/Root"]
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = list(nums[::2])
    tree = dict(zip(keys, nums[1::2], strict=True))
    elements = _elements(root["/StructTreeRoot"]["/K"][0].get_object(), [])

    assert keys == sorted(set(keys))
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"], len(reader.pages)) == (True, "nl", 5)
    for page in reader.pages:
        marked = sorted(int(each) for each in re.findall(rb"/MCID (\d+)", page.get_contents().get_data()))
        mine = tree[page["/StructParents"]]
        assert marked == list(range(len(mine)))
        for number, reference in enumerate(mine):
            element = reference.get_object()
            assert number in element["/K"]
            assert element["/Pg"].get_object()["/StructParents"] == page["/StructParents"]
    languages = [str(element["/Lang"]) for element in elements if "/Lang" in element]
    assert (languages.count("ar"), languages.count("tr")) == (2, 2)
    pictures = [str(element["/Alt"]) for element in elements if element["/S"] == "/Figure"]
    assert pictures == [f"QR-code: https://x.nl/i/{name}" for name in ("een", "twee", "een", "drie")]


def test_strings_that_look_like_references_stay_as_they_are():
    text = rb"<</T (zie 5 0 R en \(6 0 R\))/U <feff0035>/P 5 0 R/K [15 0 R 5]>>"

    assert renumbered(text, {5: 105, 15: 7}) == rb"<</T (zie 5 0 R en \(6 0 R\))/U <feff0035>/P 105 0 R/K [7 0 R 5]>>"


def test_piece_that_breaks_off_is_no_piece():
    piece = Piece(
        parts=((7, b"<</A 1>>", None), (8, b"<<>>", b"\nstream\nx")),
        pages=(),
        tree={3: b"[7 0 R]"},
        catalog={"Lang": b"(nl)"},
        info=b"<<>>",
        shared={"pages": 1, "document": 2, "root": 3},
    )
    pipe = io.BytesIO()
    send(pipe, piece)
    whole = pipe.getvalue()

    assert receive(io.BytesIO(whole)) == piece
    assert {receive(io.BytesIO(whole[:cut])) for cut in range(len(whole))} == {None}
