"""The count is held against every plan there is, on evenings small enough for that."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from everyplan import every_plan
from hypothesis import given, settings
from hypothesis import strategies as st
from make import TUESDAY, a_rounds_problem, a_stop, some_rounds

from planner.domain.routes.count import (
    Leeway,
    RepairKind,
    RoundCount,
    count_rounds,
    repairs_of,
    verdict_of,
)
from planner.domain.routes.guests import Guest, Partner, speed_dates
from planner.domain.routes.rounds import Limit, missing_own, missing_visits
from planner.domain.routes.together import together_of
from planner.domain.staffing.shortages import Shortage, limit_shortages, own_shortages
from planner.domain.year import local

MARKET = Leeway(
    start=local(TUESDAY, time(17, 30)),
    end=local(TUESDAY, time(19, 30)),
    session=timedelta(minutes=20),
    gap=timedelta(minutes=5),
    fewest_groups=1,
)


def counted(groups, capacity, rounds, wanted, **facts):
    known = {f"t{number}": each for number, each in enumerate(capacity)}
    return RoundCount(groups=groups, capacity=known, rounds=rounds, wanted=wanted, **facts)


def repairs(count, **facts):
    return {repair.kind: repair for repair in repairs_of(count, replace(MARKET, **facts))}


@given(
    st.integers(1, 3), st.lists(st.integers(1, 2), min_size=1, max_size=3), st.integers(1, 3), st.integers(1, 3)
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_what_cannot_be_had_is_exact(groups, places, rounds, wanted):
    stops = [a_stop(f"t{number}", groups=each) for number, each in enumerate(places)]
    problem = a_rounds_problem(groups, stops, rounds, wanted)

    assert count_rounds(problem).missing == min(missing_visits(problem, plan) for plan in every_plan(problem))


@pytest.mark.parametrize(("groups", "stops", "rounds"), [(2, 2, 2), (3, 2, 3), (2, 1, 2), (3, 1, 3)])
def test_tour_fits_when_nobody_has_to_wait_too_long(groups, stops, rounds):
    problem = a_rounds_problem(groups, [f"t{n}" for n in range(stops)], rounds, stops, longest_wait=1)

    possible = any(missing_visits(problem, plan) == 0 for plan in every_plan(problem))
    assert count_rounds(problem).fits == possible == (groups <= 2 * stops)


def test_the_stated_evening_is_twelve_visits_short():
    count = counted(12, [1] * 6, 6, 4)

    assert (count.asked, count.places, count.missing, count.each, count.fits) == (48, 36, 12, 3, False)


SMALL = st.builds(
    counted,
    st.integers(1, 12),
    st.lists(st.integers(1, 3), min_size=1, max_size=6),
    st.integers(1, 6),
    st.integers(1, 6),
)


@given(SMALL, st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_every_repair_is_enough_and_the_smallest_of_its_kind(count, fewest):
    halves = tuple(-(-count.groups // n) for n in range(2, 5))
    found = repairs(count, fewest_groups=fewest, evening_groups=halves)

    def least(numbers, change):
        return next((number for number in numbers if replace(count, **change(number)).fits), None)

    if count.fits:
        assert found == {}
        return
    amounts = {kind: repair.amount for kind, repair in found.items()}
    fuller = least(range(count.groups - 1, fewest - 1, -1), lambda n: {"groups": n})
    assert amounts.get(RepairKind.FULLER) == fuller
    assert amounts.get(RepairKind.ROUNDS) == least(range(count.rounds + 1, 12), lambda n: {"rounds": n})  # 22:00
    assert amounts.get(RepairKind.FEWER) == least(range(count.wanted - 1, 0, -1), lambda n: {"wanted": n})
    evenings = least(range(2, 5), lambda n: {"groups": halves[n - 2]})
    assert amounts.get(RepairKind.EVENINGS) == evenings


@given(st.integers(1, 6), st.lists(st.integers(1, 2), min_size=1, max_size=3), st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_no_fewer_rooms_would_do(groups, places, rounds, wanted):
    count = counted(groups, places, rounds, wanted)
    repair = repairs(count).get(RepairKind.ROOMS)

    def with_more(number):
        """Yield every way to have so many rooms more."""
        ways = [count]
        for _ in range(number):
            ways = [
                replace(one, capacity={**one.capacity, topic: one.capacity[topic] + 1})
                for one in ways
                for topic in one.capacity
            ]
        return ways

    if repair is None:
        assert count.fits or not any(one.fits for one in with_more(4))
    else:
        assert len(repair.topics) == repair.amount
        assert not any(one.fits for one in with_more(min(4, repair.amount - 1)))


def test_repairs_say_what_to_do():
    found = {
        repair.kind: repair.what
        for repair in repairs_of(
            counted(9, [1] * 5, 5, 4),
            replace(MARKET, fewest_groups=6, shareable=("t0", "t1", "t2"), evening_groups=(5,)),
        )
    }

    assert found == {
        RepairKind.FULLER: "Maak 6 groepen in plaats van 9. Talen komen dan soms bij elkaar.",
        RepairKind.SHARE: "Laat twee groepen tegelijk in de lokalen van t0, t1 en t2. Daar is plaats genoeg.",
        RepairKind.ROOMS: "Neem 3 lokalen meer: 1 × t0, 1 × t1 en 1 × t2.",
        RepairKind.ROUNDS: "Doe 8 rondes in plaats van 5. Dat duurt 75 minuten langer, tot 20:45.",
        RepairKind.SHORTER: "Maak elk bezoek 10 minuten in plaats van 20. Dan gaan er 8 rondes in dezelfde tijd.",
        RepairKind.FEWER: "Laat elke groep 2 sectoren zien in plaats van 4.",
        RepairKind.TOPICS: "Zet er 3 sectoren bij, elk met een eigen lokaal.",
        RepairKind.EVENINGS: "Neem een tweede avond: op elke avond hooguit 5 groepen.",
    }


def test_repairs_of_one_are_said_in_the_singular():
    found = {kind: repair.what for kind, repair in repairs(counted(6, [1] * 4, 5, 4), shareable=("t3",)).items()}

    assert found[RepairKind.ROOMS] == "Neem 4 lokalen meer: 1 × t0, 1 × t1, 1 × t2 en 1 × t3."
    found = {kind: repair.what for kind, repair in repairs(counted(6, [2, 2, 2, 1], 5, 4), shareable=("t3",)).items()}
    assert found[RepairKind.SHARE] == "Laat twee groepen tegelijk in het lokaal van t3. Daar is plaats genoeg."
    assert found[RepairKind.ROOMS] == "Neem één lokaal meer: 1 × t3."
    assert found[RepairKind.TOPICS] == "Zet er één sector bij, elk met een eigen lokaal."
    one = {kind: repair.what for kind, repair in repairs(counted(5, [1], 4, 2)).items()}
    assert RepairKind.FEWER not in one
    assert repairs(counted(4, [1], 4, 2))[RepairKind.FEWER].what == "Laat elke groep 1 sector zien in plaats van 2."


def test_more_rounds_may_fit_in_the_time_there_is():
    short = replace(MARKET, end=local(TUESDAY, time(20, 30)))

    (more,) = (r for r in repairs_of(counted(5, [1] * 4, 4, 4), short) if r.kind is RepairKind.ROUNDS)

    assert more.what == "Doe 5 rondes in plaats van 4. Dat past in de tijd."


def test_nobody_is_kept_after_ten_in_the_evening():
    def until(groups):
        return [r.what for r in repairs_of(counted(groups, [1], 5, 1), MARKET) if r.kind is RepairKind.ROUNDS]

    assert until(10) == ["Doe 10 rondes in plaats van 5. Dat duurt 125 minuten langer, tot 21:35."]
    assert until(11) == ["Doe 11 rondes in plaats van 5. Dat duurt 150 minuten langer, tot 22:00."]
    assert until(12) == []


def test_three_evenings_when_two_are_not_enough():
    def said(**leeway):
        return [r.what for kind, r in repairs(counted(9, [1], 3, 1), **leeway).items() if kind is RepairKind.EVENINGS]

    assert said(evening_groups=(5, 3)) == ["Neem 3 avonden: op elke avond hooguit 3 groepen."]
    assert said(evening_groups=(5, 4)) == said() == []  # as the families really divide, that is not enough


def test_forms_with_tables_ask_people_and_not_rooms():
    tables = {"at_tables": True, "walker_name": "ouder", "topic_name": "gesprekje", "fewest_groups": 6}
    found = {kind: repair.what for kind, repair in repairs(counted(6, [1] * 5, 5, 5), **tables).items()}

    assert found[RepairKind.TOPICS] == "Vraag één mens meer om mee te praten, elk aan een eigen tafel."
    assert RepairKind.FULLER not in found
    one = repairs(counted(4, [1], 4, 2), **tables, can_add_topics=False)
    assert one[RepairKind.FEWER].what == "Laat elke ouder 1 gesprekje hebben in plaats van 2."
    assert RepairKind.TOPICS not in one
    more = repairs(counted(12, [1] * 5, 5, 5), **tables)[RepairKind.TOPICS].what
    assert more == "Vraag 7 mensen meer om mee te praten, elk aan een eigen tafel."
    many = repairs(counted(40, [1] * 3, 5, 5), **tables)[RepairKind.TOPICS]
    assert many.amount == 37  # one for each parent, however many that are


def test_one_guest_an_evening_is_said_in_the_singular():
    found = repairs(counted(2, [1], 1, 1), evening_groups=(1,))

    assert found[RepairKind.EVENINGS].what == "Neem een tweede avond: op elke avond hooguit 1 groep."


def test_two_changes_when_one_is_not_enough():
    large = counted(49, [1] * 5, 5, 4)
    school = replace(MARKET, fewest_groups=46, shareable=("t0", "t1"), evening_groups=(25, 17))

    assert repairs_of(large, school) == ()
    assert [(each.kind, each.amount, each.what, each.then) for each in together_of(large, school)] == [
        (
            RepairKind.EVENINGS,
            2,
            "Neem een tweede avond: op elke avond hooguit 25 groepen.",
            "Neem 15 lokalen meer: 3 × t0, 3 × t1, 3 × t2, 3 × t3 en 3 × t4.",
        ),
        (
            RepairKind.FEWER,
            2,
            "Laat elke groep 2 sectoren zien in plaats van 4.",
            "Neem 15 lokalen meer: 3 × t0, 3 × t1, 3 × t2, 3 × t3 en 3 × t4.",
        ),
    ]


@given(
    groups=st.integers(10, 60),
    places=st.lists(st.integers(1, 2), min_size=1, max_size=4),
    rounds=st.integers(1, 4),
    wanted=st.integers(1, 3),
    division=st.lists(st.integers(3, 30), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_two_changes_are_the_smallest_with_which_one_more_is_enough(groups, places, rounds, wanted, division):
    count = counted(groups, places, rounds, wanted)
    evenings = tuple(sorted((each for each in division if each < groups), reverse=True))
    leeway = replace(MARKET, fewest_groups=groups, evening_groups=evenings, can_add_topics=False)
    found = {each.kind: each for each in together_of(count, leeway)}

    def is_enough(**changed):
        one = replace(count, **changed)
        return bool(repairs_of(one, replace(leeway, fewest_groups=one.groups, evening_groups=())))

    if count.fits or repairs_of(count, leeway):
        assert found == {}
        return
    enough = [number for number, each in enumerate(evenings, 2) if is_enough(groups=each)]
    assert [each.amount for each in found.values() if each.kind is RepairKind.EVENINGS] == enough[:1]
    enough = [fewer for fewer in range(wanted - 1, 0, -1) if is_enough(wanted=fewer)]
    assert [each.amount for each in found.values() if each.kind is RepairKind.FEWER] == enough[:1]
    assert all(each.then for each in found.values())


def test_verdict_counts_nothing_where_nobody_comes():
    assert verdict_of(counted(0, [1] * 5, 5, 4), MARKET) == (
        "Er komen nog geen gezinnen. Zodra zij er zijn, staat hier of het past."
    )


def test_verdict_says_by_how_much():
    waits = counted(5, [1, 1], 5, 2, longest_wait=1)

    assert verdict_of(counted(4, [1] * 5, 5, 4), MARKET) == (
        "Het past. 4 groepen × 4 sectoren = 16 bezoeken. Er is plaats voor 25 bezoeken in 5 rondes."
    )
    assert verdict_of(counted(6, [1], 5, 1), MARKET) == (
        "Het past niet: er is 1 bezoek te weinig. 6 groepen × 1 sector = 6 bezoeken. "
        "Er is plaats voor 5 bezoeken in 5 rondes."
    )
    assert verdict_of(counted(9, [1] * 5, 5, 4), MARKET).startswith("Het past niet: er zijn 11 bezoeken te weinig.")
    assert verdict_of(waits, MARKET).startswith("Het past niet: 1 groep moet te lang wachten.")
    assert verdict_of(replace(waits, groups=6, rounds=6), MARKET).startswith("Het past niet: 2 groepen moeten te lang")


def test_nothing_to_visit_is_said_too():
    nobody = counted(0, [1], 3, 1)

    assert (nobody.fits, nobody.each) == (True, 1)
    assert counted(3, [], 3, 1).missing == 3


def guests(*languages):
    return tuple(
        Guest(id=f"o{n}", label=f"Ouder {n}", language=code, party_id=f"h{n}") for n, code in enumerate(languages)
    )


def partners(*languages):
    return tuple(
        Partner(id=f"p{n}", name=f"P {n}", languages=frozenset({"nl", *codes})) for n, codes in enumerate(languages)
    )


@given(
    st.lists(st.sampled_from(["ar", "ti", "uk"]), min_size=1, max_size=3),
    st.lists(st.sets(st.sampled_from(["ar", "ti"]), max_size=2), min_size=1, max_size=2),
    st.integers(1, 2),
)
@settings(max_examples=40, deadline=None)
def test_who_gets_no_talk_in_the_own_language_is_exact(spoken, able, rounds):
    problem = speed_dates(guests(*spoken), partners(*able), some_rounds(rounds), wanted=min(rounds, len(able)))

    least = min(missing_own(problem, plan) for plan in every_plan(problem))
    assert sum(shortage.missing for shortage in own_shortages(problem)) == least


def test_shortage_says_how_many_people_more_would_do():
    problem = speed_dates(guests(*["ar"] * 5, "uk", "nl"), partners({"ar"}), some_rounds(2), wanted=1)

    assert own_shortages(problem) == (
        Shortage(walkers=("o0", "o1", "o2", "o3", "o4"), missing=3, more=2),
        Shortage(walkers=("o5",), missing=1, more=1),
    )
    gone = replace(problem, walkers=problem.walkers[:2])
    assert own_shortages(gone) == ()


def test_one_person_more_does_not_speak_every_language_that_nobody_speaks():
    problem = speed_dates(guests("uk", "bg", "uk", "bg", "bg"), partners({"ar"}), some_rounds(2), wanted=1)

    assert own_shortages(problem) == (
        Shortage(walkers=("o0", "o2"), missing=2, more=1),
        Shortage(walkers=("o1", "o3", "o4"), missing=3, more=2),
    )


def test_limit_leaves_over_who_does_not_fit_in_the_rounds():
    some = Limit(about="Arabisch", walkers=frozenset({"g1", "g2", "g3"}), most=1)
    problem = a_rounds_problem(3, ("a", "b"), 2, 1, limits=(some,))

    assert limit_shortages(problem) == (Shortage(walkers=("g1", "g2", "g3"), missing=1, more=1),)
    assert limit_shortages(replace(problem, rounds=some_rounds(3))) == ()
