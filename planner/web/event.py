"""One event: its page, its printable sheets, and what a coordinator changes about it."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import Right
from planner.errors import InputError
from planner.services import tasks
from planner.services.event import eventpage, sheets
from planner.services.year import planning, preparing
from planner.web.access import now, visitor, workspace

pages = Blueprint("event", __name__, url_prefix="/activiteit")


@pages.get("/<event_id>")
def show(event_id: str) -> str:
    """Show everything about one event."""
    view = eventpage.event_view(workspace(), event_id, now=now())
    return render_template("web/event.html", view=view, bladen=sheets.offered(workspace(), event_id))


def _given_day() -> date:
    text = request.form.get("day", "")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f'"{text[:20]}" is geen datum. Kies een dag in de kalender, bijvoorbeeld 2027-03-16.'
        ) from error


@pages.post("/<event_id>/datum")
def move(event_id: str) -> Response:
    """Give the event another day; what breaks is shown, not refused, except a day without school."""
    planning.move(workspace(Right.PLAN), event_id, _given_day(), pin=bool(request.form.get("pin")), now=now())
    flash("De datum is verzet. Bekijk op de pagina Jaar of alles nog past.", "ok")
    return redirect(url_for("event.show", event_id=event_id))


@pages.post("/<event_id>/losmaken")
def unpin(event_id: str) -> Response:
    """Let planning choose this date again."""
    planning.unpin(workspace(), event_id, now=now())
    return redirect(url_for("event.show", event_id=event_id))


@pages.post("/<event_id>/stap/<step_id>")
def tick(event_id: str, step_id: str) -> Response:
    """Mark a step of the stappenplan as done, or as not done."""
    who = visitor()
    preparing.tick(workspace(), event_id, step_id, by=who.name if who else "", now=now())
    return redirect(url_for("event.show", event_id=event_id, _anchor="stappenplan"))


@pages.post("/<event_id>/vorm")
def form(event_id: str) -> Response:
    """Choose another form of the activity; what people did stays."""
    planning.choose_form(workspace(), event_id, request.form.get("form_id", ""), now=now())
    flash("De vorm is gekozen. Het draaiboek en het stappenplan zijn aangepast.", "ok")
    return redirect(url_for("event.show", event_id=event_id))


def _for_whom(given: Mapping[str, str]) -> str:
    return given.get("persoon") or given.get("gesprek") or ""


@pages.get("/<event_id>/blad/<sheet>")
def sheet(event_id: str, sheet: str) -> str:
    """Show a sheet as a page that prints as it looks."""
    context = sheets.context(workspace(), event_id, sheet, only=_for_whom(request.args), now=now())
    return render_template(sheets.template_of(sheet), **context)


@pages.post("/<event_id>/pdf")
def pdf(event_id: str) -> Response:
    """Make a sheet as PDF, in the background; a mentor gets the conversations of the own class."""
    mine = workspace(Right.SEE_YEAR, Right.SEE_FAMILIES)
    classes = mine.actor.class_ids
    arguments = {
        "event_id": event_id,
        "sheet": request.form.get("sheet", ""),
        "only": _for_whom(request.form),
        "classes": None if classes is None else sorted(classes),
        "back": _back_to(request.form.get("van", ""), event_id),
    }
    task_id = tasks.queue(mine, kind="event.pdf", arguments=arguments, now=now())
    return redirect(url_for("tasks.show", task_id=task_id))


def _back_to(page: str, event_id: str) -> str:
    """Return the list of sheets from which a print was asked for: that of the event, its groups or its talks."""
    places = {"groepen": ("routes.show", "afdrukken"), "gesprekken": ("talks.show", "papier")}
    endpoint, anchor = places.get(page, ("event.show", "afdrukken"))
    return url_for(endpoint, event_id=event_id, _anchor=anchor)
