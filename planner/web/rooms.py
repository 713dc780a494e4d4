"""Rooms: what the school has, on a list and on a floor plan."""

from flask import Blueprint, render_template

from planner.services import roomspage
from planner.web.access import workspace

pages = Blueprint("rooms", __name__, url_prefix="/ruimtes")


@pages.get("", endpoint="list")
def show_all() -> str:
    """List the rooms."""
    return render_template("web/rooms.html", rooms=roomspage.rooms(workspace()))
