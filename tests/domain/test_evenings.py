"""One activity on several evenings: everybody on exactly one, families whole, and nobody moves later on."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import TUESDAY, a_household, a_pupil, a_school, an_occurrence

from planner.domain.evenings import MOST_EVENINGS, divide, evening_id, on_evenings, root_of, together_again


@st.composite
def schools(draw):
    """Draw a school with siblings, parents who live apart, and pupils without a household."""
    numbers = range(draw(st.integers(1, 10)))
    pupils = [a_pupil(f"p{n}", draw(st.sampled_from(["k1", "k2", "k3"]))) for n in numbers]
    homes = []
    for n in range(draw(st.integers(0, 10))):
        mine = draw(st.lists(st.sampled_from([pupil.id for pupil in pupils]), min_size=1, max_size=2, unique=True))
        language = draw(st.sampled_from(["ar", "ti", "nl", "uk"]))
        homes.append(a_household(mine, language, adults=draw(st.integers(1, 3)), household_id=f"h{n}"))
    return a_school(pupils, homes)


def ids(school):
    return tuple(pupil.id for pupil in school.pupils)


def families(school):
    """Return pupils who are tied to each other through households; a newcomer can tie two that were apart."""
    found = [{pupil.id} for pupil in school.pupils]
    for home in school.households:
        tied = [family for family in found if family & set(home.pupil_ids)]
        found = [family for family in found if family not in tied] + [set().union(*tied)]
    return found


@given(schools(), st.integers(2, MOST_EVENINGS))
@settings(max_examples=60, deadline=None)
def test_everybody_comes_once_and_no_family_is_divided(school, evenings):
    parts = divide(school, ids(school), evenings)

    assert len(parts) == evenings
    assert sorted(each for part in parts for each in part) == sorted(ids(school))
    on = {each: number for number, part in enumerate(parts) for each in part}
    assert all(len({on[pupil_id] for pupil_id in home.pupil_ids}) == 1 for home in school.households)
    assert divide(school, ids(school), evenings) == parts
    assert all(part == tuple(each for each in ids(school) if each in part) for part in parts)


@given(schools(), st.integers(2, MOST_EVENINGS), st.data())
@settings(max_examples=60, deadline=None)
def test_who_has_an_evening_keeps_it_when_others_come(school, evenings, data):
    early = data.draw(st.sets(st.sampled_from(ids(school))))
    first = divide(school, [each for each in ids(school) if each in early], evenings)
    known = {each: number for number, part in enumerate(first) for each in part}

    again = divide(school, ids(school), evenings, known=known)

    now = {each: number for number, part in enumerate(again) for each in part}
    torn = {
        each for family in families(school) if len({known[p] for p in family & known.keys()}) > 1 for each in family
    }
    assert {each: now[each] for each in known if each not in torn} == {
        each: evening for each, evening in known.items() if each not in torn
    }


def test_languages_stay_whole_and_evenings_are_about_as_large():
    pupils = [a_pupil(f"{code}{n}", f"k{n % 2}") for code in ("ar", "ti", "uk", "so") for n in range(6)]
    school = a_school(pupils, [a_household((pupil.id,), pupil.id[:2]) for pupil in pupils])

    parts = divide(school, ids(school), 2)

    assert [len(part) for part in parts] == [12, 12]
    assert [sorted({each[:2] for each in part}) for part in parts] == [["ar", "so"], ["ti", "uk"]]


@pytest.mark.parametrize("language", ["nl", "ar"], ids=["nobody interprets it", "it is too large"])
def test_dutch_and_a_language_that_is_too_large_are_divided_by_class(language):
    pupils = [a_pupil(f"p{n}", f"k{n // 5}") for n in range(10)]
    school = a_school(pupils, [a_household((pupil.id,), language) for pupil in pupils])

    assert divide(school, ids(school), 2) == (ids(school)[:5], ids(school)[5:])


def test_one_large_class_with_one_language_is_divided_family_by_family():
    pupils = [a_pupil(f"p{n}") for n in range(5)]
    school = a_school(pupils, [a_household((pupil.id,), "ar") for pupil in pupils])

    assert sorted(len(part) for part in divide(school, ids(school), 2)) == [2, 3]


def test_newcomer_joins_the_own_language_and_then_the_own_class():
    pupils = [a_pupil("ar1", "k1"), a_pupil("ti1", "k2"), a_pupil("ar2", "k2"), a_pupil("uk1", "k2")]
    school = a_school(pupils, [a_household((pupil.id,), pupil.id[:2]) for pupil in pupils])

    found = divide(school, ids(school), 2, known={"ar1": 0, "ti1": 1})

    assert found == (("ar1", "ar2"), ("ti1", "uk1"))


@pytest.mark.parametrize("title", ["Markt", "Welkom (Najaar, Arabisch)"])
def test_evenings_are_named_and_put_together_again(title):
    school = a_school([a_pupil("p1"), a_pupil("p2", "k2")])
    whole = an_occurrence("markt", title=title, pupil_ids=("p1", "p2"))

    first, then = on_evenings(whole, school, 2)

    assert (first.id, then.id, root_of(then.id), root_of(first.id)) == ("markt", "markt-avond-2", "markt", "markt")
    ends = ("eerste avond)", "tweede avond)")
    assert (first.title.endswith(ends[0]), then.title.endswith(ends[1])) == (True, True)
    assert (first.first, then.last) == (TUESDAY, TUESDAY)
    assert together_again([first, then], school) == whole
    assert on_evenings(whole, school, 1) == (whole,)


def test_evenings_that_were_planned_before_stay_as_they_were():
    school = a_school([a_pupil("p1"), a_pupil("p2"), a_pupil("p3", "k2")])
    whole = an_occurrence("markt", pupil_ids=("p1", "p2", "p3"))
    before = (replace(whole, pupil_ids=("p3",)), replace(whole, id=evening_id("markt", 2), pupil_ids=("p1",)))

    found = on_evenings(whole, school, 2, known=before)

    assert [each.pupil_ids for each in found] == [("p3",), ("p1", "p2")]
    fresh = [each.pupil_ids for each in on_evenings(whole, school, 2)]
    assert [each.pupil_ids for each in on_evenings(whole, school, 2, known=before[:1])] == fresh
