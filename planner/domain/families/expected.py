"""Who is expected at an event: invited pupils with the households that come along, counted in every way a plan asks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.families.answers import Reply
from planner.domain.school import Household, School

NOBODY_ANSWERED: Mapping[str, Reply] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The people of one event, by what families answered.

    Who said nothing counts as coming, with every adult and every invited pupil (proposed: better a chair too
    many). Who cannot come counts nowhere, but classes and languages stay in every mapping, with 0: what was
    planned for them is still known. `invited` is how many persons come when everyone does.

    `families` counts households with at least one invited pupil, `parents` their adults, `persons` pupils
    and parents together. `per_class` and `language_persons` count persons; a parent with children in two
    classes counts in both, since there must be a chair in both rooms. `per_language` counts families, the
    largest language first; `class_language` counts families for each (class id, language). A family that
    asks for an interpreter counts with that language, otherwise with its own. `class_pupils` and
    `language_pupils` hold the invited pupils whose families come, whether or not they come along themselves.
    `coming`, `cannot` and `silent` count families by their answer; `children` are for child care.
    """

    families: int
    persons: int
    pupils: int
    parents: int
    invited: int
    per_class: Mapping[str, int]
    per_language: Mapping[str, int]
    language_persons: Mapping[str, int]
    class_language: Mapping[tuple[str, str], int]
    class_pupils: Mapping[str, frozenset[str]]
    language_pupils: Mapping[str, frozenset[str]]
    coming: int
    cannot: int
    silent: int
    children: int


@dataclass(frozen=True, slots=True)
class _Party:
    """A household as it is expected: `family` are its invited pupils, `along` those who come with the `adults`."""

    language: str
    family: frozenset[str]
    along: frozenset[str]
    adults: int


def _party(home: Household, invited: frozenset[str], reply: Reply | None) -> _Party:
    """Return who of a household comes. Of the number a family gives, at least one is an adult, then its pupils."""
    mine = [pupil_id for pupil_id in home.pupil_ids if pupil_id in invited]
    if reply is None:
        return _Party(home.language, frozenset(mine), frozenset(mine), home.adults)
    along = frozenset(mine[: reply.persons - 1])
    return _Party(reply.interpreter or home.language, frozenset(mine), along, reply.persons - len(along))


def _class_order(school: School, pupils: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return these pupils by class, in the school's order of classes."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    wanted = set(pupils)
    for pupil in school.pupils:
        if pupil.id in wanted:
            found[pupil.class_id].add(pupil.id)
    order = {each.id: index for index, each in enumerate(school.classes)}
    ids = sorted(found, key=lambda class_id: (order.get(class_id, len(order)), class_id))
    return {class_id: frozenset(found[class_id]) for class_id in ids}


def _persons(parties: Iterable[_Party], within: frozenset[str]) -> int:
    """Return how many persons are in one room: the adults, and their pupils of this class or language, once each."""
    found = [party for party in parties if within & party.family]
    along = frozenset[str]().union(*(party.along for party in found)) & within
    return len(along) + sum(party.adults for party in found)


def _class_language(
    classes: Mapping[str, frozenset[str]], homes: Iterable[Household], parties: Iterable[_Party]
) -> dict[tuple[str, str], int]:
    """Return how many families come for each class and language; 0 where they were invited and none does."""
    found = {
        (class_id, home.language): 0
        for class_id, pupils in classes.items()
        for home in homes
        if pupils.intersection(home.pupil_ids)
    }
    for party in parties:
        for class_id in (class_id for class_id, pupils in classes.items() if pupils & party.family):
            found[class_id, party.language] = found.get((class_id, party.language), 0) + 1
    return found


def expected_for(school: School, pupil_ids: Iterable[str], answers: Mapping[str, Reply] = NOBODY_ANSWERED) -> Expected:
    """Return who is expected when these pupils are invited; `answers` are replies by household id.

    Ids of pupils the school does not know are left out. A pupil whose parents live apart comes once, with the
    adults of both households, as long as one of them comes. A pupil without a household is counted as a
    pupil and belongs to no family or language.
    """
    invited = frozenset(pupil_ids) & {pupil.id for pupil in school.pupils}
    homes = [home for home in school.households if invited.intersection(home.pupil_ids)]
    said = {home.id: answers[home.id] for home in homes if home.id in answers}
    cannot = {home_id for home_id, reply in said.items() if not reply.coming}
    parties = [_party(home, invited, said.get(home.id)) for home in homes if home.id not in cannot]
    alone = invited - {pupil_id for home in homes for pupil_id in home.pupil_ids}
    present = alone.union(*(party.family for party in parties))
    along = alone.union(*(party.along for party in parties))
    invited_classes = _class_order(school, invited)
    classes = {class_id: pupils & present for class_id, pupils in invited_classes.items()}
    counts = Counter(dict.fromkeys((home.language for home in homes), 0))
    counts.update(party.language for party in parties)
    languages = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    speaking = {code: [party for party in parties if party.language == code] for code, _ in languages}
    adults = sum(party.adults for party in parties)
    return Expected(
        families=len(parties),
        persons=len(along) + adults,
        pupils=len(along),
        parents=adults,
        invited=len(invited) + sum(home.adults for home in homes),
        per_class={class_id: _persons(parties, pupils) + len(pupils & alone) for class_id, pupils in classes.items()},
        per_language=dict(languages),
        language_persons={code: _persons(mine, present) for code, mine in speaking.items()},
        class_language=_class_language(invited_classes, homes, parties),
        class_pupils=classes,
        language_pupils={
            code: frozenset[str]().union(*(party.family for party in mine)) for code, mine in speaking.items()
        },
        coming=len(said) - len(cannot),
        cannot=len(cannot),
        silent=len(homes) - len(said),
        children=sum(reply.children for reply in said.values() if reply.coming),
    )
