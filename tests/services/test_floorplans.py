from dataclasses import replace
from itertools import pairwise

import pytest
from demoschool import NOW
from sqlalchemy import update

from planner.errors import NotFoundError
from planner.services.event import sheets
from planner.services.people import ownevening
from planner.services.rooms import corners, floorplans, roomforms, roomsheets
from planner.services.state import load_state
from planner.storage.db import writing
from planner.storage.models import PersonRow
from planner.storage.records import bump_revision
from planner.storage.staffing import save_room_uses

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

MARKET, LOOK, TALK = "interessemarkt", "kijkje", "startgesprek-najaar"


def address(floor):
    return f"/tekening/{floor}"


@pytest.fixture
def no_rooms(workspace):
    """Return the workspace after every room was taken away."""
    for room in load_state(workspace).rooms:
        roomforms.drop_room(workspace, room.id)
    return workspace


# ---- The floor plan ----


def test_school_is_drawn_with_its_seats_and_entrance(workspace):
    plan = floorplans.school_plan(workspace, address=address)

    assert "160 plaatsen" in plan.svg
    assert "Ingang" in plan.svg
    assert plan.svg.count("<image") == 0


def test_evening_begins_at_the_first_part_with_a_room(workspace):
    view = floorplans.event_plan(workspace, MARKET, "", address=address)
    sectors = {words for room in view.page.rooms for words in room.what}

    assert (view.id, view.page.part, view.page.part.places) == (
        MARKET,
        view.parts[0],
        ("Loopbaanlokaal met vier hoeken",),
    )
    assert sectors == set(load_state(workspace).runbook(MARKET).sectors)
    assert all(room.persons == 16 for room in view.page.rooms)


def test_who_helps_is_told_where_their_own_work_is(workspace):
    state = load_state(workspace)
    teachers = {need.scope: person.name for _, need, person in state.duties_of(MARKET) if need.role == "vakdocent"}

    rooms = floorplans.event_plan(workspace, MARKET, "", address=address).page.rooms

    assert teachers
    for room in rooms:
        assert all(name in room.people for sector, name in teachers.items() if sector in room.what)
        assert not any(name in room.people for sector, name in teachers.items() if sector not in room.what)


def test_another_part_has_other_rooms(workspace):
    parts = floorplans.event_plan(workspace, LOOK, "", address=address).parts

    pages = [floorplans.event_plan(workspace, LOOK, part.id, address=address).page for part in parts]

    assert len({tuple(room.room for room in page.rooms) for page in pages}) > 1
    assert {page.part.start for page in pages} == {part.start for part in parts}


@pytest.mark.parametrize(("event_id", "part"), [(MARKET, "weg"), ("weg", "")])
def test_unknown_part_or_event_is_not_there(workspace, event_id, part):
    with pytest.raises(NotFoundError):
        floorplans.event_plan(workspace, event_id, part, address=address)


def test_round_of_conversations_has_no_plan(workspace):
    view = floorplans.event_plan(workspace, TALK, "", address=address)

    assert (view.page, floorplans.sheets(workspace, TALK)) == (None, ())


def test_evening_without_rooms_has_parts_and_no_plan(no_rooms):
    view = floorplans.event_plan(no_rooms, MARKET, "", address=address)
    chosen = floorplans.event_plan(no_rooms, MARKET, view.parts[0].id, address=address)

    assert (len(view.parts) > 1, view.page, chosen.page.rooms, floorplans.sheets(no_rooms, MARKET)) == (
        True, None, (), (),
    )  # fmt: skip
    assert floorplans.school_plan(no_rooms, address=address).legend == ()


def test_paper_has_a_plan_each_time_something_moves(workspace):
    pages = floorplans.sheets(workspace, LOOK)
    inside = [{room.room: room.what for room in page.rooms} for page in pages]

    assert all(one != other for one, other in pairwise(inside))
    assert len(pages) < len(floorplans.event_plan(workspace, LOOK, "", address=address).parts)
    assert {'class="tekenvel"' in page.drawing.paper for page in pages} == {True}


# ---- Somebody's own evening ----


def test_own_evening_says_when_where_and_what(workspace):
    state = load_state(workspace)
    _, need, person = next(each for each in state.duties_of(MARKET) if each[1].role == "vakdocent")
    room = next(room.room for room in corners.rooms(workspace, MARKET) if room.sector == need.scope)

    [evening] = ownevening.evenings(workspace, MARKET, person.id)

    assert (evening.person, evening.start, evening.end) == (person.name, need.start, need.end)
    assert evening.stops[0].rooms == (room,)
    assert all(stop.what for stop in evening.stops)
    assert (evening.language, evening.own, evening.draft) == ("nl", {}, False)


def test_everyone_with_a_task_has_a_sheet(workspace):
    names = [evening.person for evening in ownevening.evenings(workspace, MARKET)]

    assert names == sorted({person.name for _, _, person in load_state(workspace).duties_of(MARKET)})


def test_interpreter_without_a_row_reports_where_guests_come_in(workspace):
    state = load_state(workspace)
    task, person = next(
        (need, person)
        for _, need, person in state.duties_of(MARKET)
        if need.interprets and sum(each.id == person.id for _, _, each in state.duties_of(MARKET)) == 1
    )

    [evening] = ownevening.evenings(workspace, MARKET, person.id)

    assert [(stop.rooms, stop.what) for stop in evening.stops] == [
        (("Centrale hal",), "Meld u hier. U hoort dan waar u nodig bent.")
    ]
    assert evening.roles == (task.label(state.language_names),)


