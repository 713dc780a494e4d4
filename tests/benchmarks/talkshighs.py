"""A round of conversations as a mixed integer programme for HiGHS: most talks, wishes met, few days for helpers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import highspy

from planner.domain.talks.cost import COMING, OPEN, WISH, comes_from_outside
from planner.domain.talks.plan import STEP, in_order
from planner.domain.talks.rules import apart_fit, siblings_fit
from planner.solving.talkboard import Board
from tests.benchmarks.limits import minimised

if TYPE_CHECKING:
    from datetime import date

    from planner.domain.talks.plan import Slot, Talk, TalkPlan, TalkProblem
    from planner.solving.talkboard import Option
    from tests.benchmarks.limits import Deadline

HALF = 0.5
QUARTER = 15  # minutes between starts; with every five minutes the programme is nine times as large


class HighsTalks:
    """Proposes a round with HiGHS; only here to compare with. Its model has no waiting: that needs a clock a day."""

    def propose(self, problem: TalkProblem, deadline: Deadline) -> tuple[TalkPlan, str]:
        """Return the plan found in time and a note; NotInTime when there is none."""
        return _Programme(problem, deadline).solve()


class _Programme:
    """One binary for each talk and place, one for each day on which a helper comes."""

    def __init__(self, problem: TalkProblem, deadline: Deadline) -> None:
        self.problem, self.board, self.deadline = problem, Board(problem), deadline
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.price: list[Any] = []
        self.picks: dict[str, list[tuple[Slot, Any]]] = {}
        self.busy: defaultdict[tuple[str, date, int], list[Any]] = defaultdict(list)
        self.comes: dict[tuple[str, date], Any] = {}
        for talk in problem.talks:
            if deadline.left:
                self._add(talk)
        for together in self.busy.values():
            if len(together) > 1:
                self.solver.addConstr(self.solver.qsum(together) <= 1)
        _families(problem, self.solver, self.picks)

    def _add(self, talk: Talk) -> None:
        """Let a talk choose a place, or none."""
        self.picks[talk.id] = []
        for option in self.board.options(talk, every=True):
            if option.slot.start % QUARTER == 0:
                self._add_place(talk, option)
        is_open = self.solver.addBinary()
        self.price.append(OPEN * is_open)
        self.solver.addConstr(self.solver.qsum([*(pick for _, pick in self.picks[talk.id]), is_open]) == 1)

    def _add_place(self, talk: Talk, option: Option) -> None:
        slot, pick = option.slot, self.solver.addBinary()
        self.picks[talk.id].append((slot, pick))
        self.price.append(WISH * talk.wishes_missed(slot.day, slot.start) * pick)
        for who in option.crew.everybody:
            for tick in range(slot.start, slot.start + talk.minutes + self.problem.times.pause, STEP):
                self.busy[who, slot.day, tick].append(pick)
        for who in option.crew.workers:
            if comes_from_outside(self.problem, who):
                self.solver.addConstr(pick - self._comes(who, slot.day) <= 0)

    def _comes(self, who: str, day: date) -> Any:
        if (who, day) not in self.comes:
            self.comes[who, day] = self.solver.addBinary()
            self.price.append(COMING * self.comes[who, day])
        return self.comes[who, day]

    def solve(self) -> tuple[TalkPlan, str]:
        """Return the best plan that there was time for, and a note."""
        note = minimised(self.solver, self.price, self.deadline)
        values = self.solver.getSolution().col_value
        chosen = (slot for mine in self.picks.values() for slot, pick in mine if values[pick.index] > HALF)
        return in_order(chosen), note


def _families(problem: TalkProblem, solver: highspy.Highs, picks: dict[str, list[tuple[Slot, Any]]]) -> None:
    def held(slot: Slot) -> tuple[Slot, Talk]:
        return slot, problem.talk[slot.talk_id]

    for group in problem.siblings:
        for one in group:
            for slot, pick in picks[one]:
                beside = [
                    other
                    for each in group
                    if each != one
                    for then, other in picks[each]
                    if siblings_fit(problem, *sorted((held(slot), held(then)), key=lambda h: (h[0].day, h[0].start)))
                ]
                solver.addConstr(solver.qsum(beside) - pick >= 0)
    for one, other in problem.apart:
        for slot, pick in picks[one]:
            near = [then for each, then in picks[other] if not apart_fit(problem, held(slot), held(each))]
            for each in near:
                solver.addConstr(pick + each <= 1)
