from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import a_group, a_party

from planner.domain.routes.companions import (
    Companion,
    CompanionProblem,
    Helper,
    Task,
    assign_companions,
    covered,
    too_few,
    validate_companions,
)

NAMES = {"ar": "Arabisch", "ti": "Tigrinya"}


def a_guide(name, *languages, **facts):
    return Helper(id=name, name=name.title(), task=Task.GUIDE, languages=frozenset(languages), **facts)


def a_key_parent(name, *languages, children=()):
    return Helper(
        id=name, name=name.title(), task=Task.INTERPRETER, languages=frozenset(languages), children=frozenset(children)
    )


def problem_of(groups, *helpers):
    return CompanionProblem(groups=tuple(groups), helpers=helpers, names=NAMES)


def pairs(companions):
    return [(each.group_id, each.person_id, each.task.value) for each in companions]


ARABIC = a_group(1, a_party("h1", "ar", child_ids=frozenset({"p1"})), a_party("h2", "ar"))
MIXED = a_group(2, a_party("h3", "ar"), a_party("h4", "ti"), a_party("h5", "nl"))


def test_each_group_gets_a_guide_and_its_languages():
    problem = problem_of([ARABIC, MIXED], a_guide("jan"), a_guide("mo", "ar"), a_key_parent("sara", "ti", "ar"))

    found = assign_companions(problem)

    assert pairs(found) == [("g1", "mo", "gids"), ("g2", "jan", "gids"), ("g2", "sara", "tolk")]
    assert covered(problem, found) == {"g1": {"ar"}, "g2": {"ar", "ti"}}
    assert validate_companions(problem, found) == ()


def test_key_parent_is_not_in_the_group_of_the_own_child():
    problem = problem_of([ARABIC], a_guide("jan"), a_key_parent("sara", "ar", children=["p1"]))

    found = assign_companions(problem)

    assert pairs(found) == [("g1", "jan", "gids")]
    assert [(v.rule, v.why) for v in validate_companions(problem, found)] == [
        ("H04", "Groep 1 heeft niemand voor Arabisch (2 gezinnen).")
    ]


def test_mentor_guides_the_own_class():
    first, second = (
        a_group(1, a_party("h1", "nl", class_ids=("k1",))),
        a_group(2, a_party("h2", "nl", class_ids=("k2",))),
    )
    problem = problem_of([first, second], a_guide("an", class_id="k2"), a_guide("bo", class_id="k1"))

    assert pairs(assign_companions(problem)) == [("g1", "bo", "gids"), ("g2", "an", "gids")]


def test_ill_guide_is_replaced_and_nobody_else_moves():
    before = problem_of([ARABIC, MIXED], a_guide("jan"), a_guide("mo", "ar"), a_guide("li"), a_key_parent("sara", "ti"))
    old = assign_companions(before)

    after = problem_of(before.groups, *(helper for helper in before.helpers if helper.id != "mo"))
    new = assign_companions(after, old)

    assert set(pairs(new)) - set(pairs(old)) == {("g1", "li", "gids")}


def test_pinned_people_stay():
    pinned = (Companion(group_id="g2", person_id="mo", task=Task.GUIDE, pinned=True),)
    problem = problem_of([ARABIC, MIXED], a_guide("mo", "ar"), a_guide("jan"))

    found = assign_companions(
        problem, (*pinned, Companion(group_id="g9", person_id="mo", task=Task.GUIDE, pinned=True))
    )

    assert pairs(found) == [("g1", "jan", "gids"), ("g2", "mo", "gids")]
    assert [each.pinned for each in found] == [False, True]


