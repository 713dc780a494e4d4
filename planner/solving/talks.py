"""Slots for a round of conversations: a simple search, then a search that takes a part of the plan apart and back.

The better search is "ruin and recreate" (Schrimpf and others, 2000; slack induction by string removals, Christiaens
and Vanden Berghe, 2020): take off the talks around one afternoon of one person, put them back one by one where they
cost least, and keep the result when it is better, or hardly worse. It finds what a person sees at once: a block of
talks in one language that fits one interpreter's afternoon. Luck comes from a fixed seed and the work is counted, so
the same round gives the same plan on every machine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations
from math import exp, log
from random import Random

from planner.domain.talks.bound import least_cost
from planner.domain.talks.plan import Slot, Talk, TalkPlan, TalkProblem, in_order
from planner.solving.solver import Watch, unwatched
from planner.solving.talkboard import Board

SEED = 7
ROUNDS = 6  # attempts for each talk; measured: the gain after this is small
FEWEST_ROUNDS, MOST_ROUNDS = 1000, 4000
REPAIR_ROUNDS = 300
STRING = 5  # talks of one afternoon that go off together
WARM, COLD = 30.0, 2.0  # minutes of cost: what may get worse at the start and at the end
BEST = 4  # places tried for the first of brothers and sisters

SEEKING = "De beste tijden zoeken"

Tell = Callable[[int, int], None]  # hears how many attempts of how many are done
Unit = tuple[Talk, ...]


def _unheard(done: int, total: int) -> None:
    """Hear how far the search is."""


def units_of(problem: TalkProblem) -> tuple[Unit, ...]:
    """Return the talks that may move, those of brothers and sisters together."""
    leader = {talk.id: talk.id for talk in problem.talks}
    for group in problem.siblings:
        first = leader[group[0]]
        joined = {leader[each] for each in group}
        leader = {each: first if of in joined else of for each, of in leader.items()}
    stays = {slot.talk_id for slot in problem.fixed}
    found: dict[str, list[Talk]] = {}
    for talk in problem.talks:
        if talk.id not in stays:
            found.setdefault(leader[talk.id], []).append(talk)
    return tuple(tuple(unit) for unit in found.values())


class Search:
    """Puts units of talks on a board where they cost least."""

    def __init__(self, problem: TalkProblem, old: Mapping[str, Slot] | None = None) -> None:
        self.board = Board(problem, old)
        self.units = units_of(problem)
        self.unit_of = {talk.id: unit for unit in self.units for talk in unit}

    def scarcity(self, unit: Unit) -> tuple[object, ...]:
        """Return how hard a unit is to place, the hardest first."""
        ways = min(len(self.board.crews(talk)) for talk in unit)
        interpreted = any(talk.language for talk in unit)
        return (
            -len(unit),
            not interpreted,
            ways,
            min(talk.language for talk in unit),
            unit[0].class_id,
            -sum(talk.minutes for talk in unit),
            unit[0].id,
        )

    def insert(self, unit: Unit) -> None:
        """Put a unit on the board as cheaply as it goes; of brothers and sisters who do not fit together, some."""
        if len(unit) == 1:
            for option in self.board.best(unit[0]):
                self.board.put(option.slot)
            return
        slots = min(self._together(unit), key=lambda found: found[0], default=None)
        if slots:
            for slot in slots[1]:
                self.board.put(slot)
        else:
            for talk in unit:
                self.insert((talk,))

    def _together(self, unit: Unit) -> Iterator[tuple[int, list[Slot]]]:
        """Yield places for all of a unit with what they cost: one after the other, in every order."""
        for order in permutations(unit) if len(unit) <= 3 else (unit,):  # noqa: PLR2004 - more children, one order
            for first in self.board.best(order[0], BEST):
                before, put = self.board.cost, [first.slot]
                self.board.put(first.slot)
                for talk in order[1:]:
                    found = [option.slot for option in self.board.best(talk)]
                    if not found:
                        break
                    self.board.put(found[0])
                    put += found
                if len(put) == len(unit):
                    yield self.board.cost - before, put
                for slot in reversed(put):
                    self.board.take(slot.talk_id)

    def restore(self) -> None:
        """Put every old slot that still fits back where it was, those of the board's `old`, in order of time."""
        for slot in in_order(self.board.old.values()):
            talk = self.board.problem.talk[slot.talk_id]
            if any(option.slot.place == slot.place for option in self.board.options(talk)):
                self.board.put(slot)

    def improve(self, rounds: int, tell: Tell = _unheard, *, least: int = 0) -> None:
        """Take parts off and put them back better, as many times as `rounds`, or until nothing costs less: `least`."""
        if self.units:
            _Improver(self, rounds).run(tell, least)

    def fill(self) -> None:
        """Put everything on the board that is not there yet, the hardest first."""
        for unit in sorted(self.units, key=self.scarcity):
            left = tuple(talk for talk in unit if talk.id not in self.board.slots)
            if left:
                self.insert(left)


