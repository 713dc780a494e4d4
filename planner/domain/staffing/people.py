"""People who carry an activity: staff, sleutelouders, professionals, alumni, partners."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class PersonKind(StrEnum):
    """Why someone is known to the school."""

    STAFF = "staff"
    KEY_PARENT = "sleutelouder"
    PROFESSIONAL = "beroepsbeoefenaar"
    ALUMNUS = "oud-leerling"
    PARTNER = "partner"
    VOLUNTEER = "vrijwilliger"


class Channel(StrEnum):
    """How someone likes to be asked. The number or address itself is not kept here."""

    MAIL = "mail"
    PHONE = "bellen"
    APP = "appen"
    LETTER = "brief"
    CHILD = "via het kind"
    MENTOR = "via de mentor"
    IN_PERSON = "persoonlijk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """How well a person handles a language: 0 (not) to 3 (fluent), for listening, speaking and reading."""

    language: str
    understands: int = 3
    speaks: int = 3
    reads: int = 3

    @property
    def interprets(self) -> bool:
        """Whether this is enough to interpret a conversation: understands and speaks at 2 or more."""
        return self.understands >= 2 and self.speaks >= 2  # noqa: PLR2004 - the scale is in the class docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """A task to which somebody said no, by the id of the need, the day (local) on which they said so, and why."""

    need_id: str
    said_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who can be asked for a task, with their own limits.

    `roles` are role ids of the runbooks; `weekdays` the days (0 = Monday) someone can be asked;
    `not_before` the earliest time of day; `children` the ids of own children at this school (a
    sleutelouder never interprets for them); `class_id` the class a mentor leads; `sector` the work of
    a professional or subject teacher; `max_evenings` and `max_hours` what someone wants in a year
    and in one evening; `declined` the tasks they said no to: they are not asked again for that evening. `beside` are
    ids of colleagues someone likes to work with, `rooms` ids of rooms they belong in. Without `consent` nobody is
    planned: they have not said that they may be asked. `channel` is how to ask them.
    """

    id: str
    name: str
    kind: PersonKind
    roles: frozenset[str]
    skills: tuple[Skill, ...] = ()
    weekdays: frozenset[int] = frozenset(range(5))
    not_before: time | None = None
    unavailable: frozenset[date] = frozenset()
    max_evenings: int = 99
    max_hours: float = 24.0
    children: frozenset[str] = frozenset()
    class_id: str | None = None
    sector: str | None = None
    organisation: str | None = None
    declined: frozenset[Decline] = frozenset()
    beside: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    consent: bool = True
    channel: Channel | None = None

    def interprets(self, language: str) -> bool:
        """Return whether this person can interpret between Dutch and `language`."""
        return any(skill.language == language and skill.interprets for skill in self.skills)
