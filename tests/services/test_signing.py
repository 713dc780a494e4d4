from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from demoschool import NOW
from signingin import (
    ELSEWHERE,
    EMAIL,
    PASSWORD,
    SCHOOL,
    a_session,
    an_account,
    audit,
    credential,
    kept_hash,
    with_second_step,
)
from sqlalchemy import event, select

from planner.domain.access.rights import Role
from planner.errors import InputError, NotFoundError, TooManyError
from planner.services.signin import accounts, onetimelinks, sessions, signing
from planner.services.signin.hashing import HASHER
from planner.services.signin.signing import INCOMPLETE, WRONG
from planner.services.workspace import ACCOUNT_TRIES
from planner.storage.db import writing
from planner.storage.models import LinkPurpose, SessionRow

WINDOW = timedelta(minutes=10)


@pytest.fixture
def database_kind():
    """Every rule on SQLite; `test_signing_walk` does everything once on both."""
    return "sqlite"


@pytest.fixture
def noor(workspace):
    return an_account(workspace)


def sign_in(workspace, email=EMAIL, password=PASSWORD, comer=SCHOOL, now=NOW):
    return signing.sign_in(workspace, email=email, password=password, comer=comer, now=now)


def fail(workspace, times, **facts):
    for _ in range(times):
        with pytest.raises(InputError, match=WRONG[:30]):
            sign_in(workspace, **{"password": "een gok van iemand", **facts})


def mail_link(workspace, account_id, now=NOW):
    with writing(workspace.session):
        return onetimelinks.make(workspace, account_id, LinkPurpose.MAIL, now=now)


@pytest.mark.parametrize("email", [EMAIL, f" {EMAIL.upper()} "])
def test_password_lets_in(workspace, noor, email):
    started = sign_in(workspace, email)

    assert (started.account_id, started.is_whole) == (noor, True)
    assert accounts.visitor_of(workspace, started.token, now=NOW).name == "Noor de Vries"


@pytest.mark.parametrize(("email", "password"), [("", PASSWORD), ("geen adres", PASSWORD), (EMAIL, "")])
def test_half_a_form_is_asked_again_and_counts_for_nothing(workspace, noor, email, password):
    for _ in range(ACCOUNT_TRIES + 1):
        with pytest.raises(InputError, match=INCOMPLETE):
            sign_in(workspace, email, password)

    assert sign_in(workspace).account_id == noor


def test_coordinator_is_not_in_yet(workspace):
    an_account(workspace, role=Role.COORDINATOR)

    started = sign_in(workspace)

    assert not started.is_whole
    assert accounts.visitor_of(workspace, started.token, now=NOW) is None


def test_wrong_password_is_written_down_without_what_was_typed(workspace, noor):
    fail(workspace, 1)
    fail(workspace, 1, email="wie.dan.ook@elders.example")

    assert audit(workspace)[-2:] == [
        ("Noor de Vries", "inloggen mislukt", "Firefox op Windows"),
        ("onbekend", "inloggen mislukt", "Firefox op Windows"),
    ]
    assert list(workspace.session.scalars(select(SessionRow.account_id).where(SessionRow.account_id == noor))) == []


def test_closed_account_and_account_without_password_do_not_get_in(workspace):
    an_account(workspace, disabled_at=NOW)
    an_account(workspace, email="piet@school.example", password="")

    fail(workspace, 1, password=PASSWORD)
    fail(workspace, 1, email="piet@school.example", password=PASSWORD)


def test_too_many_tries_wait_even_with_the_right_password(workspace, noor):
    fail(workspace, ACCOUNT_TRIES)

    with pytest.raises(TooManyError, match="over 10 minuten") as refused:
        sign_in(workspace)

    assert refused.value.wait == WINDOW
    assert sign_in(workspace, now=NOW + WINDOW).account_id == noor


@pytest.mark.usefixtures("noor")
def test_limit_stands_before_the_hash(workspace):
    fail(workspace, ACCOUNT_TRIES)
    before = HASHER.count

    with pytest.raises(TooManyError):
        sign_in(workspace)

    assert HASHER.count == before


