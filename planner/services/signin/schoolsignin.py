"""Signing in with the school's own account. It lets in only whom the coordinator invited, by a verified address.

Which account it is, is remembered by issuer and subject: an address may pass to somebody else, a subject never does.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from planner.config import SchoolSignin
from planner.domain.access.mailaddress import mail_address
from planner.errors import InputError, NotFoundError
from planner.outside import oidc
from planner.outside.oidc import Endpoints, Flow
from planner.services.audit import STRANGER, note
from planner.services.signin import sessions, totp
from planner.services.views import Started
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, CredentialRow

FLOW_LIFE = timedelta(minutes=10)
KEPT, KEEP = "school-signin", timedelta(hours=1)
LOST = "Het inloggen is te lang geleden begonnen of hoort bij een ander venster. Begin opnieuw."
NOT_INVITED = "Voor dit schoolaccount is hier nog geen account. Vraag de LOB-coördinator om u uit te nodigen."
Pending = Mapping[str, str]


def begin(workspace: Workspace, *, now: datetime) -> tuple[str, dict[str, str]]:
    """Return where to send the browser, and what its signed cookie must hold until it comes back.

    NotFoundError when this school has no sign-in of its own, UnavailableError when that does not answer.
    """
    provider = _provider(workspace)
    pending = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")} | {"at": now.isoformat()}
    return oidc.authorization_url(
        provider, _endpoints(workspace, provider, now=now), _flow(workspace, pending)
    ), pending


def finish(
    workspace: Workspace, pending: Pending | None, *, state: str, code: str, browser: str, now: datetime
) -> Started:
    """Begin a session for who came back from the school's own sign-in.

    InputError when the answer belongs to no sign-in that this browser began, NotFoundError for who has no account.
    """
    provider = _provider(workspace)
    if not pending or now > datetime.fromisoformat(pending["at"]) + FLOW_LIFE:
        raise InputError(LOST)
    if not code or not secrets.compare_digest(pending["state"].encode(), state.encode()):
        raise InputError(LOST)
    endpoints = _endpoints(workspace, provider, now=now)
    claims = oidc.claims(provider, endpoints, _flow(workspace, pending), code=code, now=now)
    with writing(workspace.session):
        account = _account(workspace, provider, claims)
        if account:
            return sessions.begin(workspace, account, way=sessions.BY_SCHOOL, browser=browser, now=now)
        note(workspace, "schoolaccount zonder account", who=STRANGER, subject=browser, now=now)
    raise NotFoundError(NOT_INVITED)


def _provider(workspace: Workspace) -> SchoolSignin:
    if workspace.school_signin is None:
        raise NotFoundError("Inloggen met een schoolaccount staat hier niet aan.")
    return workspace.school_signin


def _flow(workspace: Workspace, pending: Pending) -> Flow:
    return Flow(
        redirect_uri=f"{workspace.public_url}/inloggen/school/terug",
        state=pending["state"],
        nonce=pending["nonce"],
        verifier=pending["verifier"],
    )


def _endpoints(workspace: Workspace, provider: SchoolSignin, *, now: datetime) -> Endpoints:
    """Return where the provider does what, asked once an hour."""
    known = workspace.kept.get(KEPT)
    if isinstance(known, tuple) and now < known[1] + KEEP:
        return known[0]  # type: ignore[no-any-return]
    found = oidc.discover(provider)
    workspace.kept[KEPT] = (found, now)
    return found


def _account(workspace: Workspace, provider: SchoolSignin, claims: Mapping[str, Any]) -> AccountRow | None:
    """Return the open account of these claims, inside a transaction; the first time it is found by its address."""
    session, subject = workspace.session, str(claims["sub"])
    mine = (CredentialRow.oidc_issuer == provider.issuer) & (CredentialRow.oidc_subject == subject)
    bound = session.scalar(select(CredentialRow.account_id).where(mine))
    if bound is not None:
        return session.scalar(select(AccountRow).where(AccountRow.id == bound, AccountRow.disabled_at.is_(None)))
    address = _verified_address(claims)
    found = (AccountRow.email == address) & AccountRow.disabled_at.is_(None)
    account = session.scalar(select(AccountRow).where(found)) if address else None
    if account is None:
        return None
    credential = totp.credential(workspace, account.id)
    if credential.oidc_subject is not None:  # it is somebody else's: the address was given to another person
        return None
    credential.oidc_issuer, credential.oidc_subject = provider.issuer, subject
    return account


def _verified_address(claims: Mapping[str, Any]) -> str | None:
    """Return the address that the provider vouches for.

    Google says so in `email_verified`. Microsoft has no such claim, and lets people change the address they show;
    there the optional claim `xms_edov` tells that the school's own domain stands behind it.
    """
    if claims.get("email_verified") is True or str(claims.get("xms_edov")).lower() in {"true", "1"}:
        return mail_address(str(claims.get("email", "")))
    return None
