from datetime import UTC, datetime

import pytest
from make import (
    a_place,
    a_role,
    a_room,
    a_room_need,
    a_row,
    a_runbook,
    a_school_of,
    an_event,
    an_occurrence,
    changed,
    room_uses,
)

from planner.domain.families.answers import Reply
from planner.domain.forms import in_form
from planner.domain.rooms.plan import RoomProblem, RoomUse, can_split, hub_of, lacking, room_gaps, room_needs_of
from planner.domain.runbook import Form, Kind, Per, Shape, Walk

SCHOOL = a_school_of({"k1": ["ar", "ti"], "k2": ["ar"]})
LOKAAL = "avond:lokaal:event"


def needs(places, rows, *, form_id=None, occurrence=None, **runbook):
    book = in_form(a_runbook([a_role()], rows, places=tuple(places), **runbook), form_id)
    return room_needs_of(an_event(("p1", "p2", "p3")), book, SCHOOL, occurrence or an_occurrence())


def test_place_of_an_event_holds_everyone_for_as_long_as_its_rows():
    rows = [a_row("in", "18:30", "19:00"), a_row("uit", "20:30", "21:00"), a_row("x", "21:00", "22:00", places=("b",))]

    [need] = needs([a_place("hal", features=("hal",))], rows)

    assert (need.id, need.persons, need.features) == ("avond:hal:event", 6, ("hal",))
    assert (need.start, need.end) == (
        datetime(2026, 10, 6, 16, 30, tzinfo=UTC),
        datetime(2026, 10, 6, 19, 0, tzinfo=UTC),
    )


def test_place_that_no_row_uses_needs_no_room():
    assert needs([a_place("kelder")], [a_row()]) == ()


def test_places_per_class_and_language_hold_their_own_people():
    rows = [a_row(places=("klas", "taal"))]

    found = needs([a_place("klas", Per.CLASS), a_place("taal", Per.LANGUAGE)], rows)

    assert [(need.label, need.persons) for need in found] == [
        ("Klas (K1)", 4),
        ("Klas (K2)", 2),
        ("Taal (ar)", 4),
        ("Taal (ti)", 2),
    ]


def test_places_per_sector_and_group_hold_one_group():
    rows = [a_row(places=("lokaal", "hoek"))]
    places = [a_place("lokaal", Per.SECTOR), a_place("hoek", Per.GROUP)]

    found = needs(places, rows, sectors=("zorg", "bouw"), group_size=4)
    without_size = needs(places[:1], rows, sectors=("zorg",))

    assert [(need.scope, need.persons) for need in found] == [("zorg", 4), ("bouw", 4), ("1", 4), ("2", 4)]
    assert [need.persons for need in without_size] == [6]


@pytest.mark.parametrize("shape", [Shape.CAROUSEL, Shape.TOUR])
def test_place_that_groups_pass_holds_one_group_unless_everybody_comes_there_too(shape):
    rows = [
        a_row("in", "18:30", "19:00", places=("hal",)),
        a_row("lopen", "19:00", "20:00", places=("hal", "gym")),
        a_row("gym", "19:00", "20:00", places=("gym",)),
    ]
    places = [a_place("hal"), a_place("gym"), a_place("zaal")]
    walk = Walk(shape=shape, row="lopen", places=("hal", "gym"), group_size=4)

    def persons(rows, walk):
        return {need.place_id: need.persons for need in needs(places, rows, walk=walk)}

    assert persons(rows, walk) == {"hal": 6, "gym": 4}
    assert persons([*rows, a_row("uit", "20:00", "21:00", places=("gym",))], walk) == {"hal": 6, "gym": 6}
    assert persons([*rows, a_row("z", "19:00", "20:00", places=("zaal",))], walk)["zaal"] == 6
    assert persons(rows, changed(walk, group_size=40)) == {"hal": 6, "gym": 6}
    assert persons(rows, changed(walk, shape=Shape.GROUPS)) == {"hal": 6, "gym": 6}


@pytest.mark.parametrize(("capacity", "persons"), [(4, 4), (16, 6), (None, 6)])
def test_capacity_of_a_place_is_the_most_it_asks(capacity, persons):
    [need] = needs([a_place("hal", capacity=capacity)], [a_row()])

    assert need.persons == persons


