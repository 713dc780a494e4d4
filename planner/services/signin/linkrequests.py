"""Asking for a mail with a link: the same answer and the same work, whether the address is known or not."""

from dataclasses import replace
from datetime import datetime

from planner.domain.access.mailaddress import mail_address
from planner.domain.access.rights import SYSTEM
from planner.errors import ConflictError, InputError
from planner.services import tasks
from planner.services.limiting import network_of, refuse_guesser
from planner.services.signin import signinmail
from planner.services.signin.signing import Comer
from planner.services.workspace import Workspace

DOOR = "link"
NO_MAIL = "Deze school verstuurt geen mail met Schakelplan. Vraag de LOB-coördinator om een link."
NO_ADDRESS = "Vul uw e-mailadres in, bijvoorbeeld naam@school.nl."


def ask_link(workspace: Workspace, *, email: str, comer: Comer, now: datetime) -> None:
    """Put a mail with a link in line for a typed address. InputError when it is no address, ConflictError without mail.

    Every request counts as a guess, per network: nobody can have hundreds of mails sent.
    """
    if not signinmail.can_mail(workspace):
        raise ConflictError(NO_MAIL)
    address = mail_address(email)
    if address is None:
        raise InputError(NO_ADDRESS)
    network = network_of(comer.address)
    refuse_guesser(workspace.failures, DOOR, network, now=now)
    workspace.failures.note(DOOR, network, now=now)
    tasks.queue(replace(workspace, actor=SYSTEM), kind="mail.signin", arguments={"email": address}, now=now)
