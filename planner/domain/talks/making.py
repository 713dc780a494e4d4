"""Which talks a round asks for: one for each pupil and household, together or apart as families wish."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from planner.domain.school import Household, Pupil, School
from planner.domain.staffing.needs import DUTCH
from planner.domain.staffing.people import Person
from planner.domain.talks.plan import Talk, TalkTimes, Wish


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Who is invited to a round and who is there for them.

    `mentors` gives the person id of the mentor of a class, `wishes` what a household asks, `missed` the ids of talks
    in which an evening is made up, `guests` the people of the next school by pupil id.
    """

    school: School
    pupil_ids: tuple[str, ...]
    mentors: Mapping[str, str]
    people: Mapping[str, Person]
    times: TalkTimes = field(default_factory=TalkTimes)
    wishes: Mapping[str, Wish] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()
    guests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wish(self, home: Household) -> Wish:
        """Return what a household asks for; nothing when nobody said anything."""
        return self.wishes.get(home.id, Wish())


Homes = tuple[Household, ...]


def _language(homes: Iterable[Household], mentor: Person | None) -> str:
    """Return what must be interpreted: nothing when the mentor speaks it (proposed: a colleague before an outsider)."""
    for home in homes:
        if home.interpreter and home.language != DUTCH and not (mentor and mentor.interprets(home.language)):
            return home.language
    return ""


def _parties(invited: Invited, homes: Homes) -> Iterator[Homes]:
    """Yield who comes together: all households of a pupil, or each alone when one of them asks for that.

    One interpreter speaks one language, so households with two languages come apart too.
    """
    languages = {home.language for home in homes if home.interpreter and home.language != DUTCH}
    if len(homes) > 1 and (len(languages) > 1 or any(invited.wish(home).apart for home in homes)):
        yield from ((home,) for home in homes)
    else:
        yield homes


def _minutes(invited: Invited, talk: Talk) -> int:
    times = invited.times
    base = times.interpreted if talk.language else times.plain
    return base + times.joint * (len(talk.pupil_ids) - 1) + (times.extra if talk.id in invited.missed else 0)


def _talk(invited: Invited, pupils: Sequence[Pupil], homes: Homes) -> Talk:
    first = pupils[0]
    mentors = tuple(dict.fromkeys(m for pupil in pupils if (m := invited.mentors.get(pupil.class_id, ""))))
    names = {each.id: each.name for each in invited.school.classes}
    language = _language(homes, invited.people.get(mentors[0]) if mentors else None)
    return Talk(
        id=f"{first.id}.{homes[0].id}" if homes else first.id,
        pupil_ids=tuple(pupil.id for pupil in pupils),
        household_ids=tuple(home.id for home in homes),
        class_id=first.class_id,
        mentors=mentors,
        minutes=0,
        language=language,
        guests=invited.guests.get(first.id, ()),
        wishes=tuple(
            wish for home in homes if (wish := invited.wish(home)) != Wish(apart=wish.apart, at_once=wish.at_once)
        ),
        about=" en ".join(
            f"{pupil.first_name} {pupil.last_name} ({names.get(pupil.class_id, '')})" for pupil in pupils
        ),
    )


def make_talks(invited: Invited) -> tuple[Talk, ...]:
    """Return the talks in the order of the pupils. A pupil without a household gets one with the mentor alone."""
    homes_of: defaultdict[str, list[Household]] = defaultdict(list)
    for home in invited.school.households:
        for pupil_id in home.pupil_ids:
            homes_of[pupil_id].append(home)
    wanted = set(invited.pupil_ids)
    found: dict[tuple[str, ...], list[Pupil]] = {}
    parties: dict[tuple[str, ...], Homes] = {}
    for pupil in invited.school.pupils:
        if pupil.id in wanted:
            for homes in _parties(invited, tuple(homes_of[pupil.id])):
                is_joint = bool(homes) and all(invited.wish(home).at_once for home in homes)
                key = (*(home.id for home in homes), "" if is_joint else pupil.id)
                found.setdefault(key, []).append(pupil)
                parties[key] = homes
    talks = (_talk(invited, pupils, parties[key]) for key, pupils in found.items())
    return tuple(replace(talk, minutes=_minutes(invited, talk)) for talk in talks)


def sibling_groups(talks: Iterable[Talk]) -> tuple[tuple[str, ...], ...]:
    """Return the talk ids of each household that comes for more than one talk."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for talk in talks:
        for home in talk.household_ids:
            found[home].append(talk.id)
    return tuple(dict.fromkeys(tuple(ids) for ids in found.values() if len(ids) > 1))


def apart_pairs(invited: Invited, talks: Iterable[Talk]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of talks of two households who share a pupil and of whom one does not want to meet the other."""
    of_home: defaultdict[str, list[str]] = defaultdict(list)
    for talk in talks:
        for home_id in talk.household_ids:
            of_home[home_id].append(talk.id)
    homes = [home for home in invited.school.households if home.id in of_home]
    pairs = (
        (one, other)
        for one, other in combinations(homes, 2)
        if not {*one.pupil_ids}.isdisjoint(other.pupil_ids) and (invited.wish(one).apart or invited.wish(other).apart)
    )
    return tuple((a, b) for one, other in pairs for a in of_home[one.id] for b in of_home[other.id] if a != b)
