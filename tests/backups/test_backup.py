import json
import os
import resource
import threading
import time
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from backups.conftest import KEY, NOW, running, start
from sqlalchemy.orm import Session

from planner import storage
from planner.errors import ConflictError, SettingsError
from planner.services import opening
from planner.services.keeping import backups, restoring, verifying
from planner.storage.db import open_engine, writing
from planner.storage.models import AuditRow, StepStateRow
from planner.storage.schema import SchemaState, changing_tables, migrate, schema_state

KINDS = ("sqlite", "postgresql")
MIGRATIONS = Path(storage.__file__).parent / "migrations" / "versions"


def made(school, path=None):
    return backups.make(school.url, path or school.folder / "made.zip", now=NOW)


@pytest.mark.parametrize("target", KINDS)
def test_everything_comes_back_in_either_kind_of_database(school, fresh_url, target):
    before = made(school)
    url = fresh_url(target)

    restoring.restore(url, school.folder / "made.zip", now=NOW)

    after = backups.make(url, school.folder / "again.zip", now=NOW)
    checksums = {name: (facts.rows, facts.sha256) for name, facts in before.tables.items()}
    assert before.rows > 500
    assert {name: (facts.rows, facts.sha256) for name, facts in after.tables.items() if name != "hold"} == {
        name: value for name, value in checksums.items() if name != "hold"
    }
    assert verifying.verify_database(url)[0] == ()


def test_backup_is_private_complete_and_without_the_key(school):
    made(school)

    (path,) = school.folder.glob("*.zip*")
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(school.folder.glob(".*")) == []
    with ZipFile(path) as found:
        everything = b"".join(found.read(name) for name in found.namelist())
        manifest = json.loads(found.read("manifest.json"))
    assert KEY.encode() not in everything
    assert manifest["made_at"] == NOW.isoformat()
    assert manifest["revision"] == max(path.name[:4] for path in MIGRATIONS.glob("[0-9]*.py"))
    assert manifest["tables"]["pupil"]["rows"] == 45
    assert not {"session", "signin_link", "task"} & manifest["tables"].keys()


def test_name_follows_the_clock_on_the_wall():
    assert backups.file_name(NOW) == "schakelplan-20261110-100000.zip"


def test_existing_file_is_never_replaced(school):
    path = school.folder / "made.zip"
    path.write_text("mine")

    with pytest.raises(ConflictError, match="bestaat al"):
        made(school)

    assert path.read_text() == "mine"


def test_folder_that_cannot_be_written_is_named(school):
    (school.folder / "file").write_text("")

    with pytest.raises(SettingsError, match=r"kan niet worden bewaard in .*file \(.*Kies een andere map|file \("):
        made(school, school.folder / "file" / "made.zip")


def test_full_disk_leaves_no_half_backup(school):
    folder, limits = school.folder / "small", resource.getrlimit(resource.RLIMIT_FSIZE)
    engine = open_engine(school.url)
    with engine.connect() as reader:  # the database has its own files before the disk is full
        assert reader.scalar(sa.text("SELECT count(*) FROM event")) > 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
        try:
            with pytest.raises(SettingsError, match="Er is geen halve back-up"):
                made(school, folder / "made.zip")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    engine.dispose()

    assert list(folder.iterdir()) == []


def test_nothing_to_back_up_is_said(empty_url, tmp_path):
    with pytest.raises(SettingsError, match="nog niets van Schakelplan"):
        backups.make(empty_url, tmp_path / "made.zip", now=NOW)

    assert list(tmp_path.glob("*.zip")) == []


def test_backup_under_load_is_one_moment(school, fresh_url, database_kind):
    """Four writers add pairs of rows that belong together; each backup holds whole pairs and no gaps."""
    stop, written = threading.Event(), []
    engine = open_engine(school.url)
    with Session(engine) as session:
        event_id = session.scalar(sa.text("SELECT min(id) FROM event"))

    def write(writer):
        with Session(engine) as session:
            number = 0
            while not stop.is_set():
                number += 1
                with writing(session):
                    session.add(AuditRow(at=NOW, who=str(writer), what="step", subject=str(number)))
                    step_id = f"w{writer}-{number}"
                    session.add(StepStateRow(event_id=event_id, step_id=step_id, done_at=NOW, done_by="x"))
                written.append(number)
                time.sleep(0.005)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in range(3):
            path = school.folder / f"load-{number}.zip"
            before = len(written)
            made(school, path)
            assert len(written) >= before
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        engine.dispose()

    assert len(written) > 8
    for number in range(3):
        url = fresh_url(database_kind)
        restoring.restore(url, school.folder / f"load-{number}.zip", now=NOW)
        assert_prefix(url)
    assert verifying.verify_database(school.url)[0] == ()


