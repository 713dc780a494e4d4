from datetime import date

import pytest

from planner.domain.calendar import Period, PeriodKind, SchoolCalendar
from planner.errors import InputError
from planner.imports.holidays import (
    REGIONS,
    available_years,
    memorial_days,
    periods_between,
    school_periods,
    school_year,
    year_bounds,
)

# Regeling vaststelling schoolvakanties 2025-2030: year, holiday, then first and last day in Noord, Midden, Zuid.
PUBLISHED = """
2025-2026 Herfst    2025-10-18 2025-10-26  2025-10-18 2025-10-26  2025-10-11 2025-10-19
2025-2026 Kerst     2025-12-20 2026-01-04  2025-12-20 2026-01-04  2025-12-20 2026-01-04
2025-2026 Voorjaars 2026-02-21 2026-03-01  2026-02-14 2026-02-22  2026-02-14 2026-02-22
2025-2026 Mei       2026-04-25 2026-05-03  2026-04-25 2026-05-03  2026-04-25 2026-05-03
2025-2026 Zomer     2026-07-04 2026-08-16  2026-07-18 2026-08-30  2026-07-11 2026-08-23
2026-2027 Herfst    2026-10-10 2026-10-18  2026-10-17 2026-10-25  2026-10-17 2026-10-25
2026-2027 Kerst     2026-12-19 2027-01-03  2026-12-19 2027-01-03  2026-12-19 2027-01-03
2026-2027 Voorjaars 2027-02-20 2027-02-28  2027-02-20 2027-02-28  2027-02-13 2027-02-21
2026-2027 Mei       2027-04-24 2027-05-02  2027-04-24 2027-05-02  2027-04-24 2027-05-02
2026-2027 Zomer     2027-07-10 2027-08-22  2027-07-17 2027-08-29  2027-07-24 2027-09-05
2027-2028 Herfst    2027-10-16 2027-10-24  2027-10-16 2027-10-24  2027-10-23 2027-10-31
2027-2028 Kerst     2027-12-25 2028-01-09  2027-12-25 2028-01-09  2027-12-25 2028-01-09
2027-2028 Voorjaars 2028-02-19 2028-02-27  2028-02-26 2028-03-05  2028-02-26 2028-03-05
2027-2028 Mei       2028-04-29 2028-05-07  2028-04-29 2028-05-07  2028-04-29 2028-05-07
2027-2028 Zomer     2028-07-15 2028-08-27  2028-07-08 2028-08-20  2028-07-22 2028-09-03
2028-2029 Herfst    2028-10-14 2028-10-22  2028-10-21 2028-10-29  2028-10-21 2028-10-29
2028-2029 Kerst     2028-12-23 2029-01-07  2028-12-23 2029-01-07  2028-12-23 2029-01-07
2028-2029 Voorjaars 2029-02-17 2029-02-25  2029-02-17 2029-02-25  2029-02-10 2029-02-18
2028-2029 Mei       2029-04-28 2029-05-06  2029-04-28 2029-05-06  2029-04-28 2029-05-06
2028-2029 Zomer     2029-07-21 2029-09-02  2029-07-07 2029-08-19  2029-07-14 2029-08-26
2029-2030 Herfst    2029-10-20 2029-10-28  2029-10-20 2029-10-28  2029-10-13 2029-10-21
2029-2030 Kerst     2029-12-22 2030-01-06  2029-12-22 2030-01-06  2029-12-22 2030-01-06
2029-2030 Voorjaars 2030-02-16 2030-02-24  2030-02-23 2030-03-03  2030-02-23 2030-03-03
2029-2030 Mei       2030-04-27 2030-05-05  2030-04-27 2030-05-05  2030-04-27 2030-05-05
2029-2030 Zomer     2030-07-20 2030-09-01  2030-07-13 2030-08-25  2030-07-06 2030-08-18
"""
YEARS = ("2025-2026", "2026-2027", "2027-2028", "2028-2029", "2029-2030")


