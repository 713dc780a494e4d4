"""Rules: the cycle's and the school's, their state this year, and switching one off with a reason."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from planner.services.year import planning, rulespage
from planner.web.access import now, workspace

pages = Blueprint("rules", __name__, url_prefix="/regels")


@pages.get("", endpoint="list")
def show_all() -> str:
    """List every rule with its reason, its fallback and whether it is kept."""
    return render_template("web/rules.html", rules=rulespage.rules(workspace()))


@pages.post("/<rule_id>")
def override(rule_id: str) -> Response:
    """Switch a rule off for this year with a reason; an empty reason switches it on again."""
    reason = request.form.get("reason", "").strip()
    planning.override(workspace(), rule_id, reason, now=now())
    flash(f"Regel {rule_id} staat uit: {reason}" if reason else f"Regel {rule_id} geldt weer.", "ok")
    return redirect(url_for("rules.list", _anchor=rule_id))
