"""One activity on several evenings: who comes when. Families stay whole, languages and then classes together."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.domain.school import School
from planner.domain.year import Occurrence

NAMES = ("eerste avond", "tweede avond", "derde avond", "vierde avond")
MOST_EVENINGS = len(NAMES)
_DUTCH = "nl"  # the school's own language
_LATER = re.compile(r"-avond-[2-4]\Z")


def root_of(occurrence_id: str) -> str:
    """Return the id of the whole activity that an evening belongs to; the first evening has the same one."""
    return _LATER.sub("", occurrence_id)


def evening_id(root: str, number: int) -> str:
    """Return the id of an evening. The first keeps that of the whole, and so everything people did for it."""
    return root if number == 1 else f"{root}-avond-{number}"


def _named(title: str, name: str) -> str:
    return f"{title[:-1]}, {name})" if title.endswith(")") else f"{title} ({name})"


def _nameless(title: str) -> str:
    return title.removesuffix(f" ({NAMES[0]})").replace(f", {NAMES[0]})", ")")


@dataclass
class _Evening:
    """An evening in the making: who comes, and how many people of which language and class that is."""

    pupil_ids: set[str] = field(default_factory=set)
    persons: int = 0
    languages: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)

    def add(self, families: Iterable["_Family"]) -> None:
        for each in families:
            self.pupil_ids |= set(each.pupil_ids)
            self.persons += each.persons
            self.languages.add(each.language)
            self.classes.add(each.class_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """Pupils who share a household, and so an evening, with their adults."""

    pupil_ids: tuple[str, ...]
    persons: int
    language: str
    class_id: str


def _families(school: School, pupil_ids: Sequence[str]) -> Iterator[_Family]:
    """Yield the pupils who belong together: through one household, or through two when parents live apart."""
    together: dict[str, frozenset[str]] = {pupil_id: frozenset({pupil_id}) for pupil_id in pupil_ids}
    for home in school.households:
        mine = frozenset[str]().union(*(together[each] for each in home.pupil_ids if each in together))
        together.update(dict.fromkeys(mine, mine))
    adults = Counter[frozenset[str]]()
    for home in school.households:
        for pupils in {together[each] for each in home.pupil_ids if each in together}:
            adults[pupils] += home.adults
    order = {pupil_id: index for index, pupil_id in enumerate(pupil_ids)}
    for pupils in dict.fromkeys(together.values()):
        ids = tuple(sorted(pupils, key=lambda each: order[each]))
        yield _Family(
            pupil_ids=ids,
            persons=len(ids) + adults[pupils],
            language=school.language_of(ids[0]),
            class_id=school.pupil(ids[0]).class_id,
        )


def _chunks(families: Iterable[_Family], goal: float) -> list[list[_Family]]:
    """Return families that had better come together, the largest first: a language, or a part of it.

    Nobody interprets Dutch, so that is divided by class; a language that is too large as well.
    """
    by_language: defaultdict[str, list[_Family]] = defaultdict(list)
    for each in families:
        by_language[each.language].append(each)
    found = []
    for language, mine in by_language.items():
        if language != _DUTCH and _persons(mine) <= goal:
            found.append(mine)
            continue
        by_class: defaultdict[str, list[_Family]] = defaultdict(list)
        for each in mine:
            by_class[each.class_id].append(each)
        for part in by_class.values():
            found += [part] if _persons(part) <= goal else [[each] for each in part]
    return sorted(found, key=lambda mine: (-_persons(mine), mine[0].pupil_ids))


def _persons(families: Iterable[_Family]) -> int:
    return sum(each.persons for each in families)


def divide(
    school: School, pupil_ids: Sequence[str], evenings: int, *, known: Mapping[str, int] | None = None
) -> tuple[tuple[str, ...], ...]:
    """Return the pupils of each evening, in the order given; about as many people on each.

    `known` is the evening (from 0) of who has one: they keep it, with their family, and who is new joins the
    own language and class. The same school gives the same division.
    """
    before = known or {}
    made = [_Evening() for _ in range(evenings)]
    families, fresh = tuple(_families(school, pupil_ids)), []
    for family in families:
        told = [before[each] for each in family.pupil_ids if each in before]
        if told:
            made[min(told)].add([family])
        else:
            fresh.append(family)
    goal = _persons(families) / evenings
    if before:
        for family in fresh:
            min(made, key=lambda one: _strangeness(one, family)).add([family])
    else:
        for chunk in _chunks(fresh, goal):
            min(made, key=lambda one: _crowding(one, chunk, goal)).add(chunk)
    return tuple(tuple(each for each in pupil_ids if each in one.pupil_ids) for one in made)


def _strangeness(evening: _Evening, family: _Family) -> tuple[bool, bool, int]:
    return family.language not in evening.languages, family.class_id not in evening.classes, evening.persons


def _crowding(evening: _Evening, chunk: Sequence[_Family], goal: float) -> tuple[bool, int, int]:
    """Return how badly a chunk suits an evening: too full, then away from its classes, then the fullest."""
    over = evening.persons + _persons(chunk) > goal
    alone = sum(family.class_id not in evening.classes for family in chunk)
    return over, 0 if over else alone, evening.persons


def on_evenings(
    whole: Occurrence, school: School, evenings: int, *, known: Sequence[Occurrence] = ()
) -> tuple[Occurrence, ...]:
    """Return an occurrence on so many evenings; `known` are occurrences as they were planned before."""
    if evenings == 1:
        return (whole,)
    ids = [evening_id(whole.id, number) for number in range(1, evenings + 1)]
    old = {each.id: each for each in known}
    before = {
        pupil_id: index
        for index, each in enumerate(ids)
        if each in old and ids[-1] in old
        for pupil_id in old[each].pupil_ids
    }
    parts = divide(school, whole.pupil_ids, evenings, known=before)
    return tuple(
        replace(whole, id=each, title=_named(whole.title, name), pupil_ids=part)
        for each, name, part in zip(ids, NAMES, parts, strict=False)
    )


def together_again(evenings: Sequence[Occurrence], school: School) -> Occurrence:
    """Return the whole of an occurrence that was on several evenings."""
    coming = {pupil_id for each in evenings for pupil_id in each.pupil_ids}
    pupils = tuple(pupil.id for pupil in school.pupils if pupil.id in coming)
    return replace(evenings[0], title=_nameless(evenings[0].title), pupil_ids=pupils)
