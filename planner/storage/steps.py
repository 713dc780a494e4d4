"""Which steps of the stappenplan are done, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from planner.storage.db import AnySession
from planner.storage.events import event_row
from planner.storage.models import StepStateRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """That a step is done: when (aware UTC) and by whom."""

    at: datetime
    by: str


def load_done_steps(session: AnySession) -> Mapping[tuple[str, str], StepDone]:
    """Return the steps that are done, by event id and step id."""
    rows = session.scalars(select(StepStateRow))
    return {(row.event_id, row.step_id): StepDone(at=row.done_at, by=row.done_by) for row in rows}


def mark_step(session: AnySession, event_id: str, step_id: str, *, done: StepDone | None) -> None:
    """Keep that a step is done, or take that back with None. Whoever was first stays the one who did it.

    NotFoundError when the event is not there.
    """
    event_row(session, event_id)
    row = session.get(StepStateRow, (event_id, step_id))
    if done is None:
        session.execute(delete(StepStateRow).filter_by(event_id=event_id, step_id=step_id))
    elif row is None:
        session.add(StepStateRow(event_id=event_id, step_id=step_id, done_at=done.at, done_by=done.by))
    session.flush()
