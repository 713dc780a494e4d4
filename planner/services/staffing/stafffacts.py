"""Who does what in the shape that README documents for `planner staff … --json`."""

from collections.abc import Iterable
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.staffing.goals import measure
from planner.domain.staffing.why import who_could, why_here
from planner.services.guarding import allowed
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.solving.solver import Reached
from planner.solving.staffsearch import GOALS


def _goals(state: YearState, reached: Iterable[Reached]) -> list[dict[str, Any]]:
    """Return how far each goal came; as the plan is now there is no bound."""
    found = [{"name": each.name, "value": each.value, "bound": each.bound, "proven": each.proven} for each in reached]
    counts = measure(state.staff_problem, state.staff_plan)
    return found or [
        {"name": name, "value": value, "bound": None, "proven": False}
        for name, value in zip(GOALS, counts, strict=True)
    ]


@allowed(Right.SEE_YEAR)
def staff_facts(workspace: Workspace, event_id: str = "", *, reached: Iterable[Reached] = ()) -> dict[str, Any]:
    """Return the division of people as it is stored, of one event or the year; NotFoundError for an unknown event."""
    state = load_state(workspace)
    if event_id:
        state.event(event_id)
    problem, plan = state.staff_problem, state.staff_plan
    events = [event for event in state.events if event_id in {"", event.planned.id}]
    duties = [each for event in events for each in state.duties_of(event.planned.id)]
    gaps = [gap for event in events for gap in state.gaps[event.planned.id]]
    return {
        "goals": _goals(state, reached),
        "assignments": [
            {
                "event": need.event_id,
                "task": need.label(state.language_names),
                "person": person.name,
                "person_id": person.id,
                "why": why_here(problem, plan, duty),
                "pinned": duty.pinned,
            }
            for duty, need, person in duties
        ],
        "gaps": [
            {
                "event": need.event_id,
                "task": need.label(state.language_names),
                "missing": gap.missing,
                "optional": need.optional,
                "why": gap.why,
                "help": who_could(problem, plan, (need.event_id, need.class_id, gap.language)) if gap.language else "",
            }
            for gap in gaps
            for need in (state.need(gap.need_id),)
        ],
        "violations": [
            {"rule": v.rule, "hard": v.hard, "where": v.where, "why": v.why}
            for v in state.staff_violations
            if not event_id or v.where.startswith(f"{event_id}:")
        ],
    }
