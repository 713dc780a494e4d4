"""Codes that a phone makes every half minute (RFC 6238), and codes on paper for a lost phone.

The secret in the phone is derived from a random seed and the installation's key. So whoever gets hold of the
database, or of a backup, has nothing: without the key no code can be made, and none on paper recognised.
"""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime

from sqlalchemy import delete, func, select

from planner.domain.families.shortcode import BASE, from_number, normalise, shown
from planner.services.workspace import Workspace
from planner.storage.models import CredentialRow, RecoveryCodeRow

SECONDS = 30
DRIFT = 1  # steps that a phone's clock may be off, to either side
RECOVERY_CODES = 10
CODE_LENGTH = 15  # 14 characters of chance (63 bits) and one to check them; kept only under the key
_SECRET_BYTES = 20  # 160 bits, as RFC 4226 advises


def credential(workspace: Workspace, account_id: int) -> CredentialRow:
    """Return how an account proves itself, made if needed, inside a transaction."""
    session = workspace.session
    row = session.get(CredentialRow, account_id)
    if row is None:
        row = CredentialRow(account_id=account_id)
        session.add(row)
        session.flush()
    return row


def prepare(row: CredentialRow) -> None:
    """Give an account a fresh seed, that counts from its first right code on."""
    row.totp_seed, row.totp_since, row.totp_step = secrets.token_hex(16), None, 0


def secret_of(workspace: Workspace, seed: str) -> str:
    """Return the secret that goes into a phone, in base 32."""
    digest = hmac.digest(workspace.secret_key.encode(), f"totp|{seed}".encode(), "sha256")
    return b32encode(digest[:_SECRET_BYTES]).decode("ascii")


def uri(workspace: Workspace, seed: str, name: str) -> str:
    """Return what the QR code of a second step says."""
    import pyotp  # noqa: PLC0415 - only at a second step

    return pyotp.TOTP(secret_of(workspace, seed)).provisioning_uri(name=name, issuer_name="Schakelplan")


def accept(workspace: Workspace, row: CredentialRow, code: str, *, now: datetime) -> bool:
    """Return whether a code is right, inside a transaction; it never is again."""
    import pyotp  # noqa: PLC0415

    if not row.totp_seed:
        return False
    codes, step = pyotp.HOTP(secret_of(workspace, row.totp_seed)), int(now.timestamp()) // SECONDS
    typed = normalise(code)
    right = [
        near
        for near in range(step - DRIFT, step + DRIFT + 1)
        if hmac.compare_digest(codes.at(near).encode(), typed.encode())
    ]
    if not right or right[-1] <= row.totp_step:
        return False
    row.totp_step = right[-1]
    return True


def new_recovery_codes(workspace: Workspace, account_id: int) -> tuple[str, ...]:
    """Return fresh codes for paper, kept as hashes inside a transaction; the ones before are worth nothing."""
    session = workspace.session
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    most = BASE ** (CODE_LENGTH - 1)
    codes = tuple(from_number(secrets.randbits(128) % most, length=CODE_LENGTH) for _ in range(RECOVERY_CODES))
    session.add_all(
        RecoveryCodeRow(code_hash=_code_hash(workspace, account_id, code), account_id=account_id) for code in codes
    )
    return tuple(map(shown, codes))


def use_recovery_code(workspace: Workspace, account_id: int, code: str) -> bool:
    """Return whether this is a code on paper of this account, inside a transaction; it never is again."""
    row = workspace.session.get(RecoveryCodeRow, _code_hash(workspace, account_id, normalise(code)))
    if row is None:
        return False
    workspace.session.delete(row)
    return True


def codes_left(workspace: Workspace, account_id: int) -> int:
    """Return how many codes on paper still work."""
    mine = RecoveryCodeRow.account_id == account_id
    return workspace.session.scalar(select(func.count()).where(mine)) or 0


def forget(workspace: Workspace, account_id: int) -> None:
    """Take the second step away, with its codes on paper, inside a transaction."""
    session = workspace.session
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
    row = session.get(CredentialRow, account_id)
    if row:
        row.totp_seed, row.totp_since, row.totp_step = None, None, 0


def _code_hash(workspace: Workspace, account_id: int, code: str) -> str:
    return hmac.digest(workspace.secret_key.encode(), f"recovery|{account_id}|{code}".encode(), "sha256").hex()
