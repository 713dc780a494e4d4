"""The exact model of a part of a round: every talk that may move chooses one of its places on the board, or none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.domain.talks.plan import STEP, Slot, Talk, TalkProblem
from planner.domain.talks.rules import apart_fit, siblings_fit
from planner.solving.solver import configured, cp_sat
from planner.solving.talkboard import Board, Crew

if TYPE_CHECKING:
    from datetime import date

SECONDS = 20.0


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

    def _changed(self) -> list[Any]:
        """Return a term for each talk that gets another place than it had."""
        found = []
        for talk in self.talks:
            if talk.id in self.old:
                same = [c.literal for c in self.choices[talk.id] if c.slot.place == self.old[talk.id].place]
                found.append(1 - sum(same))
        return found

    def solve(self, hint: Mapping[str, Slot]) -> list[Slot] | None:
        """Return places with the fewest open talks, of these with the fewest changes; None when time was too short."""
        _, solver_class, found = cp_sat()
        solver = configured(solver_class(), seconds=SECONDS)
        self._hint(hint)
        many = len(self.talks) + 1
        self.model.minimize(many * sum(self.open.values()) + sum(self._changed()))
        if solver.solve(self.model) not in found:
            return None
        return [choice.slot for choice in self.every if solver.value(choice.literal)]

    def _hint(self, slots: Mapping[str, Slot]) -> None:
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for choice in self.every:
            slot = slots.get(choice.talk.id)
            self.model.add_hint(choice.literal, slot is not None and slot.place == choice.slot.place)


def _follow(problem: TalkProblem, one: tuple[Slot, Talk], other: tuple[Slot, Talk]) -> bool:
    first, then = (one, other) if one[0].start <= other[0].start else (other, one)
    return siblings_fit(problem, first, then)
