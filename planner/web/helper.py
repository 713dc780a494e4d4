"""The personal page of somebody without an account: the link itself says who they are. Only POST changes something."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.errors import ConflictError, InputError
from planner.services.people import availability, helperlinks, owntasks
from planner.services.workspace import Workspace
from planner.web.access import now, open_workspace
from planner.web.secret import opened

pages = Blueprint("helper", __name__, url_prefix="/m")


def _mine(token: str) -> Workspace:
    return opened(lambda: helperlinks.opened(open_workspace(), token))


def _language() -> str:
    """Return the language that was asked for, as far as there are texts in it."""
    asked = request.values.get("taal", "")
    return asked if asked in open_workspace().pages else ""


def _back(token: str, word: str, sentence: str = "") -> Response:
    """Go back to the page; `word` names one of its texts, the sentence says more in Dutch."""
    flash(word, "woord")
    if sentence:
        flash(sentence, "fout")
    return redirect(url_for("helper.show", token=token, taal=_language() or None))


@pages.get("/<token>")
def show(token: str) -> str:
    """Show one's own tasks and availability, in one's own language."""
    view = owntasks.view(_mine(token), language=_language(), now=now())
    return render_template("web/helper.html", view=view, token=token)


@pages.post("/<token>/antwoord")
def answer(token: str) -> Response:
    """Keep a yes or a no."""
    mine, form = _mine(token), request.form
    try:
        owntasks.answer(mine, form.get("event", ""), form.get("says", ""), reason=form.get("reason", ""), now=now())
    except (InputError, ConflictError) as error:
        return _back(token, "odd", str(error))
    return _back(token, "saved")


@pages.post("/<token>/wanneer")
def save(token: str) -> Response:
    """Keep when one can come."""
    mine, form = _mine(token), request.form
    try:
        availability.save(mine, form, days=form.getlist("day"), away=form.getlist("away"))
    except InputError as error:
        return _back(token, "odd", str(error))
    return _back(token, "saved")
