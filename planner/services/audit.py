"""The record of who did what: names and events, never a secret and never what a stranger typed."""

from datetime import datetime

from planner.services.workspace import Workspace
from planner.storage.models import AuditRow

STRANGER = "onbekend"
SYSTEM = "opdrachtregel"


def note(workspace: Workspace, what: str, *, who: str = "", subject: str = "", now: datetime) -> None:
    """Add a line, inside the transaction of what it is about; without `who` it is whoever is at work."""
    who = who or workspace.actor.name or SYSTEM
    workspace.session.add(AuditRow(at=now, who=who, what=what, subject=subject))
