"""What families answered, ready to be shown: to themselves, to their mentor, to who reaches them, at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from planner.domain.families.answers import Reply
from planner.services.views.event import InvitationSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyPage:
    """The page on which a family answers. `texts` are in the language of `sheet`, or in Dutch when `is_dutch`.

    `choices` are all languages as (code, own name, right to left); the first `near` of them are those of the
    household and Dutch. `reply` is None as long as nobody answered.
    """

    sheet: InvitationSheet
    texts: Mapping[str, str]
    dutch: Mapping[str, str]
    is_dutch: bool
    choices: tuple[tuple[str, str, bool], ...]
    near: int
    is_open: bool
    reply: Reply | None
    most_persons: int
    most_children: int
    longest_question: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer for a colleague. `when` is None for silence; `by` names who wrote it down."""

    coming: bool | None = None
    persons: int = 0
    interpreter: str = ""
    children: int = 0
    question: str = ""
    source: str = ""
    by: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """A household in the list of a class; `typed` is what is in its field."""

    household_id: str
    name: str
    pupils: tuple[str, ...]
    language: str
    said: Said
    typed: str
    interpreter: bool
    is_wrong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerListView:
    """The answers of one class for one activity. `classes` are (id, name, silent) of those one may see."""

    event_id: str
    title: str
    first: date
    last: date
    classes: tuple[tuple[str, str, int], ...]
    class_id: str
    class_name: str
    lines: tuple[AnswerLine, ...]
    is_open: bool
    most_persons: int
    questions: tuple[tuple[str, str], ...]  # household, question


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEvent:
    """An activity in the list of answers, with how many of the families one sees said what."""

    event_id: str
    title: str
    first: date
    last: date
    coming: int
    cannot: int
    silent: int
    is_today: bool
    has_door: bool  # a round of conversations has none
    keeps_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachTry:
    """One step to reach a family; `mark` is empty as long as nobody took it."""

    step: str
    mark: str
    by: str
    when: datetime | None
    is_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachLine:
    """A silent family with what to do next. `helpers` are sleutelouders who speak its language."""

    household_id: str
    name: str
    pupils: tuple[str, ...]
    classes: tuple[str, ...]
    mentors: tuple[str, ...]
    language_code: str
    language: str
    helpers: tuple[str, ...]
    tries: tuple[ReachTry, ...]
    next_step: str
    sentence: str
    sentence_dutch: str
    sentence_code: str
    rtl: bool
    is_draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachView:
    """The families that said nothing about an activity, those for whom something can be done first."""

    event_id: str
    title: str
    first: date
    days_left: int
    families: int
    lines: tuple[ReachLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLine:
    """A family at the door; `persons` is how many are ticked, or how many are likely when nobody is."""

    household_id: str
    name: str
    pupils: tuple[str, ...]
    classes: tuple[str, ...]
    said: Said
    is_here: bool
    persons: int
    when: datetime | None
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorGroup:
    """The families of one language."""

    code: str
    language: str
    lines: tuple[DoorLine, ...]
    here: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorCount:
    """How many families and persons of a language or a class are there, and how many families are expected."""

    name: str
    here: int
    persons: int
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorView:
    """The list at the door."""

    event_id: str
    title: str
    first: date
    is_open: bool
    groups: tuple[DoorGroup, ...]
    languages: tuple[DoorCount, ...]
    classes: tuple[DoorCount, ...]
    total: DoorCount
    most_persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnoutLine:
    """Counts that stayed after the answers were erased; None for fewer than five."""

    kind: str
    name: str
    coming: int | None
    cannot: int | None
    silent: int | None
    present: int | None
