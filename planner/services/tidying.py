"""Keeping the house: what has served its time goes."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, select

from planner.domain.year import AMSTERDAM
from planner.services.answers import answerkeeping
from planner.services.lists import importing
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import (
    EventRow,
    PrintedRow,
    PupilInvitationRow,
    SessionRow,
    SigninLinkRow,
    TaskRow,
    TaskState,
)

PRINTS_LIVE = timedelta(hours=24)  # a print holds names, so it does not lie about
TEXTS_LIVE = timedelta(weeks=4)  # what a pupil wrote, after its activity (domain notes E)


def tidy(workspace: Workspace, *, now: datetime) -> int:
    """Remove old tasks, lists and answers, prints, and sessions and links that are over; return how many."""
    session, count = workspace.session, 0
    over = TaskRow.state.in_((TaskState.DONE, TaskState.FAILED)) & (TaskRow.created_at < now - PRINTS_LIVE)
    done = select(EventRow.id).where(EventRow.last < (now - TEXTS_LIVE).astimezone(AMSTERDAM).date())
    with writing(session):
        for table, old in (
            (PupilInvitationRow, PupilInvitationRow.event_id.in_(done)),
            (PrintedRow, PrintedRow.event_id.in_(done)),
            (TaskRow, over),
            (SessionRow, SessionRow.expires_at <= now),
            (SigninLinkRow, SigninLinkRow.expires_at <= now),
        ):
            gone = session.execute(delete(table).where(old))
            count += gone.rowcount if isinstance(gone, CursorResult) else 0
        known = set(session.scalars(select(TaskRow.id)))
    # By the tasks that are left, so that a print goes too whose task is gone or never finished.
    for path in workspace.prints_dir.glob("*"):
        if path.stem not in known:
            path.unlink()
    count += answerkeeping.erase_old(workspace, now=now)
    return count + importing.erase_old(workspace, now=now)
