"""QR codes as one path, next to the SVG that qrcode makes itself."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import qrcode
from qrcode.image.svg import SvgPathImage

from planner.exports.qr import QUIET_ZONE, qr_matrix, qr_svg
from tests.benchmarks.clock import median_of
from tests.benchmarks.rows import Row

TEXT = "https://schakelplan.example/i/abcdefghijklmnopqrstuvwxyz23"
TIMES = 20


def _library() -> str:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=QUIET_ZONE, image_factory=SvgPathImage)
    code.add_data(TEXT)
    code.make(fit=True)
    written = BytesIO()
    code.make_image().save(written)
    return written.getvalue().decode()


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield time and length of one code of the length of an invitation's address."""
    ours = median_of(lambda: qr_svg(TEXT), times=TIMES, before=qr_matrix.cache_clear)
    theirs = median_of(_library, times=TIMES)
    peer = "qrcode SvgPathImage"
    yield Row(name="qr", size=size, value=ours * 1000, unit="ms", peer=peer, ratio=ours / theirs)
    length, other = len(qr_svg(TEXT)), len(_library())
    yield Row(name="qr/bytes", size=size, value=length, unit="bytes", peer=peer, ratio=length / other)
