"""The contract of every solver, and the one door to OR-Tools.

A solver makes a proposal from a problem; `planner.domain.rules` judges it afterwards. Three verbs
exist wherever a plan is made: *validate* (the judge), *propose* (a best plan from nothing) and
*replan* (the fewest changes that repair a plan).
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from planner.domain.year import YearProblem

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver

Dates = Mapping[str, date]
Accepted = frozenset[tuple[str, str]]

# Measured for problems of this size: one worker with a full linear relaxation proves more optima than
# several workers. Work is bounded by the solver's own count, which is the same on every machine, so that
# the answer is too; the wall clock is only there for a machine that is very slow.
WORK, SECONDS, WORKERS, LINEARIZATION, SEED = 8.0, 60.0, 1, 2, 7


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


def configured(solver: "CpSolver", *, seconds: float = SECONDS) -> "CpSolver":
    """Return the solver with the parameters that make its answer quick and the same each time."""
    parameters = solver.parameters
    parameters.max_deterministic_time = WORK
    parameters.max_time_in_seconds = seconds
    parameters.num_workers = WORKERS
    parameters.linearization_level = LINEARIZATION
    parameters.random_seed = SEED
    return solver
