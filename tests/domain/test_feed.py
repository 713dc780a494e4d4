"""What a feed refuses, and the order it keeps."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from exports.icalreaders import make_entry, make_feed

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAIVE = datetime(2026, 11, 24, 12)  # noqa: DTZ001 - what is refused
ELSEWHERE = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"uid": ""}, "not a uid"),
        ({"uid": "a b"}, "not a uid"),
        ({"uid": "a\r\nMETHOD:CANCEL"}, "not a uid"),
        ({"uid": "a" * 256}, "not a uid"),
        ({"start": NAIVE}, "must be aware UTC"),
        ({"end": ELSEWHERE}, "must be aware UTC"),
        ({"start": DAY, "end": DAY}, "must be aware UTC"),
        ({"all_day": True}, "must be dates"),
        ({"start": NOON, "end": NOON}, "does not come after"),
        ({"start": NOON, "end": NOON - timedelta(minutes=1)}, "does not come after"),
        ({"start": DAY, "end": DAY - timedelta(days=1), "all_day": True}, "does not come after"),
        ({"modified": NAIVE}, "modified must be aware UTC"),
        ({"sequence": -1}, "sequence must not be negative"),
    ],
)
def test_entry_refuses_what_does_not_fit(changes, message):
    with pytest.raises(ValueError, match=message):
        make_entry(**changes)


def test_entry_takes_utc_under_any_name():
    start = datetime(2026, 11, 24, 18, tzinfo=timezone(timedelta(0), "Zulu"))

    assert make_entry(start=start) == make_entry(start=start.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": 'a"b'}, "not a feed id"),
        ({"id": ""}, "not a feed id"),
        ({"changed_at": NAIVE}, "changed_at must be aware UTC"),
    ],
)
def test_feed_refuses_what_does_not_fit(changes, message):
    with pytest.raises(ValueError, match=message):
        make_feed(**changes)


def test_feed_refuses_two_entries_with_one_uid():
    with pytest.raises(ValueError, match="two entries have the same uid"):
        make_feed(make_entry(), make_entry(summary="Nog een"))


def test_feed_orders_days_before_times_and_equal_times_by_uid():
    late, early = make_entry(uid="b"), make_entry(uid="a")
    day = make_entry(uid="c", start=DAY, end=DAY, all_day=True)
    before = make_entry(uid="d", start=DAY - timedelta(days=1), end=DAY, all_day=True)

    assert make_feed(late, early, day, before).entries == (before, day, early, late)
