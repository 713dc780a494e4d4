"""A planned and published demo school of 45 pupils: made once a run, given to each test as its own fresh copy."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from flask import Flask
from sqlalchemy import text

from planner.app import create_app
from planner.config import ROOT, Settings
from planner.domain.access.rights import ACCOUNT_ROLES, Role
from planner.domain.staffing.people import PersonKind
from planner.services.begin import demo
from planner.services.invitations import invitations
from planner.services.people import helperlinks
from planner.services.signin import accounts, sessions
from planner.services.state import load_state
from planner.services.talks.talkround import read_round
from planner.services.tokens import hash_token
from planner.services.workspace import Workspace
from planner.services.year import feeds
from planner.storage.db import db, writing
from planner.storage.models import AccountRow, SessionRow

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
YEAR = "2026-2027"
SIZE = 45
ROUND = "startgesprek-najaar"
KEY = "a-key-of-the-tests-that-is-long-enough-0123456789"


def settings_in(folder: Path, **given) -> Settings:
    """Return settings of an installation in `folder`, with the fonts that set-up made."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts = folder / "fonts"
    if not fonts.exists():
        fonts.symlink_to(ROOT / "var" / "fonts")
    known = {
        "database_url": f"sqlite:///{folder / 'school.sqlite'}",
        "data_dir": folder,
        "runbooks_dir": ROOT / "runbooks",
        "public_url": "http://localhost",
        "port": 80,
        "secret_key": KEY,
        "trusted_hosts": ("localhost",),
    }
    return Settings(**{**known, **given})


@dataclass(frozen=True)
class Demo:
    """One application over one file; `fresh` puts the file back as it was made."""

    app: Flask
    folder: Path
    made: Path
    facts: SimpleNamespace

    @property
    def workspace(self) -> Workspace:
        return self.app.extensions["schakelplan"]

    @property
    def file(self) -> Path:
        return self.folder / "school.sqlite"

    def fresh(self) -> None:
        """Forget everything that happened since the demo school was made."""
        close(self.app)
        for left in self.folder.glob("school.sqlite*"):
            left.unlink()
        shutil.copyfile(self.made, self.file)
        self.workspace.kept.clear()
        self.workspace.kept.update(self.facts.kept)
        for failures in (self.workspace.failures, self.workspace.account_failures):
            failures.clear()
        for door in ("link", "begin"):
            self.workspace.failures.forget(door, "127.0.0.1")
        self.app.config.update(CLOCK=lambda: NOW, WTF_CSRF_ENABLED=True, PROPAGATE_EXCEPTIONS=False)


def close(app: Flask) -> None:
    """Let go of the database, so that its file is whole."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _sign_in(role: Role, person_id: str) -> str:
    """Make an account with a role and a session for it; return the token of the session."""
    token = f"session-of-{role}"
    with writing(db.session):
        account = AccountRow(name=f"Iemand ({role})", email=None, role=role, person_id=person_id)
        db.session.add(account)
        db.session.flush()
        times = {"created_at": NOW, "last_seen": NOW, "expires_at": NOW + sessions.SESSION_LIFE}
        db.session.add(SessionRow(token_hash=hash_token(token), account_id=account.id, **times))
    return token


def _give_links(workspace: Workspace, state) -> dict[str, str]:
    """Give some sleutelouders who are asked for something a personal link; return the addresses by person."""
    asked = {duty.person_id for duty in state.staff_plan}
    parents = [each for each in state.people if each.kind is PersonKind.KEY_PARENT and each.id in asked]
    chosen = sorted(parents, key=lambda each: (not each.interprets("ar"), not each.interprets("ti"), each.id))[:3]
    for person in chosen:
        helperlinks.renew(workspace, person.id, now=NOW)
    return {person.id: helperlinks.link_of(workspace, person.id).url for person in chosen}


def make_demo(folder: Path) -> Demo:
    """Make the demo school in `folder`, with every address that pages make when they are first seen."""
    app = create_app(settings_in(folder))
    with app.app_context():
        workspace = app.extensions["schakelplan"]
        list(demo.make(workspace, size=SIZE, seed=1, region="Midden", label=YEAR, now=NOW))
        state = load_state(workspace)
        event = next(event for event in state.events if event.planned.runbook_id == "interessemarkt")
        sheets = {sheet.language: sheet for sheet in invitations.sheets(workspace, event.planned.id)}
        person_id = state.duties_of(event.planned.id)[0][2].id
        mentor = next(person for person in state.people if person.class_id)
        homes = {
            home.id: {state.school.pupil(each).class_id for each in home.pupil_ids} for home in state.school.households
        }
        talks = read_round(workspace, ROUND, state).problem.talks
        facts = SimpleNamespace(
            round_id=ROUND,
            own_talk=next(talk.id for talk in talks if talk.class_id == mentor.class_id),
            foreign_talk=next(talk.id for talk in talks if talk.class_id != mentor.class_id),
            event_id=event.planned.id,
            room_need=next(need.id for need in state.room_problem.needs if need.event_id == event.planned.id),
            step_id=state.runbook(event.planned.id).steps[0].id,
            person_id=person_id,
            period_id=db.session.scalar(text("SELECT min(id) FROM period")),
            open_day_id=db.session.scalar(text("SELECT min(id) FROM open_day")),
            class_id=mentor.class_id,
            foreign_class=next(each.id for each in state.school.classes if each.id != mentor.class_id),
            own_home=next(home for home, classes in homes.items() if mentor.class_id in classes),
            foreign_home=next(home for home, classes in homes.items() if mentor.class_id not in classes),
            sessions={role: _sign_in(role, mentor.id) for role in ACCOUNT_ROLES},
            signin=accounts.demo_link(workspace, now=NOW),
            year_feed=feeds.year_links(workspace, now=NOW).https,
            person_feed=feeds.person_links(workspace, person_id, "", now=NOW).https,
            short_code=sheets["ar"].code,
            invitations={code: sheet.url for code, sheet in sheets.items()},
            helpers=_give_links(workspace, state),
            kept=dict(workspace.kept),
        )
        facts.helper_id, facts.helper_link = next(iter(facts.helpers.items()))
    close(app)
    made = folder / "made.sqlite"
    shutil.copyfile(folder / "school.sqlite", made)
    return Demo(app=app, folder=folder, made=made, facts=facts)


def tables(engine) -> dict[str, list[tuple]]:
    """Return every row of every table."""
    with engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).scalars()
        cursor = connection.connection.cursor()  # the driver's own: some tests ask for all rows again and again
        return {
            name: sorted(cursor.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608 - names from the database itself
            for name in list(names)
        }
