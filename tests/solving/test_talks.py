"""Making and repairing rounds of conversations: the judge finds nothing, brute force finds nothing better."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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
    every_slot,
    far_rooms,
    hard,
    least_of,
    luck_of,
)

from planner.domain.talks.bound import least_cost
from planner.domain.talks.cost import cost_of
from planner.domain.talks.hours import shortages
from planner.domain.talks.plan import Wish
from planner.solving import talkrepair
from planner.solving.talkadvice import advice, say_advice
from planner.solving.talkrepair import RepairTalks, changed
from planner.solving.talks import GreedyTalks, SearchTalks

SEARCH = SearchTalks(rounds=40)


def brute_force(problem, old):
    """Return the fewest (open talks, changes) of all plans without a broken hard rule."""
    return least_of(problem, lambda slots: (len(problem.talks) - len(slots), len(changed(old, slots))))


# ---- properties ----


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 7))
def test_every_plan_keeps_every_hard_rule(seed, talks):
    problem = a_tight_round(luck_of(seed), talks)

    for plan in (GreedyTalks().propose(problem), SEARCH.propose(problem)):
        assert hard(problem, plan) == []
        assert len({slot.talk_id for slot in plan}) == len(plan)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_search_is_never_worse_than_the_simple_one_and_the_same_each_time(seed):
    problem = a_tight_round(luck_of(seed), 6)
    plan = SEARCH.propose(problem)

    assert least_cost(problem).total <= cost_of(problem, plan).total
    assert cost_of(problem, plan).total <= cost_of(problem, GreedyTalks().propose(problem)).total
    assert SEARCH.propose(problem) == plan


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_what_stays_stays(seed):
    luck = luck_of(seed)
    problem = a_tight_round(luck, 6)
    plan = SEARCH.propose(problem)
    fixed = tuple(replace(slot, confirmed=True) for slot in plan if luck.random() < 0.5)
    held = replace(problem, fixed=fixed)

    for again in (SEARCH.propose(held), RepairTalks().replan(held, plan)):
        assert {*fixed} <= {*again}
        assert hard(held, again) == []


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_good_plan_is_left_alone(seed):
    problem = a_tight_round(luck_of(seed), 5)
    plan = SearchTalks(rounds=100).propose(problem)

    again = RepairTalks().replan(problem, plan)

    if not problem.open_talks(plan):
        assert again == plan
    assert len(problem.open_talks(again)) <= len(problem.open_talks(plan))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_shortage_means_that_something_stays_open(seed):
    problem = a_tight_round(luck_of(seed), 5)

    if shortages(problem):
        assert problem.open_talks(SEARCH.propose(problem))


# ---- against brute force ----


@pytest.mark.parametrize("seed", range(16))
def test_as_few_open_talks_and_changes_as_can_be(seed):
    luck = luck_of(seed)
    problem = a_tight_round(luck)
    plan = SEARCH.propose(problem)
    who = luck.choice(problem.people).id
    broken = replace(problem, away=frozenset({(who, MONDAY)}))
    old = {slot.talk_id: slot for slot in plan}

    again = RepairTalks().replan(broken, plan)

    found = (len(broken.open_talks(again)), len(changed(old, again)))
    assert found == brute_force(broken, old)
    assert RepairTalks().replan(broken, plan) == again


@pytest.mark.parametrize("seed", range(100, 110))
def test_new_plan_leaves_as_few_open_as_can_be(seed):
    problem = a_tight_round(luck_of(seed))

    assert len(problem.open_talks(SearchTalks(rounds=200).propose(problem))) == brute_force(problem, {})[0]


@pytest.mark.parametrize("seed", range(200, 206))
def test_two_talks_that_clash(seed):
    """A plan that breaks rules between talks: one of two has to move, whichever is cheaper."""
    luck = luck_of(seed)
    problem = a_tight_round(luck)
    plan = tuple(luck.choice(slots) for talk in problem.talks if (slots := every_slot(problem, talk)))
    old = {slot.talk_id: slot for slot in plan}

    again = RepairTalks().replan(problem, plan)

    assert (len(problem.open_talks(again)), len(changed(old, again))) == brute_force(problem, old)


# ---- what a plan is like ----


def test_interpreter_has_one_language_in_a_row():
    talks = [a_talk(f"p{n}.h{n}", f"m{n % 2}", 45, language="ar") for n in range(4)]
    others = [a_talk(f"q{n}.g{n}", f"m{n % 2}") for n in range(2)]
    people = [a_mentor("m0"), a_mentor("m1"), a_tolk(max_hours=4)]
    problem = a_round(
        *talks, *others, people=people, windows=[a_window(end="19:30"), a_window(end="19:30", day=TUESDAY)]
    )

    plan = SEARCH.propose(problem)

    assert len({slot.day for slot in plan if slot.interpreter_id}) == 1
    assert cost_of(problem, plan).waiting == 0


def test_family_gets_what_it_asks():
    wish = Wish(weekdays=frozenset({1}), earliest=at("17:00"), latest=at("17:35"))
    problem = a_round(a_talk(wishes=(wish,)), windows=[a_window(), a_window(day=TUESDAY)])

    (slot,) = GreedyTalks().propose(problem)

    assert wish.is_met(slot.day, slot.start, slot.start + 30)


def test_three_siblings_come_one_after_the_other():
    talks = [a_talk(f"p{n}.h1", f"m{n}") for n in range(3)]
    problem = a_round(*talks, siblings=(tuple(talk.id for talk in talks),))

    plan = GreedyTalks().propose(problem)

    assert hard(problem, plan) == []
    assert len(plan) == 3


def test_four_siblings_and_half_siblings():
    talks = [a_talk(f"p{n}.h1", f"m{n % 2}") for n in range(4)]
    groups = (tuple(talk.id for talk in talks), (talks[0].id, talks[1].id))
    problem = a_round(*talks, siblings=groups)

    plan = GreedyTalks().propose(problem)

    assert hard(problem, plan) == []


def test_sibling_joins_one_who_already_said_yes():
    talks = a_talk("p1.h1"), a_talk("p2.h1", "thijs")
    fixed = (a_slot("p1.h1", "17:00", confirmed=True),)
    problem = a_round(*talks, siblings=(("p1.h1", "p2.h1"),), fixed=fixed)

    plan = GreedyTalks().propose(problem)

    assert hard(problem, plan) == []
    assert len(plan) == 2


def test_siblings_who_do_not_fit_together_get_what_there_is():
    talks = a_talk("p1.h1"), a_talk("p2.h1", "thijs")
    people = [a_mentor(), a_mentor("thijs", weekdays=frozenset({1}))]
    problem = a_round(*talks, people=people, siblings=(("p1.h1", "p2.h1"),))

    assert [slot.talk_id for slot in GreedyTalks().propose(problem)] == ["p1.h1"]


def test_somebody_of_the_next_school_joins_where_it_can_be():
    talks = a_talk("p1.h1", guests=("kees",)), a_talk("p2.h2", "thijs", guests=("kees", "weg"))
    people = [a_mentor(), a_mentor("thijs"), a_mentor("kees", roles=("nieuwe-mentor",), max_evenings=1)]

    plan = GreedyTalks().propose(a_round(*talks, people=people))

    assert [slot.guest_id for slot in plan] == ["kees", "kees"]


def test_nothing_to_plan():
    problem = a_round(a_talk(), fixed=(a_slot(confirmed=True),))

    assert SEARCH.propose(problem) == problem.fixed
    assert SEARCH.propose(a_round()) == ()
    assert SearchTalks().propose(a_round(a_talk(mentor=""))) == ()


def test_search_tells_how_far_it_is():
    heard = []

    early = a_talk("p1.h1", wishes=(Wish(latest=at("16:00")),))
    late = a_talk("p2.h2", wishes=(Wish(earliest=at("18:00")),))

    SearchTalks(rounds=101).propose(a_round(early, late), watch=lambda *step: heard.append(step))

    assert heard == [(done, 101, "De beste tijden zoeken") for done in (0, 50, 100)]


def test_search_ends_when_counting_says_that_nothing_is_better():
    heard = []

    plan = SearchTalks(rounds=101).propose(a_round(a_talk()), watch=lambda *step: heard.append(step))

    assert len(plan) == 1
    assert heard == []


class Stop(Exception):  # noqa: N818 - what a watcher raises
    pass


def test_search_and_repair_stop_when_the_watcher_says_so():
    talks = a_talk("p1.h1", minutes=60), a_talk("p2.h2", minutes=60)
    problem = a_round(*talks, windows=[a_window(end="17:35")])
    plan = (a_slot("p1.h1", "15:30"), a_slot("p2.h2", "16:00"))
    heard = []

    def stop_at(step):
        def watch(*now):
            heard.append(now[2])
            if now[2] == step:
                raise Stop

        return watch

    for step in ("De kleinste verandering zoeken", "Elk gesprek een tijd", "Zo weinig mogelijk andere tijden"):
        with pytest.raises(Stop):
            RepairTalks().replan(problem, plan, watch=stop_at(step))
        assert heard.pop() == step


def test_same_round_gives_the_same_plan_in_every_process():
    """Sets of words and days are walked through in another order in each process."""
    script = (
        "import sys; sys.path[:0] = ['tests', '.']\n"
        "from talkmake import a_long_round, luck_of\n"
        "from planner.solving.talks import SearchTalks\n"
        "print([SearchTalks(rounds=60).propose(a_long_round(luck_of(seed))) for seed in range(4)])"
    )
    plans = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in "123"
    }

    assert len(plans) == 1


# ---- repairing ----


def test_repair_that_the_exact_model_must_do():
    """Both talks fit only in one order, and only the first has to go."""
    talks = a_talk("p1.h1", minutes=60), a_talk("p2.h2", minutes=60)
    problem = a_round(*talks, windows=[a_window(end="17:35")])
    plan = (a_slot("p1.h1", "15:30"), a_slot("p2.h2", "16:00"))

    again = RepairTalks().replan(problem, plan)

    assert [(slot.talk_id, slot.start) for slot in again] == [("p1.h1", at("15:30")), ("p2.h2", at("16:35"))]


def test_helper_with_short_days_and_far_rooms():
    talks = [a_talk(f"p{n}.h{n}", f"m{n}", 45, language="ar") for n in range(3)]
    people = [*(a_mentor(f"m{n}") for n in range(3)), a_tolk(max_hours=2.0, max_evenings=2)]
    problem = a_round(
        *talks,
        people=people,
        windows=[a_window(end="18:00"), a_window(end="18:00", day=TUESDAY)],
        rooms=far_rooms("m0", "m1", "m2"),
    )
    plan = tuple(a_slot(talk.id, "15:30", interpreter="samira") for talk in talks)

    again = RepairTalks().replan(problem, plan)

    assert hard(problem, again) == []
    assert len(again) == 3
    assert len(changed({slot.talk_id: slot for slot in plan}, again)) == 2


@pytest.mark.parametrize("answer", [None, []])
def test_what_the_search_found_is_kept_when_the_model_has_nothing_better(answer, monkeypatch):
    class Silent:
        def __init__(self, *_):
            pass

        def solve(self, *_):
            return [a_slot("p1.h1", "03:00")] if answer == [] else answer

    monkeypatch.setattr(talkrepair, "TalkModel", Silent)
    talks = a_talk("p1.h1", minutes=60), a_talk("p2.h2", minutes=60)
    problem = a_round(*talks, windows=[a_window(end="17:35")])

    again = RepairTalks().replan(problem, (a_slot("p1.h1", "15:30"), a_slot("p2.h2", "16:00")))

    assert hard(problem, again) == []


# ---- advice ----


def test_no_advice_when_everything_has_a_time():
    problem = a_round(a_talk())

    assert advice(problem, GreedyTalks().propose(problem)) == ()


def told(problem, plan=(), more=()):
    return [say_advice(each) for each in advice(problem, plan, more)]


def test_half_an_hour_more_helps():
    problem = a_round(a_talk("p1.h1"), a_talk("p2.h2"), windows=[a_window(end="16:15")])

    (sentence,) = told(problem, (a_slot("p1.h1"),), [a_window(day=TUESDAY)])

    assert sentence == (
        "1 gesprek heeft geen tijd: P2. Er is 30 minuten te kort. "
        "Maak de dag 30 minuten langer op maandag 5 oktober 2026. "
        "Of: Voeg een middag toe: dinsdag 6 oktober 2026 van 15:30 tot 18:30. Dan past het."
    )


def test_an_hour_of_an_interpreter_helps():
    talks = [a_talk(f"p{n}.h{n}", minutes=45, language="so") for n in range(2)]
    problem = a_round(*talks, people=[a_mentor()])

    (sentence,) = told(problem)

    assert sentence == (
        "2 gesprekken hebben geen tijd: P0, P1. Er is 1 uur en 30 minuten te kort. "
        "Vraag een tolk Somalisch op maandag 5 oktober 2026 van 15:30 tot 17:05. Dan passen ze allemaal."
    )


def test_what_helps_some():
    talks = [a_talk(f"p{n}.h{n}", minutes=120) for n in range(6)]
    problem = a_round(*talks, windows=[a_window(end="16:00")])

    (sentence,) = told(problem, (), [a_window(day=TUESDAY)])

    assert sentence == (
        "6 gesprekken hebben geen tijd: P0, P1, P2, P3 en nog 2. Er is 12 uur te kort. "
        "Maak de dag 1 uur en 30 minuten langer op maandag 5 oktober 2026. "
        "Of: Voeg een middag toe: dinsdag 6 oktober 2026 van 15:30 tot 18:30. Dan passen er 1."
    )


def test_nothing_helps_a_class_without_a_mentor():
    (sentence,) = told(a_round(a_talk(mentor="")))

    assert sentence.endswith("Kijk of iemand anders dit gesprek kan voeren of tolken, ook aan de telefoon.")


def test_mentor_who_never_comes_is_not_helped_by_an_interpreter():
    problem = a_round(a_talk(language="ar"), people=[a_mentor(weekdays=frozenset())])

    (found,) = advice(problem, ())

    assert found.changes == ()


def test_longer_days_that_are_not_used_are_no_advice():
    """A talk that fits anyway, only nobody looked yet: no longer day is asked for."""
    problem = a_round(a_talk())

    (found,) = advice(problem, ())

    assert found.changes == ()
