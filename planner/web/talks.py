"""Rounds of conversations: the list, a round, one talk, and everything that is changed there."""

from datetime import date, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import Right
from planner.domain.talks.plan import Slot, Window, Wish, minutes_of
from planner.errors import InputError
from planner.services import tasks
from planner.services.event import sheets
from planner.services.talks import talkpage, talks, talksettings
from planner.web.access import now, visitor, workspace

pages = Blueprint("talks", __name__, url_prefix="/gesprekken")


@pages.get("", endpoint="list")
def show_all() -> str:
    """List the rounds of this year."""
    return render_template("web/rounds.html", rounds=talkpage.rounds(workspace()))


@pages.get("/<event_id>")
def show(event_id: str) -> str:
    """Show a round: the days of mentors or of interpreters, what is open, and what can be changed."""
    view = talkpage.talks_view(workspace(), event_id, per=request.args.get("per", ""))
    return render_template("web/talks.html", view=view, bladen=sheets.offered(workspace(), event_id, "talks"))


def _back(event_id: str, anchor: str = "") -> Response:
    return redirect(url_for("talks.show", event_id=event_id, _anchor=anchor or None))


def _task(kind: str, event_id: str) -> Response:
    task_id = tasks.queue(workspace(Right.PLAN), kind=kind, arguments={"event_id": event_id}, now=now())
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.post("/<event_id>/plannen")
def plan(event_id: str) -> Response:
    """Plan the round in the background; what was confirmed or pinned stays."""
    return _task("talks.propose", event_id)


@pages.post("/<event_id>/herstellen")
def repair(event_id: str) -> Response:
    """Repair the round with the fewest changes, in the background."""
    return _task("talks.replan", event_id)


@pages.post("/<event_id>/publiceren")
def publish(event_id: str) -> Response:
    """Let calendars show the round as it is."""
    who = visitor()
    changed = talks.publish(workspace(), event_id, by=who.name if who else "", now=now())
    words = "veranderde 1 gesprek" if changed == 1 else f"veranderden {changed} gesprekken"
    flash(f"Gepubliceerd. In de agenda’s {words}." if changed else "De agenda’s tonen dit al.", "ok")
    return _back(event_id)


# ---- reading forms ----


def _number(name: str) -> int:
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 4):  # noqa: PLR2004 - minutes of a day
        raise InputError(f'"{text[:20]}" is geen aantal minuten. Vul een heel getal in, bijvoorbeeld 30.')
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f'"{text[:20]}" is geen datum. Kies een dag uit de lijst.') from error


def _minute(text: str) -> int:
    try:
        return minutes_of(time.fromisoformat(text))
    except ValueError as error:
        raise InputError(f'"{text[:20]}" is geen tijd. Gebruik uren en minuten, bijvoorbeeld 15:30.') from error


def _maybe_minute(text: str) -> int | None:
    return _minute(text) if text else None


# ---- the round ----


@pages.post("/<event_id>/lengtes")
def lengths(event_id: str) -> Response:
    """Keep how long talks take, for every round."""
    mine = workspace(Right.PLAN)
    begin, end = (_maybe_minute(request.form.get(name, "")) for name in ("rest_from", "rest_until"))
    if (begin is None) != (end is None):
        raise InputError("Vul voor de pauze van iedereen een begin en een eind in, of laat beide leeg.")
    rest = None if begin is None or end is None else (begin, end)
    talksettings.save_lengths(mine, {name: _number(name) for name in talkpage.LABELS}, rest=rest)
    flash("Bewaard, voor elke ronde. Plan of herstel de gesprekken.", "ok")
    return _back(event_id)


@pages.post("/<event_id>/uren")
def hours(event_id: str) -> Response:
    """Keep on which days and hours this round has talks."""
    mine = workspace(Right.PLAN)
    windows = [
        Window(
            day=_day(day),
            start=_minute(request.form.get(f"start_{day}", "")),
            end=_minute(request.form.get(f"end_{day}", "")),
        )
        for day in request.form.getlist("day")
    ]
    talksettings.save_hours(mine, event_id, windows)
    flash("De dagen en uren zijn bewaard. Plan of herstel de gesprekken.", "ok")
    return _back(event_id)


