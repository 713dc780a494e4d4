import hashlib
import json
import random
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from backups.conftest import NOW, running
from sqlalchemy.orm import Session

from planner.errors import ConflictError, InputError, SettingsError
from planner.services import holding
from planner.services.keeping import backupfile, backups, restoring, verifying
from planner.services.year import publishing
from planner.storage.db import open_engine, writing
from planner.storage.models import AuditRow, SessionRow, TaskRow
from planner.storage.schema import SchemaState, schema_state, upgrade

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
DAMAGED = "is beschadigd of geen back-up van Schakelplan"


@pytest.fixture
def altered(school_zip, tmp_path):
    """Return a function that makes a copy of the backup with other contents; `sign` makes the checksums right again."""

    def make(change, *, sign=False):
        with ZipFile(school_zip) as found:
            files = {name: found.read(name) for name in found.namelist()}
        change(files)
        if sign:
            manifest = json.loads(files["manifest.json"])
            for name, facts in manifest["tables"].items():
                lines = files[f"{name}.jsonl"]
                facts.update(rows=lines.count(b"\n"), sha256=hashlib.sha256(lines).hexdigest())
            files["manifest.json"] = json.dumps(manifest).encode()
        path = tmp_path / "altered.zip"
        with ZipFile(path, "w") as made:
            for name, content in files.items():
                made.writestr(name, content)
        return path

    return make


def rename_pupil(files):
    files["pupil.jsonl"] = files["pupil.jsonl"].replace(b'"first_name":"', b'"first_name":"X', 1)


def drop_row(files):
    files["audit.jsonl"] = files["audit.jsonl"][:-10]
    files["person.jsonl"] = files["person.jsonl"].split(b"\n", 1)[1]


def change_manifest(**values):
    def change(files):
        files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | values).encode()

    return change


@pytest.mark.parametrize(
    "change",
    [
        rename_pupil,
        drop_row,
        lambda files: files.pop("room.jsonl"),
        lambda files: files.pop("manifest.json"),
        lambda files: files.update({"extra.jsonl": b""}),
        lambda files: files.update({"manifest.json": b"\xff{"}),
        lambda files: files.update({"manifest.json": b"[]"}),
        change_manifest(tables=[]),
        change_manifest(tables={"room": {}}),
        change_manifest(made_at=3),
    ],
)
@only_sqlite
def test_altered_backup_is_refused_and_changes_nothing(altered, empty_url, empty_engine, change):
    path = altered(change)

    with pytest.raises(InputError, match=DAMAGED):
        restoring.restore(empty_url, path, now=NOW)

    assert schema_state(empty_engine) is SchemaState.EMPTY
    assert verifying.verify_file(path)[1] is None


def drop_class(files):
    files["school_class.jsonl"] = b""


def odd_line(files):
    files["room.jsonl"] = b"{}\n" + files["room.jsonl"]


def other_tables(files):
    del files["room.jsonl"]
    manifest = json.loads(files["manifest.json"])
    del manifest["tables"]["room"]
    files["manifest.json"] = json.dumps(manifest).encode()


def other_spelling(files):
    files["room.jsonl"] = files["room.jsonl"].replace(b'{"', b'{ "')


def unknown_column(files):
    files["room.jsonl"] = files["room.jsonl"].replace(b'{"', b'{"extra":1,"')


@pytest.mark.parametrize("change", [drop_class, odd_line, other_tables, other_spelling, unknown_column])
def test_backup_that_makes_no_sense_is_undone_whole(altered, empty_url, empty_engine, change):
    path = altered(change, sign=True)

    with pytest.raises(InputError, match=f"{DAMAGED}|passen niet bij elkaar"):
        restoring.restore(empty_url, path, now=NOW)

    assert schema_state(empty_engine) is SchemaState.EMPTY


@only_sqlite
def test_newer_backup_asks_for_a_newer_program(altered, empty_url):
    path = altered(change_manifest(revision="9999"))

    with pytest.raises(SettingsError, match="nieuwere versie"):
        restoring.restore(empty_url, path, now=NOW)


