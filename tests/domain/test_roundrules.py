import pytest
from make import a_group, a_party, a_rounds_problem, a_stop, some_visits

from planner.domain.rooms.room import Room
from planner.domain.routes.rounds import Limit, Visit
from planner.domain.routes.rules import validate_groups, validate_hosts, validate_rounds


def broken(problem, text):
    visits = some_visits(text) if isinstance(text, str) else text
    return [
        (violation.rule, violation.hard, violation.where, violation.why)
        for violation in validate_rounds(problem, visits)
    ]


def test_good_plan_breaks_nothing():
    assert broken(a_rounds_problem(), "g1: zorg bouw; g2: bouw zorg") == []


def test_the_same_topic_twice():
    two_rooms = [a_stop("zorg"), a_stop("zorg-2", topic="zorg")]

    assert broken(a_rounds_problem(1, two_rooms, wanted=1), "g1: zorg zorg-2") == [
        ("L01", True, "g1", "Groep 1 is 2 keer bij zorg.")
    ]


def test_two_groups_in_one_room():
    problem = a_rounds_problem(2, wanted=1, rounds=1)

    assert broken(problem, "g1: zorg; g2: zorg") == [
        ("L02", True, "zorg", "In ronde 1 zijn bij Zorg tegelijk: Groep 1 en Groep 2. Er is plaats voor 1.")
    ]


@pytest.mark.parametrize(("seats", "rules"), [(19, ["L02"]), (20, []), (None, [])])
def test_two_groups_in_a_large_room_when_there_are_seats(seats, rules):
    problem = a_rounds_problem(2, [a_stop("zorg", groups=2, seats=seats)], 1, 1)

    assert [rule for rule, *_ in broken(problem, "g1: zorg; g2: zorg")] == rules


def test_group_in_two_places():
    visits = (Visit(walker="g1", round=1, stop="zorg"), Visit(walker="g1", round=1, stop="bouw"))

    assert broken(a_rounds_problem(1, rounds=1), visits) == [("L03", True, "g1", "Groep 1 is in ronde 1 op 2 plekken.")]


def test_group_that_sees_too_little():
    assert broken(a_rounds_problem(1), "g1: zorg -") == [("L04", False, "g1", "Groep 1 ziet 1 van de 2.")]


def test_groups_are_named_in_the_order_of_their_numbers():
    too_little = broken(a_rounds_problem(10), "g1: zorg")

    assert [where for _, _, where, _ in too_little] == [f"g{number}" for number in range(1, 11)]


def test_no_time_to_walk():
    far = [
        a_stop("zorg", room=Room(id="a", name="Aula", capacity=30)),
        a_stop("bouw", room=Room(id="b", name="Zolder", capacity=30, floor=2, x=240)),
    ]
    why = "Groep 1 heeft na ronde 1 te weinig tijd om van Aula naar Zolder te lopen."

    assert broken(a_rounds_problem(1, far), "g1: zorg bouw") == [("L05", True, "g1", why)]
    assert broken(a_rounds_problem(1, far, 3), "g1: zorg - bouw") == []


def test_waiting_too_long():
    problem = a_rounds_problem(1, rounds=4, longest_wait=1)

    assert broken(problem, "g1: zorg - - bouw") == [("L06", True, "g1", "Groep 1 staat 2 rondes achter elkaar stil.")]
    assert broken(problem, "g1: - zorg - bouw") == []


def test_stop_where_nobody_receives_groups():
    assert [(v.rule, v.hard, v.why) for v in validate_hosts({"Zorg": ("Jan",), "Bouw": ()})] == [
        ("L13", False, "Bij Bouw is nog niemand die groepen ontvangt.")
    ]


def test_group_that_is_too_large():
    groups = (a_group(1, a_party("h1", persons=9), a_party("h2", persons=8)), a_group(2, a_party("h3", persons=17)))

    assert [(v.rule, v.why) for v in validate_groups(groups)] == [("L07", "Groep 1 heeft 17 mensen; 16 is het meeste.")]
    assert validate_groups(groups, 17) == ()


def test_pinned_visit_that_is_not_there():
    pinned = (*some_visits("g1: zorg", pinned=True), *some_visits("g9: zorg", pinned=True))
    problem = a_rounds_problem(1, wanted=1, pinned=pinned)

    assert broken(problem, "g1: bouw -") == [
        ("L08", True, "g1", "Groep 1 was vastgezet bij Zorg in ronde 1 en staat er niet.")
    ]
    assert broken(problem, "g1: zorg -") == []


def test_what_is_gone():
    problem = a_rounds_problem(1, wanted=0)

    assert broken(problem, "g1: weg -; g9: zorg -") == [
        ("L09", True, "g1", "Groep 1 heeft in ronde 1 een bezoek aan iets dat er niet meer is."),
        ("L09", True, "g9", "Een groep heeft in ronde 1 een bezoek aan iets dat er niet meer is."),
    ]


def test_own_language_and_own_child():
    problem = a_rounds_problem(2, wanted=1, one_of={"g1": frozenset({"bouw"})}, never={"g2": frozenset({"bouw"})})

    assert broken(problem, "g1: zorg -; g2: - bouw") == [
        ("L11", True, "g2", "Groep 2 is ingedeeld bij Bouw. Dat is familie."),
        ("L10", False, "g1", "Groep 1 heeft geen gesprek in de eigen taal."),
    ]
    assert broken(problem, "g1: zorg bouw; g2: - zorg") == []


@pytest.mark.parametrize(("most", "rules"), [(1, ["L12"]), (2, [])])
def test_no_more_talks_at_once_than_interpreters(most, rules):
    limit = Limit(about="Arabisch", walkers=frozenset({"g1", "g2"}), most=most)

    assert [rule for rule, *_ in broken(a_rounds_problem(wanted=1, limits=(limit,)), "g1: zorg -; g2: bouw -")] == rules
    assert broken(a_rounds_problem(wanted=1, limits=(limit,)), "g1: zorg -; g2: - bouw") == []
