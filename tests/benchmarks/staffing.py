"""Who does what, for one evening and for the whole year: CP-SAT next to the simple search, and next to HiGHS.

HiGHS has a process of its own: its library and that of OR-Tools cannot be loaded together.
"""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from planner.domain.rules import plan_from
from planner.domain.staffing.goals import Measure
from planner.domain.staffing.goals import measure as judged
from planner.domain.staffing.plan import StaffProblem, staff_event
from planner.domain.staffing.rules import validate_staffing
from planner.services import definitions
from planner.solving.greedy import GreedyDates
from planner.solving.solver import cp_sat
from planner.solving.staffing import GreedyStaffing
from planner.solving.staffsearch import GOALS, CpSatStaffing
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of, seconds_of
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.domain.staffing.plan import StaffPlan

TIMES = 3
EVENING = "kijkje"
COUNTED = ("uncovered", "short", "wishes", "load", "faces")


def problem_of(size: int) -> StaffProblem:
    """Return who is needed and who there is in the year of a demo school."""
    problem, made = schools.demo_problem(size)
    languages = definitions.load(schools.RUNBOOKS).languages
    plan = plan_from(problem, GreedyDates().propose(problem))
    return StaffProblem(
        events=tuple(
            staff_event(event, problem.cycle.runbook(event.runbook_id), problem.school, problem.by_id[event.id])
            for event in plan
        ),
        people=made.people,
        school=problem.school,
        names={code: language.name for code, language in languages.items()},
    )


def problems_of(size: int) -> dict[str, StaffProblem]:
    """Return the problem of one evening, from nothing, and of the year."""
    year = problem_of(size)
    evening = replace(year, events=tuple(event for event in year.events if event.id == EVENING))
    return {"evening": evening, "year": year}


def counted(problem: StaffProblem, plan: StaffPlan) -> Measure:
    """Return how good a plan is; RuntimeError when it breaks a hard rule."""
    broken = sorted({violation.rule for violation in validate_staffing(problem, plan) if violation.hard})
    if broken:
        raise RuntimeError(f"a solver broke the hard rules {broken}")
    return judged(problem, plan)


def _ratio(value: float, peer: float) -> float:
    return 1.0 if value == peer else value / max(peer, 1)


def _compared(name: str, size: int, problem: StaffProblem) -> Iterator[Row]:
    """Yield time to the first and to the kept answer, what each goal counts, and how many goals are proven."""
    simple = GreedyStaffing()
    first = median_of(lambda: simple.propose(problem), times=TIMES)
    before = counted(problem, simple.propose(problem))
    begun: dict[str, float] = {}
    answers = []
    start = perf_counter()

    def watch(_done: int, _total: int, label: str) -> None:
        begun.setdefault(label, perf_counter() - start)

    kept = seconds_of(lambda: answers.append(CpSatStaffing().propose(problem, watch=watch)))
    answer = answers[0]
    after = counted(problem, answer.plan)
    yield Row(name=f"staffing/{name}/first", size=size, value=first, unit="s")
    yield Row(name=f"staffing/{name}/kept", size=size, value=kept, unit="s", peer="first", ratio=kept / first)
    yield Row(name=f"staffing/{name}/languages", size=size, value=begun[GOALS[1]], unit="s")
    for goal, old, new in zip(COUNTED, before, after, strict=True):
        ratio = _ratio(new, old)
        yield Row(name=f"staffing/{name}/{goal}", size=size, value=new, unit="less", peer="greedy", ratio=ratio)
    proven = sum(goal.proven for goal in answer.reached)
    yield Row(
        name=f"staffing/{name}/proven", size=size, value=proven, unit="goals", peer="all", ratio=proven / len(GOALS)
    )


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield CP-SAT next to the simple search."""
    cp_sat()  # the import is part of `main-job`, not of this
    for name, problem in problems_of(size).items():
        yield from _compared(name, size, problem)
    year, simple = problem_of(size), GreedyStaffing()
    plan = simple.propose(year)
    again = median_of(lambda: simple.replan(year, plan), times=TIMES)
    yield Row(name="staffing/repair", size=size, value=again * 1000, unit="ms")


def outside(_: Path, size: int) -> Iterator[Row]:
    """Yield HiGHS on the same problems: time, and what its first two goals count."""
    from tests.benchmarks.highsstaff import HighsStaffing  # noqa: PLC0415 - not in the process of OR-Tools

    for name, problem in problems_of(size).items():
        plans: list[tuple[StaffPlan, str]] = []
        seconds = seconds_of(lambda problem=problem, plans=plans: plans.append(HighsStaffing().propose(problem)))
        plan, note = plans[0]
        found = counted(problem, plan)
        yield Row(name=f"staffing/{name}/highs-time", size=size, value=seconds, unit="s", note=note)
        yield Row(name=f"staffing/{name}/highs-uncovered", size=size, value=found.uncovered, unit="less", note=note)
        yield Row(name=f"staffing/{name}/highs-short", size=size, value=found.short, unit="less", note=note)
