"""The second step: set up with a phone, asked at every sign-in, replaced by a code on paper when the phone is gone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from planner.errors import ConflictError, InputError, NotFoundError
from planner.exports.qr import qr_svg_path
from planner.services.audit import note
from planner.services.limiting import network_of, refuse_guesser
from planner.services.signin import sessions, totp
from planner.services.signin.signing import Comer
from planner.services.views import SetupView
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import AccountRow, CredentialRow, SessionRow

T = TypeVar("T")
DOOR = "code"
TRIES = 5  # wrong codes in one session; then it is over
WRONG = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code en probeer het nog eens."
OVER = "Er is vijf keer een verkeerde code ingevuld. Log opnieuw in."
NOTHING = "Er is geen tweede stap om in te stellen."


def is_to_set_up(workspace: Workspace, token: str, *, now: datetime) -> bool:
    """Return whether who did the first step must set up the second one; NotFoundError when nobody did."""
    row = _session(workspace, token, now=now)
    if row.is_whole:
        raise NotFoundError("U bent al ingelogd.")
    return not sessions.has_second_step(workspace, row.account_id)


def setup_view(workspace: Workspace, token: str, *, now: datetime) -> SetupView:
    """Return the code to scan and the key to type; NotFoundError when nothing waits to be set up."""
    row = _session(workspace, token, now=now)
    account, seed = _account(workspace, row), _waiting_seed(workspace, row)
    key = totp.secret_of(workspace, seed)
    code = qr_svg_path(totp.uri(workspace, seed, account.email or account.name))
    return SetupView(
        qr_path=code.path,
        qr_size=code.size,
        key=" ".join(key[start : start + 4] for start in range(0, len(key), 4)),
    )


def begin_setup(workspace: Workspace, token: str, *, now: datetime) -> None:
    """Let somebody who is signed in set up a second step; ConflictError when there is one already."""
    with writing(workspace.session):
        row = sessions.require_session(workspace, token, now=now)
        if sessions.has_second_step(workspace, row.account_id):
            raise ConflictError("U hebt al een tweede stap. Haal die eerst weg.")
        totp.prepare(totp.credential(workspace, row.account_id))


def confirm(workspace: Workspace, token: str, code: str, *, comer: Comer, now: datetime) -> tuple[str, tuple[str, ...]]:
    """Set up the second step with its first code; return the session's new secret and the codes for paper.

    Every other session of this account is over: it was begun without the second step.
    """

    def check(row: SessionRow) -> bool:
        _waiting_seed(workspace, row)
        return totp.accept(workspace, _credential(workspace, row), code, now=now)

    def keep(row: SessionRow) -> tuple[str, tuple[str, ...]]:
        _credential(workspace, row).totp_since = now
        sessions.end_of_account(workspace, row.account_id, keep=[row.id])
        note(workspace, "tweede stap ingesteld", who=_account(workspace, row).name, now=now)
        return sessions.renew(row, now=now), totp.new_recovery_codes(workspace, row.account_id)

    return _Door(workspace, token, comer, now).open(check, keep)


def complete(workspace: Workspace, token: str, code: str, *, comer: Comer, now: datetime) -> str:
    """Do the second step with a code from the phone or from paper; return the session's new secret."""

    def carry_on(row: SessionRow) -> str:
        note(workspace, "tweede stap gedaan", who=_account(workspace, row).name, subject=row.browser, now=now)
        return sessions.renew(row, now=now)

    return _Door(workspace, token, comer, now).open_with(code, carry_on)


def take_away(workspace: Workspace, token: str, code: str, *, comer: Comer, now: datetime) -> None:
    """Take one's own second step away, with a code of it, and end every session of this account."""

    def drop(row: SessionRow) -> None:
        note(workspace, "tweede stap weggehaald", who=_account(workspace, row).name, now=now)
        totp.forget(workspace, row.account_id)
        sessions.end_of_account(workspace, row.account_id)

    _Door(workspace, token, comer, now).open_with(code, drop)


def renew_codes(workspace: Workspace, token: str, code: str, *, comer: Comer, now: datetime) -> tuple[str, ...]:
    """Return new codes for paper, for who has a code of the second step."""

    def renew(row: SessionRow) -> tuple[str, ...]:
        note(workspace, "nieuwe herstelcodes", who=_account(workspace, row).name, now=now)
        return totp.new_recovery_codes(workspace, row.account_id)

    return _Door(workspace, token, comer, now).open_with(code, renew)


@dataclass(frozen=True, slots=True)
class _Door:
    """One try at a code: a wrong one is counted, and after five of them the session is over."""

    workspace: Workspace
    token: str
    comer: Comer
    now: datetime

    def open_with(self, code: str, then: Callable[[SessionRow], T]) -> T:
        """Do something when this is a code of the second step, from the phone or from paper."""

        def check(row: SessionRow) -> bool:
            if not sessions.has_second_step(self.workspace, row.account_id):
                return False
            credential = _credential(self.workspace, row)
            is_right = totp.accept(self.workspace, credential, code, now=self.now)
            return is_right or totp.use_recovery_code(self.workspace, row.account_id, code)

        return self.open(check, then)

    def open(self, check: Callable[[SessionRow], bool], then: Callable[[SessionRow], T]) -> T:
        """Do something when the check is passed; InputError for a wrong code, NotFoundError for one too many."""
        failures = self.workspace.account_failures
        with writing(self.workspace.session):
            row = _session(self.workspace, self.token, now=self.now)
            guesser = f"{network_of(self.comer.address)} {row.account_id}"
            refuse_guesser(failures, DOOR, guesser, now=self.now)
            if check(row):
                row.misses = 0
                return then(row)
            is_over = self._miss(row)
        failures.note(DOOR, guesser, now=self.now)
        raise NotFoundError(OVER) if is_over else InputError(WRONG)

    def _miss(self, row: SessionRow) -> bool:
        """Count a wrong code and return whether it was one too many."""
        row.misses += 1
        name = _account(self.workspace, row).name
        note(self.workspace, "verkeerde code", who=name, subject=row.browser, now=self.now)
        if row.misses >= TRIES:
            self.workspace.session.delete(row)
        return row.misses >= TRIES


def _session(workspace: Workspace, token: str, *, now: datetime) -> SessionRow:
    return sessions.require_session(workspace, token, now=now, is_half_enough=True)


def _account(workspace: Workspace, row: SessionRow) -> AccountRow:
    return workspace.session.get_one(AccountRow, row.account_id)


def _credential(workspace: Workspace, row: SessionRow) -> CredentialRow:
    return workspace.session.get_one(CredentialRow, row.account_id)


def _waiting_seed(workspace: Workspace, row: SessionRow) -> str:
    credential = workspace.session.get(CredentialRow, row.account_id)
    if credential is None or credential.totp_seed is None or credential.totp_since:
        raise NotFoundError(NOTHING)
    return credential.totp_seed
