from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.families.shortcode import ALPHABET, BASE, LONGEST, from_number, is_valid, normalise, shown

LENGTHS = st.integers(2, LONGEST)


@st.composite
def codes(draw):
    length = draw(LENGTHS)
    return from_number(draw(st.integers(0, BASE ** (length - 1) - 1)), length=length)


def test_known_code():
    assert from_number(23**3 + 2, length=9) == "22223224K"  # -(2 × 2 + 5 × 1) modulo 23 is 14: K


def test_alphabet_has_no_look_alikes():
    assert len(set(ALPHABET)) == BASE == 23
    assert set(ALPHABET).isdisjoint("01OISBDGTVNZQ")


@given(codes())
def test_code_is_valid_and_survives_being_shown_and_typed(code):
    assert is_valid(code, length=len(code))
    assert normalise(f" {shown(code).lower()} ") == code
    assert not is_valid(code, length=len(code) + 1)


@given(st.integers(2, 8), st.data())
def test_other_numbers_have_other_codes(length, data):
    numbers = data.draw(st.sets(st.integers(0, BASE ** (length - 1) - 1), min_size=2, max_size=20))

    assert len({from_number(number, length=length) for number in numbers}) == len(numbers)


@given(codes(), st.data())
def test_one_wrong_character_is_always_seen(code, data):
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([each for each in ALPHABET if each != code[place]]))

    assert not is_valid(code[:place] + other + code[place + 1 :], length=len(code))


@given(codes())
def test_two_swapped_characters_are_always_seen(code):
    for place, (one, other) in enumerate(pairwise(code)):
        swapped = code[:place] + other + one + code[place + 2 :]
        assert is_valid(swapped, length=len(code)) == (one == other)


@pytest.mark.parametrize("code", ["", "K7P", "K7P3MAX9!", "k7p3max9r", "K7P3MAX9Ⅸ", "K7P-3MA-X"])
def test_other_text_is_no_code(code):
    assert not is_valid(code, length=9)


@pytest.mark.parametrize(("number", "length"), [(-1, 9), (23**8, 9), (0, 1), (0, 23)])
def test_number_that_does_not_fit_is_refused(number, length):
    with pytest.raises(ValueError, match="does not fit"):
        from_number(number, length=length)


def test_groups_of_three_are_shown():
    assert shown("K7P3MAX9R") == "K7P-3MA-X9R"
    assert shown("K7P3") == "K7P-3"
