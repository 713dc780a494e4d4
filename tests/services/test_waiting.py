"""Choosing another form and going back: people, rooms, groups and who walks along are as they were."""

from dataclasses import replace

import pytest
from demoschool import NOW

from planner.domain.staffing.dutyanswers import Answer, Says
from planner.errors import NotFoundError
from planner.services.rooms import roomchoice
from planner.services.routes import routepage, routing
from planner.services.staffing import staffhand
from planner.services.state import load_state
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.dutyanswers import save_answers
from planner.storage.models import PersonRow
from planner.storage.people import save_people
from planner.storage.records import bump_revision

KIJKJE, VISIT = "kijkje", "groepsbezoek"
RUNBOOKS = ("welkom", "interessemarkt", "kijkje", "verder")


def choose(workspace, event_id, form_id=""):
    planning.choose_form(workspace, event_id, form_id, now=NOW)


def duties(workspace, event_id):
    """Return who does what, of what the chosen form asks, with the reason."""
    return [(need.id, person.id, duty.reason) for duty, need, person in load_state(workspace).duties_of(event_id)]


def everything(workspace, event_id):
    """Return all that people see of who is where; the groups are planned when they were not yet."""
    state = load_state(workspace)
    rooms = [use for use in state.room_plan if use.need_id.startswith(f"{event_id}:")]
    try:
        found = routepage.route_view(workspace, event_id)
    except NotFoundError:
        return duties(workspace, event_id), rooms, None
    if not found.is_planned:
        routing.propose(workspace, event_id)
        found = routepage.route_view(workspace, event_id)
    assert "H05" not in {problem.rule for problem in found.problems}
    return duties(workspace, event_id), rooms, (found.groups, found.stops, found.problems)


def others(workspace, event_id):
    return [duty for duty in load_state(workspace).staff_plan if not duty.need_id.startswith(f"{event_id}:")]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("runbook_id", RUNBOOKS)
def test_every_form_comes_back_as_it_was(workspace, runbook_id):
    state = load_state(workspace)
    event_id = next(each.planned.id for each in state.events if each.planned.runbook_id == runbook_id)
    forms = ["", *(form.id for form in state.cycle.runbook(runbook_id).forms)]
    elsewhere = others(workspace, event_id)
    first = {}
    for form_id in forms:
        choose(workspace, event_id, form_id)
        first[form_id] = everything(workspace, event_id)

    for form_id in [*forms, *reversed(forms)]:
        choose(workspace, event_id, form_id)
        assert not [broken.why for broken in load_state(workspace).staff_violations if broken.rule == "S11"]
        assert everything(workspace, event_id) == first[form_id]

    assert others(workspace, event_id) == elsewhere


def test_form_comes_back_without_who_cannot_any_more(workspace):
    before = duties(workspace, KIJKJE)
    asked = {need_id for need_id, _, _ in before}
    choose(workspace, KIJKJE, VISIT)
    gone = next(each for each in before if each[0] in load_state(workspace).staff_problem.needs)
    staffhand.take_off(workspace, KIJKJE, gone[0], gone[1])

    choose(workspace, KIJKJE)

    after = duties(workspace, KIJKJE)
    assert gone not in after
    assert {each for each in before if each != gone and each[1] != gone[1]} <= set(after)
    assert {need_id for need_id, _, _ in after} <= asked


def three_coordinators_more(workspace):
    """Give the school three people who can do what the coordinator does; return their ids."""
    people = load_state(workspace).people
    one = next(each for each in people if "lob-coordinator" in each.roles)
    more = [replace(one, id=f"p-{number}", name=f"Collega {number}") for number in range(3)]
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_people(workspace.session, [*people, *more])
    return [each.id for each in more]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_people_decided_in_another_form_stays(workspace):
    need_id, hall = f"{KIJKJE}:lob-coordinator:event", f"{KIJKJE}:ontvangsthal:event"
    choose(workspace, KIJKJE, VISIT)
    pinned, promised, only_planned = three_coordinators_more(workspace)
    for person_id in (pinned, promised, only_planned):
        staffhand.put(workspace, KIJKJE, need_id, person_id)
    for person_id in (promised, only_planned):
        staffhand.pin(workspace, KIJKJE, need_id, person_id, pinned=False)
    yes = Answer(need_id=need_id, person_id=promised, event_id=KIJKJE, says=Says.YES, reason="", at=NOW)
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_answers(workspace.session, [yes])
    room = next(each for each in roomchoice.choice(workspace, KIJKJE, hall).options if not each.is_chosen)
    roomchoice.choose(workspace, KIJKJE, hall, room.id)

    choose(workspace, KIJKJE)

    there = {person_id for asked, person_id, _ in duties(workspace, KIJKJE) if asked == need_id}
    assert (pinned in there, promised in there, only_planned in there) == (True, True, False)
    uses = [(use.room_id, use.pinned) for use in load_state(workspace).room_plan if use.need_id == hall]
    assert uses == [(room.id, True)]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_who_left_the_school_does_not_come_back(workspace):
    before = duties(workspace, KIJKJE)
    choose(workspace, KIJKJE, VISIT)
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.delete(workspace.session.get(PersonRow, before[0][1]))

    choose(workspace, KIJKJE)

    gone = before[0][1]
    assert {each for each in before if each[1] != gone} <= set(duties(workspace, KIJKJE))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_who_walks_along_but_has_no_task_any_more_is_named(workspace):
    choose(workspace, KIJKJE, VISIT)
    routing.propose(workspace, KIJKJE)
    group = next(each for each in routepage.route_view(workspace, KIJKJE).groups if each.companions)
    guide = group.companions[0]
    tasks = [need_id for need_id, person_id, _ in duties(workspace, KIJKJE) if person_id == guide.person_id]
    for need_id in tasks:
        staffhand.take_off(workspace, KIJKJE, need_id, guide.person_id)

    said = [problem.why for problem in routepage.route_view(workspace, KIJKJE).problems if problem.rule == "H05"]

    assert said == [f"{guide.name} loopt mee met {group.label}, maar is er niet (meer) bij."]
