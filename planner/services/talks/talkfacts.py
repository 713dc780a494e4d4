"""A round of conversations as data, for `--json`."""

from typing import Any

from planner.domain.access.rights import Right
from planner.domain.talks.cost import cost_of
from planner.services.guarding import allowed
from planner.services.talks.talklines import line_of
from planner.services.talks.talkpage import talks_view
from planner.services.talks.talkround import read_round
from planner.services.views import TalkLine
from planner.services.workspace import Workspace


@allowed(Right.SEE_YEAR)
def talk_facts(workspace: Workspace, event_id: str) -> dict[str, Any]:
    """Return a round for `--json`."""
    found = read_round(workspace, event_id)
    view = talks_view(workspace, event_id)
    lines = [line_of(found, talk, {}) for talk in found.problem.talks]
    lines.sort(key=lambda each: (str(each.day or "9"), each.start, each.id))
    cost = cost_of(found.problem, found.plan)
    return {
        "id": event_id,
        "title": view.line.title,
        "talks": [_json_line(each) for each in lines],
        "open": len(view.open),
        "confirmed": view.confirmed,
        "waiting_minutes": cost.waiting,
        "gap_minutes": cost.gaps,
        "comings": cost.comings,
        "violations": [
            {"rule": v.rule, "hard": v.hard, "where": v.where, "why": v.why} for v in found.violations
        ],
        "shortages": list(view.shortages),
        "advice": list(view.advice),
        "changes": [
            {"about": each.about, "before": each.before, "after": each.after, "people": list(each.people)}
            for each in view.changes
        ],
    }  # fmt: skip


def _json_line(each: TalkLine) -> dict[str, Any]:
    return {
        "id": each.id,
        "about": each.about,
        "class": each.class_name,
        "day": each.day.isoformat() if each.day else None,
        "start": each.start,
        "end": each.end,
        "language": each.language,
        "mentor": each.mentor,
        "interpreter": each.interpreter,
        "guest": each.guest,
        "room": each.room,
        "confirmed": each.confirmed,
        "pinned": each.pinned,
    }
