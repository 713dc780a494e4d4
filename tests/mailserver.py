"""A mail server of our own on this computer, that keeps what it gets."""

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller


@dataclass
class Inbox:
    """What arrived: envelopes as they were said, and the mails in them."""

    url: str = ""
    answers: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    receivers: list[list[str]] = field(default_factory=list)
    mails: list = field(default_factory=list)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802, ARG002 - named by aiosmtpd
        self.senders.append(envelope.mail_from)
        self.receivers.append(envelope.rcpt_tos)
        self.mails.append(message_from_bytes(envelope.original_content, policy=default))
        return self.answers.pop(0) if self.answers else "250 ok"


@contextmanager
def mail_server():
    """Give an inbox with a server before it."""
    inbox = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    inbox.url = f"smtp://127.0.0.1:{port}"
    try:
        yield inbox
    finally:
        controller.stop()
