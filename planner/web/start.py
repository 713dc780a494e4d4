"""The first page, signing in by link, and leaving."""

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from planner.domain.access.browsers import browser_words
from planner.services.begin import firstrun
from planner.services.signin import accounts
from planner.web.access import forget_session, half_token, home_of, now, open_workspace, sign_in, visitor, workspace
from planner.web.signin import offer

pages = Blueprint("start", __name__)


@pages.get("/")
def home() -> str | Response:
    """Show what this is; who is signed in goes straight to the own first page, and without a school to the wizard."""
    who = visitor()
    if who:
        return redirect(home_of(who))
    if firstrun.is_open(open_workspace()):
        return redirect(url_for("begin.show"))
    if half_token():
        return redirect(url_for("signin.second_step"))
    return render_template("web/start.html", signin=offer())


@pages.get("/aanmelden/<token>")
def sign_in_by_link(token: str) -> Response:
    """Sign the demo coordinator in; the link is printed on the machine that serves the demo school.

    HEAD only looks. A session that this browser still had is over.
    """
    if request.method == "GET":
        browser = browser_words(request.headers.get("User-Agent", ""))
        fresh = accounts.start_session(workspace(), token, browser=browser, now=now())
        if "token" in session:
            accounts.end_session(workspace(), session["token"])
        sign_in(fresh)
    return redirect(url_for("start.home"))


@pages.post("/afmelden")
def leave() -> Response:
    """End the session, here and in the database."""
    accounts.end_session(workspace(), session.get("token", ""))
    forget_session()
    return redirect(url_for("start.home"))


@pages.get("/favicon.ico")
def icon() -> Response:
    """Show the mark to browsers that ask for it by its old name."""
    return current_app.send_static_file("icons/favicon.svg")


@pages.get("/robots.txt")
def robots() -> Response:
    """Ask robots to stay away from everything but calendar feeds, which some readers fetch as a robot."""
    return Response("User-agent: *\nAllow: /agenda/\nDisallow: /\n", mimetype="text/plain")
