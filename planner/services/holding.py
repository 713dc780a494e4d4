"""Restore mode: after a backup was put back nothing leaves the school until a person says that all is well.

What was sent between the backup and the accident is not in the backup, so the program would send it once more.
"""

from datetime import datetime

from planner.domain.access.rights import Right
from planner.errors import ConflictError
from planner.services.guarding import allowed
from planner.services.views import Hold
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import THE_HOLD, AuditRow, HoldRow


def hold_of(workspace: Workspace) -> Hold | None:
    """Return since when everything is on hold, None when it is not."""
    row = workspace.session.get(HoldRow, THE_HOLD)
    return Hold(since=row.since, made_at=row.made_at) if row else None


def is_held(workspace: Workspace) -> bool:
    """Return whether nothing may be sent or published now."""
    return hold_of(workspace) is not None


def refuse_while_held(workspace: Workspace) -> None:
    """Raise ConflictError while everything is on hold."""
    if is_held(workspace):
        raise ConflictError(
            "Er is een back-up teruggezet. Kijk op de pagina Jaar of alles klopt en druk daar op "
            "‘Alles klopt, ga verder’. Daarna kan dit weer."
        )


@allowed(Right.SETTINGS)
def release(workspace: Workspace, *, by: str, now: datetime) -> None:
    """Let everything go on; nothing happens when nothing is on hold."""
    session = workspace.session
    with writing(session):
        row = session.get(HoldRow, THE_HOLD)
        if row:
            session.delete(row)
            session.add(AuditRow(at=now, who=by, what="back-up goedgekeurd", subject=row.made_at.isoformat()))
