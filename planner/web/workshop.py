"""The pupil's workshop: in with a code, make an invitation, look at it, print it or hand it in. No account."""

from datetime import datetime, timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from planner.errors import InputError
from planner.services.invitations import making, pupilcodes
from planner.services.views import Written
from planner.web.access import client_address, now, open_workspace

pages = Blueprint("workshop", __name__, url_prefix="/u")

STAYS_IN = timedelta(hours=2)  # a lesson and a bit: school computers are shared


def _code() -> str:
    """Return the hash of the code a pupil came in with; empty when there is none, or it was too long ago."""
    until = session.get("pupil_until", "")
    if not until or now() > datetime.fromisoformat(until):
        return ""
    return str(session.get("pupil", ""))


def _quiet(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _ask() -> Response:
    return redirect(url_for("workshop.door"))


@pages.get("")
def door() -> Response:
    """Ask for the code."""
    return _quiet(render_template("web/u_code.html", wrong="", typed=""))


@pages.post("/in")
def enter() -> Response:
    """Let a pupil in; whoever was in on this computer is out."""
    typed = request.form.get("code", "")[:40]
    try:
        code_hash = pupilcodes.enter(open_workspace(), typed, address=client_address(), now=now())
    except InputError as error:
        return _quiet(render_template("web/u_code.html", wrong=str(error), typed=typed), 400)
    session.clear()
    session["pupil"], session["pupil_until"] = code_hash, (now() + STAYS_IN).isoformat()
    return redirect(url_for("workshop.choose"))


@pages.post("/weg")
def leave() -> Response:
    """Leave the computer to the next pupil."""
    session.clear()
    return _ask()


@pages.get("/maken")
def choose() -> Response:
    """Show what there is to make."""
    code = _code()
    if not code:
        return _ask()
    name, found = making.activities(open_workspace(), code, now=now())
    return _quiet(render_template("web/u_kies.html", name=name, activities=found))


@pages.get("/maken/<event_id>")
def make(event_id: str) -> Response:
    """Show the page on which an invitation is made."""
    code = _code()
    if not code:
        return _ask()
    language = request.args.get("taal", "")
    view = making.making(open_workspace(), code, event_id, language=language, now=now())
    return _quiet(render_template("web/u_maken.html", view=view, wrong="", typed=None))


def _written() -> Written:
    form = request.form
    return Written(
        language=form.get("taal", ""),
        greeting=form.get("aanhef", ""),
        own_greeting=form.get("eigen_aanhef", ""),
        sentences=tuple(form.getlist("zin")),
        free=tuple(form.getlist("eigen_zin")),
        whos=tuple(form.getlist("wie")),
        own_who=form.get("eigen_wie", ""),
        border=form.get("rand", ""),
        colour=bool(form.get("kleur")),
        consent=bool(form.get("delen")),
    )


@pages.post("/maken/<event_id>/bewaren")
def save(event_id: str) -> Response:
    """Keep it and show it; what cannot be printed is said above the page, with everything still there."""
    code = _code()
    if not code:
        return _ask()
    written = _written()
    try:
        making.save(open_workspace(), code, event_id, written, now=now())
    except InputError as error:
        view = making.making(open_workspace(), code, event_id, language=written.language, now=now())
        return _quiet(render_template("web/u_maken.html", view=view, wrong=str(error), typed=written), 400)
    return redirect(url_for("workshop.look", event_id=event_id))


@pages.get("/maken/<event_id>/zien")
def look(event_id: str) -> Response:
    """Show the invitation exactly as it is printed; the browser prints it."""
    code = _code()
    if not code:
        return _ask()
    view = making.making(open_workspace(), code, event_id, now=now())
    return _quiet(render_template("web/u_zien.html", view=view))


@pages.post("/maken/<event_id>/inleveren")
def hand_in(event_id: str) -> Response:
    """Give it to the mentor."""
    code = _code()
    if not code:
        return _ask()
    making.hand_in(open_workspace(), code, event_id, now=now())
    flash("Ingeleverd. Je mentor kijkt ernaar.", "ok")
    return redirect(url_for("workshop.choose"))
