"""The coordinator's list of who may come in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.signin import accountadmin
from planner.services.views import LinkToGive
from planner.web.access import now, workspace

pages = Blueprint("accounts", __name__, url_prefix="/instellingen/accounts")


def _back(message: str) -> Response:
    flash(message, "ok")
    return redirect(url_for("accounts.show"))


def _link(link: LinkToGive) -> str:
    return render_template("web/account_link.html", link=link)


@pages.get("")
def show() -> str:
    """List everybody who may come in."""
    return render_template("web/accounts.html", view=accountadmin.view(workspace(), now=now()))


@pages.post("")
def invite() -> str:
    """Make an account; the link to set a password is shown this once."""
    form = request.form
    link = accountadmin.invite(
        workspace(),
        name=form.get("name", ""),
        email=form.get("email", ""),
        role=form.get("role", ""),
        person_id=form.get("person", ""),
        now=now(),
    )
    return _link(link)


@pages.post("/<int:account_id>/link")
def new_link(account_id: int) -> str:
    """Give a fresh link to set a password."""
    return _link(accountadmin.new_link(workspace(), account_id, now=now()))


@pages.post("/<int:account_id>/opnieuw")
def start_anew(account_id: int) -> str:
    """Take password and second step away and give a link to begin again."""
    return _link(accountadmin.start_anew(workspace(), account_id, now=now()))


@pages.post("/<int:account_id>/rol")
def change_role(account_id: int) -> Response:
    """Give an account another role."""
    accountadmin.change_role(workspace(), account_id, request.form.get("role", ""), now=now())
    return _back("De rol is veranderd. Deze persoon logt opnieuw in.")


@pages.post("/<int:account_id>/dicht")
def close(account_id: int) -> Response:
    """Close an account."""
    accountadmin.close(workspace(), account_id, now=now())
    return _back("Het account is gesloten. Deze persoon is overal uitgelogd.")


@pages.post("/<int:account_id>/open")
def reopen(account_id: int) -> Response:
    """Open an account again."""
    accountadmin.reopen(workspace(), account_id, now=now())
    return _back("Het account is weer open.")


@pages.post("/<int:account_id>/uitloggen")
def end_sessions(account_id: int) -> Response:
    """Sign somebody out everywhere."""
    accountadmin.end_sessions(workspace(), account_id, now=now())
    return _back("Deze persoon is overal uitgelogd.")
