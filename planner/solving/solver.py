"""The contract of every solver, and the one door to OR-Tools.

Three verbs exist wherever a plan is made: *validate* (the judge, in `planner.domain`), *propose* (a best plan from
nothing) and *replan* (the fewest changes that repair a plan). Behind them stand two solvers: a simple search that
always has an answer at once, and CP-SAT, which starts from that answer and makes it better one goal at a time. A
solver is never its own judge.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from planner.domain.year import YearProblem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver

Dates = Mapping[str, date]
Accepted = frozenset[tuple[str, str]]
_Plan = TypeVar("_Plan")

# Measured for problems of this size: one worker with a full linear relaxation proves more optima than
# several workers. Work is bounded by the solver's own count, which is the same on every machine, so that
# the answer is too; the wall clock is only there for a machine that is very slow.
WORK, SECONDS, WORKERS, LINEARIZATION, SEED = 8.0, 60.0, 1, 2, 7
TICK = 0.25  # seconds after which `watch` is asked again


class Watch(Protocol):
    """Is told how far a solver is: `done` of `total` goals and which one is next. Raising stops the search at once."""

    def __call__(self, done: int, total: int, label: str) -> None:
        """Keep the progress, or raise to stop."""
        ...


def unwatched(done: int, total: int, label: str) -> None:
    """Take progress when nobody is watching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Something a plan keeps small. `terms` are linear expressions of one model; their sum counts.

    `start` is the sum for the plan that the search starts from, None when there is no such plan.
    """

    name: str
    terms: Sequence[Any]
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far a goal came: the sum that was found, and the `bound` below which no plan can come."""

    name: str
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no plan can do better."""
        return self.value <= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[_Plan]):
    """The best plan that was found, how far every goal came, and in Dutch sentences what is still short."""

    plan: _Plan
    reached: tuple[Reached, ...] = ()
    shortage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What CP-SAT found. `values` holds a number for each variable of the model; None when it found nothing better."""

    values: Sequence[int] | None
    reached: tuple[Reached, ...]


class DateSolver(Protocol):
    """Gives every occurrence a date. Raises InfeasibleError, naming rules, when no date can be given."""

    def propose(self, problem: YearProblem) -> Dates:
        """Return the best dates from nothing; pins hold."""
        ...

    def replan(self, problem: YearProblem, dates: Dates, *, accepted: Accepted) -> Dates:
        """Return dates that break no hard rule and no new soft rule if possible, with the fewest changes.

        What is kept small, in this order: the weight of newly broken soft rules, the number of changed
        dates, the weight of all broken soft rules, and how far dates move.

        `accepted` holds the (rule, where) pairs of the soft violations the plan already had before the
        change that must be repaired. A date that is not pinned counts as changed when it moves.
        """
        ...


def cp_sat() -> tuple[type["CpModel"], type["CpSolver"], frozenset[Any]]:
    """Return the model and solver classes and the states that have an answer. The import takes half a second."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - measured: heavy, so only where it is used

    return cp_model.CpModel, cp_model.CpSolver, frozenset({cp_model.OPTIMAL, cp_model.FEASIBLE})


def configured(solver: "CpSolver", *, work: float = WORK, seconds: float = SECONDS) -> "CpSolver":
    """Return the solver with the parameters that make its answer quick and the same each time."""
    parameters = solver.parameters
    parameters.max_deterministic_time = work
    parameters.max_time_in_seconds = seconds
    parameters.num_workers = WORKERS
    parameters.linearization_level = LINEARIZATION
    parameters.random_seed = SEED
    return solver


def solve_in_stages(
    model: "CpModel",
    goals: Sequence[Goal],
    *,
    hint: Sequence[tuple[Any, int]] = (),
    watch: Watch = unwatched,
    work: float = WORK,
) -> Found:
    """Make each goal as small as can be, the first one first; a lesser goal never costs a greater one.

    `hint` gives variables the values of the plan to start from, for which the goals know their `start`: the search
    never gets worse than that. Each goal has `work` for itself and begins with the answer of the one before. The
    same model gives the same answer. What `watch` raises comes out; then there is no answer.
    """
    _, solver_class, found = cp_sat()
    for variable, value in hint:
        model.add_hint(variable, value)
    values: Sequence[int] | None = None
    reached: list[Reached] = []
    for number, goal in enumerate(goals):
        watch(number, len(goals), goal.name)
        expression = sum(goal.terms)
        if values is None and goal.start is not None:
            model.add(expression <= goal.start)
        model.minimize(expression)
        solver = configured(solver_class(), work=work)
        if _watched(solver, model, lambda at=number, name=goal.name: watch(at, len(goals), name)) in found:
            values = tuple(solver.response_proto.solution)
            at_best, bound = round(solver.objective_value), _bound(solver)
            _hint_all(model, values)
        elif values is None and goal.start is not None:
            at_best, bound = goal.start, _bound(solver)
        else:
            break
        reached.append(Reached(name=goal.name, value=at_best, bound=bound))
        model.add(expression <= at_best)
    return Found(values=values, reached=tuple(reached))


def _bound(solver: "CpSolver") -> int:
    """Return what no plan can come below: a whole number, as everything that is counted."""
    return int(-(-(solver.best_objective_bound - 1e-6) // 1))


def _hint_all(model: "CpModel", values: Sequence[int]) -> None:
    """Start the next goal from this answer, so that the limit of work never loses it."""
    model.clear_hints()  # type: ignore[no-untyped-call]
    for index, value in enumerate(values):
        model.add_hint(model.get_int_var_from_proto_index(index), value)


def _watched(solver: "CpSolver", model: "CpModel", watch: Any) -> Any:  # noqa: ANN401 - OR-Tools has its own types
    """Solve in a thread of its own while this one goes on asking `watch`; what it raises stops the solver."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(solver.solve, model)
        try:
            while True:
                try:
                    return running.result(timeout=TICK)
                except TimeoutError:
                    watch()
        finally:
            if not running.done():
                solver.stop_search()
