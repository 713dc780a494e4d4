from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.routes.pairing import choose_pairs, deal_rounds, share_out

LEFT, RIGHT = ("a", "b", "c"), ("x", "y")
costs = st.dictionaries(st.sampled_from(list(product(LEFT, RIGHT))), st.integers(-3, 3))
rooms = st.tuples(*[st.integers(0, 2)] * 3).map(lambda numbers: dict(zip(LEFT, numbers, strict=True)))
spaces = st.tuples(*[st.integers(0, 3)] * 2).map(lambda numbers: dict(zip(RIGHT, numbers, strict=True)))


def possible(left, right, lines):
    for number in range(len(lines) + 1):
        for chosen in combinations(lines, number):
            if all(sum(line[0] == one for line in chosen) <= left[one] for one in left) and all(
                sum(line[1] == one for line in chosen) <= right[one] for one in right
            ):
                yield chosen


def score(left, right, lines, chosen):
    """Return what is kept small: missed lines, unfairness, cost; and how uneven the right is."""
    per_left = [sum(line[0] == one for line in chosen) for one in left]
    per_right = [sum(line[1] == one for line in chosen) for one in right]
    unfair = sum(number * (number - 1) // 2 for number in per_left)
    uneven = sum(number * (number - 1) // 2 for number in per_right)
    return -len(chosen), unfair, sum(lines[line] for line in chosen), uneven


@given(rooms, spaces, costs)
@settings(max_examples=60, deadline=None)
def test_chosen_pairs_are_the_best_there_are(left, right, lines):
    chosen = choose_pairs(left, right, lines)

    best = min(score(left, right, lines, each) for each in possible(left, right, lines))
    assert score(left, right, lines, chosen) == best


@given(rooms, spaces, st.sets(st.sampled_from(list(product(LEFT, RIGHT)))))
@settings(max_examples=60, deadline=None)
def test_shared_out_is_as_much_as_a_cut_allows(left, right, able):
    shared = share_out(left, right, sorted(able))

    cuts = (
        sum(left[one] for one in LEFT if one not in kept)
        + sum(right[other] for other in RIGHT if any((one, other) in able for one in kept))
        for number in range(4)
        for kept in combinations(LEFT, number)
    )
    assert sum(shared.values()) == min(cuts)
    assert all(sum(n for (one, _), n in shared.items() if one == each) <= left[each] for each in LEFT)
    assert all(sum(n for (_, one), n in shared.items() if one == each) <= right[each] for each in RIGHT)


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(10, 16)), max_size=40))
@settings(max_examples=80, deadline=None)
def test_lines_are_dealt_over_as_few_rounds_as_the_busiest_has_lines(lines):
    busiest = max(
        (sum(line[side] == end for line in lines) for side in (0, 1) for line in lines for end in line), default=0
    )
    dealt = deal_rounds(sorted(lines), range(1, busiest + 1))

    assert set(dealt) == lines
    cells = [(side, line[side], number) for line, number in dealt.items() for side in (0, 1)]
    assert len(cells) == len(set(cells))


def test_too_many_lines_for_the_rounds_is_an_error():
    with pytest.raises(IndexError):
        deal_rounds([("a", "x"), ("a", "y")], [1])
