"""Checked parts made into values of the domain, and a runbook written back as YAML."""

from dataclasses import MISSING, Field, fields
from datetime import time
from typing import Any, TypeVar

import yaml

from planner.definitions.schema import CheckPart, CyclePart, FormPart, Part, RulePart, RunbookPart
from planner.domain.cycle import Check, Cycle, Rule
from planner.domain.runbook import (
    Assignment,
    Clause,
    Form,
    Invitation,
    Material,
    Moment,
    OccurrenceRule,
    OwnInvitation,
    Place,
    Role,
    Row,
    Runbook,
    Step,
    Walk,
)

LINE_WIDTH = 110
_T = TypeVar("_T")
# What the domain calls a part of a runbook, and its key in the file where that differs.
_KEYS = {"rows": "runsheet", "steps": "preparation"}
_DAYS = {"first", "last"}  # the fields of a Moment that hold (month, day)


def runbook_of(part: RunbookPart) -> Runbook:
    """Return the runbook that a checked file describes."""
    values = _values(part, without=("runsheet", "preparation"))
    occurrences = _values(part.occurrences) | {"moments": _each(Moment, part.occurrences.moments)}
    values |= {
        "audience": _each(Clause, part.audience),
        "occurrences": OccurrenceRule(**occurrences),
        "lesson": Assignment(**_values(part.lesson)) if part.lesson else None,
        "home": Assignment(**_values(part.home)) if part.home else None,
        "invitation": Invitation(**_values(part.invitation)),
        "forms": tuple(_form(form) for form in part.forms),
        "links": tuple(part.links.items()),
    }
    return Runbook(**values | _contents(part, rows=part.runsheet, steps=part.preparation))


def cycle_of(part: CyclePart, runbooks: tuple[Runbook, ...]) -> Cycle:
    """Return the cycle that a checked file describes, with its runbooks in the file's order."""
    return Cycle(title=part.title, runbooks=runbooks, rules=tuple(_rule(rule) for rule in part.rules))


def dump_runbook(runbook: Runbook) -> str:
    """Return a runbook as YAML; loading that text gives the same runbook."""
    data = {_KEYS.get(key, key): value for key, value in _plain(runbook).items()}
    if runbook.links:
        data["links"] = dict(runbook.links)
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=LINE_WIDTH)


def _values(part: Part, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of a part, with lists as tuples."""
    named = {key: getattr(part, key) for key in type(part).model_fields if key not in without}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in named.items()}


def _each(kind: type[_T], parts: list[Any]) -> tuple[_T, ...]:
    return tuple(kind(**_values(part)) for part in parts)


def _contents(part: RunbookPart | FormPart, rows: list[Any], steps: list[Any]) -> dict[str, Any]:
    """Return what a runbook and an alternative form have in common."""
    return {
        "rows": _each(Row, rows),
        "steps": _each(Step, steps),
        "roles": _each(Role, part.roles),
        "places": _each(Place, part.places),
        "materials": _each(Material, part.materials),
        "walk": Walk(**_values(part.walk)) if part.walk else None,
    }


def _form(part: FormPart) -> Form:
    said = OwnInvitation(**_values(part.invitation)) if part.invitation else None
    return Form(**_values(part) | _contents(part, rows=part.rows, steps=part.steps) | {"invitation": said})


def _rule(part: RulePart) -> Rule:
    return Rule(**_values(part) | {"checks": tuple(_check(check) for check in part.checks)})


def _check(part: CheckPart) -> Check:
    return Check(**_values(part) | {"step": part.step or ""})


def _plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the runbook's dataclasses
    """Return a dataclass as a mapping for YAML, without what is left at its default."""
    result = {}
    for field in fields(value):
        content = getattr(value, field.name)
        if not _is_default(field, content):
            is_day = isinstance(value, Moment) and field.name in _DAYS
            result[field.name] = "{:02}-{:02}".format(*content) if is_day else _text(content)
    return result


def _is_default(field: Field[Any], content: object) -> bool:
    return content is None or content == () or (field.default is not MISSING and content == field.default)


def _text(content: Any) -> Any:  # noqa: ANN401 - anything that a field can hold
    if isinstance(content, bool):
        return "ja" if content else "nee"
    if isinstance(content, time):
        return content.isoformat("minutes")
    if isinstance(content, tuple):
        return [_text(item) for item in content]
    if isinstance(content, str):
        return str(content)
    return content if isinstance(content, int) else _plain(content)
