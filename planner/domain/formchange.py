"""What another form of an activity changes, before it is chosen: rows, steps, people, rooms and things."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.forms import in_form
from planner.domain.runbook import Runbook


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


def _parts(runbook: Runbook) -> Mapping[str, Mapping[str, str]]:
    """Return the words of everything in a runbook, by part and id."""
    said = runbook.invitation
    until = f"–{said.end:%H:%M}" if said.end else ""
    about = (f"{said.start:%H:%M}{until}", *said.about) if runbook.gathers else ()
    return {
        "Draaiboek": {row.id: f"{row.start:%H:%M} {row.what}" for row in runbook.rows},
        "Stappenplan": {step.id: step.what for step in runbook.steps},
        "Mensen": {role.id: role.title for role in runbook.roles},
        "Plekken": {place.id: place.name for place in runbook.places},
        "Klaarleggen": {material.id: material.name for material in runbook.materials},
        "Uitnodiging": {line: line for line in about},
    }


def form_change(
    runbook: Runbook, now: str | None, then: str | None, *, done: frozenset[str] = frozenset()
) -> FormChange:
    """Return what choosing form `then` changes when form `now` is chosen; None is the main form.

    `done` are the ids of finished steps. Nothing that people did is lost: what a form does not ask waits.
    """
    before, after = _parts(in_form(runbook, now)), _parts(in_form(runbook, then))
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
