"""Rounds past stops as a mixed integer programme for HiGHS: the fewest missed visits; only here to compare with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import highspy

from planner.domain.routes.rounds import Visit

if TYPE_CHECKING:
    from planner.domain.routes.rounds import RoundsProblem, Visits

SECONDS = 60.0
HALF = 0.5


def propose(problem: RoundsProblem) -> Visits:
    """Return the visits of the least sum of missed topics and of walkers without the own language."""
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", SECONDS)
    cells = {
        (walker.id, each.number, stop.id): solver.addBinary()
        for walker in problem.walkers
        for each in problem.rounds
        for stop in problem.stops
        if problem.may_see(walker.id, stop.topic)
    }
    _limits(solver, problem, cells)
    price = []
    for walker in problem.walkers:
        mine = [cell for key, cell in cells.items() if key[0] == walker.id]
        missed = solver.addVariable(lb=0, ub=problem.wanted)
        solver.addConstr(solver.qsum(mine) + missed >= problem.wanted)
        price.append(missed)
        if (own := problem.one_of.get(walker.id)) is not None:
            without = solver.addVariable(lb=0, ub=1)
            speaks = [cell for key, cell in cells.items() if key[0] == walker.id and problem.stop[key[2]].topic in own]
            solver.addConstr(solver.qsum(speaks) + without >= 1)
            price.append(without)
    solver.minimize(solver.qsum(price))
    values = solver.getSolution().col_value
    return tuple(
        Visit(walker=walker, round=number, stop=stop)
        for (walker, number, stop), cell in cells.items()
        if values[cell.index] > HALF
    )


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
