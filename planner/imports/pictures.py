"""A drawing that somebody sends, as a JPEG that we encoded ourselves. Pillow's one door.

Nothing of the file that came in is kept: not its name, its metadata, its colours or its bytes.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from PIL.Image import Image as AnyImage

MAX_BYTES = 4 << 20
MAX_PIXELS = 40_000_000  # a scan of A3 at 300 dots an inch has 17 million
MOST_SCANS = 32  # a progressive JPEG of many scans is decoded once for each
LONGEST_SIDE = 2000  # pixels that are kept; enough for A4 at 180 dots an inch
QUALITY = 80
_TOO_LARGE = "Deze tekening heeft te veel beeldpunten. Bewaar haar kleiner, bijvoorbeeld 2000 bij 1500."
_SCAN = b"\xff\xda"
_NO_PICTURE = "Dit bestand is geen tekening die we kunnen lezen. Kies een plattegrond die als PNG of JPEG is bewaard."


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A grey JPEG and its size in pixels."""

    body: bytes
    wide: int
    high: int


def read_drawing(body: bytes) -> Drawing:
    """Return a PNG or JPEG as a grey JPEG of at most 2000 pixels; InputError says why when it cannot be used.

    The size is read before anything is decoded, so that a small file that unfolds into a huge picture is
    refused at once.
    """
    if len(body) > MAX_BYTES:
        raise InputError(f"Deze tekening is groter dan {MAX_BYTES >> 20} MB. Bewaar haar kleiner en probeer opnieuw.")
    from PIL import Image, ImageOps  # noqa: PLC0415 - only the page that takes a drawing needs it

    try:
        with Image.open(BytesIO(body), formats=("PNG", "JPEG")) as image:
            image.verify()  # a PNG that was cut off is found here, also where a library lets such a one pass
        with Image.open(BytesIO(body), formats=("PNG", "JPEG")) as image:
            _refuse_huge(*image.size, scans=body.count(_SCAN) if image.format == "JPEG" else 1)
            image.draft("L", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _grey(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise InputError(_TOO_LARGE) from None
    except (OSError, SyntaxError, ValueError, KeyError, EOFError):
        raise InputError(_NO_PICTURE) from None


def _refuse_huge(wide: int, high: int, *, scans: int) -> None:
    if wide * high > MAX_PIXELS or scans > MOST_SCANS:
        raise InputError(_TOO_LARGE)


def _grey(image: "AnyImage") -> Drawing:
    from PIL import Image  # noqa: PLC0415 - as above

    white = Image.new("L", image.size, 255)
    layers = image.convert("LA")
    white.paste(layers.getchannel("L"), mask=layers.getchannel("A"))
    out = BytesIO()
    white.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Drawing(body=out.getvalue(), wide=white.width, high=white.height)
