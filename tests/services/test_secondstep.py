from datetime import timedelta

import pyotp
import pytest
from demoschool import NOW
from signingin import ELSEWHERE, SCHOOL, a_session, an_account, audit, credential, with_second_step
from sqlalchemy import select

from planner.domain.access.rights import Role
from planner.errors import ConflictError, InputError, NotFoundError, TooManyError
from planner.services.signin import accounts, secondstep, sessions, totp
from planner.services.signin.secondstep import OVER, TRIES, WRONG
from planner.services.workspace import ACCOUNT_TRIES
from planner.storage.models import CredentialRow, RecoveryCodeRow

HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture
def database_kind():
    """Every rule on SQLite; `test_signing_walk` does everything once on both."""
    return "sqlite"


@pytest.fixture
def coordinator(workspace):
    return an_account(workspace, role=Role.COORDINATOR)


@pytest.fixture
def half(workspace, coordinator):
    """Return the secret of a session that must set up its second step."""
    return a_session(workspace, coordinator, now=NOW)


def code_of(workspace, account_id, moment=NOW):
    seed = credential(workspace, account_id).totp_seed
    return pyotp.TOTP(totp.secret_of(workspace, seed)).at(moment)


def do(action, workspace, token, code, *, comer=SCHOOL, now=NOW):
    return action(workspace, token, code, comer=comer, now=now)


def miss(action, workspace, token, times, code="000000", **facts):
    for _ in range(times):
        with pytest.raises(InputError, match=WRONG[:25]):
            do(action, workspace, token, code, **facts)


# ---- Setting up ----


def test_coordinator_is_led_to_set_it_up(workspace, half):
    assert secondstep.is_to_set_up(workspace, half, now=NOW)


def test_what_is_scanned_and_what_is_typed_are_the_same_secret(workspace, coordinator, half):
    view = secondstep.setup_view(workspace, half, now=NOW)
    key = view.key.replace(" ", "")

    assert len(key) == 32
    assert pyotp.TOTP(key).at(NOW) == code_of(workspace, coordinator)
    uri = totp.uri(workspace, credential(workspace, coordinator).totp_seed, "noor@school.example")
    assert uri == f"otpauth://totp/Schakelplan:noor%40school.example?secret={key}&issuer=Schakelplan"
    assert view.qr_path.startswith("M4 4h7v1h-7z")
    assert view.qr_size > 40


def test_database_does_not_hold_the_secret(workspace, coordinator, half):
    key = secondstep.setup_view(workspace, half, now=NOW).key.replace(" ", "")
    row = credential(workspace, coordinator)

    assert key not in {row.totp_seed, row.totp_seed.upper()}
    assert totp.secret_of(workspace, row.totp_seed) == key


def test_first_code_sets_it_up_and_lets_in(workspace, coordinator, half):
    other = a_session(workspace, an_account(workspace, email="piet@school.example"), now=NOW)

    fresh, codes = do(secondstep.confirm, workspace, half, code_of(workspace, coordinator))

    assert accounts.visitor_of(workspace, fresh, now=NOW).account_id == coordinator
    assert sessions.find(workspace, half, now=NOW) is None
    assert (len(codes), len(set(codes))) == (10, 10)
    assert accounts.visitor_of(workspace, other, now=NOW)
    assert ("Noor de Vries", "tweede stap ingesteld", "") in audit(workspace)
    assert sessions.find(workspace, fresh, now=NOW).expires_at == NOW + sessions.SESSION_LIFE


def test_wrong_first_code_sets_nothing_up(workspace, coordinator, half):
    miss(secondstep.confirm, workspace, half, 1)

    assert not sessions.has_second_step(workspace, coordinator)
    assert secondstep.is_to_set_up(workspace, half, now=NOW)


def test_sessions_of_before_are_over_when_it_is_set_up(workspace):
    account = an_account(workspace)
    here, phone = (a_session(workspace, account, now=NOW) for _ in range(2))
    secondstep.begin_setup(workspace, here, now=NOW)

    fresh, _ = do(secondstep.confirm, workspace, here, code_of(workspace, account))

    assert accounts.visitor_of(workspace, phone, now=NOW) is None
    assert accounts.visitor_of(workspace, fresh, now=NOW)


def test_second_one_beside_the_first_is_refused(workspace):
    account = an_account(workspace)
    here = a_session(workspace, account, now=NOW)
    with_second_step(workspace, account, now=NOW)

    with pytest.raises(ConflictError, match="al een tweede stap"):
        secondstep.begin_setup(workspace, here, now=NOW)
    for action in (
        lambda: secondstep.setup_view(workspace, here, now=NOW),
        lambda: do(secondstep.confirm, workspace, here, code_of(workspace, account)),
    ):
        with pytest.raises(NotFoundError, match="geen tweede stap om in te stellen"):
            action()


def test_nothing_waits_for_who_never_began(workspace):
    here = a_session(workspace, an_account(workspace, password=""), now=NOW)

    with pytest.raises(NotFoundError, match="geen tweede stap om in te stellen"):
        secondstep.setup_view(workspace, here, now=NOW)
    with pytest.raises(NotFoundError, match="al ingelogd"):
        secondstep.is_to_set_up(workspace, here, now=NOW)


# ---- At every sign-in ----


@pytest.fixture
def code(workspace, coordinator):
    """Return a function that gives the coordinator's code of a moment."""
    return with_second_step(workspace, coordinator, now=NOW)


@pytest.fixture
def waiting(workspace, coordinator, code):  # noqa: ARG001 - the second step is there first
    return a_session(workspace, coordinator, now=NOW)


