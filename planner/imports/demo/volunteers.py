"""Who knows the home languages from the inside: sleutelouders, former pupils and pupils of phase 2."""

from collections.abc import Sequence
from datetime import date, time
from functools import partial
from random import Random

from planner.domain.staffing.people import Channel, Person, PersonKind, Skill
from planner.imports.demo.days import DemoYear
from planner.imports.demo.families import DUTCH, Family
from planner.imports.demo.persons import Register
from planner.imports.demo.pupils import LAST_PHASE, Enrolled
from planner.imports.demo.shares import apportion, scaled
from planner.imports.demo.tables import Language, surname, table

EVENINGS = (0, 1, 2, 3)
EVERY_FOURTH = 4
MOTHERS = 0.65  # of the sleutelouders
AFTER_WORK = time(19, 0)
CHANNELS = (Channel.APP, Channel.PHONE, Channel.MENTOR, Channel.CHILD)  # how sleutelouders like to be asked


def build_key_parents(
    enrolled: Sequence[Enrolled], year: DemoYear, register: Register, rng: Random
) -> tuple[Person, ...]:
    """Return the sleutelouders: 14 in a school of 120, with a gap for the languages that have none."""
    wanted = max(3, round(14 * (len(enrolled) / 120) ** 0.7))
    present = [one for one in _languages(enrolled) if one[0].has_key_parents]
    # The square root gives small languages a better chance than their number of families alone.
    counts = apportion(wanted, [pupils**0.5 for _, pupils in present])
    spoken = [language for (language, _), count in zip(present, counts, strict=True) for _ in range(count)]
    taken: set[Family] = set()
    return tuple(
        _key_parent(number, language, enrolled, taken, year=year, register=register, rng=rng)
        for number, language in enumerate(spoken)
    )


def build_alumni(enrolled: Sequence[Enrolled], register: Register, rng: Random) -> tuple[Person, ...]:
    """Return former pupils, one for every twenty pupils; they study at the schools around."""
    present = _languages(enrolled)
    counts = apportion(scaled(len(enrolled), 0.05, least=3, most=30), [pupils for _, pupils in present])
    spoken = [language for (language, _), count in zip(present, counts, strict=True) for _ in range(count)]
    schools = table("partners")
    alumni = []
    for number, language in enumerate(spoken):
        name = register.new_name(partial(_alumnus_name, language, rng))
        school = schools[number % len(schools)]
        alumni.append(
            Person(
                id=register.take_id(name),
                name=name,
                kind=PersonKind.ALUMNUS,
                roles=frozenset({"oud-leerling"}),
                skills=(Skill(language=language.code), Skill(language=DUTCH)),
                weekdays=_some_days(rng),
                max_evenings=2,
                sector=school["kind"],
                organisation=school["school"],
            )
        )
    return tuple(alumni)


def build_helpers(enrolled: Sequence[Enrolled], rng: Random) -> tuple[Person, ...]:
    """Return pupils of phase 2 who help at evenings; they tell, and never interpret a conversation."""
    wanted = scaled(len(enrolled), 0.05, least=2, most=40)
    able = [one for one in enrolled if one.pupil.phase == LAST_PHASE and one.pupil.route > 1]
    chosen = sorted(rng.sample(able, min(wanted, len(able))), key=lambda one: one.pupil.id)
    return tuple(
        Person(
            id=f"p-{one.pupil.id}",
            name=f"{one.pupil.first_name} {one.pupil.last_name}",
            kind=PersonKind.VOLUNTEER,
            roles=frozenset({"fase-2-leerling"}),
            skills=(Skill(language=one.family.language.code), Skill(language=DUTCH, reads=2)),
            max_evenings=2,
        )
        for one in chosen
    )


def _languages(enrolled: Sequence[Enrolled]) -> list[tuple[Language, int]]:
    pupils: dict[Language, int] = {}
    for one in enrolled:
        pupils[one.family.language] = pupils.get(one.family.language, 0) + 1
    return sorted(pupils.items(), key=lambda item: (-item[1], item[0].code))


def _parent_name(language: Language, family: str, rng: Random) -> str:
    is_woman = rng.random() < MOTHERS
    given = rng.choice(language.women if is_woman else language.men)
    return f"{given} {surname(family or rng.choice(language.families), female=is_woman)}"


def _alumnus_name(language: Language, rng: Random) -> str:
    is_girl = rng.random() < 0.5  # noqa: PLR2004 - as many girls as boys
    given = rng.choice(language.girls if is_girl else language.boys)
    return f"{given} {surname(rng.choice(language.families), female=is_girl)}"


def _some_days(rng: Random) -> frozenset[int]:
    """Return the days someone can be asked: not the weekend, and often not one of the evenings."""
    return frozenset(range(5)) - frozenset(rng.sample(EVENINGS, rng.randint(0, 1)))


def _own_children(
    number: int, language: Language, enrolled: Sequence[Enrolled], taken: set[Family]
) -> tuple[frozenset[str], str]:
    """Return the children at school of every second sleutelouder, and their family name."""
    if number % 2 == 0:
        return frozenset(), ""
    free = [
        one
        for one in enrolled
        if one.family.language == language
        and one.family not in taken
        and one.family.form["relation"] == "ouders"
        and len(one.family.children) <= 2  # noqa: PLR2004 - someone with more children has no time for this
    ]
    if not free:
        return frozenset(), ""
    # The largest family first: a sleutelouder with two children is the hard case for a plan.
    family = max(free, key=lambda one: len(one.family.children)).family
    taken.add(family)
    return frozenset(one.pupil.id for one in enrolled if one.family is family), family.name


def _key_parent(  # noqa: PLR0913 - everything a sleutelouder's life depends on
    number: int,
    language: Language,
    enrolled: Sequence[Enrolled],
    taken: set[Family],
    *,
    year: DemoYear,
    register: Register,
    rng: Random,
) -> Person:
    children, family = _own_children(number, language, enrolled, taken)
    name = register.new_name(partial(_parent_name, language, family, rng))
    reads = 1 if number % EVERY_FOURTH == EVERY_FOURTH - 1 else 3
    also = (Skill(language=language.also, reads=2),) if language.also else ()
    return Person(
        id=register.take_id(name),
        name=name,
        kind=PersonKind.KEY_PARENT,
        roles=frozenset({"sleutelouder", "tolk"}),
        skills=(
            Skill(language=language.code, reads=reads),
            *also,
            Skill(language=DUTCH, speaks=rng.randint(2, 3), reads=rng.randint(2, 3)),
        ),
        weekdays=_some_days(rng),
        not_before=AFTER_WORK if number % EVERY_FOURTH == 2 else None,  # noqa: PLR2004 - some work until six
        unavailable=_away(number, year, rng),
        max_evenings=rng.randint(2, 4),
        max_hours=rng.choice((2.5, 3.0, 3.0, 4.0)),
        children=children,
        channel=CHANNELS[number % len(CHANNELS)],
    )


def _away(number: int, year: DemoYear, rng: Random) -> frozenset[date]:
    days = rng.sample(year.calendar.school_days(), 3)
    return frozenset(days) if number % EVERY_FOURTH == 0 else frozenset()
