"""What outside programs read in our feeds: the same moments and the same texts as we have."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from exports.icalcheck import problems
from exports.icalreaders import READERS, make_entry, make_feed, meant, read_ical, read_icalendar, read_ics
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exports.ical import readable, render_feed

HOUR = timedelta(hours=1)
# Local clocks around both nights on which the clock changes (29 March, 25 October 2026), in UTC.
MOMENTS = {
    "last minute before spring": datetime(2026, 3, 29, 0, 59, tzinfo=UTC),  # 01:59
    "first minute of summer time": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),  # 03:00; 02:30 does not exist
    "half past three after spring": datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    "before the hour that comes twice": datetime(2026, 10, 24, 23, 59, tzinfo=UTC),  # 01:59
    "first half past two in autumn": datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    "second half past two in autumn": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    "after the hour that comes twice": datetime(2026, 10, 25, 2, 0, tzinfo=UTC),  # 03:00
    "midnight in summer": datetime(2026, 6, 30, 22, 0, tzinfo=UTC),
    "midnight in winter": datetime(2026, 11, 30, 23, 0, tzinfo=UTC),
    "year end": datetime(2026, 12, 31, 22, 30, tzinfo=UTC),  # from 23:30 to 00:30
    "winter 2040": datetime(2040, 1, 17, 18, 0, tzinfo=UTC),
    "summer 2040": datetime(2040, 7, 17, 17, 0, tzinfo=UTC),
}
AMBIGUOUS = {"first half past two in autumn", "second half past two in autumn"}
NIGHTS = make_feed(
    *(make_entry(uid=f"{number}@isk.example", summary=name, start=start, end=start + HOUR)
      for number, (name, start) in enumerate(MOMENTS.items())),
    make_entry(uid="dag@isk.example", start=date(2026, 3, 29), end=date(2026, 3, 29), all_day=True),
    make_entry(uid="week@isk.example", start=date(2026, 10, 24), end=date(2026, 10, 26), all_day=True),
    make_entry(uid="weg@isk.example", cancelled=True, sequence=3),
)  # fmt: skip
NASTY = (
    'C:\\New; \\n \\, ^n^\' "aanhalingen"',
    "\u0645\u0631\u062d\u0628\u0627 \u202b\u0641\u064a\u202c \u200f",  # right to left, with marks
    "ትግርኛ " * 40,
    "👩🏽‍🏫" * 30,
    "regel 1\nregel 2\n\nregel 4",
    "=3D =\u2028\u0085einde",
)
TEXT = st.text(max_size=200)
UNTIMED = settings(deadline=None)  # the first example loads the readers


def texts(data):
    """Return what icalendar and ical read in the texts of a feed with one event."""
    from ical.calendar_stream import IcsCalendarStream  # noqa: PLC0415
    from icalendar import Calendar  # noqa: PLC0415

    event = Calendar.from_ical(data).walk("VEVENT")[0]
    names = ("summary", "description", "location")
    other = IcsCalendarStream.calendar_from_ics(data.decode()).events[0]
    return [str(event.get(name, "")) for name in names], [getattr(other, name) or "" for name in names]


def unescaped(data, name):
    """Return a TEXT value of the calendar, read by nothing but section 3.3.11."""
    line = next(line for line in data.decode().replace("\r\n ", "").split("\r\n") if line.startswith(f"{name}:"))
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], line.removeprefix(f"{name}:"))


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_sees_the_same_moments(reader):
    # ics ignores VTIMEZONE and asks dateutil, which knows no summer time after 2037.
    kept = [entry for entry in NIGHTS.entries if reader != "ics" or entry.summary != "summer 2040"]
    feed = replace(NIGHTS, entries=tuple(kept))

    assert READERS[reader](render_feed(feed)) == meant(feed)


def test_moments_feed_has_no_problems():
    assert problems(render_feed(NIGHTS)) == []


@pytest.mark.parametrize("name", MOMENTS)
def test_only_ambiguous_times_are_written_in_utc(name):
    start = MOMENTS[name]
    data = render_feed(make_feed(make_entry(start=start, end=start + timedelta(days=3)))).decode()
    local = start.astimezone(ZoneInfo("Europe/Amsterdam"))

    if name in AMBIGUOUS:
        assert f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\n" in data
    else:
        assert f"DTSTART;TZID=Europe/Amsterdam:{local:%Y%m%dT%H%M%S}\r\n" in data


def test_start_goes_to_utc_with_its_ambiguous_end():
    end = MOMENTS["first half past two in autumn"]
    data = render_feed(make_feed(make_entry(start=end - 3 * HOUR, end=end))).decode()

    assert "DTSTART:20261024T213000Z\r\n" in data
    assert "DTEND:20261025T003000Z\r\n" in data


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_sees_nasty_texts_whole(reader):
    # ics unescapes in the wrong order, so it turns the `\\N` of C:\New into a line break.
    kept = [text for text in NASTY if reader != "ics" or "\\" not in text]
    feed = make_feed(*(make_entry(uid=f"{number}@isk.example", summary=text) for number, text in enumerate(kept)))

    assert READERS[reader](render_feed(feed)) == meant(feed)


@UNTIMED
@given(summary=TEXT, description=TEXT, location=TEXT, name=TEXT)
def test_any_text_comes_back_as_it_was_readable(summary, description, location, name):
    entry = make_entry(summary=summary, description=description, location=location)
    data = render_feed(make_feed(entry, name=name or "ISK"))
    expected = [readable(summary), readable(description), readable(location)]

    assert texts(data) == (expected, expected)
    assert (unescaped(data, "NAME"), unescaped(data, "X-WR-CALNAME")) == (readable(name or "ISK"),) * 2


@UNTIMED
@given(summary=st.text(st.characters(exclude_characters="\\", exclude_categories=["Cs", "Zs", "Cc"]), max_size=120))
def test_third_reader_agrees_on_any_text_without_backslash(summary):
    feed = make_feed(make_entry(summary=f"x{readable(summary)}"))

    assert read_ics(render_feed(feed)) == meant(feed)


@UNTIMED
@given(text=st.text(alphabet='\\nN;,:"^\r\n \t\x00\u200f🏫a', max_size=160))
def test_no_text_can_end_a_line(text):
    data = render_feed(make_feed(make_entry(summary=text, description=text), name=text or "ISK", description=text))

    assert [line for line in problems(data) if line != "NAME and X-WR-CALNAME differ"] == []
    assert len(read_ical(data)) == 1


@UNTIMED
@given(
    start=st.datetimes(datetime(2015, 1, 1), datetime(2050, 1, 1)),  # noqa: DTZ001 - made aware below
    minutes=st.integers(1, 60 * 24 * 40),
)
def test_any_moment_comes_back(start, minutes):
    start = start.replace(microsecond=0, tzinfo=UTC)
    feed = make_feed(make_entry(start=start, end=start + timedelta(minutes=minutes)))
    data = render_feed(feed)

    assert (read_icalendar(data), read_ical(data)) == (meant(feed), meant(feed))
