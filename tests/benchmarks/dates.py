"""Dates for a year: CP-SAT next to the simple search, and next to HiGHS, an outside optimiser.

HiGHS has a process of its own: its library and that of OR-Tools cannot be loaded together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.rules import cost, plan_from, validate_year
from planner.solving.dates import CpSatDates
from planner.solving.greedy import GreedyDates
from planner.solving.solver import cp_sat
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Protocol

    from planner.domain.year import YearProblem
    from planner.solving.solver import Dates

    class Proposer(Protocol):
        """Something that gives dates from nothing."""

        def propose(self, problem: YearProblem) -> Dates:
            """Return the dates."""


TIMES = 3
LARGE = 200  # pupils; from here on one measurement has to do


def _cost(problem: YearProblem, dates: Dates) -> int:
    found = validate_year(problem, plan_from(problem, dates))
    hard = sorted({violation.rule for violation in found if violation.hard})
    if hard:
        raise RuntimeError(f"a solver broke the hard rules {hard}")
    return cost(found)


def _tried(problem: YearProblem, solver: Proposer, *, size: int) -> tuple[float, int]:
    """Return seconds and soft cost of a year from nothing."""
    made: list[Dates] = []
    seconds = median_of(lambda: made.append(solver.propose(problem)), times=1 if size >= LARGE else TIMES)
    return seconds, _cost(problem, made[-1])


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield time and soft cost of CP-SAT, with the simple search as the peer."""
    problem, _made = schools.demo_problem(size)
    cp_sat()  # the import is part of `main-job`, not of this
    seconds, weight = _tried(problem, CpSatDates(), size=size)
    simple_seconds, simple_weight = _tried(problem, GreedyDates(), size=size)
    # Both weights may be 0: a year without remarks. Then they are equal.
    ratio = 1.0 if weight == simple_weight else weight / max(simple_weight, 1)
    yield Row(name="dates/time", size=size, value=seconds, unit="s", peer="greedy", ratio=seconds / simple_seconds)
    yield Row(name="dates/cost", size=size, value=weight, unit="weight", peer="greedy", ratio=ratio)


def outside(_: Path, size: int) -> Iterator[Row]:
    """Yield time and soft cost of HiGHS, with the same candidate days and the same two goals."""
    from tests.benchmarks.highs import HighsDates  # noqa: PLC0415 - not in the process of OR-Tools

    problem, _made = schools.demo_problem(size)
    seconds, weight = _tried(problem, HighsDates(), size=size)
    yield Row(name="dates/highs-time", size=size, value=seconds, unit="s")
    yield Row(name="dates/highs-cost", size=size, value=weight, unit="weight")
