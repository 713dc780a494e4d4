"""The pupils of the demo school: in classes, with a start, a route and a way onward."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from string import ascii_uppercase

from planner.domain.school import Destination, Pupil, SchoolClass
from planner.imports.demo.days import DemoYear
from planner.imports.demo.families import Family
from planner.imports.demo.shares import apportion, deal, scaled

CLASS_SIZE = 15
FIRST_PHASE, LAST_PHASE = 1, 2
ROUTES = ((1, 25.0), (2, 45.0), (3, 30.0))
STAYS_LONGER = 0.03  # of the last phase: nobody knows yet when they leave
FEBRUARY_1 = (2, 1)
# When pupils of the first phase started: on the first day, in autumn, in winter, or in last year's spring.
FIRST_PHASE_STARTS = (("first", 26.0), ("autumn", 32.0), ("winter", 20.0), ("spring", 22.0))
DESTINATIONS: dict[int, tuple[tuple[Destination, float], ...]] = {
    1: ((Destination.PRO, 45.0), (Destination.MBO, 55.0)),
    2: ((Destination.VMBO, 50.0), (Destination.MBO, 50.0)),
    3: ((Destination.VMBO, 25.0), (Destination.HAVO_VWO, 35.0), (Destination.MBO, 40.0)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A pupil with the family that is forgotten once the households are made."""

    pupil: Pupil
    family: Family


def draw_classes(size: int) -> tuple[SchoolClass, ...]:
    """Return the classes: half of them, or one more, of phase 1; at least one of each phase."""
    count = max(2, size // CLASS_SIZE)
    of_first = (count + 1) // 2
    return tuple(
        SchoolClass(id=f"k{phase}{_letter(index).lower()}", name=f"{phase}{_letter(index)}", phase=phase)
        for phase, classes in ((FIRST_PHASE, of_first), (LAST_PHASE, count - of_first))
        for index in range(classes)
    )


def enrol(
    families: Sequence[Family], classes: Sequence[SchoolClass], year: DemoYear, rng: Random
) -> tuple[Enrolled, ...]:
    """Return the pupils in class order, numbered `l001`, `l002` and on."""
    children = [(family, child) for family in families for child in range(len(family.children))]
    seats = _seats(len(children), classes, rng)
    routes = deal(rng, len(children), ROUTES)
    starts = _Starts(sum(seat.phase == FIRST_PHASE for seat in seats), year, rng)
    numbers = rng.sample(range(10_000, 100_000), len(children))
    enrolled = []
    for (family, child), seat, route, number in zip(children, seats, routes, numbers, strict=True):
        given, last = family.full_name(child)
        pupil = Pupil(
            id="",
            number=f"{number:06}",
            first_name=given,
            last_name=last,
            class_id=seat.id,
            phase=seat.phase,
            route=route,
            started=starts.of(family, seat.phase),
        )
        enrolled.append(Enrolled(pupil=pupil, family=family))
    return _onward(_numbered(enrolled, classes), year, rng)


def _letter(index: int) -> str:
    letters = len(ascii_uppercase)
    return ascii_uppercase[index % letters] + (str(index // letters + 1) if index >= letters else "")


def _seats(pupils: int, classes: Sequence[SchoolClass], rng: Random) -> list[SchoolClass]:
    sizes = apportion(pupils, [1.0] * len(classes))
    for index in range(0, len(classes) - 1, 2):
        moved = rng.randint(0, 2) if sizes[index] > CLASS_SIZE // 2 else 0
        sizes[index] += moved
        sizes[index + 1] -= moved
    seats = [seat for seat, taken in zip(classes, sizes, strict=True) for _ in range(taken)]
    rng.shuffle(seats)
    return seats


class _Starts:
    """Draws first ISK days; brothers and sisters in the same phase start together."""

    def __init__(self, in_first_phase: int, year: DemoYear, rng: Random) -> None:
        self._rng = rng
        self._year = year
        self._waves = deal(rng, in_first_phase, FIRST_PHASE_STARTS)
        self._known: dict[tuple[Family, int], date] = {}

    def of(self, family: Family, phase: int) -> date:
        drawn = self._first_phase(self._waves.pop()) if phase == FIRST_PHASE else self._last_phase()
        return self._known.setdefault((family, phase), self._year.school_day(drawn))

    def _first_phase(self, wave: str) -> date:
        start, end = self._year.year.start, self._year.year.end
        day = self._rng.randint(0, 69)
        return {
            "first": self._year.first_day,
            "autumn": self._year.first_day + timedelta(days=day),
            "winter": date(end, 1, 4) + timedelta(days=day),
            "spring": date(start, 2, 1) + timedelta(days=day * 2),
        }[wave]

    def _last_phase(self) -> date:
        return self._year.first_day - timedelta(days=self._rng.randint(330, 700))


def _numbered(enrolled: list[Enrolled], classes: Sequence[SchoolClass]) -> list[Enrolled]:
    order = {school_class.id: index for index, school_class in enumerate(classes)}
    enrolled.sort(key=lambda e: (order[e.pupil.class_id], e.pupil.last_name, e.pupil.first_name))
    width = max(3, len(str(len(enrolled))))
    return [
        replace(one, pupil=replace(one.pupil, id=f"l{number:0{width}}")) for number, one in enumerate(enrolled, start=1)
    ]


def _onward(enrolled: list[Enrolled], year: DemoYear, rng: Random) -> tuple[Enrolled, ...]:
    """Give the last phase its transition, and the first pupils of phase 1 one halfway the next year (C10)."""
    size = len(enrolled)
    by_start = sorted(enrolled, key=lambda one: (one.pupil.started, one.pupil.id))
    first = [one.pupil.id for one in by_start if one.pupil.phase == FIRST_PHASE]
    last = [one.pupil.id for one in by_start if one.pupil.phase == LAST_PHASE]
    halfway, next_year = date(year.year.end, *FEBRUARY_1), date(year.year.end + 1, *FEBRUARY_1)
    leaves: dict[str, date | None] = dict.fromkeys(last, year.last_day)
    leaves |= dict.fromkeys(last[: scaled(size, 0.025, least=1, most=20)], halfway)
    leaves |= dict.fromkeys(last[len(last) - round(len(last) * STAYS_LONGER) :], None)
    leaves |= dict.fromkeys(first[: scaled(size, 0.025, least=1, most=20)], next_year)
    return tuple(replace(one, pupil=_leaving(one.pupil, leaves.get(one.pupil.id), rng)) for one in enrolled)


def _leaving(pupil: Pupil, day: date | None, rng: Random) -> Pupil:
    choices = DESTINATIONS[pupil.route]
    drawn = rng.choices([choice for choice, _ in choices], [weight for _, weight in choices])[0]
    knows_where = day is not None and pupil.phase == LAST_PHASE
    return replace(pupil, leaves=day, destination=drawn if knows_where else None)
