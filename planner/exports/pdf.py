"""HTML to PDF by WeasyPrint, with our fonts and without any way to the network or the file system."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.exports.fonts import font_face_css

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration


def _no_fetching() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """Return a fetcher that gives only what stands in the document itself as a data address."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415 - measured: 1.6 s to import

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


@lru_cache(maxsize=4)
def _fonts(fonts_dir: Path, css: str) -> tuple["FontConfiguration", Any]:
    """Return the font configuration and the style sheet; one of each per process, since building them is slow."""
    from weasyprint import CSS  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    # Our own style sheet may read the font files; user text never reaches a style sheet.
    fonts_only = URLFetcher(allowed_protocols={"file"}, allow_redirects=False)
    configuration = FontConfiguration()
    text = font_face_css(fonts_dir) + css
    return configuration, CSS(string=text, font_config=configuration, url_fetcher=fonts_only)


def _nothing(done: int) -> None:
    """Tell nobody."""


def _joined(documents: Sequence[bytes]) -> bytes:
    """Return one PDF with the pages of all; what they share, such as fonts, is kept once."""
    if len(documents) == 1:
        return documents[0]
    from pypdf import PdfWriter  # noqa: PLC0415 - for a stack of invitations only

    with PdfWriter() as writer, BytesIO() as out:
        for document in documents:
            writer.append(BytesIO(document))
        writer.compress_identical_objects()
        writer.write(out)
        return out.getvalue()


def render_pdf(parts: Iterable[str], *, css: str, fonts_dir: Path, tell: Callable[[int], None] = _nothing) -> bytes:
    """Return one PDF of whole HTML documents with the given print style sheet, in their order.

    The documents may hold data addresses only: anything else they refer to is not fetched. `tell` hears
    how many parts are laid out. Each part is written before the next is laid out, since a laid-out page
    takes a hundred times the memory of a written one.
    """
    from weasyprint import HTML  # noqa: PLC0415

    configuration, sheet = _fonts(fonts_dir, css)
    fetcher, written = _no_fetching(), []
    for number, html in enumerate(parts):
        tell(number)
        document = HTML(string=html, url_fetcher=fetcher)
        written.append(document.write_pdf(stylesheets=[sheet], font_config=configuration, pdf_tags=True))
    return _joined(written)
