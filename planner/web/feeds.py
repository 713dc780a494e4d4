"""Calendar feeds: the page with links, and the feeds themselves."""

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from planner.services.year import feeds
from planner.web.access import now, open_workspace, workspace
from planner.web.secret import opened

pages = Blueprint("feeds", __name__)


@pages.get("/agenda")
def subscribe() -> str:
    """Show the link of the year's calendar, and where to find everyone's own."""
    links = feeds.year_links(workspace(), now=now())
    return render_template("web/feeds.html", feeds=[(links.name, links)])


@pages.get("/agenda/<token>.ics")
def serve(token: str) -> Response:
    """Give a feed to a calendar. Unknown or ended links get 404, never an empty calendar."""
    feed = opened(lambda: feeds.served(open_workspace(), token))
    response = current_app.response_class(mimetype="text/calendar")
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = 'inline; filename="schakelplan.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.set_etag(feed.etag)
    response.last_modified = feed.changed_at
    if not response.make_conditional(request).status_code == 304:  # noqa: PLR2004, SIM201 - HTTP: not modified
        response.set_data(feed.body())
    return response
