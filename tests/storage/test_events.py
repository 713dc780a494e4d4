from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from planner.domain.staffing.dutyanswers import Answer, Says
from planner.domain.staffing.people import Decline
from planner.domain.staffing.plan import Duty
from planner.domain.year import AMSTERDAM, Span
from planner.errors import NotFoundError
from planner.storage.db import writing
from planner.storage.dutyanswers import load_answers, save_answers
from planner.storage.events import (
    PlanChanges,
    choose_form,
    clear_events,
    load_event,
    load_events,
    load_pins,
    load_plan,
    move_event,
    pin_event,
    save_plan,
)
from planner.storage.models import EventRow
from planner.storage.people import load_people, save_people, save_rooms
from planner.storage.staffing import (
    RoomUse,
    load_duties,
    load_room_uses,
    save_duties,
    save_room_uses,
)
from planner.storage.steps import StepDone, load_done_steps, mark_step

LATER = timedelta(days=3)


def an_answer(event_id, duty, says, at, reason=""):
    return Answer(need_id=duty.need_id, person_id=duty.person_id, event_id=event_id, says=says, reason=reason, at=at)


def said(session):
    """Return what everybody said, in a word."""
    return {key: answer.says for key, answer in load_answers(session).items()}


@pytest.fixture
def planned(stored, session, occurrences, plan, now):  # noqa: ARG001 - a plan is for a school
    with writing(session):
        return save_plan(session, occurrences, plan, now=now)


@pytest.fixture
def worked(planned, session, plan, now):  # noqa: ARG001 - people work on a plan
    """Let people do things for the first event."""
    duties = (
        Duty(need_id="welkom-ti.mentor", person_id="jan", reason="Mentor van 1A.", pinned=True),
        Duty(need_id="welkom-ti.sleutelouder", person_id="sofia", reason="Spreekt Tigrinya."),
    )
    uses = (RoomUse(need_id="plenair", room_id="aula", reason="Groot genoeg.", pinned=True),)
    with writing(session):
        save_duties(session, plan[0].id, duties)
        save_room_uses(session, plan[0].id, uses)
        save_answers(session, [an_answer(plan[0].id, duties[1], Says.YES, now)])
        mark_step(session, plan[0].id, "zaal", done=StepDone(at=now, by="Jan"))
    return duties, uses


def test_plan_comes_back_as_it_was(planned, session, plan, occurrences, now):
    stored = load_events(session)

    assert planned == PlanChanges(added=tuple(event.id for event in plan))
    assert load_plan(session) == plan
    assert tuple(event.occurrence for event in stored) == occurrences
    assert {(event.pinned, event.form_id, event.removed_at) for event in stored} == {(False, None, None)}
    assert {event.created_at for event in stored} == {event.modified_at for event in stored} == {now}
    assert len({event.uid for event in stored}) == len(plan)


@pytest.mark.usefixtures("planned")
def test_same_plan_again_changes_nothing(session, occurrences, plan, now):
    before = load_events(session)

    with writing(session):
        changes = save_plan(session, occurrences, plan, now=now + LATER)

    assert changes == PlanChanges()
    assert load_events(session) == before


@pytest.mark.usefixtures("planned")
def test_moved_event_keeps_its_uid(session, occurrences, plan, now):
    before = load_event(session, plan[1].id)
    moved = replace(plan[1], span=Span(first=date(2026, 10, 6), last=date(2026, 10, 6)), pupil_ids=("p1", "p2"))

    with writing(session):
        changes = save_plan(session, occurrences, (plan[0], moved, plan[2]), now=now + LATER)

    assert changes == PlanChanges(changed=(moved.id,))
    assert load_event(session, moved.id) == replace(before, planned=moved, modified_at=now + LATER)
    assert load_event(session, plan[0].id).modified_at == now


@pytest.mark.usefixtures("planned")
def test_order_of_the_cycle_is_no_change(session, occurrences, plan, now):
    with writing(session):
        changes = save_plan(session, occurrences[::-1], plan, now=now + LATER)

    assert changes == PlanChanges()
    assert load_plan(session) == plan[::-1]


def test_event_that_falls_out_is_removed_and_revived_with_what_people_did(worked, session, occurrences, plan, now):
    duties, uses = worked
    uid = load_event(session, plan[0].id).uid

    with writing(session):
        removed = save_plan(session, occurrences[1:], plan[1:], now=now + LATER)

    assert removed == PlanChanges(removed=(plan[0].id,))
    assert load_plan(session) == plan[1:]
    assert [event.removed_at for event in load_events(session, with_removed=True)].count(now + LATER) == 1
    assert (load_duties(session), load_room_uses(session)) == ({}, {})
    with pytest.raises(NotFoundError, match="vervallen"):
        load_event(session, plan[0].id)

    with writing(session):
        revived = save_plan(session, occurrences, plan, now=now + 2 * LATER)

    assert revived == PlanChanges(revived=(plan[0].id,))
    event = load_event(session, plan[0].id)
    assert (event.uid, event.created_at, event.modified_at) == (uid, now, now + 2 * LATER)
    assert load_duties(session) == {plan[0].id: duties}
    assert load_room_uses(session) == {plan[0].id: uses}
    assert said(session) == {duties[1].key: "ja"}
    assert load_done_steps(session) == {(plan[0].id, "zaal"): StepDone(at=now, by="Jan")}


