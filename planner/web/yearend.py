"""The yearly clean-up: what goes, what stays, and the button."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.keeping import yearend
from planner.web.access import now, visitor, workspace

pages = Blueprint("yearend", __name__, url_prefix="/instellingen/opruimen")


def _account() -> int | None:
    who = visitor()
    return who.account_id if who else None


@pages.get("")
def show() -> str:
    """Show what a clean-up now would take away."""
    return render_template("web/yearend.html", view=yearend.view(workspace(), keep=_account(), now=now()))


@pages.post("")
def clean_up() -> Response:
    """Take it away."""
    who = visitor()
    done = yearend.clean_up(
        workspace(),
        confirmed=request.form.get("woord", ""),
        keep=_account(),
        by=who.name if who else "",
        now=now(),
    )
    flash(done, "ok")
    return redirect(url_for("yearend.show"))
