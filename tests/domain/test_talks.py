"""Talks: which a round asks for, the hours it has, and what a plan costs."""

from datetime import time

import pytest
from make import a_calendar, a_household, a_person, a_pupil, a_school
from talkmake import MONDAY, TUESDAY, WEDNESDAY, a_mentor, a_round, a_slot, a_talk, a_tolk, a_window, at

from planner.domain.staffing.people import PersonKind
from planner.domain.talks.cost import COMING, GAP, GUEST, OPEN, WAIT, WISH, TalkCost, cost_of, idle_minutes
from planner.domain.talks.hours import UsualHours, shortages
from planner.domain.talks.making import Invited, apart_pairs, make_talks, sibling_groups
from planner.domain.talks.plan import TalkTimes, Window, Wish, in_order, say_minutes, say_time
from planner.domain.year import Span

MENTORS = {"k1": "sanne", "k2": "thijs"}


def invited(pupils, homes, **facts):
    school = a_school(pupils, homes)
    people = {"sanne": a_mentor(), "thijs": a_mentor("thijs")} | facts.pop("people", {})
    known = {"mentors": MENTORS, "pupil_ids": tuple(pupil.id for pupil in pupils)}
    return Invited(school=school, people=people, **{**known, **facts})


def home(home_id, *pupils, language="nl", **facts):
    return a_household(pupils, language, household_id=home_id, **facts)


# ---- which talks ----


def test_one_talk_for_a_family():
    (talk,) = make_talks(invited([a_pupil()], [home("h1", "p1")]))

    assert (talk.id, talk.pupil_ids, talk.household_ids, talk.mentors) == ("p1.h1", ("p1",), ("h1",), ("sanne",))
    assert (talk.minutes, talk.language, talk.about) == (30, "", "Sami Haddad (K1)")


def test_who_is_not_invited_has_none():
    pupils = [a_pupil(), a_pupil("p2")]

    found = make_talks(invited(pupils, [home("h1", "p1", "p2")], pupil_ids=("p2",)))

    assert [talk.id for talk in found] == ["p2.h1"]


def test_pupil_without_a_household():
    (talk,) = make_talks(invited([a_pupil()], []))

    assert (talk.id, talk.household_ids) == ("p1", ())


def test_class_without_a_mentor():
    (talk,) = make_talks(invited([a_pupil()], [home("h1", "p1")], mentors={}))

    assert talk.mentors == ()


@pytest.mark.parametrize(
    ("language", "interpreter", "minutes", "asked"),
    [("ar", True, 45, "ar"), ("ar", False, 30, ""), ("nl", True, 30, "")],
)
def test_interpreted_talk_takes_longer(language, interpreter, minutes, asked):
    (talk,) = make_talks(invited([a_pupil()], [home("h1", "p1", language=language, interpreter=interpreter)]))

    assert (talk.minutes, talk.language) == (minutes, asked)


def test_mentor_who_speaks_the_language_needs_nobody():
    people = {"sanne": a_mentor(speaks=("ar",))}

    (talk,) = make_talks(invited([a_pupil()], [home("h1", "p1", language="ar", interpreter=True)], people=people))

    assert (talk.minutes, talk.language) == (30, "")


@pytest.mark.parametrize(("interpreter", "minutes"), [(False, 60), (True, 75)])
def test_missed_evening_is_made_up(interpreter, minutes):
    homes = [home("h1", "p1", language="ar", interpreter=interpreter)]

    (talk,) = make_talks(invited([a_pupil()], homes, missed=frozenset({"p1.h1"})))

    assert talk.minutes == minutes


def test_lengths_are_the_schools_own():
    times = TalkTimes(plain=20, interpreted=40, extra=10)
    homes = [home("h1", "p1", language="ar", interpreter=True), home("h2", "p2")]

    found = make_talks(invited([a_pupil(), a_pupil("p2")], homes, times=times, missed=frozenset({"p2.h2"})))

    assert [talk.minutes for talk in found] == [40, 30]


def test_two_households_come_together():
    (talk,) = make_talks(invited([a_pupil()], [home("h1", "p1"), home("h2", "p1")]))

    assert (talk.id, talk.household_ids) == ("p1.h1", ("h1", "h2"))


