"""Why a person cannot do a task: one short Dutch reason for each rule that stands in the way.

A reason is the end of a sentence that starts with a name ("kan niet op dinsdag"), so that the judge, the
list of gaps and a solver say the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from planner.domain.schoolrules import WEEKDAYS, say_day, say_day_and_month
from planner.domain.staffing.needs import Need, overlap
from planner.domain.staffing.people import Person
from planner.domain.year import AMSTERDAM

SECONDS_AN_HOUR = 3600
SECONDS_A_MINUTE = 60
WALK_ALONG = 2.0  # proposed: minutes from one room to the next that nobody has to plan
# The destinations of 'Verder na de ISK' and the two kinds of school they belong to.
DESTINATIONS = {"mbo": "mbo", "werk": "mbo", "vo": "vo", "vmbo": "vo", "pro": "vo", "havo-vwo": "vo"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule (S01 to S05, S10) that forbids a person a task, and why."""

    rule: str
    why: str


def _words(sector: str) -> frozenset[str]:
    words = frozenset(sector.casefold().replace(",", " ").replace("/", " ").split()) - {"en", "of", "de", "het"}
    return frozenset(DESTINATIONS.get(word, word) for word in words)


def sectors_clash(mine: str | None, asked: str | None) -> bool:
    """Return whether someone of sector `mine` is out of place in sector `asked`.

    One shared word is enough ("horeca" fits "Horeca en recreatie"). A kind of school (mbo, vo) is compared
    only with a kind of school, and nothing clashes with an unknown sector.
    """
    if not mine or not asked:
        return False
    one, other = _words(mine), _words(asked)
    kinds = frozenset(DESTINATIONS.values())
    return bool(one & kinds) == bool(other & kinds) and not one & other


def covered_languages(person: Person, need: Need) -> frozenset[str]:
    """Return the languages of a need that this person interprets, without those where S04 forbids it."""
    if need.together and need.present & person.children:
        return frozenset()
    return frozenset(code for code, pupils in need.guests if person.interprets(code) and pupils - person.children)


def _language_words(need: Need, names: Mapping[str, str]) -> str:
    return " of ".join(names.get(code, code) for code in need.languages)


def _unqualified(person: Person, need: Need, names: Mapping[str, str]) -> Iterator[Refusal]:
    """S01: the role, the language to interpret, the sector."""
    if need.role not in person.roles:
        yield Refusal("S01", f"heeft de rol '{need.title}' niet")
    if need.guests and not any(person.interprets(code) for code in need.languages):
        yield Refusal("S01", f"kan niet tolken in het {_language_words(need, names)}")
    if sectors_clash(person.sector, need.sector):
        yield Refusal("S01", f"hoort bij {person.sector}, niet bij {need.sector}")


def _declined(person: Person, need: Need) -> Iterator[Refusal]:
    """Yield a no to the evening: who said no to one task there is not asked for another one."""
    said = [each.said_on for each in person.declined if each.need_id.partition(":")[0] == need.event_id]
    if said:
        yield Refusal("S02", f"heeft nee gezegd op {say_day_and_month(min(said))}")


def _away(person: Person, need: Need) -> Iterator[Refusal]:
    """S02: may someone be asked, and on this day and at this time? A round of talks finds its own moments."""
    if not person.consent:
        yield Refusal("S02", "heeft nog niet gezegd dat we mogen vragen")
    if need.spread:
        return
    if need.day in person.unavailable:
        yield Refusal("S02", f"kan niet op {say_day(need.day)}")
    elif need.day.weekday() not in person.weekdays:
        yield Refusal("S02", f"kan niet op {WEEKDAYS[need.day.weekday()]}")
    if person.not_before and need.start.astimezone(AMSTERDAM).time() < person.not_before:
        yield Refusal("S02", f"kan pas vanaf {person.not_before:%H:%M}")


def _own_child(person: Person, need: Need) -> Iterator[Refusal]:
    """S04: no interpreting where the own child sits.

    In a group that sits together (a class, a language group with its own evening or room) one own child is
    enough to refuse. Elsewhere the families of a language are spread over rooms and the person can stay out
    of the room of the own child; only when nobody else's child brings the language nothing is left to do.
    """
    if need.interprets and need.together and need.present & person.children:
        yield Refusal("S04", "heeft een eigen kind in deze groep en tolkt daar niet")
    elif any(person.interprets(code) for code in need.languages) and not covered_languages(person, need):
        yield Refusal("S04", "zou alleen voor het eigen kind tolken")


def person_refusals(person: Person, need: Need, names: Mapping[str, str]) -> Iterator[Refusal]:
    """Yield what stands in the way whatever else the person does this year (S01 to S04, S10)."""
    yield from _unqualified(person, need, names)
    yield from _declined(person, need)
    yield from _away(person, need)
    yield from _own_child(person, need)
    if person.class_id in need.led:
        yield Refusal("S03", "is dan bij de eigen klas")
    if person.id in need.barred:
        yield Refusal("S10", "is hier door de school afgehaald")


def hours(needs: Iterable[Need]) -> float:
    """Return the total length of these tasks in hours."""
    return sum((need.end - need.start).total_seconds() for need in needs) / SECONDS_AN_HOUR


def say_hours(number: float) -> str:
    """Return hours as a Dutch reader writes them: "3", "2,5"."""
    return f"{number:g}".replace(".", ",")


def walk_between(one: Need, other: Need) -> float:
    """Return the minutes to walk from one need to the next: between their nearest rooms, 0 as long as none is known."""
    return min((here.walking_minutes(there) for here in one.rooms for there in other.rooms), default=0.0)


def too_far(one: Need, other: Need) -> bool:
    """Return whether one person cannot walk from one of two needs to the other in time.

    Up to `WALK_ALONG` minutes belong to the change of the evening itself: the guests walk then as well.
    """
    first, second = sorted((one, other), key=lambda need: need.start)
    minutes = walk_between(first, second)
    return minutes > WALK_ALONG and (second.start - first.end).total_seconds() / SECONDS_A_MINUTE < minutes


def booking_refusals(
    person: Person, need: Need, bookings: Iterable[Need], names: Mapping[str, str]
) -> Iterator[Refusal]:
    """Yield what stands in the way because of the person's other tasks this year (S03, S05).

    `bookings` are those other tasks. A round of conversations is no evening and clashes with nothing.
    """
    if need.spread:
        return
    others = [other for other in bookings if not other.spread]
    for other in others:
        if overlap(need, other):
            yield Refusal("S03", f"heeft dan al een taak: {other.label(names)}")
        elif too_far(need, other):
            minutes = ceil(walk_between(need, other))
            yield Refusal(
                "S03", f"heeft vlak daarvoor of daarna een taak {minutes} minuten verderop: {other.label(names)}"
            )
    days = {other.day for other in others}
    if len(days | {need.day}) > person.max_evenings:
        number = "avond" if person.max_evenings == 1 else "avonden"
        yield Refusal("S05", f"wil hooguit {person.max_evenings} {number} in een jaar")
    if hours([need, *(other for other in others if other.day == need.day)]) > person.max_hours:
        yield Refusal("S05", f"wil hooguit {say_hours(person.max_hours)} uur op een avond")


def refusals(person: Person, need: Need, bookings: Iterable[Need], names: Mapping[str, str]) -> Iterator[Refusal]:
    """Yield everything that stands in the way of giving this task to this person."""
    yield from person_refusals(person, need, names)
    yield from booking_refusals(person, need, bookings, names)
