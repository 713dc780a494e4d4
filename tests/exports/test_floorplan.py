"""The floor plan and the corners as SVG and as HTML: what people wrote in it is text, whatever it looks like."""

from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring  # our own SVG, made in this test

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import a_room

from planner.config import ROOT
from planner.domain.drawing.floorplan import Picture, Scene, floor_plan
from planner.domain.drawing.floors import Paper
from planner.domain.rooms.room import Spot
from planner.exports.cornerplan import corner_drawing
from planner.exports.drawing import as_html, as_svg
from planner.exports.floorplan import floor_drawing
from planner.exports.rendering import render_pdf

PAPER = Paper(width=180, height=90)
GOLDEN = Path(__file__).parent / "golden" / "floorplan.svg"
SVG = "{http://www.w3.org/2000/svg}"
DATA = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
HOSTILE = ("</text><script>alert(1)</script>", "&amp;<b>", "a\u202eb", "'\" onload='x", "]]>", "{{ 7*7 }}")


def rooms():
    return (
        a_room("a", name="Aula", width=20, depth=14),
        a_room("b", name="Lokaal 0.01", x=20, y=7),
        a_room("h", name="Hal", y=17, width=14, depth=10),
        a_room("c", name="Lokaal 1.01", floor=1),
    )


def drawn(**facts):
    scene = Scene(
        rooms=rooms(), notes={"a": ("Arabisch", "24 mensen"), "c": ("1A",)}, entrance=Spot(floor=0, x=7, y=27),
        route=("h", "a", "c"), from_entrance=True, **facts,
    )  # fmt: skip
    return floor_drawing(floor_plan(scene, PAPER), title="Plattegrond")


def test_plan_is_drawn_as_it_was():
    """Look at the file after a change that is meant, and keep it: golden/floorplan.svg."""
    assert as_svg(drawn()) + "\n" == GOLDEN.read_text(encoding="utf-8")


def test_names_are_text_whatever_they_hold():
    for text in HOSTILE:
        scene = Scene(rooms=(a_room(name=text, width=60, depth=30),), notes={"a1": (text,)})
        tree = fromstring(as_svg(floor_drawing(floor_plan(scene, PAPER), title=text, key=text)))  # noqa: S314 - as above
        shown = "".join("".join(each.itertext()) for each in tree.iter(f"{SVG}text"))

        assert {each.tag for each in tree.iter()} <= {f"{SVG}{name}" for name in ("svg", "title", "rect", "text")}
        assert shown.replace(" ", "").endswith((text * 2).replace("\u202e", "").replace(" ", ""))
        assert "<script" not in as_html(floor_drawing(floor_plan(scene, PAPER), title=text))


@settings(max_examples=60, deadline=None)
@given(name=st.text(max_size=40), note=st.text(max_size=40), address=st.text(max_size=20))
def test_any_text_gives_sound_svg(name, note, address):
    picture = Picture(floor=0, address=address, x=0, y=0, width=9, height=9)
    scene = Scene(rooms=(a_room(name=name, width=40, depth=20),), notes={"a1": (note,)}, pictures=(picture,))

    tree = fromstring(as_svg(floor_drawing(floor_plan(scene, PAPER), title=name)))  # noqa: S314 - as above

    assert tree.tag == f"{SVG}svg"


def test_picture_lies_below_and_words_have_white_behind_them():
    picture = Picture(floor=0, address=DATA, x=0, y=0, width=40, height=20)
    plain, with_picture = as_svg(drawn()), as_svg(drawn(pictures=(picture,)))

    assert (plain.count("<image "), with_picture.count("<image ")) == (0, 1)
    assert (plain.count('class="achter"'), with_picture.count('class="achter"')) == (0, 4)
    assert with_picture.index("<image ") < with_picture.index('class="kamer')


def test_long_route_has_numbers_of_two_digits():
    scene = Scene(rooms=rooms(), route=("a", "h", "b", "c") * 4)

    svg = as_svg(floor_drawing(floor_plan(scene, Paper(width=267, height=165)), title=""))

    assert ">12</text>" in svg
    assert svg.count('class="pijl"') == 15


@pytest.mark.parametrize(
    ("corner", "words"),
    [
        (("kok", "Mario Conti"), ["kok", "Mario Conti"]),
        (("", "Mario Conti"), ["Mario Conti"]),
        (("", ""), ["nog leeg"]),
        (("medewerker van een kinderdagverblijf met buitenschoolse opvang", "Wilhelmina van der Veer-de Jong"),
         ["medewerker van een", "kinderdagverblijf met", "buitenschoolse opvang", "Wilhelmina van der",
          "Veer-de Jong"]),
        (("x" * 60, "y" * 60), []),
    ],
)  # fmt: skip
def test_corner_says_as_much_as_fits(corner, words):
    drawing = corner_drawing("Zorg", "Lokaal 1", teachers=("Reza",), corners=[corner, ("", ""), ("", ""), ("", "")])
    texts = [line.text for line in drawing.lines]

    assert texts[: len(words)] == words
    assert ("Zorg" in texts, "Reza" in texts, "Deur" in texts) == (True, True, True)
    assert all(0 <= line.x <= drawing.width and 0 <= line.y <= drawing.height for line in drawing.lines)


def test_words_on_paper_can_be_read_in_every_script():
    names = ("قاعة ٢", "ክፍሊ ሓደ", "Кабінет 3", "一号教室")
    made = tuple(a_room(f"r{n}", name=name, x=n * 12, width=12, depth=10) for n, name in enumerate(names))
    html = as_html(floor_drawing(floor_plan(Scene(rooms=made), PAPER), title="Plattegrond"))

    css = (ROOT / "static" / "css" / "print.css").read_text(encoding="utf-8")
    pdf = render_pdf([f"<title>x</title><body>{html}"], css=css, fonts_dir=ROOT / "var" / "fonts")

    document = pypdfium2.PdfDocument(BytesIO(pdf))
    [text] = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    for name in ("ክፍሊሓደ", "Кабінет3", "一号教室"):
        assert name in text
    assert {"ق", "ا", "ع", "ة"} <= set(text)
