"""Demo schools to measure with: on disk as an installation, or in memory as a planning problem."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.config import ROOT, Settings, read_settings
from planner.domain.calendar import SchoolCalendar
from planner.domain.occurrences import make_occurrences
from planner.domain.year import YearProblem
from planner.imports import feasts
from planner.imports.demo import DemoSchool, build_demo
from planner.imports.holidays import memorial_days, school_periods, year_bounds
from planner.services import definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from planner.services.workspace import Workspace
    from tests.benchmarks.rows import Row

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
REGION, LABEL, SEED = "Midden", "2026-2027", 1
MARKET = "interessemarkt"
RUNBOOKS = ROOT / "runbooks"


def data_folder() -> Path:
    """Return the data folder of this installation: where the print fonts are."""
    return Path(os.environ.get("PLANNER_DATA") or ROOT / "var").absolute()


def settings_for(folder: Path) -> Settings:
    """Return the settings of an installation of its own in `folder`, with the print fonts of this one."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts"
    if not fonts.is_symlink():
        fonts.symlink_to((data_folder() / "fonts").resolve())
    return read_settings({"PLANNER_DATA": str(folder), "PLANNER_RUNBOOKS": str(RUNBOOKS)})


def demo_folder(root: Path, size: int) -> Path:
    """Return where the demo school of this size is kept during one run of the benchmarks."""
    return root / f"school-{size}"


@contextmanager
def demo_app(root: Path, size: int) -> Iterator[tuple[Flask, Workspace]]:
    """Give the application of a demo school with its workspace; the school is made when it is not there yet."""
    from planner.app import create_app  # noqa: PLC0415 - so that a benchmark can time the import itself
    from planner.services.begin import demo  # noqa: PLC0415

    app = create_app(settings_for(demo_folder(root, size)))
    app.config["CLOCK"] = lambda: NOW
    workspace = app.extensions["schakelplan"]
    with app.app_context():
        if not demo.has_school(workspace):
            list(demo.make(workspace, size=size, seed=SEED, region=REGION, label=LABEL, now=NOW))
        yield app, workspace


def prepare(root: Path, size: int) -> Iterator[Row]:
    """Make the demo school of this size; there is nothing to tell."""
    with demo_app(root, size):
        yield from ()


def _calendar(made: DemoSchool) -> SchoolCalendar:
    first, last = year_bounds(REGION, LABEL)
    official = (*school_periods(REGION, LABEL), *memorial_days(LABEL), *feasts.feast_periods(made.feasts, LABEL))
    return SchoolCalendar(
        label=LABEL,
        first_day=first,
        last_day=last,
        periods=(*official, *made.periods),
        open_days=made.open_days,
    )


def demo_problem(size: int) -> tuple[YearProblem, DemoSchool]:
    """Return the year of a demo school to plan, without any database, and the school itself."""
    loaded = definitions.load(RUNBOOKS)
    names = {code: language.name for code, language in loaded.languages.items()}
    made = build_demo(size=size, seed=SEED, region=REGION, label=LABEL)
    calendar = _calendar(made)
    occurrences = make_occurrences(loaded.cycle, made.school, label=LABEL, names=names)
    problem = YearProblem(calendar=calendar, school=made.school, cycle=loaded.cycle, occurrences=occurrences)
    return problem, made