@pytest.mark.usefixtures("noor")
def test_limit_stands_before_the_database_for_a_browser_that_never_signed_in(workspace):
    fail(workspace, ACCOUNT_TRIES)
    asked = []

    def hear(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(workspace.session.get_bind(), "before_cursor_execute", hear)
    try:
        with pytest.raises(TooManyError):
            sign_in(workspace)
        by_stranger = len(asked)
        sign_in(workspace, comer=ELSEWHERE)
    finally:
        event.remove(workspace.session.get_bind(), "before_cursor_execute", hear)

    assert by_stranger == 0
    assert asked


def test_owner_gets_in_from_another_network(workspace, noor):
    fail(workspace, ACCOUNT_TRIES)

    assert sign_in(workspace, comer=ELSEWHERE).account_id == noor


@pytest.mark.usefixtures("noor")
def test_colleague_on_the_same_network_gets_in(workspace):
    piet = an_account(workspace, email="piet@school.example")
    fail(workspace, ACCOUNT_TRIES)

    assert sign_in(workspace, email="piet@school.example").account_id == piet


def test_network_that_guesses_at_everybody_waits(workspace, noor):
    for number in range(workspace.failures.limit):
        fail(workspace, 1, email=f"naam{number}@school.example")

    with pytest.raises(TooManyError):
        sign_in(workspace)
    assert sign_in(workspace, comer=ELSEWHERE).account_id == noor


def test_browser_that_came_in_before_is_not_held_up_by_its_neighbours(workspace, noor):
    known = replace(SCHOOL, device="deze-browser", known=frozenset({noor}))
    for number in range(workspace.failures.limit):
        fail(workspace, 1, email=f"naam{number}@school.example")
    fail(workspace, 0)

    assert sign_in(workspace, comer=known).account_id == noor
    fail(workspace, ACCOUNT_TRIES, comer=known)
    with pytest.raises(TooManyError):
        sign_in(workspace, comer=known)


def test_right_password_forgives_the_wrong_ones(workspace, noor):
    for _ in range(3):
        fail(workspace, ACCOUNT_TRIES - 1)
        workspace.failures.clear()
        assert sign_in(workspace).account_id == noor


def test_old_hash_is_made_anew_by_signing_in(workspace, noor):
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with writing(workspace.session):
        credential(workspace, noor).password_hash = old

    fail(workspace, 1)
    assert credential(workspace, noor).password_hash == old
    sign_in(workspace)

    fresh = credential(workspace, noor).password_hash
    assert not HASHER.is_old(fresh)
    assert HASHER.fits(fresh, PASSWORD)


@pytest.mark.parametrize("change", ["password", "closed"])
def test_account_that_changes_while_its_password_is_checked(workspace, noor, other, monkeypatch, change):
    """The password is changed, or the account closed, by somebody else between the check and the session."""
    fits = HASHER.fits

    def meanwhile(kept, password):
        is_right = fits(kept, password)
        with writing(other.session):
            if change == "password":
                credential(other, noor).password_hash = kept_hash("iets heel anders")
            else:
                other.session.get_one(accounts.AccountRow, noor).disabled_at = NOW
        return is_right

    monkeypatch.setattr(HASHER, "fits", meanwhile)

    with pytest.raises(InputError, match=WRONG[:30]):
        sign_in(workspace)

    assert list(workspace.session.scalars(select(SessionRow.id).where(SessionRow.account_id == noor))) == []


def test_link_from_the_mail_lets_in_once(workspace, noor):
    token = mail_link(workspace, noor)
    signing.look_at_link(workspace, token, now=NOW)

    started = signing.sign_in_by_mail(workspace, token, browser="Safari op een iPhone", now=NOW)

    assert accounts.visitor_of(workspace, started.token, now=NOW).account_id == noor
    with pytest.raises(NotFoundError, match="al gebruikt of te oud"):
        signing.sign_in_by_mail(workspace, token, browser="", now=NOW)


def test_link_from_the_mail_ends_after_a_quarter(workspace, noor):
    token, life = mail_link(workspace, noor), timedelta(minutes=15)

    signing.look_at_link(workspace, token, now=NOW + life - timedelta(seconds=1))
    with pytest.raises(NotFoundError):
        signing.look_at_link(workspace, token, now=NOW + life)


def test_link_of_a_closed_account_is_over(workspace, noor):
    token = mail_link(workspace, noor)
    with writing(workspace.session):
        workspace.session.get_one(accounts.AccountRow, noor).disabled_at = NOW

    with pytest.raises(NotFoundError):
        signing.sign_in_by_mail(workspace, token, browser="", now=NOW)


def test_link_from_the_mail_still_asks_for_the_second_step(workspace, noor):
    with_second_step(workspace, noor, now=NOW)

    assert not signing.sign_in_by_mail(workspace, mail_link(workspace, noor), browser="", now=NOW).is_whole


def test_session_of_before_is_another_one(workspace, noor):
    assert sign_in(workspace).token != a_session(workspace, noor, now=NOW)
    assert len(sessions.lines(workspace, sign_in(workspace).token, now=NOW)) == 3
