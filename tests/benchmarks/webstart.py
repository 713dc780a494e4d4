"""How soon the web process can answer, and that it starts without the heavy libraries."""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.benchmarks.clock import peak_mb
from tests.benchmarks.rows import Row

HEAVY = ("weasyprint", "ortools", "openpyxl")
IMPORTED = ("weasyprint", "ortools.sat.python.cp_model")  # openpyxl is not one of our dependencies


def light(root: Path, size: int) -> Iterator[Row]:
    """Yield the time from nothing to an application, and how many heavy libraries it loaded (0 is right)."""
    return _start(root, size, "web-start")


def heavy(root: Path, size: int) -> Iterator[Row]:
    """Yield the same in a process that imports the heavy libraries at once."""
    return _start(root, size, "web-start/heavy", *IMPORTED)


def _start(root: Path, size: int, name: str, *modules: str) -> Iterator[Row]:
    start = perf_counter()
    for module in modules:
        __import__(module)
    from planner.app import create_app  # noqa: PLC0415 - the import is what is measured
    from tests.benchmarks import schools  # noqa: PLC0415

    create_app(schools.settings_for(root / "start"))
    seconds = perf_counter() - start
    yield Row(name=name, size=size, value=seconds, unit="s", peak_mb=peak_mb())
    loaded = sum(module in sys.modules for module in HEAVY)
    ratio = loaded / len(HEAVY)
    yield Row(name=f"{name}/libraries", size=size, value=loaded, unit="loaded", peer="libraries", ratio=ratio)
