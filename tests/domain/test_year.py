from datetime import UTC, date, datetime

import pytest
from make import a_calendar, a_period, a_row, a_runbook, a_year, an_invitation, an_occurrence

from planner.domain.runbook import Kind
from planner.domain.year import Span, event_times, year_date

EVENING = a_runbook(id="avond")
ROUND = a_runbook(id="gesprek", kind=Kind.CONVERSATION, round_school_days=3)
YEAR = a_year(
    an_occurrence("avond"),
    an_occurrence("gesprek-1", runbook_id="gesprek"),
    runbooks=[EVENING, ROUND],
    calendar=a_calendar(a_period("2026-10-17", "2026-10-25")),
)


def test_occurrence_is_found_by_id():
    assert YEAR.by_id["gesprek-1"].runbook_id == "gesprek"
    assert YEAR.runbook_of("gesprek-1") is ROUND
    assert YEAR.is_evening("avond")
    assert not YEAR.is_evening("gesprek-1")
    with pytest.raises(KeyError):
        YEAR.runbook_of("markt")


def test_evening_takes_a_day_and_a_round_takes_school_days():
    assert YEAR.span("avond", date(2026, 10, 15)) == Span(first=date(2026, 10, 15), last=date(2026, 10, 15))
    assert YEAR.span("gesprek-1", date(2026, 10, 15)) == Span(first=date(2026, 10, 15), last=date(2026, 10, 26))


@pytest.mark.parametrize(
    ("month_day", "expected"),
    [
        ((8, 1), "2026-08-01"),
        ((12, 31), "2026-12-31"),
        ((1, 1), "2027-01-01"),
        ((7, 31), "2027-07-31"),
        ((2, 29), "2027-02-28"),
    ],
)
def test_day_of_the_year_lies_in_its_school_year(month_day, expected):
    assert year_date("2026-2027", month_day) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("rows_end", "invitation_end", "end_hour"), [("21:00", "20:30", 19), ("20:00", "21:00", 19), ("21:00", None, 19)]
)
def test_evening_ends_when_the_last_of_runsheet_and_invitation_does(rows_end, invitation_end, end_hour):
    runbook = a_runbook(
        rows=[a_row("r1", "18:30", "19:30"), a_row("r2", "19:30", rows_end)],
        invitation=an_invitation("19:00", invitation_end),
    )

    start, end = event_times(runbook, Span(first=date(2026, 10, 6), last=date(2026, 10, 6)))

    assert start.astimezone(UTC) == datetime(2026, 10, 6, 16, 30, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 10, 6, end_hour, 0, tzinfo=UTC)


def test_round_fills_its_school_days_across_the_night_of_the_clock():
    start, end = event_times(ROUND, Span(first=date(2026, 10, 15), last=date(2026, 10, 26)))

    assert start.astimezone(UTC) == datetime(2026, 10, 15, 6, 30, tzinfo=UTC)
    assert end.astimezone(UTC) == datetime(2026, 10, 26, 16, 0, tzinfo=UTC)
