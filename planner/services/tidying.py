"""Keeping the house: what has served its time goes."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, select

from planner.services import importing
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import SessionRow, SigninLinkRow, TaskRow, TaskState

PRINTS_LIVE = timedelta(hours=24)  # a print holds names, so it does not lie about


def tidy(workspace: Workspace, *, now: datetime) -> int:
    """Remove old prints and lists, with their tasks, and sessions and links that are over; return how many."""
    session = workspace.session
    before = now - PRINTS_LIVE
    over = TaskRow.state.in_((TaskState.DONE, TaskState.FAILED)) & (TaskRow.created_at < before)
    old = list(session.scalars(select(TaskRow.id).where(over)))
    for task_id in old:
        (workspace.prints_dir / f"{task_id}.pdf").unlink(missing_ok=True)
    count = len(old)
    with writing(session):
        session.execute(delete(TaskRow).where(TaskRow.id.in_(old)))
        for table in (SessionRow, SigninLinkRow):
            gone = session.execute(delete(table).where(table.expires_at <= now))
            count += gone.rowcount if isinstance(gone, CursorResult) else 0
    return count + importing.erase_old(workspace, now=now)
