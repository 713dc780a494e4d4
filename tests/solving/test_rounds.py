"""One contract over all solvers of rounds, and the exact ones against every plan there is."""

from dataclasses import replace

import pytest
from everyplan import best_score, every_plan, score
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from make import a_household, a_pupil, a_rounds_problem, a_school, a_stop, some_rounds, some_visits

from planner.domain.rooms.room import Room
from planner.domain.routes.count import count_rounds
from planner.domain.routes.guests import Guest, Partner, families_of, parents_of, speed_dates, time_slots
from planner.domain.routes.parties import Party, parties_of
from planner.domain.routes.rounds import Limit, Visit, changed_cells, missing_own, missing_visits, seen_topics
from planner.domain.routes.rules import validate_rounds
from planner.domain.staffing.shortages import limit_shortages, own_shortages
from planner.solving.roundmodel import RoundPlanner
from planner.solving.rounds import GreedyRounds, first_answer

SOLVERS = (GreedyRounds(), RoundPlanner())


def hard(problem, visits):
    return [violation.why for violation in validate_rounds(problem, visits) if violation.hard]


@st.composite
def evenings(draw):
    """Return an evening of any size, with rooms for one or two groups, wishes, limits and long corridors."""
    groups, rounds, wanted = draw(st.integers(1, 7)), draw(st.integers(1, 5)), draw(st.integers(1, 4))
    stops = [
        a_stop(f"s{number}", topic=f"t{draw(st.integers(0, 4))}", groups=draw(st.integers(1, 2)),
               seats=draw(st.none() | st.integers(10, 20)),
               room=draw(st.none() | st.builds(Room, id=st.just(f"r{number}"), name=st.just("R"),
                                               capacity=st.just(30), x=st.sampled_from([0.0, 200.0, 400.0]))))
        for number in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    topics = sorted({stop.topic for stop in stops})
    names = [f"g{number}" for number in range(1, groups + 1)]
    return a_rounds_problem(
        groups, stops, rounds, wanted,
        wishes=draw(st.dictionaries(st.sampled_from(names),
                                    st.dictionaries(st.sampled_from(topics), st.integers(0, 3)))),
        one_of=draw(st.dictionaries(st.sampled_from(names), st.frozensets(st.sampled_from(topics)), max_size=2)),
        never=draw(st.dictionaries(st.sampled_from(names), st.frozensets(st.sampled_from(topics)), max_size=2)),
        longest_wait=draw(st.none() | st.just(1)),
        limits=draw(st.just(()) | st.builds(
            lambda walkers, most: (Limit(about="Arabisch", walkers=walkers, most=most),),
            st.frozensets(st.sampled_from(names)), st.integers(1, 2))),
    )  # fmt: skip


@pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: type(solver).__name__)
@given(problem=evenings())
@settings(max_examples=40, deadline=None)
def test_any_solver_breaks_no_hard_rule_and_gives_the_same_again(solver, problem):
    visits = solver.propose(problem)

    assert hard(problem, visits) == []
    assert solver.propose(problem) == visits
    again = solver.replan(problem, visits)
    assert hard(problem, again) == []
    assert (missing_own(problem, again), missing_visits(problem, again)) <= (
        missing_own(problem, visits),
        missing_visits(problem, visits),
    )


@given(evenings())
@settings(max_examples=40, deadline=None)
def test_planner_is_never_worse_than_the_simple_search(problem):
    assert score(problem, RoundPlanner().propose(problem)) <= score(problem, GreedyRounds().propose(problem))


@st.composite
def plain_evenings(draw):
    stops = [
        a_stop(f"s{number}", topic=f"t{draw(st.integers(0, 5))}", groups=draw(st.integers(1, 2)))
        for number in range(draw(st.integers(1, 6)))
    ]
    return a_rounds_problem(draw(st.integers(1, 9)), stops, draw(st.integers(1, 6)), draw(st.integers(1, 5)))


@given(plain_evenings())
@settings(max_examples=80, deadline=None)
def test_first_answer_has_all_that_counting_promises(problem):
    visits = first_answer(problem)

    assert hard(problem, visits) == []
    assert missing_visits(problem, visits) == count_rounds(problem).missing