@given(
    st.lists(st.lists(st.sampled_from(["ar", "ti", "nl"]), min_size=1, max_size=3), min_size=1, max_size=3),
    st.lists(st.sets(st.sampled_from(["ar", "ti"]), min_size=1, max_size=1), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_no_other_choice_covers_more_languages(spoken, able):
    groups = [
        a_group(number, *(a_party(f"h{number}-{n}", code) for n, code in enumerate(codes)))
        for number, codes in enumerate(spoken, 1)
    ]
    problem = problem_of(groups, *(a_key_parent(f"s{n}", *codes) for n, codes in enumerate(able)))

    def number(companions):
        return sum(len(codes) for codes in covered(problem, companions).values())

    def every_choice():
        for chosen in product([None, *(group.id for group in groups)], repeat=len(able)):
            yield tuple(
                Companion(group_id=group_id, person_id=f"s{n}", task=Task.INTERPRETER)
                for n, group_id in enumerate(chosen) if group_id
            )  # fmt: skip

    found = assign_companions(problem)
    assert not any(violation.hard for violation in validate_companions(problem, found))
    assert number(found) == max(number(each) for each in every_choice())


CHILDREN = ("h1-0", "h2-0", "h3-0")


@given(
    st.lists(st.lists(st.sampled_from(["ar", "ti", "nl"]), min_size=1, max_size=2), min_size=2, max_size=3),
    st.lists(st.tuples(st.sampled_from(["ar", "ti"]), st.none() | st.sampled_from(CHILDREN)), min_size=1, max_size=3),
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_repair_covers_the_most_and_then_moves_the_fewest(spoken, able, before):
    groups = [
        a_group(
            number, *(a_party(f"h{number}-{n}", code, child_ids={f"h{number}-{n}"}) for n, code in enumerate(codes))
        )
        for number, codes in enumerate(spoken, 1)
    ]
    helpers = [a_key_parent(f"s{n}", code, children=[child] if child else []) for n, (code, child) in enumerate(able)]
    problem, ids = problem_of(groups, *helpers), [group.id for group in groups]

    def plan(choice):
        chosen = [ids[at - 1] if 0 < at <= len(ids) else None for at in choice]
        return tuple(
            Companion(group_id=group_id, person_id=helper.id, task=Task.INTERPRETER)
            for helper, group_id in zip(helpers, chosen, strict=False) if group_id
        )  # fmt: skip

    def kept(companions):
        return len({each.key for each in companions} & {each.key for each in old})

    def worth(companions):
        return sum(len(codes) for codes in covered(problem, companions).values())

    old = plan(before)
    every = [plan(choice) for choice in product(range(len(ids) + 1), repeat=len(helpers))]
    useful = [each for each in every if worth(each) == len(each)]  # nobody who adds no language
    most = max(worth(each) for each in useful)

    found = assign_companions(problem, old)

    assert not any(violation.hard for violation in validate_companions(problem, found))
    assert len({each.person_id for each in found}) == len(found)
    assert worth(found) == most
    assert kept(found) == max(kept(each) for each in useful if worth(each) == most)
    assert assign_companions(problem, old) == found


@given(
    st.lists(st.lists(st.sampled_from(["ar", "ti", "nl"]), min_size=1, max_size=2), min_size=1, max_size=4),
    st.lists(st.sampled_from(["ar", "ti"]), max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_count_of_interpreters_is_exact_where_each_speaks_one_language(spoken, able):
    groups = [
        a_group(number, *(a_party(f"h{number}-{n}", code) for n, code in enumerate(codes)))
        for number, codes in enumerate(spoken, 1)
    ]
    problem = problem_of(groups, *(a_key_parent(f"s{n}", code) for n, code in enumerate(able)))

    there = covered(problem, assign_companions(problem))

    missing = Counter(code for group in groups for code in group.languages if code not in there[group.id])
    assert too_few(problem) == dict(missing)


def test_key_parent_of_the_only_group_is_counted_for_nothing():
    only = problem_of([ARABIC], a_key_parent("sara", "ar", children=["p1"]))

    assert too_few(only) == {"ar": 1}
    assert too_few(problem_of([ARABIC], a_guide("mo", "ar"))) == {}


def test_who_interprets_two_languages_goes_where_both_are_needed():
    problem = problem_of([ARABIC, MIXED], a_key_parent("sara", "ti", "ar"))

    assert pairs(assign_companions(problem)) == [("g2", "sara", "tolk")]


@pytest.mark.parametrize(
    ("companions", "rules"),
    [
        ((("g1", "jan", Task.GUIDE), ("g2", "jan", Task.GUIDE)), ["H01", "H04", "H04", "H04"]),
        ((("g1", "sara", Task.INTERPRETER),), ["H02", "H03", "H03", "H04", "H04", "H04"]),
        ((("g9", "jan", Task.GUIDE), ("g1", "weg", Task.GUIDE)), ["H05", "H05", "H03", "H03", "H04", "H04", "H04"]),
    ],
)
def test_what_may_not_be_is_named(companions, rules):
    problem = problem_of([ARABIC, MIXED], a_guide("jan"), a_key_parent("sara", "ar", children=["p1"]))
    made = tuple(Companion(group_id=g, person_id=p, task=task) for g, p, task in companions)

    assert [violation.rule for violation in validate_companions(problem, made)] == rules


def test_who_is_missing_is_named():
    problem = replace(problem_of([ARABIC]), people={"weg": "Wim"})
    made = tuple(
        Companion(group_id=g, person_id=p, task=Task.GUIDE) for g, p in (("g1", "weg"), ("g9", "weg"), ("g1", "x"))
    )

    assert {v.why for v in validate_companions(problem, made) if v.rule == "H05"} == {
        "Wim loopt mee met Groep 1, maar is er niet (meer) bij.",
        "Wim loopt mee met een groep die er niet meer is.",
        "Iemand loopt mee met Groep 1, maar is er niet (meer) bij.",
    }


def test_one_family_is_said_in_the_singular():
    (_, why) = (v.why for v in validate_companions(problem_of([a_group(1, a_party())]), ()))

    assert why == "Groep 1 heeft niemand voor Arabisch (1 gezin)."
