"""Which day and which interpreter for each conversation, the clock left out: a bound for a round, by HiGHS.

What no plan can come below when only days count: the talks of a day fit in the hours of everybody who is there,
brothers and sisters share a day, and helpers from outside come on so many days. Every plan is an answer to this too.
"""

from __future__ import annotations

from collections import defaultdict
from math import ceil
from typing import TYPE_CHECKING, Any

import highspy

from planner.domain.talks.cost import COMING, GUEST, OPEN, WISH, comes_from_outside
from planner.domain.talks.plan import STEP
from planner.domain.talks.rules import most_minutes
from planner.solving.talkboard import Board
from tests.benchmarks.limits import minimised

if TYPE_CHECKING:
    from datetime import date

    from planner.domain.talks.plan import Talk, TalkProblem
    from tests.benchmarks.limits import Deadline


def bound_of(problem: TalkProblem, deadline: Deadline) -> tuple[int, str]:
    """Return a cost that no plan is below, and a note; NotInTime when there is none."""
    days = _Days(problem)
    note = minimised(days.solver, days.price, deadline)
    return ceil(days.solver.getInfo().mip_dual_bound - 1e-6), note


class _Days:
    """One binary for each talk, day and crew; one for each day on which a helper from outside comes."""

    def __init__(self, problem: TalkProblem) -> None:
        self.problem, self.board = problem, Board(problem)
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.price: list[Any] = []
        self.open: dict[str, Any] = {}
        self.on: defaultdict[tuple[str, date], list[Any]] = defaultdict(list)
        self.work: defaultdict[tuple[str, date], list[tuple[int, Any]]] = defaultdict(list)
        for talk in problem.talks:
            self._add(talk)
        self._siblings()
        self._hours()

    def _add(self, talk: Talk) -> None:
        self.open[talk.id] = self.solver.addBinary()
        self.price.append(OPEN * self.open[talk.id])
        picks = [self.open[talk.id]]
        for crew, day, spans in self.board.places(talk):
            pick = self.solver.addBinary()
            picks.append(pick)
            starts = (start for first, last in spans for start in range(first, last + 1, STEP))
            cost = WISH * min(talk.wishes_missed(day, start) for start in starts)
            cost += GUEST if talk.guests and not crew.guest_id else 0
            self.price.append(cost * pick)
            self.on[talk.id, day].append(pick)
            for who in crew.workers:
                self.work[who, day].append((talk.minutes + self.problem.times.pause, pick))
        self.solver.addConstr(self.solver.qsum(picks) == 1)

    def _siblings(self) -> None:
        for group in self.problem.siblings:
            for one in group:
                for other in group:
                    for day in self.problem.days if one != other else ():
                        beside = self.solver.qsum([*self.on[other, day], self.open[other]])
                        self.solver.addConstr(beside - self.solver.qsum(self.on[one, day]) >= 0)

    def _hours(self) -> None:
        pause, comes = self.problem.times.pause, defaultdict[str, list[Any]](list)
        for (who, day), mine in self.work.items():
            most = sum(window.minutes + pause for window in self.problem.open_for[who] if window.day == day)
            if who not in self.problem.mentors:
                most = min(most, most_minutes(self.problem.person[who]) + pause)
            load = self.solver.qsum([minutes * pick for minutes, pick in mine])
            if not comes_from_outside(self.problem, who):
                self.solver.addConstr(load <= most)
                continue
            there = self.solver.addBinary()
            comes[who].append(there)
            self.price.append(COMING * there)
            self.solver.addConstr(load - most * there <= 0)
            for _, pick in mine:
                self.solver.addConstr(pick - there <= 0)
        for who, days in comes.items():
            self.solver.addConstr(self.solver.qsum(days) <= self.problem.person[who].max_evenings)
