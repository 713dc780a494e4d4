"""Signing in: password, link from the mail, the school's own account, and the second step."""

from flask import Blueprint, make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from planner.errors import InputError, NotFoundError, PlannerError, TooManyError
from planner.services.signin import accounts, linkrequests, passwords, schoolsignin, secondstep, signing, signinmail
from planner.services.signin.passwords import Typed
from planner.services.views import SigninView, Started
from planner.web.access import WANTED, half_token, now, sign_in, workspace
from planner.web.comers import comer, remember
from planner.web.errors import status_and_headers
from planner.web.ownpaths import own_path

pages = Blueprint("signin", __name__)
FLOW = "school"  # in the signed cookie: the sign-in with the school's own account that is under way


def offer(email: str = "", problem: str = "") -> SigninView:
    """Return what the first page offers to a stranger."""
    given = workspace().school_signin
    name = given.name if given else ""
    return SigninView(school_signin=name, can_mail=signinmail.can_mail(workspace()), email=email, problem=problem)


def _again(error: PlannerError, template: str, **values: object) -> Response:
    """Show a form once more, with what is wrong and the status that belongs to it."""
    status, headers = status_and_headers(error)
    return make_response(render_template(template, problem=str(error), **values), status, headers)


def enter(started: Started) -> Response:
    """Give the browser its new session, end the one it had, and go on: to the second step, or where it wanted to be."""
    wanted = own_path(session.get(WANTED))
    if "token" in session:
        accounts.end_session(workspace(), session["token"])
    sign_in(started.token)
    if started.is_whole:
        remember(started.account_id)
        return redirect(wanted or url_for("start.home"))
    session[WANTED] = wanted
    return redirect(url_for("signin.second_step"))


def _go_on(token: str) -> None:
    """Give the browser the new secret of its session; whoever had the old one has nothing."""
    wanted = own_path(session.get(WANTED))
    sign_in(token)
    session[WANTED] = wanted
    who = accounts.visitor_of(workspace(), token, now=now())
    if who and who.account_id is not None:
        remember(who.account_id)


@pages.post("/inloggen")
def with_password() -> Response:
    """Sign in with mail address and password."""
    email = request.form.get("email", "")
    try:
        password = request.form.get("password", "")
        return enter(signing.sign_in(workspace(), email=email, password=password, comer=comer(), now=now()))
    except (InputError, TooManyError) as error:
        return _again(error, "web/start.html", signin=offer(email=email[:254], problem=str(error)))


@pages.post("/inloggen/link")
def ask_link() -> str | Response:
    """Have a link mailed; the answer is the same for an unknown address."""
    try:
        linkrequests.ask_link(workspace(), email=request.form.get("email", ""), comer=comer(), now=now())
    except (InputError, TooManyError) as error:
        return _again(error, "web/start.html", signin=offer(problem=str(error)))
    return render_template("web/signin_sent.html")


@pages.get("/inloggen/link/<token>")
def show_link(token: str) -> str:
    """Show the one button behind a link from the mail. Looking changes nothing: mail scanners look too."""
    signing.look_at_link(workspace(), token, now=now())
    return render_template("web/signin_link.html", token=token)


@pages.post("/inloggen/link/<token>")
def use_link(token: str) -> Response:
    """Sign in with a link from the mail."""
    return enter(signing.sign_in_by_mail(workspace(), token, browser=comer().browser, now=now()))


@pages.get("/inloggen/school")
def to_school() -> Response:
    """Go to the school's own sign-in; what its answer must match stays in the signed cookie."""
    place, session[FLOW] = schoolsignin.begin(workspace(), now=now())
    return redirect(place)


@pages.get("/inloggen/school/terug")
def from_school() -> Response:
    """Come back from the school's own sign-in. Without the state of this very browser nothing happens."""
    given = request.args
    return enter(
        schoolsignin.finish(
            workspace(),
            session.pop(FLOW, None),
            state=given.get("state", ""),
            code=given.get("code", ""),
            browser=comer().browser,
            now=now(),
        )
    )


@pages.get("/wachtwoord/<token>")
def show_password(token: str) -> str:
    """Ask for a new password, for who holds a link for it."""
    email = passwords.owner_of_link(workspace(), token, now=now())
    return render_template("web/password.html", token=token, email=email, problem="")


@pages.post("/wachtwoord/<token>")
def set_password(token: str) -> Response:
    """Set the password and sign in."""
    form = request.form
    try:
        typed = Typed(password=form.get("password", ""), again=form.get("again", ""))
        started = passwords.set_by_link(workspace(), token, typed, browser=comer().browser, now=now())
    except (InputError, TooManyError) as error:
        email = passwords.owner_of_link(workspace(), token, now=now())
        return _again(error, "web/password.html", token=token, email=email)
    return enter(started)


@pages.get("/inloggen/tweede-stap")
def second_step() -> str | Response:
    """Ask for a code, or show how to set the second step up; who did no first step begins at the beginning."""
    if not half_token():
        return redirect(url_for("start.home"))
    return _second_step("")


def _second_step(problem: str) -> str:
    token = half_token()
    if secondstep.is_to_set_up(workspace(), token, now=now()):
        view = secondstep.setup_view(workspace(), token, now=now())
        return render_template("web/secondstep_setup.html", view=view, problem=problem, to="signin.do_second_step")
    return render_template("web/secondstep.html", problem=problem)


@pages.post("/inloggen/tweede-stap")
def do_second_step() -> str | Response:
    """Take a code: the first one sets the second step up, every other one lets in."""
    token, code = half_token(), request.form.get("code", "")
    if not token:
        return redirect(url_for("start.home"))
    try:
        if secondstep.is_to_set_up(workspace(), token, now=now()):
            fresh, codes = secondstep.confirm(workspace(), token, code, comer=comer(), now=now())
            _go_on(fresh)
            return render_template("web/recovery_codes.html", codes=codes)
        _go_on(secondstep.complete(workspace(), token, code, comer=comer(), now=now()))
    except (InputError, TooManyError) as error:
        status, headers = status_and_headers(error)
        return make_response(_second_step(str(error)), status, headers)
    except NotFoundError as error:
        session.pop("token", None)
        return _again(error, "web/start.html", signin=offer(problem=str(error)))
    return redirect(own_path(session.pop(WANTED, "")) or url_for("start.home"))