def test_two_households_come_apart_when_one_asks():
    asked = invited([a_pupil()], [home("h1", "p1"), home("h2", "p1")], wishes={"h2": Wish(apart=True)})
    found = make_talks(asked)

    assert [talk.id for talk in found] == ["p1.h1", "p1.h2"]
    assert apart_pairs(asked, found) == (("p1.h1", "p1.h2"),)


def test_two_languages_to_interpret_are_two_talks_that_may_meet():
    homes = [home("h1", "p1", language="ar", interpreter=True), home("h2", "p1", language="so", interpreter=True)]
    asked = invited([a_pupil()], homes)
    found = make_talks(asked)

    assert [talk.language for talk in found] == ["ar", "so"]
    assert apart_pairs(asked, found) == ()


def test_brothers_and_sisters_are_a_group():
    found = make_talks(invited([a_pupil(), a_pupil("p2", "k2")], [home("h1", "p1", "p2")]))

    assert [talk.mentors for talk in found] == [("sanne",), ("thijs",)]
    assert sibling_groups(found) == (("p1.h1", "p2.h1"),)


def test_one_talk_for_all_children():
    pupils = [a_pupil(), a_pupil("p2", "k2"), a_pupil("p3", "k2")]
    found = make_talks(invited(pupils, [home("h1", "p1", "p2", "p3")], wishes={"h1": Wish(at_once=True)}))

    (talk,) = found
    assert (talk.id, talk.pupil_ids, talk.mentors, talk.minutes) == (
        "p1.h1", ("p1", "p2", "p3"), ("sanne", "thijs"), 60,
    )  # fmt: skip
    assert sibling_groups(found) == ()


def test_parents_apart_do_not_meet_at_the_talks_of_a_sibling_either():
    pupils = [a_pupil(), a_pupil("p2", "k2")]
    asked = invited(pupils, [home("h1", "p1", "p2"), home("h2", "p1", "p2")], wishes={"h1": Wish(apart=True)})

    pairs = apart_pairs(asked, make_talks(asked))

    assert pairs == (("p1.h1", "p1.h2"), ("p1.h1", "p2.h2"), ("p2.h1", "p1.h2"), ("p2.h1", "p2.h2"))


def test_talk_of_both_is_never_apart_from_itself():
    pupils = [a_pupil(), a_pupil("p2", "k2")]
    homes = [home("h1", "p1", "p2"), home("h2", "p1"), home("h3", "p2")]
    asked = invited(pupils, homes, wishes={"h3": Wish(apart=True)})

    assert apart_pairs(asked, make_talks(asked)) == (("p1.h1", "p2.h3"), ("p2.h1", "p2.h3"))


def test_wishes_and_guests_go_along():
    wish = Wish(weekdays=frozenset({0}))
    homes = [home("h1", "p1"), home("h2", "p1")]
    asked = invited([a_pupil()], homes, wishes={"h1": wish, "h2": Wish(at_once=True)}, guests={"p1": ("kees",)})

    (talk,) = make_talks(asked)

    assert (talk.wishes, talk.guests) == ((wish,), ("kees",))


# ---- hours ----

HOURS = UsualHours(opens={0: at("15:30"), 1: at("16:00")}, closes=at("18:30"))
WEEK = Span(first=MONDAY, last=WEDNESDAY)


def test_usual_hours_follow_the_evenings_for_parents():
    found = HOURS.windows(a_calendar(), WEEK)

    assert found == (a_window("15:30"), a_window("16:00", day=TUESDAY))


def test_days_that_could_be_added():
    found = HOURS.more(a_calendar(), WEEK, HOURS.windows(a_calendar(), WEEK))

    assert [(window.day.day, window.start) for window in found] == [
        (7, at("15:30")), (8, at("15:30")), (9, at("15:30")), (12, at("15:30")),
    ]  # fmt: skip


def test_school_without_evenings_adds_nothing():
    assert UsualHours().more(a_calendar(), WEEK, ()) == ()


