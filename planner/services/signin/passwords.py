"""Setting a password: the first one by a link, the next one by its owner."""

from dataclasses import dataclass
from datetime import datetime

from planner.domain.access.passwords import problem_with
from planner.errors import InputError
from planner.services.audit import note
from planner.services.limiting import network_of, refuse_guesser
from planner.services.signin import onetimelinks, sessions, totp
from planner.services.signin.hashing import HASHER
from planner.services.signin.signing import Comer
from planner.services.views import Started
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, CredentialRow, LinkPurpose, SchoolRow, SessionRow

DOOR = "wachtwoord"
NOT_TWICE = "De twee wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde."
WRONG_OLD = "Het oude wachtwoord klopt niet. Vergeten? Log uit, vraag een link en kies daarna een nieuw wachtwoord."


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A new password, typed twice, and the one of now where that is asked."""

    password: str
    again: str
    old: str = ""


# Ways that prove anew who somebody is, so that a forgotten password can be replaced right after.
PROOF = frozenset({sessions.BY_MAIL, sessions.BY_LINK, sessions.BY_SCHOOL})


def owner_of_link(workspace: Workspace, token: str, *, now: datetime) -> str:
    """Return the mail address for which a link sets a password; NotFoundError when the link does not work."""
    return onetimelinks.owner(workspace, token, LinkPurpose.PASSWORD, now=now).email or ""


def set_by_link(workspace: Workspace, token: str, typed: Typed, *, browser: str, now: datetime) -> Started:
    """Set a password by a link, which then is over, and begin a session; every other session is over too.

    InputError with what is wrong with the password: the link still works then.
    """
    account = onetimelinks.owner(workspace, token, LinkPurpose.PASSWORD, now=now)
    fresh = _hash(workspace, account, typed)
    with writing(workspace.session):
        account = onetimelinks.use_up(workspace, token, LinkPurpose.PASSWORD, now=now)
        _keep(workspace, account, fresh, now=now)
        sessions.end_of_account(workspace, account.id)
        return sessions.begin(workspace, account, way=sessions.BY_LINK, browser=browser, now=now)


def needs_old(row: SessionRow, *, now: datetime) -> bool:
    """Return whether this session must name the password of now before it sets another.

    Not when it just began by something that proves who this is.
    """
    return row.way not in PROOF or now >= row.created_at + sessions.FRESH


def has_password(workspace: Workspace, account_id: int) -> bool:
    """Return whether an account has a password."""
    credential = workspace.session.get(CredentialRow, account_id)
    return credential is not None and credential.password_hash is not None


def change(workspace: Workspace, token: str, typed: Typed, *, comer: Comer, now: datetime) -> str:
    """Set another password for who is signed in; return the session's new secret. Every other session is over.

    InputError when the old password is wrong or the new one will not do, TooManyError after too many wrong ones.
    """
    row = sessions.require_session(workspace, token, now=now)
    account = workspace.session.get_one(AccountRow, row.account_id)
    if needs_old(row, now=now):
        _check_old(workspace, account, typed.old, comer, now=now)
    fresh = _hash(workspace, account, typed)
    with writing(workspace.session):
        row = sessions.require_session(workspace, token, now=now)
        _keep(workspace, workspace.session.get_one(AccountRow, row.account_id), fresh, now=now)
        sessions.end_of_account(workspace, row.account_id, keep=[row.id])
        return sessions.renew(row, now=now)


def _check_old(workspace: Workspace, account: AccountRow, old: str, comer: Comer, *, now: datetime) -> None:
    guesser = f"{network_of(comer.address)} {account.id}"
    refuse_guesser(workspace.account_failures, DOOR, guesser, now=now)
    credential = workspace.session.get(CredentialRow, account.id)
    if not HASHER.fits(credential.password_hash if credential else None, old):
        workspace.account_failures.note(DOOR, guesser, now=now)
        raise InputError(WRONG_OLD)


def _hash(workspace: Workspace, account: AccountRow, typed: Typed) -> str:
    """Return the hash of a password that will do, outside a transaction; InputError says what is wrong with it."""
    school = workspace.session.get(SchoolRow, 1)
    problem = problem_with(typed.password, own=(account.name, account.email or "", school.name if school else ""))
    if problem or typed.password != typed.again:
        raise InputError(problem or NOT_TWICE)
    workspace.session.rollback()
    return HASHER.hash(typed.password)


def _keep(workspace: Workspace, account: AccountRow, fresh: str, *, now: datetime) -> None:
    totp.credential(workspace, account.id).password_hash = fresh
    onetimelinks.forget(workspace, account.id)
    note(workspace, "wachtwoord ingesteld", who=account.name, now=now)
