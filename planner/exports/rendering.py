"""HTML to one PDF: laid out by processes with limits, joined here. A text can stop its own page, not the program."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock
from typing import IO

from planner.errors import InputError
from planner.exports.pieces import Piece, join, receive

MOST_AT_ONCE = 4  # processes; each takes about 100 MB
STOPPED = (
    "Het opmaken van de bladen is gestopt: een blad kostte te veel tijd of geheugen. "
    "Maak de teksten korter, of druk minder tegelijk af, en probeer het opnieuw."
)
# What the typesetter needs to find its libraries; the rest of the environment holds secrets.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take: seconds by the clock and of the processor, and bytes of the whole process."""

    seconds: int = 20
    start_seconds: int = 20
    memory: int = 512 << 20


def _nothing(done: int) -> None:
    """Tell nobody."""


class _Child:
    """One process that lays out pages."""

    def __init__(self, *, css: str, fonts_dir: Path, limits: Limits, zoom: float) -> None:
        self._limits = limits
        self._folder = TemporaryDirectory(prefix="schakelplan-print-")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "planner.exports.renderchild"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"TMPDIR": self._folder.name},
        )
        task = {"css": css, "fonts_dir": str(fonts_dir.resolve()), "memory": limits.memory, "zoom": zoom}
        self._say(task | {"seconds": limits.seconds, "start_seconds": limits.start_seconds})
        self._patience = limits.start_seconds + limits.seconds  # the first page waits for the start too

    def lay_out(self, number: int, html: str) -> Piece:
        """Return a document as a piece; InputError when it took too much, after which the process is gone."""
        self._say((number, html))
        out = self._pipe(self._process.stdout)
        ready, _, _ = select.select([out], [], [], self._patience)
        piece = receive(out) if ready else None
        if piece is None:
            raise InputError(STOPPED)
        self._patience = self._limits.seconds
        return piece

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                self._pipe(pipe).close()
        self._folder.cleanup()

    def _say(self, what: object) -> None:
        pipe = self._pipe(self._process.stdin)
        try:
            pipe.write(json.dumps(what).encode() + b"\n")
            pipe.flush()
        except BrokenPipeError:
            raise InputError(STOPPED) from None

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101 - tells the type; both were asked for
        return pipe


@contextmanager
def _child(make: Callable[[], _Child]) -> Iterator[_Child]:
    child = make()
    try:
        yield child
    finally:
        child.end()


def render_pdf(  # noqa: PLR0913 - what to lay out, how, and who hears of it
    parts: Sequence[str],
    *,
    css: str,
    fonts_dir: Path,
    tell: Callable[[int], None] = _nothing,
    limits: Limits = Limits(),
    order: Sequence[tuple[int, int]] = (),
    zoom: float = 1,
) -> bytes:
    """Return one PDF of whole HTML documents with the given print style sheet, in their order or in that of `order`.

    For `order` see `pieces.join`; `zoom` makes all of it larger or smaller, the paper too.
    The documents may hold data addresses only: anything else they refer to is not fetched. `tell` hears how many
    are laid out. InputError when one takes more than `limits`; nothing is left running then.
    """
    found: dict[int, Piece] = {}
    numbers, turn, stopped = count(), Lock(), Event()

    def work() -> None:
        with _child(partial(_Child, css=css, fonts_dir=fonts_dir, limits=limits, zoom=zoom)) as child:
            while (number := next(numbers)) < len(parts) and not stopped.is_set():
                piece = child.lay_out(number, parts[number])
                with turn:
                    found[number] = piece

    tell(0)
    workers = max(1, min(len(parts), MOST_AT_ONCE, len(os.sched_getaffinity(0))))
    with ThreadPoolExecutor(workers) as pool:
        running = [pool.submit(work) for _ in range(workers)]
        _watch(running, found, tell, stopped)
    return join([found[number] for number in range(len(parts))], order)


def _watch(
    running: Sequence[Future[None]], found: Mapping[int, Piece], tell: Callable[[int], None], stopped: Event
) -> None:
    """Tell how far the workers are until all are ready; the first that fails stops the others."""
    waiting, told = set(running), 0
    while waiting:
        done, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
        if any(each.exception() for each in done):
            stopped.set()
        if len(found) > told:
            told = len(found)
            tell(told)
    for each in running:
        each.result()
