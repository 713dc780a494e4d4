"""Somebody's own account: where they are signed in, password, second step."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from planner.errors import InputError, TooManyError
from planner.services.signin import myaccount, passwords, secondstep, sessions
from planner.services.signin.passwords import Typed
from planner.web.access import now, sign_in, workspace
from planner.web.comers import comer
from planner.web.errors import status_and_headers

pages = Blueprint("account", __name__, url_prefix="/account")


def _token() -> str:
    return str(session.get("token", ""))


def _page(problem: str = "", place: str = "") -> str:
    view = myaccount.view(workspace(), _token(), now=now())
    return render_template("web/account.html", view=view, problem=problem, place=place)


def _back(message: str) -> Response:
    flash(message, "ok")
    return redirect(url_for("account.show"))


def _again(error: InputError | TooManyError, place: str) -> Response:
    status, headers = status_and_headers(error)
    return make_response(_page(str(error), place), status, headers)


@pages.get("")
def show() -> str:
    """Show the own account."""
    return _page()


@pages.post("/wachtwoord")
def change_password() -> Response:
    """Set another password; every other browser is signed out."""
    form = request.form
    try:
        typed = Typed(password=form.get("password", ""), again=form.get("again", ""), old=form.get("old", ""))
        fresh = passwords.change(workspace(), _token(), typed, comer=comer(), now=now())
    except (InputError, TooManyError) as error:
        return _again(error, "wachtwoord")
    sign_in(fresh)
    return _back("Uw wachtwoord is veranderd. Op andere plekken bent u uitgelogd.")


@pages.post("/aanmelding/<int:session_id>/weg")
def end_one(session_id: int) -> Response:
    """Sign another browser of the same owner out."""
    sessions.end_one(workspace(), _token(), session_id, now=now())
    return _back("Daar bent u nu uitgelogd.")


@pages.post("/aanmeldingen/weg")
def end_others() -> Response:
    """Sign every other browser of the same owner out."""
    sessions.end_others(workspace(), _token(), now=now())
    return _back("Op alle andere plekken bent u nu uitgelogd.")


@pages.post("/tweede-stap/begin")
def begin_second_step() -> Response:
    """Begin to set a second step up."""
    secondstep.begin_setup(workspace(), _token(), now=now())
    return redirect(url_for("account.show_second_step"))


@pages.get("/tweede-stap")
def show_second_step() -> str:
    """Show the code to scan."""
    return _setup("")


def _setup(problem: str) -> str:
    view = secondstep.setup_view(workspace(), _token(), now=now())
    return render_template("web/secondstep_setup.html", view=view, problem=problem, to="account.set_second_step")


@pages.post("/tweede-stap")
def set_second_step() -> str | Response:
    """Take the first code of a second step."""
    try:
        fresh, codes = secondstep.confirm(workspace(), _token(), request.form.get("code", ""), comer=comer(), now=now())
    except (InputError, TooManyError) as error:
        status, headers = status_and_headers(error)
        return make_response(_setup(str(error)), status, headers)
    sign_in(fresh)
    return render_template("web/recovery_codes.html", codes=codes)


@pages.post("/tweede-stap/weg")
def drop_second_step() -> Response:
    """Take the second step away, with a code of it; the next sign-in sets up another where there must be one."""
    try:
        secondstep.take_away(workspace(), _token(), request.form.get("code", ""), comer=comer(), now=now())
    except (InputError, TooManyError) as error:
        return _again(error, "tweede-stap")
    session.pop("token", None)
    flash("De tweede stap is weg. Log opnieuw in.", "ok")
    return redirect(url_for("start.home"))


@pages.post("/herstelcodes")
def renew_codes() -> str | Response:
    """Give new codes for paper."""
    try:
        codes = secondstep.renew_codes(workspace(), _token(), request.form.get("code", ""), comer=comer(), now=now())
    except (InputError, TooManyError) as error:
        return _again(error, "tweede-stap")
    return render_template("web/recovery_codes.html", codes=codes)
