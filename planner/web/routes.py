"""Going round on an evening: groups, rounds, and the choice of a form."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import Right
from planner.domain.evenings import root_of
from planner.errors import ConflictError, InfeasibleError, InputError
from planner.services import tasks
from planner.services.event import formpage, sheets
from planner.services.routes import roundmaps, routedeciding, routepage, routetold, routing
from planner.web.access import now, visitor, workspace
from planner.web.rooms import picture_address

MOVED = "Verplaatst. Klopt er nu iets niet, dan staat het erbij."

pages = Blueprint("routes", __name__, url_prefix="/activiteit/<event_id>")


def _back(event_id: str, anchor: str = "") -> Response:
    return redirect(url_for("routes.show", event_id=event_id, _anchor=anchor or None))


def _start(kind: str, event_id: str) -> Response:
    task_id = tasks.queue(workspace(), kind=kind, arguments={"event_id": event_id}, now=now())
    return redirect(url_for("tasks.show", task_id=task_id))


def _number(text: str, name: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise InputError(f'Kies bij "{name}" een getal.')
    return int(text)


@pages.errorhandler(ConflictError)
@pages.errorhandler(InfeasibleError)
def meanwhile(error: ConflictError | InfeasibleError) -> Response:
    """Show the groups as they are now, with what was the matter: pressed twice, an old page, or no day to be found."""
    flash(str(error), "fout")
    return _back((request.view_args or {})["event_id"])


@pages.get("/groepen")
def show(event_id: str) -> str:
    """Show groups and rounds, with on top whether it fits."""
    view = routepage.route_view(workspace(), event_id)
    return render_template("web/routes.html", view=view, bladen=sheets.offered(workspace(), event_id, "rounds"))


@pages.get("/groepen/plattegrond")
def round_map(event_id: str) -> str:
    """Show one round on the floor plan."""
    view = roundmaps.round_map(workspace(), event_id, request.args.get("ronde", ""), address=picture_address)
    return render_template("web/roundmap.html", view=view)


@pages.get("/vormen")
def forms(event_id: str) -> str:
    """Show what each form of the activity changes."""
    return render_template("web/forms.html", view=formpage.forms_view(workspace(), event_id))


@pages.post("/groepen/maken")
def propose(event_id: str) -> Response:
    """Make groups and rounds anew, in the background; what is pinned stays."""
    return _start("routes.propose", event_id)


@pages.post("/groepen/herstellen")
def replan(event_id: str) -> Response:
    """Repair groups and rounds with the fewest changes, in the background."""
    return _start("routes.replan", event_id)


@pages.post("/groepen/past")
def take_over(event_id: str) -> Response:
    """Take over one smallest change that makes the evening fit."""
    names = request.form.getlist("name")
    done = routedeciding.take_over(workspace(), event_id, request.form.get("kind", ""), now=now(), names=names)
    flash(done, "ok")
    return _back(event_id)


@pages.post("/groepen/terug")
def take_back(event_id: str) -> Response:
    """Take back one decision, as if it was never taken over."""
    routedeciding.take_back(workspace(), event_id, request.form.get("kind", ""), now=now())
    flash("Dat is teruggedraaid. Kijk of het nog past.", "ok")
    return redirect(url_for("routes.show", event_id=root_of(event_id)))


@pages.post("/groepen/verteld")
def tell(event_id: str) -> Response:
    """Keep that people know the plan as it is now; or that they do not after all."""
    if request.form.get("on"):
        who = visitor()
        routetold.tell(workspace(), event_id, by=who.name if who else "", now=now())
    else:
        routetold.untell(workspace(), event_id)
    return _back(event_id)


@pages.post("/groepen/bezoek")
def move_visit(event_id: str) -> Response:
    """Put a group at another stop in one round."""
    who = workspace(Right.PLAN)
    number = _number(request.form.get("round", ""), "Ronde")
    routing.move_visit(
        who,
        event_id,
        walker=request.form.get("walker", ""),
        number=number,
        stop=request.form.get("stop", ""),
        pin=bool(request.form.get("pin")),
        stamp=request.form.get("stamp", ""),
    )
    flash(MOVED, "ok")
    return _back(event_id, "rooster")


@pages.post("/groepen/gezin")
def move_family(event_id: str) -> Response:
    """Put a family in another group."""
    given = {name: request.form.get(name, "") for name in ("party", "group", "stamp")}
    routing.move_family(workspace(), event_id, **given)
    flash(MOVED, "ok")
    return _back(event_id, "groepen")


@pages.post("/groepen/begeleider")
def move_companion(event_id: str) -> Response:
    """Let somebody walk with another group."""
    given = {name: request.form.get(name, "") for name in ("person", "group", "stamp")}
    routing.move_companion(workspace(), event_id, **given)
    flash(MOVED, "ok")
    return _back(event_id, "groepen")


@pages.post("/groepen/ongedaan")
def undo(event_id: str) -> Response:
    """Put back the plan as it was before the last change."""
    routing.undo(workspace(), event_id)
    flash("Het plan van hiervoor staat er weer.", "ok")
    return _back(event_id)


@pages.post("/groepen/vast")
def pin(event_id: str) -> Response:
    """Fix everything, since people were told; or let it go."""
    routing.pin_all(workspace(), event_id, pinned=bool(request.form.get("on")))
    return _back(event_id)


@pages.post("/groepen/vanavond")
def mark(event_id: str) -> Response:
    """Keep what is different tonight: a lost room, somebody ill, a family that does or does not come."""
    routedeciding.mark(
        workspace(),
        event_id,
        request.form.get("what", ""),
        request.form.get("which", ""),
        on=bool(request.form.get("on")),
    )
    flash("Bewaard. Kies nu 'Herstel' voor de kleinste verandering.", "ok")
    return _back(event_id)


@pages.post("/groepen/wensen")
def wishes(event_id: str) -> Response:
    """Keep how many pupils of each class wish each sector; a field is named `class|topic`."""
    who = workspace(Right.PLAN)
    found: dict[str, dict[str, int]] = {}
    for name, text in request.form.items():
        class_id, mark_, topic = name.partition("|")
        if mark_:
            found.setdefault(class_id, {})[topic] = _number(text.strip() or "0", topic)
    routedeciding.set_wishes(who, event_id, found)
    flash("De wensen zijn bewaard. Maak de rondes opnieuw om ze te gebruiken.", "ok")
    return _back(event_id, "wensen")
