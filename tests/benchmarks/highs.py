"""The dates of a year as a mixed integer programme for HiGHS: least soft cost, then nearest to the middle."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import highspy

from planner.domain.requirements import DistinctDays, GapRule, NextGapRule, Requirement, WeekLimit, gap_days, monday
from planner.solving.candidates import Candidates, find_candidates, middle_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from planner.domain.year import Span, YearProblem
    from planner.solving.solver import Dates

SECONDS = 30.0  # for each of the two goals


class _Programme:
    """One binary for each occurrence and day; a broken soft rule has a binary with its weight as price."""

    def __init__(self, candidates: Candidates) -> None:
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.soft: list[Any] = []
        self.picks: dict[str, list[tuple[Span, Any]]] = {}
        for event, days in candidates.days.items():
            picks = [self.solver.addBinary() for _ in days]
            self.solver.addConstr(self.solver.qsum(picks) == 1)
            self.picks[event] = [(day.span, pick) for day, pick in zip(days, picks, strict=True)]
            self.soft += [weight * pick for day, pick in zip(days, picks, strict=True) for _, weight in day.broken]
        for rule in candidates.between:
            self.require(rule)

    def _by_day(self, events: Iterable[str], *, week: bool) -> Mapping[date, list[Any]]:
        found: defaultdict[date, list[Any]] = defaultdict(list)
        for event in events:
            for span, pick in self.picks[event]:
                found[monday(span.first) if week else span.first].append(pick)
        return found

    def require(self, rule: Requirement) -> None:
        """Add a requirement between occurrences."""
        if isinstance(rule, DistinctDays):
            for picks in self._by_day(rule.events, week=False).values():
                self.solver.addConstr(self.solver.qsum(picks) <= 1)
        elif isinstance(rule, WeekLimit):
            for picks in self._by_day(rule.events, week=True).values():
                excess = self.solver.addVariable(lb=0, ub=len(picks))
                self.soft.append(rule.weight * excess)
                self.solver.addConstr(self.solver.qsum(picks) - excess <= rule.limit)
        elif isinstance(rule, GapRule):
            self._gap(rule, (rule.then,), most=rule.max_days)
        elif isinstance(rule, NextGapRule):
            self._gap(rule, rule.thens, most=rule.max_days)

    def _gap(self, rule: GapRule | NextGapRule, thens: tuple[str, ...], *, most: int | None) -> None:
        """Let a day of the first ask for a day of one of the others at the right distance, or the rule is broken."""
        broken = self.solver.addVariable(lb=0, ub=0 if rule.hard else 1)
        self.soft.append(rule.weight * broken)
        for first, pick in self.picks[rule.first]:
            fit = [
                other
                for then in thens
                for span, other in self.picks[then]
                if gap_days(first, span) >= rule.min_days and (most is None or gap_days(first, span) <= most)
            ]
            self.solver.addConstr(self.solver.qsum(fit) - pick + broken >= 0)

    def _minimise(self, terms: list[Any]) -> tuple[int, Dates] | None:
        """Return the least sum with its dates; None when none were found in time."""
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + SECONDS)  # the clock runs on
        self.solver.minimize(self.solver.qsum(terms))
        info = self.solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = self.solver.getSolution().col_value
        return round(info.objective_function_value), {
            event: max(picks, key=lambda pair: values[pair[1].index])[0].first for event, picks in self.picks.items()
        }

    def solve(self, middles: Mapping[str, date]) -> Dates:
        """Return the dates of least soft cost, of these the nearest to `middles`; RuntimeError when there are none."""
        found = self._minimise(self.soft)
        if not found:
            raise RuntimeError("HiGHS found no plan")
        least, dates = found
        self.solver.addConstr(self.solver.qsum(self.soft) <= least)
        far = [
            abs((span.first - middles[event]).days) * pick
            for event, picks in self.picks.items()
            for span, pick in picks
        ]
        nearer = self._minimise(far)
        return nearer[1] if nearer else dates


class HighsDates:
    """Proposes dates with HiGHS; only here to compare with."""

    def propose(self, problem: YearProblem) -> Dates:
        """Return the dates of least soft cost, in the middle of their weeks where that is free."""
        middles = {occurrence.id: middle_of(occurrence) for occurrence in problem.occurrences}
        return _Programme(find_candidates(problem, old={})).solve(middles)
