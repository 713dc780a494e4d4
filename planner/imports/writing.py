"""How our template writes a value: the other way round of `cells`, so that what we write we can read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any

from planner.domain.rooms.room import Room
from planner.domain.school import Household, Pupil
from planner.domain.staffing.people import Person, PersonKind, Skill
from planner.imports.columns import Kind
from planner.imports.known import COLUMNS, KIND_WORDS, WEEKDAYS

FLUENT = (3, 3, 3)
# The fields of a value that our template has, by its column.
FIELDS: Mapping[Kind, Mapping[str, str]] = {
    Kind.PUPILS: {
        "number": "number",
        "first": "first_name",
        "last": "last_name",
        "class": "class_id",
        "phase": "phase",
        "route": "route",
        "started": "started",
        "leaves": "leaves",
        "destination": "destination",
    },
    Kind.HOUSEHOLDS: {
        "code": "id",
        "name": "name",
        "pupils": "pupil_ids",
        "language": "language",
        "adults": "adults",
        "interpreter": "interpreter",
        "relation": "relation",
    },
    Kind.PEOPLE: {
        "code": "id",
        "name": "name",
        "kind": "kind",
        "roles": "roles",
        "skills": "skills",
        "weekdays": "weekdays",
        "not_before": "not_before",
        "unavailable": "unavailable",
        "max_evenings": "max_evenings",
        "max_hours": "max_hours",
        "class": "class_id",
        "children": "children",
        "channel": "channel",
        "consent": "consent",
        "sector": "sector",
        "organisation": "organisation",
    },
    Kind.ROOMS: {"code": "id", **{field.name: field.name for field in fields(Room) if field.name != "id"}},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How ids are said: names of classes, numbers of pupils, names of languages and roles."""

    classes: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)


def label(value: Pupil | Household | Person | Room) -> str:
    """Return what a person calls somebody or something in a list."""
    if isinstance(value, Pupil):
        return f"{value.first_name} {value.last_name} ({value.number})"
    return value.name


def row_of(kind: Kind, value: object, words: Words) -> tuple[str, ...]:
    """Return a value as a row of our template."""
    return tuple(
        say(column.id, getattr(value, FIELDS[kind][column.id]), words) if column.id in FIELDS[kind] else ""
        for column in COLUMNS[kind]
        if column.in_template
    )


def differences(kind: Kind, before: object, after: object, words: Words) -> tuple[tuple[str, str, str], ...]:
    """Return (title, before, after) of each field that differs."""
    titles = {column.id: column.title for column in COLUMNS[kind]}
    return tuple(
        (titles[column], say(column, getattr(before, name), words), say(column, getattr(after, name), words))
        for column, name in FIELDS[kind].items()
        if getattr(before, name) != getattr(after, name)
    )


def say(column: str, value: Any, words: Words) -> str:  # noqa: ANN401, PLR0911 - any field of any list
    """Return a value as text for a column; empty for nothing."""
    if value is None:
        return ""
    if column == "class":
        return words.classes.get(value, value)
    if column in {"pupils", "children"}:
        return _joined(words.numbers.get(each, each) for each in (value if column == "pupils" else sorted(value)))
    if column == "language":
        return words.languages.get(value, value)
    if column == "roles":
        return _joined(sorted(words.roles.get(role, role) for role in value))
    if column == "skills":
        return _joined(_skill(skill, words) for skill in value)
    if column == "weekdays":
        return " ".join(WEEKDAYS[day] for day in sorted(value))
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, PersonKind):
        return KIND_WORDS[value]
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, frozenset):
        return _joined(_plain(each) for each in sorted(value))
    return f"{value:.17g}" if isinstance(value, float) else str(value)


def _skill(skill: Skill, words: Words) -> str:
    levels = (skill.understands, skill.speaks, skill.reads)
    spoken = words.languages.get(skill.language, skill.language)
    return spoken if levels == FLUENT else f"{spoken} {''.join(str(level) for level in levels)}"


def _joined(texts: Iterable[str]) -> str:
    return ", ".join(texts)
