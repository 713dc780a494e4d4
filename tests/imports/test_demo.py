import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date, time
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from planner.domain.calendar import Period, PeriodKind, SchoolCalendar
from planner.domain.school import Destination
from planner.domain.staffing.people import PersonKind
from planner.errors import InputError
from planner.imports.demo import DemoSchool, build_demo
from planner.imports.demo.shares import apportion
from planner.imports.demo.tables import words
from planner.imports.feasts import available, feast_periods
from planner.imports.holidays import REGIONS, school_periods, year_bounds

ROLES = {
    "teamleider",
    "trajectbegeleider",
    "lob-coordinator",
    "mentor",
    "docent",
    "vakdocent",
    "beroepsbeoefenaar",
    "sleutelouder",
    "tolk",
    "fase-2-leerling",
    "oud-leerling",
    "nt2-contact",
    "nieuwe-mentor",
    "zorgcoordinator",
    "concierge",
    "roostermaker",
}
SECTORS = {"zorg", "techniek", "bouw", "groen", "horeca", "kinderen", "sport"}
LANGUAGES = set(words("nl,en,fr,es,ar,fa,prs,ps,ti,am,so,uk,ru,tr,pl,bg,ro,pt,zh-Hans,ku,ur,vi"))
CLASSES = {45: 3, 120: 8, 220: 14, 600: 40}
SIZES = (10, 23, *CLASSES, 2000)
TUESDAY, THURSDAY = 1, 3


@cache
def demo(size: int = 120, **changes: object) -> DemoSchool:
    return build_demo(**({"size": size, "region": "Noord", "label": "2026-2027"} | changes))


def canonical(school: DemoSchool) -> str:
    def readable(value: object) -> object:
        if isinstance(value, (set, frozenset)):
            return sorted(str(one) for one in value)
        return str(value)

    return json.dumps(asdict(school), default=readable, sort_keys=True)


def calendar(periods: tuple[Period, ...] = ()) -> SchoolCalendar:
    first_day, last_day = year_bounds("Noord", "2026-2027")
    known = (*school_periods("Noord", "2026-2027"), *periods)
    return SchoolCalendar(label="2026-2027", first_day=first_day, last_day=last_day, periods=known)


def people(school: DemoSchool, role: str) -> list:
    return [person for person in school.people if role in person.roles]


# ---- the same school every time ----


def test_the_same_arguments_give_the_same_school():
    again = build_demo(size=120, seed=1, region="Noord", label="2026-2027")

    assert again == demo()
    assert canonical(again) == canonical(demo())


@pytest.mark.parametrize("other", [{"seed": 2}, {"size": 121}, {"region": "Zuid"}, {"label": "2027-2028"}])
def test_other_arguments_give_another_school(other):
    assert canonical(demo(**other)) != canonical(demo())


def test_region_and_year_change_dates_but_not_people():
    one, other = demo(), demo(region="Zuid", label="2028-2029")

    assert [(p.id, p.first_name, p.last_name, p.class_id) for p in one.school.pupils] == [
        (p.id, p.first_name, p.last_name, p.class_id) for p in other.school.pupils
    ]
    assert one.school.households == other.school.households
    assert [(p.id, p.name, p.roles) for p in one.people] == [(p.id, p.name, p.roles) for p in other.people]


def test_the_school_does_not_depend_on_the_order_of_sets():
    script = "import hashlib, test_demo as t; print(hashlib.sha256(t.canonical(t.demo()).encode()).hexdigest())"
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }

    assert found == {hashlib.sha256(canonical(demo()).encode()).hexdigest()}


@pytest.mark.parametrize("size", [9, 0, -1, 2001])
def test_other_sizes_are_refused(size):
    with pytest.raises(InputError) as caught:
        demo(size)

    assert str(caught.value) == f"Een voorbeeldschool heeft 10 tot 2000 leerlingen; {size} kan niet."


def test_an_unknown_region_and_an_unpublished_year_are_refused():
    with pytest.raises(InputError):
        demo(region="Oost")
    with pytest.raises(InputError):
        demo(label="2030-2031")


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("label", ["2015-2016", "2025-2026", "2027-2028", "2029-2030"])
def test_every_region_and_published_year_has_a_school(region, label):
    school = demo(45, region=region, label=label)

    first, last = year_bounds(region, label)
    assert all(first <= period.first <= period.last <= last for period in school.periods)
    assert all(first <= open_day.day <= last for open_day in school.open_days)


