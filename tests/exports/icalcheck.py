"""What no parser on the shelf checks: the bytes of a calendar feed, line by line.

`problems(feed)` lists what is wrong with a feed; an empty list is a clean one. `leaks(feed)` lists what
should not be shared with everybody who sees a calendar: addresses, telephone numbers, secret links.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from PIL import ImageColor

TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "CATEGORIES"}
FORBIDDEN = {"METHOD", "ATTENDEE", "ORGANIZER", "RDATE", "EXDATE", "COMMENT"}
ONCE = {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"}
NESTING = {
    "VCALENDAR": "",
    "VTIMEZONE": "VCALENDAR",
    "VEVENT": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}
IANA = frozenset(available_timezones())
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NAME = re.compile(r"([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=[A-Za-z0-9/_+-]+)*):(.*)", re.DOTALL)
RAW_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,n])*")
RAW_TEXTS = re.compile(r"(?:[^\\;]|\\[\\;,n])*")  # CATEGORIES is a list
RULE = re.compile(r"FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)")
LEAKS = {
    "e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "telephone number": re.compile(r"(?:\+|\b0)\d(?:[ -]?\d){7,}"),
    "secret": re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{22,}"),
}


@dataclass
class Component:
    """What stands between a BEGIN and its END: properties as (name, parameters, value)."""

    kind: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)

    def values(self, name):
        return [value for key, _, value in self.properties if key == name]

    def value(self, name):
        return next(iter(self.values(name)), "")

    def parameters(self, name):
        return next((parameters for key, parameters, _ in self.properties if key == name), "")


def physical_problems(feed):
    """Check octets: RFC 5545 section 3.1."""
    if feed.startswith(b"\xef\xbb\xbf"):
        yield "byte order mark"
    if not feed.endswith(b"\r\n"):
        yield "the last line has no end"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", feed):
        yield "a line does not end with CR LF"
    for number, line in enumerate(feed.split(b"\r\n")[:-1], start=1):
        if not line.strip():
            yield f"line {number} is empty"
        if len(line) > 75:
            yield f"line {number} has {len(line)} octets"
        if re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", line):
            yield f"line {number} has a control character"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"line {number} is not UTF-8 by itself"


def read(feed):
    """Return the components in order of their BEGIN, and what is wrong with the way they are nested."""
    components, stack, wrong = [], [], []
    text = feed.decode(errors="replace").replace("\r\n ", "")
    for line in filter(None, re.split(r"\r?\n", text)):
        found = NAME.fullmatch(line)
        if not found:
            wrong.append(f"not a content line: {line[:40]!r}")
            continue
        name, parameters, value = found.groups()
        if name == "BEGIN":
            if NESTING.get(value) != (stack[-1].kind if stack else ""):
                wrong.append(f"{value} does not belong here")
            stack.append(Component(value))
            components.append(stack[-1])
        elif name == "END":
            if not stack or stack.pop().kind != value:
                wrong.append(f"END:{value} closes nothing")
        elif stack:
            stack[-1].properties.append((name, parameters, value))
        else:
            wrong.append(f"{name} stands outside the calendar")
    wrong.extend(f"{component.kind} is not closed" for component in stack)
    return components, wrong


def property_problems(component):
    """Check what holds for a property wherever it stands: sections 3.3.11 and 3.8.4."""
    for name, parameters, value in component.properties:
        if name in FORBIDDEN:
            yield f"{name} does not belong in a feed"
        pattern = RAW_TEXTS if name == "CATEGORIES" else RAW_TEXT
        if name in TEXTS and not pattern.fullmatch(value):
            yield f"{name} is not escaped"
        if name in {"DTSTAMP", "LAST-MODIFIED"} and not re.fullmatch(r"\d{8}T\d{6}Z", value):
            yield f"{name} is not in UTC"
        tzid = re.search(r"TZID=([^;]+)", parameters)
        if tzid and (tzid[1].startswith("/") or tzid[1] not in IANA):
            yield f"{tzid[1]} is not an IANA zone"


def calendar_problems(calendar):
    """Check the calendar's own properties: RFC 5545 section 3.7, RFC 7986 section 5."""
    if calendar.values("VERSION") != ["2.0"]:
        yield "VERSION is not 2.0, once"
    if len(calendar.values("PRODID")) != 1:
        yield "PRODID is not there once"
    if not calendar.value("NAME") or calendar.values("NAME") != calendar.values("X-WR-CALNAME"):
        yield "NAME and X-WR-CALNAME differ"
    if calendar.parameters("REFRESH-INTERVAL") != ";VALUE=DURATION":
        yield "REFRESH-INTERVAL does not say that it is a duration"
    if not re.fullmatch(r"PT\d+[HM]", calendar.value("REFRESH-INTERVAL")):
        yield "REFRESH-INTERVAL is not a duration"
    if calendar.values("X-PUBLISHED-TTL") != calendar.values("REFRESH-INTERVAL"):
        yield "X-PUBLISHED-TTL and REFRESH-INTERVAL differ"
    if calendar.value("COLOR").lower() not in ImageColor.colormap:
        yield "COLOR is not a CSS3 name"