@pages.post("/<event_id>/kamers")
def rooms(event_id: str) -> Response:
    """Keep which class has its talks in which room."""
    mine = workspace(Right.PLAN)
    given = {name.removeprefix("room_"): room for name, room in request.form.items() if name.startswith("room_")}
    talksettings.save_rooms(mine, event_id, given)
    flash("De kamers zijn bewaard. Herstel de gesprekken: een tolk loopt misschien verder.", "ok")
    return _back(event_id)


@pages.post("/<event_id>/afwezig")
def away(event_id: str) -> Response:
    """Keep that somebody cannot come."""
    mine = workspace(Right.PLAN)
    first = _day(request.form.get("first", ""))
    last = _day(request.form.get("last", "")) if request.form.get("last") else first
    talksettings.set_away(mine, event_id, request.form.get("person_id", ""), first, last)
    flash("Bewaard. Druk op ‘Herstel’ om de gesprekken te verzetten.", "ok")
    return _back(event_id)


@pages.post("/<event_id>/terug")
def back(event_id: str) -> Response:
    """Keep that somebody can come after all."""
    mine = workspace(Right.PLAN)
    talksettings.set_back(mine, event_id, request.form.get("person_id", ""), _day(request.form.get("day", "")))
    return _back(event_id)


# ---- one talk ----


def _slot(talk_id: str, given: dict[str, str], *, pinned: bool) -> Slot:
    return Slot(
        talk_id=talk_id,
        day=_day(given.get("day", "")),
        start=_minute(given.get("start", "")),
        interpreter_id=given.get("interpreter", ""),
        guest_id=given.get("guest", ""),
        pinned=pinned,
    )


@pages.get("/<event_id>/gesprek/<talk_id>")
def talk(event_id: str, talk_id: str) -> str:
    """Show one talk; with a moment in the address, what that moment would break."""
    tried = _slot(talk_id, dict(request.args), pinned=False) if request.args.get("day") else None
    return render_template("web/talk.html", view=talkpage.talk_view(workspace(), event_id, talk_id, tried=tried))


def _to_talk(event_id: str, talk_id: str) -> Response:
    return redirect(url_for("talks.talk", event_id=event_id, talk_id=talk_id))


@pages.post("/<event_id>/gesprek/<talk_id>/verzetten")
def move(event_id: str, talk_id: str) -> Response:
    """Give a talk another moment or other people; what that breaks is shown."""
    mine = workspace(Right.PLAN)
    talks.move(mine, event_id, _slot(talk_id, dict(request.form), pinned=bool(request.form.get("pin"))))
    flash("Het gesprek is verzet.", "ok")
    return _to_talk(event_id, talk_id)


@pages.post("/<event_id>/gesprek/<talk_id>/losmaken")
def unpin(event_id: str, talk_id: str) -> Response:
    """Let planning choose the moment again."""
    talks.unpin(workspace(), event_id, talk_id)
    return _to_talk(event_id, talk_id)


@pages.post("/<event_id>/gesprek/<talk_id>/bevestigen")
def confirm(event_id: str, talk_id: str) -> Response:
    """Keep that the family agreed, or that it did not after all."""
    talks.confirm(workspace(), event_id, talk_id, confirmed=bool(request.form.get("confirmed")), now=now())
    return _to_talk(event_id, talk_id)


@pages.post("/<event_id>/gesprek/<talk_id>/inhalen")
def missed(event_id: str, talk_id: str) -> Response:
    """Keep that an evening is made up in this talk."""
    talks.mark_missed(workspace(), event_id, talk_id, missed=bool(request.form.get("missed")))
    flash("Bewaard. De lengte van het gesprek is veranderd.", "ok")
    return _to_talk(event_id, talk_id)


@pages.post("/<event_id>/wens/<household_id>")
def wish(event_id: str, household_id: str) -> Response:
    """Keep what a family asks, for every round."""
    mine = workspace(Right.PLAN)
    asked = Wish(
        weekdays=frozenset(int(day) for day in request.form.getlist("weekday") if day in {"0", "1", "2", "3", "4"}),
        earliest=_maybe_minute(request.form.get("earliest", "")),
        latest=_maybe_minute(request.form.get("latest", "")),
        apart=bool(request.form.get("apart")),
        at_once=bool(request.form.get("at_once")),
    )
    talksettings.keep_wish(mine, household_id, asked)
    flash("De wens is bewaard. Plan of herstel de gesprekken.", "ok")
    # Another wish can make other talks, so this one may be gone.
    return _back(event_id)
