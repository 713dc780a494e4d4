"""Who is where in which round as a model for CP-SAT: for pinned visits, long walks, and repairs with few changes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planner.domain.routes.count import count_rounds
from planner.domain.routes.rounds import (
    RoundsProblem,
    Visit,
    Visits,
    can_walk,
    changed_cells,
    missing_own,
    missing_visits,
    wish_value,
)
from planner.domain.routes.rules import validate_rounds
from planner.domain.staffing.shortages import own_shortages
from planner.solving.rounds import GreedyRounds, first_answer, in_order
from planner.solving.solver import configured, cp_sat

LARGEST = 40_000  # cells; measured: the model of a larger evening takes longer to build than to solve by hand
WORK = 1.0  # for each goal, in the solver's own measure, which is the same on every machine

Cell = tuple[str, int, str]  # walker, round, stop
OWN, MISSING, CHANGES, WISHES = "own", "missing", "changes", "wishes"


def _score(problem: RoundsProblem, visits: Visits, old: Visits | None) -> dict[str, int]:
    """Return what is kept small, the most important first: own language, missed visits, changes, unmet wishes."""
    return {
        OWN: missing_own(problem, visits),
        MISSING: missing_visits(problem, visits),
        CHANGES: 0 if old is None else changed_cells(problem, old, visits),
        WISHES: -wish_value(problem, visits),
    }


def _least(problem: RoundsProblem, old: Visits | None) -> dict[str, int]:
    """Return below what no plan can be, by counting; a stop that is gone takes its visits along."""
    there = [visit for visit in old or () if visit.walker in problem.walker]
    return {
        OWN: sum(shortage.missing for shortage in own_shortages(problem)),
        MISSING: count_rounds(problem).missing,
        CHANGES: len(there) - sum(1 for _ in problem.known(there)),
        WISHES: -sum(max(points.values(), default=0) * len(points) for points in problem.wishes.values()),
    }


class _Model:
    """One yes or no for each walker, round and stop that could be, and every hard rule over these."""

    def __init__(self, problem: RoundsProblem, pinned: Visits) -> None:
        model_class, _, _ = cp_sat()
        self.problem, self.model = problem, model_class()
        self.fixed = {(visit.walker, visit.round, visit.stop) for visit, _, _, _ in problem.known(pinned)}
        self.cells: dict[Cell, Any] = {
            (walker.id, each.number, stop.id): self.model.new_bool_var("")
            for walker in problem.walkers
            for each in problem.rounds
            for stop in problem.stops
            if problem.may_see(walker.id, stop.topic) or (walker.id, each.number, stop.id) in self.fixed
        }
        for cell in sorted(self.fixed):  # in order: the same model, whatever the hashes of a process
            self.model.add(self.cells[cell] == 1)
        self._at_most()
        self._walks()
        if problem.longest_wait is not None:
            self._waits(problem.longest_wait)

    def _limit(self, cells: Iterable[Cell], most: int, weights: dict[Cell, int] | None = None) -> None:
        """Allow at most so much of these cells; what pinned visits break on their own is not forbidden."""
        mine = list(cells)
        weigh = weights or dict.fromkeys(mine, 1)
        least = sum(weigh[cell] for cell in mine if cell in self.fixed)
        if sum(weigh[cell] for cell in mine) > most:
            self.model.add(sum(weigh[cell] * self.cells[cell] for cell in mine) <= max(most, least))

    def _at_most(self) -> None:
        """L01, L02, L03 and L12."""
        problem = self.problem
        by_round: defaultdict[tuple[str, int], list[Cell]] = defaultdict(list)
        by_topic: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
        by_stop: defaultdict[tuple[str, int], list[Cell]] = defaultdict(list)
        for cell in self.cells:
            walker_id, number, stop_id = cell
            by_round[walker_id, number].append(cell)
            by_topic[walker_id, problem.stop[stop_id].topic].append(cell)
            by_stop[stop_id, number].append(cell)
        for cells in (*by_round.values(), *by_topic.values()):
            self._limit(cells, 1)
        for (stop_id, number), cells in by_stop.items():
            stop = problem.stop[stop_id]
            self._limit(cells, stop.groups)
            if stop.seats is not None:
                self._limit(cells, stop.seats, {cell: problem.walker[cell[0]].persons for cell in cells})
            for limit in problem.limits:
                if stop_id == problem.stops[0].id:
                    mine = [cell for cell in self.cells if cell[1] == number and cell[0] in limit.walkers]
                    self._limit(mine, limit.most)

    def _walks(self) -> None:
        """L05."""
        problem = self.problem
        for first in problem.rounds:
            for then in problem.rounds[first.number :]:
                for one in problem.stops:
                    for other in problem.stops:
                        if one.id != other.id and not can_walk(one, other, first, then):
                            self._forbid(one.id, first.number, other.id, then.number)

    def _forbid(self, one: str, first: int, other: str, then: int) -> None:
        for walker in self.problem.walkers:
            cells = [(walker.id, first, one), (walker.id, then, other)]
            if all(cell in self.cells for cell in cells):
                self._limit(cells, 1)

    def _waits(self, longest: int) -> None:
        """L06: who has a stop later on has one in every window of `longest` + 1 rounds before it."""
        numbers = [each.number for each in self.problem.rounds]
        for walker in self.problem.walkers:
            busy = {
                number: sum(self.cells[walker.id, number, s.id] for s in self.problem.stops
                            if (walker.id, number, s.id) in self.cells)
                for number in numbers
            }  # fmt: skip
            for at in range(len(numbers) - longest - 1):
                window = sum(busy[number] for number in numbers[at : at + longest + 1])
                for later in numbers[at + longest + 1 :]:
                    self.model.add(window >= busy[later])

    def goals(self, old: Visits | None) -> dict[str, Any]:
        """Return what is to be kept small, the most important first."""
        problem = self.problem
        goals: dict[str, Any] = {}
        by_walker: defaultdict[str, list[tuple[Cell, Any]]] = defaultdict(list)
        for cell, variable in self.cells.items():
            by_walker[cell[0]].append((cell, variable))
        topic = {stop.id: stop.topic for stop in problem.stops}
        alone, short = [], []
        for walker_id, mine in by_walker.items():
            missing = self.model.new_int_var(0, problem.wanted, "")
            self.model.add(missing + sum(variable for _, variable in mine) >= problem.wanted)
            short.append(missing)
            if (own := problem.one_of.get(walker_id)) is not None:
                without = self.model.new_bool_var("")
                self.model.add(without + sum(v for cell, v in mine if topic[cell[2]] in own) >= 1)
                alone.append(without)
        if alone:
            goals[OWN] = sum(alone)
        goals[MISSING] = sum(short)
        if old is not None:
            goals[CHANGES] = self._changes(old)
        if problem.wishes:
            goals[WISHES] = -sum(problem.wish(cell[0], topic[cell[2]]) * v for cell, v in self.cells.items())
        return goals

    def _changes(self, old: Visits) -> Any:  # noqa: ANN401 - OR-Tools has no types
        """Return how many cells differ from the old plan, for the walkers that were in it."""
        before = {visit.key: visit.stop for visit in old if visit.walker in self.problem.walker}
        walkers = {walker_id for walker_id, _ in before}
        same = [self.cells[*key, stop] for key, stop in before.items() if (*key, stop) in self.cells]
        new = [v for (w, number, _), v in self.cells.items() if w in walkers and (w, number) not in before]
        return len(before) - sum(same) + sum(new)

    def visits(self, solver: Any) -> Visits:  # noqa: ANN401 - OR-Tools has no types
        """Return the plan that the solver found."""
        chosen = (cell for cell, variable in self.cells.items() if solver.value(variable))
        return in_order(
            self.problem, (Visit(walker=w, round=n, stop=s, pinned=(w, n, s) in self.fixed) for w, n, s in chosen)
        )


def _solve(problem: RoundsProblem, start: Visits, pinned: Visits, old: Visits | None) -> Visits:
    """Return the best plan found from a start, one goal after another; the start when nothing better is found."""
    built = _Model(problem, pinned)
    _, solver_class, answered = cp_sat()
    best, least = start, _least(problem, old)
    for name, goal in built.goals(old).items():
        value = _score(problem, best, old)[name]
        if value <= least[name]:  # as good as counting allows: nothing to search
            built.model.add(goal <= value)
            continue
        chosen = {(visit.walker, visit.round, visit.stop) for visit in best}
        built.model.clear_hints()  # type: ignore[no-untyped-call]
        for cell, variable in built.cells.items():
            built.model.add_hint(variable, cell in chosen)
        built.model.minimize(goal)
        solver = configured(solver_class())
        solver.parameters.max_deterministic_time = WORK
        if solver.solve(built.model) not in answered:
            return best
        best = built.visits(solver)
        built.model.add(goal <= round(solver.objective_value))
    return best


def is_best(problem: RoundsProblem, visits: Visits) -> bool:
    """Return whether counting alone proves that no plan misses less, and the plan breaks no hard rule."""
    least = count_rounds(problem).missing
    without = sum(shortage.missing for shortage in own_shortages(problem))
    return (
        missing_visits(problem, visits) <= least
        and missing_own(problem, visits) <= without
        and not any(violation.hard for violation in validate_rounds(problem, visits))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlanner:
    """Plans rounds: the exact construction where it holds, CP-SAT where it does not. Deterministic.

    With more than `largest` cells (walkers × stops × rounds) the simple search has to do.
    """

    largest: int = LARGEST

    def propose(self, problem: RoundsProblem) -> Visits:
        """Return the best plan from nothing; see RoundSolver."""
        if not problem.walkers or not problem.stops or not problem.rounds:
            return ()
        answer = () if problem.pinned else first_answer(problem)
        best = not problem.pinned and is_best(problem, answer)
        if best and not problem.wishes:
            return answer
        simple = GreedyRounds().propose(problem)
        if best:  # of what counting cannot judge, the wishes, the better of the two
            return min(answer, simple, key=lambda visits: tuple(_score(problem, visits, None).values()))
        return self._improved(problem, simple, problem.pinned, None)

    def replan(self, problem: RoundsProblem, visits: Visits) -> Visits:
        """Return a plan that repairs these visits with the fewest changes; see RoundSolver."""
        known = tuple(visit for visit, _, _, _ in problem.known(visits))
        pinned = (*problem.pinned, *(visit for visit in known if visit.pinned))
        return self._improved(problem, GreedyRounds().replan(problem, known), pinned, visits)

    def _improved(self, problem: RoundsProblem, start: Visits, pinned: Visits, old: Visits | None) -> Visits:
        size = len(problem.walkers) * len(problem.stops) * len(problem.rounds)
        score, least = _score(problem, start, old), _least(problem, old)
        best = is_best(problem, start) and all(score[name] <= least[name] for name in score)
        if size > self.largest or best:
            return start
        found = _solve(problem, start, pinned, old)
        return min(start, found, key=lambda visits: tuple(_score(problem, visits, old).values()))
