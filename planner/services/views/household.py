"""Families and letting go of their data, ready to be shown."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdLine:
    """A household in the list."""

    id: str
    name: str
    language: str
    pupils: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilFacts:
    """All that is kept of a pupil. `is_shared` says that the pupil belongs to another household as well."""

    number: str
    first_name: str
    last_name: str
    school_class: str
    phase: int
    route: int
    started: date
    leaves: date | None
    destination: str
    is_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFacts:
    """An activity that a household is meant for; `link` says whether there is a page for them, and if it works.

    `texts` is what its pupils wrote on the invitation.
    """

    activity: str
    first: date
    last: date
    pupils: tuple[str, ...]
    is_invited: bool
    link: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """What a household answered for an activity, as long as it is kept; `here` is how many came, None for nobody."""

    activity: str
    first: date
    coming: bool | None
    persons: int
    interpreter: str
    children: int
    question: str
    source: str
    by: str
    at: datetime | None
    here: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """A talk of a round that this household has a part in; without a `day` it has no time yet."""

    activity: str
    day: date | None
    start: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """Everything that Schakelplan keeps of one household. `helpers` are its adults who help at activities."""

    id: str
    name: str
    language: str
    adults: int
    interpreter: bool
    relation: str
    pupils: tuple[PupilFacts, ...]
    invitations: tuple[InvitationFacts, ...]
    answers: tuple[AnswerFacts, ...]
    helpers: tuple[str, ...]
    talks: tuple[TalkFacts, ...] = ()
    wish: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyLine:
    """How many households there were; None for fewer than five, so that nobody can be recognised."""

    day: date
    kind: str
    name: str
    households: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanUpView:
    """What the yearly clean-up takes away, and what stays."""

    pupils: tuple[tuple[str, str, date], ...]  # name, class, the day on which they left
    households: tuple[str, ...]
    links: int
    answers: int
    sessions: int
    tasks: int
    prints: int
    publications: int
    counts: tuple[TallyLine, ...]  # of today; kept when people go
    tallies: tuple[TallyLine, ...]  # of earlier clean-ups
    stays: tuple[str, ...]
    talks: int = 0
