"""The first run: who may begin, what each step refuses, and a school that is written whole or not at all."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from demoschool import NOW
from sqlalchemy import func, select

from planner.domain.families import shortcode
from planner.errors import ConflictError, InputError, NotFoundError, TooManyError
from planner.services import tasks
from planner.services.begin import firstrooms, firstrun, firststeps
from planner.services.limiting import Failures
from planner.services.lists import workbooks
from planner.services.signin import accounts
from planner.services.state import load_state
from planner.storage.db import Base
from planner.storage.records import has_school

on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
TYPED = {
    "school": {"name": "ISK  De Brug", "region": "Zuid", "label": "2026-2027"},
    "avonden": {"evening_0": "15:30", "evening_1": "", "evening_3": "15:00", "feast": "ramadan,suikerfeest"},
    "ruimtes": {"rooms": "Aula; 200; scherm, geluid\n\nLokaal 1, 28"},
    "klassen": {"phase_1": "1A, 1B", "phase_2": "2A;"},
    "coordinator": {"name": "Noor van den Berg", "email": "Noor@Brug.nl"},
}


def typed(**steps):
    """Return what was typed, with some fields of a step changed."""
    return {step: {**fields, **steps.get(step, {})} for step, fields in TYPED.items()}


def rows(workspace):
    """Return how many rows there are in all tables together."""
    session = workspace.session
    return sum(session.scalar(select(func.count()).select_from(each)) for each in Base.metadata.sorted_tables)


def test_wizard_is_open_without_a_school(empty):
    firstrun.require_open(empty)

    assert firstrun.is_open(empty)


def test_wizard_is_closed_when_there_is_a_school(workspace):
    assert not firstrun.is_open(workspace)
    with pytest.raises(NotFoundError, match="Er is al een school ingericht"):
        firstrun.require_open(workspace)
    with pytest.raises(ConflictError, match="Iemand anders"):
        firstrun.still_open(workspace)


@pytest.fixture
def door(empty):
    """Return the installation without a school, where nobody guessed yet."""
    return replace(empty, failures=Failures())


@on_one_database
def test_code_is_taken_however_it_was_typed(door):
    code = firstrun.setup_code(door)

    assert shortcode.is_valid(code, length=firstrun.CODE_LENGTH)
    for way in (code, shortcode.shown(code), code.lower(), f" {shortcode.shown(code)} "):
        assert firstrun.take_code(door, way, address="10.0.0.1", now=NOW) == code
    assert firstrun.setup_code(replace(door, secret_key="x" * 40)) != code


@on_one_database
@pytest.mark.parametrize("text", ["", "2", "é", "222-222-222-222"])
def test_other_code_is_refused(door, text):
    with pytest.raises(InputError, match="Deze code is het niet"):
        firstrun.take_code(door, text, address="10.0.0.1", now=NOW)


@on_one_database
def test_who_guesses_waits_and_a_whole_household_counts_as_one(door):
    for at in range(door.failures.limit):
        with pytest.raises(InputError):
            firstrun.take_code(door, "x", address=f"2001:db8::{at:x}", now=NOW)

    right = firstrun.setup_code(door)
    with pytest.raises(TooManyError):
        firstrun.take_code(door, right, address="2001:db8::ffff", now=NOW)
    assert firstrun.take_code(door, right, address="2001:db9::1", now=NOW) == right
    assert firstrun.take_code(door, right, address="2001:db8::1", now=NOW + timedelta(hours=1)) == right


def test_school_of_the_answers(empty):
    founded = firststeps.found(empty, TYPED, now=NOW)

    state = load_state(empty)
    assert (state.school.name, state.facts.region, state.calendar.label) == ("ISK De Brug", "Zuid", "2026-2027")
    assert (state.facts.is_demo, state.facts.feasts) == (False, ("ramadan", "suikerfeest"))
    assert state.school.evenings == {0: time(15, 30), 3: time(15)}
    assert state.school.market_last_year is False
    assert [(each.name, each.capacity, each.features) for each in state.rooms] == [
        ("Aula", 200, {"scherm", "geluid"}),
        ("Lokaal 1", 28, frozenset()),
    ]
    assert [(each.name, each.phase) for each in state.school.classes] == [("1A", 1), ("1B", 1), ("2A", 2)]
    assert [(each.name, each.roles) for each in state.people] == [("Noor van den Berg", {"lob-coordinator"})]
    visitor = accounts.visitor_of(empty, founded.session, now=NOW)
    assert (visitor.name, visitor.role) == ("Noor van den Berg", "coordinator")


def test_year_is_planned_by_the_worker(empty):
    founded = firststeps.found(empty, TYPED, now=NOW)
    before = firststeps.ready(empty, founded.task_id)

    assert tasks.run_next(empty, now=NOW)

    after = firststeps.ready(empty, founded.task_id)
    assert (before.task.state, after.task.state, after.has_pupils, after.is_demo) == ("queued", "done", False, False)
    assert {event.planned.runbook_id for event in load_state(empty).events} == {
        runbook.id for runbook in empty.cycle.runbooks
    }


@on_one_database
def test_bare_minimum_is_enough(empty):
    small = typed(ruimtes={"rooms": ""}, klassen={"phase_1": "", "phase_2": ""}, avonden={"feast": ""})
    founded = firststeps.found(empty, small, now=NOW)
    tasks.run_next(empty, now=NOW)

    assert firststeps.ready(empty, founded.task_id).task.state == "done"


@on_one_database
def test_demo_school_instead(empty):
    founded = firststeps.found_demo(empty, now=NOW)
    tasks.run_next(empty, now=NOW)

    view = firststeps.ready(empty, founded.task_id)
    assert (view.task.state, view.is_demo, view.has_pupils) == ("done", True, True)
    assert accounts.visitor_of(empty, founded.session, now=NOW).role == "coordinator"


@on_one_database
@pytest.mark.parametrize(
    ("step", "field", "text", "sentence"),
    [
        ("school", "name", " ", "Geef de school een naam"),
        ("school", "region", "Oost", "Regio ‘Oost’ bestaat niet"),
        ("school", "label", "2026", "‘2026’ is geen schooljaar"),
        ("avonden", "evening_0", "half acht", 'Bij maandag staat "half acht"'),
        ("ruimtes", "rooms", "Aula; veel", "Rij 1, kolom Plaatsen"),
        ("ruimtes", "rooms", "Aula", "Rij 1: dit is een nieuwe regel, maar het aantal plaatsen ontbreekt"),
        ("ruimtes", "rooms", "Aula; 2\nAula; 3", "Rij 2, kolom Lokaal: dit staat ook in rij 1"),
        ("ruimtes", "rooms", "Aula; 2; zwembad", "Rij 1, kolom Voorzieningen"),
        ("ruimtes", "rooms", "\n".join(f"Lokaal {at}; 20" for at in range(81)), "meer dan 80 ruimtes"),
        ("klassen", "phase_1", "1A, 1a", 'De klas "1a" staat er twee keer'),
        ("klassen", "phase_2", "1B", 'De klas "1B" staat er twee keer'),
        ("klassen", "phase_1", "een lange naam zonder komma", "kan geen klas zijn"),
        ("klassen", "phase_1", "1\u202eA", "kan geen klas zijn"),
        ("klassen", "phase_1", ",".join(f"k{at}" for at in range(61)), "meer dan 60 klassen"),
        ("coordinator", "name", "", "Geef de coördinator een naam"),
        ("coordinator", "email", "noor", "Schrijf het als naam@school.nl"),
        ("coordinator", "email", "noor@brug.nl\nbcc: a@b.nl", "Schrijf het als naam@school.nl"),
        ("coordinator", "email", f"{'n' * 250}@brug.nl", "Schrijf het als naam@school.nl"),
    ],
)
def test_odd_answer_is_refused_and_nothing_is_written(empty, step, field, text, sentence):
    answers = typed(**{step: {field: text}})
    before = rows(empty)

    with pytest.raises(InputError, match=sentence.replace("(", r"\(")):
        firststeps.check(empty, step, answers[step])
    with pytest.raises(InputError):
        firststeps.found(empty, answers, now=NOW)

    assert (rows(empty), has_school(empty.session)) == (before, False)


@on_one_database
def test_evenings_that_fit_no_year_are_refused_with_the_activity(empty):
    with pytest.raises(InputError, match=r"'Interessemarkt' begint om 17:00.*bijvoorbeeld bij dinsdag"):
        firststeps.check(empty, "avonden", {"evening_1": "19:00", "evening_2": "19:30"})


@on_one_database
def test_step_that_was_skipped_is_asked(empty):
    with pytest.raises(InputError, match="Geef de school een naam"):
        firststeps.found(empty, {}, now=NOW)


def test_failure_halfway_leaves_no_half_school(empty, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    before = rows(empty)
    monkeypatch.setattr(tasks, "queue", fail)
    for begin in (lambda: firststeps.found(empty, TYPED, now=NOW), lambda: firststeps.found_demo(empty, now=NOW)):
        with pytest.raises(RuntimeError):
            begin()

    assert (rows(empty), has_school(empty.session)) == (before, False)


def test_second_school_is_refused(empty):
    firststeps.found(empty, TYPED, now=NOW)
    before = rows(empty)

    for begin in (lambda: firststeps.found(empty, TYPED, now=NOW), lambda: firststeps.found_demo(empty, now=NOW)):
        with pytest.raises(ConflictError):
            begin()

    assert rows(empty) == before


def test_page_of_a_step_shows_what_was_typed_or_what_most_schools_choose():
    fresh, later = firststeps.view("school", {}, now=NOW), firststeps.view("avonden", TYPED["avonden"], now=NOW)

    assert (fresh.at, fresh.typed["label"], fresh.typed["name"], fresh.years[0]) == (0, "2026-2027", "", "2026-2027")
    assert [at for _, _, at in firststeps.view("avonden", {}, now=NOW).evenings] == ["15:30"] * 4 + [""]
    assert [at for _, _, at in later.evenings] == ["15:30", "", "", "15:00", ""]
    assert [key for key, _, on in later.feasts if on] == ["ramadan", "suikerfeest"]
    assert firststeps.view("klassen", {}, now=NOW).typed == {"phase_1": "", "phase_2": ""}


def test_rooms_come_from_the_template(workspace):
    text = firstrooms.rooms_text(workbooks.template(workspace), name="sjabloon.xlsx")

    assert text == "Lokaal 1.01; 28; scherm, tafels; 1"
    assert firstrooms.read_rooms(text)[0].floor == 1
