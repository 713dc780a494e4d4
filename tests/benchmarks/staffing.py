"""Who does what in a whole year: the simple search and what it leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.domain.gaps import gaps
from planner.domain.rules import plan_from
from planner.domain.staffing import StaffProblem, staff_event
from planner.services import definitions
from planner.solving.greedy import GreedyDates
from planner.solving.staffing import GreedyStaffing
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIMES = 3


def problem_of(size: int) -> StaffProblem:
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


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield the time for a year from nothing, for repairing a good plan, and how many places stay open."""
    problem, solver = problem_of(size), GreedyStaffing()
    plan = solver.propose(problem)
    seconds = median_of(lambda: solver.propose(problem), times=TIMES)
    again = median_of(lambda: solver.replan(problem, plan), times=TIMES)
    missing = sum(gap.missing for gap in gaps(problem, plan))
    yield Row(name="staffing", size=size, value=seconds * 1000, unit="ms")
    yield Row(name="staffing/replan", size=size, value=again * 1000, unit="ms", peer="staffing", ratio=again / seconds)
    yield Row(
        name="staffing/open", size=size, value=missing, unit="places", peer="duties", ratio=missing / max(len(plan), 1)
    )
