"""One event, its sheets and its invitations, ready to be shown."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.exports.qr import qr_svg
from planner.services.views.year import EventLine, Problem

QR_MILLIMETRES = 34  # the reliability notes ask for 25 at least


def code_picture(text: str) -> str:
    """Return the QR code of an address as a drawing for a page."""
    return qr_svg(text, millimetres=QR_MILLIMETRES)


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
    need_id: str = ""
    pinned: bool = False


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
    declined: tuple[str, ...]
    rooms: tuple[RoomUseView, ...]
    per_language: tuple[FamilyCount, ...]
    per_class: tuple[FamilyCount, ...]
    pupils: int
    persons: int
    coming: int
    cannot: int
    silent: int
    children: int  # for child care
    problems: tuple[Problem, ...]
    materials: tuple[str, ...]
    outcomes: tuple[str, ...]
    aftercare: tuple[str, ...]
    lesson: str
    home: str
    forms: tuple[FormView, ...]
    goes_round: bool
    gathers: bool  # whether families come to school for it
    invitation_title: str
    invitation_about: tuple[str, ...]


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
    draft: bool
    title_own: str = ""
    greeting: str = ""
    greeting_own: str = ""
    who_own: str = ""
    border: str = ""
    colour: bool = False
    crowded: bool = False
    household_id: str = ""
    self_made: bool = False
    code: str = ""  # to type or say; empty where it is not shown
    code_extra: str = ""

    @property
    def qr_svg(self) -> str:
        """The code of the address as a drawing, for a page on a screen; paper draws its own."""
        return code_picture(self.url) if self.url else ""
