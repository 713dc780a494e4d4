import random
import shutil

import pytest
import sqlalchemy as sa

from planner.services.keeping import verifying
from planner.storage.db import WRITES, db, open_engine
from planner.storage.models import (
    EventRow,
    HouseholdPupilRow,
    HouseholdRow,
    PublicationRow,
    PupilRow,
)
from planner.storage.rows import all_tables, read_lines
from planner.storage.schema import changing_tables, migrate

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
WHOLE = "De gegevens kunnen niet helemaal worden gelezen"


def problems(url):
    found, _ = verifying.verify_database(url)
    assert all(sentence.endswith((".", "BESTAND.")) for sentence in found)
    return found


def change(school, *statements):
    session = school.workspace.session
    session.close()
    engine = db.engine
    with engine.connect().execution_options(**WRITES) as connection, connection.begin():
        for statement in statements:
            connection.execute(statement)


def test_whole_database_has_no_problems(school):
    found, rows = verifying.verify_database(school.url)

    assert found == ()
    assert rows > 500


def test_pupils_who_are_not_there_are_found(school):
    change(
        school,
        sa.update(EventRow)
        .where(EventRow.runbook_id == "interessemarkt")
        .values(candidates=["a", "b", "c", "d", "e"], pupils=["a"]),
    )

    (found,) = problems(school.url)
    assert found.endswith("noemt leerlingen die er niet zijn: a, b, c en 2 andere.")


def test_invited_pupils_who_do_not_belong_are_found(school):
    change(school, sa.update(EventRow).where(EventRow.runbook_id == "interessemarkt").values(candidates=[]))

    (found,) = problems(school.url)
    assert "zijn leerlingen uitgenodigd die er niet bij horen" in found


def test_household_without_pupil_and_gap_in_publications_are_found(school):
    home = school.workspace.session.scalar(sa.select(sa.func.min(HouseholdRow.id)))
    change(
        school,
        sa.delete(HouseholdPupilRow).where(HouseholdPupilRow.household_id == home),
        sa.update(PublicationRow).values(number=5),
    )

    assert problems(school.url) == (
        f"Gezinnen zonder leerling: {home}.",
        "De nummers van de publicaties lopen niet door.",
    )


@only_sqlite
def test_references_to_nothing_are_found(school):
    raw = db.engine.raw_connection()
    raw.cursor().execute("PRAGMA query_only=OFF")
    raw.cursor().execute("PRAGMA foreign_keys=OFF")
    raw.cursor().execute("INSERT INTO person_child VALUES ('nobody', 'none')")
    raw.invalidate()

    assert problems(school.url) == ("In de tabel person_child wijzen rijen naar iets wat er niet meer is.",)


@only_sqlite
@pytest.mark.parametrize("value", ["languages = '['", "moment = CAST(X'C3' AS TEXT)", "created_at = 'x'"])
def test_values_that_cannot_be_read_are_found(school, value):
    change(school, sa.text(f"UPDATE event SET {value}"))  # noqa: S608 - values of this test

    assert WHOLE in problems(school.url)[0]


@only_sqlite
def test_words_we_do_not_know_are_found(school):
    change(school, sa.update(PupilRow).values(destination=None), sa.text("UPDATE event SET candidates = '3'"))

    assert WHOLE in problems(school.url)[0]


def test_other_states_are_said(empty_url, empty_engine):
    with empty_engine.connect().execution_options(**WRITES) as connection, connection.begin():
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
    assert problems(empty_url) == ("De database is leeg.",)

    with empty_engine.connect().execution_options(**WRITES) as connection, connection.begin():
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('9999')"))
    assert "nieuwere versie" in problems(empty_url)[0]


def test_older_tables_are_read_without_the_rules(empty_url, empty_engine):
    with changing_tables(empty_engine) as connection:
        migrate(connection, to="0003")

    assert verifying.verify_database(empty_url) == ((), 0)


def test_missing_or_odd_address_is_said(tmp_path):
    assert "is er niet" in problems(f"sqlite:///{tmp_path / 'none.sqlite'}")[0]
    assert "alleen sqlite en postgresql" in problems("mysql://x/y")[0]
    assert not (tmp_path / "none.sqlite").exists()


def test_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "x.sqlite").write_bytes(random.Random(1).randbytes(5000))  # noqa: S311 - the same every time

    assert problems(f"sqlite:///{tmp_path / 'x.sqlite'}") != ()


def lines(path):
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = [(table.name, list(read_lines(connection, table))) for table in all_tables(connection)]
    engine.dispose()
    return found


def damage(path, whole, right, offset, content):
    """Put the content into a copy of the file; return "found", "harmless" or "missed"."""
    for left in path.parent.glob(f"{path.name}-*"):
        left.unlink()
    path.write_bytes(whole[:offset] + content + whole[offset + len(content) :])
    if problems(f"sqlite:///{path}"):
        return "found"
    return "harmless" if lines(path) == right else "missed"


def test_damaged_file_never_gives_a_trace_and_is_found(sqlite_school, tmp_path):
    """SQLite has no checksums: one changed letter in a name is only seen by comparing with a backup."""
    whole, chance = sqlite_school.read_bytes(), random.Random(1)  # noqa: S311 - the same every time
    path, right = tmp_path / "damaged.sqlite", lines(sqlite_school)
    places = (*range(0, 16, 3), *range(4096, len(whole), 20 * 4096))
    heads = [damage(path, whole, right, at, bytes([whole[at] ^ 0x5A])) for at in places]
    starts = [chance.randrange(4096, len(whole) - 64) for _ in range(20)]
    blocks = [damage(path, whole, right, at, chance.randbytes(64)) for at in starts]

    assert heads.count("found") > 0.8 * len(heads)
    assert blocks.count("found") > 0.1 * len(blocks)
    assert blocks.count("missed") <= 0.05 * len(blocks)


def test_cut_off_file_is_found(sqlite_school, tmp_path):
    whole, path = sqlite_school.read_bytes(), tmp_path / "cut.sqlite"
    for pages in range(1, len(whole) // 4096, 9):
        path.write_bytes(whole[: pages * 4096])
        assert problems(f"sqlite:///{path}") != ()


def test_verify_changes_nothing(sqlite_school, tmp_path):
    shutil.copyfile(sqlite_school, tmp_path / "school.sqlite")
    url = f"sqlite:///{tmp_path / 'school.sqlite'}"
    before = (tmp_path / "school.sqlite").read_bytes()

    assert problems(url) == ()

    assert (tmp_path / "school.sqlite").read_bytes() == before
