"""An evening in the building: the floor plan part by part, a room by hand, and the corners of a loopbaanlokaal."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.rooms import corners, floorplans, roomchoice
from planner.web.access import workspace
from planner.web.rooms import picture_address

pages = Blueprint("plan", __name__, url_prefix="/activiteit")


@pages.get("/<event_id>/plattegrond")
def show(event_id: str) -> str:
    """Show who and what is where at a part of the evening."""
    part = request.args.get("deel", "")
    view = floorplans.event_plan(workspace(), event_id, part, address=picture_address)
    return render_template("web/plan.html", view=view)


@pages.get("/<event_id>/ruimte")
def choose(event_id: str) -> str:
    """Show every room for one place, with what it would break."""
    view = roomchoice.choice(workspace(), event_id, request.args.get("plek", ""))
    return render_template("web/roomchoice.html", view=view)


@pages.post("/<event_id>/ruimte")
def chosen(event_id: str) -> Response:
    """Give a place a room for good."""
    name = roomchoice.choose(workspace(), event_id, request.form.get("need_id", ""), request.form.get("room_id", ""))
    flash(f"{name} is gekozen en staat vast.", "ok")
    return redirect(url_for("event.show", event_id=event_id, _anchor="ruimtes"))


@pages.post("/<event_id>/ruimte/los")
def let_go(event_id: str) -> Response:
    """Let Schakelplan choose the room again."""
    roomchoice.let_go(workspace(), event_id, request.form.get("need_id", ""))
    flash("De ruimte staat niet meer vast.", "ok")
    return redirect(url_for("event.show", event_id=event_id, _anchor="ruimtes"))


@pages.get("/<event_id>/hoeken")
def show_corners(event_id: str) -> str:
    """Show the loopbaanlokalen with their corners."""
    view = corners.page(workspace(), event_id)
    return render_template("web/corners.html", view=view)


@pages.post("/<event_id>/hoeken")
def save_corners(event_id: str) -> Response:
    """Keep the corners of one sector."""
    sector = request.form.get("sector", "")
    corners.save(workspace(), event_id, sector, request.form)
    flash(f"De hoeken van {sector} zijn bewaard.", "ok")
    return redirect(url_for("plan.show_corners", event_id=event_id))
