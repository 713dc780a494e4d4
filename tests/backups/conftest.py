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
from planner.services import opening
from planner.services.begin import demo
from planner.services.keeping import backups, holding, restoring
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


@pytest.fixture(scope="session")
def sqlite_school(school_zip) -> Path:
    """Return the school as a file of SQLite, to copy."""
    path = school_zip.with_name("restored.sqlite")
    url = f"sqlite:///{path}"
    restoring.restore(url, school_zip, now=NOW)
    with running(school_zip.parent, url) as school:
        holding.release(school.workspace, by="test", now=NOW)
        school.workspace.session.close()
    return path


@pytest.fixture
def school(database_kind, empty_url, school_zip, sqlite_school, tmp_path):
    if database_kind == "sqlite":
        shutil.copyfile(sqlite_school, tmp_path / "school.sqlite")
    else:
        restoring.restore(empty_url, school_zip, now=NOW)
    with running(tmp_path, empty_url) as school:
        holding.release(school.workspace, by="test", now=NOW)
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
