"""Who does what: the problem of a year, a plan for it, and what is still missing with who could help."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planner.domain.answers import Reply
from planner.domain.expected import NOBODY_ANSWERED, Expected, expected_for
from planner.domain.needs import Need, needs_of
from planner.domain.people import Person
from planner.domain.refusals import Refusal, covered_languages, refusals
from planner.domain.runbook import Runbook
from planner.domain.school import School
from planner.domain.year import Occurrence, PlannedEvent

NAMED = 2  # people a sentence names before it says "en nog 3 anderen"

Lane = tuple[str, str | None, str]  # event, class (None: the whole event) and language that must be interpreted


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEvent:
    """An event with the people it expects and the people it needs."""

    id: str
    title: str
    day: date
    expected: Expected
    needs: tuple[Need, ...]


def staff_event(
    event: PlannedEvent,
    runbook: Runbook,
    school: School,
    occurrence: Occurrence,
    form_id: str | None = None,
    *,
    answers: Mapping[str, Reply] = NOBODY_ANSWERED,
) -> StaffEvent:
    """Return a planned event with its needs; see `needs_of`."""
    return StaffEvent(
        id=event.id,
        title=occurrence.title,
        day=event.span.first,
        expected=expected_for(school, event.pupil_ids, answers),
        needs=needs_of(event, runbook, school, occurrence, form_id, answers=answers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A person for a need. `reason` is a Dutch sentence for who looks at it; a pinned duty stays as it is."""

    need_id: str
    person_id: str
    reason: str = ""
    pinned: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes two duties the same: need and person."""
        return self.need_id, self.person_id


StaffPlan = tuple[Duty, ...]


@dataclass(frozen=True, kw_only=True)
class StaffProblem:
    """Everything that decides who does what in a year.

    `pinned` duties must be in every plan. `told` holds the ids of people who already know what they do, so
    that a repair leaves them alone first. `names` gives the Dutch name of a language code.
    """

    events: tuple[StaffEvent, ...]
    people: tuple[Person, ...]
    school: School
    pinned: StaffPlan = ()
    told: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def needs(self) -> Mapping[str, Need]:
        """Needs by id, in the order of the events."""
        return {need.id: need for event in self.events for need in event.needs}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def lanes(self) -> Mapping[Lane, tuple[Need, ...]]:
        """Every language that must be interpreted somewhere, with the needs that can do it, obliged ones first."""
        found: defaultdict[Lane, list[Need]] = defaultdict(list)
        for need in self.needs.values():
            for lane in lanes_of(need):
                found[lane].append(need)
        return {lane: tuple(sorted(needs, key=lambda need: not need.is_obliged)) for lane, needs in found.items()}

    def known(self, plan: Iterable[Duty]) -> Iterator[tuple[Duty, Need, Person]]:
        """Yield the duties whose need and person exist, with both."""
        for duty in plan:
            if duty.need_id in self.needs and duty.person_id in self.person:
                yield duty, self.needs[duty.need_id], self.person[duty.person_id]


def lanes_of(need: Need) -> tuple[Lane, ...]:
    """Return what an interpreting need can cover."""
    return tuple((need.event_id, need.class_id, code) for code in need.languages)


def covered_lanes(problem: StaffProblem, plan: StaffPlan) -> frozenset[Lane]:
    """Return the languages that somebody in the plan interprets, per event and class."""
    return frozenset(
        (need.event_id, need.class_id, code)
        for _, need, person in problem.known(plan)
        for code in covered_languages(person, need)
    )


def bookings_of(problem: StaffProblem, plan: Iterable[Duty]) -> Mapping[str, list[Need]]:
    """Return the needs each person has in a plan, by person id."""
    found: defaultdict[str, list[Need]] = defaultdict(list)
    for duty, need, _ in problem.known(plan):
        found[duty.person_id].append(need)
    return found


def evenings(bookings: Iterable[Need]) -> int:
    """Return on how many evenings these needs fall; a round of conversations is no evening."""
    return len({need.day for need in bookings if not need.spread})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """People that are missing for a need, and why in plain Dutch: who could help, or why nobody can.

    `language` is set when families of that language would have nobody who interprets.
    """

    need_id: str
    missing: int
    why: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Option:
    """Someone a sentence could name, with the mildest reason why not; None when the task is possible."""

    name: str
    refusal: Refusal | None


def _options(
    problem: StaffProblem, people: Iterable[Person], needs: tuple[Need, ...], bookings: Mapping[str, list[Need]]
) -> list[_Option]:
    """Return everyone who does none of these needs yet, the most promising first."""
    found = []
    for person in people:
        booked = bookings.get(person.id, [])
        if not any(need in booked for need in needs):
            first = [next(refusals(person, need, booked, problem.names), None) for need in needs]
            # A later rule is about a moment, an earlier one about who someone is: the latest is the mildest.
            mildest = max(first, key=lambda refusal: refusal.rule if refusal else "T")
            found.append(_Option(person.name, mildest))
    return sorted(found, key=lambda option: option.refusal.rule if option.refusal else "T", reverse=True)


def _sentence(options: list[_Option], *, opening: str, nobody: str) -> str:
    """Return "Fatima spreekt Arabisch, maar kan niet op dinsdag; Ali kan pas vanaf 19:30." or who is free."""
    free = [option.name for option in options if option.refusal is None][:NAMED]
    if free:
        return f"{' of '.join(free)} kan dit nog doen."
    refused = [(option.name, option.refusal.why) for option in options if option.refusal]
    if not refused:
        return nobody
    if len(refused) > NAMED and all(option.refusal and option.refusal.rule == "S03" for option in options):
        return "Iedereen die dit kan, heeft dan al een taak."
    parts = [f"{name} {why}" for name, why in refused[:NAMED]]
    if opening:
        parts[0] = f"{refused[0][0]} {opening}, maar {refused[0][1]}"
    more = len(refused) - len(parts)
    if more:
        parts.append("nog 1 ander kan ook niet" if more == 1 else f"nog {more} anderen kunnen ook niet")
    return "; ".join(parts) + "."


def _why_language(
    problem: StaffProblem, language: str, needs: tuple[Need, ...], bookings: Mapping[str, list[Need]]
) -> str:
    name = problem.names.get(language, language)
    speakers = (person for person in problem.people if person.interprets(language))
    nobody = f"Niemand van de school spreekt {name}. Vraag een collega van een andere school of een telefonische tolk."
    return _sentence(_options(problem, speakers, needs, bookings), opening=f"spreekt {name}", nobody=nobody)


def _nobody(problem: StaffProblem, need: Need, bookings: Mapping[str, list[Need]]) -> str:
    if need.spread:
        return f"Voor {need.about} is nog geen mentor bekend. Geef de klas een mentor."
    who = "Niemand anders" if any(need in booked for booked in bookings.values()) else "Niemand"
    if need.languages:
        names = " of ".join(problem.names.get(code, code) for code in need.languages)
        return f"{who} met de rol '{need.title}' spreekt {names}. Vraag er iemand bij."
    return f"{who} heeft de rol '{need.title}'. Vraag er iemand bij."


def _why_role(problem: StaffProblem, need: Need, bookings: Mapping[str, list[Need]]) -> str:
    able = [
        person
        for person in problem.people
        if need.role in person.roles
        and (not need.spread or person.class_id == need.class_id)
        and (not need.languages or any(person.interprets(code) for code in need.languages))
    ]
    nobody = _nobody(problem, need, bookings)
    return _sentence(_options(problem, able, (need,), bookings), opening="", nobody=nobody)


def gaps(problem: StaffProblem, plan: StaffPlan) -> tuple[Gap, ...]:
    """Return what a plan still misses: people below a minimum, and languages nobody interprets.

    An optional role has no gap of its own. A language that several roles can interpret is missing once, at
    the first of them; the families are missing there whatever the role asks.
    """
    bookings = bookings_of(problem, plan)
    counts = Counter(duty.need_id for duty, _, _ in problem.known(plan))
    covered = covered_lanes(problem, plan)
    found = []
    for need in problem.needs.values():
        short = 0 if need.optional else max(0, need.minimum - counts[need.id])
        open_lanes = [lane for lane in lanes_of(need) if lane not in covered and problem.lanes[lane][0] is need]
        for _, _, code in open_lanes:
            missing = max(1, short) if need.language else 1
            why = _why_language(problem, code, problem.lanes[need.event_id, need.class_id, code], bookings)
            found.append(Gap(need_id=need.id, missing=missing, why=why, language=code))
        if short and not (need.language and open_lanes):
            found.append(Gap(need_id=need.id, missing=short, why=_why_role(problem, need, bookings)))
    return tuple(found)
