"""Mail that lets people in: made and sent by the worker, so that no secret waits in a queue.

A task names only an account or a typed address. The worker makes the secret, keeps its hash, and sends. While a
restored school is on hold this still goes out: nothing of it can be in a backup, somebody asks for it at that
very moment, and without it the coordinator could not come in to say that all is well.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from planner.errors import PlannerError
from planner.outside import mail
from planner.services.audit import note
from planner.services.progress import Progress
from planner.services.signin import onetimelinks
from planner.services.tokens import hash_token
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, LinkPurpose, SchoolRow, SigninLinkRow

MOST_LINKS = 3  # from one account that work at a time: nobody's mailbox is filled by a stranger
SUBJECT = {LinkPurpose.MAIL: "Uw link om in te loggen", LinkPurpose.PASSWORD: "Uw account voor Schakelplan"}
PATH = {LinkPurpose.MAIL: "inloggen/link", LinkPurpose.PASSWORD: "wachtwoord"}


def can_mail(workspace: Workspace) -> bool:
    """Return whether this installation has a mail server."""
    return bool(workspace.smtp_url)


def link_url(workspace: Workspace, token: str, purpose: LinkPurpose) -> str:
    """Return the full address of a link."""
    return f"{workspace.public_url}/{PATH[purpose]}/{token}"


def run_signin(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, now: datetime) -> None:
    """Mail a link that signs in, when the typed address is of an account; nothing else tells whether it is."""
    progress(0, 1, "Versturen")
    account = workspace.session.scalar(
        select(AccountRow).where(AccountRow.email == arguments["email"], AccountRow.disabled_at.is_(None))
    )
    if account and onetimelinks.count(workspace, account.id, LinkPurpose.MAIL, now=now) < MOST_LINKS:
        _send(workspace, account.id, LinkPurpose.MAIL, now=now)


def run_invite(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, now: datetime) -> None:
    """Mail a link to set a password; the one on the coordinator's screen keeps working beside it."""
    progress(0, 1, "Versturen")
    account = workspace.session.get(AccountRow, arguments["account_id"])
    if account and account.email and account.disabled_at is None:
        _send(workspace, account.id, LinkPurpose.PASSWORD, now=now)


def _send(workspace: Workspace, account_id: int, purpose: LinkPurpose, *, now: datetime) -> None:
    """Make a link and hand it to the mail server, outside any transaction; a mail that was not sent leaves none."""
    session = workspace.session
    with writing(session):
        account = session.get_one(AccountRow, account_id)
        token = onetimelinks.make(workspace, account_id, purpose, now=now)
        note(workspace, "link gemaild", subject=account.name, now=now)
        to, name, school = account.email or "", account.name, session.scalar(select(SchoolRow.name)) or ""
    life = onetimelinks.LIFE[purpose]
    url = link_url(workspace, token, purpose)
    text = workspace.render(f"mail/{purpose}.txt", url=url, person=name, school=school, life=life)
    try:
        made = mail.message(sender=workspace.mail_from, to=to, subject=SUBJECT[purpose], text=text)
        mail.send(workspace.smtp_url, made)
    except PlannerError:
        with writing(session):
            session.execute(delete(SigninLinkRow).where(SigninLinkRow.token_hash == hash_token(token)))
        raise
