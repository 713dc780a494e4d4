"""A runbook: what one activity of the cycle is, as the toolkit gives it and the school adapts it."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Kind(StrEnum):
    """The two kinds of activity."""

    EVENING = "bijeenkomst"
    CONVERSATION = "gesprek"


class Source(StrEnum):
    """Where a fact comes from: the toolkit, or proposed by us where the toolkit is silent."""

    TOOLKIT = "toolkit"
    PROPOSED = "proposed"


class Per(StrEnum):
    """What a minimum, a count or a place is counted per."""

    EVENT = "event"
    CLASS = "class"
    LANGUAGE = "language"
    SECTOR = "sector"
    GROUP = "group"
    ROOM = "room"
    PERSON = "person"
    PARENT = "parent"
    PUPIL = "pupil"
    FAMILY = "family"


class Split(StrEnum):
    """How an activity is divided into occurrences."""

    ALL = "all"
    LANGUAGE = "language"
    CLASS = "class"
    DESTINATION = "destination"


class StepKind(StrEnum):
    """What a preparation step is; lessons, homework and invitations take part in rules."""

    TASK = "task"
    LESSON = "lesson"
    HOME = "home"
    INVITE = "invite"
    FOLLOW_UP = "follow_up"


class Shape(StrEnum):
    """How people go round on an evening: in groups past stops, or as families past people at tables."""

    CAROUSEL = "carousel"
    TOUR = "tour"
    SPEED_DATE = "speed_date"
    SLOTS = "slots"
    GROUPS = "groups"
    CLASSES = "classes"


class Anchor(StrEnum):
    """What a step's date is counted from."""

    EVENT = "event"
    BEFORE_SUMMER = "before_summer"
    NEXT_LESSON = "next_lesson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One way to belong to an audience; every given part must hold. Months and weeks are around the event's date."""

    phases: tuple[int, ...] = ()
    routes: tuple[int, ...] = ()
    started_within_months: int | None = None
    starts_within_weeks: int = 0
    leaves_within_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time of the year at which an activity takes place; `first` and `last` are (month, day).

    With `only_with_pupils` the moment is planned only when pupils are known for it.
    """

    id: str
    title: str
    first: tuple[int, int]
    last: tuple[int, int]
    only_with_pupils: bool = False
    source: Source = Source.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class OccurrenceRule:
    """How many times the activity is held, and for whom each time.

    With `Split.LANGUAGE` a language of at least `own_group_from` families gets its own occurrence, for
    at most `own_groups` languages; the other languages share one evening, each in its own room.
    """

    split: Split
    moments: tuple[Moment, ...]
    own_group_from: int = 4
    own_groups: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A kind of room the activity needs, `per` event, class, language or sector.

    `says` are three short sentences (A2) that whoever brings a group there can say about it. A place `outside`
    is not in the school, so it asks no room of it.
    """

    id: str
    name: str
    per: Per = Per.EVENT
    features: tuple[str, ...] = ()
    capacity: int | None = None
    says: tuple[str, ...] = ()
    outside: bool = False
    source: Source = Source.TOOLKIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A thing to have ready: `count` of it per event, person, parent and so on."""

    id: str
    name: str
    count: int
    per: Per
    source: Source = Source.TOOLKIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the draaiboek. `end` is None where the row ends openly; `needs` are material ids."""

    id: str
    start: time
    end: time | None
    places: tuple[str, ...]
    needs: tuple[str, ...]
    what: str
    responsible: tuple[str, ...]
    parallel: bool = False
    source: Source = Source.TOOLKIT
    responsible_source: Source = Source.TOOLKIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the stappenplan. `weeks_before` counts school weeks; negative is after the day."""

    id: str
    what: str
    who: tuple[str, ...]
    weeks_before: int
    anchor: Anchor = Anchor.EVENT
    kind: StepKind = StepKind.TASK
    link: str | None = None
    condition: str | None = None
    source: Source = Source.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role in this activity, with how many people it needs per evening, class, language or parents.

    Per parent the minimum is for `each` so many parents: 6 each 10 asks 20 people for 33 parents. `interprets` marks
    the roles that stand between Dutch and a home language. `maximum` None is no limit.
    """

    id: str
    title: str
    minimum: int
    maximum: int | None
    per: Per
    each: int = 1
    interprets: bool = False
    optional: bool = False
    source: Source = Source.TOOLKIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How people go round: during the draaiboek row `row`, past `places` in this order, in sessions of minutes.

    `gap_minutes` is the least time between two sessions, `wanted` how many stops each should see (0 is all) and
    `guides` the roles that walk along. A carousel goes past a place once for each sector when that is what the
    place is counted per.
    """

    shape: Shape
    row: str
    places: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    session_minutes: int = 20
    gap_minutes: int = 0
    group_size: int = 16
    wanted: int = 0
    source: Source = Source.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnInvitation:
    """What the invitation says in one form, where that is something else: lines on what it is about, and when."""

    about: tuple[str, ...]
    start: time
    end: time | None
    source: Source = Source.PROPOSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(OwnInvitation):
    """What the invitation of an activity says: also a title and who may come, which stay in every form."""

    title: str
    who_may_come: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An alternative form of the activity: what it drops from the main form and what it adds.

    `invitation` is None when the form invites to the same as the main form does.
    """

    id: str
    title: str
    shape: str
    what: str
    drops: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    steps: tuple[Step, ...] = ()
    roles: tuple[Role, ...] = ()
    places: tuple[Place, ...] = ()
    materials: tuple[Material, ...] = ()
    walk: Walk | None = None
    invitation: OwnInvitation | None = None
    source: Source = Source.TOOLKIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Preparation by pupils: in a lesson or at home; `step` is the step that plans it, None when optional."""

    title: str
    what: str
    step: str | None
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Runbook:
    """One activity of the cycle in full; `form_id` is that of the form it is in, None for the main form."""

    id: str
    title: str
    short: str
    goal: str
    phase: int
    kind: Kind
    audience: tuple[Clause, ...]
    occurrences: OccurrenceRule
    places: tuple[Place, ...]
    roles: tuple[Role, ...]
    materials: tuple[Material, ...]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    lesson: Assignment | None
    home: Assignment | None
    forms: tuple[Form, ...]
    outcomes: tuple[str, ...]
    aftercare: tuple[str, ...]
    invitation: Invitation
    links: tuple[tuple[str, str], ...] = ()
    sectors: tuple[str, ...] = ()
    sector_features: tuple[tuple[str, str], ...] = ()
    group_size: int | None = None
    round_school_days: int = 1
    slot_minutes: int = 30
    walk: Walk | None = None
    form_id: str | None = None

    @property
    def gathers(self) -> bool:
        """Whether families come to school for it: a form of tasks and deadlines only has no draaiboek."""
        return self.kind is Kind.CONVERSATION or bool(self.rows)
