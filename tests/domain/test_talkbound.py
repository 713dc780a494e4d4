"""What no plan of talks can come below: never above the best plan that there is, and worth knowing."""

import pytest
from make import a_person
from talkmake import (
    MONDAY,
    TUESDAY,
    a_mentor,
    a_round,
    a_slot,
    a_talk,
    a_tight_round,
    a_tolk,
    a_window,
    at,
    least_of,
    luck_of,
)

from planner.domain.staffing.people import PersonKind
from planner.domain.talks.bound import least_cost
from planner.domain.talks.cost import TalkCost, cost_of
from planner.domain.talks.plan import Wish

ON_MONDAY, ON_TUESDAY = Wish(weekdays=frozenset({0})), Wish(weekdays=frozenset({1}))


@pytest.mark.parametrize("seed", range(300, 312))
def test_never_above_the_best_plan_there_is(seed):
    problem = a_tight_round(luck_of(seed), 2 + seed % 2)
    bound = least_cost(problem)

    assert bound.total <= least_of(problem, lambda plan: cost_of(problem, plan).total)

    open_talks, comings, wishes = least_of(
        problem, lambda plan: (len(problem.open_talks(plan)), (cost := cost_of(problem, plan)).comings, cost.wishes)
    )
    assert bound.open <= open_talks
    assert bound.comings <= comings or bound.open < open_talks
    assert bound.wishes <= wishes or bound.open < open_talks


def test_reached_where_a_plan_is_as_good():
    talks = [a_talk(f"p{n}.h{n}", f"m{n}", 45, language="ar") for n in range(3)]
    problem = a_round(*talks, people=[*(a_mentor(f"m{n}") for n in range(3)), a_tolk(max_hours=4)])

    assert least_cost(problem).total == least_of(problem, lambda plan: cost_of(problem, plan).total) == 40


def test_talks_that_nobody_can_hold():
    talks = (
        a_talk("p1.h1", mentor=""),
        a_talk("p2.h2", mentor="weg"),
        a_talk("p3.h3", language="so"),
        a_talk("p4.h4", language="ar", minutes=90),
        a_talk("p5.h5", minutes=190),
        a_talk("p6.h6", "thijs", language="ar"),
        a_talk("p7.h7"),
    )
    people = [a_mentor(), a_mentor("thijs", weekdays=frozenset({1})), a_tolk(max_hours=1.0)]

    assert least_cost(a_round(*talks, people=people)).open == 6


def test_wishes_that_no_hour_meets():
    early = Wish(latest=at("15:45"))
    talks = a_talk("p1.h1", wishes=(ON_TUESDAY,)), a_talk("p2.h2", wishes=(ON_MONDAY,)), a_talk("p3", wishes=(early,))

    assert least_cost(a_round(*talks)).wishes == 2


def test_brothers_and_sisters_who_ask_for_two_days():
    talks = a_talk("p1.h1", wishes=(ON_MONDAY,)), a_talk("p2.h1", "thijs", wishes=(ON_TUESDAY,))
    windows = [a_window(), a_window(day=TUESDAY)]

    assert least_cost(a_round(*talks, windows=windows)).wishes == 0
    assert least_cost(a_round(*talks, windows=windows, siblings=(("p1.h1", "p2.h1"),))).wishes == 1


def test_brothers_and_sisters_who_share_no_day():
    talks = a_talk("p1.h1", wishes=(ON_TUESDAY,)), a_talk("p2.h1", "thijs", wishes=(ON_TUESDAY,))
    people = [a_mentor(weekdays=frozenset({0})), a_mentor("thijs", weekdays=frozenset({1}))]
    windows = [a_window(), a_window(day=TUESDAY)]
    problem = a_round(*talks, people=people, windows=windows, siblings=(("p1.h1", "p2.h1"),))

    assert least_cost(problem).wishes == 1


def test_nobody_of_the_next_school_can_join():
    talks = a_talk("p1.h1", guests=("kees", "weg")), a_talk("p2.h2", guests=("eva",))
    kees = a_person("kees", roles=("nieuwe-mentor",), weekdays=frozenset({1}))
    people = [a_mentor(), kees, a_person("eva", roles=("nieuwe-mentor",))]

    assert least_cost(a_round(*talks, people=people)).alone == 1


@pytest.mark.parametrize(
    ("languages", "days"),
    [
        (["ar"] * 7, 3),  # three talks a day
        (["ar", "so"], 1),  # one interpreter can do both
        (["ar", "fa", "so"], 2),  # two of whom each is the only one for something
        (["ti"], 0),  # a colleague interprets
        (["", ""], 0),
    ],
)
def test_days_on_which_interpreters_come(languages, days):
    talks = [a_talk(f"p{n}.h{n}", f"m{n}", 45, language=language) for n, language in enumerate(languages)]
    people = [
        *(a_mentor(f"m{n}") for n in range(len(languages))),
        a_tolk("t1", speaks=("ar", "so")),
        a_tolk("t2", speaks=("fa", "so")),
        a_tolk("t3", speaks=("ti",), kind=PersonKind.STAFF),
    ]
    windows = [a_window(day=day) for day in (MONDAY, TUESDAY)]

    assert least_cost(a_round(*talks, people=people, windows=windows)).comings == days


def test_what_is_fixed_counts_as_it_is():
    talk = a_talk(wishes=(ON_TUESDAY,), guests=("kees",), language="ar")
    people = [a_mentor(), a_tolk(), a_person("kees", roles=("nieuwe-mentor",))]
    problem = a_round(talk, people=people, fixed=(a_slot(interpreter="samira", confirmed=True),))

    assert least_cost(problem) == TalkCost(open=0, wishes=1, alone=1, waiting=0, comings=0, gaps=0)
