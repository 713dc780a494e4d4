"""Who does what as a mixed integer programme for HiGHS: first languages, then enough people, then wishes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import highspy

from planner.domain.staffing.goals import lane_pupils, wish_of
from planner.domain.staffing.needs import overlap
from planner.domain.staffing.plan import Duty, StaffPlan, StaffProblem
from planner.domain.staffing.refusals import covered_languages, person_refusals, too_far

if TYPE_CHECKING:
    from datetime import date

    from planner.domain.staffing.needs import Need
    from planner.domain.staffing.people import Person

SECONDS = 10.0  # for each goal


class _Programme:
    """A binary for each person and need they could do; the same rules as everywhere."""

    def __init__(self, problem: StaffProblem) -> None:
        self.problem = problem
        self.note = ""
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.picks: dict[tuple[str, str], Any] = {}
        self.by_person: defaultdict[str, list[tuple[Need, Any]]] = defaultdict(list)
        self.by_need: defaultdict[str, list[tuple[Person, Any]]] = defaultdict(list)
        for need in problem.needs.values():
            for person in problem.people:
                if need.spread and person.class_id != need.class_id:
                    continue
                if not any(person_refusals(person, need, problem.names)):
                    pick = self.solver.addBinary()
                    self.picks[need.id, person.id] = pick
                    self.by_person[person.id].append((need, pick))
                    self.by_need[need.id].append((person, pick))
        self._forbid()

    def _forbid(self) -> None:
        for need in self.problem.needs.values():
            picks = [pick for _, pick in self.by_need[need.id]]
            if need.maximum is not None and picks:
                self.solver.addConstr(self.solver.qsum(picks) <= need.maximum)
        for person in self.problem.people:
            evenings: defaultdict[date, list[tuple[Need, Any]]] = defaultdict(list)
            for need, pick in self.by_person[person.id]:
                if not need.spread:
                    evenings[need.day].append((need, pick))
            days = [self._evening(person, mine) for mine in evenings.values()]
            if days:
                self.solver.addConstr(self.solver.qsum(days) <= person.max_evenings)

    def _evening(self, person: Person, mine: list[tuple[Need, Any]]) -> Any:
        there = self.solver.addBinary()
        hours = []
        for need, pick in mine:
            self.solver.addConstr(pick - there <= 0)
            hours.append((need.end - need.start).total_seconds() / 3600 * pick)
            together = [other for each, other in mine if each.start == need.start or each.start < need.start < each.end]
            if len(together) > 1:
                self.solver.addConstr(self.solver.qsum(together) <= 1)
            for each, other in mine:
                if need.id < each.id and not overlap(need, each) and too_far(need, each):
                    self.solver.addConstr(pick + other <= 1)
        self.solver.addConstr(self.solver.qsum(hours) <= person.max_hours)
        return there

    def _minimise(self, terms: list[Any]) -> float:
        """Make the sum as small as can be in time and keep it so; RuntimeError when nothing was found."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + SECONDS)  # the clock runs on
        goal = self.solver.qsum(terms)
        self.solver.minimize(goal)
        info = self.solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise RuntimeError("HiGHS found no plan")
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.note = f"niet elk doel bewezen binnen {SECONDS:g} s"
        least = float(info.objective_function_value)
        self.solver.addConstr(goal <= least + 1e-6)
        return least

    def solve(self) -> StaffPlan:
        """Return the plan that is best for the three goals, one after the other."""
        problem = self.problem
        open_lanes = []
        for lane in problem.lanes:
            helpers = [
                pick
                for need in problem.lanes[lane]
                for person, pick in self.by_need[need.id]
                if lane[2] in covered_languages(person, need)
            ]
            still = self.solver.addBinary()
            self.solver.addConstr(self.solver.qsum([still, *helpers]) >= 1)
            open_lanes.append(lane_pupils(problem, lane) * still)
        short = []
        for need in problem.needs.values():
            if need.is_obliged:
                picks = [pick for each in problem.counting_for(need) for _, pick in self.by_need[each.id]]
                missing = self.solver.addVariable(lb=0, ub=need.minimum)
                self.solver.addConstr(self.solver.qsum([missing, *picks]) >= need.minimum)
                short.append(missing)
        suits = [
            wish_of(problem.person[who], problem.needs[need_id]) * pick for (need_id, who), pick in self.picks.items()
        ]
        for terms in (open_lanes, short, suits):
            if terms:
                self._minimise(terms)
        values = self.solver.getSolution().col_value
        return tuple(
            Duty(need_id=need_id, person_id=who)
            for (need_id, who), pick in self.picks.items()
            if values[pick.index] > 0.5
        )


class HighsStaffing:
    """Proposes who does what with HiGHS; only here to compare with."""

    def propose(self, problem: StaffProblem) -> tuple[StaffPlan, str]:
        """Return the plan of most languages, then most people, then least against wishes, and a note."""
        programme = _Programme(problem)
        return programme.solve(), programme.note
