"""What comes in and goes out: lists of pupils, households, people and rooms, and everything as a file."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.domain.access.rights import Right
from planner.errors import InputError
from planner.services.keeping import archive
from planner.services.lists import importing, importview, workbooks
from planner.web.access import now, visitor, workspace

pages = Blueprint("transfer", __name__, url_prefix="/instellingen/gegevens")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD_LIMIT = 6 << 20  # bytes; a list of 5 MB with what a browser puts around it
COLUMN = "kolom-"


def _who() -> str:
    someone = visitor()
    return someone.name if someone else ""


def _back(message: str) -> Response:
    flash(message, "ok")
    return redirect(url_for("transfer.show"))


@pages.get("")
def show() -> str:
    """Show what can come in and go out."""
    return render_template("web/transfer.html", view=importing.page(workspace(), now=now()))


@pages.post("/inlezen")
def upload() -> Response:
    """Keep a file as a preview."""
    school = workspace(Right.SETTINGS)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InputError("Kies eerst een bestand op uw computer.")
    kind = request.form.get("kind", "")
    found = importing.receive(school, file.read(), name=file.filename, kind=kind, who=_who(), now=now())
    return redirect(url_for("transfer.preview", import_id=found))


@pages.get("/inlezen/<import_id>")
def preview(import_id: str) -> str:
    """Show what a list would do."""
    return render_template("web/transfer_preview.html", view=importview.view(workspace(), import_id, now=now()))


@pages.post("/inlezen/<import_id>/kolommen")
def choose(import_id: str) -> Response:
    """Remember which column is what."""
    chosen = {
        int(name.removeprefix(COLUMN)): value
        for name, value in request.form.items()
        if name.startswith(COLUMN) and name.removeprefix(COLUMN).isdecimal() and len(name) < len(COLUMN) + 4
    }
    new_classes = bool(request.form.get("new_classes"))
    importing.choose_columns(workspace(), import_id, chosen, new_classes=new_classes, now=now())
    return redirect(url_for("transfer.preview", import_id=import_id))


@pages.post("/inlezen/<import_id>/uitvoeren")
def apply(import_id: str) -> Response:
    """Bring the list into the school."""
    seen = request.form.get("revision", "")
    said = importing.apply(
        workspace(),
        import_id,
        seen=int(seen) if seen.isdecimal() and len(seen) < 10 else -1,  # noqa: PLR2004 - any length that int can take
        delete_vanished=bool(request.form.get("delete_vanished")),
        who=_who(),
        now=now(),
    )
    return _back(said)


@pages.post("/inlezen/<import_id>/weg")
def discard(import_id: str) -> Response:
    """Throw a waiting list away."""
    importing.discard(workspace(), import_id)
    return _back("De lijst is weggegooid. Er is niets veranderd.")


@pages.post("/ongedaan")
def undo() -> Response:
    """Take the last import back."""
    return _back(importing.undo(workspace(), who=_who(), now=now()))


def _file(body: bytes, name: str, mimetype: str) -> Response:
    return Response(body, mimetype=mimetype, headers={"Content-Disposition": f"attachment; filename={name}"})


@pages.get("/sjabloon.xlsx")
def template() -> Response:
    """Give the empty template."""
    return _file(workbooks.template(workspace()), "schakelplan-sjabloon.xlsx", XLSX)


@pages.post("/alles.xlsx")
def everything() -> Response:
    """Give all the school owns as a workbook; a POST, since it is noted who took it."""
    body = workbooks.everything(workspace(), who=_who(), now=now())
    return _file(body, f"schakelplan-{now():%Y-%m-%d}.xlsx", XLSX)


@pages.post("/archief.json")
def whole_archive() -> Response:
    """Give all the school owns as an archive."""
    body = archive.export_archive(workspace(), who=_who(), now=now())
    return _file(body, f"schakelplan-{now():%Y-%m-%d}.json", "application/json")


def _allow_file() -> None:
    if request.endpoint == "transfer.upload" and visitor():
        request.max_content_length = UPLOAD_LIMIT


def register(app: Flask) -> None:
    """Let one page of `app` take larger bodies; before whatever reads a form, so before the CSRF check."""
    app.before_request(_allow_file)
