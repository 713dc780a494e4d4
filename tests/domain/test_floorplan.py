"""The floor plan of any school, also an absurd one: nothing written overlaps, nothing leaves the sheet."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import a_room

from planner.domain.drawing.boxes import Box
from planner.domain.drawing.floorplan import Picture, Scene, floor_plan
from planner.domain.drawing.floors import Paper, apart, arranged, floors_of
from planner.domain.drawing.walkways import Door, route_arrows
from planner.domain.rooms.room import Spot

PAPER = Paper(width=267, height=165)
SHEET = Box(x=0, y=0, width=PAPER.width, height=PAPER.height)
NAMES = st.one_of(
    st.sampled_from(["Aula", "Lokaal 1.03", "Tesfay Ġirmay", "الغرفة ١", "ክፍሊ ሓደ", "一号教室", "Кабінет 5", "x" * 60]),
    st.text(min_size=1, max_size=30),
)


@st.composite
def schools(draw):
    metres = st.floats(0, 300)
    sizes = st.floats(0.1, 80)
    rooms = tuple(
        a_room(f"r{n}", name=draw(NAMES), floor=draw(st.integers(-1, 3)), x=draw(metres), y=draw(metres),
               width=draw(sizes), depth=draw(sizes))
        for n in range(draw(st.integers(0, 9)))
    )  # fmt: skip
    ids = [room.id for room in rooms]
    notes = {each: tuple(draw(st.lists(NAMES, max_size=3))) for each in ids if draw(st.booleans())}
    route = tuple(draw(st.lists(st.sampled_from([*ids, "weg"]), max_size=6)))
    entrance = draw(st.none() | st.builds(Spot, floor=st.integers(-1, 3), x=metres, y=metres))
    return Scene(rooms=rooms, notes=notes, route=route, entrance=entrance, from_entrance=draw(st.booleans()))


@settings(max_examples=50, deadline=None)
@given(scene=schools())
def test_nothing_overlaps_and_nothing_leaves_the_sheet(scene):
    plan = floor_plan(scene, PAPER)
    labels = [mark.label.box for mark in plan.marks if mark.label]
    labels += [plan.entrance[1].box] if plan.entrance and plan.entrance[1] else []
    labels += [arrow.badge for arrow in plan.arrows if arrow.badge]

    assert [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])] == []
    assert [box for box in labels if not SHEET.holds(box)] == []
    assert [mark for mark in plan.marks if not SHEET.holds(mark.box)] == []
    assert all(mark.box.holds(mark.label.box) for mark in plan.marks if mark.label)
    assert {mark.room.id for mark in plan.marks} == {room.id for room in scene.rooms}


@settings(max_examples=50, deadline=None)
@given(scene=schools())
def test_what_is_not_written_in_a_room_stands_in_the_legend(scene):
    plan = floor_plan(scene, PAPER)
    told = {(line.name, line.details) for line in plan.legend}
    wrote = [line.written for line in plan.legend if not line.name.endswith(line.written)]

    for mark in plan.marks:
        assert mark.tells_all or (mark.room.name, scene.notes.get(mark.room.id, ())) in told
    assert len(wrote) == len(set(wrote))


@settings(max_examples=50, deadline=None)
@given(scene=schools())
def test_arrows_go_from_room_to_room_along_straight_lines(scene):
    plan = floor_plan(scene, PAPER)
    boxes = {mark.room.id: mark.box for mark in plan.marks}
    places = [plan.entrance[0]] if plan.entrance else []
    edges = [*boxes.values(), *(Box(x=x, y=y, width=0, height=0) for x, y in places)]

    for number, arrow in enumerate(plan.arrows, start=1):
        ends = [Box(x=x, y=y, width=0, height=0) for x, y in (arrow.points[0], arrow.points[-1])]
        assert arrow.number == number
        assert all(any(edge.holds(end) for edge in edges) for end in ends)
        assert all(x == to_x or y == to_y for (x, y), (to_x, to_y) in pairwise(arrow.points))
        assert all(SHEET.holds(Box(x=x, y=y, width=0, height=0)) for x, y in arrow.points)


def two_sides(**facts):
    """Rooms on both sides of one corridor, three metres wide."""
    return (
        a_room("a", name="Lokaal 1", **facts),
        a_room("b", name="Lokaal 2", x=8, **facts),
        a_room("c", name="Lokaal 3", y=10, **facts),
    )


def test_route_counts_its_walks_and_leaves_out_what_is_not_there():
    drawn = arranged(floors_of(two_sides()), PAPER)

    arrows = route_arrows(drawn, ("a", "a", "weg", "c", "b"))

    boxes = {room.id: drawn[0].box(room) for room in drawn[0].floor.rooms}
    assert [arrow.number for arrow in arrows] == [1, 2]
    assert (arrows[0].points[0][1], arrows[0].points[-1][1]) == (boxes["a"].bottom, boxes["c"].y)
    assert route_arrows(drawn, ("a",)) == route_arrows((), ("a", "b")) == ()


def test_route_runs_through_the_corridor_and_no_room():
    drawn = arranged(floors_of(two_sides()), PAPER)
    boxes = [drawn[0].box(room) for room in drawn[0].floor.rooms]

    [arrow] = route_arrows(drawn, ("a", "b"))

    middle = [y for _, y in arrow.points[1:-1]]
    assert all(boxes[0].bottom < y < boxes[2].y for y in middle)


def test_route_to_another_floor_goes_around():
    rooms = (*two_sides(), a_room("d", name="Lokaal 4", floor=1))
    drawn = arranged(floors_of(rooms), PAPER)

    [arrow] = route_arrows(drawn, ("a", "d"))

    assert len(arrow.points) == 6
    assert arrow.points[2][0] < max(each.frame.x for each in drawn)


def test_walk_begins_in_the_room_behind_the_entrance():
    inside = floor_plan(
        Scene(rooms=two_sides(), entrance=Spot(floor=0, x=4, y=17), route=("c", "a"), from_entrance=True), PAPER
    )
    outside = floor_plan(
        Scene(rooms=two_sides(), entrance=Spot(floor=0, x=14, y=16), route=("a",), from_entrance=True), PAPER
    )
    nowhere = floor_plan(
        Scene(rooms=two_sides(), entrance=Spot(floor=4, x=4, y=17), route=("c", "a"), from_entrance=True), PAPER
    )

    assert (len(inside.arrows), len(outside.arrows), len(nowhere.arrows)) == (1, 1, 1)
    assert inside.entrance[1].lines[0].text == "Ingang"
    assert outside.arrows[0].points[0] == outside.entrance[0]
    assert nowhere.entrance is None


def test_door_on_a_floor_that_is_not_drawn_is_left_out():
    drawn = arranged(floors_of(two_sides()), PAPER)

    assert route_arrows(drawn, (Door(floor=5, at=(1, 1)), "a")) == ()


def test_number_that_has_no_place_is_left_out():
    drawn = arranged(floors_of(two_sides()), PAPER)

    [arrow] = route_arrows(drawn, ("a", "c"), taken=[SHEET])

    assert arrow.badge is None


def test_door_upstairs_is_found():
    drawn = arranged(floors_of((a_room("a"), a_room("b", floor=1), a_room("c", x=20, floor=1))), PAPER)
    at = (drawn[1].frame.right, drawn[1].frame.y)

    [arrow] = route_arrows(drawn, (Door(floor=1, at=at), "b"))

    assert arrow.points[0] == at


@pytest.mark.parametrize(
    ("x", "y", "side"), [(-1, 5, "left"), (30, 5, "right"), (5, -1, "top")], ids=["west", "east", "north"]
)
def test_entrance_in_another_wall_is_a_sign_without_a_word(x, y, side):
    plan = floor_plan(Scene(rooms=(a_room(x=0, y=0, width=20, depth=10),), entrance=Spot(floor=0, x=x, y=y)), PAPER)
    frame = plan.floors[0].frame

    at, word = plan.entrance
    assert word is None
    assert {"left": at[0] == frame.x, "right": at[0] == frame.right, "top": at[1] == frame.y}[side]


def test_floors_lie_beside_each_other_when_that_draws_them_larger():
    wide = arranged(floors_of([a_room("a", width=100, depth=10), a_room("b", width=100, depth=10, floor=1)]), PAPER)
    tall = arranged(floors_of([a_room("a", width=10, depth=100), a_room("b", width=10, depth=100, floor=1)]), PAPER)

    assert (wide[0].frame.x, wide[0].frame.bottom < wide[1].frame.y) == (wide[1].frame.x, True)
    assert (tall[0].frame.y, tall[0].frame.right < tall[1].frame.x) == (tall[1].frame.y, True)


def test_rooms_without_a_place_are_laid_in_a_row_of_their_own():
    rooms = [a_room(f"r{n}") for n in range(9)]

    laid = apart(rooms)

    assert [room.id for room in laid] == [room.id for room in rooms]
    assert not any(one.covers(other) for one, other in combinations(laid, 2))
    assert len({room.y for room in laid}) == 3
    assert apart(()) == ()


def test_room_says_less_when_there_is_less_space():
    def written(width, depth):
        rooms = (a_room("a", name="Spreekkamer 7", width=width, depth=depth), a_room("b", name="Zaal", x=300))
        plan = floor_plan(Scene(rooms=rooms, notes={"a": ("Arabisch",) * 4}), PAPER)
        mark = next(each for each in plan.marks if each.room.id == "a")
        return mark.written, mark.tells_all, mark.label is not None

    assert [written(*size) for size in ((60, 40), (60, 14), (12, 12), (0.5, 0.5))] == [
        ("Spreekkamer 7", True, True),
        ("Spreekkamer 7", False, True),
        ("7", False, True),
        ("A", False, False),
    ]


def test_legend_goes_on_after_z():
    rooms = tuple(a_room(f"r{n}", name="Een heel lange naam", x=n * 9, width=1, depth=9) for n in range(28))

    plan = floor_plan(Scene(rooms=rooms), PAPER)

    assert [line.written for line in plan.legend][-3:] == ["Z", "AA", "AB"]


def test_picture_lies_where_the_school_put_it():
    picture = Picture(floor=0, address="data:,", x=-4, y=0, width=40, height=20)
    plan = floor_plan(Scene(rooms=(a_room(x=0, y=0),), pictures=(picture,)), PAPER)
    upstairs = floor_plan(Scene(rooms=(a_room(floor=1),), pictures=(picture,)), PAPER)

    [(address, lies, frame)] = plan.pictures
    assert (address, frame) == ("data:,", plan.floors[0].frame)
    assert lies.x == frame.x - 4 * plan.floors[0].scale
    assert upstairs.pictures == ()


def test_school_without_rooms_is_an_empty_sheet():
    plan = floor_plan(Scene(rooms=()), PAPER)

    assert (plan.floors, plan.marks, plan.arrows, plan.legend, plan.entrance) == ((), (), (), (), None)
