"""Equal pages are laid out once: what is a family's own, its names and its code, is laid over a copy.

Measured: laying out costs more than all the rest. An element with `data-basis` is a page to copy, one with
`data-eigen` says what comes over the page of that number; its `data-qr` is drawn where that element stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from planner.exports.pieces import Page, Part, Piece, renumbered
from planner.exports.qr import qr_matrix

_REFERENCES = re.compile(rb"\b(\d+) 0 R\b")
_CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
_KEY = re.compile(rb"/StructParents (\d+)")
EXTRA_KEYS = 5_000  # where keys begin for pages that a copy has beyond its first
ALT = "QR-code: {}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a page is for: `base` or `own` is the number of the base, both are None for a page by itself."""

    base: int | None = None
    own: int | None = None


def mark_of(page: Any) -> Mark:  # noqa: ANN401 - a page of WeasyPrint
    """Return what a page is for, by the attributes in its document."""
    for element in _elements(page):
        if (number := element.get("data-basis")) is not None:
            return Mark(base=int(number))
        if (number := element.get("data-eigen")) is not None:
            return Mark(own=int(number))
    return Mark()


def _elements(page: Any) -> Iterator[Any]:  # noqa: ANN401
    for box in page._page_box.descendants():  # noqa: SLF001 - the only way to what stands where
        if box.element is not None and hasattr(box.element, "get"):
            yield box.element


def draw_codes(document: Any, pdf: Any, *, scale: float) -> None:  # noqa: ANN401
    """Draw the QR codes of a file in the making, tagged as pictures, and shut base pages off from what comes over."""
    import pydyf  # noqa: PLC0415

    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    top = pdf.objects[int(root["K"][0].split()[0])]
    nums = pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
    found = dict(zip(nums[::2], nums[1::2], strict=True))
    marks = [mark_of(page) for page in document.pages]
    counts = [len(found[number]) for number in range(len(marks))]
    first = {mark.base: number for number, mark in reversed(list(enumerate(marks))) if mark.base is not None}
    for number, (page, mark) in enumerate(zip(document.pages, marks, strict=True)):
        stream = pdf.objects[int(pdf.objects[int(pdf.page_references[number].split()[0])]["Contents"].split()[0])]
        if mark.base is not None:
            stream.stream.insert(0, b"q")
            stream.stream.append(b"Q")
        if mark.own is None:
            continue
        before = counts[first[mark.own]]
        for item in stream.stream:
            if isinstance(item, pydyf.Dictionary) and "MCID" in item:
                item["MCID"] += before
        for each in found[number]:
            element = pdf.objects[int(each.split()[0])]
            element["K"] = pydyf.Array([kid + before if isinstance(kid, int) else kid for kid in element["K"]])
        for box in page._page_box.descendants():  # noqa: SLF001
            text = box.element.get("data-qr") if box.element is not None and hasattr(box.element, "get") else None
            if text:
                place = (box.position_x * scale, box.position_y * scale, box.width * scale)
                stream.stream.append(_drawing(text, place, before + len(found[number])))
                left, above, wide = place
                height = page.height * scale
                picture = pydyf.Dictionary({
                    "Type": "/StructElem", "S": "/Figure", "P": top.reference, "Pg": pdf.page_references[number],
                    "K": pydyf.Array([before + len(found[number])]), "Alt": pydyf.String(ALT.format(text)),
                    "A": pydyf.Dictionary({
                        "O": "/Layout",
                        "BBox": pydyf.Array([left, height - above - wide, left + wide, height - above]),
                    }),
                })  # fmt: skip
                pdf.add_object(picture)
                found[number].append(picture.reference)
                top["K"].append(picture.reference)
                break


def _drawing(text: str, place: tuple[float, float, float], number: int) -> bytes:
    """Return the code as rectangles, from the top left in points, on white."""
    left, above, wide = place
    runs, size = qr_matrix(text)
    boxes = " ".join(f"{column} {line} {width} 1 re" for column, line, width in runs)
    unit = wide / size
    return (
        f"/Figure <</MCID {number}>> BDC\nq {unit:.5f} 0 0 {unit:.5f} {left:.3f} {above:.3f} cm "
        f"1 g 0 0 {size} {size} re f 0 g {boxes} f Q\nEMC"
    ).encode("ascii")


