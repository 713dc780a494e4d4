import pytest
from demoschool import NOW

from planner.errors import NotFoundError
from planner.services.state import load_state
from planner.services.year import planning, preparing
from planner.storage.steps import StepDone, load_done_steps

MARKET = "interessemarkt"


@pytest.fixture
def step_id(workspace):
    done = load_done_steps(workspace.session)
    return next(step.id for step in load_state(workspace).runbook(MARKET).steps if (MARKET, step.id) not in done)


def test_step_is_done(workspace, step_id):
    preparing.tick(workspace, MARKET, step_id, by="Marieke", now=NOW)

    assert load_done_steps(workspace.session)[MARKET, step_id] == StepDone(at=NOW, by="Marieke")


def test_second_tick_takes_it_back(workspace, step_id):
    for _ in range(2):
        preparing.tick(workspace, MARKET, step_id, by="Marieke", now=NOW)

    assert (MARKET, step_id) not in load_done_steps(workspace.session)


def test_unknown_step(workspace):
    with pytest.raises(NotFoundError, match=r'^Stap "dansen" hoort niet bij deze activiteit.$'):
        preparing.tick(workspace, MARKET, "dansen", by="Marieke", now=NOW)


def test_unknown_event(workspace, step_id):
    with pytest.raises(NotFoundError, match=r'^De activiteit "markt" staat niet in dit schooljaar.$'):
        preparing.tick(workspace, "markt", step_id, by="Marieke", now=NOW)


def test_step_that_the_chosen_form_drops(workspace):
    runbook = load_state(workspace).runbook("kijkje")
    form = next(form for form in runbook.forms if {step.id for step in runbook.steps} & set(form.drops))
    dropped = next(step.id for step in runbook.steps if step.id in form.drops)
    planning.choose_form(workspace, "kijkje", form.id, now=NOW)

    with pytest.raises(NotFoundError):
        preparing.tick(workspace, "kijkje", dropped, by="Marieke", now=NOW)
