"""A small school with every field filled, and a migration of one's own, for the tests of storage."""

import shutil
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from planner.domain.calendar import OpenDay, Period, PeriodKind, SchoolCalendar
from planner.domain.rooms.room import Room
from planner.domain.school import Destination, Household, Pupil, School, SchoolClass
from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.domain.year import Occurrence, PlannedEvent, Span
from planner.storage.db import writing
from planner.storage.schema import MIGRATIONS
from planner.storage.schools import SchoolSettings, save_school

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("event", recreate="auto") as batch:
        batch.alter_column("moment", new_column_name="season", existing_type=sa.String())
        batch.add_column(sa.Column("colour", sa.String(), nullable=True))
    op.execute("DELETE FROM audit")
    {end}
"""


@pytest.fixture
def scripts(tmp_path):
    """Copy the migrations, to add a step to; `add(end)` ends the step with a line of your own."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = max(path.name[:4] for path in (folder / "versions").glob("0*.py"))

    def add(end):
        (folder / "versions" / "9999_extra.py").write_text(STEP.format(head=head, end=end))
        return folder

    return add


@pytest.fixture
def tables():
    """Return a function that tells all that the database itself knows of its tables, constraints and indices."""

    def read(engine):
        if engine.dialect.name == "sqlite":
            query = "SELECT name, sql FROM sqlite_master ORDER BY name, tbl_name"
        else:
            query = """
                SELECT conrelid::regclass::text || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
                  WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL SELECT table_name || ' ' || column_name, concat_ws(' ', data_type,
                  character_maximum_length, is_nullable, column_default) FROM information_schema.columns
                  WHERE table_schema = 'public'
                ORDER BY 1, 2
            """
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query)) if "alembic_version" not in row[0]]

    return read


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
