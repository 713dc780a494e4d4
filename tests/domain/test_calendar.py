from datetime import date

import pytest
from make import a_calendar, a_period

from planner.domain.calendar import Deadline, PeriodKind, say_day, say_day_and_month

AUTUMN = a_period("2026-10-17", "2026-10-25", name="Herfstvakantie")
CHRISTMAS = a_period("2026-12-19", "2027-01-03", name="Kerstvakantie")
ASCENSION = a_period("2027-05-06", kind=PeriodKind.PUBLIC, name="Hemelvaartsdag")
BRIDGE = a_period("2027-05-07", kind=PeriodKind.CLOSED, name="Vrijdag na Hemelvaart")
SUMMER = a_period("2026-07-18", "2026-08-30", name="Zomervakantie")
CALENDAR = a_calendar(SUMMER, AUTUMN, CHRISTMAS, ASCENSION, BRIDGE)


def test_day_is_said_in_dutch():
    assert say_day(date(2027, 3, 9)) == "dinsdag 9 maart 2027"
    assert say_day_and_month(date(2027, 3, 9)) == "9 maart"


def test_period_holds_both_ends_and_only_dates():
    assert date(2026, 10, 17) in AUTUMN
    assert date(2026, 10, 25) in AUTUMN
    assert date(2026, 10, 26) not in AUTUMN
    assert "2026-10-20" not in AUTUMN


@pytest.mark.parametrize(
    ("about", "day", "held"),
    [
        ("", "2027-03-10", False),
        ("±1 dag, maanwaarneming", "2027-03-10", True),
        ("±1 dag, maanwaarneming", "2027-03-08", True),
        ("±1 dag, maanwaarneming", "2027-03-11", False),
    ],
)
def test_period_of_an_uncertain_day_may_hold_its_neighbours(about, day, held):
    feast = a_period("2027-03-09", kind=PeriodKind.FEAST, name="Suikerfeest", about=about)

    assert feast.may_hold(date.fromisoformat(day)) is held


@pytest.mark.parametrize(
    ("day", "because"),
    [
        ("2026-10-20", "Herfstvakantie"),
        ("2026-10-17", "Herfstvakantie"),
        ("2027-05-06", "Hemelvaartsdag"),
        ("2027-05-07", "Vrijdag na Hemelvaart"),
        ("2026-10-10", "weekend"),
        ("2026-10-06", ""),
    ],
)
def test_free_day_says_why(day, because):
    assert CALENDAR.free_because(date.fromisoformat(day)) == because
    assert CALENDAR.is_school_day(date.fromisoformat(day)) is (not because)


def test_first_named_period_explains_a_day_that_is_free_twice():
    calendar = a_calendar(CHRISTMAS, a_period("2026-12-25", kind=PeriodKind.PUBLIC, name="Eerste kerstdag"))

    assert calendar.free_because(date(2026, 12, 25)) == "Kerstvakantie"


def test_feast_is_a_day_with_lessons():
    calendar = a_calendar(a_period("2027-03-09", kind=PeriodKind.FEAST))

    assert calendar.is_school_day(date(2027, 3, 9))


def test_periods_of_a_day_are_found_by_kind():
    assert CALENDAR.on(date(2027, 5, 6), PeriodKind.PUBLIC, PeriodKind.FEAST) == (ASCENSION,)
    assert CALENDAR.on(date(2027, 5, 6), PeriodKind.FEAST) == ()


def test_school_days_leave_out_weekends_and_free_days():
    calendar = a_calendar(a_period("2026-09-02"), first="2026-08-31", last="2026-09-07")

    assert [day.day for day in calendar.school_days()] == [31, 1, 3, 4, 7]


def test_school_days_are_found_from_any_day():
    assert CALENDAR.last_school_day_until(date(2026, 10, 25)) == date(2026, 10, 16)
    assert CALENDAR.last_school_day_until(date(2026, 10, 26)) == date(2026, 10, 26)
    assert CALENDAR.next_school_day(date(2026, 10, 16)) == date(2026, 10, 26)
    assert CALENDAR.add_school_days(date(2026, 10, 15), 0) == date(2026, 10, 15)
    assert CALENDAR.add_school_days(date(2026, 10, 15), 3) == date(2026, 10, 27)


@pytest.mark.parametrize(
    ("day", "weeks", "due", "nominal", "moved_for"),
    [
        ("2026-10-06", 0, "2026-10-06", "2026-10-06", ""),
        ("2026-10-06", 2, "2026-09-22", "2026-09-22", ""),
        # The autumn holiday is a week without lessons, and does not count.
        ("2026-11-03", 2, "2026-10-13", "2026-10-13", ""),
        ("2026-11-03", 1, "2026-10-27", "2026-10-27", ""),
        # Ascension Day is free in a week that has lessons: the deadline moves forward in time.
        ("2027-05-13", 1, "2027-05-05", "2027-05-06", "Hemelvaartsdag"),
        # Six weeks before the first days of school lies on the other side of the summer.
        ("2026-09-08", 2, "2026-07-14", "2026-07-14", ""),
        ("2026-10-06", -1, "2026-10-13", "2026-10-13", ""),
        ("2026-10-13", -1, "2026-10-27", "2026-10-27", ""),
        ("2027-04-29", -1, "2027-05-05", "2027-05-06", "Hemelvaartsdag"),
    ],
)
def test_deadline_counts_school_weeks(day, weeks, due, nominal, moved_for):
    deadline = CALENDAR.school_weeks_from(date.fromisoformat(day), weeks)

    assert deadline == Deadline(due=date.fromisoformat(due), nominal=date.fromisoformat(nominal), moved_for=moved_for)


def test_follow_up_never_moves_back_to_the_day_itself():
    calendar = a_calendar(a_period("2026-10-02", "2026-10-08"))

    deadline = calendar.school_weeks_from(date(2026, 10, 1), -1)

    assert deadline == Deadline(due=date(2026, 10, 9), nominal=date(2026, 10, 8), moved_for="Vakantie")


def test_before_summer_is_the_last_school_day_before_the_holiday():
    assert CALENDAR.before_summer(date(2026, 9, 22)) == date(2026, 7, 17)


def test_before_summer_without_a_known_summer_is_before_the_year():
    assert a_calendar().before_summer(date(2026, 9, 22)) == date(2026, 8, 28)
