"""Links with a secret in them that sign in or set a password: looked at as often as you like, used once."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from planner.errors import NotFoundError
from planner.services.tokens import hash_token
from planner.services.workspace import Workspace
from planner.storage.models import AccountRow, LinkPurpose, SigninLinkRow

TOKEN_BYTES = 32  # 256 bits
LIFE = {
    LinkPurpose.MAIL: timedelta(minutes=15),
    LinkPurpose.PASSWORD: timedelta(days=7),  # a colleague reads it once a week
}
OVER = "Deze link werkt niet (meer). Hij is al gebruikt of te oud. Vraag een nieuwe."


def make(workspace: Workspace, account_id: int, purpose: LinkPurpose, *, now: datetime) -> str:
    """Return the secret of a new link, kept inside a transaction as a hash only."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    workspace.session.add(
        SigninLinkRow(
            token_hash=hash_token(token),
            account_id=account_id,
            purpose=purpose,
            created_at=now,
            expires_at=now + LIFE[purpose],
        )
    )
    return token


def owner(workspace: Workspace, token: str, purpose: LinkPurpose, *, now: datetime) -> AccountRow:
    """Return whose link this is; NotFoundError when it is unknown, used, over, or for something else."""
    account = workspace.session.scalar(
        select(AccountRow)
        .join(SigninLinkRow, SigninLinkRow.account_id == AccountRow.id)
        .where(
            SigninLinkRow.token_hash == hash_token(token),
            SigninLinkRow.purpose == purpose,
            SigninLinkRow.expires_at > now,
            AccountRow.disabled_at.is_(None),
        )
    )
    if account is None:
        raise NotFoundError(OVER)
    return account


def use_up(workspace: Workspace, token: str, purpose: LinkPurpose, *, now: datetime) -> AccountRow:
    """Return whose link this is and let it be the last time, inside a transaction."""
    account = owner(workspace, token, purpose, now=now)
    workspace.session.execute(delete(SigninLinkRow).where(SigninLinkRow.token_hash == hash_token(token)))
    return account


def forget(workspace: Workspace, account_id: int, *purposes: LinkPurpose) -> None:
    """End the links of an account, inside a transaction: those of these purposes, or all of them."""
    mine = SigninLinkRow.account_id == account_id
    workspace.session.execute(delete(SigninLinkRow).where(mine, SigninLinkRow.purpose.in_(purposes or LinkPurpose)))


def count(workspace: Workspace, account_id: int, purpose: LinkPurpose, *, now: datetime) -> int:
    """Return how many links of an account still work."""
    mine = (SigninLinkRow.account_id == account_id) & (SigninLinkRow.purpose == purpose)
    return workspace.session.scalar(select(func.count()).where(mine, SigninLinkRow.expires_at > now)) or 0
