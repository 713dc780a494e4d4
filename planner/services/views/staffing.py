"""Who does what at an evening, by language and as a proposal, ready to be shown."""

from dataclasses import dataclass
from datetime import date, datetime

from planner.services.views.year import EventLine


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """Somebody's name, with the id for a link and how to ask them (or "")."""

    id: str
    name: str
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """A cell of the coverage matrix: families expected, who interprets, and who could when nobody does."""

    families: int
    people: tuple[NameView, ...]
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A column of the matrix: a place and a part of the evening (aware UTC)."""

    place: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A row of the matrix: a language; a part where no family of it sits is None."""

    language: str
    families: int
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """Somebody on a task, and why."""

    person: NameView
    why: str
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A task with who does it, how many are missing with why nobody does, and who could be chosen."""

    id: str
    role: str
    scope: str
    start: datetime
    end: datetime
    posts: tuple[PostView, ...]
    missing: int
    why: str
    options: tuple[NameView, ...]
    optional: bool
    is_round: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """The division of people of one event. `choices` are all tasks to choose from, as (id, words).

    `in_groups` says who is missing when the families go round in their groups, or sit at tables.
    """

    line: EventLine
    parts: tuple[PartView, ...]
    matrix: tuple[MatrixRow, ...]
    needs: tuple[NeedView, ...]
    posts: tuple[NeedView, ...]
    choices: tuple[tuple[str, str], ...]
    people: tuple[NameView, ...]
    broken: tuple[str, ...]
    in_groups: tuple[str, ...] = ()
    nobody: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageEvening:
    """A language at one event: families, who interprets, and in how many places nobody does."""

    event: EventLine
    families: int
    people: tuple[NameView, ...]
    open_places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLine:
    """A language of the school: families, who can interpret it, and the events where it is needed."""

    code: str
    name: str
    families: int
    people: tuple[NameView, ...]
    evenings: tuple[LanguageEvening, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """How far a goal of the search came, in words."""

    name: str
    text: str
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveView:
    """A task that somebody loses or gets."""

    event: str
    day: date
    task: str
    person: NameView
    is_told: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal to look at before it becomes the plan. `without` is who drops out, or ""."""

    id: str
    title: str
    without: str
    goals: tuple[GoalView, ...]
    gone: tuple[MoveView, ...]
    new: tuple[MoveView, ...]
    open_places: tuple[str, ...]
    is_outdated: bool
    back: str