# ---- pupils and classes ----


@pytest.mark.parametrize(("size", "classes"), CLASSES.items())
def test_size_decides_pupils_and_classes(size, classes):
    school = demo(size).school

    assert len(school.pupils) == size
    assert len(school.classes) == classes
    taken = Counter(pupil.class_id for pupil in school.pupils)
    assert set(taken) == {school_class.id for school_class in school.classes}
    assert all(12 <= count <= 18 for count in taken.values())


def test_half_of_the_eight_classes_is_of_phase_1():
    assert [(c.id, c.name, c.phase) for c in demo().school.classes] == [
        ("k1a", "1A", 1),
        ("k1b", "1B", 1),
        ("k1c", "1C", 1),
        ("k1d", "1D", 1),
        ("k2a", "2A", 2),
        ("k2b", "2B", 2),
        ("k2c", "2C", 2),
        ("k2d", "2D", 2),
    ]


@pytest.mark.parametrize("size", SIZES)
def test_pupils_are_in_a_class_of_their_own_phase(size):
    school = demo(size).school

    phases = {school_class.id: school_class.phase for school_class in school.classes}
    assert all(phases[pupil.class_id] == pupil.phase for pupil in school.pupils)
    assert set(phases.values()) == {1, 2}


@pytest.mark.parametrize("size", SIZES)
def test_ids_and_numbers_are_unique(size):
    made = demo(size)

    for ids in (
        [pupil.id for pupil in made.school.pupils],
        [pupil.number for pupil in made.school.pupils],
        [home.id for home in made.school.households],
        [school_class.id for school_class in made.school.classes],
        [person.id for person in made.people],
        [room.id for room in made.rooms],
        [room.name for room in made.rooms],
    ):
        assert len(ids) == len(set(ids))


def test_ids_are_short_and_numbers_keep_their_leading_zero():
    made = demo()

    assert made.school.pupils[0].id == "l001"
    assert made.school.households[0].id == "g001"
    assert {(len(pupil.number), pupil.number[0]) for pupil in made.school.pupils} == {(6, "0")}


@pytest.mark.parametrize("size", SIZES)
def test_exactly_two_pupils_share_a_name(size):
    names = Counter((pupil.first_name, pupil.last_name) for pupil in demo(size).school.pupils)

    assert Counter(names.values()) == {1: size - 2, 2: 1}


def test_namesakes_belong_to_two_families():
    school = demo().school
    names = Counter((pupil.first_name, pupil.last_name) for pupil in school.pupils)

    twice = [p.id for p in school.pupils if names[p.first_name, p.last_name] == 2]

    assert not [home for home in school.households if set(twice) <= set(home.pupil_ids)]


def test_routes_are_spread():
    assert Counter(pupil.route for pupil in demo().school.pupils) == {1: 30, 2: 54, 3: 36}


def test_phase_1_starts_mostly_in_autumn_and_some_in_winter():
    started = [pupil.started for pupil in demo().school.pupils if pupil.phase == 1]

    autumn = [day for day in started if date(2026, 8, 17) <= day <= date(2026, 11, 1)]
    winter = [day for day in started if date(2027, 1, 1) <= day <= date(2027, 3, 31)]
    spring = [day for day in started if date(2026, 1, 1) <= day <= date(2026, 7, 3)]
    assert len(autumn) + len(winter) + len(spring) == 60
    assert len(autumn) > 30
    assert len(winter) >= 8
    assert len(spring) >= 8


def test_phase_2_started_about_one_to_two_years_before():
    started = [pupil.started for pupil in demo().school.pupils if pupil.phase == 2]

    assert min(started) >= date(2024, 9, 1)
    assert max(started) <= date(2025, 10, 1)


@pytest.mark.parametrize(("region", "label"), [("Noord", "2026-2027"), ("Zuid", "2028-2029")])
def test_pupils_start_on_a_school_day(region, label):
    made = demo(region=region, label=label)
    labels = [f"{int(label[:4]) + shift}-{int(label[:4]) + shift + 1}" for shift in (-2, -1, 0)]
    periods = tuple(period for one in labels for period in school_periods(region, one))
    known = SchoolCalendar(label=label, first_day=date(2000, 1, 1), last_day=date(2000, 1, 1), periods=periods)

    assert all(known.is_school_day(pupil.started) for pupil in made.school.pupils)


