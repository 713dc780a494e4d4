from make import a_household, a_pupil, a_school

from planner.domain.expected import Reply, expected_for
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


def test_answer_replaces_what_was_expected_of_a_family():
    school = a_school(
        [a_pupil("p1"), a_pupil("p2"), a_pupil("p3")],
        [
            a_household(("p1",), "ar", adults=2, household_id="h1"),
            a_household(("p2",), "ti", household_id="h2"),
            a_household(("p3",), "so", household_id="h3"),
        ],
    )
    replies = {"h1": Reply(comes=True, persons=4), "h2": Reply(comes=False), "h3": Reply(comes=True)}

    found = expected_for(school, ("p1", "p2", "p3"), replies)

    assert (found.families, found.pupils, found.parents) == (2, 2, 4)
    assert found.per_language == {"ar": 1, "so": 1}
    assert found.class_pupils == {"k1": frozenset({"p1", "p3"})}


def test_pupil_of_two_homes_comes_when_one_of_them_does():
    homes = [a_household(("p1",), "ar", household_id="h1"), a_household(("p1",), "nl", household_id="h2")]
    school = a_school([a_pupil("p1")], homes)
    no = Reply(comes=False)

    assert expected_for(school, ("p1",), {"h1": no}).per_language == {"nl": 1}
    assert expected_for(school, ("p1",), {"h1": no}).pupils == 1
    assert expected_for(school, ("p1",), {"h1": no, "h2": no}).persons == 0
    assert expected_for(school, ("p1",), {"h1": Reply(comes=True, persons=0)}).parents == 1
