"""Rooms: what the school has, on a list and on a floor plan, and how a coordinator changes it."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import Right
from planner.errors import InputError
from planner.services.rooms import floorplans, planpictures, roomforms, roomspage
from planner.web.access import visitor, workspace

pages = Blueprint("rooms", __name__, url_prefix="/ruimtes")

UPLOAD_LIMIT = 5 << 20  # bytes; a drawing of 4 MB with what a browser puts around it
FLOOR = "<int(signed=True):floor>"


def picture_address(floor: int) -> str:
    """Return where the drawing under a floor is served."""
    return url_for("rooms.picture", floor=floor)


def _back(message: str, where: str = "") -> Response:
    flash(message, "ok")
    return redirect(url_for("rooms.list", _anchor=where or None))


@pages.get("", endpoint="list")
def show_all() -> str:
    """List the rooms and draw the building."""
    ws = workspace()
    return render_template(
        "web/rooms.html",
        rooms=roomspage.rooms(ws),
        plan=floorplans.school_plan(ws, address=picture_address),
        entrance=roomspage.entrance(ws),
        pictures=planpictures.forms(ws),
    )


@pages.get("/nieuw")
def new() -> str:
    """Show the form for a new room."""
    return render_template("web/room.html", view=roomforms.room_form(workspace()))


@pages.post("/nieuw")
def add() -> Response:
    """Add a room."""
    roomforms.add_room(workspace(), request.form, request.form.getlist("feature"))
    return _back("De ruimte is toegevoegd.")


@pages.get("/wijzig/<room_id>")
def show(room_id: str) -> str:
    """Show the form of a room."""
    return render_template("web/room.html", view=roomforms.room_form(workspace(), room_id))


@pages.post("/wijzig/<room_id>")
def change(room_id: str) -> Response:
    """Change a room."""
    roomforms.change_room(workspace(), room_id, request.form, request.form.getlist("feature"))
    return _back("De ruimte is bewaard. Activiteiten die er niet meer passen, hebben een andere ruimte gekregen.")


@pages.post("/weg/<room_id>")
def drop(room_id: str) -> Response:
    """Take a room away."""
    name = roomforms.drop_room(workspace(), room_id)
    return _back(f"{name} is weggehaald. Wat daar was, heeft een andere ruimte gekregen als er een was.")


@pages.post("/ingang")
def entrance() -> Response:
    """Keep where people come in."""
    roomforms.place_entrance(workspace(), request.form)
    return _back("De ingang is bewaard.", "ingang")


@pages.get(f"/tekening/{FLOOR}")
def picture(floor: int) -> Response:
    """Give the drawing under a floor."""
    response = Response(planpictures.image(workspace(), floor), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@pages.post(f"/tekening/{FLOOR}")
def add_picture(floor: int) -> Response:
    """Put a drawing under a floor."""
    ws, file = workspace(Right.PLAN), request.files.get("file")
    if file is None or not file.filename:
        raise InputError("Kies eerst een tekening op uw computer: een PNG of een JPEG.")
    planpictures.receive(ws, floor, file.read())
    return _back("De tekening ligt onder de plattegrond. Schuif haar op haar plek met de drie getallen.", "tekening")


@pages.post(f"/tekening/{FLOOR}/plek")
def place_picture(floor: int) -> Response:
    """Give a drawing another place."""
    planpictures.place(workspace(), floor, request.form)
    return _back("De tekening is verschoven.", "tekening")


@pages.post(f"/tekening/{FLOOR}/weg")
def drop_picture(floor: int) -> Response:
    """Take a drawing away."""
    planpictures.remove(workspace(), floor)
    return _back("De tekening is weggehaald.", "tekening")


def _allow_file() -> None:
    who = visitor() if request.endpoint == "rooms.add_picture" else None
    if who and who.may(Right.PLAN):
        request.max_content_length = UPLOAD_LIMIT


def register(app: Flask) -> None:
    """Let one page of `app` take larger bodies; before whatever reads a form, so before the CSRF check."""
    app.before_request(_allow_file)
