"""Who does what, by a simple search: the scarcest task first, each to the person who fits it best."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from planner.domain.schoolrules import WEEKDAYS
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person
from planner.domain.staffing.plan import Duty, Lane, StaffPlan, StaffProblem, bookings_of, evenings, lanes_of
from planner.domain.staffing.refusals import booking_refusals, covered_languages, person_refusals
from planner.solving.staffmodel import able

ENOUGH_INTERPRETERS = 3  # with more who can interpret a language, none of them is spared for it


class StaffSolver(Protocol):
    """Gives needs people. `domain.staffing.rules.validate_staffing` judges any answer, `gaps` says what is left.

    An answer breaks no hard rule, apart from what its pinned duties break on their own. It never fails: what
    nobody can do stays open.
    """

    def propose(self, problem: StaffProblem) -> StaffPlan:
        """Return the best plan from nothing; pinned duties hold."""
        ...

    def replan(self, problem: StaffProblem, plan: StaffPlan) -> StaffPlan:
        """Return a plan that breaks no hard rule with the fewest changes, first of all for people who were told.

        Every duty that still can be done stays, pinned duties stay whatever they break, and what then is
        open is filled.
        """
        ...


class _Roster:
    """A plan in the making: who has which needs, and what is still open."""

    def __init__(self, problem: StaffProblem) -> None:
        self.problem = problem
        self.duties: dict[tuple[str, str], Duty] = {}
        self.bookings: defaultdict[str, list[Need]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.covered: set[Lane] = set()
        self.able = {need.id: able(problem, need) for need in problem.needs.values()}
        self.spared = self._spared()

    def _spared(self) -> frozenset[tuple[str, str]]:
        """Return the (event id, person id) of those who are rather kept free for a language few people interpret."""
        return frozenset(
            (need.event_id, person.id)
            for need in self.problem.needs.values()
            if need.guests and len(self.able[need.id]) <= ENOUGH_INTERPRETERS
            for person in self.able[need.id]
        )

    def open_lanes(self, need: Need) -> tuple[Lane, ...]:
        """Return what this need could interpret and nobody does yet."""
        return tuple(lane for lane in lanes_of(need) if lane not in self.covered)

    def short(self, need: Need) -> int:
        """Return how many people the need is below its minimum."""
        alike = (need,) if need.optional else self.problem.counting_for(need)
        return max(0, need.minimum - sum(self.counts[each.id] for each in alike))

    def has_place(self, need: Need, person: Person) -> bool:
        """Return whether the need can take this person as one more."""
        full = need.maximum is not None and self.counts[need.id] >= need.maximum
        return not full and (need.id, person.id) not in self.duties

    def is_free(self, need: Need, person: Person) -> bool:
        """Return whether the person's other needs leave room for this one."""
        return not any(booking_refusals(person, need, self.bookings[person.id], self.problem.names))

    def add(self, duty: Duty) -> None:
        """Take up a duty whose need and person exist; a second one for the same need and person is left out."""
        if duty.key in self.duties:
            return
        need, person = self.problem.needs[duty.need_id], self.problem.person[duty.person_id]
        self.duties[duty.key] = duty
        self.bookings[person.id].append(need)
        self.counts[need.id] += 1
        self.covered |= {(need.event_id, need.class_id, code) for code in covered_languages(person, need)}

    def keep(self, duties: Iterable[Duty]) -> None:
        """Take up the duties that still can be done, in this order."""
        for duty, need, person in self.problem.known(duties):
            fit = not any(person_refusals(person, need, self.problem.names))
            if fit and self.has_place(need, person) and self.is_free(need, person):
                self.add(duty)

    def scarcity(self, need: Need) -> tuple[object, ...]:
        """Return how hard a need is to fill, the hardest first: by the people it can spare.

        A role that may interpret waits for the role that must interpret the same language. Among equals the
        language that the fewest people speak at all comes first.
        """
        slack = self._slack(need)
        if not need.is_obliged:
            others = (other for lane in lanes_of(need) for other in self.problem.lanes[lane] if other.is_obliged)
            slack = max([slack, *(self._slack(other) for other in others)])
        speakers = sum(any(person.interprets(code) for code in need.languages) for person in self.problem.people)
        return slack, not need.is_obliged, speakers, need.start, need.id

    def _slack(self, need: Need) -> int:
        return len(self.able[need.id]) - max(need.minimum, 1 if need.guests else 0)

    def fill(self, need: Need, told: frozenset[str], *, languages: bool) -> None:
        """Give a need people until it has enough, or nobody is left who helps.

        With `languages` it has enough when all it can interpret is covered, else when it is at its minimum.
        """
        while self.open_lanes(need) if languages else self.short(need):
            lanes = {code for _, _, code in self.open_lanes(need)}
            helpful = (p for p in self.able[need.id] if not languages or lanes & covered_languages(p, need))
            fit = [p for p in helpful if self.has_place(need, p) and self.is_free(need, p)]
            if not fit:
                return
            best = min(fit, key=lambda person: self._rank(need, person, told=person.id in told))
            self.add(Duty(need_id=need.id, person_id=best.id))

    def _rank(self, need: Need, person: Person, *, told: bool) -> tuple[object, ...]:
        """Return how well someone fits a need, the best first: language, own class, who else needs them, load."""
        open_codes = {code for _, _, code in self.open_lanes(need)}
        return (
            need.language is not None and not person.interprets(need.language),
            -len(open_codes & covered_languages(person, need)),
            not _is_own_class(need, person),
            not need.guests and (need.event_id, person.id) in self.spared,
            told,
            evenings(self.bookings[person.id]),
            -_fluency(need, person),
            person.name,
            person.id,
        )


