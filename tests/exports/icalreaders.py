"""What four outside programs read in a feed, and plain feeds to give them."""

import json
import subprocess
import sys
import warnings
from datetime import UTC, datetime, timedelta

from planner.domain.feed import Feed, FeedEntry

CHANGED = datetime(2026, 8, 24, 7, 30, tzinfo=UTC)

# vobject keeps every VTIMEZONE it ever saw under its TZID, for the whole process: one process a feed.
VOBJECT = """
import datetime, json, sys, vobject
calendar = vobject.readOne(sys.stdin.buffer.read().decode())
calendar.validate(raiseException=True)
def moment(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    return value.astimezone(datetime.timezone.utc).isoformat()
events = calendar.contents.get("vevent", [])
rows = [[e.uid.value, moment(e.dtstart.value), moment(e.dtend.value), e.summary.value] for e in events]
print(json.dumps(rows))
"""


def make_entry(**changes):
    """Return a dull evening in November."""
    entry = {
        "uid": "7d0c1c52-8f3c-4f0e-9a54-3a1f7d6f0001@isk.example",
        "summary": "Kennismaking met ouders",
        "description": "",
        "location": "Aula",
        "start": datetime(2026, 11, 24, 18, tzinfo=UTC),
        "end": datetime(2026, 11, 24, 20, tzinfo=UTC),
        "all_day": False,
        "sequence": 0,
        "modified": CHANGED,
    }
    return FeedEntry(**entry | changes)


def make_feed(*entries, **changes):
    """Return the feed of a school with these entries."""
    feed = {
        "id": "school",
        "name": "LOB-jaar ISK",
        "description": "Alle bijeenkomsten en gesprekken",
        "revision": 1,
        "changed_at": CHANGED,
        "language": "nl",
    }
    return Feed(**feed | changes, entries=entries)


def meant(feed):
    """Return what a reader should make of `feed`: (uid, start, end, summary); an end is not included."""
    return {
        (
            entry.uid,
            entry.start.isoformat(),
            (entry.end + timedelta(days=entry.all_day)).isoformat(),
            ("Vervalt: " if entry.cancelled else "") + entry.summary,
        )
        for entry in feed.entries
    }


def _moment(value):
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def read_icalendar(data):
    from icalendar import Calendar  # noqa: PLC0415 - each reader is loaded by its own tests

    return {
        (str(event["uid"]), _moment(event["dtstart"].dt), _moment(event["dtend"].dt), str(event["summary"]))
        for event in Calendar.from_ical(data).walk("VEVENT")
    }


def read_ical(data):
    from ical.calendar_stream import IcsCalendarStream  # noqa: PLC0415

    return {
        (event.uid, _moment(event.dtstart), _moment(event.dtend), event.summary)
        for event in IcsCalendarStream.calendar_from_ics(data.decode()).events
    }


def read_ics(data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its grammar library warns about itself
        from ics import Calendar  # noqa: PLC0415

        events = Calendar(data.decode()).events
        return {
            (
                event.uid,
                _moment(event.begin.date() if event.all_day else event.begin.datetime),
                _moment(event.end.date() if event.all_day else event.end.datetime),
                event.name,
            )
            for event in events
        }


def read_vobject(data):
    command = [sys.executable, "-W", "ignore", "-c", VOBJECT]
    found = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
    return {tuple(row) for row in json.loads(found.stdout)}


READERS = {"icalendar": read_icalendar, "ical": read_ical, "ics": read_ics, "vobject": read_vobject}
