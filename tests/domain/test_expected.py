from hypothesis import given
from hypothesis import strategies as st
from make import a_household, a_pupil, a_school

from planner.domain.families.answers import Reply
from planner.domain.families.expected import expected_for
from planner.domain.school import SchoolClass


def test_expected_counts_pupils_and_the_adults_of_their_households():
    school = a_school([a_pupil("p1"), a_pupil("p2")], [a_household(("p1",), adults=2), a_household(("p2",), "ti")])

    expected = expected_for(school, ("p1", "p2"))

    assert (expected.families, expected.pupils, expected.parents, expected.persons) == (2, 2, 3, 5)


def test_expected_leaves_out_who_is_not_invited_or_not_known():
    school = a_school([a_pupil("p1"), a_pupil("p2")], [a_household(("p1",)), a_household(("p2",), "ti")])

    expected = expected_for(school, ("p1", "gone"))

    assert expected.persons == 2
    assert dict(expected.per_language) == {"ar": 1}


def test_expected_pupil_of_two_households_comes_once_with_all_parents():
    school = a_school([a_pupil("p1")], [a_household(("p1",), "ar"), a_household(("p1",), "ku", adults=2)])

    expected = expected_for(school, ("p1",))

    assert (expected.families, expected.pupils, expected.parents, expected.persons) == (2, 1, 3, 4)
    assert dict(expected.language_persons) == {"ar": 2, "ku": 3}
    assert expected.language_pupils == {"ar": frozenset({"p1"}), "ku": frozenset({"p1"})}


def test_expected_parent_with_children_in_two_classes_has_a_chair_in_both():
    school = a_school([a_pupil("p1", "k1"), a_pupil("p2", "k2")], [a_household(("p1", "p2"))])

    expected = expected_for(school, ("p1", "p2"))

    assert dict(expected.per_class) == {"k1": 2, "k2": 2}
    assert expected.persons == 3
    assert dict(expected.class_language) == {("k1", "ar"): 1, ("k2", "ar"): 1}


def test_expected_class_without_a_place_in_the_school_comes_last():
    classes = [SchoolClass(id="z", name="1Z", phase=1)]
    school = a_school([a_pupil("p1", "a"), a_pupil("p2", "z")], classes=classes)

    expected = expected_for(school, ("p1", "p2"))

    assert list(expected.per_class) == ["z", "a"]


def test_expected_pupil_without_household_is_a_pupil_without_family():
    expected = expected_for(a_school([a_pupil("p1")]), ("p1",))

    assert (expected.families, expected.persons) == (0, 1)
    assert dict(expected.per_language) == {}


def test_expected_languages_have_the_largest_first():
    pupils = [a_pupil(f"p{number}") for number in range(3)]
    homes = [a_household(("p0",), "ar"), a_household(("p1",), "ti"), a_household(("p2",), "ti")]

    expected = expected_for(a_school(pupils, homes), [pupil.id for pupil in pupils])

    assert list(expected.per_language.items()) == [("ti", 2), ("ar", 1)]


def test_expected_of_nobody_is_empty():
    expected = expected_for(a_school(), ())

    assert (expected.families, expected.persons, dict(expected.per_class)) == (0, 0, {})


def comes(persons, **facts):
    return Reply(coming=True, persons=persons, **facts)


CANNOT = Reply(coming=False)
SCHOOL = a_school(
    [a_pupil("p1", "k1"), a_pupil("p2", "k1"), a_pupil("p3", "k2")],
    [
        a_household(("p1",), "ar", adults=2, household_id="h1"),
        a_household(("p2",), "ti", adults=2, household_id="h2"),
        a_household(("p3",), "ar", household_id="h3"),
    ],
)
ALL = ("p1", "p2", "p3")


def test_silent_families_count_as_coming():
    silent, everyone = expected_for(SCHOOL, ALL), expected_for(SCHOOL, ALL, {})

    assert silent == everyone
    assert (silent.persons, silent.invited, silent.coming, silent.cannot, silent.silent) == (8, 8, 0, 0, 3)


