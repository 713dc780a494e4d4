from datetime import UTC, time

from make import TUESDAY, a_need, a_room, a_room_need, a_row, an_event, room_uses

from planner.domain.rooms.plan import RoomProblem
from planner.domain.rooms.whereabouts import own_places, parts_of, whereabouts
from planner.domain.year import local

HAL, K1, K2 = "avond:hal:event", "avond:klas:k1", "avond:klas:k2"


def evening(*pairs):
    needs = [a_room_need(HAL), a_room_need(K1), a_room_need(K2), a_room_need("feest:hal:event")]
    rooms = [a_room("hal"), a_room("a"), a_room("b"), a_room("c")]
    return whereabouts(RoomProblem(needs=tuple(needs), rooms=tuple(rooms)), room_uses(*pairs), "avond")


def names(pairs):
    return [(need.scope, room.id) for need, room in pairs]


def ids(part):
    return tuple(row.id for row in part.rows)


def test_rows_that_begin_together_are_one_part():
    rows = [a_row("r1", "18:00", "18:30"), a_row("r2", "18:30", "19:00", places=("klas",)),
            a_row("r3", "18:30", "19:15", places=("hal", "klas")), a_row("r4", "20:00", "")]  # fmt: skip

    first, second, third = parts_of(rows, an_event())

    assert (first.id, ids(first), first.place_ids) == ("r1", ("r1",), ("hal",))
    assert (second.id, ids(second), second.place_ids) == ("r2", ("r2", "r3"), ("klas", "hal"))
    assert (second.start, second.end) == (local(TUESDAY, time(18, 30)), local(TUESDAY, time(19, 15)))
    assert (third.end, third.what) == (None, "Iets doen.")
    assert second.start.astimezone(UTC).hour == 16
    assert parts_of((), an_event()) == ()


def test_part_with_an_open_row_has_no_end():
    [part] = parts_of([a_row("r1", "19:00", "20:00"), a_row("r2", "19:00", "")], an_event())

    assert part.end is None


def test_each_scope_has_its_own_rooms():
    found = evening((HAL, "hal"), (K1, "a"), (K2, "b"), (K2, "c"), ("feest:hal:event", "c"))

    assert names(found.at(("hal", "klas"))) == [("event", "hal"), ("k1", "a"), ("k2", "b"), ("k2", "c")]
    assert names(found.at(("klas",), "k2")) == [("k2", "b"), ("k2", "c")]
    assert names(found.at(("klas",), "ar@k2")) == [("k2", "b"), ("k2", "c")]
    assert names(found.at(("klas",), "event")) == [("k1", "a"), ("k2", "b"), ("k2", "c")]
    assert names(found.at(("hal",), "k1")) == [("event", "hal")]
    assert found.at(("zolder",)) == ()


def test_own_places_are_those_of_the_own_rows():
    rows = [a_row("r1", "19:00", "20:00", places=("hal", "klas")), a_row("r2", "19:00", "20:00", places=("gym",))]
    [part] = parts_of(rows, an_event())

    assert own_places(a_need(rows=("r2", "r9")), part) == ("gym",)
    assert own_places(a_need(rows=("r1", "r2")), part) == part.place_ids == ("hal", "klas", "gym")
    assert own_places(a_need(rows=("r9",)), part) == ()
