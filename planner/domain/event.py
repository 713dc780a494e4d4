"""An event: an occurrence on its day, with a dated draaiboek, a dated stappenplan and counted materials."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from planner.domain.calendar import Deadline, SchoolCalendar
from planner.domain.preparation import due
from planner.domain.runbook import Material, Per, Row, Runbook, Step
from planner.domain.year import PlannedEvent, local


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRow:
    """A draaiboek row on its day; `start` and `end` are aware (Amsterdam), `end` None when open."""

    row: Row
    start: datetime
    end: datetime | None
    places: tuple[str, ...]
    needs: tuple[str, ...]
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStep:
    """A step of the stappenplan with the day it is due."""

    step: Step
    deadline: Deadline


def count_of(material: Material, counts: Mapping[Per, int]) -> int:
    """Return how many of a material are needed; `counts` gives the number of people, families, rooms and so on."""
    return material.count * counts.get(material.per, 1)


def counted(material: Material, counts: Mapping[Per, int]) -> str:
    """Return a material with its number as a reader sees it: "48 × kaartje", or the bare name for a single thing."""
    number = count_of(material, counts)
    return material.name if number == 1 and material.per is Per.EVENT else f"{number} × {material.name}"


def dated_runsheet(runbook: Runbook, event: PlannedEvent, *, counts: Mapping[Per, int]) -> tuple[DatedRow, ...]:
    """Return the draaiboek of an event with date-times, place names, counted materials and role titles."""
    places = {place.id: place.name for place in runbook.places}
    materials = {material.id: material for material in runbook.materials}
    roles = {role.id: role.title for role in runbook.roles}
    return tuple(
        DatedRow(
            row=row,
            start=local(event.span.first, row.start),
            end=local(event.span.first, row.end) if row.end else None,
            places=tuple(places[place] for place in row.places),
            needs=tuple(counted(materials[need], counts) for need in row.needs),
            responsible=tuple(roles[role] for role in row.responsible),
        )
        for row in runbook.rows
    )


def dated_preparation(runbook: Runbook, event: PlannedEvent, *, calendar: SchoolCalendar) -> tuple[DatedStep, ...]:
    """Return the stappenplan of an event, in order of the day each step is due.

    Steps before the day count back from its first day, steps after it count on from its last day.
    """
    dated = [
        DatedStep(
            step=step,
            deadline=due(step, calendar=calendar, day=event.span.last if step.weeks_before < 0 else event.span.first),
        )
        for step in runbook.steps
    ]
    return tuple(sorted(dated, key=lambda each: (each.deadline.due, each.step.id)))


def groups_for(persons: int, size: int | None) -> int:
    """Return how many groups `persons` people make at `size` a group (rule: the interessemarkt's 16); at least 1."""
    return max(1, ceil(persons / size)) if size else 1
