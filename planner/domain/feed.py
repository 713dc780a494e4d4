"""A calendar feed: what someone who subscribes sees, independent of the format it is written in."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_UID = re.compile(r"[A-Za-z0-9@._:+-]{1,255}")  # RFC 7986 section 5.3: at most 255 octets
_FEED_ID = re.compile(r"[A-Za-z0-9._:-]+")  # fits between the quotes of an entity tag (RFC 9110 section 8.8.3)


def _is_utc(moment: date) -> bool:
    return isinstance(moment, datetime) and moment.utcoffset() == timedelta(0)


def _is_day(moment: date) -> bool:
    return not isinstance(moment, datetime)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One line in someone's calendar.

    `start` and `end` are aware UTC and half-open; with `all_day` they are dates, both included. `uid` is
    given once and kept for ever (RFC 5545 section 3.8.4.7); `sequence` rises with every published change
    (section 3.8.7.4) and `modified` is the moment of the last one, aware UTC. Raise ValueError when a value
    does not fit its field.
    """

    uid: str
    summary: str
    description: str
    location: str
    start: date
    end: date
    all_day: bool
    sequence: int
    modified: datetime
    cancelled: bool = False
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no calendar program would read."""
        if not _UID.fullmatch(self.uid):
            raise ValueError(f"not a uid that every calendar program accepts: {self.uid!r}")
        is_moment = _is_day if self.all_day else _is_utc
        if not (is_moment(self.start) and is_moment(self.end)):
            raise ValueError(f"{self.uid}: start and end must be {'dates' if self.all_day else 'aware UTC'}")
        if self.end < self.start or (self.end == self.start and not self.all_day):
            raise ValueError(f"{self.uid}: end {self.end} does not come after start {self.start}")
        if not _is_utc(self.modified):
            raise ValueError(f"{self.uid}: modified must be aware UTC")
        if self.sequence < 0:
            raise ValueError(f"{self.uid}: sequence must not be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Everything one subscriber gets. `entries` are kept in one order, whatever order they came in.

    `revision` rises and `changed_at` (aware UTC) moves with every change, also when an entry leaves: a
    removal moves no entry's own timestamp, so these two are the only truth for "not modified". `language`
    is the tag of the language that the texts are in. Raise ValueError on a uid that occurs twice.
    """

    id: str
    name: str
    description: str
    revision: int
    changed_at: datetime
    language: str
    entries: tuple[FeedEntry, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no subscriber could be sent, and put the entries in order."""
        if not _FEED_ID.fullmatch(self.id):
            raise ValueError(f"not a feed id that fits an entity tag: {self.id!r}")
        if not _is_utc(self.changed_at):
            raise ValueError(f"{self.id}: changed_at must be aware UTC")
        if len({entry.uid for entry in self.entries}) < len(self.entries):
            raise ValueError(f"{self.id}: two entries have the same uid")
        ordered = sorted(self.entries, key=lambda entry: (entry.start.isoformat(), entry.uid))
        object.__setattr__(self, "entries", tuple(ordered))
