"""Who may come in: sessions in the database, and the sign-in link of the demo school."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from planner.domain.access.rights import Actor, Role, actor_for
from planner.errors import NotFoundError
from planner.services.signin import onetimelinks, sessions
from planner.services.signin.sessions import TOKEN_BYTES
from planner.services.tokens import hash_token
from planner.services.views import Started
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, LinkPurpose, PersonRow, SchoolRow, SessionRow, SigninLinkRow

LINK_LIFE = timedelta(hours=12)  # of the demo's sign-in link
FIRST_RUN_LIFE = timedelta(hours=1)  # of the session of who set the school up: long enough to choose a password


def demo_link(workspace: Workspace, *, now: datetime) -> str:
    """Return a fresh sign-in token for the demo coordinator; empty when this is not the demo school.

    A real school gets no such link: whoever can read the server's screen is not yet a coordinator.
    """
    session = workspace.session
    school = session.scalar(select(SchoolRow))
    account = session.scalar(select(AccountRow).where(AccountRow.role == Role.COORDINATOR).order_by(AccountRow.id))
    if school is None or not school.is_demo or account is None:
        return ""
    account_id, token = account.id, secrets.token_urlsafe(TOKEN_BYTES)
    with writing(session):
        session.add(
            SigninLinkRow(
                token_hash=hash_token(token), account_id=account_id, created_at=now, expires_at=now + LINK_LIFE
            )
        )
    return token


def school_name(workspace: Workspace) -> str:
    """Return the school's name for the foot of a page; empty when no school is set up."""
    school = workspace.session.scalar(select(SchoolRow.name))
    return school or ""


def start_session(workspace: Workspace, link_token: str, *, browser: str = "", now: datetime) -> str:
    """Return the token of a new session for who holds the demo school's link; NotFoundError when it is unknown or over.

    No second step is asked here: who can read the screen of the demo school's server may look around in it.
    """
    session = workspace.session
    link = session.get(SigninLinkRow, hash_token(link_token))
    if link is None or link.expires_at <= now or link.purpose is not LinkPurpose.DEMO:
        raise NotFoundError("Deze aanmeldlink werkt niet (meer). Start Schakelplan opnieuw voor een nieuwe.")
    account_id = link.account_id
    with writing(session):
        return open_session(workspace, account_id, way=sessions.BY_DEMO, browser=browser, now=now)


def open_session(workspace: Workspace, account_id: int, *, way: str, browser: str = "", now: datetime) -> str:
    """Return the token of a new session of an account for which no second step is asked; inside a transaction."""
    started = Started(token=secrets.token_urlsafe(TOKEN_BYTES), is_whole=True, account_id=account_id)
    life = FIRST_RUN_LIFE if way == sessions.BY_FIRST_RUN else sessions.SESSION_LIFE
    sessions.add(workspace, started, way=way, browser=browser, now=now, life=life)
    return started.token


def first_coordinator(workspace: Workspace, *, name: str, email: str, person_id: str, now: datetime) -> tuple[str, str]:
    """Make the account of a new school's first coordinator, inside the transaction that makes the school.

    Return the token of a session in this browser, which only lasts until the plan is seen and a password chosen,
    and that of a link that sets the password.
    """
    account = AccountRow(name=name, email=email, role=Role.COORDINATOR, person_id=person_id)
    workspace.session.add(account)
    workspace.session.flush()
    password = onetimelinks.make(workspace, account.id, LinkPurpose.PASSWORD, now=now)
    return open_session(workspace, account.id, way=sessions.BY_FIRST_RUN, now=now), password


def visitor_of(workspace: Workspace, token: str, *, now: datetime) -> Actor | None:
    """Return who a session token belongs to.

    None when it is unknown or over, when its second step is not done yet, or when the account is closed.
    """
    row = workspace.session.execute(
        select(AccountRow, SessionRow, PersonRow.class_id)
        .join(SessionRow, SessionRow.account_id == AccountRow.id)
        .outerjoin(PersonRow, PersonRow.id == AccountRow.person_id)
        .where(SessionRow.token_hash == hash_token(token), SessionRow.is_whole, AccountRow.disabled_at.is_(None))
    ).one_or_none()
    if row is None or not sessions.is_alive(row[1], now=now):
        return None
    account: AccountRow = row[0]
    return actor_for(
        Role(account.role),
        name=account.name,
        account_id=account.id,
        person_id=account.person_id,
        class_id=row.class_id,
    )


def end_session(workspace: Workspace, token: str) -> None:
    """Forget a session; nothing happens when it is already gone."""
    session = workspace.session
    with writing(session):
        session.execute(delete(SessionRow).where(SessionRow.token_hash == hash_token(token)))
