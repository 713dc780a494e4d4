"""What may be in a zip file before anything of it is unpacked: a bomb is refused by its list of contents."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from planner.errors import InputError

MAX_ENTRIES = 200
MAX_UNPACKED = 50 << 20  # bytes, all entries together
MAX_RATIO = 100
SMALL = 1 << 20  # bytes; a small part may be repetitive, as empty style sheets are
MAX_CELLS = 200_000  # of all sheets together
MAX_ROW_CELLS = 2_000  # of one row; empty cells with only a border count too
MAX_TEXTS = 100_000  # different texts of all sheets together
MAX_TAGS = 30_000  # of a part that is no sheet and no list of texts
CHUNK = 1 << 20
OVERLAP = 64
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,40}?ref=\"([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})\"")
_XML = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s\0]*<")  # what any encoding of XML begins with; no picture does
_PREFIX = rb"<(?:[^\s<>/:]+:)?"  # of a name space; any letters
_ROW, _CELL, _TEXT = (re.compile(_PREFIX + name) for name in (rb"row[\s/>]", rb"c[\s/>]", rb"(?:si|r)[\s/>]"))
_DANGEROUS = (b"<!DOCTYPE", b"<!ENTITY")
TOO_BIG = "Dit bestand is uitgepakt veel te groot. Kopieer alleen de lijst naar een nieuw, leeg bestand."
BROKEN = "Dit Excel-bestand is beschadigd. Open het in Excel en sla het opnieuw op."


def open_archive(body: bytes) -> zipfile.ZipFile:
    """Return the zip file when its list of contents is within the limits; InputError otherwise.

    The sizes in the list may lie, but `zipfile` never unpacks more of an entry than the list says.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InputError(BROKEN) from None
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise InputError(TOO_BIG)
    sizes = [(entry.file_size, entry.compress_size) for entry in entries]
    if any(_is_blown_up(large, small) for large, small in (*sizes, (unpacked, len(body)))):
        raise InputError(TOO_BIG)
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("Op dit bestand zit een wachtwoord. Haal het wachtwoord eraf en probeer het opnieuw.")
    return archive


def _is_blown_up(unpacked: int, packed: int) -> bool:
    return unpacked > SMALL and unpacked > MAX_RATIO * max(packed, 1)


def merged_cells(archive: zipfile.ZipFile, part: str) -> tuple[str, ...]:
    """Return the merged ranges of a sheet, such as "A3:B3", in the order of the file."""
    return tuple(match.decode() for chunk in _chunks(archive, part) for match in _MERGED.findall(chunk))


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse parts that a reader would choke on; InputError. Unpacks each part once, piece by piece.

    The name of a part promises nothing: a workbook may point to any part as a sheet or as its list of texts.
    """
    cells = texts = 0
    for name in archive.namelist():
        tags = 0
        has_list = name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml"
        for chunk in _xml(archive, name):
            if any(word in chunk for word in _DANGEROUS):
                raise InputError(BROKEN)
            if has_list:
                in_rows = [len(_CELL.findall(row)) for row in _ROW.split(chunk)]
                if max(in_rows) > MAX_ROW_CELLS:
                    raise InputError(TOO_BIG)
                cells += sum(in_rows)
                texts += len(_TEXT.findall(chunk))
            else:
                tags += chunk.count(b"<")
            if cells > MAX_CELLS or texts > MAX_TEXTS or tags > MAX_TAGS:
                raise InputError(TOO_BIG)


def _xml(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the pieces of a part that a reader could take for XML: none of a picture; InputError unless UTF-8.

    Every spreadsheet program writes UTF-8, and in UTF-16 no cell would be counted.
    """
    for at, chunk in enumerate(_chunks(archive, name)):
        if at == 0 and not _XML.match(chunk):
            return
        if b"\0" in chunk:
            raise InputError(BROKEN)
        yield chunk


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part in pieces that overlap a little, so that no word is cut in two."""
    tail = b""
    try:
        with archive.open(name) as part:
            while piece := part.read(CHUNK):
                yield tail + piece
                tail = piece[-OVERLAP:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError):
        raise InputError(BROKEN) from None
