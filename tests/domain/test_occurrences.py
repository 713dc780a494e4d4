from datetime import date

import pytest
from make import a_check, a_cycle, a_household, a_pupil, a_rule, a_runbook, a_school, changed

from planner.domain.cycle import CheckKind
from planner.domain.occurrences import make_occurrences
from planner.domain.runbook import Clause, Moment, OccurrenceRule, Split
from planner.domain.school import Destination, SchoolClass

AUTUMN = Moment(id="najaar", title="Najaar", first=(9, 7), last=(10, 31))
WINTER = Moment(id="winter", title="Winter", first=(1, 11), last=(2, 28))
EVERYBODY = (Clause(),)
NAMES = {"ar": "Arabisch", "uk": "Oekraïens"}


def make(school, *, split=Split.ALL, moments=(AUTUMN,), audience=EVERYBODY, rules=(), **facts):
    """Return the occurrences of one evening."""
    rule = OccurrenceRule(split=split, moments=moments, **facts)
    runbook = changed(a_runbook(title="Welkom", audience=audience), occurrences=rule)
    return make_occurrences(a_cycle(runbook, rules=rules), school, label="2026-2027", names=NAMES)


def described(occurrences):
    return [(each.id, each.title, " ".join(each.pupil_ids)) for each in occurrences]


def test_one_moment_for_everybody_is_one_occurrence():
    (found,) = make(a_school([a_pupil("p1"), a_pupil("p2")]))

    assert (found.id, found.title, found.moment, found.pupil_ids) == ("avond", "Welkom", "", ("p1", "p2"))
    assert (found.first, found.last) == (date(2026, 9, 7), date(2026, 10, 31))
    assert (found.languages, found.sector) == ((), "")


def test_pupil_belongs_to_the_moment_on_most_of_whose_days_they_fit():
    school = a_school([
        a_pupil("autumn", started=date(2026, 8, 31)),
        a_pupil("winter", started=date(2027, 1, 4)),
        a_pupil("early", started=date(2026, 6, 20)),
        a_pupil("late", started=date(2026, 11, 20)),
        a_pupil("never", started=date(2025, 9, 1)),
    ])  # fmt: skip

    found = make(school, moments=(AUTUMN, WINTER), audience=(Clause(started_within_months=3, starts_within_weeks=4),))

    assert described(found) == [
        ("avond-najaar", "Welkom (Najaar)", "autumn early"),
        ("avond-winter", "Welkom (Winter)", "winter late"),
    ]
    assert [each.moment for each in found] == ["najaar", "winter"]


def test_moment_without_pupils_is_planned_unless_it_is_for_known_pupils_only():
    only = changed(WINTER, only_with_pupils=True)

    assert [each.id for each in make(a_school(), moments=(AUTUMN, WINTER))] == ["avond-najaar", "avond-winter"]
    assert [each.id for each in make(a_school(), moments=(AUTUMN, only))] == ["avond-najaar"]
    assert [each.id for each in make(a_school([a_pupil()]), moments=(only,))] == ["avond"]


def families(**languages):
    """Return pupils and households: `families(ar=2)` gives ar1 and ar2."""
    ids = [(f"{code}{number}", code) for code, count in languages.items() for number in range(1, count + 1)]
    return [a_pupil(pupil_id) for pupil_id, _ in ids], [a_household((pupil_id,), code) for pupil_id, code in ids]


def test_large_languages_have_their_own_evening_and_the_others_share_one():
    found = make(a_school(*families(uk=2, ar=3, ti=1, so=1)), split=Split.LANGUAGE, own_group_from=2)

    assert described(found) == [
        ("avond-ar", "Welkom (Arabisch)", "ar1 ar2 ar3"),
        ("avond-uk", "Welkom (Oekraïens)", "uk1 uk2"),
        ("avond-gemengd", "Welkom (andere talen)", "ti1 so1"),
    ]
    assert [each.languages for each in found] == [("ar",), ("uk",), ()]


def test_number_of_own_groups_is_limited():
    found = make(a_school(*families(uk=2, ar=3, ti=2)), split=Split.LANGUAGE, own_group_from=2, own_groups=1)

    assert described(found) == [
        ("avond-ar", "Welkom (Arabisch)", "ar1 ar2 ar3"),
        ("avond-gemengd", "Welkom (andere talen)", "uk1 uk2 ti1 ti2"),
    ]


@pytest.mark.parametrize("languages", [{}, {"ar": 1, "uk": 1}])
def test_small_languages_share_one_evening(languages):
    (found,) = make(a_school(*families(**languages)), split=Split.LANGUAGE, own_group_from=2)

    assert (found.id, found.title) == ("avond-gemengd", "Welkom (alle talen)")


