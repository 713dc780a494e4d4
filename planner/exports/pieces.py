"""Pieces of a PDF and how they become one: numbers move on, what the pieces say about their structure stays.

A library that joins finished files loses the tags (ISO 32000-1, 14.7), and with them the language of each line.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

KEYS_APART = 10_000  # how far apart the numbers are by which pieces find their tags: more than a piece has pages
OBJECTS_TOGETHER = 400  # dictionaries that are compressed as one
CATALOG, PAGES, DOCUMENT, ROOT, INFO = 1, 2, 3, 4, 5  # what a file has once, in the file that is made here
_LENGTH_BYTES = 4
# A reference, or a string that may look like it has one inside; the writer escapes every bracket in a string.
_REFERENCE = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f]+>|\b(\d+) 0 R\b", re.DOTALL)

Part = tuple[int, bytes, bytes | None]  # number, dictionary, and the rest of a stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The number of a page, and those of its elements right under the document; `own` is the sheet it belongs to."""

    number: int
    tops: tuple[int, ...]
    own: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Pages that were written apart.

    `tree` maps the keys by which content finds its elements to what stands there, `catalog` is what the file says
    about itself. `shared` names the numbers of what every file has once: its pages, its document, its root of tags.
    """

    parts: tuple[Part, ...]
    pages: tuple[Page, ...]
    tree: Mapping[int, bytes]
    catalog: Mapping[str, bytes]
    info: bytes
    shared: Mapping[str, int]


def send(stream: IO[bytes], piece: Piece) -> None:
    """Write a piece to a pipe."""
    bodies = [text for _, head, rest in piece.parts for text in (head, rest) if text is not None]
    facts = {
        "parts": [(number, len(head), -1 if rest is None else len(rest)) for number, head, rest in piece.parts],
        "pages": [(page.number, page.tops, page.own) for page in piece.pages],
        "tree": {key: value.decode("latin-1") for key, value in piece.tree.items()},
        "catalog": {key: value.decode("latin-1") for key, value in piece.catalog.items()},
        "info": piece.info.decode("latin-1"),
        "shared": dict(piece.shared),
    }
    said = json.dumps(facts).encode()
    body = b"".join(bodies)
    stream.write(len(said).to_bytes(_LENGTH_BYTES, "big") + len(body).to_bytes(_LENGTH_BYTES, "big") + said + body)
    stream.flush()


def receive(stream: IO[bytes]) -> Piece | None:
    """Return the next piece from a pipe; None when there is no more, or when it broke off."""
    head = stream.read(2 * _LENGTH_BYTES)
    if len(head) < 2 * _LENGTH_BYTES:
        return None
    facts_length, body_length = (int.from_bytes(head[at : at + _LENGTH_BYTES], "big") for at in (0, _LENGTH_BYTES))
    said, body = stream.read(facts_length), stream.read(body_length)
    if len(said) < facts_length or len(body) < body_length:
        return None
    return _piece(json.loads(said), body)


def _piece(facts: dict[str, Any], body: bytes) -> Piece:
    parts, at = [], 0
    for number, head, rest in facts["parts"]:
        inside = None if rest < 0 else body[at + head : at + head + rest]
        parts.append((number, body[at : at + head], inside))
        at += head + max(0, rest)
    return Piece(
        parts=tuple(parts),
        pages=tuple(Page(number=number, tops=tuple(tops), own=own) for number, tops, own in facts["pages"]),
        tree={int(key): value.encode("latin-1") for key, value in facts["tree"].items()},
        catalog={key: value.encode("latin-1") for key, value in facts["catalog"].items()},
        info=facts["info"].encode("latin-1"),
        shared=facts["shared"],
    )


@dataclass(slots=True)
class _Book:
    """The one file in the making: its objects by number, from 1 on without gaps."""

    dictionaries: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, bytes] = field(default_factory=dict)
    known: dict[bytes, int] = field(default_factory=dict)
    last: int = INFO

    def take(self, piece: Piece) -> dict[int, int]:
        """Take over the objects of a piece; return which number each has now."""
        moved = dict(
            zip((piece.shared[name] for name in ("pages", "document", "root")), (PAGES, DOCUMENT, ROOT), strict=True)
        )
        for number, head, rest in piece.parts:
            same = self._same(head, rest)
            if same is None:
                self.last += 1
                same = self.last
                if rest is not None and b" R" not in head:
                    self.known[hashlib.sha256(head + rest).digest()] = same
            moved[number] = same
        for number, head, rest in piece.parts:
            text = renumbered(head, moved)
            if rest is None:
                self.dictionaries[moved[number]] = text
            else:
                self.streams[moved[number]] = text + rest
        return moved

    def _same(self, head: bytes, rest: bytes | None) -> int | None:
        """Return the number of a stream with the same content that is there already, such as a font."""
        if rest is None or b" R" in head:
            return None
        return self.known.get(hashlib.sha256(head + rest).digest())


def renumbered(text: bytes, moved: Mapping[int, int]) -> bytes:
    """Return a dictionary with its references moved; strings that look like a reference stay as they are."""

    def move(found: re.Match[bytes]) -> bytes:
        return b"%d 0 R" % moved[int(found[1])] if found[1] else found[0]

    return _REFERENCE.sub(move, text)


def join(pieces: Sequence[Piece], order: Sequence[tuple[int, int]] = ()) -> bytes:
    """Return the pieces as one PDF 1.7, tags and languages included; the first piece gives title and language.

    `order` names each sheet by its piece and its number there (-1: what belongs to no sheet); without it the pages
    come as they are.
    """
    book, tree = _Book(), []
    pages: dict[tuple[int, int], list[tuple[int, list[int]]]] = {}
    for at, piece in enumerate(pieces):
        moved = book.take(piece)
        for page in piece.pages:
            mine = moved[page.number], [moved[top] for top in page.tops]
            pages.setdefault((at, page.own), []).append(mine)
        tree += [b"%d %b" % (key, renumbered(value, moved)) for key, value in sorted(piece.tree.items())]
        if piece is pieces[0]:
            said = {key: renumbered(value, moved) for key, value in piece.catalog.items()}
    if len(pieces) > 1:  # these know the pages of the first piece only
        said = {key: value for key, value in said.items() if key not in {"Outlines", "Names", "PageMode"}}
    own = b"".join(b"/%b %b" % (key.encode(), value) for key, value in said.items())
    sorted_pages = [each for where in order or pages for each in pages[where]]
    numbers = [number for number, _ in sorted_pages]
    book.dictionaries[CATALOG] = b"<</Type /Catalog/Pages 2 0 R/StructTreeRoot 4 0 R%b>>" % own
    book.dictionaries[PAGES] = b"<</Type /Pages/Kids [%b]/Count %d>>" % (_references(numbers), len(numbers))
    tops = _references([top for _, some in sorted_pages for top in some])
    book.dictionaries[DOCUMENT] = b"<</Type /StructElem/S /Document/P 4 0 R/K [%b]>>" % tops
    book.dictionaries[ROOT] = b"<</Type /StructTreeRoot/K [3 0 R]/ParentTree <</Nums [%b]>>>>" % b" ".join(tree)
    book.dictionaries[INFO] = pieces[0].info
    return _written(book)


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _stream(head: bytes, body: bytes) -> bytes:
    packed = zlib.compress(body, 6)
    return b"<<%b/Filter /FlateDecode/Length %d>>\nstream\n%b\nendstream" % (head, len(packed), packed)


def _written(book: _Book) -> bytes:
    """Return the file: streams as they are, dictionaries packed together, and a list of where all is (7.5.8)."""
    out = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"]
    where: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    at = len(out[0])

    def put(number: int, text: bytes) -> None:
        nonlocal at
        where[number] = (1, at, 0)
        out.append(b"%d 0 obj\n%b\nendobj\n" % (number, text))
        at += len(out[-1])

    for number, text in book.streams.items():
        put(number, text)
    numbers, last = sorted(book.dictionaries), book.last
    for start in range(0, len(numbers), OBJECTS_TOGETHER):
        together = numbers[start : start + OBJECTS_TOGETHER]
        last += 1
        where |= {number: (2, last, index) for index, number in enumerate(together)}
        put(last, _packed([(number, book.dictionaries[number]) for number in together]))
    last += 1
    begin = at
    where[last] = (1, begin, 0)
    rows = b"".join(
        kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")
        for kind, first, second in (where[number] for number in range(last + 1))
    )
    name = hashlib.sha256(rows + b"".join(out[:2])).hexdigest()[:32].encode()
    put(
        last,
        _stream(b"/Type /XRef/W [1 4 2]/Size %d/Root 1 0 R/Info 5 0 R/ID [<%b><%b>]" % (last + 1, name, name), rows),
    )
    return b"".join([*out, b"startxref\n%d\n%%%%EOF\n" % begin])


def _packed(objects: Sequence[tuple[int, bytes]]) -> bytes:
    index, at = [], 0
    for number, text in objects:
        index.append(b"%d %d" % (number, at))
        at += len(text) + 1
    table = b" ".join(index) + b" "
    body = table + b"\n".join(text for _, text in objects)
    return _stream(b"/Type /ObjStm/N %d/First %d" % (len(objects), len(table)), body)