class GreedyStaffing:
    """Staffs a whole year at once, without ever taking a choice back. The same problem gives the same answer."""

    def propose(self, problem: StaffProblem) -> StaffPlan:
        """Return a plan from nothing; see StaffSolver."""
        return self._solve(problem, (), told=frozenset())

    def replan(self, problem: StaffProblem, plan: StaffPlan) -> StaffPlan:
        """Return a plan that repairs this one; see StaffSolver."""
        return self._solve(problem, plan, told=problem.told)

    def _solve(self, problem: StaffProblem, old: StaffPlan, *, told: frozenset[str]) -> StaffPlan:
        roster = _Roster(problem)
        for duty, _, _ in problem.known((*problem.pinned, *(duty for duty in old if duty.pinned))):
            roster.add(replace(duty, pinned=True))
        known = [duty for duty, _, _ in problem.known(old)]
        roster.keep(sorted(known, key=lambda duty: (duty.person_id not in told, _when(problem, duty), duty.key)))
        _fill_all(roster, told)
        return with_reasons(problem, tuple(roster.duties.values()))


def _when(problem: StaffProblem, duty: Duty) -> str:
    return problem.needs[duty.need_id].start.isoformat()


def _is_own_class(need: Need, person: Person) -> bool:
    return need.class_id is not None and person.class_id == need.class_id


def _fluency(need: Need, person: Person) -> int:
    """Return how well someone understands and speaks the languages of a need, 0 for none of them."""
    codes = {*need.languages, need.language}
    return sum(skill.understands + skill.speaks for skill in person.skills if skill.language in codes)


def _fill_all(roster: _Roster, told: frozenset[str]) -> None:
    """Fill what is open: own mentors first, then the scarcest need, and what is optional last.

    A language that nobody interprets yet counts as a need, also where the role that does it is optional.
    """
    needs = sorted(roster.problem.needs.values(), key=roster.scarcity)
    for need in needs:
        own = next((person for person in roster.able[need.id] if _is_own_class(need, person)), None)
        if own and roster.short(need) and not need.optional:
            roster.keep([Duty(need_id=need.id, person_id=own.id)])
    for need in needs:
        if not need.optional:
            roster.fill(need, told, languages=False)
        roster.fill(need, told, languages=True)
    for need in (need for need in needs if need.optional):
        roster.fill(need, told, languages=False)


def with_reasons(problem: StaffProblem, plan: StaffPlan) -> StaffPlan:
    """Return the plan in the order of the problem's needs, each new duty with a sentence for the coordinator.

    A duty that already had a reason keeps it: that is why it was chosen then.
    """
    order = {need_id: index for index, need_id in enumerate(problem.needs)}
    loads = {person_id: evenings(needs) for person_id, needs in bookings_of(problem, plan).items()}
    return tuple(
        duty if duty.reason else replace(duty, reason=_reason(problem, duty, loads[duty.person_id]))
        for duty in sorted(plan, key=lambda duty: (order[duty.need_id], not duty.pinned, duty.person_id))
    )


def _reason(problem: StaffProblem, duty: Duty, load: int) -> str:
    """Return a sentence such as "Spreekt Tigrinya en kan op dinsdag; heeft dit jaar 2 avonden.".

    The number of evenings is that of the whole plan.
    """
    if duty.pinned:
        return "Vastgezet door de school."
    need, person = problem.needs[duty.need_id], problem.person[duty.person_id]
    languages = [problem.names.get(code, code) for code in need.languages if person.interprets(code)]
    if _is_own_class(need, person):
        why = f"Is mentor van {need.about}"
    elif languages:
        why = f"Spreekt {' en '.join(languages)}"
    else:
        why = f"Heeft de rol '{need.title}'"
    if need.spread:
        return f"{why}."
    number = "1 avond" if load == 1 else f"{load} avonden"
    return f"{why} en kan op {WEEKDAYS[need.day.weekday()]}; heeft dit jaar {number}."