def published(region: str, label: str) -> list[tuple[str, date, date]]:
    column = 2 + 2 * REGIONS.index(region)
    rows = [line.split() for line in PUBLISHED.strip().splitlines()]
    return [
        (f"{row[1]}vakantie", *(date.fromisoformat(day) for day in row[column : column + 2]))
        for row in rows
        if row[0] == label
    ]


def named(periods: tuple[Period, ...], name: str) -> list[date]:
    return [period.first for period in periods if period.name == name]


@pytest.mark.parametrize("label", YEARS)
@pytest.mark.parametrize("region", REGIONS)
def test_school_holidays_are_the_published_ones(region, label):
    periods = school_periods(region, label)

    first = school_year(label).first
    found = [
        (period.name, period.first, period.last)
        for period in periods
        if period.kind is PeriodKind.HOLIDAY and period.first > first
    ]
    assert found == published(region, label)


def test_school_holidays_run_from_saturday_to_sunday():
    holidays = [p for region in REGIONS for year in YEARS for p in school_periods(region, year)]

    weekdays = {(p.first.weekday(), p.last.weekday()) for p in holidays if p.kind is PeriodKind.HOLIDAY}
    assert weekdays == {(5, 6)}


def test_school_periods_reach_back_to_january_before_the_year():
    periods = school_periods("Noord", "2026-2027")

    before = [(p.name, p.first, p.last) for p in periods if p.kind is PeriodKind.HOLIDAY and p.first < date(2026, 8, 1)]
    kerst, *later = published("Noord", "2025-2026")[1:]
    assert before == [kerst, *later]


def test_school_periods_end_with_the_summer_after_the_year():
    assert school_periods("Zuid", "2026-2027")[-1] == Period(
        name="Zomervakantie", first=date(2027, 7, 24), last=date(2027, 9, 5), kind=PeriodKind.HOLIDAY
    )


def test_school_periods_stand_in_order():
    periods = school_periods("Midden", "2027-2028")

    assert [p.first for p in periods] == sorted(p.first for p in periods)


def test_bevrijdingsdag_is_there_every_year_and_is_the_schools_choice():
    periods = [p for year in YEARS for p in school_periods("Noord", year) if p.name == "Bevrijdingsdag"]

    assert {(p.first.month, p.first.day, p.kind, p.about) for p in periods} == {
        (5, 5, PeriodKind.PUBLIC, "keuze van de school")
    }
    assert {p.first.year for p in periods} == set(range(2025, 2031))


def test_public_days_are_those_of_the_year():
    periods = school_periods("Midden", "2026-2027")

    public = [(p.name, p.first) for p in periods if p.kind is PeriodKind.PUBLIC and p.first.year == 2027]
    assert public == [
        ("Nieuwjaarsdag", date(2027, 1, 1)),
        ("Goede Vrijdag", date(2027, 3, 26)),
        ("Eerste paasdag", date(2027, 3, 28)),
        ("Tweede paasdag", date(2027, 3, 29)),
        ("Koningsdag", date(2027, 4, 27)),
        ("Bevrijdingsdag", date(2027, 5, 5)),
        ("Hemelvaartsdag", date(2027, 5, 6)),
        ("Eerste pinksterdag", date(2027, 5, 16)),
        ("Tweede pinksterdag", date(2027, 5, 17)),
    ]


def test_two_public_days_on_one_date_are_both_named():
    on_5_may = [p.name for p in periods_between("Noord", date(2016, 5, 5), date(2016, 5, 5))]

    assert sorted(on_5_may) == ["Bevrijdingsdag", "Hemelvaartsdag", "Meivakantie"]


def test_the_friday_after_hemelvaart_is_left_to_the_school():
    assert not [p for p in school_periods("Noord", "2026-2027") if date(2027, 5, 7) in p]


