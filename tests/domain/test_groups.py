from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import a_group, a_party

from planner.domain.routes.groups import fewest_groups, make_groups, move_party, regroup, relieved

parties = st.lists(
    st.tuples(st.sampled_from(["ar", "ti", "uk", "nl"]), st.integers(1, 6), st.sampled_from(["k1", "k2"])), max_size=40
).map(
    lambda rows: [
        a_party(f"h{number}", language, persons, (class_id,))
        for number, (language, persons, class_id) in enumerate(rows)
    ]
)


def ids(groups):
    return [[party.id for party in group.parties] for group in groups]


@given(parties, st.integers(6, 16), st.none() | st.integers(1, 5))
@settings(max_examples=80, deadline=None)
def test_everybody_is_in_one_group_and_no_group_is_too_large(families, size, most):
    groups = make_groups(families, size, most=most)

    assert sorted(party for group in ids(groups) for party in group) == sorted(party.id for party in families)
    assert all(group.persons <= size for group in groups)
    assert len({group.id for group in groups}) == len(groups)
    assert make_groups(families, size, most=most) == groups


@given(parties, parties)
@settings(max_examples=60, deadline=None)
def test_regrouping_moves_nobody_who_was_in_a_group(before, after):
    old = make_groups(before, 8)
    new = regroup(old, after, 8)

    was = {party.id: group.id for group in old for party in group.parties}
    now = {party.id: group.id for group in new for party in group.parties}
    assert sorted(now) == sorted(party.id for party in after)
    assert {party_id: group_id for party_id, group_id in now.items() if party_id in was}.items() <= was.items()


def fewest_moves(persons, size):
    """Return how few families have to leave one group, by trying every choice."""
    for number in range(len(persons)):
        for gone in combinations(persons, number):
            if sum(persons) - sum(gone) <= size:
                return number
    return len(persons) - 1


@given(st.lists(st.integers(1, 6), min_size=1, max_size=7), st.integers(4, 10))
@settings(max_examples=60, deadline=None)
def test_fewest_families_leave_a_group_that_grew_too_large(persons, size):
    grown = a_group(1, *(a_party(f"h{number}", persons=each) for number, each in enumerate(persons)))

    first, *rest = relieved([grown], size)

    assert [group for group in (first, *rest) if group.persons > size and len(group.parties) > 1] == []
    assert sum(len(group.parties) for group in (first, *rest)) == len(persons)
    assert len(persons) - len(first.parties) == min(fewest_moves(persons, size), len(persons) - 1)
    assert relieved((first, *rest), size) == (first, *rest)


def test_language_stays_together():
    families = [a_party(f"h{n}", language, 4) for n, language in enumerate(["ar", "ti", "ar", "ti", "ar", "ti"])]

    assert [set(group.families) for group in make_groups(families, 12)] == [{"ar"}, {"ti"}]


def test_class_stays_together_within_a_language():
    families = [a_party(f"h{n}", "ar", 4, (class_id,)) for n, class_id in enumerate(["k1", "k2", "k1", "k2"])]

    assert [set(group.classes) for group in make_groups(families, 8)] == [{"k1"}, {"k2"}]


def test_small_languages_share_a_group():
    families = [a_party("h1", "ar", 6), a_party("h2", "ti", 4), a_party("h3", "uk", 4)]

    assert ids(make_groups(families, 14)) == [["h1", "h2", "h3"]]


def test_closer_packing_gives_fewer_groups_than_whole_languages():
    families = [a_party(f"{code}{n}", code, 4) for code in ("ar", "ti", "uk") for n in range(3)]  # 3 × 12 people

    assert len(make_groups(families, 18)) == 3
    assert len(make_groups(families, 18, most=2)) == 3  # nine families of four do not go in two groups of 18
    assert len(make_groups([a_party(p.id, p.language, 3) for p in families], 15, most=2)) == 2


def test_family_that_is_larger_than_a_group_has_one_of_its_own():
    assert ids(make_groups([a_party("h1", persons=20), a_party("h2")], 16)) == [["h1"], ["h2"]]


def test_people_over_seats_is_the_fewest_groups():
    assert [fewest_groups([a_party(f"h{n}", persons=4) for n in range(number)], 16) for number in (0, 4, 5)] == [
        1,
        1,
        2,
    ]


def test_group_tells_who_is_in_it():
    group = a_group(3, a_party("h1", "ar", child_ids=frozenset({"p1"})), a_party("h2", "nl"), a_party("h3", "ar"))

    assert (group.label, group.persons, group.languages) == ("Groep 3", 6, ("ar",))
    assert (group.families, group.children, group.classes) == ({"ar": 2, "nl": 1}, {"p1"}, {"k1": 3})


def test_family_apart_walks_with_another_language_where_that_can_be():
    families = [a_party("h1", "ar", 4), a_party("h2", "ti", 4), a_party("h3", "ar", 3)]

    assert ids(make_groups(families, 8, apart=frozenset({"h3"}))) == [["h1", "h2"], ["h3"]]
    assert ids(make_groups(families, 7, apart=frozenset({"h3"}))) == [["h1"], ["h2", "h3"]]
    assert ids(make_groups(families[::2], 7, apart=frozenset({"h3"}))) == [["h1", "h3"]]


def test_newcomer_joins_the_own_language_or_starts_a_group():
    groups = (a_group(1, a_party("h1", "ar", 6)), a_group(2, a_party("h2", "ti", 6)))
    known = [party for group in groups for party in group.parties]

    assert ids(regroup(groups, [*known, a_party("h3", "ti")], 8)) == [["h1"], ["h2", "h3"]]
    assert ids(regroup(groups, [*known, a_party("h3", "ti", 3)], 8)) == [["h1"], ["h2"], ["h3"]]
    assert ids(regroup(groups, known[1:], 8)) == [["h2"]]


def test_group_that_is_gone_gives_its_number_to_nobody_who_is_there():
    groups = (a_group(2, a_party("h2", "ti", 8)),)

    assert [group.id for group in regroup(groups, [a_party("h2", "ti", 8), a_party("h3")], 8)] == ["g2", "g3"]


def test_family_moves_to_another_group():
    groups = (a_group(1, a_party("h1"), a_party("h2")), a_group(2, a_party("h3")))

    assert ids(move_party(groups, "h1", "g2")) == [["h2"], ["h3", "h1"]]
    assert ids(move_party(groups, "h3", "g1")) == [["h1", "h2", "h3"]]
    with pytest.raises(KeyError):
        move_party(groups, "h1", "g9")
