"""What a backup costs: to make, to look over, to put back, and on the disk."""

from collections.abc import Iterator
from pathlib import Path

from planner.services.keeping import backups, restoring, verifying
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of, peak_mb, seconds_of
from tests.benchmarks.rows import Row

TIMES = 5
DRILL_SECONDS = 60  # the aim of the reliability notes for putting back 50 MB


def measure(root: Path, size: int) -> Iterator[Row]:
    """Yield the median of five backups and checks, one restore, and the size of the file next to the database's."""
    with schools.demo_app(root, size):
        pass
    folder = schools.demo_folder(root, size)
    url, path = f"sqlite:///{folder / 'schakelplan.db'}", folder / "bench.zip"

    def make() -> None:
        backups.make(url, path, now=schools.NOW)

    def look() -> None:
        problems = (*verifying.verify_file(path)[0], *verifying.verify_database(url)[0])
        if problems:
            raise RuntimeError(f"the backup is not sound: {problems}")

    made = median_of(make, times=TIMES, before=lambda: path.unlink(missing_ok=True))
    looked = median_of(look, times=TIMES)
    copy = folder / "restored.db"
    restored = seconds_of(lambda: restoring.restore(f"sqlite:///{copy}", path, now=schools.NOW))
    yield Row(name="backup", size=size, value=made, unit="s", peak_mb=peak_mb())
    yield Row(name="backup/verify", size=size, value=looked, unit="s")
    yield Row(name="backup/restore", size=size, value=restored, unit="s", peer="60 s", ratio=restored / DRILL_SECONDS)
    kilobytes, database = path.stat().st_size / 1024, (folder / "schakelplan.db").stat().st_size / 1024
    yield Row(name="backup/file", size=size, value=kilobytes, unit="kB", peer="database", ratio=kilobytes / database)
    for each in (path, *folder.glob("restored.db*")):
        each.unlink()