def test_code_lets_in_and_gives_the_session_another_secret(workspace, coordinator, waiting, code):
    assert not secondstep.is_to_set_up(workspace, waiting, now=NOW)

    fresh = do(secondstep.complete, workspace, waiting, code(NOW))

    assert accounts.visitor_of(workspace, fresh, now=NOW).account_id == coordinator
    assert sessions.find(workspace, waiting, now=NOW) is None


@pytest.mark.parametrize(("off", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_clock_of_the_phone_may_be_half_a_minute_off(workspace, waiting, code, off, right):
    typed = code(NOW + timedelta(seconds=off))

    if right:
        assert do(secondstep.complete, workspace, waiting, f" {typed[:3]} {typed[3:]} ")
    else:
        miss(secondstep.complete, workspace, waiting, 1, typed)


def test_code_counts_once(workspace, coordinator, waiting, code):
    do(secondstep.complete, workspace, waiting, code(NOW))
    again = a_session(workspace, coordinator, now=NOW)

    miss(secondstep.complete, workspace, again, 1, code(NOW))
    miss(secondstep.complete, workspace, again, 1, code(NOW - HALF_A_MINUTE))

    later = NOW + HALF_A_MINUTE
    assert do(secondstep.complete, workspace, again, code(later), now=later)


@pytest.mark.usefixtures("coordinator")
def test_five_wrong_codes_end_the_session(workspace, waiting, code):
    miss(secondstep.complete, workspace, waiting, TRIES - 1)
    with pytest.raises(NotFoundError, match=OVER):
        do(secondstep.complete, workspace, waiting, "000000")

    with pytest.raises(NotFoundError, match="niet \\(meer\\) ingelogd"):
        do(secondstep.complete, workspace, waiting, code(NOW))
    assert sum(what == "verkeerde code" for _, what, _ in audit(workspace)) == TRIES


def test_codes_are_limited_over_sessions_too(workspace, coordinator, waiting, code):
    miss(secondstep.complete, workspace, waiting, TRIES - 1)
    again = a_session(workspace, coordinator, now=NOW)
    miss(secondstep.complete, workspace, again, ACCOUNT_TRIES - TRIES + 1)

    with pytest.raises(TooManyError):
        do(secondstep.complete, workspace, again, code(NOW))
    assert do(secondstep.complete, workspace, again, code(NOW), comer=ELSEWHERE)


# ---- Codes on paper ----


@pytest.fixture
def paper(workspace, coordinator, half):
    """Return the codes on paper of a coordinator who just set the second step up."""
    return do(secondstep.confirm, workspace, half, code_of(workspace, coordinator))[1]


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower"])
def test_code_on_paper_lets_in_once(workspace, coordinator, paper, typed):
    first, again = (a_session(workspace, coordinator, now=NOW) for _ in range(2))
    one = paper[3].lower().replace("-", " ") if typed == "lower" else typed.format(paper[3])

    assert do(secondstep.complete, workspace, first, one)
    miss(secondstep.complete, workspace, again, 1, one)
    assert totp.codes_left(workspace, coordinator) == len(paper) - 1


def test_code_on_paper_of_somebody_else_is_worth_nothing(workspace, paper):
    piet = an_account(workspace, email="piet@school.example")
    with_second_step(workspace, piet, now=NOW)

    miss(secondstep.complete, workspace, a_session(workspace, piet, now=NOW), 1, paper[0])


def test_codes_on_paper_are_kept_as_hashes_under_the_key(workspace, paper):
    kept = set(workspace.session.scalars(select(RecoveryCodeRow.code_hash)))

    assert len(kept) == len(paper)
    assert {len(each) for each in kept} == {64}
    assert not any(code in each.upper() for each in kept for code in paper)


def test_new_codes_end_the_old_ones(workspace, coordinator, paper):
    here = do(secondstep.complete, workspace, a_session(workspace, coordinator, now=NOW), paper[0])

    fresh = do(secondstep.renew_codes, workspace, here, paper[1])

    assert set(fresh).isdisjoint(paper)
    miss(secondstep.complete, workspace, a_session(workspace, coordinator, now=NOW), 1, paper[2])
    miss(secondstep.renew_codes, workspace, here, 1, paper[2])


# ---- Another phone ----


def test_taking_it_away_asks_for_a_code_and_ends_every_session(workspace, coordinator, waiting, code):
    here = do(secondstep.complete, workspace, waiting, code(NOW))
    later = NOW + HALF_A_MINUTE
    miss(secondstep.take_away, workspace, here, 1)

    do(secondstep.take_away, workspace, here, code(later), now=later)

    assert accounts.visitor_of(workspace, here, now=later) is None
    assert not sessions.has_second_step(workspace, coordinator)
    assert secondstep.is_to_set_up(workspace, a_session(workspace, coordinator, now=later), now=later)


def test_who_has_none_cannot_take_it_away(workspace):
    here = a_session(workspace, an_account(workspace), now=NOW)

    miss(secondstep.take_away, workspace, here, 1)


@pytest.mark.usefixtures("workspace")
def test_other_key_makes_every_code_worthless(waiting, code, open_workspace):
    moved = open_workspace(secret_key="another-key-of-the-tests-0123456789-abcdef")  # noqa: S106 - of a test

    miss(secondstep.complete, moved, waiting, 1, code(NOW))


def test_without_a_seed_no_code_is_right(workspace):
    assert not totp.accept(workspace, CredentialRow(account_id=1, totp_step=0), "000000", now=NOW)
