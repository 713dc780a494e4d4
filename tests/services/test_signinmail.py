import re
from dataclasses import replace
from datetime import timedelta

import pytest
from demoschool import NOW
from mailserver import mail_server
from signingin import EMAIL, SCHOOL, an_account, audit
from sqlalchemy import select

from planner.errors import ConflictError, InputError, NotFoundError, TooManyError
from planner.services import holding, tasks
from planner.services.signin import linkrequests, passwords, signing
from planner.services.signin.signinmail import MOST_LINKS
from planner.storage.db import writing
from planner.storage.models import AccountRow, HoldRow, SigninLinkRow, TaskRow, TaskState


@pytest.fixture
def database_kind():
    """Every rule on SQLite; `test_signing_walk` does everything once on both."""
    return "sqlite"


@pytest.fixture
def inbox():
    with mail_server() as found:
        yield found


@pytest.fixture
def mailing(open_workspace, inbox):
    """Return the workspace of a school that has mail."""
    return open_workspace(smtp_url=inbox.url, mail_from="schakelplan@school.example")


def ask(workspace, email=EMAIL, now=NOW):
    linkrequests.ask_link(workspace, email=email, comer=SCHOOL, now=now)


def work(workspace, now=NOW):
    while tasks.run_next(workspace, now=now):
        pass


def states(workspace):
    return list(workspace.session.scalars(select(TaskRow.state).order_by(TaskRow.created_at)))


def links(workspace):
    return list(workspace.session.scalars(select(SigninLinkRow.token_hash)))


def link_in(mail):
    return re.search(r"http://localhost/inloggen/link/(\S+)", mail.get_content())[1]


def test_mail_brings_a_link_that_lets_in(mailing, inbox):
    noor = an_account(mailing)

    ask(mailing, f" {EMAIL.title()}")
    work(mailing)

    (mail,) = inbox.mails
    assert (inbox.receivers, mail["Subject"]) == ([[EMAIL]], "Uw link om in te loggen")
    assert "bij Schakelplan van ISK De Ankerplaats" in mail.get_content()
    assert signing.sign_in_by_mail(mailing, link_in(mail), browser="", now=NOW).account_id == noor
    assert ("opdrachtregel", "link gemaild", "Noor de Vries") in audit(mailing)


def test_queue_holds_no_secret_and_no_sign_whether_the_address_is_known(mailing, inbox):
    an_account(mailing)
    ask(mailing)
    ask(mailing, "niemand@school.example")

    waiting = mailing.session.scalars(select(TaskRow).order_by(TaskRow.id)).all()
    assert {(row.kind, row.arguments["email"], row.state) for row in waiting} == {
        ("mail.signin", EMAIL, TaskState.QUEUED),
        ("mail.signin", "niemand@school.example", TaskState.QUEUED),
    }
    assert links(mailing) == []
    work(mailing)
    assert inbox.receivers == [[EMAIL]]
    assert states(mailing) == [TaskState.DONE, TaskState.DONE]


def test_closed_account_gets_no_mail(mailing, inbox):
    an_account(mailing, disabled_at=NOW)

    ask(mailing)
    work(mailing)

    assert inbox.mails == []


def test_nobodys_mailbox_is_filled(mailing, inbox):
    an_account(mailing)
    for minute in range(MOST_LINKS + 2):
        ask(mailing, now=NOW + timedelta(minutes=minute))
        work(mailing, NOW + timedelta(minutes=minute))

    assert len(inbox.mails) == MOST_LINKS
    later = NOW + timedelta(minutes=20)
    ask(mailing, now=later)
    work(mailing, later)
    assert len(inbox.mails) == MOST_LINKS + 1


def test_asking_is_limited_per_network(mailing):
    for number in range(mailing.failures.limit):
        ask(mailing, f"naam{number}@school.example")

    with pytest.raises(TooManyError):
        ask(mailing)


@pytest.mark.parametrize("typed", ["", "noor", f"{EMAIL}\r\nBcc: alle@school.example"])
def test_what_is_no_address_is_asked_again(mailing, typed):
    with pytest.raises(InputError, match="Vul uw e-mailadres in"):
        ask(mailing, typed)
    assert states(mailing) == []


def test_school_without_mail_says_so(workspace):
    with pytest.raises(ConflictError, match="verstuurt geen mail"):
        ask(workspace)


def test_mail_that_is_refused_leaves_no_link(mailing, inbox):
    an_account(mailing)
    inbox.answers.append("451 later")

    ask(mailing)
    work(mailing)

    assert states(mailing) == [TaskState.FAILED]
    assert links(mailing) == []


def test_restored_school_still_mails_links(mailing, inbox):
    """The coordinator must be able to come in to say that all is well."""
    an_account(mailing)
    with writing(mailing.session):
        mailing.session.add(HoldRow(since=NOW, made_at=NOW))
    assert holding.is_held(mailing)

    ask(mailing)
    work(mailing)

    assert len(inbox.mails) == 1


def invite(workspace, account_id):
    tasks.queue(workspace, kind="mail.invite", arguments={"account_id": account_id}, now=NOW)
    work(workspace)


def test_invitation_brings_a_link_to_set_a_password(mailing, inbox):
    noor = an_account(mailing, password="", name="Noor {{ 7*7 }} <b>")

    invite(mailing, noor)

    (mail,) = inbox.mails
    text = mail.get_content()
    assert mail["Subject"] == "Uw account voor Schakelplan"
    assert text.startswith("Hallo Noor {{ 7*7 }} <b>,\r\n" if "\r\n" in text else "Hallo Noor {{ 7*7 }} <b>,\n")
    token = re.search(r"http://localhost/wachtwoord/(\S+)", text)[1]
    assert passwords.owner_of_link(mailing, token, now=NOW) == EMAIL
    with pytest.raises(NotFoundError):
        signing.look_at_link(mailing, token, now=NOW)


@pytest.mark.parametrize("change", ["gone", "closed", "without address"])
def test_invitation_that_makes_no_sense_any_more_is_not_sent(mailing, inbox, change):
    noor = an_account(mailing, email=None if change == "without address" else EMAIL)
    with writing(mailing.session):
        row = mailing.session.get_one(AccountRow, noor)
        if change == "gone":
            mailing.session.delete(row)
        elif change == "closed":
            row.disabled_at = NOW

    invite(mailing, noor)

    assert (inbox.mails, states(mailing)) == ([], [TaskState.DONE])


def test_mail_of_an_installation_without_school(empty, inbox):
    mailing = replace(empty, smtp_url=inbox.url, mail_from="schakelplan@school.example")
    an_account(mailing)

    ask(mailing)
    work(mailing)

    assert "bij Schakelplan.\n" in inbox.mails[0].get_content().replace("\r\n", "\n")
