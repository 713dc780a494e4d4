"""The rounds on the floor plan say the same as the grid of rooms and rounds."""

import pytest
from demoschool import NOW

from planner.errors import NotFoundError
from planner.services.routes import routing
from planner.services.routes.roundmaps import round_map
from planner.services.routes.routepage import route_view
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.staffing import save_room_uses

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
MARKET = "interessemarkt"


def address(floor):
    return f"/tekening/{floor}"


def test_each_round_shows_who_the_grid_has_in_each_room(workspace):
    routing.propose(workspace, MARKET)
    grid = route_view(workspace, MARKET)

    for at, each in enumerate(grid.rounds):
        view = round_map(workspace, MARKET, str(each.number), address=address)
        assert (view.number, view.rounds, view.is_planned) == (each.number, grid.rounds, True)
        assert {line.stop: line.walkers for line in view.lines} == {s.name: s.cells[at].walkers for s in grid.stops}
        assert {line.stop: line.room for line in view.lines} == {stop.name: stop.where for stop in grid.stops}
        here = {label for stop in grid.stops for label in stop.cells[at].walkers}
        assert set(view.waiting) == {group.label for group in grid.groups} - here
        assert all(f"{line.stop}, {' + '.join(line.walkers) or 'vrij'}" in view.drawing.svg for line in view.lines)


def test_the_first_round_is_shown_when_none_is_asked_for(workspace):
    view = round_map(workspace, MARKET, "", address=address)

    assert (view.number, view.is_planned) == (1, False)
    assert {line.walkers for line in view.lines} == {()}


def test_without_rooms_the_list_still_says_who_is_where(workspace):
    with writing(workspace.session):
        save_room_uses(workspace.session, MARKET, ())
        bump_revision(workspace.session)
    routing.propose(workspace, MARKET)

    view = round_map(workspace, MARKET, "1", address=address)

    assert {line.room for line in view.lines} == {""}
    assert "niemand heeft een ruimte" in view.drawing.svg


@pytest.mark.parametrize(
    ("form_id", "number"),
    [("", "0"), ("", "99"), ("", "een"), ("regionaal-evenement", ""), ("regionaal-evenement", "1")],
)
def test_unknown_round_is_not_there(workspace, form_id, number):
    planning.choose_form(workspace, MARKET, form_id, now=NOW)

    with pytest.raises(NotFoundError):
        round_map(workspace, MARKET, number, address=address)
