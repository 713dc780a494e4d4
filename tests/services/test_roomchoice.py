import pytest
from demoschool import NOW

from planner.errors import NotFoundError
from planner.services.event.eventpage import event_view
from planner.services.rooms import roomchoice, roomforms
from planner.services.state import load_state
from planner.services.year import planning

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

MARKET = "interessemarkt"


@pytest.fixture
def need(workspace):
    """Return a need of the market that has one room."""
    state = load_state(workspace)
    return next(need for need in state.room_problem.needs if need.event_id == MARKET and "hoeken" in need.features)


def rooms_of(workspace, need_id):
    return [(use.room_id, use.pinned) for use in load_state(workspace).room_plan if use.need_id == need_id]


def test_rooms_that_fit_come_first_and_the_others_say_what_they_break(workspace, need):
    view = roomchoice.choice(workspace, MARKET, need.id)
    hard = [any(broken for broken, _ in option.breaks) for option in view.options]

    assert (hard, hard[0], hard[-1]) == (sorted(hard), False, True)
    assert {option.id for option in view.options} == {room.id for room in load_state(workspace).rooms}
    assert [option.name for option in view.options if option.is_chosen] == [view.rooms]
    assert (view.scope, view.pinned, view.why.endswith("."), view.persons) == (need.about, False, True, need.persons)


def test_chosen_room_stays_and_who_was_there_moves(workspace, need):
    state = load_state(workspace)
    other = next(each for each in state.room_problem.needs if each.event_id == MARKET and each.place_id == need.place_id
                 and each.id != need.id)  # fmt: skip
    [(taken, _)] = rooms_of(workspace, other.id)

    name = roomchoice.choose(workspace, MARKET, need.id, taken)

    assert name == load_state(workspace).room_names[taken]
    assert rooms_of(workspace, need.id) == [(taken, True)]
    assert taken not in {room for room, _ in rooms_of(workspace, other.id)}
    planning.replan(workspace, now=NOW)
    assert rooms_of(workspace, need.id) == [(taken, True)]
    [use] = [use for use in event_view(workspace, MARKET, now=NOW).rooms if use.need_id == need.id]
    assert (use.pinned, use.reason.endswith("iemand van school heeft deze ruimte gekozen.")) == (True, True)


def test_room_that_does_not_fit_can_still_be_chosen_and_is_told(workspace, need):
    roomchoice.choose(workspace, MARKET, need.id, "r-spreek1")

    broken = {v.rule for v in load_state(workspace).room_violations if v.where == need.id}
    assert broken - {"R08"} == {"R01", "R02"}
    assert roomchoice.choice(workspace, MARKET, need.id).pinned


def test_room_is_let_go(workspace, need):
    roomchoice.choose(workspace, MARKET, need.id, "r-spreek1")

    roomchoice.let_go(workspace, MARKET, need.id)

    assert rooms_of(workspace, need.id) != []
    assert ("r-spreek1", True) not in rooms_of(workspace, need.id)


def test_place_without_a_room_says_why(workspace, need):
    for room in load_state(workspace).rooms:
        if "hoeken" in room.features:
            roomforms.drop_room(workspace, room.id)

    view = roomchoice.choice(workspace, MARKET, need.id)

    assert (view.rooms, view.why) == ("", "Geen ruimte met tafels en hoeken. Kies een ruimte en leen wat er mist.")


@pytest.mark.parametrize("need_id", ["", "weg", "kijkje:lokaal-klas:k1"])
def test_place_of_another_activity_is_not_there(workspace, need_id):
    for use_case in (
        lambda: roomchoice.choice(workspace, MARKET, need_id),
        lambda: roomchoice.choose(workspace, MARKET, need_id, "r-aula"),
        lambda: roomchoice.let_go(workspace, MARKET, need_id),
    ):
        with pytest.raises(NotFoundError):
            use_case()


def test_unknown_room_is_not_there(workspace, need):
    with pytest.raises(NotFoundError, match=r"^Deze ruimte is er niet"):
        roomchoice.choose(workspace, MARKET, need.id, "weg")
