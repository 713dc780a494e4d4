from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.calendar import Period, PeriodKind, SchoolCalendar
from planner.domain.year import AMSTERDAM, local

FIRST = date(2026, 8, 31)
DAYS = st.dates(FIRST, date(2027, 7, 16))
WEEKS = st.integers(-12, 12)


@st.composite
def calendars(draw):
    kinds = st.sampled_from([PeriodKind.HOLIDAY, PeriodKind.PUBLIC, PeriodKind.CLOSED, PeriodKind.FEAST])
    starts = draw(st.lists(st.tuples(DAYS, st.integers(0, 16), kinds), max_size=8))
    periods = tuple(
        Period(name=f"vrij {index}", first=first, last=first + timedelta(days=length), kind=kind)
        for index, (first, length, kind) in enumerate(starts)
    )
    return SchoolCalendar(label="2026-2027", first_day=FIRST, last_day=date(2027, 7, 16), periods=periods)


@given(calendars(), DAYS, WEEKS)
def test_deadline_is_a_school_day_and_says_when_it_moved(calendar, day, weeks):
    deadline = calendar.school_weeks_from(day, weeks)

    assert calendar.is_school_day(deadline.due)
    assert bool(deadline.moved_for) is (deadline.due != deadline.nominal)


@given(calendars(), DAYS, WEEKS)
def test_deadline_lies_on_its_own_side_of_the_day(calendar, day, weeks):
    due = calendar.school_weeks_from(day, weeks).due

    assert due > day if weeks < 0 else due <= day


@given(calendars(), DAYS, st.integers(-12, 11))
def test_more_weeks_before_is_never_later(calendar, day, weeks):
    more, fewer = calendar.school_weeks_from(day, weeks + 1), calendar.school_weeks_from(day, weeks)

    assert more.nominal < fewer.nominal
    assert more.due <= fewer.due


@given(calendars(), DAYS, DAYS, WEEKS)
def test_later_school_day_never_has_an_earlier_deadline(calendar, one, other, weeks):
    early, late = sorted(calendar.last_school_day_until(day) for day in (one, other))

    assert calendar.school_weeks_from(early, weeks).due <= calendar.school_weeks_from(late, weeks).due


@given(calendars(), DAYS, st.integers(0, 30))
def test_school_days_added_are_school_days_apart(calendar, day, count):
    start = calendar.last_school_day_until(day)
    end = calendar.add_school_days(start, count)
    between = (start + timedelta(days=offset) for offset in range((end - start).days))

    assert sum(calendar.is_school_day(each) for each in between) == count


@given(
    st.sampled_from([date(2026, 10, 24), date(2026, 10, 25), date(2027, 3, 27), date(2027, 3, 28), date(2027, 1, 4)]),
    st.times().filter(lambda at: at.hour != 2),
)
def test_local_time_survives_utc_across_both_nights_of_the_clock(day, at):
    there = local(day, at).astimezone(UTC)
    back = there.astimezone(AMSTERDAM)

    assert (back.date(), back.time()) == (day, at)


def test_evening_stays_at_seven_when_it_moves_over_the_night_of_the_clock():
    before, after = (local(date(2026, 10, day), time(19)).astimezone(UTC) for day in (20, 27))

    assert (before, after) == (datetime(2026, 10, 20, 17, tzinfo=UTC), datetime(2026, 10, 27, 18, tzinfo=UTC))
