"""QR codes as one SVG path, for paper that is folded, stained and copied.

qrcode gives the matrix. Level Q: a quarter of the code may be lost; measured with blots on 25 mm it holds when
8 % is covered, level M 4 %. The quiet zone is four modules (ISO/IEC 18004).
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple

QUIET_ZONE = 4  # modules on each side
MINIMUM_MILLIMETRES = 25.0  # smaller codes fail on handed-out paper
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # XML has no place for these either


class QrPath(NamedTuple):
    """The dark modules as SVG path data, in a square of `size` by `size` modules, quiet zone included."""

    path: str
    size: int


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield each run of dark modules as its first column and its width."""
    column = 0
    for is_dark, modules in groupby(row):
        width = len(list(modules))
        if is_dark:
            yield column, width
        column += width


Run = tuple[int, int, int]  # column, line and width, in modules


@lru_cache(maxsize=512)
def qr_matrix(text: str) -> tuple[tuple[Run, ...], int]:
    """Return the dark runs of the code of `text` at level Q, and its size in modules, quiet zone included.

    ValueError when there is no text or too much of it.
    """
    import qrcode  # noqa: PLC0415 - loaded by the first code, not at start-up
    from qrcode.exceptions import DataOverflowError  # noqa: PLC0415

    if UNPRINTABLE.search(text) or not text.strip():
        raise ValueError("the text of a QR code must be one printable line")
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=QUIET_ZONE)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise ValueError(f"{len(text)} characters do not fit in a QR code") from error
    matrix = code.get_matrix()
    runs = ((column, line, width) for line, row in enumerate(matrix) for column, width in _runs(row))
    return tuple(runs), len(matrix)


def qr_svg_path(text: str) -> QrPath:
    """Return the code of `text` at level Q; raise ValueError when there is no text or too much of it."""
    runs, size = qr_matrix(text)
    return QrPath("".join(f"M{column} {line}h{width}v1h-{width}z" for column, line, width in runs), size)


def qr_svg(text: str, millimetres: float = 28) -> str:
    """Return an inline `<svg>` of `millimetres` square; raise ValueError below 25 mm.

    The background is white by itself, so that the code can be scanned from a dark page too.
    """
    if not millimetres >= MINIMUM_MILLIMETRES:
        raise ValueError(f"a QR code of {millimetres:g} mm cannot be scanned; use {MINIMUM_MILLIMETRES:g} mm")
    path, size = qr_svg_path(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{millimetres:g}mm" height="{millimetres:g}mm"'
        f' viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges">'
        f"<title>QR-code: {escape(text)}</title>"
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="#000" d="{path}"/></svg>'
    )
