"""Giving every event its people and rooms, keeping what people were already told."""

from planner.domain.staffing.plan import StaffPlan, only_at
from planner.services.state import YearState, read_state
from planner.services.workspace import Workspace
from planner.solving.roomsearch import SearchedRooms
from planner.solving.staffing import GreedyStaffing
from planner.storage.staffing import save_duties, save_room_uses


def keep_duties(workspace: Workspace, state: YearState, plan: StaffPlan, *, event_id: str = "") -> None:
    """Store who does what, of one event or of the year, inside the caller's transaction.

    Duties that the chosen form does not ask for wait, with what people answered, until it does.
    """
    for event in (each for each in state.staff_problem.events if event_id in {"", each.id}):
        asked = {need.id for need in event.needs}
        waiting = (duty for duty in state.duties.get(event.id, ()) if duty.need_id not in asked)
        save_duties(workspace.session, event.id, (*(duty for duty in plan if duty.need_id in asked), *waiting))


def assign(workspace: Workspace, *, event_id: str = "") -> None:
    """Repair who does what and where after any change; inside the caller's transaction.

    Duties that can still be done stay; what is open is filled as far as it can be. With `event_id` nobody's tasks
    change at another event. A room that somebody chose for a place of another form waits until that form is chosen
    again.
    """
    state = read_state(workspace)
    problem, plan = state.staff_problem, state.staff_plan
    asked = only_at(problem, plan, {event_id}) if event_id else problem
    keep_duties(workspace, state, GreedyStaffing().replan(asked, plan), event_id=event_id)
    rooms = SearchedRooms().replan(state.room_problem, state.room_plan)
    event_of = {need.id: need.event_id for need in state.room_problem.needs}
    for event in state.staff_problem.events:
        mine = tuple(use for use in rooms if event_of.get(use.need_id) == event.id)
        kept = state.room_uses.get(event.id, ())
        waiting = tuple(use for use in kept if use.pinned and use.need_id not in event_of)
        save_room_uses(workspace.session, event.id, (*mine, *waiting))
