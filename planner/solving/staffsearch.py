"""Who does what, by CP-SAT: from the answer of the simple search to the best there is, one goal after the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.domain.staffing.gaps import gaps
from planner.domain.staffing.goals import measure, repair
from planner.domain.staffing.plan import Lane, StaffPlan, StaffProblem
from planner.solving import staffterms
from planner.solving.solver import Answer, Goal, Reached, Watch, solve_in_stages, unwatched
from planner.solving.staffing import GreedyStaffing, with_reasons
from planner.solving.staffmodel import StaffModel

WORK = 2.0  # measured: what a goal needs at 600 pupils; with less the bound is far, with more nothing changes
GOALS = ("Voor elke taal een tolk", "Genoeg mensen", "Wat mensen graag doen", "Eerlijk verdelen", "Bekende gezichten")
REPAIRS = (
    "Niemand verliest zijn tolk",
    "Geen plek komt leeg",
    "Wie het al weet, houdt zijn taak",
    "Anderen ook, als het kan",
)


class CpSatStaffing:
    """Staffs a whole year at once. Never worse than the simple search; the same problem gives the same answer."""

    def __init__(self, *, work: float = WORK) -> None:
        self.work = work

    def propose(self, problem: StaffProblem, *, watch: Watch = unwatched) -> Answer[StaffPlan]:
        """Return the best plan from nothing; pinned duties hold. What `watch` raises comes out."""
        start = GreedyStaffing().propose(problem)
        model = StaffModel(problem, fixed=_pinned(problem, ()), old=())
        goals = _goals(model, start, staffterms.covered(model), staffterms.short(model))
        return self._solve(model, goals, start, old=(), watch=watch)

    def replan(self, problem: StaffProblem, plan: StaffPlan, *, watch: Watch = unwatched) -> Answer[StaffPlan]:
        """Return a plan that repairs this one; pinned duties hold. What `watch` raises comes out.

        First nobody loses an interpreter and no place becomes empty that need not; of these plans the one with the
        fewest changes for people who were told; then what `propose` keeps small.
        """
        start = GreedyStaffing().replan(problem, plan)
        model = StaffModel(problem, fixed=_pinned(problem, plan), old=plan)
        covered, short = staffterms.covered(model), staffterms.short(model)
        told, others = staffterms.changes(model, plan)
        terms = (
            list(staffterms.lost(model, plan, covered)),
            list(staffterms.missing(model, plan, short)),
            told,
            others,
        )
        costs = repair(problem, plan, start)
        first = [
            Goal(name=name, terms=mine, start=cost) for name, mine, cost in zip(REPAIRS, terms, costs, strict=True)
        ]
        return self._solve(model, [*first, *_goals(model, start, covered, short)], start, old=plan, watch=watch)

    def _solve(
        self, model: StaffModel, goals: Sequence[Goal], start: StaffPlan, *, old: StaffPlan, watch: Watch
    ) -> Answer[StaffPlan]:
        problem = model.problem
        found = solve_in_stages(model.model, goals, hint=model.hint(start), watch=watch, work=self.work)
        plan = start
        if found.values is not None:
            reasons = {duty.key: duty.reason for duty in old}
            chosen = (
                replace(duty, reason=duty.reason or reasons.get(duty.key, "")) for duty in model.plan(found.values)
            )
            plan = with_reasons(problem, tuple(chosen))
        return Answer(
            plan=plan,
            reached=tuple(_counted(problem, old, plan, found.reached)),
            shortage=tuple(gap.why for gap in gaps(problem, plan)),
        )


def _pinned(problem: StaffProblem, old: StaffPlan) -> StaffPlan:
    pinned = {duty.key: duty for duty in (*problem.pinned, *(duty for duty in old if duty.pinned))}
    return tuple(replace(duty, pinned=True) for duty in pinned.values())


def _goals(model: StaffModel, start: StaffPlan, covered: Mapping[Lane, Any], short: Mapping[str, Any]) -> list[Goal]:
    obliged = [missing for need_id, missing in short.items() if not model.problem.needs[need_id].optional]
    terms = (
        list(staffterms.uncovered(model, covered)),
        obliged,
        list(staffterms.wishes(model, short)),
        list(staffterms.load(model)),
        list(staffterms.faces(model)),
    )
    counts = measure(model.problem, start)
    return [Goal(name=name, terms=mine, start=count) for name, mine, count in zip(GOALS, terms, counts, strict=True)]


def _counted(problem: StaffProblem, old: StaffPlan, plan: StaffPlan, reached: Iterable[Reached]) -> Iterable[Reached]:
    """Yield what was reached as the goals themselves are counted: a literal that need not be exact may count more."""
    counts = dict(zip(GOALS, measure(problem, plan), strict=True)) | dict(
        zip(REPAIRS, repair(problem, old, plan), strict=True)
    )
    return (replace(each, value=counts[each.name]) for each in reached)
