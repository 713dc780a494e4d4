from datetime import timedelta

import pytest
from demoschool import NOW
from signingin import a_session, an_account, audit, with_second_step
from sqlalchemy import select

from planner.domain.access.rights import Role
from planner.errors import NotFoundError
from planner.services.signin import accounts, sessions
from planner.storage.db import writing
from planner.storage.models import SessionRow

MINUTE = timedelta(minutes=1)


@pytest.fixture
def database_kind():
    """Every rule on SQLite; `test_signing_walk` does everything once on both."""
    return "sqlite"


@pytest.fixture
def noor(workspace):
    return an_account(workspace)


def ids(workspace):
    return list(workspace.session.scalars(select(SessionRow.id).order_by(SessionRow.id)))


def test_session_without_a_second_step_is_whole(workspace, noor):
    token = a_session(workspace, noor, now=NOW)

    assert accounts.visitor_of(workspace, token, now=NOW).account_id == noor
    assert audit(workspace)[-1] == ("Noor de Vries", "ingelogd met wachtwoord", "Firefox op Windows")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.COLLEAGUE])
def test_session_that_waits_for_a_second_step_opens_nothing(workspace, role):
    account = an_account(workspace, role=role)
    if role is Role.COLLEAGUE:
        with_second_step(workspace, account, now=NOW)

    token = a_session(workspace, account, now=NOW)

    assert accounts.visitor_of(workspace, token, now=NOW) is None
    with pytest.raises(NotFoundError, match="niet \\(meer\\) ingelogd"):
        sessions.lines(workspace, token, now=NOW)
    assert sessions.find(workspace, token, now=NOW).account_id == account
    assert sessions.find(workspace, token, now=NOW + sessions.FIRST_STEP_LIFE) is None


@pytest.mark.parametrize(("age", "alive"), [(sessions.IDLE_LIFE - MINUTE, True), (sessions.IDLE_LIFE, False)])
def test_session_that_nobody_uses_ends(workspace, noor, age, alive):
    token = a_session(workspace, noor, now=NOW)

    assert (accounts.visitor_of(workspace, token, now=NOW + age) is not None) == alive


@pytest.mark.parametrize(("age", "alive"), [(sessions.SESSION_LIFE - MINUTE, True), (sessions.SESSION_LIFE, False)])
def test_session_in_use_ends_after_thirty_days(workspace, noor, age, alive):
    token = a_session(workspace, noor, now=NOW)
    for day in range(0, 30, 7):
        sessions.seen(workspace, token, now=NOW + timedelta(days=day))

    assert (accounts.visitor_of(workspace, token, now=NOW + age) is not None) == alive


def test_use_is_written_down_every_few_minutes(workspace, noor):
    token, seen = a_session(workspace, noor, now=NOW), []

    for minutes in (1, 4, 5, 6, 9, 10, 30):
        sessions.seen(workspace, token, now=NOW + minutes * MINUTE)
        seen.append((sessions.find(workspace, token, now=NOW).last_seen - NOW) // MINUTE)

    assert seen == [0, 0, 5, 5, 5, 10, 30]


def test_busy_database_does_not_stop_a_reader(workspace, noor, other):
    token = a_session(workspace, noor, now=NOW)
    workspace.session.connection().exec_driver_sql("PRAGMA busy_timeout=50")

    with writing(other.session):
        other.session.execute(select(SessionRow.id)).all()
        sessions.seen(workspace, token, now=NOW + 6 * MINUTE)

    assert sessions.find(workspace, token, now=NOW).last_seen == NOW


def test_list_of_where_somebody_is(workspace, noor):
    phone = a_session(workspace, noor, now=NOW - 3 * MINUTE, browser="Chrome op Android", way=sessions.BY_MAIL)
    here = a_session(workspace, noor, now=NOW - 2 * MINUTE)
    a_session(workspace, noor, now=NOW - sessions.IDLE_LIFE, browser="Safari op een iPad")
    a_session(workspace, an_account(workspace, email="piet@school.example", name="Piet"), now=NOW)
    sessions.seen(workspace, phone, now=NOW + 10 * MINUTE)

    lines = sessions.lines(workspace, here, now=NOW)

    assert [(line.browser, line.way, line.is_this) for line in lines] == [
        ("Firefox op Windows", "wachtwoord", True),
        ("Chrome op Android", "een link uit de mail", False),
    ]
    assert [(line.since, line.last_seen) for line in lines] == [
        (NOW - 2 * MINUTE, NOW - 2 * MINUTE),
        (NOW - 3 * MINUTE, NOW + 10 * MINUTE),
    ]


def test_other_session_is_ended_one_by_one(workspace, noor):
    here, phone = (a_session(workspace, noor, now=NOW) for _ in range(2))
    (_, line) = sessions.lines(workspace, here, now=NOW)

    sessions.end_one(workspace, here, line.id, now=NOW)

    assert accounts.visitor_of(workspace, phone, now=NOW) is None
    assert accounts.visitor_of(workspace, here, now=NOW)


def test_session_of_somebody_else_or_of_now_is_not_there(workspace, noor):
    here = a_session(workspace, noor, now=NOW)
    a_session(workspace, an_account(workspace, email="piet@school.example"), now=NOW)
    before = ids(workspace)

    for session_id in (*before, 10**9):
        with pytest.raises(NotFoundError, match=r"^Deze aanmelding is er niet"):
            sessions.end_one(workspace, here, session_id, now=NOW)

    assert ids(workspace) == before


def test_all_others_are_ended_at_once(workspace, noor):
    here, phone, tablet = (a_session(workspace, noor, now=NOW) for _ in range(3))
    colleague = a_session(workspace, an_account(workspace, email="piet@school.example"), now=NOW)

    sessions.end_others(workspace, here, now=NOW)

    found = [accounts.visitor_of(workspace, each, now=NOW) is not None for each in (here, phone, tablet, colleague)]
    assert found == [True, False, False, True]


def test_secret_that_was_replaced_is_worth_nothing(workspace, noor):
    old = a_session(workspace, noor, now=NOW)
    with writing(workspace.session):
        new = sessions.renew(sessions.find(workspace, old, now=NOW), now=NOW)

    assert accounts.visitor_of(workspace, old, now=NOW) is None
    assert accounts.visitor_of(workspace, new, now=NOW).account_id == noor
