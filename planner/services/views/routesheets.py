"""Paper for the hands that carry it: route sheets, cards, door signs and the list at the door."""

from dataclasses import dataclass
from datetime import datetime

from planner.services.views.rooms import PlanDrawing


@dataclass(frozen=True, slots=True, kw_only=True)
class TongueView:
    """A language on paper: code, direction, its own name and its fixed words. `draft` until a reader approved it."""

    code: str
    rtl: bool
    name: str
    own_name: str
    words: dict[str, str]
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOnPaper:
    """One line of a route: from when until when, where, and what can be said there.

    `what` is the stop or, at a table, who comes; `room` the room; `note` says more, such as a number of people.
    """

    start: datetime
    end: datetime
    what: str
    room: str
    sentences: tuple[str, ...] = ()
    note: str = ""
    idle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSheet:
    """A sheet for one person: what they do, with which group, and the route from minute to minute.

    `drawing` is the way on the floor plan, None when no room is known; not `beside` the route, it is on the back.
    """

    person: str
    task: str
    group: str
    persons: int
    languages: tuple[str, ...]
    tongue: TongueView | None
    begin: str
    steps: tuple[StepOnPaper, ...]
    drawing: PlanDrawing | None
    beside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCard:
    """A card for the families of a group, or for one guest: no names of others; words in their languages."""

    label: str
    tongues: tuple[TongueView, ...]
    guides: tuple[str, ...]
    steps: tuple[StepOnPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSign:
    """A sign for the door of a stop: who comes in when, with the languages in their own letters."""

    stop: str
    room: str
    steps: tuple[StepOnPaper, ...]
    tongues: tuple[TongueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLine:
    """A family on the list at the door, without anything to reach them by."""

    name: str
    group: str
    persons: int
    first: str
