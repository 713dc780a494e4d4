"""Who is asking: the account behind the cookie, the workspace, and the time of the request."""

from dataclasses import replace
from datetime import datetime
from typing import cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import NOBODY, Actor, Right
from planner.errors import InputError
from planner.services.guarding import require
from planner.services.signin import accounts, sessions
from planner.services.workspace import Workspace
from planner.web.headers import csp_nonce
from planner.web.ownpaths import own_path

# Everything else asks for an account; a new page is closed until it is named here.
OPEN_ENDPOINTS = frozenset(
    {
        "static",
        "begin.example",
        "begin.keep",
        "begin.show",
        "begin.step",
        "begin.take_code",
        "start.home",
        "start.sign_in_by_link",
        "start.icon",
        "start.robots",
        "family.show",
        "family.answer",
        "family.code_form",
        "family.take_code",
        "family.show_coded",
        "family.answer_coded",
        "feeds.serve",
        "help.show",
        "workshop.door",
        "workshop.enter",
        "workshop.leave",
        "workshop.choose",
        "workshop.make",
        "workshop.save",
        "workshop.look",
        "workshop.hand_in",
        "texts.read",
        "texts.say",
        "signin.with_password",
        "signin.ask_link",
        "signin.show_link",
        "signin.use_link",
        "signin.to_school",
        "signin.from_school",
        "signin.show_password",
        "signin.set_password",
        "signin.second_step",
        "signin.do_second_step",
        "helper.answer",
        "helper.save",
        "helper.show",
    }
)
DEVICE = "device"  # in the signed cookie: a name of this browser alone, and the accounts that came in with it
WANTED = "wanted"  # in the signed cookie: the page that a stranger asked for


def _installation() -> Workspace:
    return cast("Workspace", current_app.extensions["schakelplan"])


def workspace(*rights: Right) -> Workspace:
    """Return what the use cases work with, for the visitor of this request; a stranger has no right at all.

    The use case checks rights itself. A page that has to understand its form before it can call one names the
    right here as well, so that nobody learns from a refusal that the page is there.
    """
    found = replace(_installation(), actor=visitor() or NOBODY)
    if rights:
        require(found, *rights)
    return found


def open_workspace() -> Workspace:
    """Return what a page behind a secret link works with: the link says enough, so nobody is asked who they are."""
    return replace(_installation(), actor=NOBODY)


def now() -> datetime:
    """Return the time of this request (aware, UTC); the same however often it is asked."""
    if "now" not in g:
        g.now = current_app.config["CLOCK"]()
    return cast("datetime", g.now)


def visitor() -> Actor | None:
    """Return who signed in, None for a stranger."""
    if "visitor" not in g:
        token = session.get("token")
        g.visitor = accounts.visitor_of(_installation(), token, now=now()) if token else None
    return cast("Actor | None", g.visitor)


def client_address() -> str:
    """Return the address this request came from, as the server saw it, or the last proxy that the school trusts.

    X-Forwarded-For is what somebody says. Each proxy adds at its end the address it saw itself, so with N
    trusted proxies the N-th from the right is true and everything before it may be made up (CVE-2023-44463).
    """
    seen, proxies = request.remote_addr or "", current_app.config["TRUSTED_PROXIES"]
    told = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    if not proxies or len(told) < proxies:
        return seen
    return told[-proxies].strip() or seen


def home_of(actor: Actor) -> str:
    """Return the address of the page on which somebody begins."""
    if actor.may(Right.SEE_YEAR):
        return url_for("year.show")
    return url_for("own.show") if actor.person_id else url_for("feeds.subscribe")


def sign_in(token: str) -> None:
    """Start a session in the browser; of what the cookie held before only stays that it was here."""
    forget_session()
    session["token"] = token
    session.permanent = True


def forget_session() -> None:
    """Empty the cookie, but for what tells that this browser came in before."""
    device = session.get(DEVICE)
    session.clear()
    if device:
        session[DEVICE] = device
        session.permanent = True
    g.pop("visitor", None)  # whoever asked is somebody else from here on


def half_token() -> str:
    """Return the secret of a session that still has its second step to do; empty when there is none."""
    if visitor() or "token" not in session:
        return ""
    token = str(session["token"])
    return token if sessions.find(_installation(), token, now=now()) else ""


def _guard() -> Response | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    if visitor():
        sessions.seen(_installation(), session["token"], now=now())
        return None
    if request.method == "GET" and own_path(request.path):
        session[WANTED] = request.path
    return redirect(url_for("signin.second_step" if half_token() else "start.home"))


def _refuse_nul() -> None:
    """Refuse U+0000, wherever it hides: PostgreSQL keeps no text with it."""
    if any("\0" in text for text in (request.path, *request.args.values(), *request.form.values())):
        raise InputError("In wat u stuurde staat een teken dat niet kan. Haal het weg en probeer het opnieuw.")


def register(app: Flask) -> None:
    """Close every page of `app` that is not open, and tell templates who is asking."""
    app.before_request(_refuse_nul)
    app.before_request(_guard)
    app.context_processor(
        lambda: {
            "account": visitor(),
            "nu": now(),
            "school_name": accounts.school_name(_installation()),
            "csp_nonce": csp_nonce(),
        }
    )
