"""The year: its page, and the three things one can do with it: plan, repair, publish."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from planner.services import holding, tasks
from planner.services.year import publishing, yearpage
from planner.web.access import now, visitor, workspace

pages = Blueprint("year", __name__, url_prefix="/jaar")


@pages.get("")
def show() -> str:
    """Show the whole year, what needs attention, and what is not published yet."""
    return render_template("web/year.html", view=yearpage.year_view(workspace(), now=now()))


def _start(kind: str) -> Response:
    task_id = tasks.queue(workspace(), kind=kind, arguments={}, now=now())
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.post("/plannen")
def plan() -> Response:
    """Plan the year anew, in the background; pinned dates stay."""
    return _start("year.propose")


@pages.post("/herstellen")
def repair() -> Response:
    """Repair the plan with the fewest changes, in the background."""
    return _start("year.replan")


@pages.post("/publiceren")
def publish() -> Response:
    """Let everybody's calendar show the plan as it is now."""
    who = visitor()
    count = publishing.publish(workspace(), by=who.name if who else "", now=now())
    flash(
        "Alles stond al in de agenda's."
        if not count
        else f"Gepubliceerd. {count} veranderingen staan nu in de agenda's.",
        "ok",
    )
    return redirect(url_for("year.show"))


@pages.post("/verder")
def release() -> Response:
    """Let sending and publishing go on after a backup was put back."""
    who = visitor()
    holding.release(workspace(), by=who.name if who else "", now=now())
    flash("Schakelplan kan weer publiceren en versturen.", "ok")
    return redirect(url_for("year.show"))
