"""What is said in each language: what nobody checked yet, corrections, translators' files, the readers' page."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import Right
from planner.errors import InputError, NotFoundError
from planner.services.texts import reading, wordingedit, wordingfiles
from planner.web.access import now, open_workspace, visitor, workspace

pages = Blueprint("texts", __name__)


def _who() -> str:
    who = visitor()
    return who.name if who else ""


@pages.get("/talen")
def show() -> str:
    """Show for each language how much nobody has checked."""
    return render_template("web/talen.html", languages=wordingedit.review(workspace()))


@pages.post("/taal/nieuw")
def add() -> Response:
    """Add a language of the school's own."""
    form = request.form
    code = form.get("code", "").strip().lower()
    wordingedit.add_language(
        workspace(Right.SETTINGS),
        code=code,
        babel=form.get("babel", "") or code,
        name=form.get("name", ""),
        own_name=form.get("own_name", ""),
        rtl=bool(form.get("rtl")),
        by=_who(),
        now=now(),
    )
    flash("De taal is toegevoegd. Vul de teksten in, of haal een bestand op voor een vertaler.", "ok")
    return redirect(url_for("texts.language", code=code))


@pages.get("/talen/<code>")
def language(code: str) -> str:
    """Show the texts of a language."""
    found = wordingedit.language(workspace(), code)
    who = visitor()
    people = reading.readers(workspace(), code) if who and who.may(Right.SEE_YEAR) else ()
    return render_template("web/taal.html", words=found, readers=people)


@pages.post("/talen/<code>/tekst")
def change(code: str) -> Response:
    """Keep what somebody says about one text."""
    form, found = request.form, workspace(Right.REVIEW_TEXTS)
    wanted = wordingedit.wanted(text=form.get("text", ""), state=form.get("state", ""), note=form.get("note", ""))
    wordingedit.change(found, code, form.get("key", ""), wanted, by=_who(), now=now())
    flash("Bewaard.", "ok")
    return redirect(url_for("texts.language", code=code, _anchor=form.get("key", "")))


@pages.get("/talen/<code>/teksten.<kind>")
def export(code: str, kind: str) -> Response:
    """Give the texts to a translator."""
    if kind not in wordingfiles.KINDS:
        raise NotFoundError("Dit soort bestand is er niet. Kies xlsx, csv of po.")
    response = make_response(wordingfiles.export(workspace(), code, kind))
    response.headers["Content-Type"] = wordingfiles.KINDS[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="teksten-{code}.{kind}"'
    return response


@pages.post("/talen/<code>/inlezen")
def take_in(code: str) -> Response:
    """Keep what a translator sent back."""
    found, file = workspace(Right.REVIEW_TEXTS), request.files.get("file")
    if file is None or not file.filename:
        raise InputError("Kies eerst een bestand.")
    count = wordingfiles.take_in(found, code, file.read(), name=file.filename, by=_who(), now=now())
    flash(f"Ingelezen: {count} teksten veranderd.", "ok")
    return redirect(url_for("texts.language", code=code))


@pages.post("/talen/<code>/lezer/<person_id>")
def reader(code: str, person_id: str) -> Response:
    """Give somebody a personal link to check this language, or end it."""
    found = workspace(Right.PLAN)
    if request.form.get("stop"):
        reading.end_link(found, person_id, code, now=now())
        flash("De link is beëindigd.", "ok")
    else:
        reading.give_link(found, person_id, code)
        flash("De link is gemaakt. Stuur hem zelf naar deze persoon.", "ok")
    return redirect(url_for("texts.language", code=code, _anchor="lezers"))


@pages.get("/lezen/<token>")
def read(token: str) -> Response:
    """Show a reader what there is to check. It only shows; it changes nothing."""
    response = make_response(
        render_template("web/lezen.html", view=reading.opened(open_workspace(), token), token=token)
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.post("/lezen/<token>/zeggen")
def say(token: str) -> Response:
    """Keep what a reader says about a text."""
    form, verdict = request.form, request.form.get("verdict", "")
    made = form.get("made", "")
    if made.isdecimal() and made.isascii() and len(made) < 10:  # noqa: PLR2004 - more than any row has
        reading.say(open_workspace(), token, int(made), verdict=verdict, suggestion=form.get("text", ""), now=now())
    else:
        reading.say_line(
            open_workspace(), token, form.get("key", ""), verdict=verdict, text=form.get("text", ""), now=now()
        )
    flash("Bewaard. Dank u wel.", "ok")
    return redirect(url_for("texts.read", token=token))