def test_family_that_cannot_come_counts_nowhere_and_its_class_and_language_stay_known():
    expected = expected_for(SCHOOL, ALL, {"h2": CANNOT, "h3": CANNOT})

    assert (expected.families, expected.persons, expected.invited) == (1, 3, 8)
    assert (expected.coming, expected.cannot, expected.silent) == (0, 2, 1)
    assert dict(expected.per_language) == {"ar": 1, "ti": 0}
    assert dict(expected.language_persons) == {"ar": 3, "ti": 0}
    assert dict(expected.per_class) == {"k1": 3, "k2": 0}
    assert expected.class_pupils == {"k1": {"p1"}, "k2": frozenset()}
    assert expected.language_pupils == {"ar": {"p1"}, "ti": frozenset()}
    assert dict(expected.class_language) == {("k1", "ar"): 1, ("k1", "ti"): 0, ("k2", "ar"): 0}


def test_number_of_a_family_is_the_number_of_its_persons():
    expected = expected_for(SCHOOL, ALL, {"h1": comes(5, children=2), "h2": comes(2, children=1), "h3": CANNOT})

    assert (expected.persons, expected.pupils, expected.parents, expected.children) == (7, 2, 5, 3)
    assert dict(expected.per_class) == {"k1": 7, "k2": 0}
    assert dict(expected.language_persons) == {"ar": 5, "ti": 2}


def test_parent_who_comes_alone_still_needs_the_language():
    expected = expected_for(SCHOOL, ALL, {"h2": comes(1)})

    assert (expected.persons, expected.pupils) == (6, 2)
    assert expected.language_pupils["ti"] == {"p2"}
    assert expected.class_pupils["k1"] == {"p1", "p2"}
    assert dict(expected.per_class)["k1"] == 4


def test_family_counts_with_the_language_it_asks_an_interpreter_for():
    expected = expected_for(SCHOOL, ALL, {"h2": comes(2, interpreter="am")})

    assert dict(expected.per_language) == {"ar": 2, "am": 1, "ti": 0}
    assert expected.language_pupils["am"] == {"p2"}
    assert dict(expected.class_language) == {
        ("k1", "ar"): 1, ("k1", "ti"): 0, ("k1", "am"): 1, ("k2", "ar"): 1,
    }  # fmt: skip


def test_pupil_of_two_households_comes_when_one_of_them_does():
    school = a_school(
        [a_pupil("p1")], [a_household(("p1",), household_id="h1"), a_household(("p1",), "ku", household_id="h2")]
    )

    both = expected_for(school, ("p1",), {"h1": comes(2), "h2": comes(2)})
    one = expected_for(school, ("p1",), {"h1": CANNOT, "h2": comes(2)})
    none = expected_for(school, ("p1",), {"h1": CANNOT, "h2": CANNOT})

    assert (both.persons, both.pupils, one.persons, none.persons, none.pupils) == (3, 1, 2, 0, 0)


def test_pupil_without_a_household_comes_alone_whatever_others_say():
    school = a_school([a_pupil("p1"), a_pupil("p2")], [a_household(("p2",), household_id="h2")])

    expected = expected_for(school, ("p1", "p2"), {"h2": CANNOT})

    assert (expected.persons, expected.pupils, dict(expected.per_class)) == (1, 1, {"k1": 1})


def test_answers_of_households_that_are_not_invited_do_not_count():
    assert expected_for(SCHOOL, ("p1",), {"h2": CANNOT, "gone": comes(9)}) == expected_for(SCHOOL, ("p1",))


replies = st.builds(Reply, coming=st.just(value=True), persons=st.integers(1, 12)) | st.just(CANNOT)


@given(st.dictionaries(st.sampled_from(["h1", "h2", "h3"]), replies))
def test_every_way_of_counting_agrees(answers):
    expected = expected_for(SCHOOL, ALL, answers)
    homes = {home.id: home for home in SCHOOL.households}
    persons = sum(
        (answers[home].persons if home in answers else homes[home].adults + 1)
        for home in homes
        if home not in answers or answers[home].coming
    )

    assert expected.persons == persons == expected.parents + expected.pupils
    assert sum(expected.per_class.values()) == persons == sum(expected.language_persons.values())
    assert sum(expected.per_language.values()) == expected.families == 3 - expected.cannot
    assert expected.coming + expected.cannot + expected.silent == 3
    assert expected.invited == 8