def test_conversation_round_needs_no_rooms_here():
    assert needs([a_place()], [a_row()], kind=Kind.CONVERSATION) == ()


def test_form_has_its_own_places():
    form = Form(
        id="tour",
        title="Tour",
        shape="tour",
        what="Lopen.",
        drops=("r1",),
        rows=(a_row("t", places=("plein", "hal")),),
        places=(a_place("plein"), a_place("hal", name="Grote hal")),
    )

    found = needs([a_place(), a_place("lokaal")], [a_row()], forms=(form,), form_id="tour")

    assert [need.name for need in found] == ["Plein", "Grote hal"]


def test_whole_event_stays_together_and_a_class_may_split():
    assert not can_split(a_room_need())
    assert can_split(a_room_need("avond:lokaal:k1"))


def test_lacking_names_what_a_room_does_not_have():
    assert lacking(a_room(features=("scherm",)), a_room_need(features=("geluid", "scherm", "hal"))) == ("geluid", "hal")


def test_hub_is_the_room_of_the_whole_event_with_the_most_people():
    group, small, large = (
        a_room_need("avond:klas:k1", 90),
        a_room_need("avond:hal:event", 10),
        a_room_need("avond:aula:event", 50),
    )
    rooms = {need.id: a_room(need.place_id) for need in (group, small, large)}

    assert hub_of(rooms, (group, small, large)).id == "aula"
    assert hub_of(rooms, (group,)).id == "klas"
    assert hub_of({}, (group,)) is None


def test_use_is_the_same_for_the_same_need_and_room():
    assert RoomUse(need_id="n", room_id="r").key == RoomUse(need_id="n", room_id="r", pinned=True).key


def gap(need, *rooms, plan=(), others=()):
    [found] = room_gaps(RoomProblem(needs=(need, *others), rooms=rooms), plan)
    return found.why


def test_gap_says_what_could_be_done():
    need = a_room_need(features=("scherm", "geluid"))
    good = a_room("aula", 40, ("scherm", "geluid"))

    assert gap(need) == "Er zijn nog geen ruimtes ingevuld."
    assert gap(need, a_room("x", 40)) == "Geen ruimte met scherm en geluid. Kies een ruimte en leen wat er mist."
    assert gap(need, changed(good, capacity=0)) == (
        "Geen ruimte met scherm en geluid voor 20 mensen. De grootste is AULA, met 0 plaatsen. "
        "Splits de groep of vraag een ruimte van buiten."
    )
    assert gap(need, good) == "Deze kan nog: AULA."
    assert gap(changed(need, features=()), a_room("x", 4)).startswith("Geen ruimte voor 20 mensen.")


def test_gap_says_what_is_taken():
    other = a_room_need("avond:hal:event")
    rooms = [a_room(name) for name in ("a", "b", "c", "d")]

    def taken(number):
        used = room_uses(*((other.id, room.id) for room in rooms[:number]))
        return gap(a_room_need(), *rooms[:number], plan=used, others=(other,))

    assert taken(2) == "Wat past, is dan al in gebruik: A en B."
    assert taken(4) == "Wat past, is dan al in gebruik: A en B en C en meer."


def test_need_with_a_room_has_no_gap_and_an_unknown_room_fills_nothing():
    problem = RoomProblem(needs=(a_room_need(),), rooms=(a_room(),))

    assert room_gaps(problem, room_uses((LOKAAL, "a1"))) == ()
    assert len(room_gaps(problem, room_uses((LOKAAL, "weg"), ("weg", "a1")))) == 1


def test_rooms_are_for_who_comes_and_none_is_missing_where_nobody_does():
    book = a_runbook([a_role()], [a_row(places=("klas",))], places=(a_place("klas", Per.CLASS),))
    homes = [home.id for home in SCHOOL.households]
    answers = {homes[0]: Reply(coming=True, persons=5), homes[2]: Reply(coming=False)}

    found = room_needs_of(an_event(("p1", "p2", "p3")), book, SCHOOL, an_occurrence(), answers=answers)
    gaps = room_gaps(RoomProblem(needs=found, rooms=()), ())

    assert [(need.scope, need.persons) for need in found] == [("k1", 7), ("k2", 0)]
    assert [gap.need_id for gap in gaps] == ["avond:klas:k1"]
