import pytest
from contents import contents

from planner.domain.rooms.room import Spot
from planner.errors import InputError, NotFoundError
from planner.services.rooms import roomforms, roomspage
from planner.services.state import load_state

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

FORM = {"name": " Lokaal  9.01 ", "capacity": "24", "floor": "0", "x": "200", "y": "7,5", "width": "8", "depth": "7"}


def room(workspace, room_id):
    return next(each for each in load_state(workspace).rooms if each.id == room_id)


def test_room_is_added_with_what_it_has(workspace):
    added = roomforms.add_room(workspace, FORM, ["scherm", "zwembad"])

    made = room(workspace, added)
    assert (added, made.name, made.capacity, made.features, made.y) == (
        "ruimte-1", "Lokaal 9.01", 24, frozenset({"scherm"}), 7.5,
    )  # fmt: skip


def test_form_of_a_new_room_is_a_free_spot(workspace):
    view = roomforms.room_form(workspace)
    given = FORM | {key: str(getattr(view, key)) for key in ("x", "y", "width", "depth", "floor")}

    roomforms.add_room(workspace, given, [])

    assert (view.id, view.capacity, view.minutes, view.events) == ("", 0, (), ())


def test_room_is_changed_and_keeps_a_word_of_the_schools_own(workspace):
    roomforms.change_room(workspace, "r-hal", FORM | {"capacity": "200"}, ["hal", "tafels", "geluid"])
    view = roomforms.room_form(workspace, "r-hal")

    assert (view.name, view.capacity) == ("Lokaal 9.01", 200)
    assert [word for word, _, on in view.features if on] == ["geluid", "hal", "tafels"]
    assert (view.minutes[0][1] <= view.minutes[-1][1], len(view.events) > 1, view.has_entrance) == (True, True, True)


def test_activity_that_does_not_fit_any_more_moves(workspace):
    state = load_state(workspace)
    use, need, small = next(each for each in state.room_problem.known(state.room_plan) if "hoeken" in each[1].features)
    form = FORM | {"name": small.name, "capacity": "1"}

    roomforms.change_room(workspace, small.id, form, sorted(small.features))

    after = load_state(workspace)
    assert (need.id, small.id) in {each.key for each in state.room_plan}
    assert (need.id, small.id) not in {each.key for each in after.room_plan}
    assert use.need_id in after.room_problem.need


def test_room_is_taken_away_with_its_uses(workspace):
    name = roomforms.drop_room(workspace, "r-aula")

    after = load_state(workspace)
    assert name == "Aula"
    assert "r-aula" not in {each.id for each in after.rooms} | {use.room_id for use in after.room_plan}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "  "}, "Geef de ruimte een naam van hooguit 60 tekens, zoals op de deur staat."),
        ({"name": "x" * 61}, "Geef de ruimte een naam van hooguit 60 tekens, zoals op de deur staat."),
        ({"name": "a\u202eb"}, "Geef de ruimte een naam van hooguit 60 tekens, zoals op de deur staat."),
        ({"capacity": " "}, "Hoeveel mensen passen er in Lokaal 9.01? Vul het aantal plaatsen in."),
        ({"capacity": "veel"}, 'Bij het aantal plaatsen staat "veel". Schrijf een getal, bijvoorbeeld 7 of 7,5.'),
        ({"capacity": "24,5"}, "Voor het aantal plaatsen kan een heel getal van 0 tot en met 5000."),
        ({"capacity": "5001"}, "Voor het aantal plaatsen kan een heel getal van 0 tot en met 5000."),
        ({"capacity": "0"}, "Lokaal 9.01 heeft geen plaatsen. Vul in hoeveel mensen erin passen."),
        ({"name": "aula"}, ('Er is al een ruimte die "Aula" heet. Kies een andere naam, '
                           "anders gaan mensen naar de verkeerde deur.")),
        ({"x": "1", "y": "1"}, ("Op de plattegrond ligt Lokaal 9.01 over Aula. Verander de plek of de maten, "
                               "of kies een andere verdieping.")),
        ({"x": "-1"}, "Voor het aantal meters van west kan een getal van 0 tot en met 1000."),
        ({"width": "0,5"}, "Voor de breedte kan een getal van 1 tot en met 1000."),
        ({"floor": "99"}, "Voor de verdieping kan een heel getal van -5 tot en met 50."),
        ({"depth": ""}, 'Bij de diepte staat "". Schrijf een getal, bijvoorbeeld 7 of 7,5.'),
    ],
)  # fmt: skip
def test_wrong_room_is_refused_and_nothing_changes(workspace, wrong, sentence):
    before = contents(workspace.session)

    with pytest.raises(InputError) as refused:
        roomforms.add_room(workspace, FORM | wrong, [])

    assert str(refused.value) == sentence
    assert contents(workspace.session) == before


@pytest.mark.parametrize(
    "use_case",
    [
        lambda ws: roomforms.room_form(ws, "weg"),
        lambda ws: roomforms.change_room(ws, "weg", FORM, []),
        lambda ws: roomforms.drop_room(ws, "weg"),
    ],
)
def test_unknown_room_is_not_there(workspace, use_case):
    with pytest.raises(NotFoundError, match=r"^Deze ruimte is er niet"):
        use_case(workspace)


def test_entrance_is_placed_and_taken_off_again(workspace):
    roomforms.place_entrance(workspace, {"floor": "1", "x": "2,5", "y": "0"})
    placed = roomspage.entrance(workspace)
    roomforms.place_entrance(workspace, {"floor": "1", "x": " ", "y": ""})

    assert (placed, roomspage.entrance(workspace)) == (Spot(floor=1, x=2.5, y=0.0), None)


def test_half_an_entrance_is_refused(workspace):
    with pytest.raises(InputError, match=r"^Bij het aantal meters van noord"):
        roomforms.place_entrance(workspace, {"floor": "0", "x": "2", "y": ""})


def test_first_room_of_a_school_lies_in_the_corner(workspace):
    for each in load_state(workspace).rooms:
        roomforms.drop_room(workspace, each.id)

    view = roomforms.room_form(workspace)

    assert (view.x, view.y) == (0.0, 0.0)
