"""The QR codes, as a camera and a printer see them."""

import io
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from planner.exports.qr import QUIET_ZONE, qr_matrix, qr_svg, qr_svg_path

LINK = "https://isk.example/u/kT9vX2mQ8r"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
SVG = "{http://www.w3.org/2000/svg}"


def picture(text, *, scale=4):
    """Draw the path as a printer would: every run a black rectangle on white."""
    path, size = qr_svg_path(text)
    image = Image.new("L", (size * scale, size * scale), 255)
    draw = ImageDraw.Draw(image)
    for column, line, width, _ in (map(int, run) for run in RUN.findall(path)):
        x, y = column * scale, line * scale
        draw.rectangle((x, y, x + width * scale - 1, y + scale - 1), fill=0)
    return image


def printed(markup, *, dots_per_inch):
    """Print `markup` on paper and scan the paper."""
    from weasyprint import HTML  # noqa: PLC0415 - takes seconds, only this test needs it

    pdf = HTML(string=f"<style>@page {{ size: 60mm; margin: 10mm }}</style>{markup}").write_pdf()
    page = pypdfium2.PdfDocument(io.BytesIO(pdf))[0]
    return page.render(scale=dots_per_inch / 72).to_pil()


def decoded(image):
    (found,) = zxingcpp.read_barcodes(image)
    return found


@pytest.mark.parametrize("text", [LINK, "ISK 1", "Tolk: ትግርኛ 👩🏽‍🏫", LINK * 8])
def test_code_says_the_text_at_level_q(text):
    found = decoded(picture(text))

    assert (found.text, found.ec_level, found.format) == (text, "Q", zxingcpp.BarcodeFormat.QRCode)


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=120))
def test_code_says_any_text(text):
    assert decoded(picture(text)).text == text


def test_path_is_a_row_of_runs_that_do_not_touch():
    path, size = qr_svg_path(LINK)
    runs = [tuple(map(int, run)) for run in RUN.findall(path)]

    assert RUN.sub("", path) == ""
    assert all(width == back for _, _, width, back in runs)
    assert all(
        line != other_line or column + width < other
        for (column, line, width, _), (other, other_line, _, _) in pairwise(runs)
    )
    assert min(column for column, _, _, _ in runs) == min(line for _, line, _, _ in runs) == QUIET_ZONE
    assert max(column + width for column, _, width, _ in runs) == size - QUIET_ZONE


def test_svg_is_one_path_on_white_with_a_title():
    svg = ET.fromstring(qr_svg("https://isk.example/?a=1&b=<2>"))  # noqa: S314 - our own text
    _, size = qr_svg_path("https://isk.example/?a=1&b=<2>")

    assert [child.tag.removeprefix(SVG) for child in svg] == ["title", "rect", "path"]
    assert svg.findtext(f"{SVG}title") == "QR-code: https://isk.example/?a=1&b=<2>"
    assert (svg.get("width"), svg.get("height"), svg.get("viewBox")) == ("28mm", "28mm", f"0 0 {size} {size}")
    assert (svg.get("shape-rendering"), svg.get("role")) == ("crispEdges", "img")


@pytest.mark.parametrize("dots_per_inch", [100, 150, 300])
def test_printed_code_can_be_scanned(dots_per_inch):
    found = decoded(printed(qr_svg(LINK, 25), dots_per_inch=dots_per_inch))

    assert (found.text, found.ec_level) == (LINK, "Q")


@pytest.mark.parametrize("millimetres", [24.9, 0, -28, float("nan")])
def test_code_too_small_to_scan_is_refused(millimetres):
    with pytest.raises(ValueError, match="cannot be scanned; use 25 mm"):
        qr_svg(LINK, millimetres)


@pytest.mark.parametrize("text", ["", "  ", "twee\nregels", "nul\x00", "half\ud83d"])
def test_text_that_is_no_line_is_refused(text):
    with pytest.raises(ValueError, match="one printable line"):
        qr_svg_path(text)


def test_text_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="5000 characters do not fit in a QR code"):
        qr_svg_path("x" * 5000)


def test_same_text_gives_the_same_code():
    first = qr_svg_path(LINK)
    qr_matrix.cache_clear()

    assert qr_svg_path(LINK) == first