def spread(piece: Piece, marks: tuple[Mark, ...]) -> Piece:
    """Return the piece with a copy of its base under each page that asks for one, and without the bases themselves."""
    if all(mark.own is None for mark in marks):
        return piece
    work = _Spreading(piece)
    bases: dict[int, list[Page]] = {}
    for page, mark in zip(piece.pages, marks, strict=True):
        if mark.base is not None:
            bases.setdefault(mark.base, []).append(page)
    pages: list[Page] = []
    numbers = count()
    for page, mark in zip(piece.pages, marks, strict=True):
        if mark.own is not None:
            own = next(numbers)
            pages += (replace(copy, own=own) for copy in work.over(bases[mark.own], page))
        elif mark.base is None:
            pages.append(page)
    return work.finished(pages, [page for several in bases.values() for page in several])


class _Spreading:
    """A piece that grows: its objects by number, and what finds the tags of a page."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.parts: dict[int, Part] = {part[0]: part for part in piece.parts}
        self.tree = dict(piece.tree)
        self.last = max(self.parts)
        self.extra = min(piece.tree) + EXTRA_KEYS
        self._kept: dict[int, list[int]] = {}

    def over(self, bases: list[Page], own: Page) -> Iterator[Page]:
        """Yield the pages of a base with its own page laid over the first."""
        page = self.parts[own.number]
        for index, base in enumerate(bases):
            under = self.parts[base.number]
            content = _contents(under[1])
            if index == 0:
                number, key = own.number, _key(page[1])
                head = _CONTENTS.sub(b"/Contents [%b %b]" % (content, _contents(page[1])), page[1])
            else:
                self.last, self.extra = self.last + 1, self.extra + 1
                number, key = self.last, self.extra
                head = _KEY.sub(b"/StructParents %d" % key, under[1])
            moved = self._copied(base, number)
            same = renumbered(self.piece.tree[_key(under[1])], moved)
            self.tree[key] = b"[%b]" % b" ".join(
                part.strip(b"[]") for part in ((same, self.tree[key]) if index == 0 else (same,))
            )
            self.parts[number] = (number, head, None)
            tops = tuple(moved[top] for top in base.tops)
            yield Page(number=number, tops=(*tops, *(own.tops if index == 0 else ())))

    def _copied(self, base: Page, page: int) -> Mapping[int, int]:
        """Copy the tags of a page to another; return which number each has there, all others as they are."""
        if base.number not in self._kept:
            self._kept[base.number] = list(self._below(base.tops))
        elements = self._kept[base.number]
        moved = _Same({base.number: page})
        for number in elements:
            self.last += 1
            moved[number] = self.last
        for number in elements:
            self.parts[moved[number]] = (moved[number], renumbered(self.parts[number][1], moved), None)
        return moved

    def _below(self, tops: tuple[int, ...]) -> Iterator[int]:
        waiting, seen = list(tops), set(tops)
        while waiting:
            number = waiting.pop()
            yield number
            for found in _REFERENCES.findall(self.parts[number][1]):
                below = int(found)
                if below not in seen and below in self.parts and b"/StructElem" in self.parts[below][1]:
                    seen.add(below)
                    waiting.append(below)

    def finished(self, pages: list[Page], gone: list[Page]) -> Piece:
        """Return the piece with these pages only."""
        for page in gone:
            self.tree.pop(_key(self.parts[page.number][1]))
            for number in (page.number, *self._kept.get(page.number, self._below(page.tops))):
                self.parts.pop(number)
        return replace(self.piece, parts=tuple(self.parts.values()), pages=tuple(pages), tree=self.tree)


class _Same(dict[int, int]):
    """Numbers that move; any other stays."""

    def __missing__(self, number: int) -> int:
        return number


def _contents(head: bytes) -> bytes:
    found = _CONTENTS.search(head)
    return found[1] if found else b""


def _key(head: bytes) -> int:
    found = _KEY.search(head)
    return int(found[1]) if found else 0
