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
class Told:
    """What can be said at a place, in Dutch and in one other language. `draft` until a reader approved that."""

    dutch: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOnPaper:
    """One line of a route: from when until when, where, and what can be said there.

    `what` is the stop or, at a table, who comes; `room` the room; `note` says more, such as a number of people.
    """

    start: datetime
    end: datetime
    what: str
    room: str
    told: Told = Told()
    note: str = ""
    idle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteSheet:
    """A sheet for one person: what they do, with which group, and the route from minute to minute.

    `told` is what can be said every time, when that is the same each time. `draft` until a reader approved all that
    is in the own language. `drawing` is the way on the floor plan, None when no room is known; not `beside` the
    route, it is on the back.
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
    told: Told = Told()

    @property
    def draft(self) -> bool:
        """Whether nobody who knows the language has checked all of it yet."""
        told = (self.told, *(step.told for step in self.steps))
        return self.tongue is not None and (self.tongue.draft or any(each.draft for each in told))


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteCard:
    """A card for the families of a group, or for one guest: no names of others; words in their languages."""

    label: str
    tongues: tuple[TongueView, ...]
    guides: tuple[str, ...]
    steps: tuple[StepOnPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSign:
    """A sign for the door of a stop: who comes in when, and in each language of who waits what there is inside.

    `says` is that sentence in Dutch and `told` the same in each other language, empty where there is none.
    """

    stop: str
    room: str
    steps: tuple[StepOnPaper, ...]
    says: str
    told: tuple[tuple[TongueView, Told], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLine:
    """A family on the list at the door, without anything to reach them by."""

    name: str
    group: str
    persons: int
    first: str
