"""HTML to PDF by WeasyPrint, with our fonts and without any way to the network or the file system."""

from collections.abc import Callable, Sequence
from functools import lru_cache
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


def render_pdf(parts: Sequence[str], *, css: str, fonts_dir: Path, tell: Callable[[int], None] = _nothing) -> bytes:
    """Return one PDF of whole HTML documents with the given print style sheet, in their order.

    The documents may hold data addresses only: anything else they refer to is not fetched. `tell` hears
    how many parts are laid out.
    """
    from weasyprint import HTML  # noqa: PLC0415

    configuration, sheet = _fonts(fonts_dir, css)
    fetcher, documents = _no_fetching(), []
    for number, html in enumerate(parts):
        tell(number)
        document = HTML(string=html, url_fetcher=fetcher)
        documents.append(document.render(stylesheets=[sheet], font_config=configuration, pdf_tags=True))
    pages = [page for document in documents for page in document.pages]
    pdf: bytes = documents[0].copy(pages).write_pdf(pdf_tags=True)
    return pdf
