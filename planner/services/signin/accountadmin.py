"""Who may come in: the coordinator's list, and the few things that can be done to an account."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select

from planner.domain.access.mailaddress import mail_address
from planner.domain.access.rights import ACCOUNT_ROLES, Right, Role
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services import tasks
from planner.services.audit import note
from planner.services.guarding import allowed
from planner.services.signin import onetimelinks, sessions, signinmail, totp
from planner.services.signin.signinmail import can_mail
from planner.services.views import AccountLine, AccountsView, LinkToGive
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, CredentialRow, LinkPurpose, PersonRow, SessionRow

ROLE_NAMES = {
    Role.COORDINATOR: "LOB-coördinator",
    Role.TEAM: "team",
    Role.MENTOR: "mentor",
    Role.COLLEAGUE: "collega",
    Role.REVIEWER: "tekstlezer",
}
LONGEST_NAME = 80
LAST = "Dit is de enige LOB-coördinator. Maak eerst iemand anders coördinator."


@allowed(Right.ACCOUNTS)
def view(workspace: Workspace, *, now: datetime) -> AccountsView:
    """Return everybody who may come in, coordinators first, then by name."""
    session = workspace.session
    people = session.execute(select(PersonRow.id, PersonRow.name).order_by(PersonRow.name)).all()
    names = {row.id: row.name for row in people}
    order = {role: place for place, role in enumerate(ACCOUNT_ROLES)}
    rows = sorted(session.scalars(select(AccountRow)), key=lambda row: (order[Role(row.role)], row.name, row.id))
    return AccountsView(
        accounts=tuple(_line(workspace, row, names, now=now) for row in rows),
        roles=tuple((role, ROLE_NAMES[role]) for role in ACCOUNT_ROLES),
        people=tuple(names.items()),
        can_mail=can_mail(workspace),
    )


def _line(workspace: Workspace, row: AccountRow, names: dict[str, str], *, now: datetime) -> AccountLine:
    session = workspace.session
    mine = select(SessionRow).where(SessionRow.account_id == row.id, SessionRow.is_whole)
    alive = [each for each in session.scalars(mine) if sessions.is_alive(each, now=now)]
    return AccountLine(
        id=row.id,
        name=row.name,
        email=row.email or "",
        role=row.role,
        role_name=ROLE_NAMES[Role(row.role)],
        person=names.get(row.person_id or "", ""),
        ways=tuple(_ways(workspace, row.id)),
        has_second_step=sessions.has_second_step(workspace, row.id),
        sessions=len(alive),
        last_seen=max((each.last_seen for each in alive), default=None),
        is_closed=row.disabled_at is not None,
        is_me=row.id == workspace.actor.account_id,
    )


def _ways(workspace: Workspace, account_id: int) -> Iterator[str]:
    credential = workspace.session.get(CredentialRow, account_id)
    if credential and credential.password_hash:
        yield "wachtwoord"
    if credential and credential.oidc_subject:
        yield "schoolaccount"


@allowed(Right.ACCOUNTS)
def invite(workspace: Workspace, *, name: str, email: str, role: str, person_id: str = "", now: datetime) -> LinkToGive:
    """Make an account and return the link with which its owner sets a password; mailed too when mail is set up.

    InputError for an odd name, address, role or person, ConflictError when the address has an account already.
    """
    address, who, chosen = mail_address(email), " ".join(name.split()), _role(role)
    if address is None:
        raise InputError("Het e-mailadres klopt niet. Schrijf het als naam@school.nl.")
    if not who or len(who) > LONGEST_NAME or not who.isprintable():
        raise InputError(f"Vul een naam in van hooguit {LONGEST_NAME} tekens.")
    session = workspace.session
    with writing(session):
        if session.scalar(select(AccountRow.id).where(AccountRow.email == address)) is not None:
            raise ConflictError("Er is al een account met dit e-mailadres. Zoek het op in de lijst.")
        if person_id and session.get(PersonRow, person_id) is None:
            raise InputError("Deze persoon staat niet in de lijst Mensen. Kies iemand anders.")
        account = AccountRow(name=who, email=address, role=chosen, person_id=person_id or None)
        session.add(account)
        session.flush()
        note(workspace, f"account gemaakt: {ROLE_NAMES[chosen]}", subject=who, now=now)
        return _give_link(workspace, account, now=now)


@allowed(Right.ACCOUNTS)
def new_link(workspace: Workspace, account_id: int, *, now: datetime) -> LinkToGive:
    """Return a fresh link to set a password, for who forgot it or never used the first."""
    with writing(workspace.session):
        account = _open_account(workspace, account_id)
        note(workspace, "nieuwe wachtwoordlink", subject=account.name, now=now)
        return _give_link(workspace, account, now=now)


def _give_link(workspace: Workspace, account: AccountRow, *, now: datetime) -> LinkToGive:
    """Return a new link to set a password and have another one mailed; the links before it are over."""
    onetimelinks.forget(workspace, account.id, LinkPurpose.PASSWORD)
    token = onetimelinks.make(workspace, account.id, LinkPurpose.PASSWORD, now=now)
    mails = can_mail(workspace) and bool(account.email)
    if mails:
        tasks.queue(workspace, kind="mail.invite", arguments={"account_id": account.id}, now=now)
    return LinkToGive(
        name=account.name,
        email=account.email or "",
        url=signinmail.link_url(workspace, token, LinkPurpose.PASSWORD),
        days=onetimelinks.LIFE[LinkPurpose.PASSWORD].days,
        is_mailed=mails,
    )


@allowed(Right.ACCOUNTS)
def change_role(workspace: Workspace, account_id: int, role: str, *, now: datetime) -> None:
    """Give an account another role; its sessions are over. ConflictError for the last coordinator."""
    chosen = _role(role)
    with writing(workspace.session):
        account = _account(workspace, account_id)
        if account.role == chosen:
            return
        _keep_a_coordinator(workspace, account)
        account.role = chosen
        sessions.end_of_account(workspace, account.id)
        note(workspace, f"rol veranderd in {ROLE_NAMES[chosen]}", subject=account.name, now=now)


@allowed(Right.ACCOUNTS)
def close(workspace: Workspace, account_id: int, *, now: datetime) -> None:
    """Close an account: its sessions and links are over at once. ConflictError for the last coordinator."""
    with writing(workspace.session):
        account = _open_account(workspace, account_id)
        _keep_a_coordinator(workspace, account)
        account.disabled_at = now
        sessions.end_of_account(workspace, account.id)
        onetimelinks.forget(workspace, account.id)
        note(workspace, "account gesloten", subject=account.name, now=now)


@allowed(Right.ACCOUNTS)
def reopen(workspace: Workspace, account_id: int, *, now: datetime) -> None:
    """Open a closed account again; nothing happens when it is open."""
    with writing(workspace.session):
        account = _account(workspace, account_id)
        if account.disabled_at is not None:
            account.disabled_at = None
            note(workspace, "account weer open", subject=account.name, now=now)


@allowed(Right.ACCOUNTS)
def end_sessions(workspace: Workspace, account_id: int, *, now: datetime) -> None:
    """End every session of an account."""
    with writing(workspace.session):
        account = _account(workspace, account_id)
        sessions.end_of_account(workspace, account.id)
        note(workspace, "aanmeldingen beëindigd", subject=account.name, now=now)


@allowed(Right.ACCOUNTS)
def start_anew(workspace: Workspace, account_id: int, *, now: datetime) -> LinkToGive:
    """Take password and second step of an account away, end its sessions, and return a link to begin again.

    For who lost phone and paper. The password goes too: whoever knew it could otherwise set up the second step.
    """
    with writing(workspace.session):
        account = _open_account(workspace, account_id)
        totp.forget(workspace, account.id)
        totp.credential(workspace, account.id).password_hash = None
        sessions.end_of_account(workspace, account.id)
        note(workspace, "wachtwoord en tweede stap weggehaald", subject=account.name, now=now)
        return _give_link(workspace, account, now=now)


@allowed(Right.ACCOUNTS)
def reset(workspace: Workspace, email: str, *, now: datetime) -> LinkToGive:
    """Let somebody begin anew who is locked out, a closed account too; NotFoundError for an unknown address."""
    address = mail_address(email)
    found = workspace.session.scalar(select(AccountRow.id).where(AccountRow.email == address)) if address else None
    if found is None:
        raise NotFoundError(f"Er is geen account met het adres {email}. Bekijk ze met: planner account list")
    with writing(workspace.session):
        reopen(workspace, found, now=now)
        return start_anew(workspace, found, now=now)


def _role(text: str) -> Role:
    if text not in ACCOUNT_ROLES:
        raise InputError(f"Kies een rol: {', '.join(ACCOUNT_ROLES)}.")
    return Role(text)


def _account(workspace: Workspace, account_id: int) -> AccountRow:
    account = workspace.session.get(AccountRow, account_id)
    if account is None:
        raise NotFoundError("Dit account is er niet (meer).")
    return account


def _open_account(workspace: Workspace, account_id: int) -> AccountRow:
    account = _account(workspace, account_id)
    if account.disabled_at is not None:
        raise ConflictError("Dit account is gesloten. Open het eerst.")
    return account


def _keep_a_coordinator(workspace: Workspace, account: AccountRow) -> None:
    """Raise ConflictError when nobody else could look after the accounts."""
    others = (AccountRow.role == Role.COORDINATOR) & AccountRow.disabled_at.is_(None) & (AccountRow.id != account.id)
    left = workspace.session.scalar(select(func.count()).select_from(AccountRow).where(others))
    if account.role == Role.COORDINATOR and account.disabled_at is None and not left:
        raise ConflictError(LAST)
