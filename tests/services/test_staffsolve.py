"""The deep search: a proposal that changes nothing until somebody takes it over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from contents import contents
from demoschool import NOW
from sqlalchemy import select

from planner.domain.staffing.goals import measure
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services import tasks
from planner.services.staffing import staffhand, staffproposal, staffsolve
from planner.services.state import load_state, read_state
from planner.services.year import planning, publishing
from planner.storage.db import writing
from planner.storage.events import clear_events
from planner.storage.models import PublicationRow, TaskRow
from planner.storage.records import bump_revision

LOOK, MARKET = "kijkje", "interessemarkt"
YEAR = {"event_id": "", "person_id": ""}
on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def hard(state):
    return [violation for violation in state.staff_violations if violation.hard]


def keys(plan):
    return {duty.key for duty in plan}


def an_interpreter(workspace, event_id=LOOK):
    """Return the id of somebody who interprets at an event."""
    return next(person.id for _, need, person in load_state(workspace).duties_of(event_id) if need.guests)


def run(workspace, kind, arguments):
    task_id = tasks.queue(workspace, kind=kind, arguments=arguments, now=NOW)
    assert tasks.run_next(workspace, now=NOW)
    return task_id


def test_planned_year_has_people_and_breaks_no_hard_rule(workspace):
    state = load_state(workspace)

    assert state.staff_plan
    assert hard(state) == []


def test_what_was_found_is_as_good_as_it_gets(workspace):
    """Planning the year took the deep search's answer over; a repair finds nothing to change."""
    state = load_state(workspace)

    proposal = staffsolve.find(workspace, now=NOW)

    assert proposal.revision == state.facts.revision
    assert keys(proposal.plan) == keys(state.staff_plan)
    assert all(goal.proven for goal in proposal.reached)
    assert [goal.value for goal in proposal.reached[:4]] == [0, 0, 0, 0]
    assert [goal.value for goal in proposal.reached[4:]] == list(measure(state.staff_problem, state.staff_plan))


@on_one_database
def test_search_from_nothing_keeps_what_is_pinned(workspace):
    person_id = an_interpreter(workspace)
    need_id = next(duty.need_id for duty in load_state(workspace).duties[LOOK] if duty.person_id == person_id)
    staffhand.pin(workspace, LOOK, need_id, person_id, pinned=True)

    proposal = staffsolve.find(workspace, now=NOW, anew=True)

    assert (need_id, person_id) in keys(proposal.plan)
    assert proposal.reached[0].name == "Voor elke taal een tolk"


def test_finding_stores_nothing(workspace):
    before = contents(workspace.session)

    staffsolve.find(workspace, now=NOW, event_id=LOOK, person_id=an_interpreter(workspace))

    assert contents(workspace.session) == before


def test_who_drops_out_of_one_event_is_replaced_there_and_nowhere_else(workspace):
    person_id, before = an_interpreter(workspace), load_state(workspace)
    proposal = staffsolve.find(workspace, now=NOW, event_id=LOOK, person_id=person_id)

    staffsolve.take_over(workspace, proposal)

    after = load_state(workspace)
    day = after.event(LOOK).planned.span.first
    assert day in after.person(person_id).unavailable
    assert person_id not in {duty.person_id for duty in after.duties[LOOK]}
    assert {event: duties for event, duties in after.duties.items() if event != LOOK} == {
        event: duties for event, duties in before.duties.items() if event != LOOK
    }
    assert hard(after) == []


@on_one_database
def test_pinned_task_of_who_drops_out_goes_too(workspace):
    person_id = an_interpreter(workspace)
    need_id = next(duty.need_id for duty in load_state(workspace).duties[LOOK] if duty.person_id == person_id)
    staffhand.pin(workspace, LOOK, need_id, person_id, pinned=True)

    staffsolve.take_over(workspace, staffsolve.find(workspace, now=NOW, event_id=LOOK, person_id=person_id))

    assert person_id not in {duty.person_id for duty in load_state(workspace).duties[LOOK]}


@on_one_database
def test_who_stops_has_no_evening_that_is_to_come_and_keeps_what_was(workspace):
    before = load_state(workspace)
    today = NOW.date()
    past = {event.planned.id for event in before.events if event.planned.span.last < today}
    person_id = next(
        duty.person_id for event_id in past for duty, need, _ in before.duties_of(event_id) if not need.spread
    )

    staffsolve.take_over(workspace, staffsolve.find(workspace, now=NOW, person_id=person_id))

    after = load_state(workspace)
    mine = [need for event in after.events for d, need, p in after.duties_of(event.planned.id) if p.id == person_id]
    assert all(need.spread or need.day < today for need in mine)
    assert {event_id: after.duties.get(event_id) for event_id in past} == {
        event_id: before.duties.get(event_id) for event_id in past
    }


def test_proposal_for_another_school_is_refused(workspace):
    proposal = staffsolve.find(workspace, now=NOW)
    before = contents(workspace.session)

    with pytest.raises(ConflictError):
        staffsolve.take_over(workspace, replace(proposal, revision=proposal.revision - 1))

    assert contents(workspace.session) == before


