"""Repairing a round with the fewest changes: what stands stays, what broke moves, and others only when they must."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.domain.talks.plan import STEP, Slot, Talk, TalkPlan, TalkProblem, in_order
from planner.domain.talks.rules import validate_talks
from planner.solving.solver import Watch, unwatched
from planner.solving.talkboard import Board
from planner.solving.talkmodel import TalkModel
from planner.solving.talks import REPAIR_ROUNDS, Search

MOST_PLACES = 12_000  # up to here the exact model is asked; measured: some seconds
SEEKING = "De kleinste verandering zoeken"


class RepairTalks:
    """Repairs a plan: as few open talks as possible, then as few changes as possible, then as little cost."""

    def replan(self, problem: TalkProblem, plan: TalkPlan, *, watch: Watch = unwatched) -> TalkPlan:
        """Return a plan without broken hard rules; fixed slots stay, and so does every slot that can.

        Of a round of which all talks together have at most `MOST_PLACES` places this is proven to be the fewest; so it
        is when only those talks move that cannot stay. Else it is the best that a search found. What `watch` raises
        comes out.
        """
        fixed = {slot.talk_id for slot in problem.fixed}
        old = {slot.talk_id: slot for slot, _ in problem.known(plan) if slot.talk_id not in fixed}
        search = Search(problem, old)
        must = _must_move(search.board)
        search.restore()
        search.fill()
        search.improve(REPAIR_ROUNDS, lambda done, total: watch(done, total, SEEKING))
        answer = in_order(search.board.slots.values())
        if not problem.open_talks(answer) and len(changed(old, answer)) == len(must):
            return answer
        movable = [talk for talk in problem.talks if talk.id not in fixed]
        if _places(problem, movable) > MOST_PLACES:
            return answer
        return _proven(problem, movable, old, answer, lambda _done, _total, label: watch(1, 1, label))


def changed(old: Mapping[str, Slot], plan: TalkPlan) -> set[str]:
    """Return the ids of the talks that had a slot and got another one or none."""
    now = {slot.talk_id: slot.place for slot in plan}
    return {talk_id for talk_id, slot in old.items() if now.get(talk_id) != slot.place}


def _must_move(board: Board) -> set[str]:
    """Return the talks that cannot stay whatever the others do. On the board are only the slots that are fixed."""
    return {
        talk_id
        for talk_id, slot in board.old.items()
        if all(o.slot.place != slot.place for o in board.options(board.problem.talk[talk_id]))
    }


def _places(problem: TalkProblem, talks: Sequence[Talk]) -> int:
    """Return about how many places these talks have together."""
    ticks = sum(window.minutes for window in problem.windows) // STEP
    return sum(ticks * max(1, len(problem.interpreters[talk.id])) * (1 + len(talk.guests)) for talk in talks)


def _proven(
    problem: TalkProblem, movable: list[Talk], old: Mapping[str, Slot], answer: TalkPlan, watch: Watch
) -> TalkPlan:
    """Return the plan with the fewest changes of all; `answer` when the model finds none in its time, or errs."""
    start = {slot.talk_id: slot for slot in answer}
    found = TalkModel(Board(problem, old), movable, old).solve(start, watch)
    if found is None:
        return answer
    plan = in_order((*problem.fixed, *found))
    allowed = {(v.rule, v.where) for v in validate_talks(problem, problem.fixed) if v.hard}
    if not {(v.rule, v.where) for v in validate_talks(problem, plan) if v.hard} <= allowed:
        return answer
    # Who moves anyway may as well move to a better place; everybody else is held.
    moves = changed(old, plan) | {talk.id for talk in problem.talks if talk.id not in old}
    stays = tuple(slot for slot in plan if slot.talk_id not in moves)
    search = Search(replace(problem, fixed=tuple(dict.fromkeys((*problem.fixed, *stays)))), old)
    for slot in plan:
        if slot.talk_id in moves:
            search.board.put(slot)
    search.improve(REPAIR_ROUNDS, lambda done, total: watch(done, total, SEEKING))
    better = in_order(search.board.slots.values())
    is_worse = len(better) < len(plan) or len(changed(old, better)) > len(changed(old, plan))
    return plan if is_worse else better
