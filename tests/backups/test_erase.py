"""Who is erased is gone: from every page, from the file byte for byte, and from the next backup."""

from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from backups.conftest import NOW
from sqlalchemy.orm import Session

from planner.domain.school import Household, Pupil
from planner.errors import InputError, NotFoundError
from planner.services.invitations import invitations
from planner.services.keeping import backups, households, verifying, yearend
from planner.services.state import load_state
from planner.services.year import publishing
from planner.storage import forgetting
from planner.storage.db import db, open_engine, writing
from planner.storage.models import (
    AuditRow,
    EventRow,
    HouseholdPupilRow,
    HouseholdRow,
    InviteLinkRow,
    PublicationRow,
    PupilRow,
    SessionRow,
    TallyRow,
    TaskRow,
)

CANARY = "Kanarievogel"
OTHER = "Koekoeksjong"
LATER = datetime(2027, 8, 1, 9, 0, tzinfo=UTC)


def with_canary(school, *, shared=False):
    """Add a family with odd names to a class and to activities, publish, and print its invitations."""
    workspace, session = school.workspace, school.workspace.session
    added = ["c1", "c2"] if shared else ["c1"]
    with writing(session):
        like = session.scalar(sa.select(PupilRow).order_by(PupilRow.id).limit(1))
        facts = {"class_id": like.class_id, "phase": like.phase, "route": like.route, "started": like.started}
        gone = {"leaves": date(2027, 7, 9), "position": 90}
        home = {"language": "ti", "adults": 2, "interpreter": True, "relation": "ouders", "position": 90}
        session.add(PupilRow(id="c1", number="990011", first_name=CANARY, last_name=CANARY, **gone, **facts))
        session.add(HouseholdRow(id="hc", name=CANARY, **home))
        session.flush()
        session.add(HouseholdPupilRow(household_id="hc", pupil_id="c1", position=0))
        if shared:
            session.add(PupilRow(id="c2", number="990022", first_name=OTHER, last_name=OTHER, position=91, **facts))
            session.add(HouseholdRow(id="ho", name=OTHER, **home))
            session.flush()
            session.add(HouseholdPupilRow(household_id="ho", pupil_id="c2", position=0))
            session.add(HouseholdPupilRow(household_id="hc", pupil_id="c2", position=1))
        session.execute(sa.text("UPDATE school SET revision = revision + 1"))
        meant = EventRow.runbook_id.in_(("interessemarkt", "startgesprek"))
        for event in session.scalars(sa.select(EventRow).where(meant)):
            event.candidates, event.pupils = [*event.candidates, *added], [*event.pupils, *added]
            event.title += " (oud)"
    publishing.publish(workspace, by="jan", now=NOW)
    for event in load_state(workspace).events:
        if "c1" in event.planned.pupil_ids:
            invitations.sheets(workspace, event.planned.id)
    assert session.scalar(sa.select(sa.func.count()).where(InviteLinkRow.household_id == "hc")) > 0
    session.close()