def test_phase_2_leaves_at_the_end_or_halfway_the_year():
    leaves = Counter(pupil.leaves for pupil in demo().school.pupils if pupil.phase == 2)

    assert leaves == {date(2027, 7, 9): 55, date(2027, 2, 1): 3, None: 2}


def test_some_of_phase_1_leave_halfway_the_next_year():
    leaves = Counter(pupil.leaves for pupil in demo().school.pupils if pupil.phase == 1)

    assert leaves == {None: 57, date(2028, 2, 1): 3}


def test_who_leaves_from_phase_2_has_a_destination():
    pupils = demo().school.pupils

    going = [pupil for pupil in pupils if pupil.phase == 2 and pupil.leaves]
    assert {pupil.destination for pupil in going} == set(Destination) - {Destination.WORK}
    assert {pupil.destination for pupil in pupils if pupil not in going} == {None}


@pytest.mark.parametrize("size", SIZES)
def test_both_sectors_and_both_halfway_moments_have_pupils(size):
    pupils = demo(size).school.pupils

    assert {p.destination.sector for p in pupils if p.destination} == {"mbo", "vo"}
    assert date(2027, 2, 1) in {p.leaves for p in pupils}
    assert date(2028, 2, 1) in {p.leaves for p in pupils}


# ---- households ----


@pytest.mark.parametrize("size", SIZES)
def test_every_household_has_pupils_of_the_school_and_every_pupil_a_household(size):
    school = demo(size).school

    pupils = {pupil.id for pupil in school.pupils}
    assert {pupil for home in school.households for pupil in home.pupil_ids} == pupils
    assert all(home.pupil_ids and home.adults in {1, 2} for home in school.households)


@pytest.mark.parametrize("size", [120, 220, 600])
def test_some_fifteen_percent_have_a_brother_or_sister_at_school(size):
    school = demo(size).school

    siblings = {pupil for home in school.households if len(home.pupil_ids) > 1 for pupil in home.pupil_ids}
    assert 0.12 <= len(siblings) / size <= 0.18


@pytest.mark.parametrize("size", [120, 220, 600])
def test_some_eight_percent_of_the_parents_live_apart(size):
    school = demo(size).school

    homes = Counter(pupil for home in school.households for pupil in home.pupil_ids)
    assert set(homes.values()) == {1, 2}
    assert 0.06 <= sum(count == 2 for count in homes.values()) / size <= 0.11


def test_parents_who_live_apart_are_mother_and_father():
    school = demo().school

    homes: dict[str, list[str]] = {}
    for home in school.households:
        for pupil in home.pupil_ids:
            homes.setdefault(pupil, []).append(home.relation)
    assert {tuple(relations) for relations in homes.values() if len(relations) > 1} == {("moeder", "vader")}


def test_guardians_are_written_to_in_dutch_without_interpreter():
    guardians = [home for home in demo().school.households if home.relation == "voogd"]

    assert guardians
    assert {(home.language, home.interpreter, home.adults) for home in guardians} == {("nl", False, 1)}


def test_fourteen_home_languages_with_arabic_as_the_largest():
    school = demo().school

    spoken = Counter(school.language_of(pupil.id) for pupil in school.pupils)
    guardians = spoken.pop("nl")
    assert len(spoken) == 14
    assert spoken.most_common(2) == [("ar", 32), ("uk", 13)]
    assert guardians < 10


@pytest.mark.parametrize("size", SIZES)
def test_languages_are_those_that_invitations_know(size):
    made = demo(size)

    spoken = {home.language for home in made.school.households}
    spoken |= {skill.language for person in made.people for skill in person.skills}
    assert spoken <= LANGUAGES


def test_a_large_school_has_every_language():
    assert {home.language for home in demo(600).school.households} == LANGUAGES


# ---- people ----


@pytest.mark.parametrize("size", SIZES)
def test_every_role_has_someone_on_tuesday_and_thursday(size):
    made = demo(size)

    for day in (TUESDAY, THURSDAY):
        able = {role for person in made.people if day in person.weekdays for role in person.roles}
        assert able == ROLES