def test_no_shared_evening_when_every_language_is_large():
    found = make(a_school(*families(ar=2)), split=Split.LANGUAGE, own_group_from=2)

    assert [each.id for each in found] == ["avond-ar"]


def test_language_without_a_dutch_name_is_named_by_its_code():
    found = make(a_school(*families(ti=2)), split=Split.LANGUAGE, own_group_from=2)

    assert found[0].title == "Welkom (ti)"


def test_pupil_without_a_household_comes_to_the_shared_evening():
    pupils, homes = families(ar=2)

    found = make(a_school([*pupils, a_pupil("alone")], homes), split=Split.LANGUAGE, own_group_from=2)

    assert described(found)[1] == ("avond-gemengd", "Welkom (andere talen)", "alone")


def test_brothers_and_sisters_are_one_family():
    pupils, homes = [a_pupil("p1"), a_pupil("p2")], [a_household(("p1", "p2"), "ar")]

    found = make(a_school(pupils, homes), split=Split.LANGUAGE, own_group_from=2)

    assert [each.id for each in found] == ["avond-gemengd"]


def test_second_household_makes_no_group_without_pupils():
    pupils = [a_pupil("p1"), a_pupil("p2")]
    homes = [a_household((p.id,), code, household_id=f"{p.id}{code}") for code in ("ar", "uk") for p in pupils]

    found = make(a_school(pupils, homes), split=Split.LANGUAGE, own_group_from=2)

    assert described(found) == [("avond-ar", "Welkom (Arabisch)", "p1 p2")]


def test_every_class_with_pupils_has_its_own_occurrence():
    classes = [SchoolClass(id=f"k{letter}", name=f"1{letter.upper()}", phase=1) for letter in "abc"]
    pupils = [a_pupil("p1", "ka"), a_pupil("p2", "kc"), a_pupil("p3", "ka")]

    found = make(a_school(pupils, classes=classes), split=Split.CLASS)

    assert described(found) == [("avond-ka", "Welkom (1A)", "p1 p3"), ("avond-kc", "Welkom (1C)", "p2")]


LEAVERS = [
    a_pupil("mbo", destination=Destination.MBO),
    a_pupil("werk", destination=Destination.WORK),
    a_pupil("vmbo", destination=Destination.VMBO),
    a_pupil("pro", destination=Destination.PRO),
    a_pupil("havo", destination=Destination.HAVO_VWO),
    a_pupil("onbekend"),
]


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        (1, [("avond", "Welkom", "mbo werk vmbo pro havo onbekend")]),
        (
            2,
            [("avond-mbo", "Welkom (mbo)", "mbo werk"), ("avond-vo", "Welkom (vo)", "vmbo pro havo onbekend")],
        ),
        (
            3,
            [
                ("avond-mbo", "Welkom (mbo)", "mbo werk"),
                ("avond-vmbo", "Welkom (vmbo)", "vmbo pro onbekend"),
                ("avond-havo-vwo", "Welkom (havo-vwo)", "havo"),
            ],
        ),
    ],
)
def test_school_chooses_one_two_or_three_meetings(split, expected):
    found = make(a_school(LEAVERS, verder_split=split), split=Split.DESTINATION, own_group_from=1)

    assert described(found) == expected


def test_destination_without_pupils_has_no_meeting_but_an_empty_year_has_them_all():
    only_mbo = make(a_school(LEAVERS[:1]), split=Split.DESTINATION, own_group_from=1)
    nobody = make(a_school(), split=Split.DESTINATION)

    assert [each.sector for each in only_mbo] == ["mbo"]
    assert [each.sector for each in nobody] == ["mbo", "vo"]


def test_destination_with_few_pupils_meets_with_the_others():
    found = make(a_school(LEAVERS), split=Split.DESTINATION, own_group_from=3)

    assert [(each.id, each.sector, len(each.pupil_ids)) for each in found] == [("avond", "", len(LEAVERS))]


def test_phase_2_is_invited_too_when_it_had_no_market_last_year():
    pupils = [a_pupil("one", phase=1), a_pupil("two", phase=2)]
    rules = [a_rule(a_check(CheckKind.WHOLE_PHASE, hard=True, phases=(1,)), rule_id="C06")]
    year = {"audience": (Clause(phases=(1,)),), "rules": rules}

    assert make(a_school(pupils), **year)[0].pupil_ids == ("one",)
    assert make(a_school(pupils, market_last_year=False), **year)[0].pupil_ids == ("one", "two")
