"""The first run: a few steps from an empty installation to a school with a planned year."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from planner.errors import InputError
from planner.services.begin import firstrooms, firstrun, firststeps
from planner.services.begin.firststeps import FIELDS, ROOMS, STEPS
from planner.web.access import client_address, now, open_workspace, sign_in, visitor, workspace

pages = Blueprint("begin", __name__, url_prefix="/begin")

KEPT = "begin"  # what was typed, in the signed cookie of this browser alone
PASSWORD = "begin-password"  # noqa: S105 - in the same cookie: the secret of the link that sets the first password
MOST_KEPT = 3_500  # characters; a browser drops a cookie above 4096 bytes without a word


NEEDS_CODE = frozenset({"begin.step", "begin.keep", "begin.example"})


@pages.before_request
def _guard() -> Response | None:
    """Close the wizard when there is a school, and its steps to whoever does not know the code."""
    if request.endpoint == "begin.ready":
        return None
    if visitor():
        return redirect(url_for("start.home"))
    firstrun.require_open(open_workspace())
    return redirect(url_for("begin.show")) if request.endpoint in NEEDS_CODE and not _knows_code() else None


@pages.get("")
def show() -> str | Response:
    """Ask for the code on the server's screen; who gave it goes to the first step."""
    if _knows_code():
        return redirect(url_for("begin.step", step=STEPS[0]))
    return render_template("web/begin_code.html")


@pages.post("")
def take_code() -> Response:
    """Look at the code."""
    try:
        code = firstrun.take_code(open_workspace(), request.form.get("code", ""), address=client_address(), now=now())
    except InputError as error:
        return _again(error, url_for("begin.show"))
    session[KEPT] = {"code": code}
    return redirect(url_for("begin.step", step=STEPS[0]))


@pages.get("/<any(school, avonden, ruimtes, klassen, coordinator):step>")
def step(step: str) -> str | Response:
    """Show a step with what was typed before."""
    return render_template("web/begin.html", view=firststeps.view(step, _typed(step), now=now()))


@pages.post("/<any(school, avonden, ruimtes, klassen, coordinator):step>")
def keep(step: str) -> Response:
    """Keep a step and go on; the last one makes the school. What is odd is kept too, to be put right."""
    try:
        typed = _given(step)
        _keep(step, typed)
        firststeps.check(open_workspace(), step, typed)
    except InputError as error:
        return _again(error, url_for("begin.step", step=step))
    at = STEPS.index(step) + 1
    return redirect(url_for("begin.step", step=STEPS[at])) if at < len(STEPS) else _finish()


@pages.post("/voorbeeld")
def example() -> Response:
    """Make the demo school instead."""
    return _welcome(firststeps.found_demo(open_workspace(), now=now()))


@pages.get("/klaar/<task_id>")
def ready(task_id: str) -> str:
    """Show a new coordinator how far the plan is, and what comes next."""
    secret = session.get(PASSWORD)
    address = url_for("signin.show_password", token=secret) if secret else ""
    return render_template("web/begin_ready.html", view=firststeps.ready(workspace(), task_id), password_url=address)


def _again(error: InputError, address: str) -> Response:
    """Say what is odd on a page that can be reloaded and gone back to."""
    flash(str(error), "fout")
    return redirect(address)


def _finish() -> Response:
    for step in STEPS:  # one that was skipped comes first
        try:
            firststeps.check(open_workspace(), step, _typed(step))
        except InputError as error:
            return _again(error, url_for("begin.step", step=step))
    return _welcome(firststeps.found(open_workspace(), session[KEPT], now=now()))


def _welcome(founded: firststeps.Founded) -> Response:
    sign_in(founded.session)  # whatever the cookie held is gone
    if founded.password:
        session[PASSWORD] = founded.password
    return redirect(url_for("begin.ready", task_id=founded.task_id))


def _knows_code() -> bool:
    return firstrun.is_code(open_workspace(), str(session.get(KEPT, {}).get("code", "")))


def _typed(step: str) -> dict[str, str]:
    found: dict[str, str] = session[KEPT].get(step, {})
    return found


def _given(step: str) -> dict[str, str]:
    """Return the fields of a step and no others; several values of one field with commas between."""
    given = {name: ",".join(request.form.getlist(name)).strip() for name in FIELDS[step] if name in request.form}
    file = request.files.get("file") if step == ROOMS else None
    if file and (body := file.read()):
        given["rooms"] = firstrooms.rooms_text(body, name=file.filename or "")
    return given


def _keep(step: str, typed: dict[str, str]) -> None:
    kept = {**session[KEPT], step: typed}
    serializer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
    if len(serializer.dumps({**session, KEPT: kept})) > MOST_KEPT:
        raise InputError("Dit is te veel voor het begin. Zet er hier een deel neer en lees de rest later in.")
    session[KEPT] = kept
