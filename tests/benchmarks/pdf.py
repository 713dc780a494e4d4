"""Invitations of a whole school on paper."""

from collections.abc import Iterator
from pathlib import Path

from planner.services.event import printing
from planner.services.invitations import invitations
from tests.benchmarks import schools
from tests.benchmarks.clock import peak_mb, seconds_of
from tests.benchmarks.rows import Row


def measure(root: Path, size: int) -> Iterator[Row]:
    """Yield milliseconds a page of the market's invitations, and the most memory it took."""
    import pypdfium2  # noqa: PLC0415 - only this benchmark counts pages

    made: list[bytes] = []
    with schools.demo_app(root, size) as (_, workspace):
        invitations.sheets(workspace, schools.MARKET)

        def print_all() -> None:
            made.append(printing.sheet_pdf(workspace, schools.MARKET, "uitnodigingen", now=schools.NOW))

        seconds = seconds_of(print_all)
    peak = peak_mb()
    pages = len(pypdfium2.PdfDocument(made[0]))
    yield Row(name="pdf", size=size, value=seconds * 1000 / pages, unit="ms/page", peak_mb=peak)
    yield Row(name="pdf/pages", size=size, value=pages, unit="pages")
    yield Row(name="pdf/bytes", size=size, value=len(made[0]) / pages / 1024, unit="KiB/page")
