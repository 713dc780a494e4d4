"""Who does what: by hand, and from a search to the plan."""

import re

from planner.services import tasks
from planner.services.state import load_state

BOARD = "/activiteit/kijkje/mensen"


def work(demo):
    with demo.app.app_context():
        assert tasks.run_next(demo.app.extensions["schakelplan"], now=demo.app.config["CLOCK"]())


def duties(demo):
    with demo.app.app_context():
        state = load_state(demo.app.extensions["schakelplan"])
        return {(duty.need_id, duty.person_id): duty.pinned for duty in state.duties["kijkje"]}


def test_somebody_is_kept_let_go_and_taken_off(demo, coordinator):
    (need_id, person_id), _ = next(iter(duties(demo).items()))
    task = {"need_id": need_id, "person_id": person_id}

    coordinator.post(f"{BOARD}/vast", **task, pinned="1")
    assert duties(demo)[need_id, person_id] is True
    coordinator.post(f"{BOARD}/vast", **task, pinned="")
    assert duties(demo)[need_id, person_id] is False
    coordinator.post(f"{BOARD}/eraf", **task)
    assert (need_id, person_id) not in duties(demo)
    coordinator.post(f"{BOARD}/indelen", **task)
    assert duties(demo)[need_id, person_id] is True
    assert "De taak is gegeven en staat vast." in coordinator.look(BOARD)


def test_choice_that_cannot_be_says_why(demo, coordinator):
    answer = coordinator.post(f"{BOARD}/indelen", need_id="kijkje:teamleider:event", person_id=demo.facts.person_id)

    assert answer.status_code == 400
    assert "kan dit niet doen" in answer.text


def test_drop_out_is_a_proposal_first_and_the_plan_after_that(demo, coordinator):
    need_id, person_id = next(key for key in duties(demo) if ":sleutelouder:" in key[0] or ":tolk:" in key[0])

    task = coordinator.post(f"/mensen/{person_id}/valt-uit", event_id="kijkje").location
    assert "Stop" in coordinator.look(task)
    work(demo)
    at = coordinator.get(task).location
    page = coordinator.look(at)

    assert re.search(r"<h1>.* valt uit</h1>", page)
    assert (need_id, person_id) in duties(demo)
    assert coordinator.post(at).location.endswith(BOARD)
    assert person_id not in {who for _, who in duties(demo)}
    assert coordinator.get(at).status_code == 404


def test_search_for_the_year_goes_back_to_the_people(demo, coordinator):
    task = coordinator.post("/jaar/verdelen").location
    work(demo)
    at = coordinator.get(task).location

    assert "Voorstel voor het hele jaar" in coordinator.look(at)
    assert coordinator.post(at).location.endswith("/mensen")


def test_waiting_search_can_be_stopped(coordinator):
    task = coordinator.post(f"{BOARD}/verdelen").location

    coordinator.post(f"{task}/stop")

    assert "Gestopt. Er is niets veranderd." in coordinator.look(task)


def test_odd_people_are_told_and_languages_have_a_page(coordinator):
    assert "Talen" in coordinator.look("/mensen")
    assert "Kan tolken:" in coordinator.look("/mensen/talen")
