"""Somebody's own account: where they are signed in, and what they can change."""

from datetime import datetime

from planner.domain.access.rights import Role
from planner.services.signin import passwords, sessions, totp
from planner.services.signin.accountadmin import ROLE_NAMES
from planner.services.views import AccountView
from planner.services.workspace import Workspace
from planner.storage.models import AccountRow


def view(workspace: Workspace, token: str, *, now: datetime) -> AccountView:
    """Return the own account of who has this session; NotFoundError when nobody has."""
    row = sessions.require_session(workspace, token, now=now)
    account = workspace.session.get_one(AccountRow, row.account_id)
    return AccountView(
        name=account.name,
        email=account.email or "",
        role=ROLE_NAMES[Role(account.role)],
        has_password=passwords.has_password(workspace, account.id),
        needs_old=passwords.needs_old(row, now=now),
        has_second_step=sessions.has_second_step(workspace, account.id),
        must_have_second_step=account.role == Role.COORDINATOR,
        recovery_codes=totp.codes_left(workspace, account.id),
        sessions=sessions.lines(workspace, token, now=now),
    )