def test_sheet_of_a_key_parent_is_in_their_language_too(workspace):
    state = load_state(workspace)
    event_id, need, person = next(
        (event.planned.id, need, person)
        for event in state.events
        for _, need, person in state.duties_of(event.planned.id)
        if person.kind == "sleutelouder" and need.language
    )

    [evening] = ownevening.evenings(workspace, event_id, person.id)

    assert (evening.language, sorted(evening.own), evening.draft) == (
        need.language, ["what_time", "when", "where"], True,
    )  # fmt: skip
    assert evening.rtl == workspace.languages[need.language].rtl


def test_own_evening_without_any_room_still_has_its_times(no_rooms):
    evenings = ownevening.evenings(no_rooms, MARKET)

    assert evenings
    assert all(stop.rooms == () for evening in evenings for stop in evening.stops)


def test_nobody_has_no_sheet(workspace):
    assert ownevening.evenings(workspace, MARKET, "weg") == ()


# ---- Door signs, language cards, rooms by time ----


def test_door_says_the_languages_of_who_is_expected_there(workspace):
    state = load_state(workspace)
    expected = state.expected(LOOK)
    names = {each.id: each.name for each in state.school.classes}
    by_class = {names[each]: {code for (one, code) in expected.class_language if one == each}
                for each in expected.per_class}  # fmt: skip

    signs = roomsheets.door_signs(workspace, LOOK)

    seen = 0
    for sign in signs:
        said = {what for what, _, _ in sign.what}
        if said <= by_class.keys():
            seen += 1
            assert {each.code for each in sign.languages} == set().union(*(by_class[name] for name in said))
        else:
            assert {each.code for each in sign.languages} == set(expected.per_language)
    assert seen > 0


def test_door_of_the_hall_does_not_say_its_name_twice(workspace):
    [hall] = [sign for sign in roomsheets.door_signs(workspace, MARKET) if sign.room == "Centrale hal"]

    assert [what for what, _, _ in hall.what] == ["Voor iedereen"]
    assert {(each.code, each.own, each.name, each.draft) for each in hall.languages if each.code == "ar"} == {
        ("ar", "العربية", "Arabisch", True)
    }


def test_room_of_a_language_group_welcomes_that_language_only(workspace):
    state = load_state(workspace)
    event_id, code = next(
        (need.event_id, need.scope)
        for need in state.room_problem.needs
        if need.scope in state.expected(need.event_id).per_language
    )

    signs = roomsheets.door_signs(workspace, event_id)

    assert [code] in [[each.code for each in sign.languages] for sign in signs]


def test_there_is_a_card_for_each_expected_language_but_dutch(workspace):
    cards = roomsheets.language_cards(workspace, MARKET)
    codes = [card.code for card in cards]

    assert set(load_state(workspace).expected(MARKET).per_language) - {"nl"} <= set(codes)
    assert ("nl" in codes, len(codes)) == (False, len(set(codes)))
    assert next((card.speak, card.speak_dutch) for card in cards if card.code == "ti") == (
        "ትግርኛ እዛረብ እየ", "Ik spreek Tigrinya",
    )  # fmt: skip


def test_language_without_a_card_or_a_name_keeps_its_code(workspace):
    bare = roomsheets.language_cards(replace(workspace, cards={}, languages={"nl": workspace.languages["nl"]}), MARKET)

    assert {(card.name == card.code, card.own == card.code, card.speak, card.draft) for card in bare} == {
        (True, True, "", True)
    }


def test_rooms_by_time_say_what_is_in_each(workspace):
    grid = roomsheets.room_grid(workspace, MARKET)
    rows = dict(grid.rows)
    used = {room.name for _, _, room in load_state(workspace).room_problem.known(
        load_state(workspace).room_uses[MARKET])}  # fmt: skip

    assert set(rows) == used
    assert {len(cells) for cells in rows.values()} == {len(grid.parts)}
    assert all(any(cells) for room, cells in rows.items() if room != "Centrale hal")


def test_room_in_use_without_words_of_its_own_is_still_shown_as_used(workspace):
    grid = roomsheets.room_grid(workspace, MARKET)

    assert any(cell == ("in gebruik",) for cell in dict(grid.rows)["Centrale hal"])


# ---- Which sheets there are ----


@pytest.mark.parametrize(
    ("event_id", "has_corners", "has_rooms"), [(MARKET, True, True), (LOOK, False, True), (TALK, False, False)]
)
def test_sheets_that_say_nothing_are_not_offered(workspace, event_id, has_corners, has_rooms):
    offered = [sheet for sheet, _, _ in sheets.offered(workspace, event_id)]

    assert ("hoeken" in offered, "deurborden" in offered, "uitnodigingen" in offered) == (has_corners, has_rooms, True)


@pytest.mark.parametrize(
    ("sheet", "key"),
    [("plattegrond", "pages"), ("ruimterooster", "grid"), ("hoeken", "rooms"), ("eigen-avond", "evenings"),
     ("deurborden", "signs"), ("taalkaarten", "cards")],
)  # fmt: skip
def test_sheet_gets_its_own_facts(workspace, sheet, key):
    assert sheets.context(workspace, MARKET, sheet, now=NOW)[key]


def test_people_with_one_name_each_have_a_sheet(workspace):
    ids = sorted({person.id for _, _, person in load_state(workspace).duties_of(MARKET)})[:2]
    with writing(workspace.session):
        workspace.session.execute(update(PersonRow).where(PersonRow.id.in_(ids)).values(name="Ali Haddad"))
        bump_revision(workspace.session)

    names = [evening.person for evening in ownevening.evenings(workspace, MARKET)]

    assert names.count("Ali Haddad") == 2


def test_room_for_something_that_is_gone_is_left_out(workspace):
    with writing(workspace.session):
        save_room_uses(workspace.session, MARKET, ())
        bump_revision(workspace.session)

    assert roomsheets.door_signs(workspace, MARKET) == ()
