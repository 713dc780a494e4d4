"""The demo school on a real SQLite file and a real PostgreSQL: made once for each, a fresh copy for every test."""

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from demoschool import NOW, SIZE, YEAR, close, settings_in
from postgres import Postgres
from sqlalchemy import text
from sqlalchemy.orm import Session

from planner.app import create_app
from planner.services.begin import demo
from planner.services.limiting import Failures
from planner.services.state import load_state
from planner.services.workspace import ACCOUNT_TRIES
from planner.storage.db import open_engine

if TYPE_CHECKING:
    from planner.services.workspace import Workspace


@dataclass(frozen=True)
class Made:
    """A demo school to copy: the file or the database it is in, and the workspace that made it."""

    template: str
    workspace: "Workspace"


def _make(folder: Path, **settings: str) -> "Workspace":
    app = create_app(settings_in(folder, **settings))
    with app.app_context():
        workspace = app.extensions["schakelplan"]
        list(demo.make(workspace, size=SIZE, seed=1, region="Midden", label=YEAR, now=NOW))
        load_state(workspace)  # kept, so that no test reads it again
    close(app)
    return workspace


@pytest.fixture(scope="session")
def made_sqlite(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return Made(str(folder / "school.sqlite"), _make(folder))


@pytest.fixture(scope="session")
def made_postgres(postgres, tmp_path_factory):
    name = postgres.create_database()
    return Made(name, _make(tmp_path_factory.mktemp("made"), database_url=postgres.url(name)))


@pytest.fixture
def made(database_kind, request):
    return request.getfixturevalue("made_sqlite" if database_kind == "sqlite" else "made_postgres")


@dataclass(frozen=True)
class Copies:
    """Copies of the demo school in PostgreSQL; a test that only reads leaves its copy to the next one."""

    server: Postgres
    template: str
    untouched: list[str] = field(default_factory=list)

    @contextmanager
    def one(self):
        name = self.untouched.pop() if self.untouched else self.server.create_database(self.template)
        engine = open_engine(self.server.url(name))
        before = self._last_change(engine)
        yield self.server.url(name)
        changed = self._last_change(engine) != before
        engine.dispose()
        if changed:
            self.server.drop_database(name)
        else:
            self.untouched.append(name)

    @staticmethod
    def _last_change(engine):
        """Return the number of the last transaction that wrote something; reading takes no number."""
        with engine.connect() as connection:
            return connection.scalar(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text"))


@pytest.fixture(scope="session")
def copies(postgres, made_postgres):
    return Copies(postgres, made_postgres.template)


@pytest.fixture
def demo_url(made, database_kind, tmp_path, request):
    if database_kind == "sqlite":
        shutil.copyfile(made.template, tmp_path / "school.sqlite")
        yield f"sqlite:///{tmp_path / 'school.sqlite'}"
    else:
        with request.getfixturevalue("copies").one() as url:
            yield url


@pytest.fixture
def open_workspace(demo_url, made, tmp_path):
    """Give a function that opens one more workspace over the same database, as another process would."""
    engine, sessions = open_engine(demo_url), []

    def open_one(**facts):
        sessions.append(Session(engine))
        known = {
            "sessions": lambda session=sessions[-1]: session,
            "prints_dir": tmp_path / "prints",
            "kept": {},
            "failures": Failures(),
            "account_failures": Failures(limit=ACCOUNT_TRIES),
        }
        return replace(made.workspace, **{**known, **facts})

    yield open_one
    for session in sessions:
        session.close()
    engine.dispose()


@pytest.fixture
def workspace(open_workspace, made):
    """Return the workspace of a demo school that is planned and published."""
    return open_workspace(kept=dict(made.workspace.kept))


@pytest.fixture
def other(open_workspace):
    """Return the workspace of somebody else who is at work in the same school."""
    return open_workspace()


@pytest.fixture
def empty(session, made, tmp_path):
    """Return the workspace of an installation without a school."""
    return replace(made.workspace, sessions=lambda: session, prints_dir=tmp_path / "prints", kept={})
