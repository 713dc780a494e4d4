"""An event: an occurrence on its day, with a dated draaiboek, a dated stappenplan and counted materials."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from planner.domain.calendar import Deadline, SchoolCalendar
from planner.domain.evenings import root_of
from planner.domain.preparation import due
from planner.domain.runbook import Form, Material, Per, Row, Runbook, Step, Walk
from planner.domain.school import School
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


def form_of(runbook: Runbook, form_id: str | None) -> Form | None:
    """Return the chosen alternative form, None for the main form; KeyError for an unknown one."""
    return {form.id: form for form in runbook.forms}[form_id] if form_id else None


def walk_of(runbook: Runbook, form_id: str | None) -> Walk | None:
    """Return how people go round in the chosen form, None when they do not; KeyError for an unknown form."""
    form = form_of(runbook, form_id)
    return form.walk if form else runbook.walk


def rows_of(runbook: Runbook, form_id: str | None = None) -> tuple[Row, ...]:
    """Return the draaiboek rows of the chosen form, in order of time."""
    form = form_of(runbook, form_id)
    if form is None:
        return runbook.rows
    kept = (row for row in runbook.rows if row.id not in form.drops)
    return tuple(sorted((*kept, *form.rows), key=lambda row: (row.start, row.end or row.start, row.id)))


def steps_of(runbook: Runbook, form_id: str | None = None) -> tuple[Step, ...]:
    """Return the preparation steps of the chosen form."""
    form = form_of(runbook, form_id)
    if form is None:
        return runbook.steps
    return (*(step for step in runbook.steps if step.id not in form.drops), *form.steps)


def count_of(material: Material, counts: Mapping[Per, int]) -> int:
    """Return how many of a material are needed; `counts` gives the number of people, families, rooms and so on."""
    return material.count * counts.get(material.per, 1)


def counted(material: Material, counts: Mapping[Per, int]) -> str:
    """Return a material with its number as a reader sees it: "48 × kaartje", or the bare name for a single thing."""
    number = count_of(material, counts)
    return material.name if number == 1 and material.per is Per.EVENT else f"{number} × {material.name}"


def dated_runsheet(
    runbook: Runbook, event: PlannedEvent, *, counts: Mapping[Per, int], form_id: str | None = None
) -> tuple[DatedRow, ...]:
    """Return the draaiboek of an event with date-times, place names, counted materials and role titles."""
    form = form_of(runbook, form_id)
    places = {p.id: p.name for p in (*runbook.places, *(form.places if form else ()))}
    materials = {m.id: m for m in (*runbook.materials, *(form.materials if form else ()))}
    roles = {r.id: r.title for r in (*runbook.roles, *(form.roles if form else ()))}
    return tuple(
        DatedRow(
            row=row,
            start=local(event.span.first, row.start),
            end=local(event.span.first, row.end) if row.end else None,
            places=tuple(places[place] for place in row.places),
            needs=tuple(counted(materials[need], counts) for need in row.needs),
            responsible=tuple(roles[role] for role in row.responsible),
        )
        for row in rows_of(runbook, form_id)
    )


def dated_preparation(
    runbook: Runbook, event: PlannedEvent, *, calendar: SchoolCalendar, form_id: str | None = None
) -> tuple[DatedStep, ...]:
    """Return the stappenplan of an event, in order of the day each step is due.

    Steps before the day count back from its first day, steps after it count on from its last day.
    """
    dated = [
        DatedStep(
            step=step,
            deadline=due(step, calendar=calendar, day=event.span.last if step.weeks_before < 0 else event.span.first),
        )
        for step in steps_of(runbook, form_id)
    ]
    return tuple(sorted(dated, key=lambda each: (each.deadline.due, each.step.id)))


def sectors_of(runbook: Runbook, school: School, event_id: str) -> tuple[str, ...]:
    """Return the sectors an event shows: those of the runbook, and what the school shows besides."""
    return (*runbook.sectors, *school.more_sectors.get(root_of(event_id), ()))


def groups_for(persons: int, size: int | None) -> int:
    """Return how many groups `persons` people make at `size` a group (rule: the interessemarkt's 16); at least 1."""
    return max(1, ceil(persons / size)) if size else 1
