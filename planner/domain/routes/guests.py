"""Parents at small tables: speed dates in pairs, and time slots for a talk. Both are rounds past people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.domain.routes.parties import Party
from planner.domain.routes.rounds import Limit, Round, RoundsProblem, Stop, Visits
from planner.domain.staffing.needs import DUTCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """One parent at a speed date, or a whole family in a time slot."""

    id: str
    label: str
    language: str
    party_id: str
    persons: int = 1
    child_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Somebody to talk with. `family` is the pupil it is, or the own children: never a pair with their parents."""

    id: str
    name: str
    languages: frozenset[str]
    family: frozenset[str] = frozenset()


def parents_of(parties: Iterable[Party]) -> tuple[Guest, ...]:
    """Return each parent on their own: the toolkit gives every parent a talk."""
    return tuple(
        Guest(
            id=f"{party.id}/{number}",
            label=f"{party.name} {number}" if party.adults > 1 else party.name,
            language=party.language,
            party_id=party.id,
            child_ids=party.child_ids,
        )
        for party in parties
        for number in range(1, party.adults + 1)
    )


def families_of(parties: Iterable[Party]) -> tuple[Guest, ...]:
    """Return each family as one guest."""
    return tuple(
        Guest(
            id=party.id,
            label=party.name,
            language=party.language,
            party_id=party.id,
            persons=party.persons,
            child_ids=party.child_ids,
        )
        for party in parties
    )


def speed_dates(
    guests: Sequence[Guest], partners: Sequence[Partner], rounds: tuple[Round, ...], *, wanted: int, pinned: Visits = ()
) -> RoundsProblem:
    """Return the problem of a speed date: `wanted` talks for every parent, no pair twice.

    Each parent talks at least once with somebody who speaks the home language, and never with the own child.
    Dutch needs nobody special: everybody at the tables speaks it.
    """
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    for partner in partners:
        for code in partner.languages:
            speakers[code].add(partner.id)
    never = {
        guest.id: frozenset(partner.id for partner in partners if partner.family & guest.child_ids) for guest in guests
    }
    return RoundsProblem(
        walkers=guests,
        stops=tuple(Stop(id=partner.id, name=partner.name, topic=partner.id) for partner in partners),
        rounds=rounds,
        wanted=wanted,
        one_of={
            guest.id: frozenset(speakers[guest.language]) - never[guest.id]
            for guest in guests
            if guest.language != DUTCH
        },
        never={guest_id: topics for guest_id, topics in never.items() if topics},
        pinned=pinned,
    )


def time_slots(
    guests: Sequence[Guest],
    tables: Sequence[tuple[str, str]],
    rounds: tuple[Round, ...],
    *,
    interpreters: Mapping[str, int],
    names: Mapping[str, str],
    pinned: Visits = (),
) -> RoundsProblem:
    """Return the problem of a consultation hour: one slot at one of the `tables` (id and name) for each family.

    `interpreters` is how many people there are for a language: no more of its families at the same time. For a
    language with nobody the families come when there is place. `names` are Dutch language names.
    """
    limits = [
        Limit(about=names.get(code, code), walkers=mine, most=number)
        for code, number in sorted(interpreters.items())
        if number and (mine := frozenset(guest.id for guest in guests if guest.language == code))
    ]
    return RoundsProblem(
        walkers=guests,
        stops=tuple(Stop(id=table_id, name=name, topic=table_id) for table_id, name in tables),
        rounds=rounds,
        wanted=1,
        limits=tuple(limits),
        pinned=pinned,
    )
