from datetime import UTC, datetime

import pytest
from contents import contents
from demoschool import NOW, SIZE, YEAR
from sqlalchemy import func, select, update

from planner.errors import ConflictError, InputError
from planner.services.begin import demo
from planner.services.event.eventpage import event_view
from planner.services.routes import routedeciding, routing
from planner.services.routes.routepage import route_view
from planner.services.state import load_state
from planner.services.year import feeds, planning, preparing
from planner.storage.db import writing
from planner.storage.events import clear_events
from planner.storage.models import FeedRow, PublicationRow, SchoolRow
from planner.storage.steps import load_done_steps

GIVEN = {"size": SIZE, "seed": 1, "region": "Midden", "label": YEAR, "now": NOW}
on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("now", "label"),
    [
        (datetime(2026, 7, 31, 21, tzinfo=UTC), "2025-2026"),
        (datetime(2026, 7, 31, 22, tzinfo=UTC), "2026-2027"),
        (datetime(2027, 1, 1, tzinfo=UTC), "2026-2027"),
    ],
)
def test_school_year_turns_on_the_first_of_august(now, label):
    assert demo.label_of(now) == label


def test_installation_without_school(empty):
    assert demo.has_school(empty) is False


def test_planned_demo_school_counts(workspace):
    assert demo.has_school(workspace) is True


def test_demo_school_that_was_never_planned_does_not_count(workspace):
    with writing(workspace.session):
        clear_events(workspace.session)

    assert demo.has_school(workspace) is False


def test_school_of_its_own_counts_without_a_plan(workspace):
    with writing(workspace.session):
        clear_events(workspace.session)
        workspace.session.execute(update(SchoolRow).values(is_demo=False))

    assert demo.has_school(workspace) is True


@on_one_database
def test_making_it_tells_each_step(empty):
    steps = list(demo.make(empty, **{**GIVEN, "size": 20, "label": None}))

    state = load_state(empty)
    assert steps == [
        f"ISK De Ankerplaats: 20 leerlingen, {len(state.people)} mensen, {len(state.rooms)} ruimtes.",
        "Het schooljaar 2026-2027 plannen (Midden) …",
        f"{len(state.events)} activiteiten gepland en gepubliceerd.",
    ]


@on_one_database
def test_market_of_the_school_that_is_shown_first_fits_and_is_planned_cleanly(empty):
    """With as many pupils as `make run` gives; without the decision to take more rooms it does not fit."""
    list(demo.make(empty, **{**GIVEN, "size": demo.SIZE}))

    shown = route_view(empty, "interessemarkt")
    routing.propose(empty, "interessemarkt")

    planned = route_view(empty, "interessemarkt")
    assert (shown.fits, [each.kind for each in shown.settled], shown.is_planned) == (True, ["extra"], False)
    assert [problem.why for problem in planned.problems if problem.hard] == []
    assert not [problem.why for problem in planned.problems if problem.rule in {"L04", "L13"}]
    routedeciding.take_back(empty, "interessemarkt", "extra", now=NOW)
    assert not route_view(empty, "interessemarkt").fits


@on_one_database
def test_replacing_it_leaves_nothing_of_before(workspace):
    planning.override(workspace, "C01", "Kan niet.", now=NOW)
    before = load_state(workspace)
    dates = {event.planned.id: event.planned.span for event in before.events}
    preparing.tick(workspace, "interessemarkt", before.runbook("interessemarkt").steps[-1].id, by="Jan", now=NOW)

    list(demo.make(workspace, **GIVEN))

    after = load_state(workspace)
    done_by = {done.by for done in load_done_steps(workspace.session).values()}
    publications = workspace.session.scalar(select(func.count()).select_from(PublicationRow))
    assert ({e.planned.id: e.planned.span for e in after.events}, after.overrides, done_by, publications) == (
        dates,
        {},
        {"Marieke van Dijk"},
        1,
    )


def test_what_was_due_is_done_and_the_rest_is_not(workspace):
    steps = [
        step
        for event in load_state(workspace).events
        for step in event_view(workspace, event.planned.id, now=NOW).preparation
    ]

    due = {step.done_at is not None for step in steps if step.due <= (NOW - demo.JUST_PAST).date()}
    later = {step.done_at is not None for step in steps if step.due > (NOW - demo.JUST_PAST).date()}
    assert (due, later) == ({True}, {False})


def test_new_demo_school_shows_its_plan_in_the_calendars(workspace):
    assert feeds.body_for(workspace, "year", now=NOW).count(b"BEGIN:VEVENT") == len(load_state(workspace).events)


def test_calendar_of_everybody_with_tasks_is_made(workspace):
    state = load_state(workspace)
    busy = {person.id for event in state.events for _, _, person in state.duties_of(event.planned.id)}

    assert set(workspace.session.scalars(select(FeedRow.person_id))) == {None, *busy}


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"size": 9}, "Een voorbeeldschool heeft 10 tot 2000 leerlingen; 9 kan niet."),
        ({"region": "Oost"}, "Regio ‘Oost’ bestaat niet. Kies Noord, Midden of Zuid."),
        ({"label": "2026"}, "‘2026’ is geen schooljaar. Schrijf het als 2026-2027."),
        ({"label": "2026-2028"}, "‘2026-2028’ is geen schooljaar. Op 2026 volgt 2027: 2026-2027."),
    ],
)
def test_odd_wish_is_refused_and_changes_nothing(workspace, odd, sentence):
    before = contents(workspace.session)

    with pytest.raises(InputError) as refused:
        list(demo.make(workspace, **{**GIVEN, **odd}))

    assert (str(refused.value), contents(workspace.session)) == (sentence, before)


def test_year_of_which_the_holidays_are_not_known_is_refused(workspace):
    with pytest.raises(InputError, match=r"^Van schooljaar 2060-2061 zijn de schoolvakanties niet bekend"):
        list(demo.make(workspace, **{**GIVEN, "label": "2060-2061"}))


def test_school_of_its_own_is_never_replaced(workspace):
    with writing(workspace.session):
        workspace.session.execute(update(SchoolRow).values(is_demo=False))
    before = contents(workspace.session)

    with pytest.raises(ConflictError, match=r"^In deze database staat een echte school"):
        list(demo.make(workspace, **GIVEN))

    assert contents(workspace.session) == before
