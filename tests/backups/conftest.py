"""A planned and published school in a backup, put back into a database of either kind for each test."""

import shutil
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from planner.app import create_app
from planner.config import ROOT, Settings
from planner.services import holding, opening
from planner.services.begin import demo
from planner.services.keeping import backups, restoring
from planner.services.signin import accounts
from planner.storage.db import db

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
KEY = "a-key-of-these-tests-that-is-long-enough-0123456789"


def settings_in(folder, url):
    return Settings(
        database_url=url,
        data_dir=folder,
        runbooks_dir=ROOT / "runbooks",
        public_url="http://localhost",
        port=80,
        secret_key=KEY,
        trusted_hosts=("localhost",),
    )


def start(folder, url):
    """Open the database as a program that starts does, and close it again."""
    app = Flask("started")
    try:
        opening.open_database(app, url, backups_dir=folder / "backups", now=NOW)
    finally:
        with app.app_context():
            db.engine.dispose()


@contextmanager
def running(folder, url):
    """Give an application with its workspace, and close every connection afterwards."""
    app = create_app(settings_in(folder, url))
    app.config.update(CLOCK=lambda: NOW, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        try:
            yield SimpleNamespace(app=app, workspace=app.extensions["schakelplan"], url=url, folder=folder)
        finally:
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="session")
def school_zip(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("school")
    url = f"sqlite:///{folder / 'made.sqlite'}"
    with running(folder, url) as school:
        list(demo.make(school.workspace, size=45, seed=1, region="Midden", label="2026-2027", now=NOW))
    backups.make(url, folder / "school.zip", now=NOW)
    return folder / "school.zip"


def restore_for_use(url: str, school_zip: Path) -> None:
    """Put the school in a database and let everybody in again."""
    restoring.restore(url, school_zip, now=NOW)
    with running(school_zip.parent, url) as school:
        holding.release(school.workspace, by="test", now=NOW)
        school.workspace.session.close()


@pytest.fixture(scope="session")
def sqlite_school(school_zip) -> Path:
    """Return the school as a file of SQLite, to copy."""
    path = school_zip.with_name("restored.sqlite")
    restore_for_use(f"sqlite:///{path}", school_zip)
    return path


@pytest.fixture(scope="session")
def postgres_school(postgres, school_zip) -> str:
    """Return the name of a database of PostgreSQL with the school, to copy."""
    name = postgres.create_database()
    restore_for_use(postgres.url(name), school_zip)
    return name


@pytest.fixture
def school_url(database_kind, tmp_path, request):
    if database_kind == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_school"), tmp_path / "school.sqlite")
        yield f"sqlite:///{tmp_path / 'school.sqlite'}"
    else:
        template = request.getfixturevalue("postgres_school")
        with request.getfixturevalue("postgres").fresh_database(template) as url:
            yield url


@pytest.fixture
def school(school_url, tmp_path):
    with running(tmp_path, school_url) as school:
        yield school


@pytest.fixture
def fresh_url(tmp_path, request):
    """Return a function that gives the address of one more empty database, of a kind."""
    with ExitStack() as stack:
        numbers = iter(range(1000))

        def make(kind):
            if kind == "sqlite":
                return f"sqlite:///{tmp_path / f'fresh-{next(numbers)}.sqlite'}"
            return stack.enter_context(request.getfixturevalue("postgres").fresh_database())

        yield make


@pytest.fixture
def coordinator(school):
    """Return a client that is signed in."""
    client = school.app.test_client()
    token = accounts.demo_link(school.workspace, now=NOW)
    school.workspace.session.close()
    client.get(f"/aanmelden/{token}")
    return client
