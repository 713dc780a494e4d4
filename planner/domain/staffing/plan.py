"""Who does what: the problem of a year, and a plan for it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from planner.domain.families.answers import Reply
from planner.domain.families.expected import NOBODY_ANSWERED, Expected
from planner.domain.runbook import Runbook
from planner.domain.school import School
from planner.domain.staffing.needs import Gathering, Need, needs_of
from planner.domain.staffing.people import Person
from planner.domain.staffing.posts import class_posts
from planner.domain.staffing.refusals import covered_languages
from planner.domain.year import Occurrence, PlannedEvent

Lane = tuple[str, str | None, str]  # event, class (None: the whole event) and language that must be interpreted


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEvent:
    """An event with the people it expects and the people it needs."""

    id: str
    title: str
    day: date
    expected: Expected
    needs: tuple[Need, ...]


def _as_it_is(need: Need) -> Need:
    return need


def staff_event(
    event: PlannedEvent,
    runbook: Runbook,
    school: School,
    occurrence: Occurrence,
    *,
    dress: Callable[[Need], Need] = _as_it_is,
    answers: Mapping[str, Reply] = NOBODY_ANSWERED,
) -> StaffEvent:
    """Return a planned event with its needs and the posts in its class rooms; see `needs_of` and `class_posts`.

    `dress` gives each need what the draaiboek does not know: its rooms, and whom the school keeps from it.
    """
    gathering = Gathering(event=event, runbook=runbook, school=school, occurrence=occurrence, answers=answers)
    needs = (*needs_of(gathering), *class_posts(gathering))
    return StaffEvent(
        id=event.id,
        title=occurrence.title,
        day=event.span.first,
        expected=gathering.expected,
        needs=tuple(dress(need) for need in needs),
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

    def counting_for(self, need: Need) -> tuple[Need, ...]:
        """Return the needs whose people count for the minimum of a need, itself included.

        Whoever interprets a language counts for everyone who should: instead of a sleutelouder there may be a
        tolk (toolkit).
        """
        if need.language and need.guests:
            return self.lanes[need.event_id, need.class_id, need.language]
        return (need,)

    def short(self, need: Need, counts: Mapping[str, int]) -> int:
        """Return how many people an obliged need is below its minimum; `counts` are people by need id."""
        if need.optional:
            return 0
        return max(0, need.minimum - sum(counts.get(each.id, 0) for each in self.counting_for(need)))

    def known(self, plan: Iterable[Duty]) -> Iterator[tuple[Duty, Need, Person]]:
        """Yield the duties whose need and person exist, with both."""
        for duty in plan:
            if duty.need_id in self.needs and duty.person_id in self.person:
                yield duty, self.needs[duty.need_id], self.person[duty.person_id]


def only_at(problem: StaffProblem, plan: StaffPlan, event_ids: Collection[str]) -> StaffProblem:
    """Return the problem of these events: at every other event everything stays as it is in the plan."""
    others = tuple(duty for duty, need, _ in problem.known(plan) if need.event_id not in event_ids)
    there = Counter(duty.need_id for duty in others)
    events = tuple(
        event
        if event.id in event_ids
        else replace(event, needs=tuple(replace(need, maximum=there[need.id]) for need in event.needs))
        for event in problem.events
    )
    return replace(problem, events=events, pinned=(*problem.pinned, *others))


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