def onset_problems(part, zone):
    """Check one STANDARD or DAYLIGHT against zoneinfo: section 3.6.5."""
    rule = RULE.fullmatch(part.value("RRULE"))
    if not rule:
        yield f"{part.kind} has no yearly rule with BYMONTH and BYDAY"
        return
    try:
        local = datetime.strptime(part.value("DTSTART"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        before, after = (
            timezone(datetime.strptime(part.value(name), "%z").utcoffset()) for name in ("TZOFFSETFROM", "TZOFFSETTO")
        )
    except (ValueError, TypeError):
        yield f"{part.kind} has no local DTSTART and two offsets"
        return
    last = (local + timedelta(days=7)).month != local.month
    if int(rule[1]) != local.month or rule[3] != WEEKDAYS[local.weekday()] or (rule[2] == "-1") != last:
        yield f"{part.kind} does not start on a day of its own rule"
    onset = local.replace(tzinfo=before).astimezone(UTC)
    earlier = onset - timedelta(seconds=1)
    clocks = [(onset, after), (earlier, before)]
    if any(moment.astimezone(zone).utcoffset() != clock.utcoffset(None) for moment, clock in clocks):
        yield f"{part.kind} does not start when the clock changes"


def timezone_problems(components, place):
    """Check a VTIMEZONE and the parts that follow it."""
    tzid = components[place].value("TZID")
    parts = []
    for component in components[place + 1 :]:
        if component.kind not in {"STANDARD", "DAYLIGHT"}:
            break
        parts.append(component)
    if tzid not in IANA:
        yield f"{tzid} is not an IANA zone"
    elif tzid == "UTC":
        return
    elif sorted(part.kind for part in parts) != ["DAYLIGHT", "STANDARD"]:
        yield f"{tzid} has no STANDARD and DAYLIGHT"
    else:
        for part in parts:
            yield from onset_problems(part, ZoneInfo(tzid))


def span_problems(event, tzids):
    """Check DTSTART and DTEND: one form, in the right order, with a zone that is known by then."""
    start, end = event.value("DTSTART"), event.value("DTEND")
    for name, value in (("DTSTART", start), ("DTEND", end)):
        parameters = event.parameters(name)
        tzid = parameters.removeprefix(";TZID=") if parameters.startswith(";TZID=") else ""
        form = r"\d{8}" if parameters == ";VALUE=DATE" else r"\d{8}T\d{6}" if tzid else r"\d{8}T\d{6}Z"
        if not re.fullmatch(form, value):
            yield f"{name} is not a date, a local time with its zone or a time in UTC"
        if tzid and tzid not in tzids:
            yield f"{tzid} has no VTIMEZONE before its use"
    if event.parameters("DTSTART") != event.parameters("DTEND") or len(start) != len(end):
        yield "DTSTART and DTEND have two forms"
    elif end <= start:
        yield "DTEND does not come after DTSTART"


def event_problems(event, tzids):
    """Check one VEVENT: sections 3.6.1, 3.8.2.2 and 3.8.7."""
    for name in ONCE:
        if len(event.values(name)) != 1:
            yield f"{name} is not there once"
    if not event.value("SEQUENCE").isdigit():
        yield "SEQUENCE is not a number"
    if event.value("DTSTAMP") != event.value("LAST-MODIFIED"):
        yield "DTSTAMP is not the moment of the last change"
    yield from span_problems(event, tzids)
    if event.value("STATUS") == "CANCELLED" and event.value("TRANSP") != "TRANSPARENT":
        yield "what is cancelled still takes time"


def problems(feed):
    """Return everything that is wrong with the bytes of `feed`."""
    components, wrong = read(feed)
    wrong[:0] = physical_problems(feed)
    kinds = Counter(component.kind for component in components)
    if kinds["VCALENDAR"] != 1 or not (kinds["VTIMEZONE"] or kinds["VEVENT"]):
        wrong.append("not one calendar with at least one component")
    tzids = set()
    for place, component in enumerate(components):
        wrong.extend(property_problems(component))
        if component.kind == "VCALENDAR":
            wrong.extend(calendar_problems(component))
        elif component.kind == "VTIMEZONE":
            tzids.add(component.value("TZID"))
            wrong.extend(timezone_problems(components, place))
        elif component.kind == "VEVENT":
            wrong.extend(event_problems(component, tzids))
    uids = sorted(component.value("UID") for component in components if component.kind == "VEVENT")
    wrong.extend(f"the uid {one} occurs twice" for one, other in pairwise(uids) if one == other)
    return wrong


def leaks(feed):
    """Return what the texts of `feed` give away."""
    texts = [value for component in read(feed)[0] for name, _, value in component.properties if name in TEXTS]
    return [kind for kind, pattern in LEAKS.items() if any(pattern.search(text) for text in texts)]
