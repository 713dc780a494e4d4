"""Dividing people by hand: somebody on a task, off it, or kept there whatever is planned later."""

from collections.abc import Sequence
from dataclasses import replace

from planner.domain.access.rights import Right
from planner.domain.staffing.plan import Duty, bookings_of
from planner.domain.staffing.refusals import refusals
from planner.errors import InputError, NotFoundError
from planner.services.guarding import allowed
from planner.services.staffing.staffing import assign
from planner.services.state import YearState, load_state, read_state
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.staffing import bar_duty, save_duties


def _the_need(state: YearState, event_id: str, need_id: str) -> str:
    """Return the label of a task; NotFoundError when this event does not ask it."""
    state.event(event_id)
    need = state.staff_problem.needs.get(need_id)
    if need is None or need.event_id != event_id:
        raise NotFoundError("Deze taak is er niet (meer). Laad de pagina opnieuw en kies een taak uit de lijst.")
    return need.label(state.language_names)


def _soft(state: YearState) -> set[str]:
    return {violation.why for violation in state.staff_violations if not violation.hard}


def _refuse(state: YearState, need_id: str, person_id: str) -> None:
    """Raise InputError, naming every reason, when this person cannot have this task."""
    person, need = state.person(person_id), state.need(need_id)
    booked = bookings_of(state.staff_problem, state.staff_plan).get(person_id, [])
    if need in booked:
        raise InputError(f"{person.name} doet dit al.")
    free = replace(need, barred=frozenset())  # the school changes its mind with this very choice
    reasons = [refusal.why for refusal in refusals(person, free, booked, state.language_names)]
    if reasons:
        raise InputError(f"{person.name} kan dit niet doen: {'; '.join(reasons)}. Kies iemand anders.")
    there = sum(duty.need_id == need_id for duty in state.staff_plan)
    if need.maximum is not None and there >= need.maximum:
        raise InputError(f"{need.label(state.language_names)} is vol. Haal er eerst iemand af.")


def _store(workspace: Workspace, state: YearState, event_id: str, duties: Sequence[Duty]) -> None:
    bump_revision(workspace.session, seen=state.facts.revision)
    save_duties(workspace.session, event_id, tuple(duties))


@allowed(Right.PLAN)
def put(workspace: Workspace, event_id: str, need_id: str, person_id: str) -> tuple[str, ...]:
    """Give somebody a task and keep them there; return what that breaks, as Dutch sentences.

    InputError when a hard rule stands in the way; NotFoundError for an unknown event, task or person.
    """
    state, session = load_state(workspace), workspace.session
    _the_need(state, event_id, need_id)
    _refuse(state, need_id, person_id)
    duty = Duty(need_id=need_id, person_id=person_id, reason="Vastgezet door de school.", pinned=True)
    with writing(session):
        _store(workspace, state, event_id, (*state.duties.get(event_id, ()), duty))
        bar_duty(session, event_id, duty.key, barred=False)
        assign(workspace)
        after = read_state(workspace)
    return tuple(sorted(_soft(after) - _soft(state)))


@allowed(Right.PLAN)
def take_off(workspace: Workspace, event_id: str, need_id: str, person_id: str) -> None:
    """Take somebody off a task; only the school gives it back. NotFoundError for an unknown task or person."""
    state, session = load_state(workspace), workspace.session
    _the_need(state, event_id, need_id)
    state.person(person_id)
    with writing(session):
        left = [duty for duty in state.duties.get(event_id, ()) if duty.key != (need_id, person_id)]
        _store(workspace, state, event_id, left)
        bar_duty(session, event_id, (need_id, person_id), barred=True)
        assign(workspace)


@allowed(Right.PLAN)
def pin(workspace: Workspace, event_id: str, need_id: str, person_id: str, *, pinned: bool) -> None:
    """Keep somebody on a task whatever is planned later, or let planning choose; NotFoundError without such a task."""
    state, session = load_state(workspace), workspace.session
    _the_need(state, event_id, need_id)
    mine = state.duties.get(event_id, ())
    if (need_id, person_id) not in {duty.key for duty in mine}:
        raise NotFoundError("Deze persoon heeft deze taak niet (meer). Laad de pagina opnieuw.")
    # Without a reason the next division says again why this person is here.
    changed = [replace(duty, pinned=pinned, reason="") if duty.key == (need_id, person_id) else duty for duty in mine]
    with writing(session):
        _store(workspace, state, event_id, changed)
        assign(workspace)
