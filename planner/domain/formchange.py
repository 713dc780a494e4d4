"""What another form of an activity changes, before it is chosen: rows, steps, people, rooms and things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.event import form_of, rows_of, steps_of
from planner.domain.runbook import Material, Place, Role, Runbook


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """What comes and what goes in one part of the runbook, in words; `part` is its heading."""

    part: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChange:
    """Everything another form changes. `kept_steps` are steps that were done and wait until they count again."""

    parts: tuple[PartChange, ...]
    kept_steps: tuple[str, ...] = ()


def _titled(main: Iterable[Role], own: Iterable[Role], gone: frozenset[str]) -> dict[str, str]:
    return {role.id: role.title for role in main if role.id not in gone} | {role.id: role.title for role in own}


def _named(main: Iterable[Place | Material], own: Iterable[Place | Material], gone: frozenset[str]) -> dict[str, str]:
    return {each.id: each.name for each in main if each.id not in gone} | {each.id: each.name for each in own}


def _parts(runbook: Runbook, form_id: str | None) -> Mapping[str, Mapping[str, str]]:
    """Return the words of everything in a form, by part and id."""
    form = form_of(runbook, form_id)
    gone = frozenset(form.drops) if form else frozenset[str]()
    return {
        "Draaiboek": {row.id: f"{row.start:%H:%M} {row.what}" for row in rows_of(runbook, form_id)},
        "Stappenplan": {step.id: step.what for step in steps_of(runbook, form_id)},
        "Mensen": _titled(runbook.roles, form.roles if form else (), gone),
        "Plekken": _named(runbook.places, form.places if form else (), gone),
        "Klaarleggen": _named(runbook.materials, form.materials if form else (), gone),
    }


def form_change(
    runbook: Runbook, now: str | None, then: str | None, *, done: frozenset[str] = frozenset()
) -> FormChange:
    """Return what choosing form `then` changes when form `now` is chosen; None is the main form.

    `done` are the ids of finished steps. Nothing that people did is lost: what a form does not ask waits.
    """
    before, after = _parts(runbook, now), _parts(runbook, then)
    parts = tuple(
        PartChange(
            part=part,
            added=tuple(words for key, words in after[part].items() if before[part].get(key) != words),
            dropped=tuple(words for key, words in before[part].items() if after[part].get(key) != words),
        )
        for part in before
    )
    waiting = tuple(words for key, words in before["Stappenplan"].items() if key in done - after["Stappenplan"].keys())
    return FormChange(parts=tuple(part for part in parts if part.added or part.dropped), kept_steps=waiting)
