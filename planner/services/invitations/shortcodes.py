"""The code on an invitation that is typed or said aloud, for who cannot scan: of one household for one event.

How long it must be. A code has 9 characters of 23, the last one a check: 23 ** 8 = 78,310,985,281 codes, 36 bits.
A large school has about 2,500 of them open at once (600 households, four events), so one guess in 31 million
hits. Guesses count per address or /64, and 20 misses in ten minutes close the short way for that address: at most
2,880 guesses a day, one hit in 30 years. A hit shows one evening without a name, and takes one answer.

What a closed address still takes. In a hall or a school every family has the same address as the one who
guesses, so nobody there may be locked out. Beside the code the paper has three more characters; a closed address
asks for them too. Together that is 23 ** 11 = 952,809,757,913,927 codes, 50 bits: 10 ** 6 guesses find one of 2,500
with a chance of 1 in 381,000, and a hundred guesses a second for two weeks with a chance of 1 in 3,150. Nothing
has to stop them, so nothing stops the families. The check character is not part of this: a slip of the finger
is told without a search in the database, and never counts.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from planner.domain.families.answers import Flaw
from planner.domain.families.shortcode import BASE, from_number, is_valid, normalise, shown
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.tokens import derive_token, hash_token
from planner.services.workspace import Workspace
from planner.storage.models import InviteLinkRow, ShortCodeRow

LENGTH = 9  # of which one is the check
EXTRA = 3
DOOR = "code"  # the name under which failures are counted


def _number(workspace: Workspace, purpose: str, row: InviteLinkRow, attempt: int) -> int:
    """Return a number of 256 bits that only this installation can work out."""
    subject = f"{row.event_id}|{row.household_id}|{attempt}"
    return int(
        hash_token(derive_token(workspace.secret_key, purpose=purpose, subject=subject, generation=row.generation)), 16
    )


def _code(workspace: Workspace, row: InviteLinkRow, attempt: int) -> str:
    return from_number(_number(workspace, "short code", row, attempt) % BASE ** (LENGTH - 1), length=LENGTH)


def _extra(workspace: Workspace, row: InviteLinkRow, attempt: int) -> str:
    number = _number(workspace, "short code extra", row, attempt) % BASE**EXTRA
    return from_number(number, length=EXTRA + 1)[:EXTRA]


def _hash(workspace: Workspace, code: str) -> str:
    """Return what is kept of a code. With the key of the installation: the codes alone are few enough to try."""
    return hash_token(derive_token(workspace.secret_key, purpose="short code hash", subject=code, generation=0))


def _is_free(workspace: Workspace, row: InviteLinkRow, attempt: int) -> bool:
    code_hash = _hash(workspace, _code(workspace, row, attempt))
    known = workspace.session.scalar(select(ShortCodeRow).filter_by(code_hash=code_hash))
    return known is None or known.link_id == row.id


def ensure_code(workspace: Workspace, row: InviteLinkRow) -> None:
    """Keep the code of a stored invitation link; another one when a second link happens to have the same."""
    attempt = 0
    while not _is_free(workspace, row, attempt):
        attempt += 1
    code_hash = _hash(workspace, _code(workspace, row, attempt))
    workspace.session.merge(ShortCodeRow(link_id=row.id, attempt=attempt, code_hash=code_hash))
    workspace.session.flush()


def codes_of(workspace: Workspace, event_id: str) -> Mapping[str, tuple[str, str]]:
    """Return code and extra characters as they are printed, by household; only those that work with today's key."""
    query = select(InviteLinkRow, ShortCodeRow).join(ShortCodeRow, ShortCodeRow.link_id == InviteLinkRow.id)
    found = {}
    for row, kept in workspace.session.execute(query.where(InviteLinkRow.event_id == event_id)):
        code = _code(workspace, row, kept.attempt)
        if _hash(workspace, code) == kept.code_hash:
            found[row.household_id] = (shown(code), _extra(workspace, row, kept.attempt))
    return found


def find(workspace: Workspace, typed: str, *, guesser: str, now: datetime) -> tuple[InviteLinkRow, str]:
    """Return the invitation link of a typed code, and the code with its extra characters, which always gets in.

    AnswerRefusedError: CODE_WRONG for a slip of the finger, CODE_EXTRA when this address is guessing and the
    extra characters are missing, CODE_UNKNOWN for what was not printed (which counts as a guess).
    """
    text = normalise(typed)
    code, extra = text[:LENGTH], text[LENGTH:]
    if not is_valid(code, length=LENGTH) or len(extra) not in {0, EXTRA}:
        raise AnswerRefusedError(Flaw.CODE_WRONG)
    if not extra and (wait := workspace.failures.wait(DOOR, guesser, now=now)):
        raise AnswerRefusedError(Flaw.CODE_EXTRA, wait=wait)
    query = select(InviteLinkRow, ShortCodeRow).join(ShortCodeRow, ShortCodeRow.link_id == InviteLinkRow.id)
    found = workspace.session.execute(query.where(ShortCodeRow.code_hash == _hash(workspace, code))).one_or_none()
    if found is not None and found[0].revoked_at is None:
        right = _extra(workspace, found[0], found[1].attempt)
        if extra in {"", right}:
            return found[0], code + right
    workspace.failures.note(DOOR, guesser, now=now)
    raise AnswerRefusedError(Flaw.CODE_UNKNOWN)
