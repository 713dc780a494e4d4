"""The official calendar: school holidays per region, public days, and days on which few parents come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter
from holidays import country_holidays

from planner.domain.calendar import DAY, Period, PeriodKind, SchoolCalendar
from planner.errors import InputError

REGIONS = ("Noord", "Midden", "Zuid")
# What anybody may plan; the tables of the feasts' calendars reach a little further.
EARLIEST_YEAR, LATEST_YEAR = 2000, 2070
AUGUST_1, JULY_31 = (8, 1), (7, 31)  # the legal school year
SUMMER = "Zomervakantie"
CHOICE_OF_SCHOOL = frozenset({"Goede Vrijdag", "Bevrijdingsdag"})
PUBLIC_NAMES = {"Goede vrijdag": "Goede Vrijdag"}


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year, named by the calendar year in which it starts."""

    start: int

    @property
    def end(self) -> int:
        """The calendar year in which the school year ends."""
        return self.start + 1

    @property
    def label(self) -> str:
        """How schools write it: `"2026-2027"`."""
        return f"{self.start}-{self.end}"

    @property
    def first(self) -> date:
        """The first day of the legal school year, 1 August."""
        return date(self.start, *AUGUST_1)

    @property
    def last(self) -> date:
        """The last day of the legal school year, 31 July."""
        return date(self.end, *JULY_31)


def school_year(label: str) -> SchoolYear:
    """Return the school year of a label such as `"2026-2027"`; InputError for anything else."""
    match = re.fullmatch(r"(\d{4})-(\d{4})", label.strip(), re.ASCII)
    if match is None:
        raise InputError(f"‘{label}’ is geen schooljaar. Schrijf het als 2026-2027.")
    start, end = int(match[1]), int(match[2])
    if end != start + 1:
        raise InputError(f"‘{label}’ is geen schooljaar. Op {start} volgt {start + 1}: {start}-{start + 1}.")
    if not EARLIEST_YEAR <= start <= LATEST_YEAR:
        raise InputError(
            f"Schooljaar {label} is te ver weg. Kies een jaar tussen {SchoolYear(EARLIEST_YEAR).label} "
            f"en {SchoolYear(LATEST_YEAR).label}."
        )
    return SchoolYear(start)


def school_periods(region: str, label: str) -> tuple[Period, ...]:
    """Return school holidays and public days from 1 January before the year through the summer after it.

    The months before the year are there because deadlines count back over the summer. A holiday that
    crosses 1 January is given whole. InputError for another region or a year without published holidays.
    The school may change every date: autumn and spring holiday are an advice (rijksoverheid.nl).
    """
    year = _covered_year(region, label)
    summer = next(p for p in _school_holidays(region, (year.end,)) if p.name == SUMMER)
    return periods_between(region, date(year.start, 1, 1), summer.last)


def periods_between(region: str, first: date, last: date) -> tuple[Period, ...]:
    """Return what is known of the holidays and public days that touch `first` to `last`, in order.

    Unlike `school_periods` this does not refuse years that nobody has published yet.
    """
    years = tuple(range(first.year - 1, last.year + 2))
    periods = (*_school_holidays(_checked_region(region), years), *_public_days(years))
    touching = (period for period in periods if period.first <= last and period.last >= first)
    return tuple(sorted(touching, key=lambda period: (period.first, period.kind, period.name)))


def year_bounds(region: str, label: str) -> tuple[date, date]:
    """Return the first school day after the summer holiday and the last one before the next."""
    periods = school_periods(region, label)
    before, after = (period for period in periods if period.name == SUMMER)
    calendar = SchoolCalendar(label=label, first_day=before.last, last_day=after.first, periods=periods)
    return calendar.next_school_day(before.last), calendar.last_school_day_until(after.first - DAY)


def memorial_days(label: str) -> tuple[Period, ...]:
    """Return days with lessons on which an evening for parents is a poor idea, in order.

    Carnival is Sunday to Tuesday, 49 to 47 days before Easter; the southern spring holiday does not
    always hold it.
    """
    year = school_year(label)
    easter_day = easter(year.end)
    carnival = (easter_day - timedelta(days=49), easter_day - timedelta(days=47))
    days = (
        ("Sinterklaas", date(year.start, 12, 5), date(year.start, 12, 5), "pakjesavond"),
        ("Carnaval", *carnival, ""),
        ("Dodenherdenking", date(year.end, 5, 4), date(year.end, 5, 4), "twee minuten stilte om 20.00 uur"),
    )
    return tuple(
        Period(name=name, first=first, last=last, kind=PeriodKind.MEMORIAL, about=about)
        for name, first, last, about in days
    )


def available_years() -> tuple[SchoolYear, ...]:
    """Return the school years of which every school holiday is known, in order."""
    return tuple(SchoolYear(year) for year in _summer_years() if _is_covered(SchoolYear(year)))


@cache
def _summer_years() -> tuple[int, ...]:
    found = _school_holidays(REGIONS[0], range(EARLIEST_YEAR, LATEST_YEAR + 2))
    return tuple(period.first.year for period in found if period.name == SUMMER)


def _is_covered(year: SchoolYear) -> bool:
    # The year before must be known too, or the Christmas holiday would begin on 1 January.
    return {year.start - 1, year.start, year.end} <= set(_summer_years())


def _checked_region(region: str) -> str:
    if region not in REGIONS:
        raise InputError(f"Regio ‘{region}’ bestaat niet. Kies Noord, Midden of Zuid.")
    return region


def _covered_year(region: str, label: str) -> SchoolYear:
    year = school_year(label)
    _checked_region(region)
    if not _is_covered(year):
        known = available_years()
        raise InputError(
            f"Van schooljaar {year.label} zijn de schoolvakanties niet bekend. "
            f"Het kan van {known[0].label} tot en met {known[-1].label}."
        )
    return year


@cache
def _school_holidays(region: str, years: tuple[int, ...] | range) -> tuple[Period, ...]:
    found = country_holidays("NL", years=years, subdiv=region, categories="school", language="nl")
    return tuple(_merged(sorted(found.items())))


def _merged(days: Iterable[tuple[date, str]]) -> list[Period]:
    runs: list[tuple[str, date, date]] = []
    for day, name in days:
        if runs and runs[-1][0] == name and runs[-1][2] + DAY == day:
            runs[-1] = (name, runs[-1][1], day)
        else:
            runs.append((name, day, day))
    return [Period(name=name, first=first, last=last, kind=PeriodKind.HOLIDAY) for name, first, last in runs]


@cache
def _public_days(years: tuple[int, ...]) -> tuple[Period, ...]:
    # Bevrijdingsdag is a public day once in five years only; in between the package calls it optional.
    found = country_holidays("NL", years=years, categories=("public", "optional"), language="nl")
    named = ((day, PUBLIC_NAMES.get(name, name)) for day in sorted(found) for name in found.get_list(day))
    return tuple(
        Period(
            name=name,
            first=day,
            last=day,
            kind=PeriodKind.PUBLIC,
            about="keuze van de school" if name in CHOICE_OF_SCHOOL else "",
        )
        for day, name in named
    )
