import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, inspect, text
from sqlalchemy.orm import Session

from planner.errors import SettingsError
from planner.storage.db import WRITES, Base, open_engine, writing
from planner.storage.events import save_plan
from planner.storage.models import AuditRow
from planner.storage.schema import MIGRATIONS, SchemaState, draft_migration, schema_state, upgrade
from planner.storage.steps import StepDone, load_done_steps, mark_step

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("event", recreate="auto") as batch:
        batch.alter_column("moment", new_column_name="season", existing_type=sa.String())
        batch.add_column(sa.Column("colour", sa.String(), nullable=True))
    op.execute("DELETE FROM audit")
    {end}
"""


@pytest.fixture
def scripts(tmp_path):
    """Copy the migrations, to add a step to; `add(end)` ends the step with a line of your own."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = max(path.name[:4] for path in (folder / "versions").glob("0*.py"))

    def add(end):
        (folder / "versions" / "9999_extra.py").write_text(STEP.format(head=head, end=end))
        return folder

    return add


def _tables(engine):
    """Return everything the database itself says about its tables, constraints and indices."""
    if engine.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master ORDER BY name, tbl_name"
    else:
        query = """
            SELECT conrelid::regclass::text || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
              WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT table_name || ' ' || column_name, concat_ws(' ', data_type,
              character_maximum_length, is_nullable, column_default) FROM information_schema.columns
              WHERE table_schema = 'public'
            ORDER BY 1, 2
        """
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query)) if "alembic_version" not in row[0]]


