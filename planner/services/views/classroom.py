"""A mentor's own class, ready to be shown."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPupil:
    """A pupil with the own families: id, name, language, and whether they asked for an interpreter."""

    name: str
    leaves: date | None
    households: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMoment:
    """An activity for which pupils of the class are invited. `starts` is empty for a round of conversations."""

    title: str
    kind: str
    phase: int
    first: date
    last: date
    pupils: int
    starts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """One class."""

    name: str
    phase: int
    pupils: tuple[ClassPupil, ...]
    moments: tuple[ClassMoment, ...]