@pytest.mark.parametrize("groups", range(1, 11))
@pytest.mark.parametrize("stops", [3, 4, 5])
def test_tour_never_meets_and_nobody_waits_while_the_count_allows_it(groups, stops):
    names = [f"s{number}" for number in range(stops)]
    problem = a_rounds_problem(groups, names, max(groups, stops), stops, longest_wait=1)

    visits = RoundPlanner().propose(problem)

    assert hard(problem, visits) == []
    assert (missing_visits(problem, visits) == 0) == count_rounds(problem).fits == (groups <= 2 * stops)


SMALL = st.builds(
    lambda groups, stops, rounds, wanted, wishes: a_rounds_problem(
        groups, [f"s{number}" for number in range(stops)], rounds, wanted, wishes={"g1": dict(wishes)}
    ),
    st.integers(1, 3), st.integers(1, 3), st.integers(1, 2), st.integers(1, 2),
    st.lists(st.tuples(st.sampled_from(["s0", "s1", "s2"]), st.integers(0, 2)), max_size=2),
)  # fmt: skip


@given(SMALL)
@settings(max_examples=40, deadline=None)
def test_no_plan_is_better_that_shows_nobody_more_than_is_wanted(problem):
    """A wish decides what a group sees, not how much: what is wanted for everybody is enough."""
    enough = (
        plan
        for plan in every_plan(problem)
        if all(len(topics) <= problem.wanted for topics in seen_topics(problem, plan).values())
    )

    assert score(problem, RoundPlanner().propose(problem)) <= min(score(problem, plan) for plan in enough)


@given(SMALL, st.sampled_from(["room", "group", "both"]))
@settings(max_examples=40, deadline=None)
def test_repair_makes_the_fewest_changes_there_are(problem, event):
    old = RoundPlanner().propose(problem)
    stops = problem.stops if event == "group" else problem.stops[1:]
    groups = problem.walkers if event == "room" else problem.walkers[:-1]
    assume(stops and groups)
    changed = replace(problem, stops=stops, walkers=groups)

    new = RoundPlanner().replan(changed, old)

    assert score(changed, new, old) == best_score(changed, old)


def test_plan_that_is_good_stays_as_it_is():
    problem = a_rounds_problem(5, ["a", "b", "c", "d", "e"], 5, 4)
    visits = RoundPlanner().propose(problem)

    assert RoundPlanner().replan(problem, visits) == visits


@pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: type(solver).__name__)
def test_pinned_visits_stay(solver):
    pinned = some_visits("g1: b - a", pinned=True)
    problem = a_rounds_problem(3, ["a", "b", "c"], 3, 3, pinned=pinned)

    found = solver.propose(problem)

    assert set(pinned) <= set(found)
    assert hard(problem, found) == []
    assert set(pinned) <= set(solver.replan(replace(problem, pinned=()), found))


def test_pinned_visits_that_clash_are_kept_and_named():
    pinned = some_visits("g1: a; g2: a", pinned=True)
    problem = a_rounds_problem(2, ["a", "b"], 2, 2, pinned=pinned)

    found = RoundPlanner().propose(problem)

    assert set(pinned) <= set(found)
    assert [violation.rule for violation in validate_rounds(problem, found) if violation.hard] == ["L02"]


def test_nobody_or_nothing_gives_an_empty_plan():
    assert RoundPlanner().propose(a_rounds_problem(0)) == ()
    assert RoundPlanner().propose(a_rounds_problem(1, rounds=0)) == ()
    assert GreedyRounds().propose(a_rounds_problem(1, ())) == ()


def test_repair_of_a_large_evening_by_the_simple_search_keeps_what_it_can():
    problem = a_rounds_problem(10, [f"s{number}" for number in range(14)], 5, 4)
    visits = first_answer(problem)
    lost = replace(problem, stops=problem.stops[1:])

    found = RoundPlanner(largest=1).replan(lost, visits)

    gone = sum(visit.stop == "s0" for visit in visits)
    assert hard(lost, found) == []
    assert (missing_visits(lost, found), changed_cells(lost, visits, found) <= 2 * gone) == (0, True)


