"""Who is asking: the account behind the cookie, the workspace, and the time of the request."""

from datetime import datetime
from typing import cast

from flask import Flask, current_app, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from planner.errors import InputError
from planner.services import accounts
from planner.services.accounts import Visitor
from planner.services.workspace import Workspace

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
        "feeds.serve",
        "help.show",
    }
)


def workspace() -> Workspace:
    """Return what the use cases work with."""
    return cast("Workspace", current_app.extensions["schakelplan"])


def now() -> datetime:
    """Return the time of this request (aware, UTC); the same however often it is asked."""
    if "now" not in g:
        g.now = current_app.config["CLOCK"]()
    return cast("datetime", g.now)


def visitor() -> Visitor | None:
    """Return who signed in, None for a stranger."""
    if "visitor" not in g:
        token = session.get("token")
        g.visitor = accounts.visitor_of(workspace(), token, now=now()) if token else None
    return cast("Visitor | None", g.visitor)


def sign_in(token: str) -> None:
    """Start a session in the browser; whatever the cookie held before is gone."""
    session.clear()
    session["token"] = token
    session.permanent = True


def _guard() -> Response | None:
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS or visitor():
        return None
    return redirect(url_for("start.home"))


def _refuse_nul() -> None:
    """Refuse U+0000, wherever it hides: PostgreSQL keeps no text with it."""
    if any("\0" in text for text in (request.path, *request.args.values(), *request.form.values())):
        raise InputError("In wat u stuurde staat een teken dat niet kan. Haal het weg en probeer het opnieuw.")


def register(app: Flask) -> None:
    """Close every page of `app` that is not open, and tell templates who is asking."""
    app.before_request(_refuse_nul)
    app.before_request(_guard)
    app.context_processor(lambda: {"account": visitor(), "nu": now(), "school_name": accounts.school_name(workspace())})
