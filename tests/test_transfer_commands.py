"""planner import, import-undo, export-all and import-all, from file to file."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from demoschool import KEY, SIZE, YEAR

from planner.app import create_app
from planner.cli import planner
from planner.config import read_settings
from planner.errors import ConflictError, InputError
from planner.services.begin import demo

LIST = "Stamnummer;Roepnaam;Achternaam;Klas\n999001;Amina;Husayn;1A\n"


def environment(folder):
    return {"PLANNER_DATA": str(folder), "SECRET_KEY": KEY, "DATABASE_URL": f"sqlite:///{folder / 's.sqlite'}"}


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    app = create_app(read_settings(environment(folder)))
    with app.app_context():
        now = datetime(2026, 11, 10, 9, tzinfo=UTC)
        list(demo.make(app.extensions["schakelplan"], size=SIZE, seed=1, region="Midden", label=YEAR, now=now))
    return folder


@pytest.fixture
def run(installation):
    def run_one(*arguments, folder=installation):
        return CliRunner(env=environment(folder)).invoke(planner, [str(each) for each in arguments])

    return run_one


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "klassen.csv"
    path.write_text(LIST)
    return path


def test_dry_run_tells_and_changes_nothing(run, file):
    told = run("import", file, "--what", "pupils", "--dry-run")
    again = json.loads(run("import", file, "--what", "pupils", "--dry-run", "--json").output)

    assert told.exit_code == 0
    assert "nieuw: Amina Husayn (999001)" in told.output
    assert f"niet in de lijst: en nog {SIZE - 20}" in told.output
    assert told.output.endswith("Er is niets ingelezen: 1 nieuw, 0 veranderd.\n")
    assert again["new"] == ["Amina Husayn (999001)"]


def test_import_and_undo(run, file):
    done = run("import", file, "--what", "pupils")
    file.write_text(LIST.replace("Amina", "Mina"))
    changed = run("import", file, "--what", "pupils", "--dry-run")

    assert "Leerlingen ingelezen: 1 nieuw" in done.output
    assert "veranderd: Amina Husayn (999001): Roepnaam: Amina → Mina" in changed.output
    assert "ongedaan gemaakt" in run("import-undo").output


def test_problems_are_told_and_give_status_two(run, file):
    file.write_text(LIST.replace("1A", "9Z"))

    told = run("import", file, "--what", "pupils")

    assert told.exit_code == 2
    assert 'de klas "9Z" kennen we niet' in told.stderr
    assert run("import", file, "--what", "pupils", "--new-classes", "--dry-run").exit_code == 0


def test_everything_goes_out_and_in_again(run, tmp_path):
    out, again = tmp_path / "school.json", tmp_path / "again.json"
    assert run("export-all", "--out", out).output == f"{out}\n"

    told = run("import-all", out, folder=tmp_path / "leeg")

    assert told.output.startswith("Alles is ingelezen:")
    run("export-all", "--out", again, folder=tmp_path / "leeg")
    assert json.loads(again.read_text())["tables"] == json.loads(out.read_text())["tables"]
    assert isinstance(run("import-all", out, folder=tmp_path / "leeg").exception, ConflictError)


def test_workbook_goes_out(run, tmp_path):
    run("export-all", "--out", tmp_path / "school.xlsx")

    assert (tmp_path / "school.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["school.pdf", "map-die-er-niet-is/school.json"])
def test_place_that_cannot_be_written_is_told(run, tmp_path, name):
    assert isinstance(run("export-all", "--out", tmp_path / name).exception, InputError)


def test_file_that_is_not_there_is_told(run, tmp_path):
    assert isinstance(run("import-all", tmp_path / "niets.json").exception, InputError)
