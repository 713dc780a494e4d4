"""Feeds broken on purpose: the byte check or an outside reader must catch each of them."""

import re

import pytest
from exports.icalcheck import leaks, problems
from exports.icalreaders import make_entry, make_feed
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exports.ical import render_feed

WHOLE = render_feed(
    make_feed(
        make_entry(uid="a@isk.example", summary="Kennismaking; de eerste", categories=("bijeenkomst", "fase 1")),
        make_entry(uid="b@isk.example", cancelled=True, description="Ouders en leerlingen 🏫 " * 8),
    )
)
ZONE = re.search(rb"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", WHOLE, re.DOTALL)[0]
DAYLIGHT = re.search(rb"BEGIN:DAYLIGHT.*?END:DAYLIGHT\r\n", WHOLE, re.DOTALL)[0]
ALARM = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\nEND:VEVENT"

# What is broken: the old octets (a pattern), the new ones, and what the check says about it.
BROKEN = {
    "lines end in LF": (rb"\r\n", b"\n", "a line does not end with CR LF"),
    "lone CR": (rb"Kennismaking", b"Kennis\rmaking", "a line does not end with CR LF"),
    "no end of the last line": (rb"\r\n\Z", b"", "the last line has no end"),
    "byte order mark": (rb"\A", b"\xef\xbb\xbf", "byte order mark"),
    "empty line": (rb"END:VEVENT", b"\r\nEND:VEVENT", " is empty"),
    "unfolded line": (rb"\r\n ", b"", "octets"),
    "split character": (rb"\xf0\x9f", b"\xf0\r\n \x9f", "is not UTF-8 by itself"),
    "Latin-1": (rb"Ouders", b"Oud\xe9rs", "is not UTF-8 by itself"),
    "NUL": (rb"Aula", b"Au\x00la", "has a control character"),
    "DEL": (rb"Aula", b"Au\x7fla", "has a control character"),
    "no version": (rb"VERSION:2.0\r\n", b"", "VERSION is not 2.0, once"),
    "old version": (rb"VERSION:2.0", b"VERSION:1.0", "VERSION is not 2.0, once"),
    "no program": (rb"PRODID:.*?\r\n", b"", "PRODID is not there once"),
    "method": (rb"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:PUBLISH", "METHOD does not belong in a feed"),
    "organizer": (rb"LOCATION", b"ORGANIZER:mailto:x\r\nLOCATION", "ORGANIZER does not belong in a feed"),
    "attendee": (rb"LOCATION", b"ATTENDEE:mailto:x\r\nLOCATION", "ATTENDEE does not belong in a feed"),
    "alarm": (rb"END:VEVENT", ALARM, "VALARM does not belong here"),
    "other name": (rb"X-WR-CALNAME:.*?\r\n", b"X-WR-CALNAME:x\r\n", "NAME and X-WR-CALNAME differ"),
    "untyped refresh": (rb";VALUE=DURATION", b"", "REFRESH-INTERVAL does not say that it is a duration"),
    "refresh in minutes": (rb"DURATION:PT1H", b"DURATION:60", "REFRESH-INTERVAL is not a duration"),
    "other time to live": (rb"TTL:PT1H", b"TTL:PT4H", "X-PUBLISHED-TTL and REFRESH-INTERVAL differ"),
    "colour as number": (rb"COLOR:steelblue", b"COLOR:#4682B4", "COLOR is not a CSS3 name"),
    "no uid": (rb"UID:a.*?\r\n", b"", "UID is not there once"),
    "one uid twice": (rb"UID:b@", b"UID:a@", "the uid a@isk.example occurs twice"),
    "no stamp": (rb"DTSTAMP.*?\r\n", b"", "DTSTAMP is not there once"),
    "local stamp": (rb"(DTSTAMP:\d+T\d+)Z", rb"\1", "DTSTAMP is not in UTC"),
    "stamp of the request": (
        rb"(DTSTAMP:)\d{8}",
        rb"\g<1>20270101",
        "DTSTAMP is not the moment of the last change",
    ),
    "no sequence": (rb"SEQUENCE.*?\r\n", b"", "SEQUENCE is not there once"),
    "half a sequence": (rb"SEQUENCE:0", b"SEQUENCE:0.5", "SEQUENCE is not a number"),
    "end before start": (rb"(DTEND.*?:)\d{8}", rb"\g<1>20251124", "DTEND does not come after DTSTART"),
    "end in another form": (
        rb"DTEND.*?\r\n",
        b"DTEND:20261124T200000Z\r\n",
        "DTSTART and DTEND have two forms",
    ),
    "floating time": (
        rb";TZID=Europe/Amsterdam",
        b"",
        "DTSTART is not a date, a local time with its zone or a time in UTC",
    ),
    "date without its type": (
        rb"(DTSTART).*?:(\d{8}).*?\r\n",
        rb"\1:\2" + b"\r\n",
        "DTSTART is not a date, a local time with its zone or a time in UTC",
    ),
    "zone of Windows": (
        rb"Europe/Amsterdam",
        b"W. Europe Standard Time",
        "W. Europe Standard Time is not an IANA zone",
    ),
    "zone with a slash": (rb"TZID=Europe", b"TZID=/Europe", "/Europe/Amsterdam is not an IANA zone"),
    "no zone": (re.escape(ZONE), b"", "Europe/Amsterdam has no VTIMEZONE before its use"),
    "zone at the end": (
        rb"(?s)(BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n)(.*)(END:VCALENDAR)",
        rb"\2\1\3",
        "Europe/Amsterdam has no VTIMEZONE before its use",
    ),
    "no summer time": (re.escape(DAYLIGHT), b"", "Europe/Amsterdam has no STANDARD and DAYLIGHT"),
    "dates for a rule": (
        rb"RRULE.*?\r\n",
        b"RDATE:20270328T020000\r\n",
        "DAYLIGHT has no yearly rule with BYMONTH and BYDAY",
    ),
    "rule without weekday": (rb";BYDAY=-1SU", b"", "STANDARD has no yearly rule with BYMONTH and BYDAY"),
    "rule on another day": (
        rb"BYDAY=-1SU",
        b"BYDAY=-1SA",
        "DAYLIGHT does not start on a day of its own rule",
    ),
    "onset on the new clock": (
        rb"20100328T020000",
        b"20100328T030000",
        "DAYLIGHT does not start when the clock changes",
    ),
    "offsets swapped": (
        rb"(TZOFFSETFROM):.*?\r\n(TZOFFSETTO):",
        rb"\1:+0500" + b"\r\n" + rb"\2:",
        "STANDARD does not start when the clock changes",
    ),
    "onset in words": (rb"20100328T020000", b"maart", "DAYLIGHT has no local DTSTART and two offsets"),
    "bare semicolon": (rb"\\;", b";", "SUMMARY is not escaped"),
    "bare comma": (rb"Aula", b"Aula, hal", "LOCATION is not escaped"),
    "loose backslash": (rb"Aula", rb"Aula\\x", "LOCATION is not escaped"),
    "still busy": (rb"TRANSP.*?\r\n", b"", "what is cancelled still takes time"),
    "no end of an event": (rb"END:VEVENT\r\n", b"", "VEVENT does not belong here"),
    "cut off": (rb"(?s)END:VCALENDAR.*", b"", "VCALENDAR is not closed"),
    "two calendars": (rb"(?s)\A(.*)\Z", rb"\1\1", "not one calendar with at least one component"),
    "nothing in it": (
        rb"(?s)BEGIN:VTIMEZONE.*(END:VCALENDAR)",
        rb"\1",
        "not one calendar with at least one component",
    ),
    "a line too far": (rb"\Z", b"X-TAIL:x\r\n", "X-TAIL stands outside the calendar"),
    "a page for a feed": (rb"(?s).*", b"<html>\r\n", "not a content line: '<html>'"),
}


def test_whole_feed_has_no_problems():
    assert problems(WHOLE) == []


@pytest.mark.parametrize("name", BROKEN)
def test_broken_feed_is_caught(name):
    pattern, replacement, message = BROKEN[name]
    broken = re.sub(pattern, replacement, WHOLE)

    assert broken != WHOLE
    assert [found for found in problems(broken) if found.endswith(message)] != []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vragen? mentor@school.example", "e-mail address"),
        ("Bel 06 12 34 56 78", "telephone number"),
        ("Bel +31612345678", "telephone number"),
        ("https://isk.example/u/kT9vX2mQ8rLw4ZpB7nYc1D", "secret"),
    ],
)
def test_what_should_not_be_shared_is_caught(text, kind):
    assert leaks(render_feed(make_feed(make_entry(description=text)))) == [kind]


@settings(deadline=None)
@given(data=st.binary(max_size=300))
def test_check_answers_to_any_octets(data):
    assert problems(data) != []
