"""Measure everything, or what is named; print a table and append its rows to `var/bench.jsonl`."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from tests.benchmarks.plan import BENCHMARKS, NAMES, PEERS, Benchmark
from tests.benchmarks.rows import Row, row_from, table

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(os.environ.get("PLANNER_DATA") or ROOT / "var") / "bench.jsonl"
TIMEOUT_SECONDS = 300


class NotMeasured(Exception):  # noqa: N818 - what happened, in words
    """A measurement that gave no rows; the text says which one and why."""


def _run(root: Path, module: str, function: str, size: int) -> Iterator[Row]:
    command = [sys.executable, "-m", "tests.benchmarks.child", module, function, str(root), str(size)]
    name = f"{module}.{function} {size}"
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise NotMeasured(f"{name}: niet klaar binnen {TIMEOUT_SECONDS} s") from late
    if done.returncode:
        raise NotMeasured(f"{name}: gestopt met code {done.returncode}\n{done.stderr.strip()}")
    return (row_from(line) for line in done.stdout.splitlines() if line.startswith("{"))


def _measure(root: Path, benchmark: Benchmark, size: int) -> Iterator[Row]:
    school = benchmark.school_for(size)
    if school and not (root / f"school-{school}").exists():
        list(_run(root, "schools", "prepare", school))
    return _run(root, benchmark.module, benchmark.function, size)


def _growth(rows: list[Row], name: str) -> Iterator[Row]:
    """Yield what a larger school costs more than a smaller one."""
    mine = [row for row in rows if row.name == name]
    for small, large in pairwise(mine):
        yield Row(
            name=f"{name}/growth",
            size=large.size,
            value=large.value / small.value,
            unit="times",
            peer=f"{large.size / small.size:g}× the pupils",
            ratio=large.value / small.value / (large.size / small.size),
        )


def _with_peers(rows: list[Row]) -> list[Row]:
    """Return the rows with their ratio to the peers that were measured in a process of their own."""
    values = {(row.name, row.size): row.value for row in rows}
    peer_of = dict(PEERS)
    found = []
    for row in rows:
        peer = peer_of.get(row.name, "")
        value = values.get((peer, row.size))
        found.append(replace(row, peer=peer, ratio=row.value / value) if value else row)
    return found


def _gather(benchmarks: Iterable[Benchmark]) -> tuple[list[Row], list[str]]:
    """Return the rows, and what could not be measured; the one does not keep the other from coming."""
    rows, failures, start = list[Row](), list[str](), monotonic()
    with TemporaryDirectory(prefix="schakelplan-bench-") as folder:
        for benchmark in benchmarks:
            for size in benchmark.sizes:
                sys.stderr.write(f"{monotonic() - start:5.0f} s  {benchmark.name} {benchmark.function} {size} …\n")
                try:
                    rows += _measure(Path(folder), benchmark, size)
                except NotMeasured as error:
                    failures.append(str(error))
    return [*_with_peers(rows), *_growth(rows, "main-job")], failures


def main() -> int:
    """Measure; return 0, 1 when something could not be measured, 2 for an unknown name."""
    chosen = sys.argv[1:] or NAMES
    unknown = sorted(set(chosen) - set(NAMES))
    if unknown:
        sys.stderr.write(f"Onbekend: {', '.join(unknown)}. Kies uit: {', '.join(NAMES)}.\n")
        return 2
    rows, failures = _gather(benchmark for benchmark in BENCHMARKS if benchmark.name in chosen)
    sys.stdout.writelines(f"{line}\n" for line in table(rows))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as results:
        results.writelines(f"{row.to_json()}\n" for row in rows)
    sys.stderr.writelines(f"\nNiet gemeten: {failure}\n" for failure in failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
