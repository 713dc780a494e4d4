"""Invitations of pupils, for their mentor and the coordinator: codes, looking, releasing, printing a class."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import Right
from planner.services import tasks
from planner.services.invitations import handing, pupilcodes
from planner.services.views.event import code_picture
from planner.web.access import now, visitor, workspace

pages = Blueprint("handing", __name__, url_prefix="/uitnodigingen")


def _who() -> str:
    who = visitor()
    return who.name if who else ""


@pages.get("")
def show() -> str:
    """Show how far each class is for each activity to come."""
    return render_template("web/uitnodigingen.html", events=handing.overview(workspace(), now=now()))


@pages.get("/codes/<class_id>")
def codes(class_id: str) -> str:
    """Show the codes of a class, to print and cut."""
    sheet = pupilcodes.sheet(workspace(), class_id)
    return render_template("web/codes.html", sheet=sheet, qr=code_picture(sheet.address))


@pages.post("/codes/<class_id>/maken")
def make_codes(class_id: str) -> Response:
    """Make a code for each pupil who has none yet."""
    pupilcodes.make(workspace(), class_id)
    return redirect(url_for("handing.codes", class_id=class_id))


@pages.post("/codes/<pupil_id>/nieuw")
def renew(pupil_id: str) -> Response:
    """Give a pupil another code."""
    class_id = pupilcodes.renew(workspace(), pupil_id)
    flash("De leerling heeft een nieuwe code. De oude werkt niet meer.", "ok")
    return redirect(url_for("handing.codes", class_id=class_id))


@pages.get("/<event_id>/klas/<class_id>")
def class_(event_id: str, class_id: str) -> str:
    """Show what the pupils of a class made for an activity."""
    return render_template("web/klas.html", view=handing.class_view(workspace(), event_id, class_id))


@pages.post("/<event_id>/klas/<class_id>/<int:made_id>/vrijgeven")
def release(event_id: str, class_id: str, made_id: int) -> Response:
    """Let a pupil's text be printed."""
    handing.release(workspace(), made_id, by=_who(), now=now())
    flash("Vrijgegeven. Bij het afdrukken staat deze tekst op de uitnodiging.", "ok")
    return redirect(url_for("handing.class_", event_id=event_id, class_id=class_id))


@pages.post("/<event_id>/klas/<class_id>/<int:made_id>/terug")
def send_back(event_id: str, class_id: str, made_id: int) -> Response:
    """Give a text back to its pupil."""
    handing.send_back(workspace(), made_id, note=request.form.get("note", ""), now=now())
    flash("De leerling kan de uitnodiging weer veranderen.", "ok")
    return redirect(url_for("handing.class_", event_id=event_id, class_id=class_id))


@pages.post("/<event_id>/pdf")
def pdf(event_id: str) -> Response:
    """Make the invitations of a class, or of all classes, in the background."""
    form = request.form
    arguments = {
        "event_id": event_id,
        "class_id": form.get("class_id", ""),
        "paper": form.get("paper", ""),
        "which": form.get("which", ""),
        "colour": bool(form.get("kleur")),
    }
    task_id = tasks.queue(workspace(Right.SEE_FAMILIES), kind="class.pdf", arguments=arguments, now=now())
    return redirect(url_for("tasks.show", task_id=task_id))