@pytest.mark.parametrize(
    ("rest", "parts"),
    [
        (("17:00", "17:30"), [("15:30", "17:00"), ("17:30", "18:30")]),
        (("15:00", "16:00"), [("16:00", "18:30")]),
        (("18:00", "19:00"), [("15:30", "18:00")]),
        (("12:00", "12:30"), [("15:30", "18:30")]),
        (("19:00", "19:30"), [("15:30", "18:30")]),
        (("00:00", "00:00"), [("15:30", "18:30")]),
    ],
)
def test_break_is_cut_out(rest, parts):
    hours = UsualHours(rest=(at(rest[0]), at(rest[1])))

    assert hours.without_rest([a_window()]) == tuple(a_window(*part) for part in parts)


def test_enough_time_is_no_shortage():
    problem = a_round(a_talk(), a_talk("p2.h2"), windows=[a_window("15:30", "16:35")])

    assert shortages(problem) == ()


def test_mentor_with_too_little_time():
    problem = a_round(a_talk(), a_talk("p2.h2"), windows=[a_window("15:30", "16:30")])

    (found,) = shortages(problem)

    assert (found.short, found.why) == (
        5, "Sanne: de gesprekken vragen met pauzes 1 uur en 10 minuten, er is 1 uur en 5 minuten.",
    )  # fmt: skip


def test_language_without_anybody():
    problem = a_round(a_talk(language="ar", minutes=45), people=[a_mentor()])

    (found,) = shortages(problem)

    assert found.why == "Tolken Arabisch: de gesprekken vragen met pauzes 50 minuten, er is niemand die kan."


def test_mentor_who_left():
    (found,) = shortages(a_round(a_talk(), people=[]))

    assert found.who == "Een mentor"


# ---- cost ----


def test_cost_of_a_plan_in_figures():
    partner = a_person("kees", kind=PersonKind.PARTNER)
    talks = (
        a_talk("p1.h1", language="ar", minutes=45, wishes=(Wish(weekdays=frozenset({4})),)),
        a_talk("p2.h2", "thijs", 45, language="ar"),
        a_talk("p3.h3", guests=("kees",)),
        a_talk("p4.h4", "thijs", guests=("kees",)),
        a_talk("p5.h5"),
    )
    people = [a_mentor(), a_mentor("thijs"), a_tolk(), partner]
    plan = (
        a_slot("p1.h1", "15:30", interpreter="samira"),
        a_slot("p2.h2", "16:30", interpreter="samira"),
        a_slot("p3.h3", "16:45", guest="kees"),
        a_slot("p4.h4", "17:25"),
        a_slot("p9.h9"),
    )

    found = cost_of(a_round(*talks, people=people), plan)

    assert found == TalkCost(open=1, wishes=1, alone=1, waiting=10, comings=2, gaps=25 + 5)
    assert found.total == OPEN + WISH + GUEST + COMING * 2 + WAIT * 10 + GAP * 30


def test_colleague_does_not_travel():
    people = [a_mentor(), a_tolk(kind=PersonKind.STAFF)]
    problem = a_round(a_talk(language="ar", minutes=45), people=people)

    assert cost_of(problem, (a_slot(interpreter="samira"),)).comings == 0


def test_idle_minutes():
    assert [idle_minutes(talks, 5) for talks in ((), ((0, 30),), ((0, 30), (35, 60)), ((0, 30), (50, 60)))] == [
        0, 0, 0, 15,
    ]  # fmt: skip


# ---- small things ----


def test_words():
    assert [say_minutes(each) for each in (1, 45, 60, 61, 135)] == [
        "1 minuut", "45 minuten", "1 uur", "1 uur en 1 minuut", "2 uur en 15 minuten",
    ]  # fmt: skip
    assert say_time(at("09:05")) == "09:05"


def test_person_comes_from_a_time_on():
    problem = a_round(
        a_talk(), people=[a_mentor(not_before=time(16, 0))], windows=[a_window(), a_window("14:00", "15:00")]
    )

    assert problem.open_for["sanne"] == (a_window("16:00"),)


def test_plan_in_order_and_lengths():
    late, early = a_slot("p2.h2", "17:00"), a_slot()

    assert in_order([late, early]) == (early, late)
    assert Window(day=MONDAY, start=10, end=40).minutes == 30
    assert a_round(a_talk(), windows=[a_window(), a_window(day=TUESDAY)]).days == (MONDAY, TUESDAY)


def test_talk_without_a_mentor_has_no_room():
    problem = a_round(a_talk(mentor=""))

    assert problem.room_of(problem.talks[0]) is None
