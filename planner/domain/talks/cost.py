"""What a plan of talks costs the people in it, in minutes: one scale that solvers make small and pages show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.staffing.people import PersonKind
from planner.domain.talks.plan import Slot, Talk, TalkPlan, TalkProblem

if TYPE_CHECKING:
    from datetime import date

# What counts for how much, in minutes; all proposed. An hour of a volunteer or a paid interpreter weighs more than one
# of a mentor, who is at school anyway.
OPEN, WISH, GUEST, COMING, WAIT, GAP = 5000, 60, 120, 40, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkCost:
    """A plan in figures.

    `open` talks without a slot; `wishes` of families that are not met; `alone` talks that nobody of the next school
    joins although somebody could; `waiting` minutes that interpreters and guests wait or walk between their talks;
    `comings` the days that helpers from outside come; `gaps` minutes of mentors between talks. A pause between two
    talks is no waiting.
    """

    open: int
    wishes: int
    alone: int
    waiting: int
    comings: int
    gaps: int

    @property
    def total(self) -> int:
        """The one figure to make small."""
        return (
            OPEN * self.open
            + WISH * self.wishes
            + GUEST * self.alone
            + COMING * self.comings
            + WAIT * self.waiting
            + GAP * self.gaps
        )


def comes_from_outside(problem: TalkProblem, person_id: str) -> bool:
    """Return whether somebody travels to school for the talks."""
    return person_id not in problem.mentors and problem.person[person_id].kind is not PersonKind.STAFF


def at_work(problem: TalkProblem, slot: Slot, talk: Talk) -> Iterable[str]:
    """Return who is at a talk for work, whether they lead it, interpret or join it."""
    return (who for who in (*talk.mentors, slot.interpreter_id, slot.guest_id) if who in problem.person)


def cost_of(problem: TalkProblem, plan: TalkPlan) -> TalkCost:
    """Return what a plan costs; slots of talks that do not exist are left out."""
    known = tuple(problem.known(plan))
    days: defaultdict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for slot, talk in known:
        for who in at_work(problem, slot, talk):
            days[who, slot.day].append((slot.start, slot.start + talk.minutes))
    idle = {key: idle_minutes(sorted(talks), problem.times.pause) for key, talks in days.items()}
    return TalkCost(
        open=len(problem.open_talks(plan)),
        wishes=sum(talk.wishes_missed(slot.day, slot.start) for slot, talk in known),
        alone=sum(bool(talk.guests) and not slot.guest_id for slot, talk in known),
        waiting=sum(minutes for (who, _), minutes in idle.items() if who not in problem.mentors),
        comings=sum(comes_from_outside(problem, who) for who, _ in days),
        gaps=sum(minutes for (who, _), minutes in idle.items() if who in problem.mentors),
    )


def idle_minutes(talks: Sequence[tuple[int, int]], pause: int) -> int:
    """Return the minutes of a day between the first and the last talk that are neither talk nor pause.

    `talks` are starts and ends in order.
    """
    if not talks:
        return 0
    busy = sum(end - start for start, end in talks)
    return max(0, max(end for _, end in talks) - talks[0][0] - busy - pause * (len(talks) - 1))
