"""A round of conversations: the talks to hold, who can be there, and a plan that gives each a day, a time and people.

Times of day are minutes since midnight on the clock of the school, so that no talk depends on summer time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from math import ceil

from planner.domain.rooms.room import Room
from planner.domain.staffing.people import Person

STEP = 5  # minutes: talks start at five past, ten past and so on
UNKNOWN_WALK = 2  # minutes between rooms of which one is not known; proposed
TOLK, PUPIL_HELPER = "tolk", "fase-2-leerling"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkTimes:
    """How long talks take, in minutes.

    A talk takes `plain` minutes, `interpreted` with an interpreter; `extra` is added when the family missed an
    evening and hears about it now. `pause` lies between two talks of one person, `siblings` is the longest
    wait between talks of brothers and sisters, `apart` the shortest between those of parents who live apart.
    Source: the toolkit names 30 minutes and half an hour extra; the rest is proposed.
    """

    plain: int = 30
    interpreted: int = 45
    extra: int = 30
    pause: int = 5
    siblings: int = 20
    apart: int = 30
    joint: int = 15  # for each further child when brothers and sisters have one talk


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """Minutes of a day in which talks can be: `start` up to `end`."""

    day: date
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a household asks for. `weekdays` (0 is Monday) and times are wishes, empty and None leave it open.

    `apart` is firm: these parents have a talk of their own. `at_once`: one talk for brothers and sisters together.
    """

    weekdays: frozenset[int] = frozenset()
    earliest: int | None = None
    latest: int | None = None
    apart: bool = False
    at_once: bool = False

    @property
    def asks_a_moment(self) -> bool:
        """Whether it says anything about a day or a time."""
        return bool(self.weekdays) or self.earliest is not None or self.latest is not None

    def is_met(self, day: date, start: int, end: int) -> bool:
        """Return whether a talk on this day, from `start` to `end`, is as the family asked."""
        return (
            (not self.weekdays or day.weekday() in self.weekdays)
            and (self.earliest is None or start >= self.earliest)
            and (self.latest is None or end <= self.latest)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation to hold.

    `id` is made of a pupil and a household and stays the same in every plan. `mentors` are person ids, two when
    brothers and sisters of two classes have one talk; empty when a class has no mentor. `language` is what must
    be interpreted, empty when nobody has to. `guests` are people of the next school of whom one may join.
    `wishes` are those of the households.
    """

    id: str
    pupil_ids: tuple[str, ...]
    household_ids: tuple[str, ...]
    class_id: str
    mentors: tuple[str, ...]
    minutes: int
    language: str = ""
    guests: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    about: str = ""  # for a reader: "Amina Haddad (1A)"

    def wishes_missed(self, day: date, start: int) -> int:
        """Return how many of its households get another moment than they asked for."""
        return sum(not wish.is_met(day, start, start + self.minutes) for wish in self.wishes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """When a talk is and who is there besides the mentor. Confirmed by the family or pinned by the school it stays."""

    talk_id: str
    day: date
    start: int
    interpreter_id: str = ""
    guest_id: str = ""
    confirmed: bool = False
    pinned: bool = False

    @property
    def stays(self) -> bool:
        """Whether no plan may move it."""
        return self.confirmed or self.pinned

    @property
    def place(self) -> tuple[date, int, str, str]:
        """What a family or a helper notices of it."""
        return self.day, self.start, self.interpreter_id, self.guest_id


TalkPlan = tuple[Slot, ...]


def minutes_of(at: time) -> int:
    """Return a time of day as minutes since midnight."""
    return at.hour * 60 + at.minute


def say_time(minutes: int) -> str:
    """Return minutes since midnight as a reader writes them: "15:30"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def say_minutes(minutes: int) -> str:
    """Return a length in words: "45 minuten", "2 uur", "2 uur en 15 minuten"."""
    hours, rest = divmod(minutes, 60)
    left = "1 minuut" if rest == 1 else f"{rest} minuten"
    if not hours:
        return left
    return f"{hours} uur en {left}" if rest else f"{hours} uur"


@dataclass(frozen=True, kw_only=True)
class TalkProblem:
    """Everything that decides a round. `fixed` are the slots that stay, `away` who is not there on which day.

    `rooms` gives the room of each mentor by person id, `siblings` groups of talk ids of one household that belong
    next to each other, `apart` pairs of talk ids of parents who do not want to meet. `names` are the Dutch
    names of languages.
    """

    talks: tuple[Talk, ...]
    windows: tuple[Window, ...]
    people: tuple[Person, ...]
    times: TalkTimes = field(default_factory=TalkTimes)
    rooms: Mapping[str, Room] = field(default_factory=dict)
    away: frozenset[tuple[str, date]] = frozenset()
    fixed: TalkPlan = ()
    siblings: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def talk(self) -> Mapping[str, Talk]:
        """Talks by id."""
        return {talk.id: talk for talk in self.talks}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """People by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def mentors(self) -> frozenset[str]:
        """The ids of everybody who leads a talk."""
        return frozenset(mentor for talk in self.talks for mentor in talk.mentors)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the round, in order."""
        return tuple(sorted({window.day for window in self.windows}))

    @cached_property
    def kin(self) -> Mapping[str, tuple[str, ...]]:
        """People of the school who sit in a talk as a parent, by talk id: they are nowhere else then."""
        parents: defaultdict[str, list[str]] = defaultdict(list)
        for person in self.people:
            for child in person.children:
                parents[child].append(person.id)
        return {
            talk.id: tuple(sorted({who for pupil in talk.pupil_ids for who in parents[pupil]} - {*talk.mentors}))
            for talk in self.talks
        }

    def interprets(self, person: Person, talk: Talk) -> bool:
        """Return whether a person may interpret a talk: the role, the language, no pupil and not the own child."""
        return (
            TOLK in person.roles
            and PUPIL_HELPER not in person.roles
            and person.interprets(talk.language)
            and person.children.isdisjoint(talk.pupil_ids)
            and person.id not in talk.mentors
        )

    @cached_property
    def interpreters(self) -> Mapping[str, tuple[str, ...]]:
        """Who may interpret, by talk id, in the order of the people; nobody where nothing is to interpret."""
        able = [person for person in self.people if TOLK in person.roles]
        return {
            talk.id: tuple(person.id for person in able if talk.language and self.interprets(person, talk))
            for talk in self.talks
        }

    def is_in(self, person: Person, day: date) -> bool:
        """Return whether a person can come on a day at all."""
        is_away = day in person.unavailable or (person.id, day) in self.away
        return day.weekday() in person.weekdays and not is_away

    @cached_property
    def open_for(self) -> Mapping[str, tuple[Window, ...]]:
        """The windows of each person, by person id: the round's own, as far as the person can come."""
        return {person.id: tuple(self._mine(person)) for person in self.people}

    def _mine(self, person: Person) -> Iterator[Window]:
        least = minutes_of(person.not_before) if person.not_before else 0
        for window in sorted(self.windows):
            if self.is_in(person, window.day) and least < window.end:
                yield Window(day=window.day, start=max(window.start, least), end=window.end)

    def room_of(self, talk: Talk) -> Room | None:
        """Return where a talk is: with its first mentor."""
        return self.rooms.get(talk.mentors[0]) if talk.mentors else None

    def walk(self, one: Talk, other: Talk) -> int:
        """Return the whole minutes from the room of one talk to that of another."""
        if one.mentors[:1] == other.mentors[:1]:
            return 0
        here, there = self.room_of(one), self.room_of(other)
        return ceil(here.walking_minutes(there)) if here and there else UNKNOWN_WALK

    def gap(self, one: Talk, other: Talk) -> int:
        """Return the minutes one person needs between two talks: a pause, or the way when that is longer."""
        return max(self.times.pause, self.walk(one, other))

    def people_of(self, slot: Slot) -> tuple[str, ...]:
        """Return everybody of the school who is at a talk, parents included."""
        talk = self.talk[slot.talk_id]
        extra = (who for who in (slot.interpreter_id, slot.guest_id) if who)
        return tuple(dict.fromkeys((*talk.mentors, *extra, *self.kin[talk.id])))

    def known(self, plan: Iterable[Slot]) -> Iterator[tuple[Slot, Talk]]:
        """Yield each slot whose talk exists, with that talk."""
        return ((slot, self.talk[slot.talk_id]) for slot in plan if slot.talk_id in self.talk)

    def open_talks(self, plan: Collection[Slot]) -> tuple[Talk, ...]:
        """Return the talks that have no slot."""
        there = {slot.talk_id for slot in plan}
        return tuple(talk for talk in self.talks if talk.id not in there)


def in_order(plan: Iterable[Slot]) -> TalkPlan:
    """Return the slots by day and time."""
    return tuple(sorted(plan, key=lambda slot: (slot.day, slot.start, slot.talk_id)))
