"""Answers of families for colleagues: the list of a class, who is silent, and the door."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.answers import answerkeeping, answerlist, door, reaching
from planner.services.answers.answerlist import AnswerListError
from planner.web.access import now, workspace

pages = Blueprint("answers", __name__)

Answer = str | tuple[str, int]


@pages.get("/antwoorden", endpoint="list")
def show_all() -> str:
    """List the activities with what families said."""
    return render_template("web/answers.html", events=answerlist.answer_events(workspace(), now=now()))


@pages.get("/activiteit/<event_id>/antwoorden")
def of_class(event_id: str) -> str:
    """Show the list of a class."""
    class_id = request.args.get("klas", "")
    view = answerlist.answer_list(workspace(), event_id, class_id=class_id, now=now())
    turnout = answerkeeping.turnout(workspace(), event_id)
    return render_template("web/answer_list.html", view=view, turnout=turnout, mistake="")


@pages.post("/activiteit/<event_id>/antwoorden")
def save(event_id: str) -> Answer | Response:
    """Keep the list of a class, whole or not at all."""
    class_id = request.form.get("klas", "")
    try:
        count = answerlist.save_list(workspace(), event_id, request.form, class_id=class_id, now=now())
    except AnswerListError as error:
        view = answerlist.answer_list(
            workspace(), event_id, class_id=class_id, form=request.form, wrong=error.household_ids, now=now()
        )
        return render_template("web/answer_list.html", view=view, turnout=(), mistake=str(error)), 400
    flash("Er was niets veranderd." if count == 0 else f"Bewaard: {count} van deze klas.", "ok")
    return redirect(url_for("answers.of_class", event_id=event_id, klas=class_id))


@pages.get("/activiteit/<event_id>/bereik")
def reach(event_id: str) -> str:
    """Show the families that said nothing, with the next step."""
    return render_template("web/reach.html", view=reaching.reach_view(workspace(), event_id, now=now()))


@pages.post("/activiteit/<event_id>/bereik")
def mark(event_id: str) -> Response:
    """Keep how a step went."""
    form = request.form
    home = form.get("gezin", "")
    reaching.mark(workspace(), event_id, home, step=form.get("stap", ""), how=form.get("hoe", ""), now=now())
    return redirect(url_for("answers.reach", event_id=event_id, _anchor=f"g-{home}"))


@pages.get("/activiteit/<event_id>/deur", endpoint="door")
def at_the_door(event_id: str) -> str:
    """Show the list at the door."""
    return render_template("web/door.html", view=door.door_view(workspace(), event_id, now=now()))


@pages.post("/activiteit/<event_id>/deur")
def tick(event_id: str) -> Response:
    """Tick a family as present, or not."""
    form = request.form
    home, here = form.get("gezin", ""), form.get("er") == "ja"
    door.tick(workspace(), event_id, home, is_here=here, persons=form.get("personen", ""), now=now())
    return redirect(url_for("answers.door", event_id=event_id, _anchor=f"g-{home}"))
