"""The division of people as a CP-SAT model: a literal for each person and need, and the goals over them.

Needs that are the same in everything but their name ("groep 1", "groep 2") are one bundle, so that the search does
not try who goes where when that makes no difference.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from planner.domain.staffing.needs import Need, overlap
from planner.domain.staffing.people import Person
from planner.domain.staffing.plan import Duty, StaffPlan, StaffProblem
from planner.domain.staffing.refusals import booking_refusals, person_refusals, too_far
from planner.solving.solver import cp_sat

DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Pick:
    """A person for a bundle of needs, and the literal that says whether they do one of them."""

    person: Person
    needs: tuple[Need, ...]
    var: Any

    @property
    def need(self) -> Need:
        """What the bundle asks; all of its needs ask the same."""
        return self.needs[0]


def able(problem: StaffProblem, need: Need) -> tuple[Person, ...]:
    """Return who could do a need in an empty year. A conversation round is for the own mentor only."""
    people = problem.people
    if need.spread:
        people = tuple(person for person in people if person.class_id == need.class_id)
    return tuple(person for person in people if not any(person_refusals(person, need, problem.names)))


def _bundles(problem: StaffProblem, loose: Iterable[str]) -> Iterator[tuple[Need, ...]]:
    """Yield needs that ask the same together; those in `loose`, where somebody is already, each on its own."""
    apart = set(loose)
    found: defaultdict[Any, list[Need]] = defaultdict(list)
    for need in problem.needs.values():
        key = need.id if need.id in apart else replace(need, id="", scope="", about="")
        found[key].append(need)
    return (tuple(needs) for needs in found.values())


class StaffModel:
    """Everything that holds and counts. `fixed` duties are in the plan whatever they break, `old` may stay."""

    def __init__(self, problem: StaffProblem, *, fixed: StaffPlan, old: StaffPlan) -> None:
        model_class, _, _ = cp_sat()
        self.model = model_class()
        self.problem = problem
        self.fixed = {duty.key: duty for duty, _, _ in problem.known(fixed)}
        self.booked: defaultdict[str, list[Need]] = defaultdict(list)
        for duty, need, _ in problem.known(self.fixed.values()):
            self.booked[duty.person_id].append(need)
        self.count = Counter(duty.need_id for duty in self.fixed.values())
        self.old = {duty.key for duty, _, _ in problem.known(old)} - self.fixed.keys()
        loose = [need_id for need_id, _ in (*self.old, *self.fixed)]
        self.bundles = tuple(_bundles(problem, loose))
        self.picks = tuple(self._picks())
        self.by_need: defaultdict[str, list[Pick]] = defaultdict(list)
        self.by_person: defaultdict[str, list[Pick]] = defaultdict(list)
        for pick in self.picks:
            self.by_person[pick.person.id].append(pick)
            for need in pick.needs:
                self.by_need[need.id].append(pick)
        self.days = {person_id: self._days(person_id) for person_id in self.by_person}
        self._forbid()

    def _picks(self) -> Iterator[Pick]:
        for needs in self.bundles:
            need = needs[0]
            people = dict.fromkeys(able(self.problem, need))
            stay = (self.problem.person[who] for need_id, who in sorted(self.old) if need_id == need.id)
            people |= {p: None for p in stay if not any(person_refusals(p, need, self.problem.names))}
            for person in people:
                free = not any(booking_refusals(person, need, self.booked[person.id], self.problem.names))
                if free and (need.id, person.id) not in self.fixed:
                    yield Pick(person, needs, self.model.new_bool_var(""))

    def _days(self, person_id: str) -> dict[date, Any]:
        """Return a literal for each evening on which somebody may get a first task."""
        taken = {need.day for need in self.booked[person_id] if not need.spread}
        picks: defaultdict[date, list[Any]] = defaultdict(list)
        for pick in self.by_person[person_id]:
            if not pick.need.spread and pick.need.day not in taken:
                picks[pick.need.day].append(pick.var)
        return {day: self._any(mine) for day, mine in picks.items()}

    def _any(self, literals: list[Any]) -> Any:  # noqa: ANN401 - a literal of OR-Tools
        """Return a literal that is true when one of these is."""
        if len(literals) == 1:
            return literals[0]
        some = self.model.new_bool_var("")
        self.model.add_max_equality(some, literals)
        return some

    def _forbid(self) -> None:
        for needs in self.bundles:
            if needs[0].maximum is not None:
                room = len(needs) * needs[0].maximum - self.count[needs[0].id]
                self.model.add(sum(pick.var for pick in self.by_need[needs[0].id]) <= max(0, room))
        for person_id, picks in self.by_person.items():
            person = self.problem.person[person_id]
            taken = {need.day for need in self.booked[person_id] if not need.spread}
            self.model.add(sum(self.days[person_id].values()) <= max(0, person.max_evenings - len(taken)))
            evenings: defaultdict[date, list[Pick]] = defaultdict(list)
            for pick in picks:
                if not pick.need.spread:
                    evenings[pick.need.day].append(pick)
            for day, mine in evenings.items():
                self._one_at_a_time(mine)
                self._not_too_long(person, day, mine)

    def _one_at_a_time(self, picks: list[Pick]) -> None:
        """S03: of the tasks that go on at the start of any of them one at most; and no walk that is too long."""
        cliques = {
            tuple(sorted(at for at, other in enumerate(picks) if _goes_on(other.need, pick.need))) for pick in picks
        }
        for clique in sorted(cliques):
            if len(clique) > 1:
                self.model.add_at_most_one(picks[at].var for at in clique)
        for one, other in combinations(picks, 2):
            if not overlap(one.need, other.need) and too_far(one.need, other.need):
                self.model.add_at_most_one(one.var, other.var)

    def _not_too_long(self, person: Person, day: date, picks: list[Pick]) -> None:
        """S05: the hours of one evening."""
        done = sum(_seconds(need) for need in self.booked[person.id] if need.day == day and not need.spread)
        most = int(person.max_hours * 3600 + 0.5) - done
        lengths = [_seconds(pick.need) for pick in picks]
        if most < DAY_SECONDS and sum(lengths) > most:
            self.model.add(sum(length * pick.var for length, pick in zip(lengths, picks, strict=True)) <= max(0, most))

    def hint(self, plan: StaffPlan) -> list[tuple[Any, int]]:
        """Return the values of a plan."""
        keys = {duty.key for duty in plan}
        return [(p.var, int(any((need.id, p.person.id) in keys for need in p.needs))) for p in self.picks]

    def plan(self, values: Any) -> StaffPlan:  # noqa: ANN401 - numbers by index of a variable
        """Return the plan of an answer."""
        duties = list(self.fixed.values())
        for needs in self.bundles:
            chosen = [pick.person for pick in self.by_need[needs[0].id] if values[pick.var.index]]
            duties += [Duty(need_id=need.id, person_id=person.id) for need, person in _spread(needs, chosen)]
        return tuple(duties)


def _goes_on(other: Need, need: Need) -> bool:
    """Return whether `other` goes on when `need` begins."""
    return other.start == need.start or other.start < need.start < other.end


def _seconds(need: Need) -> int:
    return int((need.end - need.start).total_seconds())


def _spread(needs: tuple[Need, ...], people: list[Person]) -> Iterator[tuple[Need, Person]]:
    """Give each need of a bundle its minimum first, then one more in turn."""
    order = [need for need in needs for _ in range(need.minimum)]
    while len(order) < len(people):
        order += needs
    return zip(order, people, strict=False)
