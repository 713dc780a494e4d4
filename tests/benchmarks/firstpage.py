"""The first page a coordinator sees: the whole year."""

from collections.abc import Iterator
from pathlib import Path

from planner.services.signin import accounts
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of, peak_mb, seconds_of
from tests.benchmarks.rows import Row

AIM_SECONDS = 0.05
TIMES = 30
HTTP_OK = 200


def measure(root: Path, size: int) -> Iterator[Row]:
    """Yield server time of GET /jaar for who is signed in: the first request, then the median of thirty."""
    with schools.demo_app(root, size) as (app, workspace):
        workspace.kept.clear()
        token = accounts.demo_link(workspace, now=schools.NOW)
    client = app.test_client()
    client.get(f"/aanmelden/{token}")

    def ask() -> None:
        answer = client.get("/jaar")
        if answer.status_code != HTTP_OK:
            raise RuntimeError(f"GET /jaar gives {answer.status_code}")

    cold = seconds_of(ask)
    warm = median_of(ask, times=TIMES)
    yield Row(name="first-page", size=size, value=warm * 1000, unit="ms", peer="50 ms", ratio=warm / AIM_SECONDS)
    yield Row(
        name="first-page/cold",
        size=size,
        value=cold * 1000,
        unit="ms",
        peer="first-page",
        ratio=cold / warm,
        peak_mb=peak_mb(),
    )