def guests(*languages):
    return tuple(
        Guest(id=f"o{n}", label=f"Ouder {n}", language=code, party_id=f"h{n}", child_ids=frozenset({f"kind{n}"}))
        for n, code in enumerate(languages)
    )


@st.composite
def dates(draw):
    spoken = draw(st.lists(st.sampled_from(["ar", "ti", "uk", "nl"]), min_size=1, max_size=8))
    able = draw(st.lists(st.sets(st.sampled_from(["ar", "ti", "uk"]), max_size=2), min_size=1, max_size=8))
    partners = [Partner(id=f"p{n}", name=f"P {n}", languages=frozenset({"nl", *codes})) for n, codes in enumerate(able)]
    rounds = draw(st.integers(1, 4))
    return speed_dates(guests(*spoken), partners, some_rounds(rounds), wanted=draw(st.integers(1, rounds)))


@given(dates())
@settings(max_examples=50, deadline=None)
def test_speed_date_gives_everybody_the_own_language_as_far_as_counting_allows(problem):
    found = RoundPlanner().propose(problem)

    assert hard(problem, found) == []
    assert missing_own(problem, found) == sum(shortage.missing for shortage in own_shortages(problem))
    assert missing_visits(problem, found) == count_rounds(problem).missing


def test_pupil_does_not_talk_with_the_own_parent():
    helper = Partner(id="p0", name="Sami", languages=frozenset({"ar"}), family=frozenset({"kind0"}))
    problem = speed_dates(guests("ar", "ar"), [helper], some_rounds(2), wanted=1)

    assert [visit.walker for visit in RoundPlanner().propose(problem)] == ["o1"]


@st.composite
def own_families(draw):
    """Return a school of siblings and separated parents, who is invited, and helpers with children in it."""
    ids = [f"p{n}" for n in range(draw(st.integers(1, 5)))]
    some = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)
    homes = [a_household(draw(some), "ar", household_id=f"h{n}") for n in range(draw(st.integers(1, 4)))]
    helpers = [
        Partner(
            id=f"m{n}", name=f"M {n}", languages=frozenset({"ar"}), family=draw(st.frozensets(st.sampled_from(ids)))
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    school = a_school([a_pupil(each) for each in ids], homes)
    return school, draw(st.sets(st.sampled_from(ids), min_size=1)), helpers


@given(own_families(), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_nobody_talks_with_the_own_household_and_the_judge_knows_which_those_are(evening, rounds):
    school, invited, helpers = evening
    guests = parents_of(parties_of(school, invited))
    problem = speed_dates(guests, helpers, some_rounds(rounds), wanted=min(rounds, len(helpers)))
    homes = {home.id: set(home.pupil_ids) for home in school.households}

    def is_own(guest, helper):
        return bool(homes.get(guest.party_id, {guest.party_id}) & helper.family)

    for solver in SOLVERS:
        met = {(visit.walker, visit.stop) for visit in solver.propose(problem)}
        assert not any(is_own(guest, helper) for guest in guests for helper in helpers if (guest.id, helper.id) in met)
    for guest in guests:
        for helper in helpers:
            found = validate_rounds(problem, (Visit(walker=guest.id, round=1, stop=helper.id),))
            assert ("L11" in [violation.rule for violation in found]) == is_own(guest, helper)


@given(
    st.lists(st.sampled_from(["ar", "ti", "nl"]), max_size=12), st.integers(1, 3), st.integers(1, 4), st.integers(1, 2)
)
@settings(max_examples=50, deadline=None)
def test_everybody_has_a_slot_as_far_as_counting_allows(spoken, tables, slots, interpreters):
    families = families_of(
        Party(id=f"h{n}", name=f"h{n}", language=code, class_ids=(), persons=2) for n, code in enumerate(spoken)
    )
    problem = time_slots(
        families, [(f"t{n}", f"Tafel {n}") for n in range(tables)], some_rounds(slots),
        interpreters={"ar": interpreters}, names={},
    )  # fmt: skip

    found = RoundPlanner().propose(problem)

    assert hard(problem, found) == []
    least = max(count_rounds(problem).missing, sum(shortage.missing for shortage in limit_shortages(problem)))
    if not limit_shortages(problem):
        assert missing_visits(problem, found) == least
    assert missing_visits(problem, found) >= least
