from make import a_room, a_room_need, room_uses

from planner.domain.rooms.plan import RoomProblem
from planner.domain.rooms.rules import ROOM_RULES, validate_rooms

LOKAAL = "avond:lokaal:event"


def judged(needs, rooms, plan, **facts):
    return validate_rooms(RoomProblem(needs=tuple(needs), rooms=tuple(rooms), **facts), plan)


def test_every_rule_has_a_title_and_a_reason():
    assert all(rule.title and rule.reason.endswith(".") for rule in ROOM_RULES.values())


def test_good_plan_breaks_no_rule():
    assert judged([a_room_need()], [a_room()], room_uses((LOKAAL, "a1"))) == ()
    assert judged([], [], ()) == ()


def test_everyone_must_fit():
    [violation] = judged([a_room_need(persons=31)], [a_room()], room_uses((LOKAAL, "a1")))

    assert (violation.rule, violation.hard, violation.where) == ("R01", True, LOKAAL)
    assert violation.why == "Lokaal: A1 heeft 30 plaatsen, er worden 31 mensen verwacht."


def test_two_rooms_may_hold_a_group_together():
    found = judged([a_room_need(persons=40)], [a_room("a"), a_room("b")], room_uses((LOKAAL, "a"), (LOKAAL, "b")))

    assert [(violation.rule, violation.hard, violation.weight) for violation in found] == [("R07", False, 5)]


def test_room_must_have_what_is_asked():
    [violation] = judged([a_room_need(features=("scherm",))], [a_room()], room_uses((LOKAAL, "a1")))

    assert (violation.rule, violation.why) == ("R02", "Lokaal: A1 heeft dit niet: scherm.")


def test_room_is_used_once_at_a_time_and_the_use_that_is_not_pinned_is_named():
    needs = [a_room_need(), a_room_need("feest:hal:event", start="20:00", end="22:00")]
    plan = (*room_uses((LOKAAL, "a1")), *room_uses(("feest:hal:event", "a1"), pinned=True))

    [violation] = judged(needs, [a_room()], plan)

    assert (violation.rule, violation.where) == ("R03", LOKAAL)
    assert violation.why == "A1 is op dinsdag 6 oktober 2026 tegelijk voor Hal en Lokaal."


def test_room_can_be_used_again_later():
    needs = [a_room_need(), a_room_need("feest:hal:event", start="21:00", end="22:00")]

    assert judged(needs, [a_room()], room_uses((LOKAAL, "a1"), ("feest:hal:event", "a1"))) == ()


def test_far_room_is_a_soft_violation():
    needs = [a_room_need("avond:hal:event", 30), a_room_need("avond:klas:k1"), a_room_need("feest:hal:event")]
    rooms = [a_room("hal"), a_room("b", x=120, floor=2), a_room("c", floor=1)]

    [violation] = judged(needs, rooms, room_uses(("avond:hal:event", "hal"), ("avond:klas:k1", "b")))

    assert (violation.rule, violation.hard, violation.weight) == ("R04", False, 3)
    assert violation.why == "Klas: B is 4 minuten lopen van HAL."
    assert judged(needs, rooms, room_uses(("avond:hal:event", "hal"), ("avond:klas:k1", "c"))) == ()


def test_pinned_use_must_stay():
    pinned = room_uses((LOKAAL, "a1"), ("weg", "a1"))

    [violation] = judged([a_room_need()], [a_room()], (), pinned=pinned)

    assert (violation.rule, violation.why) == ("R05", "A1 is vastgezet voor Lokaal en staat er niet.")
    assert judged([a_room_need()], [a_room()], pinned[:1], pinned=pinned) == ()


def test_use_must_point_to_something():
    found = judged([a_room_need()], [a_room()], room_uses((LOKAAL, "weg"), ("weg", "a1")))

    assert [(violation.rule, violation.why) for violation in found] == [
        ("R06", "De ruimte voor Lokaal bestaat niet meer."),
        ("R06", "Er is een ruimte gekozen voor iets dat niet meer bestaat."),
    ]


def test_sector_is_in_a_room_that_suits_it_where_there_is_one():
    need = a_room_need(likes="keuken")
    rooms = [a_room(), a_room("kook", features=("keuken",)), a_room("klein", capacity=5, features=("keuken",))]

    [violation] = judged([need], rooms, room_uses((LOKAAL, "a1")))
    assert (violation.rule, violation.hard, violation.why) == ("R08", False, "Lokaal zit in A1, zonder keuken.")
    assert judged([need], rooms, room_uses((LOKAAL, "kook"))) == ()
    assert judged([need], [rooms[0], rooms[2]], room_uses((LOKAAL, "a1"))) == ()