def test_upgrade_from_nothing(empty_engine):
    assert schema_state(empty_engine) is SchemaState.EMPTY

    upgrade(empty_engine)

    assert schema_state(empty_engine) is SchemaState.CURRENT
    assert set(inspect(empty_engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_upgrade_of_an_up_to_date_database_changes_nothing(engine):
    before = _tables(engine)

    upgrade(engine)

    assert _tables(engine) == before


def test_alembic_finds_no_difference_between_models_and_migrations(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_give_the_same_tables_as_the_models(engine):
    """Also where Alembic does not look: checks, ON DELETE, AUTOINCREMENT."""
    migrated = _tables(engine)
    with engine.execution_options(**WRITES).begin() as connection:
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)

    made = _tables(engine)

    assert _in_any_order(made) == _in_any_order(migrated)


def _in_any_order(tables):
    """Return the lines of each definition sorted: the order of constraints means nothing."""
    lines = (
        (name, sorted(line.strip(" ,\t") for line in re.split(r"\n|, (?=CONSTRAINT)", sql or "")))
        for name, sql in tables
    )
    return sorted((name, [line for line in mine if line]) for name, mine in lines)


def test_step_that_fails_half_way_leaves_everything_as_it_was(engine, scripts, now):
    with Session(engine) as session, writing(session):
        session.add(AuditRow(at=now, who="jan", what="x", subject=""))
    before = _tables(engine)

    with pytest.raises(ZeroDivisionError):
        upgrade(engine, scripts=scripts("1 / 0"))

    assert _tables(engine) == before
    assert schema_state(engine) is SchemaState.CURRENT
    with Session(engine) as session:
        assert session.query(AuditRow).count() == 1


def test_step_completes_after_it_failed_once(engine, scripts):
    with pytest.raises(ZeroDivisionError):
        upgrade(engine, scripts=scripts("1 / 0"))
    folder = scripts("pass")
    assert schema_state(engine, scripts=folder) is SchemaState.OUTDATED

    upgrade(engine, scripts=folder)

    assert schema_state(engine, scripts=folder) is SchemaState.CURRENT
    assert {"season", "colour"} <= {column["name"] for column in inspect(engine).get_columns("event")}


class InterruptedUpgradeError(Exception):
    pass


def test_failure_after_any_statement_leaves_nothing_behind(empty_engine):
    """Interrupt the first upgrade after its first statement, its second, and so on until it succeeds."""
    left = [0]

    @event.listens_for(empty_engine, "after_cursor_execute")
    def interrupt(_connection, _cursor, statement, *_):
        if re.match(r"\s*(CREATE|INSERT|UPDATE|DELETE|ALTER|DROP)", statement):
            left[0] -= 1
            if left[0] == 0:
                raise InterruptedUpgradeError

    interrupted = 0
    while True:
        left[0] = interrupted + 1
        try:
            upgrade(empty_engine)
        except InterruptedUpgradeError:
            interrupted += 1
            left[0] = 0
            assert inspect(empty_engine).get_table_names() == []
        else:
            break

    assert interrupted > len(Base.metadata.tables)
    assert schema_state(empty_engine) is SchemaState.CURRENT


KILLED = """
import os, signal, sys
from sqlalchemy import event
from planner.storage.db import open_engine
from planner.storage.schema import upgrade

engine = open_engine(sys.argv[1])
left = int(sys.argv[2])

@event.listens_for(engine, "after_cursor_execute")
def kill(_connection, _cursor, statement, *_):
    global left
    left -= statement.lstrip().startswith("CREATE")
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

upgrade(engine)
"""


@pytest.mark.parametrize("statements", [3, 30])
def test_kill_during_upgrade_leaves_nothing_behind(empty_engine, empty_url, statements):
    killed = subprocess.run([sys.executable, "-c", KILLED, empty_url, str(statements)], check=False, timeout=60)

    assert killed.returncode == -signal.SIGKILL
    assert schema_state(empty_engine) is SchemaState.EMPTY
    upgrade(empty_engine)
    assert schema_state(empty_engine) is SchemaState.CURRENT


@pytest.mark.usefixtures("stored")
def test_rebuilding_a_table_keeps_what_refers_to_it(engine, scripts, session, occurrences, plan, now):
    with writing(session):
        save_plan(session, occurrences, plan, now=now)
        mark_step(session, plan[0].id, "zaal", done=StepDone(at=now, by="jan"))
    session.close()

    upgrade(engine, scripts=scripts("pass"))

    assert load_done_steps(session) == {(plan[0].id, "zaal"): StepDone(at=now, by="jan")}


@only_sqlite
@pytest.mark.usefixtures("stored")
def test_step_that_breaks_references_is_undone(engine, scripts):
    before = _tables(engine)

    with pytest.raises(RuntimeError, match="refer to rows that are gone: household_pupil"):
        upgrade(engine, scripts=scripts('op.execute("DELETE FROM household")'))

    assert _tables(engine) == before


def test_programs_that_start_together_wait_for_each_other(empty_url):
    engines = [open_engine(empty_url) for _ in range(4)]

    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(upgrade, engines))

    assert {schema_state(engine) for engine in engines} == {SchemaState.CURRENT}
    for engine in engines:
        engine.dispose()


def test_newer_database_is_refused(engine, scripts):
    upgrade(engine, scripts=scripts("pass"))
    before = _tables(engine)

    assert schema_state(engine) is SchemaState.NEWER
    with pytest.raises(SettingsError, match=r"^De database is gemaakt door een nieuwere versie van Schakelplan"):
        upgrade(engine)
    assert _tables(engine) == before


def test_database_of_another_program_is_refused(empty_engine):
    with empty_engine.execution_options(**WRITES).begin() as connection:
        connection.execute(text("CREATE TABLE invoice (id INTEGER)"))

    assert schema_state(empty_engine) is SchemaState.FOREIGN
    with pytest.raises(SettingsError, match="tabellen van een ander programma"):
        upgrade(empty_engine)
    assert inspect(empty_engine).get_table_names() == ["invoice"]


def test_upgrade_makes_the_folder(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/var/data/school.sqlite")

    upgrade(engine)

    assert schema_state(engine) is SchemaState.CURRENT
    engine.dispose()


def _refused(engine):
    with pytest.raises(SettingsError) as caught:
        upgrade(engine)
    engine.dispose()
    return str(caught.value)


def test_folder_that_cannot_be_made_gives_a_sentence(tmp_path):
    (tmp_path / "file").touch()

    sentence = _refused(open_engine(f"sqlite:///{tmp_path}/file/school.sqlite"))

    assert sentence.startswith(f"De map voor het bestand {tmp_path}/file/school.sqlite kan niet worden gemaakt (")
    assert sentence.endswith("Kies in DATABASE_URL een map waarin Schakelplan mag schrijven.")


def test_path_that_is_a_folder_gives_a_sentence(tmp_path):
    sentence = _refused(open_engine(f"sqlite:///{tmp_path}"))

    assert sentence == (
        f"Schakelplan kan het bestand {tmp_path} niet gebruiken. De gegevens kunnen niet worden gelezen of "
        "geschreven. Controleer de schijf en de rechten van de map. De plaats staat in DATABASE_URL."
    )


@only_sqlite
def test_file_that_cannot_be_written_gives_a_sentence(database_url, scripts):
    path = database_url.removeprefix("sqlite:///")
    engine = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")

    with pytest.raises(SettingsError, match="Controleer de schijf en de rechten van de map"):
        upgrade(engine, scripts=scripts("pass"))
    engine.dispose()


@contextlib.contextmanager
def _without_rights():
    """Work as someone who is not root, who may write anywhere."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(user)


def test_folder_without_rights_gives_a_sentence():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with _without_rights():
            sentence = _refused(open_engine(f"sqlite:///{folder}/school.sqlite"))

    assert "Controleer de schijf en de rechten van de map" in sentence


def test_server_that_is_not_there_gives_a_sentence(tmp_path):
    sentence = _refused(open_engine(f"postgresql://jan:geheim@/school?host={tmp_path}"))

    assert sentence == (
        "Schakelplan kan de database school niet gebruiken. De database is niet bereikbaar. "
        "Probeer het over een paar seconden opnieuw. De plaats staat in DATABASE_URL."
    )


@only_sqlite
def test_drafting_a_migration_finds_nothing_to_do_and_writes_plain_types(engine, tmp_path):
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))

    draft_migration(engine, number="0099", about="nothing", scripts=folder)

    written = (folder / "versions" / "0099_nothing.py").read_text()
    compile(written, "0099_nothing.py", "exec")
    assert "create_table" not in written
    assert "pass" in written


def test_each_migration_stands_on_the_one_before():
    steps = sorted(Path(MIGRATIONS, "versions").glob("0*.py"))
    numbers = [step.name[:4] for step in steps]

    downs = [re.search(r"^down_revision = (.*)$", step.read_text(), re.MULTILINE)[1].strip("\"'") for step in steps]

    assert downs == ["None", *numbers[:-1]]