class _Improver:
    """Takes parts of a plan off the board and puts them back better."""

    def __init__(self, search: Search, rounds: int) -> None:
        self.search, self.board = search, search.board
        self.random = Random(SEED)  # noqa: S311 - repeatable luck, no secret
        self.rounds = rounds

    def _around(self) -> set[str]:
        """Return the ids of the talks to take off: around a talk, along the people and days it shares."""
        slots = self.board.slots
        loose = [unit for unit in self.search.units if unit[0].id not in slots]
        if loose and self.random.random() < 0.3:  # noqa: PLR2004 - measured: often enough to place what is open
            seed = self.random.choice(loose)[0]
        else:
            seed = self.random.choice(self.random.choice(self.search.units))
        found = {seed.id}
        crews = self.board.crews(seed)
        crew = self.random.choice(crews) if crews else None
        slot = slots.get(seed.id)
        day = slot.day if slot and self.random.random() < 0.6 else self.random.choice(self.board.problem.days)  # noqa: PLR2004
        people = set(crew.workers if crew else ()) | ({slot.interpreter_id} if slot and slot.interpreter_id else set())
        for who in sorted(people):
            for at in dict.fromkeys((day, slot.day if slot else day)):  # in order: luck must not depend on a hash
                mine = [talk_id for _, _, talk_id in self.board.busy[who, at] if talk_id in self.search.unit_of]
                start = self.random.randrange(max(1, len(mine) - STRING + 1))
                found |= {*mine[start : start + STRING]}
        return found

    def _ruin(self) -> tuple[list[Slot], list[Unit]]:
        """Take a part off the board; return the slots it had and the units to put back."""
        units = list(dict.fromkeys(self.search.unit_of[each] for each in sorted(self._around())))
        taken = [self.board.take(talk.id) for unit in units for talk in unit if talk.id in self.board.slots]
        return taken, units

    def run(self, tell: Tell, least: int) -> None:
        """Improve for a counted number of attempts, or down to `least`; leave the best plan on the board."""
        board, search = self.board, self.search
        best_cost, best = board.cost, dict(board.slots)
        cooling = log(COLD / WARM) / max(1, self.rounds)
        for attempt in range(self.rounds):
            if best_cost <= least:
                break
            if attempt % 50 == 0:
                tell(attempt, self.rounds)
            before = board.cost
            taken, units = self._ruin()
            self._order(units)
            for unit in units:
                search.insert(unit)
            heat = WARM * exp(cooling * attempt)
            if board.cost > before - heat * log(self.random.random() or 1.0):
                self._back(units, taken)
            elif board.cost < best_cost:
                best_cost, best = board.cost, dict(board.slots)
        for talk_id in [each for each in board.slots if each in search.unit_of]:
            board.take(talk_id)
        for talk_id, slot in best.items():
            if talk_id in search.unit_of:
                board.put(slot)

    def _order(self, units: list[Unit]) -> None:
        way = self.random.random()
        if way < 0.5:  # noqa: PLR2004
            self.random.shuffle(units)
        elif way < 0.8:  # noqa: PLR2004
            units.sort(key=self.search.scarcity)
        else:
            units.sort(key=lambda unit: -sum(talk.minutes for talk in unit))

    def _back(self, units: list[Unit], taken: Sequence[Slot]) -> None:
        for unit in units:
            for talk in unit:
                if talk.id in self.board.slots:
                    self.board.take(talk.id)
        for slot in taken:
            self.board.put(slot)


class GreedyTalks:
    """One talk at a time, the hardest first, each where it costs least; no choice is taken back."""

    def propose(self, problem: TalkProblem) -> TalkPlan:
        """Return a plan from nothing; fixed slots stay. What does not fit stays open."""
        search = Search(problem)
        search.fill()
        return in_order(search.board.slots.values())


class SearchTalks:
    """The simple search, and then ruin and recreate."""

    def __init__(self, *, rounds: int | None = None) -> None:
        self.rounds = rounds

    def propose(self, problem: TalkProblem, *, watch: Watch = unwatched) -> TalkPlan:
        """Return the best plan found from nothing; fixed slots stay. What does not fit stays open.

        Never worse than the simple search. What `watch` raises comes out; then there is no plan.
        """
        search = Search(problem)
        search.fill()
        wanted = min(MOST_ROUNDS, max(FEWEST_ROUNDS, ROUNDS * len(search.unit_of)))
        search.improve(
            wanted if self.rounds is None else self.rounds,
            lambda done, total: watch(done, total, SEEKING),
            least=least_cost(problem).total,
        )
        return in_order(search.board.slots.values())
