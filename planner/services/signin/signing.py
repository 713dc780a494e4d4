"""Signing in with a password, or with a link from the mail.

Before the costly hash stand two limits: tries for one account from one network, and tries from one network. Nobody
is locked out by what others do elsewhere, and a browser that signed in before is held by its own tries only. Any other
browser meets the limits before the database is asked for anything.
Whether an address is known shows in nothing: the words, the status and the work are the same.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.domain.access.mailaddress import mail_address
from planner.errors import InputError
from planner.services.audit import STRANGER, note
from planner.services.limiting import network_of, refuse_guesser
from planner.services.signin import onetimelinks, sessions
from planner.services.signin.hashing import HASHER
from planner.services.views import Started
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, CredentialRow, LinkPurpose

DOOR = "inloggen"
INCOMPLETE = "Vul uw e-mailadres en uw wachtwoord in."
WRONG = "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens, of vraag een link per mail."


@dataclass(frozen=True, slots=True, kw_only=True)
class Comer:
    """Who stands at the door: the network address, the browser in plain words, and where it signed in before.

    `device` is a name that only this browser has, `known` the accounts it signed in to before.
    """

    address: str
    browser: str = ""
    device: str = ""
    known: frozenset[int] = frozenset()

    @property
    def is_new(self) -> bool:
        """Whether this browser never signed in to anything."""
        return not (self.device and self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is known of a typed address; for an unknown one nothing is."""

    account_id: int | None = None
    name: str = STRANGER
    password_hash: str | None = None


def _find(workspace: Workspace, email: str) -> _Found:
    row = workspace.session.execute(
        select(AccountRow.id, AccountRow.name, CredentialRow.password_hash)
        .outerjoin(CredentialRow, CredentialRow.account_id == AccountRow.id)
        .where(AccountRow.email == email, AccountRow.disabled_at.is_(None))
    ).one_or_none()
    workspace.session.rollback()  # no transaction stays open while others wait for their turn at the hash
    return _Found(account_id=row[0], name=row[1], password_hash=row[2]) if row else _Found()


class _Doors:
    """The two limits in front of one try."""

    def __init__(self, workspace: Workspace, account_id: int | None, email: str, comer: Comer) -> None:
        network = network_of(comer.address)
        if account_id in comer.known and not comer.is_new:
            self.own, self.shared = f"{comer.device} {email}", ""
        else:
            self.own, self.shared = f"{network} {email}", network
        self._one, self._all = workspace.account_failures, workspace.failures

    def refuse(self, *, now: datetime) -> None:
        """Raise TooManyError when there are no tries left."""
        refuse_guesser(self._one, DOOR, self.own, now=now)
        if self.shared:
            refuse_guesser(self._all, DOOR, self.shared, now=now)

    def note_failure(self, *, now: datetime) -> None:
        """Count one wrong try."""
        self._one.note(DOOR, self.own, now=now)
        if self.shared:
            self._all.note(DOOR, self.shared, now=now)

    def forgive(self) -> None:
        """Forget the tries for this one account: it was the owner."""
        self._one.forget(DOOR, self.own)


def sign_in(workspace: Workspace, *, email: str, password: str, comer: Comer, now: datetime) -> Started:
    """Begin a session for who knows the password. InputError when it is wrong, TooManyError after too many tries."""
    address = mail_address(email)
    if address is None or not password:
        raise InputError(INCOMPLETE)
    found = None if comer.is_new else _find(workspace, address)
    doors = _Doors(workspace, found.account_id if found else None, address, comer)
    doors.refuse(now=now)
    found = found or _find(workspace, address)
    is_right = HASHER.fits(found.password_hash, password)
    if not is_right:
        doors.note_failure(now=now)
    fresh = HASHER.hash(password) if is_right and HASHER.is_old(found.password_hash or "") else None
    session = workspace.session
    with writing(session):
        account = _still(workspace, found) if is_right else None
        if account:
            _keep(workspace, account.id, fresh)
            started = sessions.begin(workspace, account, way=sessions.BY_PASSWORD, browser=comer.browser, now=now)
        else:
            note(workspace, "inloggen mislukt", who=found.name, subject=comer.browser, now=now)
    if account is None:
        raise InputError(WRONG)
    doors.forgive()
    return started


def _still(workspace: Workspace, found: _Found) -> AccountRow | None:
    """Return the account when nothing changed while its password was checked."""
    session = workspace.session
    account, credential = session.get(AccountRow, found.account_id), session.get(CredentialRow, found.account_id)
    is_same = credential is not None and credential.password_hash == found.password_hash
    return account if account and account.disabled_at is None and is_same else None


def _keep(workspace: Workspace, account_id: int, password_hash: str | None) -> None:
    """Keep a hash that was made with the parameters of today."""
    credential = workspace.session.get(CredentialRow, account_id)
    if credential and password_hash:
        credential.password_hash = password_hash


def look_at_link(workspace: Workspace, token: str, *, now: datetime) -> None:
    """Raise NotFoundError unless a link from the mail still works; nothing changes."""
    onetimelinks.owner(workspace, token, LinkPurpose.MAIL, now=now)


def sign_in_by_mail(workspace: Workspace, token: str, *, browser: str, now: datetime) -> Started:
    """Begin a session for who holds a link from the mail, which then is over."""
    with writing(workspace.session):
        account = onetimelinks.use_up(workspace, token, LinkPurpose.MAIL, now=now)
        return sessions.begin(workspace, account, way=sessions.BY_MAIL, browser=browser, now=now)