@pytest.mark.parametrize("size", SIZES)
def test_every_class_has_one_mentor(size):
    made = demo(size)

    led = [person.class_id for person in people(made, "mentor")]
    assert sorted(led) == sorted(school_class.id for school_class in made.school.classes)
    assert {person.class_id for person in made.people if "mentor" not in person.roles} == {None}


@pytest.mark.parametrize("size", SIZES)
def test_every_sector_has_a_teacher_and_a_professional(size):
    made = demo(size)

    assert {person.sector for person in people(made, "vakdocent")} == SECTORS
    assert {person.sector for person in people(made, "beroepsbeoefenaar")} == SECTORS


def test_counts_of_people():
    counts = Counter(person.kind for person in demo().people)

    assert counts == {
        PersonKind.STAFF: 25,
        PersonKind.KEY_PARENT: 14,
        PersonKind.PROFESSIONAL: 9,
        PersonKind.PARTNER: 7,
        PersonKind.ALUMNUS: 6,
        PersonKind.VOLUNTEER: 6,
    }
    assert len(people(demo(), "nt2-contact")) == 4


@pytest.mark.parametrize("size", SIZES)
def test_no_two_people_share_a_name(size):
    made = demo(size)

    helpers = [person.id.removeprefix("p-") for person in people(made, "fase-2-leerling")]
    names = [person.name for person in made.people if person.kind is not PersonKind.VOLUNTEER]
    names += [f"{p.first_name} {p.last_name}" for p in made.school.pupils if p.id in helpers]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("size", SIZES)
def test_the_coordinator_is_one_of_the_staff(size):
    made = demo(size)

    assert made.coordinator == "p-marieke"
    assert [person.id for person in people(made, "lob-coordinator")] == ["p-marieke"]


def test_interpreting_colleagues_speak_a_home_language():
    tolken = people(demo(), "tolk")

    assert all(any(p.interprets(language) for language in LANGUAGES - {"nl", "en"}) for p in tolken)
    assert len([p for p in tolken if p.kind is PersonKind.STAFF]) >= 7


def test_key_parents_have_limits():
    parents = people(demo(), "sleutelouder")

    assert all("tolk" in p.roles and p.interprets(p.skills[0].language) for p in parents)
    assert {p.max_evenings for p in parents} <= {2, 3, 4}
    assert {p.max_hours for p in parents} <= {2.5, 3.0, 4.0}
    assert {p.not_before for p in parents} == {None, time(19, 0)}
    assert any(len(p.weekdays) < 5 for p in parents)
    assert any(p.unavailable for p in parents)


def test_key_parents_leave_a_believable_gap():
    made = demo()

    families = {home.language for home in made.school.households} - {"nl"}
    covered = {language for language in families for p in people(made, "sleutelouder") if p.interprets(language)}
    assert families - covered == {"so", "ps"}


@pytest.mark.parametrize("size", SIZES)
def test_children_of_key_parents_speak_their_language_at_one_home(size):
    made = demo(size)
    homes = {home.pupil_ids: home for home in made.school.households}

    for parent in people(made, "sleutelouder"):
        if parent.children:
            home = next(home for ids, home in homes.items() if set(ids) == parent.children)
            assert home.language == parent.skills[0].language
            assert len(parent.children) <= 2


def test_some_key_parents_have_no_child_at_school_and_some_have_two():
    counts = Counter(len(parent.children) for parent in people(demo(), "sleutelouder"))

    assert set(counts) == {0, 1, 2}


def test_no_pupil_is_the_child_of_two_key_parents():
    children = [child for parent in people(demo(600), "sleutelouder") for child in parent.children]

    assert len(children) == len(set(children))


def test_helpers_are_pupils_of_phase_2_under_their_own_name():
    made = demo()
    pupils = {f"p-{pupil.id}": pupil for pupil in made.school.pupils}

    for helper in people(made, "fase-2-leerling"):
        pupil = pupils[helper.id]
        assert (helper.name, pupil.phase) == (f"{pupil.first_name} {pupil.last_name}", 2)
        assert "tolk" not in helper.roles


# ---- rooms ----


@pytest.mark.parametrize("size", SIZES)
def test_rooms_on_a_floor_do_not_overlap(size):
    for one, other in combinations(demo(size).rooms, 2):
        apart = (
            one.floor != other.floor
            or one.x + one.width <= other.x + 0.01
            or other.x + other.width <= one.x + 0.01
            or one.y + one.depth <= other.y
            or other.y + other.depth <= one.y
        )
        assert apart, (one, other)


