"""Families: what is known of one, to print, to take along, and to erase."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.keeping import households
from planner.web.access import now, visitor, workspace

pages = Blueprint("households", __name__, url_prefix="/huishoudens")


@pages.get("", endpoint="list")
def show_all() -> str:
    """List the families, all or those that were looked for."""
    search = request.args.get("zoek", "")
    found = households.households(workspace(), search=search)
    return render_template("web/households.html", households=found, search=search)


@pages.get("/<household_id>")
def show(household_id: str) -> str:
    """Show everything known about one family."""
    return render_template("web/household.html", view=households.household_view(workspace(), household_id))


@pages.get("/<household_id>/gegevens.json")
def download(household_id: str) -> Response:
    """Give the same as a file."""
    body = households.as_json(households.household_view(workspace(), household_id))
    return Response(
        body,
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="gegevens-gezin.json"'},
    )


@pages.post("/<household_id>/wissen")
def erase(household_id: str) -> Response:
    """Erase one family for good."""
    who = visitor()
    done = households.erase(
        workspace(), household_id, confirmed=request.form.get("zeker", ""), by=who.name if who else "", now=now()
    )
    flash(done, "ok")
    return redirect(url_for("households.list"))
