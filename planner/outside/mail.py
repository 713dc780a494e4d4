"""Mail through the school's own mail server, with the standard library."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import unquote, urlsplit

from planner.domain.access.mailaddress import mail_address
from planner.errors import InputError, UnavailableError

TIMEOUT_SECONDS = 20
SMTP_PORT, SMTPS_PORT, SUBMISSION_PORT = 25, 465, 587
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def message(*, sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Return a plain mail to one address. InputError when an address or the subject could hold more than it says."""
    if mail_address(sender) is None or mail_address(to) != to:
        raise InputError("Dit is geen e-mailadres waar een bericht naartoe kan.")
    if not subject.isprintable():
        raise InputError("Het onderwerp van een bericht is één gewone regel.")
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Auto-Submitted"] = "auto-generated"  # no answers from holiday assistants (RFC 3834)
    mail.set_content(text)
    return mail


def send(url: str, mail: EmailMessage) -> None:
    """Hand a mail over to the server at `url`; UnavailableError when it does not take it.

    `smtps://` is encrypted from the start. `smtp://` asks for encryption and, except to this very computer,
    sends no password without it.
    """
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    try:
        with _connected(parts.scheme, host, parts.port, context) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        raise UnavailableError("De mailserver nam het bericht niet aan. Probeer het later nog eens.") from error


def _connected(scheme: str, host: str, port: int | None, context: ssl.SSLContext) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or SMTPS_PORT, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port or (SMTP_PORT if host in _LOOPBACK else SUBMISSION_PORT), timeout=TIMEOUT_SECONDS)
    try:
        if host not in _LOOPBACK:
            server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server
