"""People with an account, for tests of signing in."""

import pyotp
from sqlalchemy import select

from planner.domain.access.rights import Role
from planner.services.signin import sessions, totp
from planner.services.signin.hashing import HASHER
from planner.services.signin.signing import Comer
from planner.storage.db import writing
from planner.storage.models import AccountRow, AuditRow, CredentialRow

EMAIL = "noor@school.example"
PASSWORD = "vier-losse-woorden-hier"  # noqa: S105 - of nobody
SCHOOL = Comer(address="192.0.2.7", browser="Firefox op Windows")
ELSEWHERE = Comer(address="198.51.100.9", browser="Chrome op Android")
_HASHES: dict[str, str] = {}


def kept_hash(password):
    """Return the hash of a password, made once."""
    if password not in _HASHES:
        _HASHES[password] = HASHER.hash(password)
    return _HASHES[password]


def an_account(workspace, *, email=EMAIL, password=PASSWORD, role=Role.COLLEAGUE, name="Noor de Vries", **facts):
    """Make an account, with a password when one is given; return its id."""
    with writing(workspace.session):
        row = AccountRow(name=name, email=email, role=role, **facts)
        workspace.session.add(row)
        workspace.session.flush()
        account_id = row.id
        if password:
            totp.credential(workspace, account_id).password_hash = kept_hash(password)
    return account_id


def with_second_step(workspace, account_id, *, now):
    """Give an account a second step; return a function that gives the code of a moment."""
    with writing(workspace.session):
        row = totp.credential(workspace, account_id)
        totp.prepare(row)
        row.totp_since, secret = now, totp.secret_of(workspace, row.totp_seed)
    return pyotp.TOTP(secret).at


def a_session(workspace, account_id, *, now, way=sessions.BY_PASSWORD, browser="Firefox op Windows"):
    """Begin a session as a first step does; return its secret."""
    with writing(workspace.session):
        account = workspace.session.get_one(AccountRow, account_id)
        return sessions.begin(workspace, account, way=way, browser=browser, now=now).token


def audit(workspace):
    """Return what is written down, oldest first, as (who, what, subject)."""
    rows = workspace.session.scalars(select(AuditRow).order_by(AuditRow.id))
    return [(row.who, row.what, row.subject) for row in rows]


def credential(workspace, account_id):
    return workspace.session.get_one(CredentialRow, account_id)
