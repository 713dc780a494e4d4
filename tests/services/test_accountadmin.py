from dataclasses import replace
from datetime import timedelta

import pytest
from demoschool import NOW
from signingin import EMAIL, a_session, an_account, audit, credential, with_second_step
from sqlalchemy import select, update

from planner.domain.access.rights import NOBODY, Actor, Role
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.signin import accountadmin, accounts, myaccount, onetimelinks, passwords, sessions, totp
from planner.services.signin.accountadmin import LAST
from planner.storage.db import writing
from planner.storage.models import AccountRow, LinkPurpose, PersonRow, TaskRow

PIET = {"name": "Piet  de Boer", "email": "Piet@School.example ", "role": "mentor"}


@pytest.fixture
def database_kind():
    """Every rule on SQLite; `test_signing_walk` does everything once on both."""
    return "sqlite"


@pytest.fixture
def school(workspace):
    """Return the workspace as the coordinator of the demo school uses it."""
    row = workspace.session.scalars(select(AccountRow)).one()
    actor = Actor(role=Role.COORDINATOR, name=row.name, account_id=row.id, class_ids=None)
    workspace.session.rollback()
    return replace(workspace, actor=actor)


@pytest.fixture
def noor(school):
    return an_account(school)


def token_in(link):
    return link.url.rpartition("/")[2]


def row_of(workspace, account_id):
    workspace.session.rollback()
    return workspace.session.get(AccountRow, account_id)


def rows(workspace):
    workspace.session.rollback()
    return [(row.email, row.role, row.disabled_at) for row in workspace.session.scalars(select(AccountRow))]


def test_invitation_gives_a_link_that_is_shown_once(school):
    person = school.session.scalar(select(PersonRow.id).where(PersonRow.class_id.is_not(None)))

    link = accountadmin.invite(school, **PIET, person_id=person, now=NOW)

    assert (link.name, link.email, link.days, link.is_mailed) == ("Piet de Boer", "piet@school.example", 7, False)
    assert link.url.startswith("http://localhost/wachtwoord/")
    assert passwords.owner_of_link(school, token_in(link), now=NOW) == "piet@school.example"
    row = school.session.scalar(select(AccountRow).where(AccountRow.email == "piet@school.example"))
    assert (row.role, row.person_id, row.disabled_at) == ("mentor", person, None)
    assert audit(school)[-1] == (school.actor.name, "account gemaakt: mentor", "Piet de Boer")


def test_invitation_is_mailed_too_where_there_is_mail(school):
    mailing = replace(school, smtp_url="smtp://127.0.0.1:1")

    link = accountadmin.invite(mailing, **PIET, now=NOW)

    account_id = school.session.scalar(select(AccountRow.id).where(AccountRow.email == "piet@school.example"))
    (task,) = school.session.scalars(select(TaskRow)).all()
    assert link.is_mailed
    assert (task.kind, task.arguments["account_id"]) == ("mail.invite", account_id)
    assert token_in(link) not in str(task.arguments)


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"name": "  "}, "Vul een naam in"),
        ({"name": "x" * 81}, "Vul een naam in"),
        ({"name": "Piet\u0007"}, "Vul een naam in"),
        ({"email": "piet"}, "Het e-mailadres klopt niet"),
        ({"role": "admin"}, "Kies een rol"),
        ({"role": "systeem"}, "Kies een rol"),
        ({"role": "helper"}, "Kies een rol"),
        ({"person_id": "bestaat-niet"}, "staat niet in de lijst Mensen"),
    ],
)
def test_odd_invitation_makes_no_account(school, odd, sentence):
    before = rows(school)

    with pytest.raises(InputError, match=sentence):
        accountadmin.invite(school, **{**PIET, **odd}, now=NOW)

    assert rows(school) == before


@pytest.mark.usefixtures("noor")
def test_address_has_one_account(school):
    with pytest.raises(ConflictError, match="al een account"):
        accountadmin.invite(school, **{**PIET, "email": EMAIL.upper()}, now=NOW)


def test_new_link_ends_the_one_before(school, noor):
    first = accountadmin.new_link(school, noor, now=NOW)
    second = accountadmin.new_link(school, noor, now=NOW)

    with pytest.raises(NotFoundError):
        passwords.owner_of_link(school, token_in(first), now=NOW)
    assert passwords.owner_of_link(school, token_in(second), now=NOW) == EMAIL
    assert credential(school, noor).password_hash