def assert_prefix(url):
    engine = open_engine(url)
    with engine.connect() as connection:
        audit = connection.execute(sa.text("SELECT who, subject FROM audit WHERE what = 'step' ORDER BY id")).all()
        steps = set(connection.scalars(sa.text("SELECT step_id FROM step_state WHERE step_id LIKE 'w%-%'")))
        ids = list(connection.scalars(sa.text("SELECT id FROM audit WHERE what = 'step' ORDER BY id")))
    engine.dispose()
    assert {f"w{who}-{subject}" for who, subject in audit} == steps
    assert not ids or ids == list(range(ids[0], ids[0] + len(ids)))
    for writer in {who for who, _ in audit}:
        mine = [int(subject) for who, subject in audit if who == writer]
        assert mine == list(range(1, len(mine) + 1))


@pytest.fixture
def old_url(empty_url):
    """Give a database of an older version with something in it."""
    engine = open_engine(empty_url)
    with changing_tables(engine) as connection:
        migrate(connection, to="0003")
        connection.execute(
            sa.text("INSERT INTO audit (at, who, what, subject) VALUES (:at, 'jan', 'x', '')"),
            {"at": NOW.isoformat(" ")},
        )
    engine.dispose()
    return empty_url


def test_tables_are_backed_up_before_they_change(old_url, tmp_path, fresh_url, database_kind):
    start(tmp_path, old_url)

    (path,) = (tmp_path / "backups").glob(backups.PATTERN)
    problems, manifest = verifying.verify_file(path)
    assert problems == ()
    assert manifest.revision == "0003"
    url = fresh_url(database_kind)
    restoring.restore(url, path, now=NOW)
    with running(tmp_path, url) as school:
        assert school.workspace.session.scalar(sa.select(AuditRow.who)) == "jan"


def test_second_start_makes_no_backup(old_url, tmp_path):
    for _ in range(2):
        start(tmp_path, old_url)

    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_empty_tables_are_not_backed_up(empty_url, tmp_path):
    engine = open_engine(empty_url)
    with changing_tables(engine) as connection:
        migrate(connection, to="0003")

    assert backups.make_before_migration(engine, tmp_path / "backups", now=NOW) is None
    engine.dispose()
    start(tmp_path, empty_url)
    assert not (tmp_path / "backups").exists()


def test_two_programs_that_start_together_share_a_backup(old_url, tmp_path):
    engine = open_engine(old_url)

    paths = {backups.make_before_migration(engine, tmp_path, now=NOW) for _ in range(2)}

    engine.dispose()
    assert len(paths) == 1


def test_five_backups_of_before_changes_are_kept_and_every_other_one(old_url, tmp_path):
    engine = open_engine(old_url)
    own = tmp_path / backups.file_name(NOW)
    own.write_text("")

    made = [backups.make_before_migration(engine, tmp_path, now=NOW + timedelta(days=day)) for day in range(7)]

    engine.dispose()
    assert sorted(tmp_path.glob("*.zip")) == sorted([own, *made[2:]])


def test_backup_stays_when_the_change_fails(old_url, tmp_path, monkeypatch):
    def fail(_engine):
        raise ZeroDivisionError

    monkeypatch.setattr(opening, "upgrade", fail)
    with pytest.raises(ZeroDivisionError):
        start(tmp_path, old_url)

    (path,) = (tmp_path / "backups").glob("*.zip")
    assert verifying.verify_file(path)[0] == ()
    engine = open_engine(old_url)
    assert schema_state(engine) is SchemaState.OUTDATED
    engine.dispose()


def test_full_disk_stops_the_change(old_url, tmp_path):
    (tmp_path / "backups").write_text("no folder")

    with pytest.raises(SettingsError, match="kan niet worden bewaard"):
        start(tmp_path, old_url)

    engine = open_engine(old_url)
    assert schema_state(engine) is SchemaState.OUTDATED
    engine.dispose()


def test_newest_backup_is_known(tmp_path):
    assert backups.newest(tmp_path) is None
    (tmp_path / "schakelplan-1.zip").write_text("")
    os.utime(tmp_path / "schakelplan-1.zip", (NOW.timestamp(), NOW.timestamp()))
    (tmp_path / ".schakelplan-2.zip.1.partial").write_text("")

    assert backups.newest(tmp_path) == NOW
