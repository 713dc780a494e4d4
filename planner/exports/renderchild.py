"""The process that lays out pages: `python -m planner.exports.renderchild`, with limits and nothing to go to.

It hears a line of JSON with its task and then a document a line; it answers with a piece for each. Whatever a text
does to the typesetter, it does it here: with so much time and memory and no more, and without the program's secrets.
"""

import json
import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from planner.exports.pdf import Typesetter
from planner.exports.pieces import send

FILES = 64
LEAVING = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ftplib.", "urllib.")


def main() -> None:
    """Answer until there are no more documents."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints does not get among the answers
    task = json.loads(sys.stdin.buffer.readline())
    fonts = Path(task["fonts_dir"])
    limit(memory=task["memory"], seconds=task["start_seconds"])
    typesetter = Typesetter(css=task["css"], fonts_dir=fonts)  # it copies the fonts to a folder of its own
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    watch(fonts, Path(tempfile.gettempdir()))
    for number, html in _documents(sys.stdin.buffer):
        limit(memory=task["memory"], seconds=task["seconds"])
        send(answers, typesetter.lay_out(html, number, task["zoom"]))


def _documents(lines: IO[bytes]) -> Iterator[tuple[int, str]]:
    for line in lines:
        number, html = json.loads(line)
        yield number, html


def limit(*, memory: int, seconds: int) -> None:
    """Give this process so many bytes of memory, and so many seconds of the processor from now on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = spent + seconds if hard == resource.RLIM_INFINITY else min(spent + seconds, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        resource.setrlimit(kind, (most, most))


def watch(*allowed: Path) -> None:
    """Refuse from now on to open a way out, to start a program, or to read what is not a library or a font."""
    libraries = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[1]), "/usr/", "/etc/fonts")
    folders = tuple(f"{Path(folder).resolve()}/" for folder in (*libraries, *map(str, allowed)))

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "urllib.Request" and str(arguments[0]).startswith("data:"):
            return  # a picture that stands in the document itself; nothing is asked of anybody
        if event.startswith(LEAVING):
            raise PermissionError(event)
        name = arguments[0] if event == "open" else None
        if isinstance(name, str | bytes) and not os.path.realpath(os.fsdecode(name)).startswith(folders):
            raise PermissionError(name)

    sys.addaudithook(hear)


if __name__ == "__main__":
    main()
