"""CSV as schools get it: comma, semicolon or tab, with or without BOM, in UTF-8, UTF-16 or Windows' own letters."""

import codecs
import csv
import io
from collections.abc import Iterator

from planner.errors import InputError
from planner.imports.tables import Line, Table, kept_line

DELIMITERS = (";", ",", "\t")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AGAIN = "Bewaar het bestand opnieuw als 'CSV UTF-8'."


def read_csv(body: bytes) -> Table:
    """Return the rows; InputError with the row when a row cannot be read."""
    text = decode(body)
    delimiter, text = _delimiter(text)
    return Table(lines=tuple(_lines(text, delimiter)))


def decode(body: bytes) -> str:
    """Return the text of a file whose encoding nobody tells; InputError names the first row that does not fit."""
    if body.startswith(_UTF16):
        try:
            return body.decode("utf-16")
        except UnicodeDecodeError:
            raise InputError(f"Dit bestand is niet heel: de laatste letters ontbreken. {_AGAIN}") from None
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_windows(body)


def _decode_windows(body: bytes) -> str:
    lines = body.split(b"\n")
    odd = [number for number, line in enumerate(lines, start=1) if not _is_utf8(line)]
    if any(not line.isascii() and _is_utf8(line) for line in lines):
        raise InputError(
            f"Rij {odd[0]}: de letters zijn anders opgeslagen dan in de rest van het bestand. "
            f"Zijn er twee lijsten aan elkaar geplakt? {_AGAIN}"
        )
    for number in odd:
        try:
            lines[number - 1].decode("cp1252")
        except UnicodeDecodeError:
            raise InputError(f"Rij {number}: hier staat een teken dat we niet kunnen lezen. {_AGAIN}") from None
    return body.decode("cp1252")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> tuple[str, str]:
    """Return what separates the cells, and the text without Excel's line `sep=;` when it has one.

    The line stays as an empty one, so that rows keep their numbers.
    """
    first, newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r")) == len("sep=;"):
        return first[4], newline + rest
    sample = _outside_quotes(text[:20_000])
    return max(DELIMITERS, key=sample.count), text


def _outside_quotes(text: str) -> str:
    """Return the first row that holds a delimiter, without what stands between quotes."""
    bare = "".join(part for at, part in enumerate(text.split('"')) if at % 2 == 0)
    return next((line for line in bare.splitlines() if any(each in line for each in DELIMITERS)), "")


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = count = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InputError(
                f'Rij {number}: hier klopt een aanhalingsteken (") niet. Haal het weg, of zet er twee neer.'
            ) from None
        line = kept_line(number, cells, count=count)
        if line:
            count += 1
            yield line
