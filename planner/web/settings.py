"""The school's settings for planning: evenings, feasts, free days, open days."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.answers import answerkeeping
from planner.services.year import schoolsettings
from planner.web.access import workspace

pages = Blueprint("settings", __name__, url_prefix="/instellingen")


@pages.get("")
def show() -> str:
    """Show the settings."""
    return render_template("web/settings.html", view=schoolsettings.view(workspace()))


def _back(message: str) -> Response:
    flash(message, "ok")
    return redirect(url_for("settings.show"))


@pages.post("")
def save() -> Response:
    """Keep the main form."""
    schoolsettings.save(workspace(), request.form, feasts=request.form.getlist("feast"))
    return _back("De instellingen zijn bewaard. Kijk op de pagina Jaar of alles nog past.")


@pages.post("/antwoorden")
def keep_answers() -> Response:
    """Choose how long answers of families are kept."""
    answerkeeping.set_weeks(workspace(), request.form.get("weken", ""))
    return _back("Bewaard. Oudere antwoorden verdwijnen vanzelf.")


@pages.post("/vrij")
def add_period() -> Response:
    """Add days without lessons, or a test week."""
    schoolsettings.add_period(workspace(), request.form)
    return _back("De dagen zijn toegevoegd.")


@pages.post("/vrij/<int:period_id>/weg")
def drop_period(period_id: int) -> Response:
    """Take days out of the calendar again."""
    schoolsettings.drop_period(workspace(), period_id)
    return _back("De dagen zijn weggehaald.")


@pages.post("/open-dag")
def add_open_day() -> Response:
    """Add an open day of a school in the region."""
    schoolsettings.add_open_day(workspace(), request.form)
    return _back("De open dag is toegevoegd.")


@pages.post("/open-dag/<int:day_id>/weg")
def drop_open_day(day_id: int) -> Response:
    """Take an open day off the list."""
    schoolsettings.drop_open_day(workspace(), day_id)
    return _back("De open dag is weggehaald.")
