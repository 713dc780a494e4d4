"""People, rooms, feeds, tasks and settings, ready to be shown."""

from dataclasses import dataclass
from datetime import date

from planner.services.views.event import DutyView
from planner.services.views.own import FeedLinks, HelperLink
from planner.services.views.year import EventLine


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
    feed: FeedLinks | None
    limits: tuple[str, ...]
    link: HelperLink | None = None
    texts: str = ""
    consent: bool = True
    channel: str = ""
    beside: str = ""
    room: str = ""
    channels: tuple[str, ...] = ()
    colleagues: tuple[tuple[str, str], ...] = ()  # id and name
    rooms: tuple[tuple[str, str], ...] = ()


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
    answer_weeks: int
