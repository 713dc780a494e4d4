"""Who does what: the board of an evening, by language, by hand, and proposals to take over."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services import tasks
from planner.services.staffing import staffboard, staffhand, stafflanguages, staffproposal, staffsolve
from planner.web.access import now, workspace

pages = Blueprint("staffing", __name__)


@pages.get("/activiteit/<event_id>/mensen")
def board(event_id: str) -> str:
    """Show who does what at an event, with the languages."""
    return render_template("web/staffing.html", view=staffboard.board(workspace(), event_id))


@pages.get("/mensen/talen")
def languages() -> str:
    """Show who interprets what, by language."""
    return render_template("web/stafflanguages.html", languages=stafflanguages.languages(workspace()))


def _back(event_id: str) -> Response:
    return redirect(url_for("staffing.board", event_id=event_id))


@pages.post("/activiteit/<event_id>/mensen/indelen")
def put(event_id: str) -> Response:
    """Give somebody a task; what that breaks is shown."""
    broken = staffhand.put(workspace(), event_id, request.form.get("need_id", ""), request.form.get("person_id", ""))
    flash("De taak is gegeven en staat vast.", "ok")
    for sentence in broken:
        flash(f"Let op: {sentence}", "fout")
    return _back(event_id)


@pages.post("/activiteit/<event_id>/mensen/eraf")
def take_off(event_id: str) -> Response:
    """Take somebody off a task."""
    staffhand.take_off(workspace(), event_id, request.form.get("need_id", ""), request.form.get("person_id", ""))
    flash("De taak is eraf gehaald. Waar het kon, is iemand anders gekozen.", "ok")
    return _back(event_id)


@pages.post("/activiteit/<event_id>/mensen/vast")
def pin(event_id: str) -> Response:
    """Keep somebody on a task, or let planning choose again."""
    staffhand.pin(
        workspace(),
        event_id,
        request.form.get("need_id", ""),
        request.form.get("person_id", ""),
        pinned=bool(request.form.get("pinned")),
    )
    return _back(event_id)


def _search(kind: str, *, event_id: str, person_id: str) -> Response:
    arguments = {"event_id": event_id, "person_id": person_id}
    return redirect(url_for("tasks.show", task_id=tasks.queue(workspace(), kind=kind, arguments=arguments, now=now())))


@pages.post("/activiteit/<event_id>/mensen/verdelen")
def search_event(event_id: str) -> Response:
    """Search the best division for one event."""
    return _search("staff.propose", event_id=event_id, person_id="")


@pages.post("/jaar/verdelen")
def search_year() -> Response:
    """Search the best division for everything that is to come."""
    return _search("staff.propose", event_id="", person_id="")


@pages.post("/mensen/<person_id>/valt-uit")
def drop_out(person_id: str) -> Response:
    """Look for who can replace somebody, at one event or everywhere."""
    return _search("staff.without", event_id=request.form.get("event_id", ""), person_id=person_id)


@pages.get("/mensen/voorstel/<task_id>")
def proposal(task_id: str) -> str:
    """Show what a search found, before anything changes."""
    return render_template("web/staffproposal.html", view=staffproposal.proposal_view(workspace(), task_id))


@pages.post("/mensen/voorstel/<task_id>")
def take_over(task_id: str) -> Response:
    """Make a proposal the plan."""
    taken = staffsolve.take_over_task(workspace(), task_id)
    flash("Het voorstel is overgenomen. Publiceer het op de pagina Jaar; daarna ziet iedereen het.", "ok")
    return _back(taken.event_id) if taken.event_id else redirect(url_for("people.list"))
