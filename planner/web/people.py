"""People: who can do what, who does what, and everyone's own calendar link."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.people import agreements, helperlinks, peoplepage
from planner.services.year import feeds
from planner.web.access import now, workspace

pages = Blueprint("people", __name__, url_prefix="/mensen")


@pages.get("", endpoint="list")
def show_all() -> str:
    """List everyone with roles, languages and load."""
    return render_template("web/people.html", people=peoplepage.people(workspace()), odd=peoplepage.odd(workspace()))


@pages.get("/<person_id>")
def show(person_id: str) -> str:
    """Show one person's own evenings and calendar link."""
    return render_template("web/person.html", view=peoplepage.person_view(workspace(), person_id, now=now()))


@pages.post("/<person_id>/afspraken")
def agree(person_id: str) -> Response:
    """Keep whether and how somebody is asked, with whom and where."""
    form = request.form
    given = agreements.Agreements(
        consent=bool(form.get("consent")),
        channel=form.get("channel", ""),
        beside=form.get("beside", ""),
        room=form.get("room", ""),
    )
    agreements.save(workspace(), person_id, given)
    flash("De afspraken zijn bewaard.", "ok")
    return redirect(url_for("people.show", person_id=person_id))


@pages.post("/<person_id>/nieuwe-link")
def renew_feed(person_id: str) -> Response:
    """Give a person a new calendar link; the old one stops working."""
    feeds.renew(workspace(), person_id=person_id, now=now())
    flash("Er is een nieuwe link. De oude werkt niet meer.", "ok")
    return redirect(url_for("people.show", person_id=person_id))


@pages.post("/<person_id>/persoonlijke-link")
def renew_link(person_id: str) -> Response:
    """Give a person a personal link, or another one; the old one stops working."""
    helperlinks.renew(workspace(), person_id, now=now())
    flash("De persoonlijke link is klaar. Een oude link werkt niet meer.", "ok")
    return redirect(url_for("people.show", person_id=person_id, _anchor="link"))


@pages.post("/<person_id>/persoonlijke-link/weg")
def end_link(person_id: str) -> Response:
    """End a person's link."""
    helperlinks.end(workspace(), person_id, now=now())
    flash("De persoonlijke link werkt niet meer.", "ok")
    return redirect(url_for("people.show", person_id=person_id, _anchor="link"))
