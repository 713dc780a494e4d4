"""A round of conversations, its pages and its papers, ready to be shown."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.services.views.event import InvitationSheet
from planner.services.views.year import EventLine, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """One talk. Without a `day` it has no time yet; `start` and `end` are "15:30"."""

    id: str
    about: str
    families: tuple[str, ...]
    class_name: str
    language: str
    mentor: str
    interpreter: str
    guest: str
    room: str
    minutes: int
    day: date | None = None
    start: str = ""
    end: str = ""
    confirmed: bool = False
    pinned: bool = False
    missed: bool = False
    hard: int = 0
    why_open: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkBar:
    """A talk in the picture of a day: its place in pixels, and what is on it."""

    talk_id: str
    x: int
    width: int
    label: str
    title: str
    language: str
    confirmed: bool
    hard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow:
    """Somebody's day in the picture, with the room or the languages below the name."""

    who: str
    below: str
    y: int
    bars: tuple[TalkBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDay:
    """A day of the round as a picture: hours along the top as (x, text), a row for each person."""

    day: date
    width: int
    height: int
    hours: tuple[tuple[int, str], ...]
    rows: tuple[TalkRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourLine:
    """A day on which talks may be, for the form; `start` and `end` are "15:30", empty when there are none."""

    day: date
    start: str
    end: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRoom:
    """The room of a class in a round, for the form: the id that was chosen, empty for none, and what it is now."""

    class_id: str
    name: str
    chosen: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayLine:
    """Somebody who cannot come on a day after all."""

    person_id: str
    person: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkChange:
    """What publishing will tell: of which talk, what was and what will be, and who hears it."""

    about: str
    before: str
    after: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalksView:
    """The page of a round. `per` says whose days it shows: mentor or tolk; `groups` are their talks by name."""

    line: EventLine
    per: str
    may_plan: bool
    may_confirm: bool
    planned: int
    groups: tuple[tuple[str, tuple[TalkLine, ...]], ...]
    open: tuple[TalkLine, ...]
    days: tuple[TalkDay, ...]
    problems: tuple[Problem, ...]
    shortages: tuple[str, ...]
    advice: tuple[str, ...]
    changes: tuple[TalkChange, ...]
    confirmed: int
    waiting: str
    comings: int
    lengths: tuple[tuple[str, str, int], ...]
    hours: tuple[HourLine, ...]
    rest: tuple[str, str]
    class_rooms: tuple[ClassRoom, ...]
    rooms: tuple[tuple[str, str], ...]
    away: tuple[AwayLine, ...]
    people: tuple[tuple[str, str], ...]
    published_at: datetime | None = None
    published_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishView:
    """What a household asks, for the form."""

    household_id: str
    name: str
    weekdays: tuple[int, ...]
    earliest: str
    latest: str
    apart: bool
    at_once: bool
    may_be_apart: bool
    has_siblings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """The page of one talk. `tried` is what another moment would break, None when nothing was tried."""

    event: EventLine
    talk: TalkLine
    may_plan: bool
    may_confirm: bool
    days: tuple[date, ...]
    interpreters: tuple[tuple[str, str], ...]
    guests: tuple[tuple[str, str], ...]
    chosen_day: str
    chosen_start: str
    chosen_interpreter: str
    chosen_guest: str
    problems: tuple[Problem, ...]
    tried: tuple[Problem, ...] | None
    wishes: tuple[WishView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round in the list of rounds."""

    line: EventLine
    talks: int
    planned: int
    confirmed: int
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSheet:
    """The list of one person on paper. `role` is mentor or tolk; no address, no phone number."""

    who: str
    role: str
    school: str
    title: str
    days: tuple[tuple[date, tuple[TalkLine, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentCard:
    """The appointment of one family on paper, in Dutch and in its own language."""

    sheet: InvitationSheet
    mentor: str
    interpreter: bool
    own_name: str  # of the language, in that language