@pytest.mark.usefixtures("planned")
def test_event_that_stays_removed_is_not_removed_again(session, occurrences, plan, now):
    with writing(session):
        save_plan(session, occurrences, plan[1:], now=now)
        changes = save_plan(session, occurrences, plan[1:], now=now + LATER)

    assert changes == PlanChanges()


@pytest.mark.usefixtures("stored")
def test_planned_event_without_occurrence_is_a_mistake(session, occurrences, plan, now):
    with pytest.raises(KeyError), writing(session):
        save_plan(session, occurrences[1:], plan, now=now)

    assert load_plan(session) == ()


@pytest.mark.usefixtures("planned")
def test_pins_and_forms_survive_a_new_plan(session, occurrences, plan, now):
    with writing(session):
        pin_event(session, plan[0].id, pinned=True, now=now)
        choose_form(session, plan[1].id, "markt", now=now)
        save_plan(session, occurrences, plan, now=now + LATER)

    assert load_pins(session) == {plan[0].id: plan[0].span.first}
    assert [event.form_id for event in load_events(session)] == [None, "markt", None]


@pytest.mark.usefixtures("planned")
def test_event_moved_by_hand(session, plan, now):
    span = Span(first=date(2026, 10, 1), last=date(2026, 10, 2))

    with writing(session):
        move_event(session, plan[2].id, span, reason="De aula was bezet.", now=now + LATER)

    event = load_event(session, plan[2].id)
    assert event.planned == replace(plan[2], span=span, reason="De aula was bezet.")
    assert event.modified_at == now + LATER


@pytest.mark.usefixtures("planned")
def test_unknown_event(session, now):
    for change in (
        lambda: pin_event(session, "?", pinned=True, now=now),
        lambda: mark_step(session, "?", "zaal", done=StepDone(at=now, by="Jan")),
        lambda: load_event(session, "?"),
    ):
        with pytest.raises(NotFoundError), writing(session):
            change()


def test_duty_that_stays_gets_the_new_reason(worked, session, plan):
    kept = replace(worked[0][1], reason="Spreekt Tigrinya en Arabisch.", pinned=True)
    new = Duty(need_id="welkom-ti.gastvrouw", person_id="sofia")

    with writing(session):
        save_duties(session, plan[0].id, (kept, new))

    assert load_duties(session) == {plan[0].id: (new, kept)}


def test_same_duties_again_change_nothing(worked, session, plan):
    with writing(session):
        save_duties(session, plan[0].id, worked[0])

    assert load_duties(session) == {plan[0].id: worked[0]}


def test_answer_stays_when_the_duty_goes_and_the_last_one_counts(worked, session, plan, now):
    duty = worked[0][1]
    with writing(session):
        save_duties(session, plan[0].id, ())
        save_answers(session, [an_answer(plan[0].id, duty, Says.NO, now + LATER, reason="Ik werk dan.")])

    assert load_answers(session, person_id=duty.person_id) == {
        duty.key: an_answer(plan[0].id, duty, Says.NO, now + LATER, reason="Ik werk dan.")
    }
    assert load_answers(session, person_id="jan") == {}
    said_on = (now + LATER).astimezone(AMSTERDAM).date()
    decline = Decline(need_id=duty.need_id, said_on=said_on, reason="Ik werk dan.")
    assert {person.id: person.declined for person in load_people(session) if person.declined} == {"sofia": {decline}}


@pytest.mark.usefixtures("worked")
def test_rooms_are_replaced(session, plan):
    uses = (RoomUse(need_id="kring", room_id="101"), RoomUse(need_id="plenair", room_id="aula"))

    with writing(session):
        save_room_uses(session, plan[0].id, uses)

    assert load_room_uses(session) == {plan[0].id: uses}


def test_duties_and_rooms_go_with_the_person_and_the_room(worked, stored, session, plan):
    with writing(session):
        save_people(session, stored.people[:1])
        save_rooms(session, stored.rooms[1:])

    assert load_duties(session) == {plan[0].id: worked[0][1:]}
    assert load_room_uses(session) == {}


@pytest.mark.usefixtures("worked")
def test_step_done_twice_keeps_the_first(session, plan, now):
    with writing(session):
        mark_step(session, plan[0].id, "zaal", done=StepDone(at=now + LATER, by="Piet"))

    assert load_done_steps(session)[plan[0].id, "zaal"] == StepDone(at=now, by="Jan")


@pytest.mark.usefixtures("worked")
def test_step_taken_back(session, plan):
    with writing(session):
        mark_step(session, plan[0].id, "zaal", done=None)

    assert load_done_steps(session) == {}


@pytest.mark.usefixtures("worked")
def test_event_with_work_cannot_be_deleted_by_accident(session, plan):
    with pytest.raises(IntegrityError), writing(session):
        session.delete(session.get(EventRow, plan[0].id))


@pytest.mark.usefixtures("worked")
def test_clearing_deletes_everything(session):
    with writing(session):
        clear_events(session)

    assert load_events(session, with_removed=True) == ()
    assert (load_duties(session), load_done_steps(session)) == ({}, {})
