"""Who is expected at an event: invited pupils with the households that come along, counted in every way a plan asks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.domain.school import Household, School


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a household answered: whether it comes, and with how many, pupils included (None: not said)."""

    comes: bool
    persons: int | None = None


Replies = Mapping[str, Reply]  # by household id; who has not answered is not in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The people of one event: of whom nothing was heard, everyone comes (proposed: better a chair too many).

    `families` counts households with at least one invited pupil, `parents` their adults, `persons` pupils
    and parents together. `per_class` and `language_persons` count persons; a parent with children in two
    classes counts in both, since there must be a chair in both rooms. `per_language` counts families, the
    largest language first; `class_language` counts families for each (class id, language).
    `class_pupils` and `language_pupils` hold the invited pupils themselves.
    """

    families: int
    persons: int
    pupils: int
    parents: int
    per_class: Mapping[str, int]
    per_language: Mapping[str, int]
    language_persons: Mapping[str, int]
    class_language: Mapping[tuple[str, str], int]
    class_pupils: Mapping[str, frozenset[str]]
    language_pupils: Mapping[str, frozenset[str]]


def _class_pupils(school: School, invited: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return the invited pupils of each class that has any, in the school's order of classes."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pupil in school.pupils:
        if pupil.id in invited:
            found[pupil.class_id].add(pupil.id)
    order = {each.id: index for index, each in enumerate(school.classes)}
    ids = sorted(found, key=lambda class_id: (order.get(class_id, len(order)), class_id))
    return {class_id: frozenset(found[class_id]) for class_id in ids}


def _language_pupils(homes: Iterable[Household], invited: frozenset[str]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for home in homes:
        found[home.language] |= invited.intersection(home.pupil_ids)
    return {code: frozenset(pupils) for code, pupils in found.items()}


def _coming(school: School, invited: frozenset[str], replies: Replies) -> tuple[frozenset[str], list[Household]]:
    """Return the pupils and households that come, each household with as many adults as it said.

    A pupil stays away when every household of theirs does.
    """
    asked = [home for home in school.households if invited.intersection(home.pupil_ids)]
    homes, staying, away = [], set[str](), set[str]()
    for home in asked:
        reply, mine = replies.get(home.id), invited.intersection(home.pupil_ids)
        if reply and not reply.comes:
            away |= mine
            continue
        staying |= mine
        persons = reply.persons if reply else None
        homes.append(home if persons is None else replace(home, adults=max(0, persons - len(mine))))
    return invited - (away - staying), homes


def _adults(homes: Iterable[Household]) -> int:
    return sum(home.adults for home in homes)


def expected_for(school: School, pupil_ids: Iterable[str], replies: Replies | None = None) -> Expected:
    """Return who is expected when these pupils are invited. Ids of pupils the school does not know are left out.

    An answer replaces what was expected of a household. A pupil whose parents live apart comes once, with the
    adults of both households. A pupil without a household is counted as a pupil and belongs to no family or
    language.
    """
    known = frozenset(pupil_ids) & {pupil.id for pupil in school.pupils}
    invited, homes = _coming(school, known, replies or {})
    by_class = _class_pupils(school, invited)
    by_language = _language_pupils(homes, invited)
    with_child = {
        class_id: [home for home in homes if pupils.intersection(home.pupil_ids)]
        for class_id, pupils in by_class.items()
    }
    families = sorted(Counter(home.language for home in homes).items(), key=lambda item: (-item[1], item[0]))
    return Expected(
        families=len(homes),
        persons=len(invited) + _adults(homes),
        pupils=len(invited),
        parents=_adults(homes),
        per_class={class_id: len(pupils) + _adults(with_child[class_id]) for class_id, pupils in by_class.items()},
        per_language=dict(families),
        language_persons={
            code: len(by_language[code]) + _adults(home for home in homes if home.language == code)
            for code, _ in families
        },
        class_language=dict(
            Counter((class_id, home.language) for class_id in by_class for home in with_child[class_id])
        ),
        class_pupils=by_class,
        language_pupils=by_language,
    )
