"""The wizard in a browser: nothing before the code, nothing on GET, and safe to go back in."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from browsing import Browser
from demoschool import NOW, close, settings_in, tables

from planner.app import create_app
from planner.domain.families import shortcode
from planner.services import tasks
from planner.services.begin import firstrun
from planner.storage.db import db

STEPS = {
    "school": {"name": "ISK De Brug", "region": "Midden", "label": "2026-2027"},
    "avonden": {"evening_1": "15:00", "evening_3": "15:00", "feast": ["ramadan", "suikerfeest"]},
    "ruimtes": {"rooms": "Aula; 200; scherm"},
    "klassen": {"phase_1": "1A", "phase_2": "2A"},
    "coordinator": {"name": "Noor van den Berg", "email": "noor@brug.nl"},
}


@pytest.fixture
def fresh(tmp_path):
    """Give an installation without a school."""
    app = create_app(settings_in(tmp_path))
    app.config["CLOCK"] = lambda: NOW
    with app.app_context():
        code = shortcode.shown(firstrun.setup_code(app.extensions["schakelplan"]))
    yield SimpleNamespace(app=app, code=code, facts=None)
    close(app)


@pytest.fixture
def visitor(fresh):
    return Browser(fresh)


@pytest.fixture
def beginner(fresh, visitor):
    """Return a browser that gave the code."""
    visitor.get("/begin")
    visitor.post("/begin", code=fresh.code)
    visitor.get("/begin/school")
    return visitor


def rows(fresh):
    with fresh.app.app_context():
        return tables(db.engine)


def walk(browser, upto="coordinator"):
    """Answer the steps; return the answer to the last one."""
    for step, fields in STEPS.items():
        answer = browser.post(f"/begin/{step}", **fields)
        if step == upto:
            return answer
    raise AssertionError(upto)


def test_first_page_leads_to_the_wizard_and_every_other_one_too(visitor):
    assert visitor.open("/").location == "/begin"
    assert visitor.open("/jaar").location == "/"
    assert "Code om te beginnen" in visitor.look("/begin")


@pytest.mark.parametrize("step", STEPS)
def test_step_asks_for_the_code_first(visitor, fresh, step):
    visitor.get("/begin")
    before = rows(fresh)

    assert visitor.open(f"/begin/{step}").location == "/begin"
    assert visitor.post(f"/begin/{step}", **STEPS[step]).location == "/begin"
    assert visitor.post("/begin/voorbeeld").location == "/begin"
    assert rows(fresh) == before


def test_wrong_code_is_told_on_a_page_that_can_be_reloaded(visitor):
    visitor.get("/begin")

    assert visitor.post("/begin", code="AAA").location == "/begin"
    assert "Deze code is het niet." in visitor.look("/begin")
    assert "Deze code is het niet." not in visitor.look("/begin")


def test_guesser_waits(visitor):
    visitor.get("/begin")
    answers = [visitor.post("/begin", code="AAA") for _ in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_steps_lead_to_a_school_and_a_coordinator_who_is_signed_in(beginner, fresh):
    before = rows(fresh)
    assert walk(beginner, "klassen").location == "/begin/coordinator"
    assert rows(fresh) == before

    done = beginner.post("/begin/coordinator", **STEPS["coordinator"])

    assert done.location.startswith("/begin/klaar/")
    page = beginner.look(done.location)
    assert "ISK De Brug staat klaar" in page
    assert "Kies een wachtwoord" in page
    assert beginner.open("/").location == "/jaar"
    assert beginner.open("/begin").location == "/"


def test_example_school_with_one_button(beginner):
    done = beginner.post("/begin/voorbeeld")

    assert "ISK De Ankerplaats staat klaar" in beginner.look(done.location)


def test_stranger_finds_the_wizard_closed_afterwards(beginner, fresh):
    page = walk(beginner).location
    other = Browser(fresh)
    before = rows(fresh)

    assert [other.open(path).status_code for path in ("/begin", "/begin/school")] == [404, 404]
    fresh.app.config["WTF_CSRF_ENABLED"] = False
    assert other.post("/begin", code=fresh.code).status_code == 404
    assert other.post("/begin/coordinator", **STEPS["coordinator"]).status_code == 404
    assert other.open(page).location == "/"
    assert rows(fresh) == before


def test_what_was_typed_is_there_when_one_goes_back(beginner):
    walk(beginner, "ruimtes")

    assert 'value="ISK De Brug"' in beginner.look("/begin/school")
    assert beginner.look("/begin/avonden").count("checked") == 2
    assert "Aula; 200; scherm</textarea>" in beginner.look("/begin/ruimtes")


def test_odd_answer_is_kept_to_be_put_right(beginner):
    assert beginner.post("/begin/ruimtes", rooms="Aula; veel").location == "/begin/ruimtes"

    page = beginner.look("/begin/ruimtes")
    assert "Rij 1, kolom Plaatsen" in page
    assert "Aula; veel</textarea>" in page


def test_step_that_was_skipped_comes_first(beginner, fresh):
    before = rows(fresh)

    assert beginner.post("/begin/coordinator", **STEPS["coordinator"]).location == "/begin/school"
    assert "Geef de school een naam" in beginner.look("/begin/school")
    assert rows(fresh) == before


def test_more_than_a_cookie_can_hold_is_refused_in_words(beginner):
    walk(beginner, "avonden")
    unlike = "\n".join(f"{hash(str(at)) & 0xFFFFFFFFFFFF:x}; 20" for at in range(400))

    assert beginner.post("/begin/ruimtes", rooms=unlike).location == "/begin/ruimtes"
    assert "Dit is te veel voor het begin." in beginner.look("/begin/ruimtes")
    assert 'value="ISK De Brug"' in beginner.look("/begin/school")


def test_rooms_come_from_a_file(beginner):
    file = (BytesIO(b"Lokaal;Plaatsen\nAula;200\n"), "ruimtes.csv")

    assert beginner.post("/begin/ruimtes", rooms="Hal; 3", file=file).location == "/begin/klassen"
    assert "Aula; 200; ; 0</textarea>" in beginner.look("/begin/ruimtes")


def test_fields_that_no_step_asks_change_nothing(beginner, fresh):
    extra = dict.fromkeys(("role", "is_admin", "school_id", "id", "token", "is_demo", "disabled_at"), "1")
    for step, fields in STEPS.items():
        beginner.post(f"/begin/{step}", **fields, **extra)

    with fresh.app.app_context():
        school = db.session.execute(db.text("SELECT id, is_demo FROM school")).one()
        account = db.session.execute(db.text("SELECT role, disabled_at FROM account")).one()
    assert (tuple(school), tuple(account)) == ((1, 0), ("coordinator", None))


def test_school_without_pupils_people_and_rooms_is_told_so_on_every_page_of_an_evening(beginner, fresh):
    for step, fields in {**STEPS, "ruimtes": {"rooms": ""}, "klassen": {}}.items():
        done = beginner.post(f"/begin/{step}", **fields)
    with fresh.app.app_context():
        tasks.run_next(fresh.app.extensions["schakelplan"], now=NOW)
    beginner.look(done.location)
    evening = "/activiteit/interessemarkt"

    pages = [beginner.open(f"{evening}{page}") for page in ("", "/mensen", "/groepen", "/vormen", "/blad/draaiboek")]

    assert [page.status_code for page in pages] == [200] * 5
    assert "Er komen nog geen gezinnen." in pages[2].text
    assert "maakt u hier de groepen" in beginner.look("/activiteit/kijkje/groepen")
    rounds = [beginner.look("/gesprekken"), beginner.look("/gesprekken/startgesprek-najaar")]
    assert not any(nonsense in page for nonsense in ("0 van 0", "0 gezinnen") for page in (*rounds, pages[0].text))