def raw(school, request):
    """Return every byte in which this database keeps rows."""
    if school.url.startswith("sqlite"):
        return b"".join(path.read_bytes() for path in school.folder.glob("school.sqlite*"))
    with db.engine.connect() as connection:
        number = connection.scalar(sa.text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    server = request.getfixturevalue("postgres")
    engine = open_engine(school.url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", schakelplan_writes=True) as connection:
        connection.execute(sa.text("CHECKPOINT"))
    engine.dispose()
    return b"".join(path.read_bytes() for path in (server.socket_folder / "data" / "base" / str(number)).iterdir())


def in_backup(school):
    path = school.folder / "canary.zip"
    path.unlink(missing_ok=True)
    backups.make(school.url, path, now=NOW)
    with ZipFile(path) as found:
        return b"".join(found.read(name) for name in found.namelist())


def test_erased_household_is_nowhere_any_more(school, request):
    with_canary(school)
    for trace in (b"Kanarievogel", b"990011"):
        assert trace in raw(school, request)
        assert trace in in_backup(school)

    done = households.erase(school.workspace, "hc", confirmed="ja", by="jan", now=NOW)

    assert done == "Alles van dit gezin is gewist."
    for trace in (b"Kanarievogel", b"990011", b'"c1"', b'"hc"'):
        assert trace not in raw(school, request)
        assert trace not in in_backup(school)
    assert verifying.verify_database(school.url)[0] == ()
    with pytest.raises(NotFoundError):
        households.household_view(school.workspace, "hc")
    audit = school.workspace.session.scalars(sa.select(AuditRow)).all()
    assert [(row.who, row.what, row.subject) for row in audit][-1] == ("jan", "gezin gewist", "1 gezin, 1 leerlingen")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_without_scrubbing_the_disk_would_still_know(school, request, monkeypatch):
    with_canary(school)
    monkeypatch.setattr(households, "scrub", lambda _engine: True)

    households.erase(school.workspace, "hc", confirmed="ja", by="jan", now=NOW)

    assert CANARY.encode() in raw(school, request)


def test_pupil_of_two_households_stays_with_the_other(school):
    with_canary(school, shared=True)

    households.erase(school.workspace, "hc", confirmed="ja", by="jan", now=NOW)

    (line,) = households.households(school.workspace, search=OTHER)
    assert line.pupils == (f"{OTHER} {OTHER}",)
    assert verifying.verify_database(school.url)[0] == ()


def test_without_confirmation_nothing_is_erased(school):
    home = households.households(school.workspace)[0]

    with pytest.raises(InputError, match="vinkje"):
        households.erase(school.workspace, home.id, confirmed="", by="jan", now=NOW)
    with pytest.raises(NotFoundError):
        households.erase(school.workspace, "none", confirmed="ja", by="jan", now=NOW)

    assert home in households.households(school.workspace)


def test_reader_in_the_way_is_said(school, monkeypatch):
    monkeypatch.setattr(households, "scrub", lambda _engine: False)
    home = households.households(school.workspace)[0]

    assert "nog niet schoongemaakt" in households.erase(school.workspace, home.id, confirmed="ja", by="jan", now=NOW)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_scrubbing_waits_for_nobody_for_ever(school):
    engine, other = open_engine(school.url), open_engine(school.url)
    with Session(other) as writer, writing(writer):
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA busy_timeout=50")
        connection.close()

        assert not forgetting.scrub(engine)
    engine.dispose()
    other.dispose()


def test_household_page_holds_that_household_only(school, coordinator):
    with_canary(school, shared=True)

    page = coordinator.get("/huishoudens/hc").text
    data = coordinator.get("/huishoudens/hc/gegevens.json")

    view = households.household_view(school.workspace, "hc")
    assert [pupil.is_shared for pupil in view.pupils] == [False, True]
    assert {facts.link for facts in view.invitations} == {"gemaakt"}
    assert data.json["pupils"][0]["number"] == "990011"
    assert "attachment" in data.headers["Content-Disposition"]
    state = load_state(school.workspace)
    mine = {"c1", "c2"}
    words = {word for pupil in state.school.pupils if pupil.id not in mine for word in (pupil.number, pupil.last_name)}
    words |= {home.name for home in state.school.households if home.id not in {"hc", "ho"}}
    own = {CANARY, OTHER, "990011", "990022"}
    assert [word for word in words if word in data.text] == []
    assert [word for word in words if f">{word}<" in page or f" {word}<" in page] == []
    assert own <= {word for word in own if word in page}


def test_helping_parent_and_dropped_activity_are_told(school):
    with_canary(school)
    session = school.workspace.session
    with writing(session):
        person = session.scalar(sa.text("SELECT id FROM person WHERE kind = 'sleutelouder' LIMIT 1"))
        session.execute(sa.text("DELETE FROM person_child WHERE person_id = :person"), {"person": person})
        session.execute(sa.text("INSERT INTO person_child VALUES (:person, 'c1')"), {"person": person})
        link = session.scalar(sa.select(InviteLinkRow).where(InviteLinkRow.household_id == "hc").limit(1))
        link.revoked_at = NOW
        session.execute(
            sa.text("UPDATE event SET removed_at = :now WHERE id = :event"),
            {"now": NOW.isoformat(" "), "event": link.event_id},
        )
        session.execute(sa.text("UPDATE school SET revision = revision + 1"))

    view = households.household_view(school.workspace, "hc")

    assert len(view.helpers) == 1
    assert [each.link for each in view.invitations if each.activity.endswith("(vervallen)")] == ["beëindigd"]


def test_search_is_by_name_pupil_and_class(school):
    with_canary(school)
    workspace = school.workspace
    (line,) = households.households(workspace, search=" KANARIE ")

    assert line.name == CANARY
    assert line in households.households(workspace, search=line.classes[0])
    assert households.households(workspace, search="niemand") == ()
    assert len(households.households(workspace)) > 30


def test_year_end_erases_who_left_and_keeps_counts(school, request):
    with_canary(school)
    workspace, session = school.workspace, school.workspace.session
    workspace.prints_dir.mkdir()
    (workspace.prints_dir / "t1.pdf").write_text(CANARY)
    with writing(session):
        session.add(TaskRow(id="t1", kind="event.pdf", arguments={}, created_at=NOW))
        account = session.scalar(sa.text("SELECT min(id) FROM account"))
        times = {"created_at": NOW, "last_seen": NOW, "expires_at": LATER}
        session.add(SessionRow(token_hash="0" * 64, account_id=account, **times))
    session.close()
    view = yearend.view(workspace, keep=None, now=LATER)
    assert CANARY in view.households
    assert f"{CANARY} {CANARY}" in {name for name, _, _ in view.pupils}
    assert (view.tasks, view.prints, view.sessions) == (1, 1, 1)
    assert view.links > 0
    assert view.publications == 1
    assert {None} < {line.households for line in view.counts}
    assert not {1, 2, 3, 4} & {line.households for line in view.counts}
    session.close()

    done = yearend.clean_up(workspace, confirmed=" Opruimen ", keep=None, by="jan", now=LATER)

    assert done == f"Opgeruimd: {len(view.pupils)} leerlingen en {len(view.households)} gezinnen."
    assert CANARY.encode() not in raw(school, request)
    assert CANARY.encode() not in in_backup(school)
    assert list(workspace.prints_dir.iterdir()) == []
    after = yearend.view(workspace, keep=None, now=LATER)
    assert (after.pupils, after.households) == ((), ())
    assert (after.links, after.sessions, after.tasks, after.publications) == (0, 0, 0, 0)
    assert after.tallies == tuple(sorted(view.counts, key=lambda line: (line.kind, line.name)))
    snapshots = session.scalars(sa.select(PublicationRow.snapshot).order_by(PublicationRow.number)).all()
    assert not any(event["people"] for event in snapshots[0]["events"])
    assert any(event["people"] for event in snapshots[-1]["events"])
    assert verifying.verify_database(school.url)[0] == ()
    session.close()
    yearend.clean_up(workspace, confirmed="opruimen", keep=None, by="jan", now=LATER)
    assert session.scalar(sa.select(sa.func.count()).select_from(TallyRow)) == len(view.counts)


def test_year_end_without_the_word_changes_nothing(school):
    before = backups.make(school.url, school.folder / "before.zip", now=NOW)

    with pytest.raises(InputError, match='Typ het woord "opruimen"'):
        yearend.clean_up(school.workspace, confirmed="ja", keep=None, by="jan", now=LATER)

    assert backups.make(school.url, school.folder / "after.zip", now=NOW) == before


def test_values_of_the_domain_have_no_field_the_page_leaves_out():
    """A new fact about a family must come on its page too."""
    assert set(Household.__slots__) == {"id", "name", "language", "pupil_ids", "adults", "interpreter", "relation"}
    assert set(Pupil.__slots__) == {
        "id", "number", "first_name", "last_name", "class_id", "phase", "route", "started", "leaves", "destination",
    }  # fmt: skip
