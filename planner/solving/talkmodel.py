"""The exact model of a part of a round: every talk that may move chooses one of its places on the board, or none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.talks.plan import STEP, Slot, Talk, TalkProblem
from planner.domain.talks.rules import apart_fit, siblings_fit
from planner.solving.solver import Goal, Watch, cp_sat, solve_in_stages
from planner.solving.talkboard import Board, Crew

if TYPE_CHECKING:
    from datetime import date

WORK = 4.0  # for each goal, in the solver's own measure, which is the same on every machine
OPEN, CHANGES = "Elk gesprek een tijd", "Zo weinig mogelijk andere tijden"


@dataclass(frozen=True, slots=True)
class Choice:
    """A place for a talk, and the literal that says it is chosen."""

    talk: Talk
    slot: Slot
    crew: Crew
    literal: Any

    @property
    def end(self) -> int:
        """When the talk is over."""
        return self.slot.start + self.talk.minutes


class TalkModel:
    """CP-SAT over the places that `board` offers to the talks that are not on it."""

    def __init__(self, board: Board, talks: Sequence[Talk], old: Mapping[str, Slot]) -> None:
        model_class, _, _ = cp_sat()
        self.board, self.problem, self.old = board, board.problem, old
        self.talks = talks
        self.model = model_class()
        self.choices: dict[str, list[Choice]] = {}
        self.open: dict[str, Any] = {}
        for talk in talks:
            self.choices[talk.id] = [
                Choice(talk, option.slot, option.crew, self.model.new_bool_var(""))
                for option in board.options(talk, every=True)
            ]
            self.open[talk.id] = self.model.new_bool_var("")
            self.model.add_exactly_one([self.open[talk.id], *(each.literal for each in self.choices[talk.id])])
        self.by_day: defaultdict[tuple[str, date], list[Choice]] = defaultdict(list)
        for choice in self.every:
            for who in choice.crew.everybody:
                self.by_day[who, choice.slot.day].append(choice)
        self._nobody_twice()
        self._families()
        self._limits()

    @property
    def every(self) -> Iterable[Choice]:
        """All places of all talks."""
        return (choice for choices in self.choices.values() for choice in choices)

    def _nobody_twice(self) -> None:
        """One talk at a time for everybody, with a pause; where the way is longer, pair by pair."""
        pause = self.problem.times.pause
        for choices in self.by_day.values():
            if len({choice.talk.id for choice in choices}) == 1:
                continue
            at: defaultdict[int, list[Any]] = defaultdict(list)
            for choice in choices:
                for tick in range(choice.slot.start, choice.end + pause, STEP):
                    at[tick].append(choice.literal)
            for literals in at.values():
                self.model.add_at_most_one(literals)
            self._walks(choices)

    def _walks(self, choices: list[Choice]) -> None:
        starting: defaultdict[int, list[Choice]] = defaultdict(list)
        for choice in choices:
            starting[choice.slot.start].append(choice)
        for choice in choices:
            for start in range(choice.end + self.problem.times.pause, choice.end + 60, STEP):
                for other in starting.get(start, ()):
                    if other.talk.id != choice.talk.id and start < choice.end + self.problem.gap(
                        choice.talk, other.talk
                    ):
                        self.model.add_bool_or([choice.literal.negated(), other.literal.negated()])

    def _families(self) -> None:
        """Brothers and sisters follow each other; parents who live apart do not meet."""
        for group in self.problem.siblings:
            free = [each for each in group if each in self.choices]
            if any(each in self.board.slots for each in group):
                continue  # what the board offers already lies next to the talk that stays
            for each in free:
                others = [other for other in free if other != each]
                if others:
                    self._next_to(each, others)
        for one, other in self.problem.apart:
            for choice in self.choices.get(one, ()):
                for then in self.choices.get(other, ()):
                    if not apart_fit(self.problem, (choice.slot, choice.talk), (then.slot, then.talk)):
                        self.model.add_bool_or([choice.literal.negated(), then.literal.negated()])

    def _next_to(self, each: str, others: Sequence[str]) -> None:
        for choice in self.choices[each]:
            here = (choice.slot, choice.talk)
            beside = [
                then.literal
                for other in others
                for then in self.choices[other]
                if then.slot.day == choice.slot.day and _follow(self.problem, here, (then.slot, then.talk))
            ]
            # With all the others open nothing has to be near.
            self.model.add_bool_or([choice.literal.negated(), *beside, *self._all_open(others)])

    def _all_open(self, talks: Sequence[str]) -> list[Any]:
        if len(talks) == 1:
            return [self.open[talks[0]]]
        every = self.model.new_bool_var("")
        for talk_id in talks:
            self.model.add_implication(every, self.open[talk_id])
        return [every]

    def _limits(self) -> None:
        """Keep helpers within their hours a day and their number of days."""
        comes: defaultdict[str, list[Any]] = defaultdict(list)
        for (who, day), choices in sorted(self.by_day.items()):
            mine = [choice for choice in choices if who in choice.crew.limited]
            if mine:
                self._hours(who, mine)
                if not self.board.work[who, day]:
                    comes[who].append(self._any_of(mine))
        for who, literals in comes.items():
            most = self.problem.person[who].max_evenings - len(self.board.comes[who])
            self.model.add(sum(literals) <= max(0, most))

    def _hours(self, who: str, mine: list[Choice]) -> None:
        """Keep a helper's day short enough: of two talks too far apart only one."""
        longest = self.board.longest[who]
        for choice in mine:
            for other in mine:
                if other.end - choice.slot.start > longest and other.talk.id != choice.talk.id:
                    self.model.add_bool_or([choice.literal.negated(), other.literal.negated()])

    def _any_of(self, choices: list[Choice]) -> Any:  # noqa: ANN401
        found = self.model.new_bool_var("")
        for choice in choices:
            self.model.add_implication(choice.literal, found)
        return found

    def _is(self, talk_id: str, slot: Slot) -> list[Any]:
        """Return the literal of this place of a talk; nothing when it is not offered."""
        return [choice.literal for choice in self.choices[talk_id] if choice.slot.place == slot.place]

    def solve(self, start: Mapping[str, Slot], watch: Watch) -> list[Slot] | None:
        """Return places with the fewest open talks, of these with the fewest changes; None when `start` is as good.

        The search begins with the places of `start` and is never worse. What `watch` raises comes out.
        """
        mine = {talk.id for talk in self.talks}
        had = {talk_id: slot for talk_id, slot in self.old.items() if talk_id in mine}
        moved = sum(talk_id not in start or start[talk_id].place != slot.place for talk_id, slot in had.items())
        goals = [Goal(name=OPEN, terms=list(self.open.values()), start=len(mine - start.keys()))]
        if had:
            terms = [1 - sum(self._is(talk_id, slot)) for talk_id, slot in had.items()]
            goals.append(Goal(name=CHANGES, terms=terms, start=moved))
        hint = [
            (choice.literal, choice.talk.id in start and choice.slot.place == start[choice.talk.id].place)
            for choice in self.every
        ]
        found = solve_in_stages(self.model, goals, hint=hint, watch=watch, work=WORK).values
        return None if found is None else [choice.slot for choice in self.every if found[choice.literal.index]]


def _follow(problem: TalkProblem, one: tuple[Slot, Talk], other: tuple[Slot, Talk]) -> bool:
    first, then = (one, other) if one[0].start <= other[0].start else (other, one)
    return siblings_fit(problem, first, then)
