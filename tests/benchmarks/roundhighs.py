"""Rounds past stops as a mixed integer programme for HiGHS: the fewest missed visits; only here to compare with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import highspy

from planner.domain.routes.rounds import Visit
from tests.benchmarks.limits import LARGEST, NotInTime, minimised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.domain.routes.rounds import RoundsProblem, Visits
    from tests.benchmarks.limits import Deadline

HALF = 0.5


def propose(problem: RoundsProblem, deadline: Deadline) -> tuple[Visits, str]:
    """Return the visits of the least sum of missed topics and of walkers without the own language, and a note.

    NotInTime when there is no answer.
    """
    choices = len(problem.walkers) * len(problem.rounds) * len(problem.stops)
    if choices > LARGEST:
        raise NotInTime(f"niet gevraagd: een model van {choices} keuzes")
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    cells = {
        (walker.id, each.number, stop.id): solver.addBinary()
        for walker in problem.walkers
        if deadline.left
        for each in problem.rounds
        for stop in problem.stops
        if problem.may_see(walker.id, stop.topic)
    }
    _limits(solver, problem, cells)
    note = minimised(solver, list(_price(solver, problem, cells, deadline)), deadline)
    values = solver.getSolution().col_value
    visits = tuple(
        Visit(walker=walker, round=number, stop=stop)
        for (walker, number, stop), cell in cells.items()
        if values[cell.index] > HALF
    )
    return visits, note


def _price(
    solver: Any, problem: RoundsProblem, cells: dict[tuple[str, int, str], Any], deadline: Deadline
) -> Iterator[Any]:
    """Yield how many topics each walker misses, and whether it hears its own language nowhere."""
    by_walker = defaultdict(list)
    for (walker, _, stop), cell in cells.items():
        by_walker[walker].append((problem.stop[stop].topic, cell))
    for walker, mine in by_walker.items():
        missed = solver.addVariable(lb=0, ub=problem.wanted)
        solver.addConstr(solver.qsum([cell for _, cell in mine]) + missed >= problem.wanted)
        yield missed
        if deadline.left and (own := problem.one_of.get(walker)) is not None:
            without = solver.addVariable(lb=0, ub=1)
            solver.addConstr(solver.qsum([cell for topic, cell in mine if topic in own]) + without >= 1)
            yield without


def _limits(solver: Any, problem: RoundsProblem, cells: dict[tuple[str, int, str], Any]) -> None:
    by_round, by_topic, by_stop = defaultdict(list), defaultdict(list), defaultdict(list)
    for (walker, number, stop), cell in cells.items():
        by_round[walker, number].append(cell)
        by_topic[walker, problem.stop[stop].topic].append(cell)
        by_stop[stop, number].append(cell)
    for group in (*by_round.values(), *by_topic.values()):
        solver.addConstr(solver.qsum(group) <= 1)
    for (stop, _), group in by_stop.items():
        solver.addConstr(solver.qsum(group) <= problem.stop[stop].groups)
    if problem.longest_wait is not None:
        width = problem.longest_wait + 1
        numbers = [each.number for each in problem.rounds]
        for walker in problem.walkers:
            for at in range(len(numbers) - width):
                window = [cell for number in numbers[at : at + width] for cell in by_round[walker.id, number]]
                for later in numbers[at + width :]:
                    solver.addConstr(solver.qsum(window) - solver.qsum(by_round[walker.id, later]) >= 0)
