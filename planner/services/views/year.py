"""The year and its rules, ready to be shown."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A broken rule as a reader sees it. `event_id` is empty when it is about the year as a whole."""

    rule: str
    title: str
    hard: bool
    where: str
    why: str
    event_id: str = ""
    fallback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event in a list: the year, a person's page, the start page."""

    id: str
    runbook: str
    title: str
    short: str
    kind: str  # "bijeenkomst" or "gesprek"
    phase: int
    first: date
    last: date
    start: datetime
    end: datetime
    families: int
    reason: str
    pinned: bool = False
    hard: int = 0  # broken hard rules
    soft: int = 0  # broken soft rules
    gaps: int = 0  # people who are still missing
    timed: bool = True  # false for school days: a round, or a form for which nobody comes to school


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """A day of the year calendar: why it is free, what is celebrated, which events are on it."""

    day: date
    free: str = ""
    notes: tuple[str, ...] = ()
    kind: str = ""  # "vakantie", "feestdag", "gesloten", "toetsweek", "feest", "ramadan", "bijzondere dag" or ""
    events: tuple[EventLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the year calendar; `weeks` are runs of seven days, None outside the month."""

    name: str
    year: int
    weeks: tuple[tuple[DayMark | None, ...], ...]
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Something to do soon: what, for which event, by when, and how late it is."""

    kind: str  # "taak", "regel", "mensen", "talen", "publiceren"
    text: str
    event_id: str = ""
    event_title: str = ""
    due: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What publishing would tell: an event added, moved, changed or dropped."""

    kind: str  # "nieuw", "verplaatst", "veranderd", "vervallen"
    title: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """That nothing is sent or published, since when, and of which moment the backup was (aware UTC)."""

    since: datetime
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """The year page."""

    school: str
    label: str
    region: str
    today: date
    months: tuple[Month, ...]
    events: tuple[EventLine, ...]
    attention: tuple[Attention, ...]
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...]
    published_at: datetime | None
    planned: bool
    held: Hold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule with its state this year: "gehouden", "gebroken" or "uitgezet"."""

    id: str
    title: str
    hard: bool
    reason: str
    fallback: str
    source: str
    state: str
    override: str
    can_be_overridden: bool
    problems: tuple[Problem, ...]
