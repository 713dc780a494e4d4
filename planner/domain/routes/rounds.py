"""Rounds past stops: who is where in which round, for a carousel, a tour, speed dates and time slots alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import combinations, pairwise
from math import ceil
from typing import Protocol

from planner.domain.rooms.room import Room


class Walker(Protocol):
    """Whoever goes from stop to stop: a group, a family, or one parent."""

    @property
    def id(self) -> str:
        """The id, the same as long as the walker exists."""
        ...

    @property
    def label(self) -> str:
        """The walker for a reader."""
        ...

    @property
    def persons(self) -> int:
        """How many people come along."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place where a walker stays for one round. `topic` is what it is about: two rooms for one sector share it.

    `groups` is how many walkers may be there at once and `seats` how many people; None is no limit.
    """

    id: str
    name: str
    topic: str
    room: Room | None = None
    groups: int = 1
    seats: int | None = None

    @property
    def where(self) -> str:
        """The room for a reader, or the name of the stop when it has no room yet."""
        return self.room.name if self.room else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round; `start` and `end` are aware, and until the next one starts there is time to walk."""

    number: int
    start: datetime
    end: datetime


def rounds_from(start: datetime, number: int, *, session: timedelta, gap: timedelta) -> tuple[Round, ...]:
    """Return so many rounds from a moment on, with `gap` between two of them."""
    step = session + gap
    return tuple(
        Round(number=each + 1, start=start + each * step, end=start + each * step + session) for each in range(number)
    )


