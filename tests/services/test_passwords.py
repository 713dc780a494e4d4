from datetime import timedelta

import pytest
from demoschool import NOW
from signingin import EMAIL, PASSWORD, SCHOOL, a_session, an_account, audit, credential, with_second_step

from planner.domain.access import passwords as rule
from planner.domain.access.rights import Role
from planner.errors import InputError, NotFoundError, TooManyError
from planner.services.signin import accounts, onetimelinks, passwords, sessions, signing
from planner.services.signin.passwords import NOT_TWICE, WRONG_OLD, Typed
from planner.services.workspace import ACCOUNT_TRIES
from planner.storage.db import writing
from planner.storage.models import LinkPurpose

NEW = "zes-appels-vallen-zacht"


@pytest.fixture
def database_kind():
    """Every rule on SQLite; `test_signing_walk` does everything once on both."""
    return "sqlite"


@pytest.fixture
def noor(workspace):
    return an_account(workspace)


def link(workspace, account_id, purpose=LinkPurpose.PASSWORD):
    with writing(workspace.session):
        return onetimelinks.make(workspace, account_id, purpose, now=NOW)


def typed(password=NEW, again=None, old=""):
    return Typed(password=password, again=password if again is None else again, old=old)


def set_by_link(workspace, token, given, now=NOW):
    return passwords.set_by_link(workspace, token, given, browser="Firefox op Windows", now=now)


def change(workspace, token, given, now=NOW):
    return passwords.change(workspace, token, given, comer=SCHOOL, now=now)


def can_sign_in(workspace, password):
    try:
        return bool(signing.sign_in(workspace, email=EMAIL, password=password, comer=SCHOOL, now=NOW))
    except InputError:
        return False


def test_link_sets_the_first_password_and_lets_in(workspace):
    account = an_account(workspace, password="")
    token = link(workspace, account)
    assert passwords.owner_of_link(workspace, token, now=NOW) == EMAIL

    started = set_by_link(workspace, token, typed())

    assert accounts.visitor_of(workspace, started.token, now=NOW).account_id == account
    assert can_sign_in(workspace, NEW)
    assert audit(workspace)[0] == ("Noor de Vries", "wachtwoord ingesteld", "")


def test_link_sets_a_password_once(workspace, noor):
    token, other, mail = link(workspace, noor), link(workspace, noor), link(workspace, noor, LinkPurpose.MAIL)
    set_by_link(workspace, token, typed())

    for each in (token, other):
        with pytest.raises(NotFoundError, match="al gebruikt of te oud"):
            set_by_link(workspace, each, typed())
    with pytest.raises(NotFoundError):
        signing.look_at_link(workspace, mail, now=NOW)


def test_link_to_set_a_password_works_a_week(workspace, noor):
    token, life = link(workspace, noor), timedelta(days=7)

    assert passwords.owner_of_link(workspace, token, now=NOW + life - timedelta(seconds=1)) == EMAIL
    with pytest.raises(NotFoundError):
        passwords.owner_of_link(workspace, token, now=NOW + life)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (typed("kort"), rule.TOO_SHORT),
        (typed("Welkom2026!"), rule.EASY),
        (typed("noordevries 77"), rule.OWN),
        (typed("de ankerplaats!"), rule.OWN),
        (typed(NEW, "zes-appels-vallen"), NOT_TWICE),
    ],
)
def test_password_that_will_not_do_leaves_the_link_as_it_was(workspace, noor, given, problem):
    token = link(workspace, noor)

    with pytest.raises(InputError) as refused:
        set_by_link(workspace, token, given)

    assert str(refused.value) == problem
    assert set_by_link(workspace, token, typed()).account_id == noor


def test_link_ends_every_session(workspace, noor):
    old = a_session(workspace, noor, now=NOW)

    set_by_link(workspace, link(workspace, noor), typed())

    assert accounts.visitor_of(workspace, old, now=NOW) is None


def test_link_for_a_password_does_not_replace_the_second_step(workspace):
    account = an_account(workspace, role=Role.COORDINATOR)
    with_second_step(workspace, account, now=NOW)

    started = set_by_link(workspace, link(workspace, account), typed())

    assert not started.is_whole
    assert sessions.has_second_step(workspace, account)


def test_link_works_without_a_school(empty):
    account = an_account(empty, password="")

    assert set_by_link(empty, link(empty, account), typed()).account_id == account


def test_own_password_is_changed_with_the_old_one(workspace, noor):
    here, phone = (a_session(workspace, noor, now=NOW) for _ in range(2))

    fresh = change(workspace, here, typed(old=PASSWORD))

    assert [accounts.visitor_of(workspace, each, now=NOW) is not None for each in (here, phone, fresh)] == [
        False,
        False,
        True,
    ]
    assert (can_sign_in(workspace, PASSWORD), can_sign_in(workspace, NEW)) == (False, True)


def test_wrong_old_password_changes_nothing_and_is_limited(workspace, noor):
    here, before = a_session(workspace, noor, now=NOW), credential(workspace, noor).password_hash

    for _ in range(ACCOUNT_TRIES):
        with pytest.raises(InputError, match=WRONG_OLD[:30]):
            change(workspace, here, typed(old="een gok van iemand"))
    with pytest.raises(TooManyError):
        change(workspace, here, typed(old=PASSWORD))

    assert credential(workspace, noor).password_hash == before
    assert accounts.visitor_of(workspace, here, now=NOW)


@pytest.mark.parametrize("way", [sessions.BY_MAIL, sessions.BY_SCHOOL, sessions.BY_LINK])
def test_forgotten_password_is_replaced_right_after_a_link(workspace, noor, way):
    here = a_session(workspace, noor, now=NOW, way=way)
    last = NOW + sessions.FRESH - timedelta(seconds=1)

    assert change(workspace, here, typed(), now=last)
    with pytest.raises(InputError, match=WRONG_OLD[:30]):
        change(workspace, a_session(workspace, noor, now=NOW, way=way), typed(), now=NOW + sessions.FRESH)


def test_old_session_of_an_account_without_password_cannot_set_one(workspace):
    account = an_account(workspace, password="")
    here = a_session(workspace, account, now=NOW - timedelta(days=1), way=sessions.BY_SCHOOL)

    with pytest.raises(InputError, match=WRONG_OLD[:30]):
        change(workspace, here, typed())
    assert not passwords.has_password(workspace, account)


def test_account_that_never_proved_anything_has_no_password(workspace):
    account = an_account(workspace, password="")

    with pytest.raises(InputError, match=WRONG_OLD[:30]):
        change(workspace, a_session(workspace, account, now=NOW, way=sessions.BY_DEMO), typed())
