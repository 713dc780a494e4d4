from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.calendar import Period, PeriodKind
from planner.domain.rooms.room import Room
from planner.domain.school import Household, Pupil, School, SchoolClass
from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.errors import ConflictError, NotFoundError
from planner.storage.calendars import load_periods, replace_periods, save_calendar
from planner.storage.db import writing
from planner.storage.events import load_events, save_plan
from planner.storage.models import AccountRow, FeedKind, FeedRow, InviteLinkRow, PeriodOrigin
from planner.storage.people import load_people, load_rooms, save_people, save_rooms
from planner.storage.pupils import save_pupils
from planner.storage.records import (
    bump_revision,
    drop_override,
    has_school,
    load_facts,
    load_overrides,
    save_accepted,
    save_override,
)
from planner.storage.schools import load_calendar, load_school, save_planning, save_school


def test_school_comes_back_as_it_was(stored, session):
    assert load_school(session) == stored.school


def test_calendar_comes_back_as_it_was(stored, session):
    assert load_calendar(session) == stored.calendar


def test_people_come_back_as_they_were(stored, session):
    assert load_people(session) == stored.people


def test_rooms_come_back_as_they_were(stored, session):
    assert load_rooms(session) == stored.rooms


@pytest.mark.usefixtures("stored")
def test_facts_come_back_as_they_were(session):
    facts = load_facts(session)

    assert (facts.name, facts.region, facts.label) == ("ISK De Brug", "noord", "2026-2027")
    assert (facts.is_demo, facts.feasts, facts.accepted, facts.revision) == (True, ("suikerfeest", "pasen"), (), 1)


def test_no_school_yet(session):
    assert not has_school(session)
    with pytest.raises(NotFoundError, match="nog geen school"):
        load_school(session)


def test_saving_the_same_school_again_changes_nothing_but_the_revision(stored, session):
    with writing(session):
        save_school(
            session,
            stored.school,
            stored.calendar,
            people=stored.people,
            rooms=stored.rooms,
            settings=stored.settings,
        )

    assert load_school(session) == stored.school
    assert load_calendar(session) == stored.calendar
    assert (load_people(session), load_rooms(session)) == (stored.people, stored.rooms)
    assert load_facts(session).revision == 2


def test_another_school_replaces_everything(stored, session):
    other = School(
        name="Anders",
        classes=(SchoolClass(id="2c", name="2C", phase=2), SchoolClass(id="1a", name="1A nieuw", phase=1)),
        pupils=(replace(stored.school.pupils[0], class_id="2c", phase=2),),
        households=(replace(stored.school.households[1], pupil_ids=("p2",)),),
        evenings={},
    )
    calendar = replace(stored.calendar, label="2027-2028", periods=(), open_days=())
    people = (replace(stored.people[0], name="Sofía", children=frozenset({"p2"})),)

    with writing(session):
        save_school(session, other, calendar, people=people, rooms=(), settings=stored.settings)

    assert load_school(session) == other
    assert load_calendar(session) == calendar
    assert (load_people(session), load_rooms(session)) == (people, ())


def test_re_import_keeps_what_hangs_on_who_stays(stored, session, occurrences, plan, now):
    with writing(session):
        save_plan(session, occurrences, plan, now=now)
        for at, person in enumerate(stored.people):
            session.add(
                FeedRow(
                    kind=FeedKind.PERSON,
                    person_id=person.id,
                    generation=1,
                    token_hash=f"{at:064}",
                    revision=0,
                    changed_at=now,
                )
            )
            session.add(AccountRow(name=person.name, role="mentor", person_id=person.id))
        for at, home in enumerate(stored.school.households):
            session.add(InviteLinkRow(event_id=plan[0].id, household_id=home.id, generation=1, token_hash=f"{at:064}"))
    stays = stored.school.households[0]

    with writing(session):
        save_pupils(session, stored.school.classes, stored.school.pupils, (stays,))
        save_people(session, stored.people[:1])

    assert [feed.person_id for feed in session.query(FeedRow)] == ["sofia"]
    assert [link.household_id for link in session.query(InviteLinkRow)] == [stays.id]
    accounts = session.query(AccountRow).order_by(AccountRow.id)
    assert [account.person_id for account in accounts] == ["sofia", None]
    assert len(load_events(session)) == len(plan)


def test_class_that_goes_leaves_its_mentor(stored, session):
    pupil = replace(stored.school.pupils[0], class_id="1b")
    with writing(session):
        save_pupils(session, stored.school.classes[:1], (pupil,), ())

    mentor = load_people(session)[1]
    assert (mentor.id, mentor.class_id) == ("jan", None)


