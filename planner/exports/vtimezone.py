"""VTIMEZONE blocks with one yearly rule per onset, derived from zoneinfo (RFC 5545 section 3.6.5).

Lists of RDATE are read wrongly by several calendar programs (ical.js reads only the first date of a line,
Outlook ignores RDATE altogether), so a zone is written as RRULE or not at all.
"""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 2010, 2050  # every onset in these years was compared with zoneinfo
WEEK_SECONDS = 7 * 24 * 3600  # no zone changes its offset twice within a week
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1


@dataclass(frozen=True, slots=True)
class _Onset:
    """A moment at which a zone's offset changes; `local` is on the old offset's clock, as the RFC wants."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str

    def shape(self) -> tuple[object, ...]:
        """Return what must be the same each year for a yearly rule to hold."""
        clock = (self.local.month, self.local.weekday(), self.local.time())
        return (*clock, self.before, self.after, self.name)

    def ordinals(self) -> frozenset[int]:
        """Return which weekday of its month this is: the first, second … and perhaps the last."""
        day = self.local.day
        is_last = day + 7 > monthrange(self.local.year, self.local.month)[1]
        return frozenset({(day - 1) // 7 + 1, LAST if is_last else (day - 1) // 7 + 1})


def _offset(zone: ZoneInfo, timestamp: int) -> timedelta:
    return datetime.fromtimestamp(timestamp, zone).utcoffset() or timedelta(0)


def _onset(zone: ZoneInfo, low: int, high: int) -> _Onset:
    """Return the one change between two timestamps, found by halving."""
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    moment = datetime.fromtimestamp(high, zone)
    local = datetime.fromtimestamp(high, UTC).replace(tzinfo=None) + before
    return _Onset(local, before, _offset(zone, high), moment.tzname() or "")


def _onsets(zone: ZoneInfo) -> list[_Onset]:
    first = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    last = int(datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())
    weeks = range(first, last, WEEK_SECONDS)
    return [
        _onset(zone, week, min(week + WEEK_SECONDS, last))
        for week in weeks
        if _offset(zone, week) != _offset(zone, min(week + WEEK_SECONDS, last))
    ]


def _utc_offset(offset: timedelta) -> str:
    """Return `offset` as UTC-OFFSET (RFC 5545 section 3.3.14)."""
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02}{minutes % 60:02}"


def _part(kind: str, onset: _Onset, rule: str) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset.local:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_utc_offset(onset.before)}",
        f"TZOFFSETTO:{_utc_offset(onset.after)}",
        f"TZNAME:{onset.name}",
        *([f"RRULE:{rule}"] if rule else []),
        f"END:{kind}",
    ]


def _yearly(tzid: str, kind: str, onsets: list[_Onset]) -> list[str]:
    """Return STANDARD or DAYLIGHT when one rule gives all `onsets`, one a year."""
    years = Counter(onset.local.year for onset in onsets)
    ordinals = frozenset.intersection(*(onset.ordinals() for onset in onsets))
    one_a_year = years == Counter(range(FIRST_YEAR, LAST_YEAR + 1))
    if not one_a_year or not ordinals or len({onset.shape() for onset in onsets}) > 1:
        raise ValueError(f"no yearly rule gives the clock of {tzid}")
    local = onsets[0].local
    rule = f"FREQ=YEARLY;BYMONTH={local.month};BYDAY={min(ordinals)}{WEEKDAYS[local.weekday()]}"
    return _part(kind, onsets[0], rule)


@lru_cache(maxsize=8)
def timezone_block(tzid: str) -> bytes:
    """Return the VTIMEZONE of an IANA zone; raise ValueError when no yearly rules give its clock.

    Outlook wants both STANDARD and DAYLIGHT, each with a BYDAY; a zone that never changes has one STANDARD.
    """
    zone = ZoneInfo(tzid)
    onsets = _onsets(zone)
    forward = [onset for onset in onsets if onset.after > onset.before]
    backward = [onset for onset in onsets if onset.after < onset.before]
    if not onsets:
        start = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
        offset = start.utcoffset() or timedelta(0)
        parts = _part("STANDARD", _Onset(start, offset, offset, start.tzname() or ""), "")
    elif forward and backward:
        parts = _yearly(tzid, "STANDARD", backward) + _yearly(tzid, "DAYLIGHT", forward)
    else:
        raise ValueError(f"no yearly rule gives the clock of {tzid}")
    return "".join(f"{line}\r\n" for line in ["BEGIN:VTIMEZONE", f"TZID:{tzid}", *parts, "END:VTIMEZONE"]).encode()