def test_rooms_of_the_middle_school():
    rooms = {room.id: room for room in demo().rooms}

    assert len(rooms) == 18
    assert {room.floor for room in rooms.values()} == {0, 1}
    assert rooms["r-hal"].capacity >= 150
    assert "plenair" in rooms["r-aula"].features
    classrooms = [room for room in rooms.values() if room.name.startswith("Lokaal")]
    assert len(classrooms) == 11
    assert {room.capacity for room in classrooms} == {24, 28, 30, 32}
    assert any("rolstoel" in room.features for room in classrooms)


@pytest.mark.parametrize("size", [45, 120, 220, 600])
def test_every_class_has_a_classroom_and_every_feature_a_room(size):
    made = demo(size)

    with_corners = [room for room in made.rooms if {"scherm", "tafels", "hoeken"} <= room.features]
    assert len(with_corners) >= len(made.school.classes)
    assert {feature for room in made.rooms for feature in room.features} >= {
        "hal",
        "plenair",
        "scherm",
        "geluid",
        "keuken",
        "rolstoel",
        "tafels",
        "hoeken",
    }


def test_a_larger_school_has_more_and_larger_rooms():
    middle, large = ({room.id: room for room in demo(size).rooms} for size in (120, 600))

    assert len(large) > len(middle)
    assert large["r-hal"].capacity > middle["r-hal"].capacity


# ---- days ----


def test_evenings_from_monday_to_thursday_after_lessons():
    assert demo().school.evenings == dict.fromkeys(range(4), time(15, 30))


def test_own_days_are_study_days_a_test_week_and_a_long_weekend():
    assert [(p.name, p.kind, p.first, p.last) for p in demo().periods] == [
        ("Studiedag", PeriodKind.CLOSED, date(2026, 10, 7), date(2026, 10, 7)),
        ("Toetsweek", PeriodKind.TEST_WEEK, date(2027, 1, 25), date(2027, 1, 29)),
        ("Studiedag", PeriodKind.CLOSED, date(2027, 3, 19), date(2027, 3, 19)),
        ("Vrijdag na Hemelvaart", PeriodKind.CLOSED, date(2027, 5, 7), date(2027, 5, 7)),
    ]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("label", ["2025-2026", "2026-2027", "2027-2028", "2028-2029", "2029-2030"])
def test_open_evenings_are_on_school_days_from_november_to_march(region, label):
    open_days = demo(45, region=region, label=label).open_days

    known = SchoolCalendar(
        label=label,
        first_day=open_days[0].day,
        last_day=open_days[-1].day,
        periods=school_periods(region, label),
    )
    assert len(open_days) == 8
    assert all(known.is_school_day(open_day.day) for open_day in open_days)
    assert {open_day.day.month for open_day in open_days} <= {11, 12, 1, 2, 3}
    assert [open_day.day for open_day in open_days] == sorted(open_day.day for open_day in open_days)


def test_open_evenings_are_those_of_schools_with_a_contact():
    made = demo()

    schools = {open_day.school for open_day in made.open_days}
    assert len(schools) == 5
    assert {person.organisation for person in people(made, "nt2-contact")} < schools
    assert {open_day.sector for open_day in made.open_days} == {"mbo", "vo"}


def test_most_open_evenings_come_after_new_year():
    days = [open_day.day for open_day in demo().open_days]

    assert sum(day >= date(2027, 1, 1) for day in days) == 6


def test_feasts_can_be_switched_on():
    made = demo()

    assert set(made.feasts) <= set(available())
    assert feast_periods(made.feasts, "2026-2027")


def test_the_whole_calendar_fits_together():
    made = demo()
    whole = calendar(made.periods)

    assert whole.free_because(date(2026, 10, 7)) == "Studiedag"
    assert whole.is_school_day(date(2027, 1, 26))


# ---- dividing over shares ----


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (3, [50, 30, 20], [1, 1, 1]),
        (0, [1, 2], [0, 0]),
        (7, [0, 1], [0, 7]),
    ],
)
def test_apportion_adds_up(total, weights, parts):
    assert apportion(total, weights) == parts
