"""One's own evenings, for who signs in: what one was asked for, one's answer, and when one can come."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.answers import classpage
from planner.services.people import availability, owntasks
from planner.web.access import now, workspace

pages = Blueprint("own", __name__)


@pages.get("/mijn")
def show() -> str:
    """Show one's own tasks and availability."""
    return render_template("web/own.html", view=owntasks.view(workspace(), language="nl", now=now()))


def _back(sentence: str) -> Response:
    flash(sentence, "ok")
    return redirect(url_for("own.show"))


@pages.post("/mijn/antwoord")
def answer() -> Response:
    """Keep a yes or a no."""
    form = request.form
    owntasks.answer(workspace(), form.get("event", ""), form.get("says", ""), reason=form.get("reason", ""), now=now())
    return _back("Uw antwoord is bewaard.")


@pages.post("/mijn/wanneer")
def save() -> Response:
    """Keep when one can come."""
    form = request.form
    availability.save(workspace(), form, days=form.getlist("day"), away=form.getlist("away"))
    return _back("Bewaard. De planning houdt er rekening mee.")


@pages.get("/klas")
def my_class() -> str:
    """Show a mentor the own class: its pupils and families, and its moments this year."""
    return render_template("web/class.html", view=classpage.view(workspace(), now=now()))