@only_sqlite
def test_missing_file_is_said(empty_url, tmp_path):
    with pytest.raises(InputError, match="is er niet"):
        restoring.restore(empty_url, tmp_path / "none.zip", now=NOW)
    with pytest.raises(InputError, match="kan niet worden gelezen"):
        restoring.restore(empty_url, tmp_path, now=NOW)


def test_flipped_bytes_are_found_or_do_no_harm(school_zip, tmp_path):
    whole, path = school_zip.read_bytes(), tmp_path / "flipped.zip"
    with backupfile.opened(school_zip) as (manifest, _):
        right = manifest
    offsets = random.Random(1).sample(range(len(whole)), 300)  # noqa: S311 - the same every time
    found = 0
    for offset in (*offsets, *range(len(whole) - 60, len(whole))):
        path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0x41]) + whole[offset + 1 :])
        problems, manifest = verifying.verify_file(path)
        assert bool(problems) != (manifest == right)
        found += bool(problems)

    assert found > 250


def test_cut_off_file_is_found(school_zip, tmp_path):
    whole, path = school_zip.read_bytes(), tmp_path / "cut.zip"
    for size in range(0, len(whole), 997):
        path.write_bytes(whole[:size])
        assert "beschadigd" in verifying.verify_file(path)[0][0]


def test_filled_database_is_refused(school, school_zip):
    before = backups.make(school.url, school.folder / "before.zip", now=NOW)

    with pytest.raises(ConflictError, match="niet leeg"):
        restoring.restore(school.url, school_zip, now=NOW)

    assert backups.make(school.url, school.folder / "after.zip", now=NOW) == before


def test_database_of_someone_else_is_refused(empty_engine, empty_url, school_zip):
    with empty_engine.connect().execution_options(schakelplan_writes=True) as connection, connection.begin():
        connection.execute(sa.text("CREATE TABLE theirs (id INTEGER)"))

    with pytest.raises(ConflictError, match="niet leeg"):
        restoring.restore(empty_url, school_zip, now=NOW)


def test_tables_without_rows_are_empty_too(empty_engine, empty_url, school_zip):
    upgrade(empty_engine)

    restoring.restore(empty_url, school_zip, now=NOW)

    assert verifying.verify_database(empty_url)[0] == ()


def test_error_half_way_leaves_the_database_empty(empty_engine, empty_url, school_zip, monkeypatch):
    def fail(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(restoring, "set_counters", fail)
    with pytest.raises(ZeroDivisionError):
        restoring.restore(empty_url, school_zip, now=NOW)

    assert schema_state(empty_engine) is SchemaState.EMPTY


def test_number_that_was_given_out_does_not_come_again(school, fresh_url, database_kind):
    session = school.workspace.session
    with writing(session):
        last = AuditRow(at=NOW, who="jan", what="x", subject="")
        session.add(last)
        session.flush()
        number = last.id
        session.delete(last)
    session.close()
    backups.make(school.url, school.folder / "made.zip", now=NOW)
    url = fresh_url(database_kind)
    restoring.restore(url, school.folder / "made.zip", now=NOW)

    engine = open_engine(url)
    with Session(engine) as restored, writing(restored):
        row = AuditRow(at=NOW, who="jan", what="x", subject="")
        restored.add(row)
        restored.flush()
        assert row.id == number + 1
    engine.dispose()


@pytest.fixture
def held(empty_url, school_zip, tmp_path):
    """Give the application as it is right after a backup was put back."""
    restoring.restore(empty_url, school_zip, now=NOW)
    with running(tmp_path, empty_url) as school:
        yield school


def test_nothing_is_published_until_somebody_says_so(held):
    workspace = held.workspace
    assert holding.hold_of(workspace).made_at == NOW

    with pytest.raises(ConflictError, match="Alles klopt"):
        publishing.publish(workspace, by="jan", now=NOW)
    holding.release(workspace, by="jan", now=NOW)

    assert not holding.is_held(workspace)
    assert publishing.publish(workspace, by="jan", now=NOW) == 0
    holding.release(workspace, by="jan", now=NOW)
    assert list(workspace.session.scalars(sa.select(AuditRow.what).order_by(AuditRow.id))) == ["back-up goedgekeurd"]


def test_nobody_is_signed_in_and_nothing_is_waiting(held):
    for table in (SessionRow, TaskRow):
        assert held.workspace.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
