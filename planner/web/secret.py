"""Secret addresses: whoever tries too many that do not exist has to wait, at every door together."""

from collections.abc import Callable
from typing import TypeVar

from planner.errors import NotFoundError
from planner.services.limiting import network_of, refuse_guesser
from planner.web.access import client_address, now, open_workspace

T = TypeVar("T")
DOOR = "link"


def opened(look: Callable[[], T]) -> T:
    """Return what is behind a secret address; TooManyError for who guesses.

    An address that works opens, whoever else guesses from the same network: a hall full of people shares one.
    """
    try:
        return look()
    except NotFoundError:
        failures, guesser = open_workspace().failures, network_of(client_address())
        refuse_guesser(failures, DOOR, guesser, now=now())
        failures.note(DOOR, guesser, now=now())
        raise
