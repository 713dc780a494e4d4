"""Feasts that a school can switch on for all its families; what a single family keeps is never stored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, easter
from hijridate import Gregorian, Hijri
from holidays import country_holidays
from pyluach.dates import HebrewDate

from planner.domain.calendar import DAY, Period, PeriodKind
from planner.errors import InputError
from planner.imports.holidays import SchoolYear, school_year

MOON = "±1 dag, maanwaarneming"
EVE = "begint de avond ervoor"
RAMADAN_MONTH, SUGAR_FEAST, SACRIFICE_FEAST = 9, (10, 1), (12, 10)  # month and day, Umm al-Qura
NISAN, TISHRI = 1, 7  # months as pyluach numbers them
HEBREW_OFFSET = {NISAN: 3760, TISHRI: 3761}  # Hebrew year minus civil year in that month
# Lakshmi Puja in India; kept as a table because the package's own one is wrong for 2025 and 2028.
DIWALI = {
    2015: (11, 11), 2016: (10, 30), 2017: (10, 19), 2018: (11, 7), 2019: (10, 27), 2020: (11, 14),
    2021: (11, 4), 2022: (10, 24), 2023: (11, 12), 2024: (10, 31), 2025: (10, 20), 2026: (11, 8),
    2027: (10, 29), 2028: (10, 17), 2029: (11, 5), 2030: (10, 26),
}  # fmt: skip


def available() -> Mapping[str, str]:
    """Return the feasts that can be switched on: id and Dutch name."""
    return {feast_id: feast.name for feast_id, feast in _FEASTS.items()}


def feast_periods(ids: Iterable[str], label: str) -> tuple[Period, ...]:
    """Return the periods of these feasts that touch the school year (1 August to 31 July), in order.

    InputError for an unknown id, and for a year of which a feast's date is not known.
    """
    year = school_year(label)
    periods: list[Period] = []
    for feast_id in dict.fromkeys(ids):
        if feast_id not in _FEASTS:
            raise InputError(f"Feest ‘{feast_id}’ is niet bekend. Kies uit: {', '.join(_FEASTS)}.")
        periods += _touching(_FEASTS[feast_id], year)
    return tuple(sorted(periods, key=lambda period: (period.first, period.name)))


def _touching(feast: "_Feast", year: SchoolYear) -> list[Period]:
    try:
        found = [*feast.in_year(year.start), *feast.in_year(year.end)]
    except KeyError:
        raise InputError(
            f"De datum van {feast.name} in {year.label} is niet bekend. "
            f"Zet dit feest uit en voeg de dag zelf toe aan de kalender."
        ) from None
    return [period for period in found if period.first <= year.last and period.last >= year.first]


def _feast(name: str, first: date, last: date | None = None, about: str = "") -> Period:
    return Period(name=name, first=first, last=last or first, kind=PeriodKind.FEAST, about=about)


def _fixed(name: str, month: int, day: int) -> Callable[[int], tuple[Period, ...]]:
    return lambda year: (_feast(name, date(year, month, day)),)


# ---- Islamic calendar: hijridate follows Umm al-Qura, which local sightings may differ from by a day ----


def _hijri_years(year: int) -> range:
    first = Gregorian(year, 1, 1).to_hijri().year
    return range(first, Gregorian(year, 12, 31).to_hijri().year + 1)


def _civil(hijri_year: int, month: int, day: int) -> date:
    return date.fromordinal(Hijri(hijri_year, month, day).to_gregorian().toordinal())


def _ramadan(year: int) -> tuple[Period, ...]:
    runs = ((_civil(y, RAMADAN_MONTH, 1), _civil(y, *SUGAR_FEAST) - DAY) for y in _hijri_years(year))
    return tuple(
        Period(name="Ramadan", first=first, last=last, kind=PeriodKind.RAMADAN, about=MOON)
        for first, last in runs
        if first.year == year
    )


def _islamic(name: str, month: int, day: int) -> Callable[[int], tuple[Period, ...]]:
    def in_year(year: int) -> tuple[Period, ...]:
        days = (_civil(hijri_year, month, day) for hijri_year in _hijri_years(year))
        return tuple(_feast(name, feast_day, about=MOON) for feast_day in days if feast_day.year == year)

    return in_year


# ---- Eastern churches, new year in spring, Jewish and Indian feasts ----


def _orthodox_easter(year: int) -> tuple[Period, ...]:
    sunday = easter(year, EASTER_ORTHODOX)
    return (
        _feast("Orthodoxe Goede Vrijdag", sunday - timedelta(days=2)),
        _feast("Orthodox Pasen", sunday, sunday + DAY, about="zondag en maandag"),
    )


def _ethiopian(name: str, listed_as: str) -> Callable[[int], tuple[Period, ...]]:
    def in_year(year: int) -> tuple[Period, ...]:
        # The package moves the days in Ethiopian leap years; a bare Coptic conversion does not.
        found = country_holidays("ET", years=year, language="en_US").get_named(listed_as, lookup="exact")
        return tuple(_feast(name, day) for day in found)

    return in_year


def _nowruz(year: int) -> tuple[Period, ...]:
    found = country_holidays("IR", years=year, language="en_US").get_named("Nowruz", lookup="exact")
    return tuple(_feast("Nowruz", day) for day in found)


def _hebrew(civil_year: int, month: int, day: int) -> date:
    found: date = HebrewDate(civil_year + HEBREW_OFFSET[month], month, day).to_pydate()
    return found


def _jewish(year: int) -> tuple[Period, ...]:
    # Each run starts one day early: the day begins at sunset, so the evening before counts.
    runs = (
        ("Pesach", _hebrew(year, NISAN, 15), _hebrew(year, NISAN, 16)),
        ("Pesach, laatste dagen", _hebrew(year, NISAN, 21), _hebrew(year, NISAN, 22)),
        ("Rosj Hasjana", _hebrew(year, TISHRI, 1), _hebrew(year, TISHRI, 2)),
        ("Jom Kipoer", _hebrew(year, TISHRI, 10), _hebrew(year, TISHRI, 10)),
    )
    return tuple(_feast(name, first - DAY, last, about=EVE) for name, first, last in runs)


def _diwali(year: int) -> tuple[Period, ...]:
    return (_feast("Diwali", date(year, *DIWALI[year])),)


@dataclass(frozen=True, slots=True)
class _Feast:
    """A feast: its Dutch name and the periods that begin in a civil year."""

    name: str
    in_year: Callable[[int], tuple[Period, ...]]


_FEASTS = {
    "ramadan": _Feast("Ramadan", _ramadan),
    "suikerfeest": _Feast("Suikerfeest", _islamic("Suikerfeest", *SUGAR_FEAST)),
    "offerfeest": _Feast("Offerfeest", _islamic("Offerfeest", *SACRIFICE_FEAST)),
    "orthodox-kerst": _Feast("Orthodox Kerst", _fixed("Orthodox Kerst", 1, 7)),
    "orthodox-pasen": _Feast("Orthodox Pasen", _orthodox_easter),
    "oekraiens-kerst": _Feast("Oekraïens Kerst", _fixed("Oekraïens Kerst", 12, 25)),
    "genna": _Feast("Genna (Kerst in Ethiopië en Eritrea)", _ethiopian("Genna", "Christmas Day")),
    "timkat": _Feast("Timkat (Driekoningen in Ethiopië en Eritrea)", _ethiopian("Timkat", "Epiphany")),
    "meskel": _Feast("Meskel (Ethiopië en Eritrea)", _ethiopian("Meskel", "Finding of True Cross")),
    "enkutatash": _Feast("Enkutatash (Ethiopisch nieuwjaar)", _ethiopian("Enkutatash", "Ethiopian New Year")),
    "nowruz": _Feast("Nowruz (Iran en Afghanistan)", _nowruz),
    "newroz": _Feast("Newroz (Koerdisch nieuwjaar)", _fixed("Newroz", 3, 21)),
    "joods": _Feast("Joodse feesten (Rosj Hasjana, Jom Kipoer, Pesach)", _jewish),
    "diwali": _Feast("Diwali", _diwali),
}
