"""Everything the school owns: out as a file, into an empty database, equal to the last letter."""

import json
import shutil
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from demoschool import NOW
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.domain.families.answers import Answer, Arrival, Reply, Source
from planner.domain.families.reaching import Mark, ReachStep
from planner.domain.rooms.corners import Corner
from planner.domain.staffing.dutyanswers import Says
from planner.errors import ConflictError, InputError
from planner.services.keeping import archive
from planner.services.lists import importing
from planner.services.routes import routedeciding, routing
from planner.services.state import load_state
from planner.storage.answers import save_answer, save_arrival
from planner.storage.building import StoredPicture, save_corners, save_picture
from planner.storage.db import Base, open_engine, writing
from planner.storage.dump import NOT_OWNED, OWNED, checksum
from planner.storage.models import (
    AuditRow,
    DutyAnswerRow,
    EventRow,
    HouseholdRow,
    MakingState,
    OwnLanguageRow,
    PeriodOrigin,
    PeriodRow,
    PrintedRow,
    PupilInvitationRow,
    ReachRow,
    SchoolRow,
    TallyRow,
    TurnoutRow,
    WordingRow,
    WordingState,
)
from planner.storage.records import save_override
from planner.storage.staffing import bar_duty
from planner.storage.talks import save_settings
from planner.storage.waiting import WaitingForm, save_waiting

WHO = "Noor"


