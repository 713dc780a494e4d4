"""Families who answer all at once from one address: a real `planner serve` on loopback, over SQLite.

Requests are sent when they are due and not when the one before is done, so a slow answer is not hidden by a sender
that waits (coordinated omission). The sender runs on the same cores.
"""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlencode

from planner.config import ROOT
from planner.services.invitations import invitations
from tests.benchmarks import schools
from tests.benchmarks.rows import Row

RATE, SECONDS = 100, 60
HALL, HALL_SECONDS = 500, 60
SENDERS = 48
GOAL_P99_MS = 250
SAVED = 303


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _invite(root: Path, size: int) -> list[str]:
    """Let the market be next week, print its invitations, and return the paths of their links."""
    database = schools.demo_folder(root, size) / "schakelplan.db"
    day = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE event SET first = ?, last = ? WHERE id = ?", (day, day, schools.MARKET))
        connection.execute("UPDATE school SET revision = revision + 1")
    with schools.demo_app(root, size) as (_, workspace):
        return [re.sub(r"^https?://[^/]+", "", sheet.url) for sheet in invitations.sheets(workspace, schools.MARKET)]


@contextmanager
def _serving(folder: Path) -> Iterator[int]:
    port = _free_port()
    environment = os.environ | {
        "PLANNER_DATA": str(folder),
        "PLANNER_RUNBOOKS": str(schools.RUNBOOKS),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", "from planner.cli import main; main()", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield port
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def _send(port: int, path: str, persons: int, due: float) -> tuple[int, float]:
    """Send one answer when it is due; return its status (0: no answer at all) and the seconds since it was due."""
    sleep(max(0.0, due - perf_counter()))
    body = urlencode({"komt": "ja", "personen": str(persons), "vraag": "Mag oma ook mee?"})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        status = connection.getresponse().status
    except OSError:
        status = 0
    finally:
        connection.close()
    return status, perf_counter() - due


def _all(port: int, paths: list[str], count: int, seconds: float) -> tuple[list[tuple[int, float]], float]:
    """Send `count` answers spread over so many seconds; return what came of each, and how long it all took."""
    start = perf_counter() + 0.2
    with ThreadPoolExecutor(SENDERS) as senders:
        jobs = [
            senders.submit(_send, port, paths[number % len(paths)], 1 + number % 12, start + number * seconds / count)
            for number in range(count)
        ]
        found = [job.result() for job in jobs]
    return found, perf_counter() - start


def _kept(folder: Path) -> tuple[int, int]:
    """Return how often an answer was kept, and for how many families there is one."""
    with closing(sqlite3.connect(folder / "schakelplan.db")) as connection:
        changes = connection.execute("SELECT coalesce(max(count), 0) FROM answer_keeping").fetchone()[0]
        return int(changes), int(connection.execute("SELECT count(*) FROM answer").fetchone()[0])


def _p99_ms(found: list[tuple[int, float]]) -> float:
    times = sorted(seconds for _, seconds in found)
    return 1000 * times[int(len(times) * 0.99) - 1]


def measure(root: Path, size: int) -> Iterator[Row]:
    """Yield what a hall of families and a minute of steady answers cost, and how many answers were lost."""
    folder, paths = schools.demo_folder(root, size), _invite(root, size)
    with _serving(folder) as port:
        _send(port, paths[0], 2, perf_counter())  # the first one reads the school
        before, _ = _kept(folder)
        hall, took = _all(port, paths, HALL, 5.0)
        steady, _ = _all(port, paths, RATE * SECONDS, SECONDS)
    after, families = _kept(folder)
    saved = sum(status == SAVED for status, _ in (*hall, *steady))
    missed = len(hall) + len(steady) - saved
    p99 = _p99_ms(steady)
    yield Row(name="answers/hall", size=HALL, value=took, unit="s", peer="a minute", ratio=took / HALL_SECONDS)
    yield Row(name="answers/hall-p99", size=HALL, value=_p99_ms(hall), unit="ms")
    yield Row(
        name="answers/p99", size=RATE * SECONDS, value=p99, unit="ms", peer="goal of 250 ms", ratio=p99 / GOAL_P99_MS
    )
    yield Row(name="answers/refused", size=RATE * SECONDS + HALL, value=missed, unit="answers")
    yield Row(name="answers/lost", size=saved, value=saved - (after - before), unit="answers")
    yield Row(
        name="answers/families",
        size=len(paths),
        value=families,
        unit="families",
        peer="links",
        ratio=families / len(paths),
    )
