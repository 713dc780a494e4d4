"""Dividing people by hand."""

from dataclasses import replace

import pytest
from contents import contents

from planner.domain.staffing.people import Person, PersonKind
from planner.errors import InputError, NotFoundError
from planner.services.staffing import staffhand
from planner.services.state import load_state
from planner.storage.db import writing
from planner.storage.people import load_people, save_people
from planner.storage.records import bump_revision

LOOK = "kijkje"
DOCENT = f"{LOOK}:docent:event"
LEADER = f"{LOOK}:teamleider:event"


def who(workspace, need_id=DOCENT):
    duties = load_state(workspace).duties[LOOK]
    return {duty.person_id: duty.pinned for duty in duties if duty.need_id == need_id}


@pytest.fixture
def helper(workspace):
    """Return the id of somebody new who may teach, and who is free on every day."""
    person = Person(id="p-nieuw", name="Nieuwe Docent", kind=PersonKind.STAFF, roles=frozenset({"docent"}))
    session = workspace.session
    with writing(session):
        save_people(session, [*load_people(session), person])
        bump_revision(session)
    return person.id


def test_task_by_hand_is_pinned_and_breaks_nothing(workspace, helper):
    assert staffhand.put(workspace, LOOK, DOCENT, helper) == ()

    assert who(workspace)[helper] is True


def test_what_a_choice_breaks_is_told(workspace, helper):
    """Nobody of the same kind does as much."""
    session = workspace.session
    with writing(session):
        save_people(
            session, [replace(p, kind=PersonKind.PARTNER) if p.id == helper else p for p in load_people(session)]
        )
        bump_revision(session)
    needs = [need for need in load_state(workspace).staff_problem.needs.values() if need.id.endswith(":docent:event")]

    broken = [staffhand.put(workspace, need.event_id, need.id, helper) for need in needs]

    assert broken[0] == ()
    assert len(broken[-1]) == 1
    assert broken[-1][0].startswith(f"Nieuwe Docent heeft dit jaar {len({need.day for need in needs})} avonden.")


def test_choice_against_a_hard_rule_is_refused_with_every_reason(workspace, helper):
    before = contents(workspace.session)

    with pytest.raises(InputError) as refused:
        staffhand.put(workspace, LOOK, LEADER, helper)

    assert str(refused.value) == (
        "Nieuwe Docent kan dit niet doen: heeft de rol 'Teamleider' niet. Kies iemand anders."
    )
    assert contents(workspace.session) == before


def test_full_task_takes_nobody_more(workspace, helper):
    session = workspace.session
    with writing(session):
        people = [
            p if p.id != helper else Person(id=p.id, name=p.name, kind=p.kind, roles=frozenset({"teamleider"}))
            for p in load_people(session)
        ]
        save_people(session, people)
        bump_revision(session)

    with pytest.raises(InputError) as refused:
        staffhand.put(workspace, LOOK, LEADER, helper)

    assert str(refused.value) == "Teamleider is vol. Haal er eerst iemand af."


def test_nobody_does_a_task_twice(workspace, helper):
    staffhand.put(workspace, LOOK, DOCENT, helper)

    with pytest.raises(InputError) as refused:
        staffhand.put(workspace, LOOK, DOCENT, helper)

    assert str(refused.value) == "Nieuwe Docent doet dit al."


def test_who_is_taken_off_stays_off_until_the_school_says_otherwise(workspace, helper):
    staffhand.put(workspace, LOOK, DOCENT, helper)

    staffhand.take_off(workspace, LOOK, DOCENT, helper)
    staffhand.take_off(workspace, LOOK, DOCENT, helper)  # twice is once

    assert helper not in who(workspace)
    assert who(workspace)  # somebody else took it over
    staffhand.put(workspace, LOOK, DOCENT, helper)
    assert who(workspace)[helper] is True


def test_who_is_kept_can_be_let_go(workspace, helper):
    staffhand.put(workspace, LOOK, DOCENT, helper)

    staffhand.pin(workspace, LOOK, DOCENT, helper, pinned=False)
    assert who(workspace)[helper] is False
    reasons = [duty.reason for duty in load_state(workspace).duties[LOOK] if duty.person_id == helper]
    assert reasons[0].startswith("Heeft de rol 'Docent'")

    staffhand.pin(workspace, LOOK, DOCENT, helper, pinned=True)
    assert who(workspace)[helper] is True


@pytest.mark.parametrize("need_id", ["", "weg", "interessemarkt:docent:1"])
def test_task_of_another_event_or_of_none_is_not_there(workspace, helper, need_id):
    before = contents(workspace.session)

    for act in (staffhand.put, staffhand.take_off):
        with pytest.raises(NotFoundError):
            act(workspace, LOOK, need_id, helper)
    with pytest.raises(NotFoundError):
        staffhand.pin(workspace, LOOK, need_id, helper, pinned=True)

    assert contents(workspace.session) == before


def test_person_who_is_not_there_gets_nothing(workspace, helper):
    for act in (staffhand.put, staffhand.take_off):
        with pytest.raises(NotFoundError):
            act(workspace, LOOK, DOCENT, "niemand")
    with pytest.raises(NotFoundError):
        staffhand.pin(workspace, LOOK, DOCENT, helper, pinned=True)
    with pytest.raises(NotFoundError):
        staffhand.put(workspace, "weg", DOCENT, helper)
