import os
from datetime import timedelta

import pytest
import sqlalchemy as sa
from backups.conftest import NOW, settings_in
from click.testing import CliRunner
from sqlalchemy.orm import Session

from planner.cli import planner
from planner.errors import PlannerError
from planner.services import doctor
from planner.services.keeping import backups, households
from planner.storage.db import writing
from planner.storage.models import HoldRow

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_get_changes_nothing(school, coordinator):
    home = households.households(school.workspace)[0].id
    paths = ("/huishoudens", "/huishoudens?zoek=1a", "/huishoudens?zoek=niemand", f"/huishoudens/{home}")
    before = backups.make(school.url, school.folder / "before.zip", now=NOW)

    for path in (*paths, f"/huishoudens/{home}/gegevens.json", "/instellingen/opruimen", "/jaar"):
        assert coordinator.get(path).status_code == 200
    for path in (f"/huishoudens/{home}/wissen", "/jaar/verder"):
        assert coordinator.get(path).status_code == 405

    assert backups.make(school.url, school.folder / "after.zip", now=NOW) == before


def test_strangers_see_nothing(school):
    client = school.app.test_client()
    home = households.households(school.workspace)[0].id

    for path in ("/huishoudens", f"/huishoudens/{home}", f"/huishoudens/{home}/gegevens.json"):
        assert client.get(path).status_code == 302
    assert client.get("/instellingen/opruimen").status_code == 302
    for path in (f"/huishoudens/{home}/wissen", "/instellingen/opruimen", "/jaar/verder"):
        assert client.post(path, data={"zeker": "ja", "woord": "opruimen"}).headers["Location"] == "/"
    assert households.household_view(school.workspace, home).id == home


def test_family_is_erased_from_its_page(school, coordinator):
    home = households.households(school.workspace)[0]

    assert coordinator.post(f"/huishoudens/{home.id}/wissen").status_code == 400
    answer = coordinator.post(f"/huishoudens/{home.id}/wissen", data={"zeker": "ja"}, follow_redirects=True)

    assert "Alles van dit gezin is gewist." in answer.text
    assert coordinator.get(f"/huishoudens/{home.id}").status_code == 404


def test_year_is_cleaned_up_and_the_coordinator_stays_signed_in(coordinator):
    assert coordinator.post("/instellingen/opruimen", data={"woord": "nee"}).status_code == 400
    answer = coordinator.post("/instellingen/opruimen", data={"woord": "opruimen"}, follow_redirects=True)

    assert "Opgeruimd: 0 leerlingen en 0 gezinnen." in answer.text
    assert "Telling van dinsdag 10 november 2026" in answer.text


def test_year_page_tells_of_the_hold(school, coordinator):
    session = school.workspace.session
    with writing(session):
        session.add(HoldRow(since=NOW, made_at=NOW))
    session.close()

    assert "Er is een back-up teruggezet" in coordinator.get("/jaar").text
    assert "Alles klopt" in coordinator.post("/jaar/publiceren").text
    answer = coordinator.post("/jaar/verder", follow_redirects=True)

    assert "kan weer publiceren" in answer.text
    assert "Er is een back-up teruggezet" not in answer.text


@pytest.mark.parametrize(
    ("days", "ok", "text"), [(0, True, "van vandaag"), (1, True, "1 dag oud"), (9, False, "9 dagen oud")]
)
def test_doctor_knows_the_age_of_the_newest_backup(school, days, ok, text):
    given = settings_in(school.folder, school.url)
    given.backups_dir.mkdir()
    for age in (days, 30):
        path, moment = given.backups_dir / f"schakelplan-{age}.zip", (NOW - timedelta(days=age)).timestamp()
        path.write_text("")
        os.utime(path, (moment, moment))

    findings = doctor.examine(school.workspace, given, now=NOW)

    assert [(each.ok, each.text) for each in findings if each.about == "Back-up"] == [(ok, text)]


def test_doctor_misses_a_backup(school):
    findings = doctor.examine(school.workspace, settings_in(school.folder, school.url), now=NOW)

    (found,) = (each for each in findings if each.about == "Back-up")
    assert not found.ok
    assert "planner backup" in found.text


@pytest.fixture
def run(school, monkeypatch):
    """Return a function that gives the command's exit status and words."""
    school.workspace.session.close()
    monkeypatch.setenv("PLANNER_DATA", str(school.folder))
    monkeypatch.setenv("DATABASE_URL", school.url)

    def command(*words, answer=None):
        result = CliRunner().invoke(planner, words, input=answer)
        if isinstance(result.exception, PlannerError):
            return 2, str(result.exception)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return command


def test_commands_make_check_and_put_back_a_backup(run, school, monkeypatch):
    status, words = run("backup")
    (path,) = (school.folder / "backups").iterdir()
    assert status == 0
    assert str(path) in words
    assert "geheime sleutel zit er niet in" in words
    assert run("verify", str(path))[0] == 0
    assert run("verify")[0] == 0
    assert run("restore", str(path))[0] == 2

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{school.folder / 'new.sqlite'}")
    assert "Alles klopt, ga verder" in run("restore", str(path))[1]

    path.write_bytes(b"x")
    status, words = run("verify", str(path))
    assert status == 1
    assert words.startswith(f"Het bestand {path} is beschadigd")


def test_commands_erase_only_when_told_so(run, school):
    home = households.households(school.workspace)[0]
    school.workspace.session.close()

    assert run("erase")[0] == 2
    assert "Er is niets gewist." in run("erase", "--year-end", "--dry-run")[1]
    assert "Opgeruimd: 0 leerlingen" in run("erase", "--year-end", answer="opruimen\n")[1]
    assert "Er is niets gewist." in run("erase", "--household", home.id, "--dry-run")[1]
    assert "vinkje" in run("erase", "--household", home.id, answer="n\n")[1]
    assert "is gewist" in run("erase", "--household", home.id, answer="y\n")[1]
    with Session(school.workspace.session.get_bind()) as session:
        assert session.scalar(sa.text("SELECT count(*) FROM household WHERE id = :id"), {"id": home.id}) == 0
