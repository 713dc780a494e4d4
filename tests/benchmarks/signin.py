"""What a password costs, and whether guessing at passwords slows everybody else down."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode

from argon2 import PasswordHasher

from planner.config import ROOT
from planner.domain.access.rights import Role
from planner.services.signin import totp
from planner.services.signin.hashing import HASHER, LANES, MEMORY_KIB, PASSES
from planner.services.state import load_state
from planner.storage.db import writing
from planner.storage.models import AccountRow
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of, peak_mb
from tests.benchmarks.rows import Row

TIMES = 15
EMAIL, PASSWORD = "noor@school.example", "vier-losse-woorden-hier"
TRIES_PER_SECOND, PAGES_PER_SECOND = 50, 5
SECONDS = 60  # in quiet as long as under attack: the slowest of more visits is slower
ATTACKERS = 10  # threads
OWNER = "127.0.0.9"
WAIT_SECONDS = 60
HTTP_OK, HTTP_FOUND = 200, 302


def ours(root: Path, size: int) -> Iterator[Row]:
    """Yield how long one check takes with our parameters, and the memory of the process."""
    del root, size
    yield from _checked("signin/hash", PasswordHasher(PASSES, MEMORY_KIB, LANES))


def library(root: Path, size: int) -> Iterator[Row]:
    """Yield the same with the library's own parameters."""
    del root, size
    yield from _checked("signin/hash-library", PasswordHasher())


def _checked(name: str, hasher: PasswordHasher) -> Iterator[Row]:
    before = peak_mb()
    kept = hasher.hash(PASSWORD)
    seconds = median_of(lambda: hasher.verify(kept, PASSWORD), times=TIMES)
    yield Row(name=name, size=1, value=seconds * 1000, unit="ms")
    yield Row(name=f"{name}-memory", size=1, value=peak_mb() - before, unit="MB")


@dataclass
class Server:
    """A server that runs, with what a visitor needs."""

    port: int
    event_path: str
    session: str


@contextmanager
def _serving(root: Path, size: int) -> Iterator[Server]:
    """Start `planner serve` over a demo school in which the owner has an account."""
    folder = schools.demo_folder(root, size)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with schools.demo_app(root, size) as (_, workspace):
        state = load_state(workspace)
        event = next(each for each in state.events if each.planned.runbook_id == schools.MARKET)
        with writing(workspace.session):
            account = AccountRow(name="Noor", email=EMAIL, role=Role.COLLEAGUE)
            workspace.session.add(account)
            workspace.session.flush()
            totp.credential(workspace, account.id).password_hash = HASHER.hash(PASSWORD)
    environment = {
        **os.environ,
        "PLANNER_DATA": str(folder),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", "from planner.cli import main; main()", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = process.stdout.readline() + process.stdout.readline()
            link = re.search(r"/aanmelden/\S+", said)
            if link is None:
                raise RuntimeError(f"the server says {said}")
            _, headers, _ = _ask(port, "GET", link[0])
            yield Server(port, f"/activiteit/{event.planned.id}", _cookie(headers))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=WAIT_SECONDS)


def _ask(
    port: int,
    method: str,
    path: str,
    *,
    cookie: str = "",
    form: dict[str, str] | None = None,
    source: str = "127.0.0.1",
) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS, source_address=(source, 0))
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def _cookie(headers: dict[str, str]) -> str:
    return headers["Set-Cookie"].partition(";")[0]


def _try(port: int, email: str, password: str, source: str) -> Callable[[], int]:
    """Return one try, with a form that was fetched first as a browser does."""
    _, headers, page = _ask(port, "GET", "/", source=source)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    form = {"csrf_token": token[1] if token else "", "email": email, "password": password}
    return lambda: _ask(port, "POST", "/inloggen", cookie=_cookie(headers), form=form, source=source)[0]


def _visit(server: Server, seconds: float) -> list[float]:
    """Ask for the page of an activity at a steady pace; return how long each answer took, in seconds."""
    found, start = [], monotonic()
    for number in range(int(seconds * PAGES_PER_SECOND)):
        sleep(max(0.0, start + number / PAGES_PER_SECOND - monotonic()))
        before = perf_counter()
        status, *_ = _ask(server.port, "GET", server.event_path, cookie=server.session)
        if status != HTTP_OK:
            raise RuntimeError(f"the page gives {status}")
        found.append(perf_counter() - before)
    return found


def _guess(port: int, networks: int) -> list[int]:
    """Guess fifty times a second for a minute from so many networks; return the statuses."""
    statuses: list[int] = []

    def guess(mine: int) -> None:
        sources = [f"127.0.{networks}.{1 + number}" for number in range(mine, networks, ATTACKERS)] or [
            f"127.0.{networks}.1"
        ]
        tries = [_try(port, EMAIL if mine % 2 else f"naam{mine}@school.example", "een gok", each) for each in sources]
        start = monotonic()
        for number in range(SECONDS * TRIES_PER_SECOND // ATTACKERS):
            sleep(max(0.0, start + number * ATTACKERS / TRIES_PER_SECOND - monotonic()))
            statuses.append(tries[number % len(tries)]())

    with ThreadPoolExecutor(ATTACKERS) as threads:
        list(threads.map(guess, range(ATTACKERS)))
    return statuses


def _attack(server: Server, networks: int) -> tuple[list[float], list[int]]:
    """Visit while a process of its own guesses, so that the visitor waits for the server and not for the guessers."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        process.submit(_ask, server.port, "GET", "/").result()  # it is awake
        guessing = process.submit(_guess, server.port, networks)
        return _visit(server, SECONDS), guessing.result()


def _p99(times: list[float]) -> float:
    return quantiles(times, n=100)[98] * 1000


def attack(root: Path, size: int) -> Iterator[Row]:
    """Yield the p99 of an activity's page in quiet and under attack, and how the owner came in afterwards."""
    with _serving(root, size) as server:
        _visit(server, 2)
        quiet = _visit(server, SECONDS)
        yield Row(name="signin/quiet-p99", size=size, value=_p99(quiet), unit="ms")
        yield Row(name="signin/quiet-median", size=size, value=median(quiet) * 1000, unit="ms")
        for networks in (1, 50):
            times, statuses = _attack(server, networks)
            name = f"signin/attack-{networks}"
            ratio = _p99(times) / _p99(quiet)
            yield Row(name=f"{name}-p99", size=size, value=_p99(times), unit="ms", peer="signin/quiet-p99", ratio=ratio)
            ratio = median(times) / median(quiet)
            yield Row(
                name=f"{name}-median",
                size=size,
                value=median(times) * 1000,
                unit="ms",
                peer="signin/quiet-median",
                ratio=ratio,
            )
            yield Row(name=f"{name}-tries", size=size, value=len(statuses), unit="tries")
            hashed = sum(status == 400 for status in statuses)
            yield Row(name=f"{name}-hashed", size=size, value=hashed, unit="tries")
        status = _try(server.port, EMAIL, PASSWORD, OWNER)()
        if status != HTTP_FOUND:
            raise RuntimeError(f"the owner gets {status}")
        yield Row(name="signin/owner-gets-in", size=size, value=1, unit="yes")
