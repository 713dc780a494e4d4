"""The whole main job: load a school, plan its year, give people and rooms, publish, export the market."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from tests.benchmarks.clock import Stopwatch, peak_mb
from tests.benchmarks.rows import Row

PARTS = ("load", "plan", "assign", "publish", "export")


def measure(root: Path, size: int) -> Iterator[Row]:
    """Yield the wall time from an empty folder to printed invitations, imports included, and its parts."""
    start = perf_counter()
    from planner.app import create_app  # noqa: PLC0415 - what a command pays, this row pays too
    from planner.services.begin import demo  # noqa: PLC0415
    from planner.services.event import exporting  # noqa: PLC0415
    from planner.services.year import planning, publishing  # noqa: PLC0415
    from tests.benchmarks import schools  # noqa: PLC0415

    watch = Stopwatch()
    watch.watch(planning, "assign", "assign")
    watch.watch(planning, "propose", "propose")
    watch.watch(publishing, "publish", "publish")
    app = create_app(schools.settings_for(schools.demo_folder(root, size)))
    workspace = app.extensions["schakelplan"]
    with app.app_context():
        place = {"size": size, "seed": schools.SEED, "region": schools.REGION, "label": schools.LABEL}
        list(demo.make(workspace, **place, now=schools.NOW))
        loaded = perf_counter() - start
        with watch.part("export"):
            exporting.export_event(workspace, schools.MARKET, root / f"export-{size}", now=schools.NOW)
    whole, parts = perf_counter() - start, watch.seconds
    parts["load"] = loaded - parts["propose"] - parts["publish"]
    parts["plan"] = parts["propose"] - parts["assign"]
    yield Row(name="main-job", size=size, value=whole, unit="s", peak_mb=peak_mb())
    for part in PARTS:
        share = parts[part] / whole
        yield Row(name=f"main-job/{part}", size=size, value=parts[part], unit="s", peer="main-job", ratio=share)
