"""HTML to pieces of PDF by WeasyPrint, with our fonts and without any way to the network or the file system.

This runs in a process of its own (`renderchild`), which nothing else of the program depends on.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

from planner.exports.fonts import font_face_css
from planner.exports.pieces import KEYS_APART, Page, Part, Piece
from planner.exports.stamping import draw_codes, mark_of, spread

ZERO = 1  # the first entry of a list of objects stands for nothing
POINTS = 0.75  # in a pixel of CSS
VARIANT = "pdf/ua-1"  # ISO 14289-1: every text is tagged, every picture said, the language known


class Typesetter:
    """WeasyPrint with one style sheet and one set of fonts, which are slow to build."""

    def __init__(self, *, css: str, fonts_dir: Path) -> None:
        """Read the fonts and the style sheet; user text never reaches a style sheet."""
        from weasyprint import CSS  # noqa: PLC0415 - measured: 1.6 s to import
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415

        _say_languages()
        fonts_only = URLFetcher(allowed_protocols={"file"}, allow_redirects=False)
        self._fonts = FontConfiguration()
        text = font_face_css(fonts_dir) + css
        self._sheet = CSS(string=text, font_config=self._fonts, url_fetcher=fonts_only)
        # A document gets only what stands in itself, as a data address.
        self._nothing = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)

    def lay_out(self, html: str, number: int, zoom: float = 1) -> Piece:
        """Return a whole HTML document as the piece with this number, all of it `zoom` times as large."""
        from weasyprint import HTML  # noqa: PLC0415

        found: list[Piece] = []

        def keep(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint has no types
            draw_codes(document, pdf, scale=POINTS * zoom)
            marks = tuple(mark_of(page) for page in document.pages)
            found.append(spread(_taken(pdf, number), marks))
            del pdf.objects[ZERO:]  # nothing is left to be written

        HTML(string=html, url_fetcher=self._nothing).write_pdf(
            stylesheets=[self._sheet], font_config=self._fonts, pdf_variant=VARIANT, zoom=zoom, finisher=keep
        )
        return found[0]


def _say_languages() -> None:
    """Let every element tell its language to the tags where it differs; WeasyPrint tells that of the file only."""
    from weasyprint.pdf import tags  # noqa: PLC0415

    build = tags._build_box_tree  # noqa: SLF001 - there is no other way in
    if not hasattr(build, "__wrapped__"):
        tags._build_box_tree = _with_language(build)  # noqa: SLF001


def _with_language(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    import pydyf  # noqa: PLC0415

    @wraps(build)
    def told(box: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401 - boxes of WeasyPrint
        box = getattr(box, "_box", box)  # of something that is placed by itself
        language = box.element.get("lang") if box.element is not None and hasattr(box.element, "get") else None
        for element in build(box, *rest):
            if language:
                element.setdefault("Lang", pydyf.String(language))  # the innermost knows best
            yield element

    return told


def _taken(pdf: Any, number: int) -> Piece:  # noqa: ANN401 - a file in the making
    """Return what is in a file before it is written."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document, tree = _object(pdf, root["K"][0]), _object(pdf, root["ParentTree"])
    base = number * KEYS_APART
    for each in pdf.objects[ZERO:]:
        if isinstance(each, dict):
            for key in {"StructParents", "StructParent"} & each.keys():
                each[key] += base
            if each.get("S") in {"/TH", "/TD"} and "ID" in each:
                each["ID"].string = f"{number}-{each['ID'].string}"  # cells name their heads by it
    apart = {each.number for each in (pdf.catalog, pdf.pages, pdf.info, root, document, tree)}
    said = {key: _bytes(value) for key, value in pdf.catalog.items() if key not in {"Type", "Pages", "StructTreeRoot"}}
    nums = tree["Nums"]
    tops: dict[bytes, list[int]] = {}
    for top in document["K"]:
        tops.setdefault(_object(pdf, top)["Pg"], []).append(_number(top))
    return Piece(
        parts=tuple(_part(each) for each in pdf.objects[ZERO:] if each.number not in apart and each.free == "n"),
        pages=tuple(Page(number=_number(each), tops=tuple(tops.get(each, ()))) for each in pdf.page_references),
        tree={base + int(key): _bytes(value) for key, value in zip(nums[::2], nums[1::2], strict=True)},
        catalog=said,
        info=pdf.info.data,
        shared={"pages": pdf.pages.number, "document": document.number, "root": root.number},
    )


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _object(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401
    return pdf.objects[_number(reference)]


def _bytes(value: Any) -> bytes:  # noqa: ANN401
    if isinstance(value, bytes):
        return value
    return bytes(value.data) if hasattr(value, "data") else str(value).encode("ascii")


def _part(each: Any) -> Part:  # noqa: ANN401
    head, mark, rest = each.data.partition(b"\nstream\n")
    return each.number, head, mark + rest if mark else None
