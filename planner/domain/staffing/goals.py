"""What makes one division of people better than another, counted: the goals of the solvers, in order of weight.

The order is that of the families first: a language that somebody interprets, enough people, wishes, work that is
spread, and a face that a family knows. All weights are proposed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person
from planner.domain.staffing.plan import Duty, Lane, StaffPlan, StaffProblem, bookings_of, covered_lanes
from planner.domain.staffing.refusals import covered_languages

OTHER_CLASS, OTHER_LANGUAGE, ALONE, OTHER_ROOM, OPTIONAL_SHORT, EXTRA, SAME_WEEK = 4, 2, 2, 2, 6, 1, 2
MOST_FLUENT = 6  # understands and speaks, both at 3


class Measure(NamedTuple):
    """A plan in five numbers, the most important first; less is better, and tuples compare as plans do.

    `uncovered` counts pupils whose family nobody interprets for, once for each place and part of an evening;
    `short` people below a minimum; `wishes`, `load` and `faces` see `wish_of`, `load_of` and `links`.
    """

    uncovered: int
    short: int
    wishes: int
    load: int
    faces: int


class Repair(NamedTuple):
    """What a repair of a plan costs before anything else counts; less is better.

    `lost` counts pupils whose family loses the interpreter it had, `missing` people that are missing and were not
    before, `told` tasks given to or taken from somebody who was told, `moved` tasks taken from anybody else.
    """

    lost: int
    missing: int
    told: int
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two evenings after each other for families of one language: `pupils` of them come to both."""

    language: str
    first: str
    then: str
    pupils: int


def lane_pupils(problem: StaffProblem, lane: Lane) -> int:
    """Return how many pupils' families need this language here."""
    return len(dict(problem.lanes[lane][0].guests)[lane[2]])


def wish_of(person: Person, need: Need) -> int:
    """Return how badly a task suits somebody who can do it: 1 is as good as it gets.

    Counted are a class led by somebody else, a language group whose language someone does not speak, a room where
    someone does not belong, and what is missing to be fluent.
    """
    cost = EXTRA
    if need.guests:
        codes = set(need.languages)
        spoken = [skill.understands + skill.speaks for skill in person.skills if skill.language in codes]
        cost += MOST_FLUENT - max(spoken, default=MOST_FLUENT)
    elif need.class_id and person.class_id != need.class_id:
        cost += OTHER_CLASS
    elif need.language and not person.interprets(need.language):
        cost += OTHER_LANGUAGE
    if person.rooms and need.rooms and person.rooms.isdisjoint(room.id for room in need.rooms):
        cost += OTHER_ROOM
    return cost


def load_of(days: Iterable[date]) -> int:
    """Return the weight of somebody's evenings: the square of their number, and more when two are in one week."""
    evenings = set(days)
    weeks = Counter(day.isocalendar()[:2] for day in evenings)
    return len(evenings) ** 2 + SAME_WEEK * sum(number - 1 for number in weeks.values())


def links(problem: StaffProblem) -> tuple[Link, ...]:
    """Return every two evenings after each other at which the same families need a language."""
    found = []
    last: dict[str, tuple[str, frozenset[str]]] = {}
    for event in sorted(problem.events, key=lambda event: (event.day, event.id)):
        pupils: defaultdict[str, set[str]] = defaultdict(set)
        for need in event.needs:
            for code, mine in need.guests:
                pupils[code] |= mine
        for code in sorted(pupils):
            before, known = last.get(code, ("", frozenset()))
            if shared := len(known & pupils[code]):
                found.append(Link(language=code, first=before, then=event.id, pupils=shared))
            last[code] = (event.id, frozenset(pupils[code]))
    return tuple(found)


def faces(problem: StaffProblem, plan: StaffPlan) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return who interprets, by event and language: ids of people."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for _, need, person in problem.known(plan):
        for code in covered_languages(person, need):
            found[need.event_id, code].add(person.id)
    return {key: frozenset(people) for key, people in found.items()}


def _alone(problem: StaffProblem, plan: StaffPlan) -> int:
    """Return how many times somebody is at an evening without any of the colleagues they belong with."""
    there: defaultdict[str, set[str]] = defaultdict(set)
    for _, need, person in problem.known(plan):
        there[need.event_id].add(person.id)
    people = ((problem.person[person_id], mine) for mine in there.values() for person_id in mine)
    return sum(bool(person.beside) and person.beside.isdisjoint(mine) for person, mine in people)


def _wishes(problem: StaffProblem, plan: StaffPlan, counts: Mapping[str, int]) -> int:
    optional = (max(0, need.minimum - counts[need.id]) for need in problem.needs.values() if need.optional)
    suits = sum(wish_of(person, need) for _, need, person in problem.known(plan))
    return suits + OPTIONAL_SHORT * sum(optional) + ALONE * _alone(problem, plan)


def measure(problem: StaffProblem, plan: StaffPlan) -> Measure:
    """Return how good a plan is; two plans compare as their measures do."""
    counts = Counter(duty.need_id for duty, _, _ in problem.known(plan))
    covered, who = covered_lanes(problem, plan), faces(problem, plan)
    none: frozenset[str] = frozenset()
    return Measure(
        uncovered=sum(lane_pupils(problem, lane) for lane in problem.lanes if lane not in covered),
        short=sum(problem.short(need, counts) for need in problem.needs.values()),
        wishes=_wishes(problem, plan, counts),
        load=sum(load_of(need.day for need in mine if not need.spread) for mine in bookings_of(problem, plan).values()),
        faces=sum(
            link.pupils
            for link in links(problem)
            if who.get((link.first, link.language), none).isdisjoint(who.get((link.then, link.language), none))
        ),
    )


def repair(problem: StaffProblem, old: StaffPlan, plan: StaffPlan) -> Repair:
    """Return what repairing `old` into `plan` costs."""
    before, after = ({duty.key for duty, _, _ in problem.known(each)} for each in (old, plan))
    had, has = covered_lanes(problem, old), covered_lanes(problem, plan)
    was, now = (Counter(need_id for need_id, _ in keys) for keys in (before, after))
    return Repair(
        lost=sum(lane_pupils(problem, lane) for lane in problem.lanes if lane in had and lane not in has),
        missing=sum(max(0, problem.short(need, now) - problem.short(need, was)) for need in problem.needs.values()),
        told=sum(person_id in problem.told for _, person_id in before ^ after),
        moved=sum(person_id not in problem.told for _, person_id in before - after),
    )


def moved(old: Iterable[Duty], plan: Iterable[Duty]) -> tuple[tuple[Duty, ...], tuple[Duty, ...]]:
    """Return the duties that a new plan takes away and those that it gives, each in its own order."""
    before, after = tuple(old), tuple(plan)
    return tuple(_without(before, after)), tuple(_without(after, before))


def _without(some: Iterable[Duty], others: Iterable[Duty]) -> Iterator[Duty]:
    keys = {duty.key for duty in others}
    return (duty for duty in some if duty.key not in keys)
