"""A small school with every field filled, for the tests of storage."""

from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest

from planner.domain.calendar import OpenDay, Period, PeriodKind, SchoolCalendar
from planner.domain.people import Person, PersonKind, Skill
from planner.domain.rooms import Room
from planner.domain.school import Destination, Household, Pupil, School, SchoolClass
from planner.domain.year import Occurrence, PlannedEvent, Span
from planner.storage.db import writing
from planner.storage.schools import SchoolSettings, save_school


@pytest.fixture
def now():
    return datetime(2026, 8, 20, 9, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def school():
    return School(
        name="ISK De Brug",
        classes=(SchoolClass(id="1b", name="1B", phase=1), SchoolClass(id="1a", name="1A", phase=1)),
        pupils=(
            Pupil(
                id="p2",
                number="20002",
                first_name="Amina",
                last_name="Ḥusayn",
                class_id="1a",
                phase=1,
                route=2,
                started=date(2025, 9, 1),
                leaves=date(2027, 7, 9),
                destination=Destination.MBO,
            ),
            Pupil(
                id="p1",
                number="20001",
                first_name="欣",
                last_name="王",
                class_id="1b",
                phase=1,
                route=3,
                started=date(2026, 8, 24),
            ),
        ),
        households=(
            Household(id="h2", name="Familie Ḥusayn", language="ar", pupil_ids=("p2", "p1"), interpreter=True),
            Household(id="h1", name="王", language="zh-Hans", pupil_ids=("p1",), adults=2, relation="voogd"),
        ),
        evenings={1: time(18, 30), 3: time(19, 0)},
        market_last_year=False,
        verder_split=3,
    )


@pytest.fixture
def own_period():
    return Period(name="Studiedag", first=date(2026, 11, 5), last=date(2026, 11, 5), kind=PeriodKind.CLOSED)


@pytest.fixture
def calendar(own_period):
    autumn = Period(name="Herfstvakantie", first=date(2026, 10, 17), last=date(2026, 10, 25), kind=PeriodKind.HOLIDAY)
    ramadan = Period(
        name="Ramadan", first=date(2027, 2, 8), last=date(2027, 3, 9), kind=PeriodKind.RAMADAN, about="±1 dag"
    )
    return SchoolCalendar(
        label="2026-2027",
        first_day=date(2026, 8, 31),
        last_day=date(2027, 7, 16),
        periods=(ramadan, autumn, own_period),
        open_days=(
            OpenDay(school="ROC Noord", day=date(2027, 1, 20), sector="mbo", register=True, link="https://x.test/"),
            OpenDay(school="Lyceum", day=date(2027, 1, 15), sector="vo"),
        ),
    )


@pytest.fixture
def people():
    return (
        Person(
            id="sofia",
            name="Sofia",
            kind=PersonKind.KEY_PARENT,
            roles=frozenset({"sleutelouder", "gastvrouw"}),
            skills=(Skill(language="ti", reads=1), Skill(language="ar", understands=2, speaks=1, reads=0)),
            weekdays=frozenset({1, 3}),
            not_before=time(18, 45),
            unavailable=frozenset({date(2026, 12, 1), date(2026, 11, 3)}),
            max_evenings=4,
            max_hours=2.5,
            children=frozenset({"p1", "p2"}),
            organisation="Ouderraad",
        ),
        Person(id="jan", name="Jan", kind=PersonKind.STAFF, roles=frozenset({"mentor"}), class_id="1a", sector="zorg"),
    )


@pytest.fixture
def rooms():
    return (
        Room(id="aula", name="Aula", capacity=200, features=frozenset({"scherm", "hal"}), floor=1, x=1.5, y=0.1),
        Room(id="101", name="Lokaal 101", capacity=24, width=9.25, depth=6.75),
    )


@pytest.fixture
def settings(own_period):
    return SchoolSettings(region="noord", is_demo=True, feasts=("suikerfeest", "pasen"), own_periods=(own_period,))


@pytest.fixture
def stored(session, school, calendar, people, rooms, settings):
    """Put the school in the database."""
    with writing(session):
        save_school(session, school, calendar, people=people, rooms=rooms, settings=settings)
    return SimpleNamespace(school=school, calendar=calendar, people=people, rooms=rooms, settings=settings)


@pytest.fixture
def occurrences():
    return tuple(
        Occurrence(
            id=f"welkom-{code}",
            runbook_id="welkom",
            title=f"Welkom ({code})",
            moment="najaar",
            first=date(2026, 9, 7),
            last=date(2026, 10, 9),
            pupil_ids=("p2", "p1"),
            languages=(code,),
            sector="vo",
        )
        for code in ("ti", "ar", "nl")
    )


@pytest.fixture
def plan(occurrences):
    return tuple(
        PlannedEvent(
            id=occurrence.id,
            runbook_id="welkom",
            span=Span(first=date(2026, 9, 8 + at), last=date(2026, 9, 9 + at)),
            pupil_ids=("p2",),
            reason="Drie weken na de start.",
        )
        for at, occurrence in enumerate(occurrences)
    )
