from datetime import timedelta

from make import TUESDAY, a_need, a_person, a_plan, a_room, a_staff_problem, a_tolk

from planner.domain.staffing.goals import Link, Measure, Repair, links, load_of, measure, moved, repair, wish_of
from planner.domain.staffing.people import Skill
from planner.domain.staffing.plan import Duty

WEEK = timedelta(weeks=1)


def test_empty_plan_leaves_families_and_places_open():
    problem = a_staff_problem([a_tolk("ar", ("p1", "p2")), a_need(minimum=2)], [])

    assert measure(problem, ()) == Measure(uncovered=2, short=3, wishes=0, load=0, faces=0)


def test_optional_place_is_a_wish():
    problem = a_staff_problem([a_need(optional=True)], [])

    assert measure(problem, ()) == Measure(uncovered=0, short=0, wishes=6, load=0, faces=0)


def test_tolk_counts_where_a_sleutelouder_is_asked():
    needs = [a_tolk(role="sleutelouder"), a_tolk(minimum=0, optional=True)]
    problem = a_staff_problem(needs, [a_person("ali", roles=("tolk",), speaks=("ar",))])

    assert measure(problem, a_plan(("avond:tolk:ar", "ali")))[:2] == (0, 0)


def test_task_suits_the_mentor_of_the_class_and_who_speaks_and_who_belongs_there():
    own = a_person("eva", class_id="k1", rooms=frozenset({"a1"}), speaks=("ar",))
    other = a_person("ali", class_id="k2", rooms=frozenset({"b1"}))
    weak = a_person("mo", skills=(Skill(language="ar", understands=2, speaks=3),))
    led, language = a_need("avond:mentor:k1", class_id="k1"), a_need("avond:gast:ar", language="ar")
    placed = a_need(rooms=(a_room(),))

    assert [wish_of(own, led), wish_of(other, led)] == [1, 5]
    assert [wish_of(own, language), wish_of(other, language)] == [1, 3]
    assert [wish_of(own, placed), wish_of(other, placed)] == [1, 3]
    assert [wish_of(own, a_tolk()), wish_of(weak, a_tolk()), wish_of(other, a_tolk())] == [1, 2, 1]


def test_evening_without_the_own_colleague_is_a_wish_that_is_missed():
    people = [a_person("ali", beside=frozenset({"eva"})), a_person("eva")]
    problem = a_staff_problem([a_need(minimum=2)], people)

    assert measure(problem, a_plan(("avond:docent:event", "ali"))).wishes == 3
    assert measure(problem, a_plan(("avond:docent:event", "ali"), ("avond:docent:event", "eva"))).wishes == 2


def test_load_grows_faster_than_the_evenings_and_with_two_in_a_week():
    assert [load_of([]), load_of([TUESDAY]), load_of([TUESDAY, TUESDAY + WEEK])] == [0, 1, 4]
    assert load_of([TUESDAY, TUESDAY + timedelta(days=1)]) == 6


def test_family_that_comes_twice_links_two_evenings():
    needs = [
        a_tolk("ar", ("p1", "p2"), event_id="e1"),
        a_tolk("ar", ("p9",), event_id="e2", day=TUESDAY + WEEK),
        a_tolk("ti", ("p2",), event_id="e2", day=TUESDAY + WEEK),
        a_tolk("ar", ("p9", "p1"), event_id="e3", day=TUESDAY + 2 * WEEK),
    ]
    people = [a_person(name, roles=("tolk",), speaks=("ar",)) for name in ("ali", "eva")]
    problem = a_staff_problem(needs, people)

    assert links(problem) == (Link(language="ar", first="e2", then="e3", pupils=1),)
    assert measure(problem, a_plan(("e2:tolk:ar", "ali"), ("e3:tolk:ar", "eva"))).faces == 1
    assert measure(problem, a_plan(("e2:tolk:ar", "ali"), ("e3:tolk:ar", "ali"))).faces == 0


def test_repair_counts_what_is_lost_and_for_whom_it_changes():
    needs = [a_tolk("ar", ("p1", "p2")), a_need()]
    people = [a_person(name, roles=("tolk", "docent"), speaks=("ar",)) for name in ("ali", "eva")]
    problem = a_staff_problem(needs, people, told=frozenset({"ali"}))
    old = a_plan(("avond:tolk:ar", "ali"), ("avond:docent:event", "eva"))

    assert repair(problem, old, old) == Repair(lost=0, missing=0, told=0, moved=0)
    assert repair(problem, old, ()) == Repair(lost=2, missing=2, told=1, moved=1)
    assert repair(problem, old, a_plan(("avond:tolk:ar", "eva"), ("avond:docent:event", "ali"))) == (0, 0, 2, 1)


def test_moved_are_the_duties_that_go_and_come():
    kept, gone, new = (Duty(need_id=name, person_id="ali") for name in "abc")

    assert moved((kept, gone), (kept, new)) == ((gone,), (new,))
