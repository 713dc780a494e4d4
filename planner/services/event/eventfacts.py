"""One event in the shape that README documents for `planner event show --json` and event.json."""

from datetime import datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.year import AMSTERDAM
from planner.services.event.eventpage import event_view
from planner.services.guarding import allowed
from planner.services.state import load_state
from planner.services.views import StepView
from planner.services.workspace import Workspace


def _step_facts(step: StepView) -> dict[str, Any]:
    kept = ("id", "due", "moved_for", "weeks_before", "what", "who", "kind", "link", "condition", "done_at")
    return {name: getattr(step, name) for name in kept}


@allowed(Right.SEE_YEAR)
def event_facts(workspace: Workspace, event_id: str, *, now: datetime) -> dict[str, Any]:
    """Return one event in the shape that README documents for `planner event show --json`."""
    view = event_view(workspace, event_id, now=now)
    line = view.line
    return {
        "id": line.id,
        "runbook": line.runbook,
        "title": line.title,
        "date": line.first,
        "last_date": line.last,
        "start": line.start.astimezone(AMSTERDAM),
        "end": line.end.astimezone(AMSTERDAM),
        "reason": line.reason,
        "families": line.families,
        "persons": view.persons,
        "per_language": {each.name: each.families for each in view.per_language},
        "runsheet": [
            {
                "id": row.id,
                "start": row.start.astimezone(AMSTERDAM),
                "end": row.end.astimezone(AMSTERDAM) if row.end else None,
                "place": " + ".join(row.places),
                "rooms": row.rooms,
                "what": row.what,
                "needs": row.needs,
                "responsible": row.responsible,
                "people": row.people,
            }
            for row in view.runsheet
        ],
        "preparation": [_step_facts(step) for step in view.preparation],
        "roles": _role_facts(workspace, event_id),
        "assignments": [
            {
                "person": d.person,
                "person_id": d.person_id,
                "role": d.role,
                "scope": d.scope,
                "rows": d.rows,
                "reason": d.reason,
            }
            for d in view.duties
        ],
        "gaps": [{"role": g.role, "scope": g.scope, "missing": g.missing, "why": g.why} for g in view.gaps],
        "rooms": [
            {
                "place": r.place,
                "scope": r.scope,
                "persons": r.persons,
                "room": r.room,
                "capacity": r.capacity,
                "reason": r.reason,
            }
            for r in view.rooms
        ],
        "violations": [{"rule": p.rule, "hard": p.hard, "where": p.where, "why": p.why} for p in view.problems],
    }


def _role_facts(workspace: Workspace, event_id: str) -> list[dict[str, Any]]:
    state = load_state(workspace)
    return [
        {"role": n.role, "title": n.title, "scope": n.scope, "minimum": n.minimum, "maximum": n.maximum, "rows": n.rows}
        for n in state.staff_problem.needs.values()
        if n.event_id == event_id
    ]
