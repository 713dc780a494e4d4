"""The households of the demo school: who is invited together, in which language."""

from collections.abc import Sequence
from random import Random

from planner.domain.school import Household
from planner.imports.demo.families import DUTCH, Family
from planner.imports.demo.pupils import Enrolled
from planner.imports.demo.tables import surname, table

NEEDS_INTERPRETER = {DUTCH: 0.0, "en": 0.2}
NEEDS_INTERPRETER_ELSE = 0.6


def draw_households(enrolled: Sequence[Enrolled], rng: Random) -> tuple[Household, ...]:
    """Return one household per family and two where parents live apart, numbered `g001`, `g002` and on."""
    pupils: dict[Family, list[Enrolled]] = {}
    for one in enrolled:
        pupils.setdefault(one.family, []).append(one)
    drawn = []
    for family, members in pupils.items():
        ids = tuple(one.pupil.id for one in members)
        for name, relation in _parties(family, rng):
            drawn.append((name, relation, family, ids))
    width = max(3, len(str(len(drawn))))
    return tuple(
        _household(f"g{number:0{width}}", name, relation, family, ids, rng)
        for number, (name, relation, family, ids) in enumerate(drawn, start=1)
    )


def _parties(family: Family, rng: Random) -> list[tuple[str, str]]:
    name = surname(family.name, female=False)
    if family.form.get("language") == DUTCH:
        name = rng.choice(table("more-staff"))["last"]
    relation, second = family.form["relation"], family.form.get("second")
    if second is None:
        return [(name, relation)]
    others = [other for other in family.language.families if other != family.name]
    return [(surname(rng.choice(others), female=True), relation), (name, second)]


def _household(
    household_id: str, name: str, relation: str, family: Family, pupil_ids: tuple[str, ...], rng: Random
) -> Household:
    language = family.form.get("language", family.language.code)
    return Household(
        id=household_id,
        name=name,
        language=language,
        pupil_ids=pupil_ids,
        adults=int(family.form["adults"]),
        interpreter=rng.random() < NEEDS_INTERPRETER.get(language, NEEDS_INTERPRETER_ELSE),
        relation=relation,
    )
