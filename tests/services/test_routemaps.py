"""The way on a route sheet: from where the group waits past the rooms of its rounds, in that order."""

import re

import pytest
from demoschool import NOW

from planner.services.routes import routing
from planner.services.routes.routesheets import values
from planner.services.state import load_state
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.staffing import save_room_uses

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
MARKET = "interessemarkt"


def way_in(drawing):
    """Return the rooms that a drawing says it leads past."""
    return re.search("De weg: ([^<]*)", drawing.svg).group(1).split(", dan ")


def test_sheet_of_who_walks_shows_the_way_of_the_group_under_the_times(workspace):
    routing.propose(workspace, MARKET)

    given = values(workspace, MARKET, "routebladen")["sheets"]

    walking = [sheet for sheet in given if sheet.task != "ontvangt"]
    assert walking
    for sheet in walking:
        stops = [step for step in sheet.steps if step.room]
        assert (way_in(sheet.drawing), sheet.beside) == ([sheet.begin, *(step.room for step in stops)], True)
        told = {
            *re.findall(r"\d\d:\d\d", sheet.drawing.svg),
            *(at for each in sheet.drawing.legend for at in each.details),
        }
        assert {f"{step.start:%H:%M}" for step in stops} <= told


def test_sheet_of_who_receives_shows_the_way_to_the_room_beside_the_times(workspace):
    routing.propose(workspace, MARKET)

    given = values(workspace, MARKET, "routebladen")["sheets"]

    receiving = [sheet for sheet in given if sheet.task == "ontvangt"]
    assert receiving
    assert all((way_in(sheet.drawing), sheet.beside) == ([sheet.begin], True) for sheet in receiving)


def test_class_with_a_room_of_its_own_is_led_there(workspace):
    routing.propose(workspace, "kijkje")

    given = values(workspace, "kijkje", "routebladen")["sheets"]

    assert given
    for sheet in given:
        (step,) = sheet.steps
        rooms = (step.room or step.what).split(", ")
        assert (way_in(sheet.drawing)[-len(rooms) :], sheet.beside) == (rooms, True)


def test_who_talks_at_a_table_is_led_to_the_room_of_the_tables(workspace):
    events = load_state(workspace).events
    event_id = next(event.planned.id for event in events if event.planned.runbook_id == "welkom")
    planning.choose_form(workspace, event_id, "speeddate", now=NOW)
    routing.propose(workspace, event_id)

    given = values(workspace, event_id, "routebladen")["sheets"]

    assert given
    assert all(way_in(sheet.drawing) == [sheet.begin.split(", ")[0]] for sheet in given)


@pytest.mark.parametrize("form_id", ["", "regionaal-evenement"])
def test_without_rooms_there_is_no_way_to_draw(workspace, form_id):
    planning.choose_form(workspace, MARKET, form_id, now=NOW)
    with writing(workspace.session):
        save_room_uses(workspace.session, MARKET, ())
        bump_revision(workspace.session)
    routing.propose(workspace, MARKET)

    given = values(workspace, MARKET, "routebladen")["sheets"]

    assert {sheet.drawing for sheet in given} == {None}


def test_where_each_language_has_a_room_every_time_says_which(workspace):
    event_id = "welkom-najaar-gemengd"
    planning.choose_form(workspace, event_id, "speeddate", now=NOW)
    routing.propose(workspace, event_id)
    state = load_state(workspace)
    uses = state.room_problem.known(state.room_uses[event_id])
    rooms = {
        state.language_names[need.scope]: room.name for _, need, room in uses if need.scope in state.language_names
    }
    assert len(rooms) > 2

    sheets = values(workspace, event_id, "routebladen")["sheets"]
    cards = values(workspace, event_id, "groepskaarten")["cards"]

    assert {sheet.begin for sheet in sheets} == {""}
    told = [(step.room, step.note) for sheet in sheets for step in sheet.steps if not step.idle]
    assert told == [(rooms[language], language) for _, language in told]
    for sheet in sheets:
        mine = [step.room for step in sheet.steps if not step.idle]
        assert way_in(sheet.drawing) == [room for at, room in enumerate(mine) if not at or mine[at - 1] != room]
    for card in cards:
        assert {step.room for step in card.steps if not step.idle} <= {rooms[tongue.name] for tongue in card.tongues}
