"""Going round as readers see it: the verdict, the grid, the groups, and the sheets for the hands that carry them."""

from dataclasses import dataclass
from datetime import datetime

from planner.services.views.rooms import PlanDrawing
from planner.services.views.year import EventLine, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairView:
    """A smallest change that makes the evening fit, and what follows; `can_take_over` when one tap does it.

    `names` are words to begin with for what has to be named first: sectors. `then` is what has to follow when the
    change is not enough on its own.
    """

    kind: str
    what: str
    can_take_over: bool
    follows: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledView:
    """Something the school decided that can be taken back; `others` are ids and titles of the other evenings."""

    kind: str
    what: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round with its times (aware)."""

    number: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """Who is at a stop in a round: labels of walkers, and whether that was fixed by hand."""

    walkers: tuple[str, ...]
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """A row of the grid: a stop with its room, who tells there, a cell for each round, and what is wrong there."""

    id: str
    name: str
    where: str
    hosts: tuple[str, ...]
    cells: tuple[CellView, ...]
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMapLine:
    """A stop in one round: its room ("" without one), who is there, and how many people that is."""

    room: str
    stop: str
    walkers: tuple[str, ...]
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMapView:
    """One round on the floor plan, with the rounds to choose from; `waiting` is who has no stop in this round."""

    id: str
    title: str
    is_planned: bool
    rounds: tuple[RoundView, ...]
    number: int
    drawing: PlanDrawing
    lines: tuple[RoundMapLine, ...]
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanionView:
    """Somebody who walks along."""

    person_id: str
    name: str
    task: str
    languages: tuple[str, ...]
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyView:
    """A family in a group."""

    id: str
    name: str
    language: str
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A group, or one guest at the tables: who is in it, who walks along, where it is when, and what is wrong."""

    id: str
    label: str
    persons: int
    languages: tuple[str, ...]
    classes: tuple[str, ...]
    families: tuple[FamilyView, ...]
    companions: tuple[CompanionView, ...]
    route: tuple[str, ...]
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """Something to choose in a list: an id with its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFor:
    """What the last repair changed, for whom."""

    who: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """Something that is out tonight, and can be let in again: `what` is lost, absent, away or late."""

    what: str
    id: str
    name: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WishView:
    """The wishes of one class: a number for each topic, in the order of the topics."""

    class_id: str
    name: str
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteView:
    """The page of going round."""

    line: EventLine
    form: str
    shape: str
    verdict: str
    fits: bool
    is_planned: bool
    stamp: str  # of the groups on this page
    has_rounds: bool
    in_groups: bool
    repairs: tuple[RepairView, ...]
    shortages: tuple[str, ...]
    problems: tuple[Problem, ...]
    changes: tuple[ChangeFor, ...]
    rounds: tuple[RoundView, ...]
    stops: tuple[StopView, ...]
    groups: tuple[GroupView, ...]
    reserves: tuple[CompanionView, ...]
    marks: tuple[MarkView, ...]
    stop_choices: tuple[ChoiceView, ...]
    person_choices: tuple[ChoiceView, ...]
    late_choices: tuple[ChoiceView, ...]
    away_choices: tuple[ChoiceView, ...]  # where nobody walks in groups
    topics: tuple[str, ...]
    wishes: tuple[WishView, ...]
    any_pinned: bool
    settled: tuple[SettledView, ...] = ()
    told_at: datetime | None = None
    told_by: str = ""
    can_undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPartView:
    """What a form adds and drops in one part of the runbook."""

    part: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoiceView:
    """A form to choose, with what it changes from the one that is chosen now."""

    id: str
    title: str
    what: str
    chosen: bool
    parts: tuple[FormPartView, ...]
    waiting: tuple[str, ...]
    has_groups: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsView:
    """The page on which a form is chosen."""

    line: EventLine
    forms: tuple[FormChoiceView, ...]