def test_people_who_were_told_are_those_of_the_last_publication(workspace):
    person_id = an_interpreter(workspace)
    assert person_id in read_state(workspace).told

    with writing(workspace.session):
        workspace.session.query(PublicationRow).delete()
        bump_revision(workspace.session)
    assert read_state(workspace).told == frozenset()

    publishing.publish(workspace, by="Marieke", now=NOW)
    assert staffsolve.find(workspace, now=NOW).reached[0].name == "Niemand verliest zijn tolk"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"event_id": "markt"}, 'De activiteit "markt" staat niet in dit schooljaar.'),
        ({"person_id": "jan"}, "Deze persoon is er niet."),
    ],
)
def test_search_about_what_is_not_there_is_refused_at_once(workspace, wrong, sentence):
    with pytest.raises(NotFoundError) as refused:
        tasks.queue(workspace, kind="staff.propose", arguments={**YEAR, **wrong}, now=NOW)

    assert str(refused.value) == sentence


def test_school_without_activities_is_told_to_plan_first(workspace):
    with writing(workspace.session):
        clear_events(workspace.session)
        bump_revision(workspace.session)

    with pytest.raises(InputError) as refused:
        staffsolve.find(workspace, now=NOW)

    assert str(refused.value) == "Er zijn nog geen activiteiten. Plan eerst het jaar, op de pagina Jaar."


def test_task_keeps_its_outcome_until_somebody_takes_it_over_once(workspace):
    person_id = an_interpreter(workspace)
    task_id = run(workspace, "staff.without", {"event_id": LOOK, "person_id": person_id})
    before = load_state(workspace).staff_plan
    view = staffproposal.proposal_view(workspace, task_id)

    assert tasks.task_view(workspace, task_id).back == f"/mensen/voorstel/{task_id}"
    assert (view.without, view.title) == (
        load_state(workspace).person(person_id).name,
        "Een kijkje op een nieuwe school",
    )
    assert {move.person.id for move in view.gone} >= {person_id}
    assert person_id not in {move.person.id for move in view.new}
    assert [goal.name for goal in view.goals][:2] == ["Niemand verliest zijn tolk", "Geen plek komt leeg"]
    assert all(move.is_told for move in view.gone if move.person.id == person_id)
    assert (view.is_outdated, view.back) == (False, f"/activiteit/{LOOK}/mensen")
    assert load_state(workspace).staff_plan == before

    taken = staffsolve.take_over_task(workspace, task_id)

    assert keys(load_state(workspace).staff_plan) == keys(taken.plan)
    with pytest.raises(NotFoundError):
        staffsolve.take_over_task(workspace, task_id)


def test_proposal_that_the_school_overtook_is_shown_as_such_and_not_taken_over(workspace):
    task_id = run(workspace, "staff.propose", YEAR)
    planning.unpin(workspace, MARKET, now=NOW + timedelta(minutes=1))

    view = staffproposal.proposal_view(workspace, task_id)

    assert (view.is_outdated, view.without, view.title, view.back) == (True, "", "het hele jaar", "/mensen")
    assert (view.gone, view.new) == ((), ())
    with pytest.raises(ConflictError) as refused:
        staffsolve.take_over_task(workspace, task_id)
    assert str(refused.value) == "De planning is intussen veranderd. Vraag een nieuw voorstel."


def test_open_places_are_named_with_the_task(workspace):
    view = staffproposal.proposal_view(workspace, run(workspace, "staff.propose", {**YEAR, "event_id": LOOK}))
    state = load_state(workspace)
    wanted = [gap for gap in state.gaps[LOOK] if not state.need(gap.need_id).optional]

    assert sorted(view.open_places) == sorted(
        f"{state.need(gap.need_id).label(state.language_names)}: {gap.why}" for gap in wanted
    )


def test_search_that_is_stopped_while_it_waits_ends_at_once(workspace):
    task_id = tasks.queue(workspace, kind="staff.propose", arguments=YEAR, now=NOW)

    tasks.stop(workspace, task_id, now=NOW)

    view = tasks.task_view(workspace, task_id)
    assert (view.state, view.message) == ("failed", "Gestopt. Er is niets veranderd.")
    assert not tasks.run_next(workspace, now=NOW)


def test_search_that_is_stopped_while_it_runs_changes_nothing(workspace, other, monkeypatch):
    task_id = tasks.queue(workspace, kind="staff.propose", arguments=YEAR, now=NOW)
    before = load_state(workspace).facts.revision

    def stopping(_workspace, _arguments, progress, now):
        progress(0, 1, "Bezig")
        tasks.stop(other, task_id, now=now)
        progress(0, 1, "Bezig")
        raise AssertionError("went on")

    kind = replace(tasks.KINDS["staff.propose"], run=stopping)
    monkeypatch.setitem(tasks.KINDS, "staff.propose", kind)
    assert tasks.run_next(workspace, now=NOW)

    view = tasks.task_view(workspace, task_id)
    assert (view.state, view.message) == ("failed", "Gestopt. Er is niets veranderd.")
    assert load_state(workspace).facts.revision == before


def test_stopping_a_finished_task_leaves_it_finished(workspace):
    task_id = run(workspace, "staff.propose", {**YEAR, "event_id": LOOK})

    tasks.stop(workspace, task_id, now=NOW)

    assert tasks.task_view(workspace, task_id).state == "done"
    assert workspace.session.scalar(select(TaskRow.outcome)) is not None
