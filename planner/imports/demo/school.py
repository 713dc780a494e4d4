"""The demo school as a whole: drawn from a seed, so that everybody sees the same one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from random import Random

from planner.domain.calendar import OpenDay, Period
from planner.domain.rooms.room import Room, Spot
from planner.domain.school import School
from planner.domain.staffing.people import Person, PersonKind
from planner.errors import InputError
from planner.imports.demo.building import build_rooms, front_door
from planner.imports.demo.days import demo_year, open_evenings, own_periods
from planner.imports.demo.families import draw_families
from planner.imports.demo.guests import build_partners, build_professionals
from planner.imports.demo.households import draw_households
from planner.imports.demo.persons import Register
from planner.imports.demo.pupils import draw_classes, enrol
from planner.imports.demo.staff import build_staff
from planner.imports.demo.volunteers import build_alumni, build_helpers, build_key_parents

NAME = "ISK De Ankerplaats"
COORDINATOR = "p-marieke"
SMALLEST, LARGEST = 10, 2000
AFTER_LESSONS = time(15, 30)
EVENINGS = dict.fromkeys(range(4), AFTER_LESSONS)  # Monday to Thursday
ROOMS = {"horeca": "r-kook", "techniek": "r-techniek", "sport": "r-gym"}  # where a subject has its own room
FEASTS = ("ramadan", "suikerfeest", "offerfeest", "orthodox-kerst", "orthodox-pasen", "nowruz", "newroz")


@dataclass(frozen=True, kw_only=True)
class DemoSchool:
    """Everything the demo loads. `periods` are the school's own days only; `feasts` are feast ids."""

    school: School
    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    entrance: Spot
    open_days: tuple[OpenDay, ...]
    periods: tuple[Period, ...]
    feasts: tuple[str, ...]
    coordinator: str


def build_demo(*, size: int = 120, seed: int = 1, region: str, label: str) -> DemoSchool:
    """Return a school of `size` pupils in the school year `label`, the same for the same arguments.

    Region and year change dates only, never names. InputError for a size under 10 or over 2000, an
    unknown region, or a school year without known holidays.
    """
    if not SMALLEST <= size <= LARGEST:
        raise InputError(f"Een voorbeeldschool heeft {SMALLEST} tot {LARGEST} leerlingen; {size} kan niet.")
    year = demo_year(region, label)
    classes = draw_classes(size)
    families = draw_families(size, _source(size, seed, "families"))
    enrolled = enrol(families, classes, year, _source(size, seed, "pupils"))
    school = School(
        name=NAME,
        classes=classes,
        pupils=tuple(one.pupil for one in enrolled),
        households=draw_households(enrolled, _source(size, seed, "households")),
        evenings=dict(EVENINGS),
    )
    register = Register({f"{pupil.first_name} {pupil.last_name}" for pupil in school.pupils})
    people = (
        *build_staff(classes, year, register, _source(size, seed, "staff")),
        *build_key_parents(enrolled, year, register, _source(size, seed, "key parents")),
        *build_professionals(len(classes), register),
        *build_alumni(enrolled, register, _source(size, seed, "alumni")),
        *build_partners(register),
        *build_helpers(enrolled, _source(size, seed, "helpers")),
    )
    people = tuple(_with_colleagues(person, people) for person in people)
    periods = own_periods(year)
    rooms = build_rooms(size, len(classes))
    return DemoSchool(
        school=school,
        people=people,
        rooms=rooms,
        entrance=front_door(rooms),
        open_days=open_evenings(year),
        periods=periods,
        feasts=FEASTS,
        coordinator=COORDINATOR,
    )


def _with_colleagues(person: Person, people: Iterable[Person]) -> Person:
    """Return somebody with the room of their subject, and a guest with the teachers of the same work beside them."""
    if "vakdocent" in person.roles:
        return replace(person, rooms=frozenset({ROOMS[person.sector]} if person.sector in ROOMS else ()))
    if person.kind is not PersonKind.PROFESSIONAL:
        return person
    same = (other.id for other in people if "vakdocent" in other.roles and other.sector == person.sector)
    return replace(person, beside=frozenset(same))


def _source(size: int, seed: int, part: str) -> Random:
    # Each part draws from its own source, so that one more sleutelouder leaves every pupil as they were.
    return Random(f"{seed}/{size}/{part}")  # noqa: S311 - invented people need repeatable luck, not secret luck
