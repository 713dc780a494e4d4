"""Databases for the tests: every test that asks for one runs on a real SQLite file and on a real PostgreSQL.

Ask for `empty_url` (nothing in it), `database_url` (all tables), `engine` or `session`. A test that needs one kind
only marks itself with `@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)`.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from demoschool import Demo, close, make_demo
from hypothesis import HealthCheck, settings
from postgres import Postgres, running_postgres
from sqlalchemy.orm import Session

from planner.storage.db import open_engine
from planner.storage.schema import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

# No test looks at the clock. A property that needs more or fewer examples says so itself.
settings.register_profile("ours", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """Return the name of a database with all tables, to copy."""
    name = postgres.create_database()
    _make_tables(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with all tables, to copy."""
    path = tmp_path_factory.mktemp("migrated") / "school.sqlite"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def empty_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database without tables."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'school.sqlite'}"
    else:
        with request.getfixturevalue("postgres").fresh_database() as url:
            yield url


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database with all tables and no rows."""
    if database_kind == "sqlite":
        path = tmp_path / "school.sqlite"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
    else:
        template = request.getfixturevalue("migrated_postgres")
        with request.getfixturevalue("postgres").fresh_database(template) as url:
            yield url


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Make the demo school, once; tests ask for `demo`."""
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(made_demo: Demo) -> Iterator[Demo]:
    """Give the demo school as it was made: one application, with its own copy of the database for each test."""
    made_demo.fresh()
    yield made_demo
    close(made_demo.app)


def _make_tables(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
