"""Choosing a room by hand: what each room would break, pinning one, and letting it go again."""

from planner.domain.access.rights import Right
from planner.domain.rooms.plan import RoomNeed
from planner.domain.rooms.reasons import breaks, chosen_by_hand, same_day, why_room
from planner.errors import NotFoundError
from planner.services.guarding import allowed
from planner.services.staffing.staffing import assign
from planner.services.state import YearState, load_state
from planner.services.views import RoomChoice, RoomOption
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.staffing import save_room_uses


def _need(state: YearState, event_id: str, need_id: str) -> RoomNeed:
    need = state.room_problem.need.get(need_id)
    if need is None or need.event_id != state.event(event_id).planned.id:
        raise NotFoundError("Deze plek hoort niet (meer) bij deze activiteit.")
    return need


@allowed(Right.SEE_YEAR)
def choice(workspace: Workspace, event_id: str, need_id: str) -> RoomChoice:
    """Return every room with what it would break; NotFoundError for an unknown event or place."""
    state = load_state(workspace)
    need = _need(state, event_id, need_id)
    problem = same_day(state.room_problem, need_id)
    plan = tuple(use for use in state.room_plan if use.need_id in problem.need)
    mine = {use.room_id: use for use in plan if use.need_id == need_id}
    options = [
        RoomOption(
            id=room.id,
            name=room.name,
            capacity=room.capacity,
            is_chosen=room.id in mine,
            breaks=tuple((broken.hard, broken.why) for broken in breaks(problem, plan, need_id, room.id)),
        )
        for room in state.rooms
    ]
    options.sort(key=lambda each: (any(hard for hard, _ in each.breaks), len(each.breaks), each.capacity, each.name))
    return RoomChoice(
        event_id=event_id,
        title=state.event(event_id).occurrence.title,
        need_id=need_id,
        place=need.name,
        scope=state.language_names.get(need.about, need.about),
        persons=need.persons,
        features=need.features,
        rooms=" + ".join(state.room_names[each] for each in mine if each in state.room_names),
        pinned=any(use.pinned for use in mine.values()),
        why=why_room(problem, plan, need_id),
        options=tuple(options),
    )


@allowed(Right.PLAN)
def choose(workspace: Workspace, event_id: str, need_id: str, room_id: str) -> str:
    """Give a place this room for good and return the room's name; whatever was in its way moves if it can."""
    state = load_state(workspace)
    _need(state, event_id, need_id)
    if room_id not in state.room_names:
        raise NotFoundError("Deze ruimte is er niet (meer). Kies een andere.")
    uses = chosen_by_hand(state.room_uses.get(event_id, ()), need_id, room_id)
    session = workspace.session
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_room_uses(session, event_id, uses)
        assign(workspace)
    return state.room_names[room_id]


@allowed(Right.PLAN)
def let_go(workspace: Workspace, event_id: str, need_id: str) -> None:
    """Let Schakelplan choose the room again; the one it has stays as long as it can."""
    state = load_state(workspace)
    _need(state, event_id, need_id)
    uses = state.room_uses.get(event_id, ())
    kept = tuple(use for use in uses if use.need_id != need_id or not use.pinned)
    session = workspace.session
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_room_uses(session, event_id, kept)
        assign(workspace)
