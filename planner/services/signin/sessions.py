"""Sessions in the database: begun, carried on, listed for their owner, and ended."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from planner.domain.access.rights import Role
from planner.errors import NotFoundError, PlannerError
from planner.services.audit import note
from planner.services.signin import totp
from planner.services.tokens import hash_token
from planner.services.views import SessionLine, Started
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, CredentialRow, SessionRow

TOKEN_BYTES = 32  # 256 bits
SESSION_LIFE = timedelta(days=30)
IDLE_LIFE = timedelta(days=14)  # a coordinator comes an hour a week, and has a holiday now and then
FIRST_STEP_LIFE = timedelta(minutes=15)  # to find the phone
SEEN_EVERY = timedelta(minutes=5)  # looking at pages does not write more often than this
FRESH = timedelta(minutes=15)  # so recent that it proves who somebody is
BY_PASSWORD, BY_MAIL, BY_LINK = "wachtwoord", "een link uit de mail", "een eenmalige link"
BY_SCHOOL, BY_DEMO = "het schoolaccount", "de link van de voorbeeldschool"
BY_FIRST_RUN = "het inrichten van de school"


def needs_second_step(workspace: Workspace, account: AccountRow) -> bool:
    """Return whether signing in takes a second step: for coordinators, and for whoever set one up."""
    return account.role == Role.COORDINATOR or has_second_step(workspace, account.id)


def has_second_step(workspace: Workspace, account_id: int) -> bool:
    """Return whether an account has a second step that works."""
    row = workspace.session.get(CredentialRow, account_id)
    return row is not None and row.totp_since is not None


def begin(workspace: Workspace, account: AccountRow, *, way: str, browser: str, now: datetime) -> Started:
    """Begin a session after a first step, inside a transaction; it is whole when no second step is asked.

    Who must have a second step and has none gets a fresh seed, so that it can be set up next.
    """
    token, is_whole = secrets.token_urlsafe(TOKEN_BYTES), not needs_second_step(workspace, account)
    if not is_whole and not has_second_step(workspace, account.id):
        totp.prepare(totp.credential(workspace, account.id))
    started = Started(token=token, is_whole=is_whole, account_id=account.id)
    add(workspace, started, way=way, browser=browser, now=now)
    note(workspace, f"ingelogd met {way}", who=account.name, subject=browser, now=now)
    return started


def add(
    workspace: Workspace, started: Started, *, way: str, browser: str, now: datetime, life: timedelta = SESSION_LIFE
) -> None:
    """Keep a session that just began; of its secret only the hash. It lasts `life`, or shorter until it is whole."""
    workspace.session.add(
        SessionRow(
            token_hash=hash_token(started.token),
            account_id=started.account_id,
            created_at=now,
            last_seen=now,
            expires_at=now + (life if started.is_whole else FIRST_STEP_LIFE),
            is_whole=started.is_whole,
            way=way,
            browser=browser,
        )
    )


def find(workspace: Workspace, token: str, *, now: datetime) -> SessionRow | None:
    """Return the session of a secret, whole or not; None when it is unknown or over, or its account is closed."""
    row = workspace.session.scalar(
        select(SessionRow)
        .join(AccountRow, AccountRow.id == SessionRow.account_id)
        .where(SessionRow.token_hash == hash_token(token), AccountRow.disabled_at.is_(None))
    )
    return row if row and is_alive(row, now=now) else None


def is_alive(row: SessionRow, *, now: datetime) -> bool:
    """Return whether a session is not over and was used lately."""
    return now < row.expires_at and now < row.last_seen + IDLE_LIFE


def require_session(workspace: Workspace, token: str, *, now: datetime, is_half_enough: bool = False) -> SessionRow:
    """Return the session of a secret; NotFoundError when there is none, or when its second step is not done yet."""
    row = find(workspace, token, now=now)
    if row is None or not (row.is_whole or is_half_enough):
        raise NotFoundError("U bent niet (meer) ingelogd. Log opnieuw in.")
    return row


def renew(row: SessionRow, *, now: datetime, is_whole: bool = True) -> str:
    """Give a session another secret, inside a transaction, and return it; what the browser had is worth nothing."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row.token_hash, row.last_seen = hash_token(token), now
    if is_whole and not row.is_whole:
        row.is_whole, row.misses, row.expires_at = True, 0, now + SESSION_LIFE
    return token


def seen(workspace: Workspace, token: str, *, now: datetime) -> None:
    """Remember that a session is in use, not more often than every few minutes.

    A database that cannot be written is no reason to refuse somebody who only reads.
    """
    session = workspace.session
    mine = (SessionRow.token_hash == hash_token(token)) & (SessionRow.last_seen <= now - SEEN_EVERY)
    if session.scalar(select(SessionRow.id).where(mine)) is None:
        return
    with suppress(PlannerError), writing(session):
        session.execute(update(SessionRow).where(mine).values(last_seen=now))


def end_of_account(workspace: Workspace, account_id: int, *, keep: Iterable[int] = ()) -> None:
    """End the sessions of an account, inside a transaction, but those with these ids."""
    mine = (SessionRow.account_id == account_id) & SessionRow.id.not_in(tuple(keep))
    workspace.session.execute(delete(SessionRow).where(mine))


def lines(workspace: Workspace, token: str, *, now: datetime) -> tuple[SessionLine, ...]:
    """Return where the owner of a session is signed in, this very browser first, then by last use."""
    mine = require_session(workspace, token, now=now)
    rows = workspace.session.scalars(
        select(SessionRow).where(SessionRow.account_id == mine.account_id, SessionRow.is_whole)
    )
    found = sorted(
        (row for row in rows if is_alive(row, now=now)),
        key=lambda row: (row.id == mine.id, row.last_seen),
        reverse=True,
    )
    return tuple(
        SessionLine(
            id=row.id,
            browser=row.browser,
            way=row.way,
            since=row.created_at,
            last_seen=row.last_seen,
            is_this=row.id == mine.id,
        )
        for row in found
    )


def end_one(workspace: Workspace, token: str, session_id: int, *, now: datetime) -> None:
    """End another session of the same owner; NotFoundError for one of somebody else."""
    session = workspace.session
    with writing(session):
        mine, other = require_session(workspace, token, now=now), session.get(SessionRow, session_id)
        if other is None or other.account_id != mine.account_id or other.id == mine.id:
            raise NotFoundError("Deze aanmelding is er niet (meer).")
        note(workspace, "aanmelding beëindigd", subject=other.browser, now=now)
        session.delete(other)


def end_others(workspace: Workspace, token: str, *, now: datetime) -> None:
    """End every other session of the same owner."""
    with writing(workspace.session):
        mine = require_session(workspace, token, now=now)
        end_of_account(workspace, mine.account_id, keep=[mine.id])
        note(workspace, "andere aanmeldingen beëindigd", now=now)
