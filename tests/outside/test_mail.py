import socket

import pytest
from mailserver import mail_server

from planner.errors import InputError, UnavailableError
from planner.outside import mail

FROM, TO = "schakelplan@school.example", "noor@school.example"
INJECTED = (
    "noor@school.example\r\nBcc: alle@school.example",
    "noor@school.example\nRCPT TO:<alle@school.example>",
    "noor@school.example, alle@school.example",
    "Noor <noor@school.example>",
    "noor\0@school.example",
    "NOOR@SCHOOL.EXAMPLE",
    "",
)


@pytest.fixture
def inbox():
    with mail_server() as found:
        yield found


def a_mail(**facts):
    return mail.message(**{"sender": FROM, "to": TO, "subject": "Uw link", "text": "Hallo Ḥusayn,\n\nتحية\n", **facts})


def test_mail_arrives_as_it_was_written(inbox):
    mail.send(inbox.url, a_mail())

    (got,) = inbox.mails
    assert (inbox.senders, inbox.receivers) == ([FROM], [[TO]])
    assert (got["From"], got["To"], got["Subject"]) == (FROM, TO, "Uw link")
    assert got.get_content().replace("\r\n", "\n") == "Hallo Ḥusayn,\n\nتحية\n"
    assert sorted(got.keys()) == sorted(
        ["From", "To", "Subject", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )


@pytest.mark.parametrize("to", INJECTED)
def test_address_that_holds_more_than_an_address_is_refused(to):
    with pytest.raises(InputError, match="geen e-mailadres"):
        a_mail(to=to)


@pytest.mark.parametrize("sender", ["", "x\r\nBcc: a@b.c", "Schakelplan"])
def test_sender_must_be_an_address(sender):
    with pytest.raises(InputError, match="geen e-mailadres"):
        a_mail(sender=sender)


@pytest.mark.parametrize("subject", ["Uw link\r\nBcc: a@b.c", "Uw\nlink", "Uw\0link", "Uw\u2028link"])
def test_subject_is_one_line(subject):
    with pytest.raises(InputError, match="één gewone regel"):
        a_mail(subject=subject)


@pytest.mark.parametrize("answer", ["550 nee", "451 later", "421 dicht"])
def test_server_that_refuses_is_told(inbox, answer):
    inbox.answers.append(answer)

    with pytest.raises(UnavailableError, match="nam het bericht niet aan"):
        mail.send(inbox.url, a_mail())


def test_server_that_is_not_there_is_told():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    for scheme in ("smtp", "smtps"):
        with pytest.raises(UnavailableError):
            mail.send(f"{scheme}://127.0.0.1:{port}", a_mail())


def test_password_goes_to_no_server_that_does_not_take_it(inbox):
    with pytest.raises(UnavailableError):
        mail.send(inbox.url.replace("//", "//naam:geheim@"), a_mail())
    assert inbox.mails == []


def test_server_elsewhere_must_encrypt(inbox, monkeypatch):
    """Our own server does not, so with a name that is not this computer nothing is sent."""
    monkeypatch.setattr(mail, "_LOOPBACK", frozenset())

    with pytest.raises(UnavailableError):
        mail.send(inbox.url, a_mail())
    assert inbox.mails == []
