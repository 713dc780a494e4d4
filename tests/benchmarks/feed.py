"""A calendar of a thousand entries: cold, warm, unchanged, and next to icalendar from scratch."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event
from sqlalchemy import select

from planner.domain.feed import Feed, FeedEntry
from planner.exports.ical import render_event, render_feed
from planner.services.year import feeds
from planner.storage.db import writing
from planner.storage.models import FeedEntryRow, FeedRow
from tests.benchmarks import schools
from tests.benchmarks.clock import median_of
from tests.benchmarks.rows import Row

TIMES = 5
MANY_TIMES = 30
SCHOOL = 120
HTTP_OK, HTTP_NOT_MODIFIED = 200, 304


def _entries(count: int) -> tuple[FeedEntry, ...]:
    first = schools.NOW.replace(hour=17, minute=30)
    return tuple(
        FeedEntry(
            uid=f"benchmark-{number}@schakelplan",
            summary=f"Welkom in de ISK: sleutelouder {number}",
            description="19:00 Ontvang de gezinnen.\n19:30 Vertaal in de taalgroep; stel vragen, luister.",
            location="ISK De Ankerplaats, lokaal 1.04",
            start=first + timedelta(days=number % 300),
            end=first + timedelta(days=number % 300, hours=3),
            all_day=False,
            sequence=number % 3,
            modified=schools.NOW,
            categories=("Fase 1",),
        )
        for number in range(count)
    )


def _feed(entries: tuple[FeedEntry, ...]) -> Feed:
    return Feed(
        id="feed-1",
        name="ISK De Ankerplaats 2026-2027",
        description="Uit Schakelplan.",
        revision=1,
        changed_at=schools.NOW,
        language="nl",
        entries=entries,
    )


def from_scratch(entries: tuple[FeedEntry, ...]) -> bytes:
    """Return the same entries by the icalendar library alone, with no timezone and no cache."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Benchmark//NL")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", entry.modified)
        event.add("last-modified", entry.modified)
        event.add("dtstart", entry.start)
        event.add("dtend", entry.end)
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        event.add("location", entry.location)
        event.add("categories", list(entry.categories))
        calendar.add_component(event)
    return calendar.to_ical()


def measure(root: Path, size: int) -> Iterator[Row]:
    """Yield how long a feed of `size` entries takes."""
    entries = _entries(size)
    feed = _feed(entries)
    scratch = median_of(lambda: from_scratch(entries), times=TIMES)
    cold = median_of(lambda: render_feed(feed), times=TIMES, before=render_event.cache_clear)
    warm = median_of(lambda: render_feed(feed), times=MANY_TIMES)
    peer = "icalendar from scratch"
    for name, seconds in (("feed/cold", cold), ("feed/warm", warm)):
        yield Row(name=name, size=size, value=seconds * 1000, unit="ms", peer=peer, ratio=seconds / scratch)
    yield from _served(root, entries)


def _stored(entry: FeedEntry) -> dict[str, Any]:
    data = {
        "summary": entry.summary,
        "description": entry.description,
        "location": entry.location,
        "start": entry.start.isoformat(),
        "end": entry.end.isoformat(),
        "all_day": entry.all_day,
        "categories": list(entry.categories),
    }
    return {"uid": entry.uid, "data": data, "sequence": entry.sequence, "modified": entry.modified}


def _served(root: Path, entries: tuple[FeedEntry, ...]) -> Iterator[Row]:
    """Yield the server time of a feed that a calendar program fetches, changed and not changed."""
    with schools.demo_app(root, SCHOOL) as (app, workspace):
        path = "/agenda/" + feeds.year_links(workspace, now=schools.NOW).https.rpartition("/")[2]
        session = workspace.session
        with writing(session):
            feed_id = session.scalar(select(FeedRow.id).where(FeedRow.person_id.is_(None)))
            session.add_all(FeedEntryRow(feed_id=feed_id, **_stored(entry)) for entry in entries)
    client = app.test_client()
    etag = client.get(path).headers["ETag"]

    def ask(expected: int, **headers: str) -> None:
        answer = client.get(path, headers=headers)
        if answer.status_code != expected:
            raise RuntimeError(f"the feed gives {answer.status_code}, not {expected}")

    full = median_of(lambda: ask(HTTP_OK), times=TIMES)
    same = median_of(lambda: ask(HTTP_NOT_MODIFIED, **{"If-None-Match": etag}), times=MANY_TIMES)
    size = len(entries)
    yield Row(name="feed/request", size=size, value=full * 1000, unit="ms")
    yield Row(name="feed/304", size=size, value=same * 1000, unit="ms", peer="feed/request", ratio=same / full)