def test_other_role_is_felt_at_once(school, noor):
    token = a_session(school, noor, now=NOW)

    accountadmin.change_role(school, noor, "team", now=NOW)

    assert accounts.visitor_of(school, token, now=NOW) is None
    assert row_of(school, noor).role == Role.TEAM
    assert audit(school)[-1] == (school.actor.name, "rol veranderd in team", "Noor de Vries")


def test_same_role_changes_nothing(school, noor):
    token = a_session(school, noor, now=NOW)

    accountadmin.change_role(school, noor, Role.COLLEAGUE, now=NOW)

    assert accounts.visitor_of(school, token, now=NOW)


def test_closed_account_is_out_at_once_and_can_come_back(school, noor):
    token, link = a_session(school, noor, now=NOW), accountadmin.new_link(school, noor, now=NOW)

    accountadmin.close(school, noor, now=NOW)

    assert accounts.visitor_of(school, token, now=NOW) is None
    with pytest.raises(NotFoundError):
        passwords.owner_of_link(school, token_in(link), now=NOW)
    for action in (accountadmin.close, accountadmin.new_link, accountadmin.start_anew):
        with pytest.raises(ConflictError, match="gesloten"):
            action(school, noor, now=NOW)
    accountadmin.reopen(school, noor, now=NOW)
    accountadmin.reopen(school, noor, now=NOW)
    assert row_of(school, noor).disabled_at is None
    assert accounts.visitor_of(school, token, now=NOW) is None
    assert [what for _, what, _ in audit(school)][-2:] == ["account gesloten", "account weer open"]


def test_last_coordinator_stays(school, noor):
    me = school.actor.account_id

    for action in (
        lambda: accountadmin.close(school, me, now=NOW),
        lambda: accountadmin.change_role(school, me, "team", now=NOW),
    ):
        with pytest.raises(ConflictError, match=LAST):
            action()

    accountadmin.change_role(school, noor, "coordinator", now=NOW)
    accountadmin.close(school, me, now=NOW)
    with pytest.raises(ConflictError, match=LAST):
        accountadmin.change_role(school, noor, "mentor", now=NOW)


def test_closed_coordinator_does_not_count(school, noor):
    accountadmin.change_role(school, noor, "coordinator", now=NOW)
    accountadmin.close(school, noor, now=NOW)

    accountadmin.change_role(school, noor, "team", now=NOW)
    with pytest.raises(ConflictError, match=LAST):
        accountadmin.close(school, school.actor.account_id, now=NOW)


def test_everywhere_signed_out(school, noor):
    tokens = [a_session(school, noor, now=NOW) for _ in range(2)]

    accountadmin.end_sessions(school, noor, now=NOW)

    assert [accounts.visitor_of(school, each, now=NOW) for each in tokens] == [None, None]


def test_starting_anew_takes_password_and_second_step_away(school, noor):
    with_second_step(school, noor, now=NOW)
    with writing(school.session):
        totp.new_recovery_codes(school, noor)
    token = a_session(school, noor, now=NOW)

    link = accountadmin.start_anew(school, noor, now=NOW)

    assert sessions.find(school, token, now=NOW) is None
    assert not sessions.has_second_step(school, noor)
    assert not passwords.has_password(school, noor)
    assert totp.codes_left(school, noor) == 0
    assert passwords.owner_of_link(school, token_in(link), now=NOW) == EMAIL


def test_who_never_came_in_can_start_anew_too(school):
    piet = an_account(school, email="piet@school.example", password="")

    link = accountadmin.start_anew(school, piet, now=NOW)

    assert passwords.owner_of_link(school, token_in(link), now=NOW) == "piet@school.example"


def test_reset_lets_a_closed_account_begin_again(school, noor):
    accountadmin.close(school, noor, now=NOW)

    link = accountadmin.reset(school, f" {EMAIL.title()} ", now=NOW)

    assert passwords.owner_of_link(school, token_in(link), now=NOW) == EMAIL


@pytest.mark.parametrize("email", ["", "niemand@school.example"])
def test_reset_of_nobody(school, email):
    with pytest.raises(NotFoundError, match="Er is geen account met het adres"):
        accountadmin.reset(school, email, now=NOW)