@pytest.fixture
def empty(made, database_kind, tmp_path, request):
    """Return the workspace of another installation, without a school."""
    if database_kind == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), tmp_path / "empty.sqlite")
        place = nullcontext(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    else:
        place = request.getfixturevalue("postgres").fresh_database(request.getfixturevalue("migrated_postgres"))
    with place as url:
        engine = open_engine(url)
        with Session(engine) as session:
            yield replace(made.workspace, sessions=lambda: session, kept={})
        engine.dispose()


def written_by_pupils(workspace):
    """Yield a row of each table of the workshop that belongs to the school."""
    state = load_state(workspace)
    event = next(each for each in state.events if each.planned.pupil_ids)
    yield OwnLanguageRow(code="sq", babel="sq", rtl=False, name="Albanees", own_name="Shqip")
    yield WordingRow(
        language="prs", key="vast.when", text="چه وقت؟", state=WordingState.CHECKED, note="", who=WHO, at=NOW
    )
    yield PupilInvitationRow(
        event_id=event.planned.id,
        pupil_id=event.planned.pupil_ids[0],
        language="prs",
        greeting=["", "سلام"],
        lines=[["", "سلام"]],
        who=["", ""],
        border="",
        colour=False,
        consent=True,
        state=MakingState.DRAFT,
        note="",
        checked="",
        checked_by="",
        suggestion="",
        released_by="",
        updated_at=NOW,
    )
    yield PrintedRow(event_id=event.planned.id, household_id=state.school.households[0].id, facts="{}", at=NOW)


@pytest.fixture
def full(workspace):
    """Return the workspace with something in every table that belongs to the school."""
    body = b"Stamnummer;Voor;Achter;Klas\n999001;A;B;1A"
    waiting = importing.receive(workspace, body, name="x.csv", kind="pupils", who=WHO, now=NOW)
    importing.choose_columns(workspace, waiting, {1: "first", 2: "last"}, new_classes=False, now=NOW)
    routedeciding.set_wishes(workspace, "interessemarkt", {load_state(workspace).school.classes[0].id: {"Zorg": 3}})
    routing.propose(workspace, "interessemarkt")
    with writing(workspace.session):
        save_override(workspace.session, "C01", reason="Dat past bij ons niet.", now=NOW + timedelta(microseconds=7))
        need_id, person_id = load_state(workspace).staff_plan[0].key
        said = {"need_id": need_id, "person_id": person_id, "event_id": need_id.partition(":")[0]}
        workspace.session.add(DutyAnswerRow(**said, says=Says.NO, reason="Ik werk dan.", answered_at=NOW))
        save_settings(workspace.session, {"plain": 25})
        workspace.session.add(TallyRow(day=NOW.date(), kind="klas", name="1A", households=14))
        picture = StoredPicture(floor=0, x=0.0, y=-1.5, width=40.0, pixels_wide=4, pixels_high=3)
        save_picture(workspace.session, picture, b"\xff\xd8\x00\xff")
        save_corners(workspace.session, "interessemarkt", "Zorg", [Corner(profession="Kok"), Corner()])
        duty, use = load_state(workspace).staff_plan[0], load_state(workspace).room_plan[0]
        save_waiting(workspace.session, "kijkje", "", WaitingForm(duties=(duty,), rooms=(use,)))
        bar_duty(workspace.session, "kijkje", ("kijkje:docent:event", "p-marieke"), barred=True)
        event_id, home = (workspace.session.scalar(select(func.min(each.id))) for each in (EventRow, HouseholdRow))
        answer = Answer(reply=Reply(coming=True, persons=3, question="Mag oma?"), source=Source.PUPIL, at=NOW)
        save_answer(workspace.session, event_id, home, answer)
        save_arrival(workspace.session, event_id, home, Arrival(persons=2, at=NOW, by=WHO))
        key = {"event_id": event_id, "household_id": home}
        workspace.session.add(ReachRow(step=ReachStep.PUPIL, mark=Mark.DONE, at=NOW, by=WHO, **key))
        counts = {"coming": 14, "cannot": None, "silent": 7, "present": 0}
        workspace.session.add(TurnoutRow(event_id=event_id, kind="klas", name="1A", **counts))
        workspace.session.add_all(written_by_pupils(workspace))
    workspace.kept.clear()
    return workspace


def test_every_table_is_the_schools_or_the_installations():
    """Who adds a table says here whether it goes into the archive; secrets never do."""
    assert set(OWNED) | set(NOT_OWNED) == set(Base.metadata.tables)
    assert not set(OWNED) & set(NOT_OWNED)


def test_archive_fills_an_empty_database_with_the_same(full, empty):
    body = archive.export_archive(full, who=WHO, now=NOW)
    before = archive.checksums(full.session)
    state = load_state(full)

    counts = archive.import_archive(empty, body, who=WHO, now=NOW)

    assert archive.checksums(empty.session) == before
    assert set(before) == set(OWNED)
    assert [name for name in OWNED if not counts[name]] == []
    again = load_state(empty)
    assert (again.school, again.people, again.rooms, again.events) == (
        state.school, state.people, state.rooms, state.events,
    )  # fmt: skip
    assert archive.export_archive(empty, who=WHO, now=NOW) == body


def test_new_rows_get_numbers_of_their_own_after_an_archive(full, empty):
    archive.import_archive(empty, archive.export_archive(full, who=WHO, now=NOW), who=WHO, now=NOW)

    with writing(empty.session):
        empty.session.add(
            PeriodRow(name="Studiedag", first=NOW.date(), last=NOW.date(), kind="gesloten", about="",
                      origin=PeriodOrigin.OWN)
        )  # fmt: skip

    assert empty.session.scalars(select(PeriodRow).order_by(PeriodRow.id.desc())).first().name == "Studiedag"


def test_archive_holds_no_secrets(full):
    names = set(json.loads(archive.export_archive(full, who=WHO, now=NOW))["tables"])

    assert names & {"account", "session", "signin_link", "invite_link", "feed", "import_run"} == set()


def test_who_took_an_archive_is_noted(full):
    archive.export_archive(full, who=WHO, now=NOW)

    noted = full.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert (noted.who, noted.what) == (WHO, "export.archive")


def test_school_is_never_overwritten(full):
    body = archive.export_archive(full, who=WHO, now=NOW)
    before = archive.checksums(full.session)

    with pytest.raises(ConflictError, match="staat al een school"):
        archive.import_archive(full, body, who=WHO, now=NOW)

    assert archive.checksums(full.session) == before


def signed(tables):
    parts = {name: {"rows": rows, "sha256": checksum(rows)} for name, rows in tables.items()}
    return {"format": "schakelplan-archief", "version": 1, "tables": parts}


@pytest.fixture
def tables(full):
    found = json.loads(archive.export_archive(full, who=WHO, now=NOW))["tables"]
    return {name: part["rows"] for name, part in found.items()}


def refused(empty, body, match):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(InputError, match=match):
        archive.import_archive(empty, body, who=WHO, now=NOW)
    assert empty.session.scalar(select(func.count()).select_from(SchoolRow)) == 0


ODD = "^Dit is geen archief van Schakelplan"


@pytest.mark.parametrize(
    ("body", "match"),
    [
        (b"", ODD),
        (b"\xff\xfe", ODD),
        (b"[" * 100_000, ODD),
        ([], ODD),
        ({"format": "iets anders"}, ODD),
        ({"format": "schakelplan-archief", "version": 2}, "^Dit archief is van een nieuwere versie"),
        ({"format": "schakelplan-archief", "version": 1, "tables": []}, ODD),
        (signed({"account": []}), '^De tabel "account" kennen we niet'),
        ({**signed({}), "tables": {"school": []}}, '^De tabel "school" in het archief is niet heel'),
        ({**signed({}), "tables": {"school": {"rows": {}}}}, '^De tabel "school" in het archief is niet heel'),
        ({**signed({}), "tables": {"school": {"rows": [], "sha256": "x"}}}, '^De tabel "school" is veranderd nadat'),
        (signed({"school": ["x"]}), '^Tabel "school", rij 1: hier staat iets dat we niet kennen'),
        (signed({"room": [{"id": "x", "colour": "rood"}]}), '^Tabel "room", rij 1: hier staat iets'),
        (signed({"room": [{"id": "x"}]}), '^Tabel "room", rij 1: "capacity" ontbreekt'),
    ],
)
def test_odd_archive_is_refused(empty, body, match):
    refused(empty, body, match)


def test_huge_archive_is_refused(empty, monkeypatch):
    monkeypatch.setattr(archive, "MAX_BYTES", 10)

    refused(empty, b"x" * 11, "^Dit archief is groter dan 0 MB")


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("pupil", "class_id", "bestaat-niet"),
        ("pupil", "started", "morgen"),
        ("pupil", "started", 5),
        ("pupil", "destination", "maan"),
        ("pupil", "phase", 3),
        ("pupil", "phase", "1"),
        ("person", "max_hours", True),
    ],
)
def test_value_that_does_not_fit_stops_everything(empty, tables, name, column, value):
    tables[name][0][column] = value

    refused(empty, signed(tables), f'^De tabel "{name}" van het archief past niet bij de rest')


def test_number_that_comes_back_otherwise_stops_everything(empty, tables):
    tables["person"][0]["max_hours"] = 3  # is written as 3.0

    refused(empty, signed(tables), '^De tabel "person" van het archief past niet precies')


def test_older_archive_may_lack_what_may_be_empty(empty, tables):
    for row in tables["pupil"]:
        del row["destination"]

    counts = archive.import_archive(empty, json.dumps(signed(tables)).encode(), who=WHO, now=NOW)

    assert counts["pupil"] == 45
