"""What a family sees behind the QR code of its invitation. It only shows; it changes nothing."""

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from planner.services import invitations
from planner.web.access import open_workspace

pages = Blueprint("family", __name__)


@pages.get("/i/<token>")
def show(token: str) -> Response:
    """Show the facts of the event in the family's language; no names."""
    sheet = invitations.opened(open_workspace(), token)
    response = make_response(render_template("web/family.html", sheet=sheet))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