@pytest.mark.parametrize(
    ("region", "first_day", "last_day"),
    [
        ("Noord", date(2026, 8, 17), date(2027, 7, 9)),
        ("Midden", date(2026, 8, 31), date(2027, 7, 16)),
        ("Zuid", date(2026, 8, 24), date(2027, 7, 23)),
    ],
)
def test_year_bounds_are_the_school_days_between_the_summers(region, first_day, last_day):
    assert year_bounds(region, "2026-2027") == (first_day, last_day)


def test_periods_fit_the_school_calendar():
    first_day, last_day = year_bounds("Noord", "2026-2027")

    calendar = SchoolCalendar(
        label="2026-2027",
        first_day=first_day,
        last_day=last_day,
        periods=school_periods("Noord", "2026-2027"),
    )

    assert calendar.before_summer(first_day) == date(2026, 7, 3)
    assert calendar.free_because(date(2026, 10, 14)) == "Herfstvakantie"


def test_school_year_knows_its_legal_bounds():
    year = school_year(" 2026-2027 ")

    assert (year.label, year.first, year.last) == ("2026-2027", date(2026, 8, 1), date(2027, 7, 31))


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("2026-2028", "‘2026-2028’ is geen schooljaar. Op 2026 volgt 2027: 2026-2027."),
        ("2027-2026", "‘2027-2026’ is geen schooljaar. Op 2027 volgt 2028: 2027-2028."),
        ("26-27", "‘26-27’ is geen schooljaar. Schrijf het als 2026-2027."),
        ("2026/2027", "‘2026/2027’ is geen schooljaar. Schrijf het als 2026-2027."),
        ("٢٠٢٦-٢٠٢٧", "‘٢٠٢٦-٢٠٢٧’ is geen schooljaar. Schrijf het als 2026-2027."),
        ("", "‘’ is geen schooljaar. Schrijf het als 2026-2027."),
        (
            "1926-1927",
            "Schooljaar 1926-1927 is te ver weg. Kies een jaar tussen 2000-2001 en 2070-2071.",
        ),
    ],
)
def test_school_year_refuses_nonsense(label, message):
    with pytest.raises(InputError) as caught:
        school_year(label)

    assert str(caught.value) == message


@pytest.mark.parametrize("label", ["2014-2015", "2030-2031", "2031-2032"])
def test_school_periods_refuse_a_year_without_published_holidays(label):
    with pytest.raises(InputError) as caught:
        school_periods("Noord", label)

    assert str(caught.value) == (
        f"Van schooljaar {label} zijn de schoolvakanties niet bekend. Het kan van 2015-2016 tot en met 2029-2030."
    )


@pytest.mark.parametrize("region", ["Oost", "noord", ""])
def test_school_periods_refuse_another_region(region):
    with pytest.raises(InputError) as caught:
        school_periods(region, "2026-2027")

    assert str(caught.value) == f"Regio ‘{region}’ bestaat niet. Kies Noord, Midden of Zuid."


def test_periods_between_are_empty_when_nothing_is_published():
    found = periods_between("Noord", date(2045, 8, 1), date(2046, 7, 31))

    assert {period.kind for period in found} == {PeriodKind.PUBLIC}


def test_available_years_each_have_all_holidays():
    counts = {
        len([p for p in school_periods(region, year.label) if p.kind is PeriodKind.HOLIDAY])
        for region in REGIONS
        for year in available_years()
    }

    # Kerst, voorjaar, mei and zomer before the year; herfst, kerst, voorjaar, mei and zomer of the year.
    assert counts == {9}


def test_memorial_days_are_those_of_the_year():
    days = memorial_days("2026-2027")

    assert [(p.name, p.first, p.last) for p in days] == [
        ("Sinterklaas", date(2026, 12, 5), date(2026, 12, 5)),
        ("Carnaval", date(2027, 2, 7), date(2027, 2, 9)),
        ("Dodenherdenking", date(2027, 5, 4), date(2027, 5, 4)),
    ]
    assert {p.kind for p in days} == {PeriodKind.MEMORIAL}


def test_carnival_2030_is_in_march():
    assert named(memorial_days("2029-2030"), "Carnaval") == [date(2030, 3, 3)]
