"""The families of the demo school: their languages, names, children and who looks after those."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from planner.imports.demo.shares import apportion, deal
from planner.imports.demo.tables import Language, Row, languages, surname, table

SIBLING_FAMILIES = 0.07  # of the number of pupils: with two or three children each, some 15 % have a sibling
EVERY_FIFTH = 5  # sibling family has three children
NAME_ATTEMPTS = 30
DUTCH = "nl"


@dataclass(slots=True, kw_only=True, eq=False)
class Family:
    """A family while the school is being drawn, equal to itself only; `children` have a name and are girls or not."""

    language: Language
    name: str
    children: list[tuple[str, bool]]
    form: Row

    def full_name(self, child: int) -> tuple[str, str]:
        """Return the given name and family name of one of the children."""
        given, is_girl = self.children[child]
        return given, surname(self.name, female=is_girl)


def draw_families(size: int, rng: Random) -> list[Family]:
    """Return families with `size` children together; exactly two children share a full name."""
    spoken = languages(size)
    pupils = apportion(size, [language.share for language in spoken])
    sibling_families = apportion(int(size * SIBLING_FAMILIES), pupils)
    sizes = [
        (language, children)
        for language, count, pairs in zip(spoken, pupils, sibling_families, strict=True)
        for children in _family_sizes(count, pairs)
    ]
    forms = deal(rng, len(sizes), [(row, float(row["share"])) for row in table("households")])
    names = _Names(rng)
    families = [names.family(language, children, form) for (language, children), form in zip(sizes, forms, strict=True)]
    _share_a_name(families)
    return families


def _family_sizes(pupils: int, sibling_families: int) -> Iterator[int]:
    left = pupils
    for number in range(min(sibling_families, pupils // 3)):
        children = 3 if number % EVERY_FIFTH == 0 and pupils > EVERY_FIFTH * 2 else 2
        left -= children
        yield children
    yield from [1] * left


class _Names:
    """Draws names so that no two pupils have the same one and no family name is everywhere."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._used: set[tuple[str, str]] = set()
        self._family_names: dict[str, list[str]] = {}

    def family(self, language: Language, children: int, form: Row) -> Family:
        name = self._family_name(language)
        family = Family(language=language, name=name, children=[], form=form)
        for _ in range(children):
            is_girl = self._rng.random() < 0.5  # noqa: PLR2004 - as many girls as boys
            given = self._given_name(language.girls if is_girl else language.boys, name)
            family.children.append((given, is_girl))
        return family

    def _family_name(self, language: Language) -> str:
        left = self._family_names.setdefault(language.code, [])
        if not left:
            left += self._rng.sample(language.families, len(language.families))
        return left.pop()

    def _given_name(self, choices: Sequence[str], family_name: str) -> str:
        given = self._rng.choice(choices)
        for attempt in range(NAME_ATTEMPTS):
            if (given, family_name) not in self._used:
                break
            # A very large school runs out of names; then someone is called by two.
            given = " ".join(self._rng.sample(choices, 1 if attempt < NAME_ATTEMPTS // 2 else 2))
        self._used.add((given, family_name))
        return given


def _share_a_name(families: list[Family]) -> None:
    # Namesakes happen in every school, and a plan that tells pupils apart by name breaks on them.
    only_children = [family for family in families if len(family.children) == 1]
    one, other = next((one, other) for one, other in combinations(only_children, 2) if one.language == other.language)
    other.name, other.children = one.name, list(one.children)
