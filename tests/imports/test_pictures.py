"""Drawings that somebody sends: read as grey JPEGs, or refused before they cost anything."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from planner.errors import InputError
from planner.imports.pictures import LONGEST_SIDE, MAX_BYTES, read_drawing

TOO_LARGE = "Deze tekening heeft te veel beeldpunten. Bewaar haar kleiner, bijvoorbeeld 2000 bij 1500."
NO_PICTURE = "Dit bestand is geen tekening die we kunnen lezen. Kies een plattegrond die als PNG of JPEG is bewaard."


def file_of(image, kind="PNG", **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_that_says(wide, high):
    """Return a small PNG whose header promises this size."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def opened(drawing):
    return Image.open(BytesIO(drawing.body))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_drawing_becomes_a_grey_jpeg_of_its_own_shape(kind):
    drawing = read_drawing(file_of(Image.new("RGB", (300, 200), "red"), kind))

    made = opened(drawing)
    assert (made.format, made.mode, made.size, drawing.wide, drawing.high) == ("JPEG", "L", (300, 200), 300, 200)


def test_large_drawing_is_made_smaller():
    drawing = read_drawing(file_of(Image.new("L", (4000, 1000), 255)))

    assert (drawing.wide, drawing.high) == (LONGEST_SIDE, 500)


def test_see_through_is_white():
    assert opened(read_drawing(file_of(Image.new("RGBA", (20, 20), (0, 0, 0, 0))))).getpixel((9, 9)) > 250


def test_turned_photograph_is_upright_and_tells_nothing_else():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "thuis bij Fatima"
    drawing = read_drawing(file_of(Image.new("L", (40, 20)), "JPEG", exif=exif))

    assert (drawing.wide, drawing.high, b"Fatima" in drawing.body) == (20, 40, False)


@pytest.mark.parametrize("size", [(60_000, 60_000), (12_000, 12_000), (7000, 7000)])
def test_small_file_that_promises_a_huge_picture_is_refused_unread(size):
    with pytest.raises(InputError) as refused:
        read_drawing(png_that_says(*size))

    assert str(refused.value) == TOO_LARGE


def test_jpeg_of_endless_scans_is_refused():
    body = file_of(Image.new("L", (64, 64)), "JPEG")

    with pytest.raises(InputError) as refused:
        read_drawing(body[:-2] + b"\xff\xda\x00\x02" * 100 + body[-2:])

    assert str(refused.value) == TOO_LARGE


def test_file_that_is_too_large_is_refused():
    with pytest.raises(InputError, match=r"^Deze tekening is groter dan 4 MB\."):
        read_drawing(b"\x89PNG" + b"0" * MAX_BYTES)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"geen tekening", b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"%PDF-1.7", b"GIF89a" + b"\0" * 30, b"\x89PNG\r\n\x1a\n", file_of(Image.new("L", (50, 50)))[:60],
        file_of(Image.new("L", (50, 50)), "BMP"), file_of(Image.new("L", (200, 200)), "JPEG")[:200],
        png_that_says(0, 10),
    ],
)  # fmt: skip
def test_anything_else_is_refused(body):
    with pytest.raises(InputError) as refused:
        read_drawing(body)

    assert str(refused.value) == NO_PICTURE
