"""Who comes to the door of this request, and what its browser may remember of coming in before."""

import secrets

from flask import request, session

from planner.domain.access.browsers import browser_words
from planner.services.signin.signing import Comer
from planner.web.access import DEVICE, client_address

_MOST_ACCOUNTS = 5


def comer() -> Comer:
    """Return who is at the door. Only this program can have written what the cookie says."""
    kept = session.get(DEVICE, {})
    return Comer(
        address=client_address(),
        browser=browser_words(request.headers.get("User-Agent", "")),
        device=kept.get("name", ""),
        known=frozenset(kept.get("accounts", ())),
    )


def remember(account_id: int) -> None:
    """Let this browser be known to an account: what others try from the same network no longer holds it up."""
    kept = session.get(DEVICE, {})
    accounts = [account_id, *(each for each in kept.get("accounts", ()) if each != account_id)]
    session[DEVICE] = {"name": kept.get("name") or secrets.token_urlsafe(16), "accounts": accounts[:_MOST_ACCOUNTS]}