@pytest.mark.parametrize(
    "action",
    [
        accountadmin.new_link,
        accountadmin.start_anew,
        accountadmin.close,
        accountadmin.reopen,
        accountadmin.end_sessions,
    ],
)
def test_account_that_is_not_there(school, action):
    with pytest.raises(NotFoundError, match="Dit account is er niet"):
        action(school, 10**9, now=NOW)


def test_list_says_who_comes_in_and_how(school, noor):
    with_second_step(school, noor, now=NOW)
    with writing(school.session):
        credential(school, noor).oidc_issuer, credential(school, noor).oidc_subject = "https://x.example", "1"
        school.session.execute(update(AccountRow).where(AccountRow.id == noor).values(person_id=None))
    ali = an_account(school, email="ali@school.example", name="Ali", password="", disabled_at=NOW)
    an_account(school, email="bo@school.example", name="Bo", role=Role.TEAM)
    for age in (timedelta(0), timedelta(days=2), sessions.IDLE_LIFE):
        a_session(school, school.session.scalar(select(AccountRow.id).where(AccountRow.name == "Bo")), now=NOW - age)

    view = accountadmin.view(school, now=NOW)

    assert [(each.name, each.role_name) for each in view.accounts] == [
        (school.actor.name, "LOB-coördinator"),
        ("Bo", "team"),
        ("Ali", "collega"),
        ("Noor de Vries", "collega"),
    ]
    me, bo, closed, mine = view.accounts
    assert (me.is_me, me.person, me.email, me.ways) == (True, me.name, "", ())
    assert (bo.sessions, bo.last_seen) == (2, NOW)
    assert (closed.id, closed.is_closed, closed.last_seen) == (ali, True, None)
    assert (mine.ways, mine.has_second_step) == (("wachtwoord", "schoolaccount"), True)
    assert [role for role, _ in view.roles] == ["coordinator", "team", "mentor", "collega", "tekstlezer"]
    assert len(view.people) > 10
    assert not view.can_mail


def test_own_account(school, noor):
    token = a_session(school, noor, now=NOW)

    view = myaccount.view(school, token, now=NOW)

    assert (view.name, view.email, view.role) == ("Noor de Vries", EMAIL, "collega")
    assert (view.has_password, view.needs_old, view.has_second_step, view.must_have_second_step) == (
        True,
        True,
        False,
        False,
    )
    assert (view.recovery_codes, len(view.sessions)) == (0, 1)


GUARDED = (
    lambda ws: accountadmin.view(ws, now=NOW),
    lambda ws: accountadmin.invite(ws, **PIET, now=NOW),
    lambda ws: accountadmin.new_link(ws, 1, now=NOW),
    lambda ws: accountadmin.start_anew(ws, 1, now=NOW),
    lambda ws: accountadmin.change_role(ws, 1, "coordinator", now=NOW),
    lambda ws: accountadmin.close(ws, 1, now=NOW),
    lambda ws: accountadmin.reopen(ws, 1, now=NOW),
    lambda ws: accountadmin.end_sessions(ws, 1, now=NOW),
    lambda ws: accountadmin.reset(ws, EMAIL, now=NOW),
)


@pytest.mark.parametrize("action", range(len(GUARDED)))
def test_nobody_but_a_coordinator_looks_after_accounts(school, action):
    before = rows(school)
    for actor in (NOBODY, *(Actor(role=role, class_ids=None) for role in (Role.TEAM, Role.MENTOR, Role.COLLEAGUE))):
        with pytest.raises(NotFoundError, match="niet voor u"):
            GUARDED[action](replace(school, actor=actor))
    assert rows(school) == before


def test_link_for_the_mail_is_no_link_for_a_password(school, noor):
    """A secret opens only what it was made for (OWASP ASVS 9.2)."""
    with writing(school.session):
        mail = onetimelinks.make(school, noor, LinkPurpose.MAIL, now=NOW)
    demo = accounts.demo_link(school, now=NOW)

    for token in (mail, demo):
        with pytest.raises(NotFoundError):
            passwords.owner_of_link(school, token, now=NOW)
    for token in (mail, token_in(accountadmin.new_link(school, noor, now=NOW))):
        with pytest.raises(NotFoundError):
            accounts.start_session(school, token, now=NOW)
