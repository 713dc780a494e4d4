import contextlib
import os
import pwd
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from planner.errors import SettingsError
from planner.storage.db import WRITES, Base, open_engine
from planner.storage.schema import MIGRATIONS, SchemaState, draft_migration, schema_state, upgrade

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_upgrade_from_nothing(empty_engine):
    assert schema_state(empty_engine) is SchemaState.EMPTY

    upgrade(empty_engine)

    assert schema_state(empty_engine) is SchemaState.CURRENT
    assert set(inspect(empty_engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_upgrade_of_an_up_to_date_database_changes_nothing(engine, tables):
    before = tables(engine)

    upgrade(engine)

    assert tables(engine) == before


def test_alembic_finds_no_difference_between_models_and_migrations(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_give_the_same_tables_as_the_models(engine, tables):
    """Also where Alembic does not look: checks, ON DELETE, AUTOINCREMENT."""
    migrated = tables(engine)
    with engine.execution_options(**WRITES).begin() as connection:
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)

    made = tables(engine)

    assert _in_any_order(made) == _in_any_order(migrated)


def _in_any_order(tables):
    """Return the lines of each definition sorted: the order of constraints and quotes around names mean nothing."""
    lines = (
        (name, sorted(line.strip(" ,\t") for line in re.split(r"\n|, (?=CONSTRAINT)", (sql or "").replace('"', ""))))
        for name, sql in tables
    )
    return sorted((name, [line for line in mine if line]) for name, mine in lines)


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
