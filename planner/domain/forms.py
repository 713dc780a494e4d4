"""The forms of an activity: a runbook in another form is a runbook again, with what the form drops and adds."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from planner.domain.runbook import Form, Runbook


class _Part(Protocol):
    @property
    def id(self) -> str: ...


_P = TypeVar("_P", bound=_Part)


def form_of(runbook: Runbook, form_id: str | None) -> Form | None:
    """Return the chosen alternative form, None for the main form; KeyError for an unknown one."""
    return {form.id: form for form in runbook.forms}[form_id] if form_id else None


def _kept(form: Form, main: Iterable[_P], own: tuple[_P, ...]) -> tuple[_P, ...]:
    gone = {*form.drops, *(each.id for each in own)}
    return (*(each for each in main if each.id not in gone), *own)


def in_form(runbook: Runbook, form_id: str | None) -> Runbook:
    """Return an activity as it is in its chosen form; KeyError for an unknown one.

    What the form drops is gone, what it adds is there, and what has the id of something in the runbook takes its
    place. A form says itself how people go round, and what the invitation says when that is something else.
    """
    form = form_of(runbook, form_id)
    if form is None:
        return runbook

    rows, own = _kept(form, runbook.rows, form.rows), form.invitation
    said = replace(runbook.invitation, about=own.about, start=own.start, end=own.end) if own else runbook.invitation
    return replace(
        runbook,
        places=_kept(form, runbook.places, form.places),
        roles=_kept(form, runbook.roles, form.roles),
        materials=_kept(form, runbook.materials, form.materials),
        rows=tuple(sorted(rows, key=lambda row: (row.start, row.end or row.start, row.id))),
        steps=_kept(form, runbook.steps, form.steps),
        invitation=said,
        group_size=form.walk.group_size if form.walk else runbook.group_size,
        walk=form.walk,
        form_id=form.id,
    )
