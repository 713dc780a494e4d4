"""Calendar feeds as iCalendar (RFC 5545) with the calendar properties of RFC 7986; the same bytes each time.

The choices follow what calendar programs do with a feed: no METHOD, because then DTSTAMP would be the moment
of asking (section 3.8.7.2); no ATTENDEE, ORGANIZER or VALARM, which do not belong in what is published.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.exports.vtimezone import timezone_block

if TYPE_CHECKING:
    from icalendar.prop import vUnknown

    from planner.domain.feed import Feed, FeedEntry

FORMAT_VERSION = 1  # raise it when the same feed gets other bytes, so that no reader keeps the old ones
SCHOOL_ZONE = "Europe/Amsterdam"
REFRESH = timedelta(hours=1)
COLOUR_NAME, COLOUR_HEX = "steelblue", "#4682B4"  # RFC 7986 section 5.9 knows names only, Apple hex only
CANCELLED_PREFIX = {"nl": "Vervalt: ", "en": "Cancelled: "}
CACHED_EVENTS = 8192  # about 6 MB: a large school's entries in two languages
_DAY = timedelta(days=1)
_END = b"END:VCALENDAR\r\n"

# Section 3.1 allows no controls in a value. A tab parts words, so it becomes a space; U+FEFF is taken for a
# byte order mark by several readers; lone surrogates have no UTF-8.
_DROPPED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufeff\ud800-\udfff]")
_ESCAPED = re.compile(r"[\\;,\n]")


def readable(text: str) -> str:
    """Return `text` as a subscriber will read it: without what iCalendar cannot carry."""
    return _DROPPED.sub("", text.replace("\t", " "))


def escape(text: str) -> str:
    r"""Return `text` as a TEXT value (section 3.3.11).

    Done here, because icalendar turns a literal `\N` ("C:\New") into a line break and escapes nothing in
    NAME and X-WR-CALNAME.
    """
    return _ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", readable(text))


def _text(*texts: str) -> "vUnknown":
    """Return a list of TEXT that icalendar writes as it is: everything that could end a line is escaped."""
    from icalendar.prop import vUnknown  # noqa: PLC0415 - loaded by the first feed, not at start-up

    return vUnknown(",".join(escape(text) for text in texts))


def _local(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return `moment` on the local clock, or None where that clock shows the same time twice.

    A local time in iCalendar cannot say which of the two it is (section 3.3.5) and programs choose
    differently. Times that do not exist locally cannot come out of a conversion from UTC.
    """
    local = moment.astimezone(zone)
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return None if is_twice else local


def _span(entry: "FeedEntry", tzid: str) -> tuple[date, date]:
    """Return DTSTART and DTEND: dates, local times, or both in UTC when one has no single local time."""
    if not (isinstance(entry.start, datetime) and isinstance(entry.end, datetime)):
        return entry.start, entry.end + _DAY  # section 3.8.2.2: DTEND is not included
    zone = ZoneInfo(tzid)
    start, end = _local(entry.start, zone), _local(entry.end, zone)
    if tzid == "UTC" or start is None or end is None:
        return entry.start.astimezone(UTC), entry.end.astimezone(UTC)
    return start, end


@lru_cache(maxsize=CACHED_EVENTS)
def render_event(entry: "FeedEntry", tzid: str, language: str) -> bytes:
    """Return the VEVENT of `entry`. The entry is frozen, so its bytes are kept: a feed is mostly a join."""
    from icalendar import Event  # noqa: PLC0415 - loaded by the first feed, not at start-up

    prefix = CANCELLED_PREFIX.get(language, CANCELLED_PREFIX["nl"]) if entry.cancelled else ""
    start, end = _span(entry, tzid)
    event = Event()
    event.add("uid", _text(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.modified)
    event.add("last-modified", entry.modified)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _text(prefix + entry.summary))
    for name, text in (("description", entry.description), ("location", entry.location)):
        if readable(text):
            event.add(name, _text(text))
    categories = [category for category in entry.categories if readable(category)]
    if categories:
        event.add("categories", _text(*categories))
    if entry.cancelled:
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
    lines: bytes = event.to_ical()
    return lines


def _header(feed: "Feed") -> bytes:
    """Return the calendar's own properties, without its end."""
    from icalendar import Calendar  # noqa: PLC0415 - loaded by the first feed, not at start-up

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Schakelplan//Schakelplan//NL")
    calendar.add("last-modified", feed.changed_at)
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _text(feed.name))
    if readable(feed.description):
        for name in ("description", "x-wr-caldesc"):
            calendar.add(name, _text(feed.description))
    # RFC 7986 section 5.7 gives REFRESH-INTERVAL no default type, and the library does not name it.
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("color", COLOUR_NAME)
    calendar.add("x-apple-calendar-color", COLOUR_HEX)
    lines: bytes = calendar.to_ical()
    return lines.removesuffix(_END)


def _expressible(tzid: str) -> str:
    try:
        timezone_block(tzid)
    except ValueError:
        return "UTC"
    return tzid


def render_feed(feed: "Feed", *, tzid: str = SCHOOL_ZONE) -> bytes:
    """Return `feed` as a text/calendar body: UTF-8, CRLF, lines of at most 75 octets.

    Times are written on the clock of `tzid`, with its VTIMEZONE (always there: section 3.4 wants at least one
    component, also in an empty feed). A zone that no yearly rule gives is written in UTC.
    """
    zone = _expressible(tzid)
    events = (render_event(entry, zone, feed.language) for entry in feed.entries)
    return b"".join((_header(feed), timezone_block(zone), *events, _END))


def etag(feed: "Feed") -> str:
    """Return the strong entity tag of `render_feed(feed)`, without quotes.

    It comes from the revision and not from the newest entry: a removal makes no entry newer.
    """
    return f"{feed.id}-{feed.revision}-{FORMAT_VERSION}"