@pytest.mark.usefixtures("stored")
def test_official_periods_are_replaced_and_own_ones_stay(session, own_period):
    spring = Period(name="Meivakantie", first=date(2027, 4, 24), last=date(2027, 5, 9), kind=PeriodKind.HOLIDAY)

    with writing(session):
        replace_periods(session, [spring], origin=PeriodOrigin.OFFICIAL)

    assert load_periods(session) == (own_period, spring)
    assert load_periods(session, PeriodOrigin.OWN) == (own_period,)


def test_calendar_alone_can_be_replaced(stored, session):
    calendar = replace(stored.calendar, last_day=date(2027, 7, 9), open_days=stored.calendar.open_days[:1])

    with writing(session):
        save_calendar(session, calendar)

    assert load_calendar(session) == calendar
    assert load_periods(session, PeriodOrigin.OWN) == ()


def test_planning_settings_can_be_changed(stored, session):
    with writing(session):
        save_planning(session, {4: time(19, 15)}, market_last_year=True, verder_split=1)

    expected = replace(stored.school, evenings={4: time(19, 15)}, market_last_year=True, verder_split=1)
    assert load_school(session) == expected


@pytest.mark.usefixtures("stored")
def test_form_of_someone_who_was_later_is_refused(session):
    with writing(session):
        assert bump_revision(session, seen=1) == 2

    with pytest.raises(ConflictError, match="Iemand anders"), writing(session):
        bump_revision(session, seen=1)


@pytest.mark.usefixtures("stored")
def test_accepted_wishes_come_back(session):
    with writing(session):
        save_accepted(session, [("K06", "welkom-ar"), ("C03", "week 2026-11-02")])

    assert load_facts(session).accepted == (("K06", "welkom-ar"), ("C03", "week 2026-11-02"))


def test_rules_set_aside(session, now):
    with writing(session):
        save_override(session, "C06", reason="Geen markt dit jaar.", now=now)
        save_override(session, "C03", reason="Te kort.", now=now)
        save_override(session, "C06", reason="De markt is vervallen.", now=now)
        drop_override(session, "C03")
        drop_override(session, "C99")

    assert load_overrides(session) == {"C06": "De markt is vervallen."}


TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
LEVEL = st.integers(0, 3)
SKILLS = st.builds(Skill, language=TEXT, understands=LEVEL, speaks=LEVEL, reads=LEVEL)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
LENGTH = st.floats(0.1, 100)
IDS = st.text("abc123-", min_size=1, max_size=8)
PEOPLE = st.builds(
    Person,
    id=IDS,
    name=TEXT,
    kind=st.sampled_from(PersonKind),
    roles=st.frozensets(TEXT),
    skills=st.lists(SKILLS, max_size=3).map(tuple),
    weekdays=st.frozensets(st.integers(0, 6)),
    not_before=st.none() | st.times(),
    unavailable=st.frozensets(DAYS),
    max_evenings=st.integers(0, 99),
    max_hours=st.floats(0, 24),
    sector=st.none() | TEXT,
    organisation=st.none() | TEXT,
)
ROOMS = st.builds(
    Room,
    id=IDS,
    name=TEXT,
    capacity=st.integers(0, 5000),
    features=st.frozensets(TEXT),
    floor=st.integers(-3, 9),
    x=st.floats(-500, 500),
    y=st.floats(-500, 500),
    width=LENGTH,
    depth=LENGTH,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(PEOPLE, max_size=4, unique_by=lambda person: person.id).map(tuple))
def test_any_people_come_back_as_they_were(session, people):
    with writing(session):
        save_people(session, people)

    assert load_people(session) == people


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rooms=st.lists(ROOMS, max_size=4, unique_by=lambda room: room.id).map(tuple))
def test_any_rooms_come_back_as_they_were(session, rooms):
    with writing(session):
        save_rooms(session, rooms)

    assert load_rooms(session) == rooms


@pytest.fixture
def large_school(school):
    classes = tuple(SchoolClass(id=f"c{at}", name=f"Klas {at}", phase=at % 2 + 1) for at in range(40))
    pupils = tuple(
        Pupil(
            id=f"p{at}",
            number=str(at),
            first_name="Naam",
            last_name="Achternaam",
            class_id=f"c{at % 40}",
            phase=at % 2 + 1,
            route=at % 3 + 1,
            started=date(2025, 9, 1),
        )
        for at in range(600)
    )
    households = tuple(
        Household(id=f"h{at}", name="Familie", language="ti", pupil_ids=(f"p{at}", f"p{599 - at // 5}"))
        for at in range(480)
    ) + tuple(Household(id=f"h{at}", name="Familie", language="ar", pupil_ids=(f"p{at}",)) for at in range(480, 500))
    return replace(school, classes=classes, pupils=pupils, households=households)


def test_large_school_saved_twice_is_loaded_as_it_was(session, large_school, calendar, rooms, settings):
    for _ in range(2):  # the first time everything is new, the second time everything is known
        with writing(session):
            save_school(session, large_school, calendar, people=(), rooms=rooms, settings=settings)

    loaded = load_school(session)

    assert loaded == large_school
