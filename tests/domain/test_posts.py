from dataclasses import replace
from datetime import UTC, datetime

from make import (
    a_person,
    a_place,
    a_plan,
    a_role,
    a_row,
    a_runbook,
    a_school_of,
    an_event,
    an_invitation,
    an_occurrence,
    changed,
)

from planner.domain.families.answers import Reply
from planner.domain.runbook import Kind, Per
from planner.domain.staffing.needs import Gathering
from planner.domain.staffing.plan import StaffProblem, covered_lanes, staff_event
from planner.domain.staffing.posts import class_posts
from planner.domain.staffing.refusals import person_refusals

SCHOOL = a_school_of({"k1": ["ar", "ti"], "k2": ["ar", "nl"]})
ROWS = [
    a_row("klaar", "18:00", "18:30", places=("lokaal",)),
    a_row("samen", "19:00", "19:30", responsible=("sleutelouder",)),
    a_row("klas", "19:30", "20:00", responsible=("mentor",), places=("lokaal",)),
    a_row("vragen", "20:00", "20:30", responsible=("mentor",), places=("lokaal",)),
]
TOLK = a_role("sleutelouder", per=Per.LANGUAGE, interprets=True)
PLACES = (a_place(), a_place("lokaal", Per.CLASS))


def a_kijkje(roles=(TOLK,), rows=ROWS, **facts):
    return a_runbook(roles, rows, places=PLACES, invitation=an_invitation("19:00", "20:30"), **facts)


def posts(runbook, school=SCHOOL):
    event = an_event(("p1", "p2", "p3", "p4"))
    return class_posts(Gathering(event=event, runbook=runbook, school=school, occurrence=an_occurrence()))


def test_every_class_with_families_of_a_language_has_a_post_and_dutch_has_none():
    found = posts(a_kijkje())

    assert [post.id for post in found] == [
        "avond:sleutelouder:ar@k1",
        "avond:sleutelouder:ti@k1",
        "avond:sleutelouder:ar@k2",
    ]
    assert found[2].label({"ar": "Arabisch"}) == "Sleutelouder (Arabisch, K2)"
    assert found[2].guests == (("ar", frozenset({"p3"})),)
    assert (found[2].minimum, found[2].optional, found[2].rows) == (0, True, ("klas", "vragen"))


def test_post_is_for_the_time_in_the_class_room_with_guests():
    [post, *_] = posts(a_kijkje())

    assert (post.start, post.end) == (
        datetime(2026, 10, 6, 17, 30, tzinfo=UTC),
        datetime(2026, 10, 6, 18, 30, tzinfo=UTC),
    )


def test_evening_without_class_rooms_has_no_posts():
    assert posts(a_kijkje(rows=ROWS[:2])) == ()
    assert posts(a_kijkje(kind=Kind.CONVERSATION)) == ()


def test_role_that_is_in_the_class_room_anyway_has_no_posts():
    in_class = [*ROWS[:2], a_row("klas", "19:30", "20:30", responsible=("sleutelouder",), places=("lokaal",))]

    assert posts(a_kijkje(rows=in_class)) == ()
    assert posts(a_kijkje([changed(TOLK, per=Per.CLASS), a_role("mentor", per=Per.CLASS)])) == ()


def test_post_of_a_class_that_the_school_does_not_know_has_its_id():
    assert posts(a_kijkje(), changed(SCHOOL, classes=()))[0].about == "k1"


def test_mentor_stays_with_the_own_class_and_another_mentor_may_interpret():
    [post, *_] = posts(a_kijkje())
    mine = a_person("eva", roles=("sleutelouder",), speaks=("ar",), class_id="k2")
    other = changed(mine, class_id="k9")

    assert [refusal.why for refusal in person_refusals(mine, post, {})] == ["is dan bij de eigen klas"]
    assert not list(person_refusals(other, post, {}))


def test_one_interpreter_in_the_hall_covers_no_class_room():
    tolk = a_role("tolk", 0, Per.LANGUAGE, interprets=True, optional=True)
    event = staff_event(an_event(("p1", "p3")), a_kijkje([TOLK, tolk]), SCHOOL, an_occurrence())
    person = a_person("ali", roles=("sleutelouder", "tolk"), speaks=("ar",))
    problem = StaffProblem(events=(event,), people=(person,), school=SCHOOL)

    assert list(problem.lanes) == [("avond", None, "ar"), ("avond", "k1", "ar"), ("avond", "k2", "ar")]
    assert covered_lanes(problem, a_plan(("avond:tolk:ar", "ali"))) == {("avond", None, "ar")}
    assert covered_lanes(problem, a_plan(("avond:tolk:ar@k2", "ali"))) == {("avond", "k2", "ar")}
    assert problem.needs["avond:tolk:ar"].rows == ("samen",)


def test_post_of_families_that_cannot_come_stays_and_needs_nobody():
    home = next(home for home in SCHOOL.households if "p1" in home.pupil_ids)
    gathering = Gathering(
        event=an_event(("p1", "p2", "p3")), runbook=a_kijkje([TOLK]), school=SCHOOL, occurrence=an_occurrence(),
    )  # fmt: skip

    before = class_posts(gathering)
    after = class_posts(replace(gathering, answers={home.id: Reply(coming=False)}))

    assert {post.id for post in after} == {post.id for post in before}
    assert [post.id for post in after if not post.guests] != []
