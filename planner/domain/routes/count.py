"""Count first: can the rounds hold the visits at all, by how much not, and which smallest changes make it fit.

The count is exact. Groups and topics are the two sides of a graph in which a visit is a line; lines can be
dealt over R rounds, without anybody in two places, exactly when no group has more than R lines and no topic
more than R × the groups it takes at once (Kőnig's line colouring theorem). So only numbers have to be compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from planner.domain.routes.rounds import RoundsProblem
from planner.domain.saying import say_list
from planner.domain.year import AMSTERDAM, local

MOST_TRIED = 24  # rounds, rooms or evenings: nobody adds more
LATEST = time(22)  # proposed: no school keeps families later than this
SHORTEST_SESSION = timedelta(minutes=10)  # proposed: less is no visit any more


@dataclass(frozen=True, kw_only=True)
class RoundCount:
    """The numbers that decide whether a plan of rounds exists.

    `capacity` is how many groups each topic takes in one round. `wanted` topics for each of `groups` groups in
    `rounds` rounds; `longest_wait` as in `RoundsProblem`.
    """

    groups: int
    capacity: Mapping[str, int]
    rounds: int
    wanted: int
    longest_wait: int | None = None

    @cached_property
    def asked(self) -> int:
        """How many visits are wanted."""
        return self.groups * self.wanted

    @cached_property
    def places(self) -> int:
        """How many visits all topics can take: none takes a group twice."""
        return sum(min(self.groups, self.rounds * each) for each in self.capacity.values())

    @cached_property
    def possible(self) -> int:
        """How many of the wanted visits can be had at most."""
        return min(self.groups * min(self.wanted, self.rounds), self.places)

    @property
    def missing(self) -> int:
        """How many wanted visits cannot be had."""
        return self.asked - self.possible

    @property
    def too_many_waiting(self) -> int:
        """How many groups have to wait too long at the start, whatever the order."""
        if self.longest_wait is None or self.rounds <= self.longest_wait + 1:
            return 0
        return max(0, self.groups - (self.longest_wait + 1) * sum(self.capacity.values()))

    @property
    def fits(self) -> bool:
        """Whether a plan exists in which every group sees what is wanted."""
        return not self.missing and not self.too_many_waiting

    @property
    def each(self) -> int:
        """The most topics that every group can see."""
        return min(self.rounds, self.places // self.groups) if self.groups else self.wanted


def count_rounds(problem: RoundsProblem) -> RoundCount:
    """Return the numbers of a problem."""
    return RoundCount(
        groups=len(problem.walkers),
        capacity={topic: sum(stop.groups for stop in stops) for topic, stops in problem.topics.items()},
        rounds=len(problem.rounds),
        wanted=problem.wanted,
        longest_wait=problem.longest_wait,
    )


class RepairKind(StrEnum):
    """What can be changed to make a plan fit."""

    FULLER = "fuller groups"
    SHARE = "two groups in a room"
    ROOMS = "more rooms"
    ROUNDS = "more rounds"
    SHORTER = "shorter sessions"
    FEWER = "fewer topics"
    TOPICS = "more topics"
    EVENINGS = "more evenings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change that is enough, and the smallest of its kind; `what` is a Dutch sentence.

    `amount` is the new number of groups, rounds, topics each, session minutes or evenings, or how many rooms
    more; `topics` are the topics it is about, one for each room more. `then` is what has to follow when it is not
    enough on its own.
    """

    kind: RepairKind
    amount: int
    what: str
    topics: tuple[str, ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leeway:
    """What may change: the time there is, the fewest groups that could be made, and rooms that hold two groups.

    `start` and `end` are aware; `gap` is the shortest break between two sessions. `shareable` are topics, one
    for each room in which a second group could be. `evening_groups` are the most groups on one evening when the
    families are divided over two, three … evenings. `can_add_topics` when another topic is one to choose from;
    `at_tables` when a topic is somebody to talk with.
    """

    start: datetime
    end: datetime
    session: timedelta
    gap: timedelta
    fewest_groups: int
    shareable: tuple[str, ...] = ()
    evening_groups: tuple[int, ...] = ()
    can_add_topics: bool = True
    at_tables: bool = False
    topic_name: str = "sector"
    topic_names: str = "sectoren"
    walker_name: str = "groep"
    walker_names: str = "groepen"


def _more(count: RoundCount, order: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the topics of the fewest places more that are enough; none when no number is.

    Each place goes where it gives the most visits, which is best since every next one gives no more; of equal
    topics the one with the fewest places. With
    `order` only these may be used, each once.
    """
    chosen: list[str] = []
    pool = list(order) if order is not None else []
    for _ in range(MOST_TRIED):
        topics = dict.fromkeys(pool) if order is not None else dict.fromkeys(count.capacity)
        if not topics:
            return ()
        best = max(topics, key=lambda topic: (_with(count, topic).places, -count.capacity.get(topic, 0)))
        if order is not None:
            pool.remove(best)
        chosen.append(best)
        count = _with(count, best)
        if count.fits:
            return tuple(chosen)
    return ()


def _with(count: RoundCount, topic: str) -> RoundCount:
    return replace(count, capacity={**count.capacity, topic: count.capacity.get(topic, 0) + 1})


def _fuller(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    for groups in range(count.groups - 1, leeway.fewest_groups - 1, -1):
        if replace(count, groups=groups).fits:
            what = f"Maak {groups} groepen in plaats van {count.groups}. Talen komen dan soms bij elkaar."
            yield Repair(kind=RepairKind.FULLER, amount=groups, what=what)
            return


def _share(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    if topics := _more(count, leeway.shareable):
        word = "het lokaal" if len(topics) == 1 else "de lokalen"
        what = f"Laat twee groepen tegelijk in {word} van {say_list(topics)}. Daar is plaats genoeg."
        yield Repair(kind=RepairKind.SHARE, amount=len(topics), what=what, topics=topics)


def _rooms(count: RoundCount, _: Leeway) -> Iterator[Repair]:
    if topics := _more(count):
        names = say_list([f"{topics.count(topic)} × {topic}" for topic in dict.fromkeys(topics)])
        more = "één lokaal meer" if len(topics) == 1 else f"{len(topics)} lokalen meer"
        yield Repair(kind=RepairKind.ROOMS, amount=len(topics), what=f"Neem {more}: {names}.", topics=topics)


def _topics(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    most = max(MOST_TRIED, count.groups) if leeway.at_tables else MOST_TRIED
    for more in range(1, most + 1) if leeway.can_add_topics else ():
        new = {f"+{number}": 1 for number in range(more)}
        if replace(count, capacity={**count.capacity, **new}).fits:
            yield Repair(kind=RepairKind.TOPICS, amount=more, what=_more_topics(more, leeway))
            return


def _more_topics(more: int, leeway: Leeway) -> str:
    if leeway.at_tables:
        return f"Vraag {'één mens' if more == 1 else f'{more} mensen'} meer om mee te praten, elk aan een eigen tafel."
    name = f"één {leeway.topic_name}" if more == 1 else f"{more} {leeway.topic_names}"
    return f"Zet er {name} bij, elk met een eigen lokaal."


def _rounds(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    for rounds in range(count.rounds + 1, count.rounds + MOST_TRIED + 1):
        if replace(count, rounds=rounds).fits:
            length = rounds * leeway.session + (rounds - 1) * leeway.gap
            later = max(timedelta(), length - (leeway.end - leeway.start)) // timedelta(minutes=1)
            until = max(leeway.end, leeway.start + length).astimezone(AMSTERDAM)
            if until > max(leeway.end, local(leeway.end.astimezone(AMSTERDAM).date(), LATEST)):
                return
            fit = f"Dat duurt {later} minuten langer, tot {until:%H:%M}." if later else "Dat past in de tijd."
            what = f"Doe {rounds} rondes in plaats van {count.rounds}. {fit}"
            yield Repair(kind=RepairKind.ROUNDS, amount=rounds, what=what)
            return


def _shorter(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    minute = timedelta(minutes=1)
    for minutes in range(leeway.session // minute - 1, SHORTEST_SESSION // minute - 1, -1):
        rounds = (leeway.end - leeway.start + leeway.gap) // (minutes * minute + leeway.gap)
        if rounds > count.rounds and replace(count, rounds=rounds).fits:
            now = leeway.session // minute
            fit = f"Dan gaan er {rounds} rondes in dezelfde tijd."
            what = f"Maak elk bezoek {minutes} minuten in plaats van {now}. {fit}"
            yield Repair(kind=RepairKind.SHORTER, amount=minutes, what=what)
            return


def _fewer(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    for wanted in range(count.wanted - 1, 0, -1):
        if replace(count, wanted=wanted).fits:
            yield Repair(kind=RepairKind.FEWER, amount=wanted, what=say_fewer(wanted, count.wanted, leeway))
            return


def say_fewer(wanted: int, now: int, leeway: Leeway) -> str:
    """Return in words that everybody sees `wanted` topics and not as many as `now`."""
    name = leeway.topic_name if wanted == 1 else leeway.topic_names
    verb = "hebben" if leeway.at_tables else "zien"
    return f"Laat elke {leeway.walker_name} {wanted} {name} {verb} in plaats van {now}."


def _evenings(count: RoundCount, leeway: Leeway) -> Iterator[Repair]:
    for evenings, groups in enumerate(leeway.evening_groups, 2):
        if replace(count, groups=groups).fits:
            yield Repair(kind=RepairKind.EVENINGS, amount=evenings, what=say_evenings(evenings, groups, leeway))
            return


def say_evenings(evenings: int, groups: int, leeway: Leeway) -> str:
    """Return in words that the families are divided over so many evenings, of at most `groups` each."""
    word = "een tweede avond" if evenings == 2 else f"{evenings} avonden"  # noqa: PLR2004 - the second one
    who = leeway.walker_name if groups == 1 else leeway.walker_names
    return f"Neem {word}: op elke avond hooguit {groups} {who}."


_KINDS = (_fuller, _share, _rooms, _rounds, _shorter, _fewer, _topics, _evenings)


def repairs_of(count: RoundCount, leeway: Leeway) -> tuple[Repair, ...]:
    """Return the smallest change of each kind that makes the plan fit; none when it fits already.

    A kind that cannot do it alone is not named.
    """
    return () if count.fits else tuple(repair for kind in _KINDS for repair in kind(count, leeway))


def verdict_of(count: RoundCount, leeway: Leeway) -> str:
    """Return what the count says, in one or two sentences."""
    if not count.groups:
        return "Er komen nog geen gezinnen. Zodra zij er zijn, staat hier of het past."
    name = leeway.topic_name if count.wanted == 1 else leeway.topic_names
    who = leeway.walker_name if count.groups == 1 else leeway.walker_names
    ask = f"{count.groups} {who} × {count.wanted} {name} = {_visits(count.asked)}."
    room = count.rounds * sum(count.capacity.values()) if count.fits else count.places
    have = f"Er is plaats voor {_visits(room)} in {count.rounds} {_rounds_word(count.rounds)}."
    if count.fits:
        return f"Het past. {ask} {have}"
    if count.missing:
        short = "is 1 bezoek" if count.missing == 1 else f"zijn {_visits(count.missing)}"
        return f"Het past niet: er {short} te weinig. {ask} {have}"
    late = count.too_many_waiting
    wait = "1 groep moet te lang wachten" if late == 1 else f"{late} groepen moeten te lang wachten"
    return f"Het past niet: {wait}. {ask} {have}"


def _visits(number: int) -> str:
    return "1 bezoek" if number == 1 else f"{number} bezoeken"


def _rounds_word(number: int) -> str:
    return "ronde" if number == 1 else "rondes"
