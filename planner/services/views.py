"""What pages, prints and --json are made of: plain values, ready to be shown, never database rows."""

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

    kind: str  # "taak", "regel", "mensen", "publiceren"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row of the draaiboek. `people` are names per role; `mine` marks the rows of the person it is printed for."""

    id: str
    start: datetime
    end: datetime | None
    places: tuple[str, ...]
    rooms: tuple[str, ...]
    what: str
    needs: tuple[str, ...]
    responsible: tuple[str, ...]
    people: tuple[str, ...]
    proposed: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step of the stappenplan with its day; `moved_for` says which holiday moved it."""

    id: str
    due: date
    moved_for: str
    weeks_before: int
    what: str
    who: tuple[str, ...]
    kind: str
    link: str = ""
    condition: str = ""
    proposed: bool = False
    done_at: datetime | None = None
    done_by: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyView:
    """A person in a role at an event, with the reason."""

    person_id: str
    person: str
    role: str
    scope: str
    rows: tuple[str, ...]
    reason: str
    start: datetime
    end: datetime
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """A role that misses people, with why."""

    role: str
    scope: str
    missing: int
    why: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomUseView:
    """A place of the draaiboek and the room it has; `room` is empty when none was found, then `reason` says why."""

    place: str
    scope: str
    persons: int
    room: str
    capacity: int
    features: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCount:
    """How many families are expected for one language or class."""

    name: str
    families: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form of the activity that the school can choose."""

    id: str
    title: str
    what: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """The event page and its prints."""

    line: EventLine
    goal: str
    audience: str
    school: str
    runsheet: tuple[RowView, ...]
    preparation: tuple[StepView, ...]
    duties: tuple[DutyView, ...]
    gaps: tuple[GapView, ...]
    rooms: tuple[RoomUseView, ...]
    per_language: tuple[FamilyCount, ...]
    per_class: tuple[FamilyCount, ...]
    pupils: int
    persons: int
    problems: tuple[Problem, ...]
    materials: tuple[str, ...]
    outcomes: tuple[str, ...]
    aftercare: tuple[str, ...]
    lesson: str
    home: str
    forms: tuple[FormView, ...]
    invitation_title: str
    invitation_about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in the list of people."""

    id: str
    name: str
    kind: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    days: str
    evenings: int
    max_evenings: int | None
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person's page: own duties and the own feed."""

    line: PersonLine
    duties: tuple[tuple[EventLine, DutyView], ...]
    feed: "FeedLinks | None"
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLinks:
    """The addresses of a feed: https for Google and Nextcloud, webcal for Apple, Outlook and Thunderbird."""

    name: str
    https: str
    webcal: str
    google: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room with what it has, and at which events it is used; x, y, width and depth in metres."""

    id: str
    name: str
    capacity: int
    floor: int
    features: tuple[str, ...]
    events: int
    x: float
    y: float
    width: float
    depth: float


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


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationSheet:
    """One family's invitation in Dutch and in its own language. Fixed words come per language by key."""

    event_title: str
    school: str
    household: str
    language: str
    language_name: str
    rtl: bool
    own: dict[str, str]
    dutch: dict[str, str]
    date_dutch: str
    date_own: str
    date_digits: str
    time: str
    clock_hour: int
    clock_minute: int
    place: str
    about: tuple[str, ...]
    about_own: tuple[str, ...]
    who_may_come: str
    pupils: tuple[str, ...]
    url: str
    qr_svg: str
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """Long work in the background, as its progress page shows it."""

    id: str
    kind: str
    state: str  # "queued", "running", "done" or "failed"
    label: str
    done: int
    total: int
    message: str
    back: str
    download: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsView:
    """The school's settings for planning, as the form shows them."""

    name: str
    region: str
    label: str
    first_day: date
    last_day: date
    evenings: tuple[tuple[int, str, str], ...]  # weekday, its name, earliest time or ""
    feasts: tuple[tuple[str, str, bool], ...]  # id, name, switched on
    periods: tuple[tuple[int, str, date, date, str, str], ...]  # id, name, first, last, kind, origin
    open_days: tuple[tuple[int, str, date, str], ...]  # id, school, day, sector
    market_last_year: bool
    verder_split: int
