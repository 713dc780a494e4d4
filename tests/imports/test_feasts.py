from datetime import date, timedelta

import pytest

from planner.domain.calendar import Period, PeriodKind
from planner.errors import InputError
from planner.imports.feasts import available, feast_periods

LABELS = tuple(f"{year}-{year + 1}" for year in range(2020, 2030))


def spans(feast: str, *labels: str) -> list[tuple[str, str, str]]:
    return [
        (period.name, period.first.isoformat(), period.last.isoformat())
        for label in labels
        for period in feast_periods([feast], label)
    ]


def first_days(feast: str, name: str, *labels: str) -> list[str]:
    return [first for found, first, _ in spans(feast, *labels) if found == name]


def test_ramadan_is_given_whole():
    assert spans("ramadan", "2025-2026", "2026-2027", "2027-2028", "2028-2029") == [
        ("Ramadan", "2026-02-18", "2026-03-19"),
        ("Ramadan", "2027-02-08", "2027-03-08"),
        ("Ramadan", "2028-01-28", "2028-02-25"),
        ("Ramadan", "2029-01-16", "2029-02-13"),
    ]


def test_ramadan_says_that_the_moon_decides():
    assert feast_periods(["ramadan"], "2026-2027") == (
        Period(
            name="Ramadan",
            first=date(2027, 2, 8),
            last=date(2027, 3, 8),
            kind=PeriodKind.RAMADAN,
            about="±1 dag, maanwaarneming",
        ),
    )


def test_both_ramadans_of_2030_are_found_in_their_own_school_year():
    assert first_days("ramadan", "Ramadan", "2029-2030", "2030-2031") == ["2030-01-05", "2030-12-26"]


def test_suikerfeest_follows_ramadan():
    found = first_days("suikerfeest", "Suikerfeest", "2025-2026", "2026-2027", "2027-2028", "2028-2029")

    assert found == ["2026-03-20", "2027-03-09", "2028-02-26", "2029-02-14"]


def test_offerfeest_is_the_day_itself():
    assert spans("offerfeest", "2025-2026", "2026-2027", "2027-2028") == [
        ("Offerfeest", "2026-05-27", "2026-05-27"),
        ("Offerfeest", "2027-05-16", "2027-05-16"),
        ("Offerfeest", "2028-05-05", "2028-05-05"),
    ]


def test_orthodox_easter_has_its_friday_and_monday():
    assert spans("orthodox-pasen", "2025-2026", "2026-2027", "2027-2028") == [
        ("Orthodoxe Goede Vrijdag", "2026-04-10", "2026-04-10"),
        ("Orthodox Pasen", "2026-04-12", "2026-04-13"),
        ("Orthodoxe Goede Vrijdag", "2027-04-30", "2027-04-30"),
        ("Orthodox Pasen", "2027-05-02", "2027-05-03"),
        ("Orthodoxe Goede Vrijdag", "2028-04-14", "2028-04-14"),
        ("Orthodox Pasen", "2028-04-16", "2028-04-17"),
    ]


def test_nowruz_is_on_the_first_day_of_farvardin():
    found = first_days("nowruz", "Nowruz", *LABELS)

    assert found == [
        "2021-03-21",
        "2022-03-21",
        "2023-03-21",
        "2024-03-20",
        "2025-03-21",
        "2026-03-21",
        "2027-03-21",
        "2028-03-20",
        "2029-03-20",
        "2030-03-21",
    ]


def test_kurdish_newroz_is_always_on_21_march():
    assert {first[5:] for first in first_days("newroz", "Newroz", *LABELS)} == {"03-21"}


@pytest.mark.parametrize(
    ("feast", "name", "expected"),
    [
        ("genna", "Genna", ["2026-01-07", "2027-01-07", "2028-01-07"]),
        ("timkat", "Timkat", ["2026-01-19", "2027-01-19", "2028-01-20"]),
        ("meskel", "Meskel", ["2025-09-27", "2026-09-27", "2027-09-28"]),
        ("enkutatash", "Enkutatash", ["2025-09-11", "2026-09-11", "2027-09-12"]),
        ("orthodox-kerst", "Orthodox Kerst", ["2026-01-07", "2027-01-07", "2028-01-07"]),
        ("oekraiens-kerst", "Oekraïens Kerst", ["2025-12-25", "2026-12-25", "2027-12-25"]),
        ("diwali", "Diwali", ["2025-10-20", "2026-11-08", "2027-10-29"]),
    ],
)
def test_feast_is_on_its_day(feast, name, expected):
    assert first_days(feast, name, "2025-2026", "2026-2027", "2027-2028") == expected


def test_diwali_table_reaches_the_last_published_school_year():
    assert first_days("diwali", "Diwali", "2028-2029", "2029-2030") == ["2028-10-17", "2029-11-05"]


def test_jewish_days_begin_the_evening_before():
    assert spans("joods", "2026-2027") == [
        ("Rosj Hasjana", "2026-09-11", "2026-09-13"),
        ("Jom Kipoer", "2026-09-20", "2026-09-21"),
        ("Pesach", "2027-04-21", "2027-04-23"),
        ("Pesach, laatste dagen", "2027-04-27", "2027-04-29"),
    ]
    assert first_days("joods", "Rosj Hasjana", "2027-2028") == ["2027-10-01"]
    assert first_days("joods", "Jom Kipoer", "2027-2028") == ["2027-10-10"]


def test_every_feast_has_a_name_and_a_day_in_every_year():
    assert [
        (feast, label)
        for feast, name in available().items()
        for label in LABELS
        if not name or not feast_periods([feast], label)
    ] == []


def test_feasts_lie_in_the_school_year_in_order():
    periods = feast_periods(available(), "2026-2027")

    assert all(p.last >= date(2026, 8, 1) and p.first <= date(2027, 7, 31) for p in periods)
    assert [p.first for p in periods] == sorted(p.first for p in periods)
    assert max(p.last - p.first for p in periods) < timedelta(days=30)
    assert {p.kind for p in periods} == {PeriodKind.FEAST, PeriodKind.RAMADAN}


def test_a_feast_asked_twice_is_given_once():
    assert feast_periods(["nowruz", "nowruz"], "2026-2027") == feast_periods(["nowruz"], "2026-2027")


def test_no_feasts_give_no_periods():
    assert feast_periods([], "2026-2027") == ()


def test_an_unknown_feast_is_refused():
    with pytest.raises(InputError) as caught:
        feast_periods(["kerst"], "2026-2027")

    assert str(caught.value).startswith("Feest ‘kerst’ is niet bekend. Kies uit: ramadan, suikerfeest, ")


def test_a_feast_without_a_known_date_is_refused():
    with pytest.raises(InputError) as caught:
        feast_periods(["diwali"], "2035-2036")

    assert str(caught.value) == (
        "De datum van Diwali in 2035-2036 is niet bekend. Zet dit feest uit en voeg de dag zelf toe aan de kalender."
    )


@pytest.mark.parametrize("label", ["2000-2001", "2070-2071"])
def test_calendars_reach_every_school_year_that_can_be_asked(label):
    computed = [feast for feast in available() if feast != "diwali"]

    assert {feast for feast in computed if not feast_periods([feast], label)} == set()
