"""A list of pupils of a whole school: from the bytes of the file to the database."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.benchmarks import schools
from tests.benchmarks.clock import peak_mb
from tests.benchmarks.rows import Row

HEADER = "Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas;Fase;Route;Startdatum;BSN"


def a_list(size: int) -> bytes:
    """Return a list of `size` pupils in classes of fifteen."""
    rows = (f"{n:06};Roep{n};van;Achter{n};{n // 15}K;1;2;31-08-2026;000000000" for n in range(1, size + 1))
    return "\n".join((HEADER, *rows)).encode()


def bench_import(root: Path, size: int = 600) -> Iterator[Row]:
    """Yield the wall time of a first import, of the same list again, and of the undo."""
    from planner.services.lists import importing, importview  # noqa: PLC0415 - as the other benchmarks do

    now, body = schools.NOW, a_list(size)
    with schools.demo_app(root, 120) as (_, workspace):
        for name in ("import", "import/again"):
            start = perf_counter()
            waiting = importing.receive(workspace, body, name="lijst.csv", kind="pupils", who="", now=now)
            importing.choose_columns(workspace, waiting, {}, new_classes=True, now=now)
            view = importview.view(workspace, waiting, now=now)
            importing.apply(workspace, waiting, seen=view.revision, delete_vanished=False, who="", now=now)
            yield Row(name=name, size=size, value=perf_counter() - start, unit="s", peak_mb=peak_mb())
        start = perf_counter()
        importing.undo(workspace, who="", now=now)
        yield Row(name="import/undo", size=size, value=perf_counter() - start, unit="s")
