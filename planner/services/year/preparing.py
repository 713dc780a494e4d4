"""Ticking the steps of a stappenplan."""

from datetime import datetime

from planner.domain.access.rights import Right
from planner.errors import NotFoundError
from planner.services.guarding import allowed
from planner.services.state import load_state
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.steps import StepDone, load_done_steps, mark_step


@allowed(Right.PLAN)
def tick(workspace: Workspace, event_id: str, step_id: str, *, by: str, now: datetime) -> None:
    """Mark a step as done, or take that back when it was done; NotFoundError for an unknown step."""
    state = load_state(workspace)
    if step_id not in {step.id for step in state.runbook(event_id).steps}:
        raise NotFoundError(f'Stap "{step_id}" hoort niet bij deze activiteit.')
    session = workspace.session
    with writing(session):
        done = (event_id, step_id) in load_done_steps(session)
        mark_step(session, event_id, step_id, done=None if done else StepDone(at=now, by=by))
