"""Long work: its progress and its result."""

from pathlib import Path

from flask import Blueprint, jsonify, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from planner.services import tasks
from planner.web.access import now, workspace

pages = Blueprint("tasks", __name__, url_prefix="/taak")


@pages.get("/<task_id>")
def show(task_id: str) -> str | Response:
    """Show how far the work is; when it is done and there is nothing to fetch, go back to where it began."""
    task = tasks.task_view(workspace(), task_id)
    if task.state == "done" and not task.download:
        return redirect(task.back)
    return render_template("web/task.html", view=task)


@pages.get("/<task_id>/stand")
def state(task_id: str) -> Response:
    """Tell the page's script how far the work is."""
    task = tasks.task_view(workspace(), task_id)
    return jsonify(state=task.state, done=task.done, total=task.total, label=task.label, message=task.message)


@pages.post("/<task_id>/stop")
def stop(task_id: str) -> Response:
    """Let the work end; nothing is changed."""
    tasks.stop(workspace(), task_id, now=now())
    return redirect(url_for("tasks.show", task_id=task_id))


@pages.get("/<task_id>/bestand")
def download(task_id: str) -> Response:
    """Give the finished print."""
    path, name = tasks.result(workspace(), task_id)
    response = send_file(Path(path), mimetype="application/pdf", download_name=name, as_attachment=False)
    response.headers["Cache-Control"] = "no-store"  # it holds names of families
    return response