def rounds_between(start: datetime, end: datetime, *, session: timedelta, gap: timedelta) -> tuple[Round, ...]:
    """Return as many rounds as fit between two moments, with at least `gap` between two and none after the last.

    The time that is left over makes the gaps longer, in whole minutes (the toolkit's market: 20 minutes a room,
    then the hall).
    """
    number = max(0, (end - start + gap) // (session + gap))
    spare = (end - start - number * session - (number - 1) * gap) // timedelta(minutes=1)
    longer = timedelta(minutes=spare // (number - 1)) if number > 1 else timedelta()
    return rounds_from(start, number, session=session, gap=gap + longer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A walker at a stop in one round. A pinned visit stays as it is."""

    walker: str
    round: int
    stop: str
    pinned: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """What makes two visits the same cell of the plan: walker and round."""
        return self.walker, self.round


Visits = tuple[Visit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """No more than `most` of these walkers at the same time: so many interpreters speak their language."""

    about: str
    walkers: frozenset[str]
    most: int


@dataclass(frozen=True, kw_only=True)
class RoundsProblem:
    """Everything that decides which walker is where in which round.

    `wanted` is how many different topics each walker should see at least. `wishes` gives the wish of a walker
    for a topic (larger is more); what is not named weighs 0. `one_of` names, for a walker, topics of which it
    must see at least one (somebody who speaks the own language), `never` those it must not see (the own child).
    `longest_wait` is the number of rounds in a row that a walker may be without a stop until its last one; None
    is no limit: in the hall of a market there is enough to do.
    """

    walkers: Sequence[Walker]
    stops: tuple[Stop, ...]
    rounds: tuple[Round, ...]
    wanted: int
    wishes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    one_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    never: Mapping[str, frozenset[str]] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    longest_wait: int | None = None
    pinned: Visits = ()

    @cached_property
    def walker(self) -> Mapping[str, Walker]:
        """Walkers by id."""
        return {walker.id: walker for walker in self.walkers}

    @cached_property
    def stop(self) -> Mapping[str, Stop]:
        """Stops by id."""
        return {stop.id: stop for stop in self.stops}

    @cached_property
    def topics(self) -> Mapping[str, tuple[Stop, ...]]:
        """The stops of each topic."""
        found: dict[str, list[Stop]] = {}
        for stop in self.stops:
            found.setdefault(stop.topic, []).append(stop)
        return {topic: tuple(stops) for topic, stops in found.items()}

    @cached_property
    def by_number(self) -> Mapping[int, Round]:
        """Rounds by number."""
        return {each.number: each for each in self.rounds}

    def wish(self, walker_id: str, topic: str) -> int:
        """Return how much a walker wants to see a topic."""
        return self.wishes.get(walker_id, {}).get(topic, 0)

    def may_see(self, walker_id: str, topic: str) -> bool:
        """Return whether nothing forbids a walker this topic."""
        return topic not in self.never.get(walker_id, ())

    def known(self, visits: Iterable[Visit]) -> Iterator[tuple[Visit, Walker, Stop, Round]]:
        """Yield the visits whose walker, stop and round exist, with all three."""
        for visit in visits:
            if visit.walker in self.walker and visit.stop in self.stop and visit.round in self.by_number:
                yield visit, self.walker[visit.walker], self.stop[visit.stop], self.by_number[visit.round]


def can_walk(one: Stop, other: Stop, first: Round, then: Round) -> bool:
    """Return whether there is time to walk from a stop after one round to a stop in a later round."""
    if one.room is None or other.room is None:
        return True
    return timedelta(minutes=one.room.walking_minutes(other.room)) <= then.start - first.end


def far_apart(problem: RoundsProblem) -> tuple[str, ...]:
    """Return a sentence for each two stops between which the shortest break is too short to walk."""
    breaks = list(pairwise(problem.rounds))
    if not breaks:
        return ()
    first, then = min(breaks, key=lambda pair: pair[1].start - pair[0].end)
    found = []
    for one, other in combinations(problem.stops, 2):
        if one.room and other.room and not can_walk(one, other, first, then):
            minutes = ceil(one.room.walking_minutes(other.room))
            far = f"Van {one.where} naar {other.where} is het {minutes} minuten lopen."
            found.append(f"{far} Dat is te ver voor één wissel.")
    return tuple(found)


def seen_topics(problem: RoundsProblem, visits: Visits) -> Mapping[str, frozenset[str]]:
    """Return the different topics each walker sees; a walker without visits sees none."""
    found: dict[str, set[str]] = {walker.id: set() for walker in problem.walkers}
    for _, walker, stop, _ in problem.known(visits):
        found[walker.id].add(stop.topic)
    return {walker_id: frozenset(topics) for walker_id, topics in found.items()}


def missing_visits(problem: RoundsProblem, visits: Visits) -> int:
    """Return how many topics all walkers together see less than wanted."""
    return sum(max(0, problem.wanted - len(topics)) for topics in seen_topics(problem, visits).values())


def missing_own(problem: RoundsProblem, visits: Visits) -> int:
    """Return how many walkers see none of the topics of which they must see one."""
    seen = seen_topics(problem, visits)
    return sum(not seen[walker_id] & topics for walker_id, topics in problem.one_of.items() if walker_id in seen)


def wish_value(problem: RoundsProblem, visits: Visits) -> int:
    """Return how much of the wishes the visits fulfil."""
    seen = seen_topics(problem, visits)
    return sum(problem.wish(walker_id, topic) for walker_id, topics in seen.items() for topic in topics)


def changed_cells(problem: RoundsProblem, old: Visits, new: Visits) -> int:
    """Return how many cells (walker and round) of the old plan's walkers differ in the new one."""
    before, after = ({v.key: v.stop for v in visits if v.walker in problem.walker} for visits in (old, new))
    old_walkers = {walker_id for walker_id, _ in before}
    cells = {*before, *(key for key in after if key[0] in old_walkers)}
    return sum(before.get(key) != after.get(key) for key in cells)


def longest_wait(rounds: Sequence[Round], visited: Iterable[int]) -> int:
    """Return the most rounds in a row without a stop, from the first round until the last stop."""
    there = set(visited)
    longest = run = 0
    for number in (each.number for each in rounds if each.number <= max(there, default=0)):
        run = 0 if number in there else run + 1
        longest = max(longest, run)
    return longest
