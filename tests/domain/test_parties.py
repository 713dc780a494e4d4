from make import a_household, a_pupil, a_school, a_school_of

from planner.domain.families.answers import Reply
from planner.domain.routes.parties import parties_of


def test_household_comes_with_its_invited_pupils_and_adults():
    school = a_school([a_pupil("p1"), a_pupil("p2", "k2"), a_pupil("p3")], [a_household(("p1", "p2", "p3"), adults=2)])

    (party,) = parties_of(school, ["p1", "p2", "onbekend"])

    assert (party.persons, party.adults, party.class_ids, party.pupil_ids) == (4, 2, ("k1", "k2"), {"p1", "p2"})


def test_pupil_of_two_households_walks_with_the_first_and_counts_in_both():
    school = a_school(
        [a_pupil("p1")], [a_household(("p1",), household_id="h1"), a_household(("p1",), household_id="h2")]
    )

    one, other = parties_of(school, ["p1"])

    assert (one.persons, other.persons) == (2, 1)
    assert (one.pupil_ids, other.pupil_ids) == ({"p1"}, frozenset())
    assert (one.child_ids, other.child_ids, other.class_ids) == ({"p1"}, {"p1"}, ("k1",))


def test_answer_says_how_many_come_and_in_which_language():
    school = a_school([a_pupil("p1"), a_pupil("p2")], [a_household(("p1", "p2"), adults=2, household_id="h1")])

    (two,) = parties_of(school, ["p1", "p2"], {"h1": Reply(coming=True, persons=2, interpreter="fr")})
    (five,) = parties_of(school, ["p1", "p2"], {"h1": Reply(coming=True, persons=5)})

    assert (two.persons, two.adults, two.pupil_ids, two.language) == (2, 1, {"p1"}, "fr")
    assert (five.persons, five.adults, five.language, five.child_ids) == (5, 3, "ar", {"p1", "p2"})


def test_family_that_cannot_come_is_no_party_and_its_pupil_walks_with_the_other_home():
    homes = [a_household(("p1",), household_id="h1"), a_household(("p1",), household_id="h2")]
    school = a_school([a_pupil("p1")], homes)

    assert [(party.id, party.persons) for party in parties_of(school, ["p1"], {"h1": Reply(coming=False)})] == [
        ("h2", 2)
    ]
    assert parties_of(school, ["p1"], {"h1": Reply(coming=False), "h2": Reply(coming=False)}) == ()


def test_pupil_without_household_comes_alone():
    school = a_school([a_pupil("p1", first_name="Sami", last_name="Haddad")])

    (party,) = parties_of(school, ["p1"])

    assert (party.id, party.name, party.persons, party.asks_interpreter) == ("p1", "Sami Haddad", 1, False)


def test_household_of_which_nobody_comes_is_no_party():
    school = a_school([a_pupil("p1")], [a_household(("p1",)), a_household(("p1",), adults=0, household_id="leeg")])

    assert [party.id for party in parties_of(school, ["p1"])] == ["h-p1-ar"]


def test_language_asks_an_interpreter_unless_it_is_dutch():
    parties = parties_of(a_school_of({"k1": ["ar", "nl"]}), ["p1", "p2"])

    assert [party.asks_interpreter for party in parties] == [True, False]
