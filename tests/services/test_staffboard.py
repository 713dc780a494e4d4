"""The board of an evening, and the languages of the year."""

import pytest

from planner.domain.staffing.coverage import coverage
from planner.errors import NotFoundError
from planner.services.routes import routepage
from planner.services.staffing import staffboard, stafffacts, stafflanguages
from planner.services.staffing.staffboard import event_of
from planner.services.state import load_state

LOOK, MARKET, TALK = "kijkje", "interessemarkt", "voortgangsgesprek-2"


def test_matrix_shows_every_language_and_place_that_the_domain_counts(workspace):
    state = load_state(workspace)
    cells = coverage(state.staff_problem, state.staff_plan, event_of(state, LOOK))

    view = staffboard.board(workspace, LOOK)

    shown = [cell for row in view.matrix for cell in row.cells if cell]
    assert len(shown) == len(cells)
    assert sum(cell.families for cell in shown) == sum(cell.families for cell in cells)
    assert [bool(cell.help) for cell in shown] == [not cell.people for cell in shown]
    assert view.parts[0].place == "Samen"
    assert {part.place for part in view.parts[1:]} <= {each.name for each in state.school.classes}


def test_board_holds_everybody_who_does_something_and_every_gap(workspace):
    state = load_state(workspace)

    view = staffboard.board(workspace, LOOK)

    shown = [(need.id, post.person.id) for need in (*view.needs, *view.posts) for post in need.posts]
    assert sorted(shown) == sorted(duty.key for duty in state.duties[LOOK])
    assert all(post.why.endswith(".") for need in (*view.needs, *view.posts) for post in need.posts)
    missing = {gap.need_id for gap in state.gaps[LOOK] if state.need(gap.need_id).class_id is None}
    assert {need.id for need in view.needs if need.missing} >= missing
    assert all(need.why for need in view.needs if need.missing)
    assert view.broken == ()


def test_round_of_talks_has_no_languages_and_nobody_to_choose(workspace):
    view = staffboard.board(workspace, TALK)

    assert (view.parts, view.matrix, view.choices) == ((), (), ())
    assert all(need.is_round and not need.options for need in view.needs)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_board_names_who_is_missing_when_a_language_has_more_groups_than_people(workspace):
    missing = routepage.route_view(workspace, MARKET).shortages
    board = staffboard.board(workspace, MARKET)

    assert board.in_groups[-1].startswith("Van deze talen zijn er meer groepen dan tolken: ")
    assert board.in_groups == tuple(line for line in missing if "lopen. Dat is te ver" not in line)
    assert staffboard.board(workspace, TALK).in_groups == ()


def test_board_of_an_unknown_event_is_not_there(workspace):
    with pytest.raises(NotFoundError):
        staffboard.board(workspace, "markt")


def test_languages_name_who_can_and_where_it_is_needed(workspace):
    state = load_state(workspace)

    lines = stafflanguages.languages(workspace)

    assert [line.families for line in lines] == sorted((line.families for line in lines), reverse=True)
    for line in lines:
        assert {person.id for person in line.people} == {p.id for p in state.people if p.interprets(line.code)}
        for evening in line.evenings:
            cells = coverage(state.staff_problem, state.staff_plan, event_of(state, evening.event.id))
            mine = [cell for cell in cells if cell.language == line.code]
            assert evening.open_places == sum(not cell.people for cell in mine)
            assert {person.id for person in evening.people} == {each for cell in mine for each in cell.people}


def test_facts_are_of_one_event_or_of_all(workspace):
    state = load_state(workspace)

    year, one = stafffacts.staff_facts(workspace), stafffacts.staff_facts(workspace, LOOK)

    assert len(year["assignments"]) == len(state.staff_plan)
    assert len(one["assignments"]) == len(state.duties[LOOK])
    assert {gap["event"] for gap in one["gaps"]} == {LOOK}
    assert all(violation["where"].startswith(f"{LOOK}:") for violation in one["violations"])
    assert [goal["bound"] for goal in year["goals"]] == [None] * 5
    with pytest.raises(NotFoundError):
        stafffacts.staff_facts(workspace, "markt")
