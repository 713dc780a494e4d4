from make import a_party, some_rounds

from planner.domain.routes.guests import Partner, families_of, parents_of, speed_dates, time_slots
from planner.domain.routes.rounds import Limit

HOME = a_party("h1", "ar", 3, adults=2, child_ids=frozenset({"p1"}))
ALONE = a_party("h2", "nl", 2)
PUPIL = Partner(id="leerling", name="Sami", languages=frozenset({"ar"}), family=frozenset({"p1"}))
TEACHER = Partner(id="docent", name="Jan", languages=frozenset({"ar", "uk"}))


def test_each_parent_is_a_guest():
    assert [(guest.id, guest.label, guest.persons) for guest in parents_of([HOME, ALONE])] == [
        ("h1/1", "h1 1", 1), ("h1/2", "h1 2", 1), ("h2/1", "h2", 1),
    ]  # fmt: skip


def test_family_is_one_guest():
    assert [(guest.id, guest.persons, guest.party_id) for guest in families_of([HOME, ALONE])] == [
        ("h1", 3, "h1"), ("h2", 2, "h2"),
    ]  # fmt: skip


def test_speed_date_asks_the_own_language_and_never_the_own_child():
    problem = speed_dates(parents_of([HOME, ALONE]), [PUPIL, TEACHER], some_rounds(5), wanted=4)

    assert problem.one_of == {"h1/1": {"docent"}, "h1/2": {"docent"}}
    assert problem.never == {"h1/1": {"leerling"}, "h1/2": {"leerling"}}
    assert (problem.wanted, [stop.id for stop in problem.stops]) == (4, ["leerling", "docent"])


def test_time_slots_have_no_more_families_at_once_than_interpreters():
    problem = time_slots(
        families_of([HOME, ALONE]), [("t1", "Tafel 1")], some_rounds(3),
        interpreters={"ar": 1, "uk": 2, "ti": 0}, names={"ar": "Arabisch"},
    )  # fmt: skip

    assert problem.limits == (Limit(about="Arabisch", walkers=frozenset({"h1"}), most=1),)
    assert (problem.wanted, problem.stops[0].name) == (1, "Tafel 1")
