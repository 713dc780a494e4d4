"""The rounds on the floor plan: in each room which group is there."""

from collections import defaultdict
from collections.abc import Mapping

from planner.domain.access.rights import Right
from planner.domain.drawing.floorplan import Scene, floor_plan
from planner.domain.rooms.room import Room
from planner.domain.routes.rounds import Round, Stop, Walker
from planner.errors import NotFoundError
from planner.services.guarding import allowed
from planner.services.rooms.floorplans import SCREEN, Address, drawing
from planner.services.rooms.planpictures import pictures
from planner.services.routes.routeplan import RoutePlan, plan_of
from planner.services.state import YearState, load_state
from planner.services.views import PlanDrawing
from planner.services.views.routes import RoundMapLine, RoundMapView, RoundView
from planner.services.workspace import Workspace

NO_ROUND = "Deze ronde is er niet. Kies een ronde uit de lijst."


def _there(plan: RoutePlan, each: Round) -> Mapping[str, tuple[Walker, ...]]:
    """Return by stop id who is there in a round."""
    found: defaultdict[str, list[Walker]] = defaultdict(list)
    for _, walker, stop, known in plan.problem.known(plan.visits):
        if known.number == each.number:
            found[stop.id].append(walker)
    return {stop_id: tuple(sorted(walkers, key=lambda one: (one.label, one.id))) for stop_id, walkers in found.items()}


def _line(stop: Stop, walkers: tuple[Walker, ...]) -> RoundMapLine:
    return RoundMapLine(
        room=stop.room.name if stop.room else "",
        stop=stop.name,
        walkers=tuple(walker.label for walker in walkers),
        persons=sum(walker.persons for walker in walkers),
    )


def _drawn(
    workspace: Workspace, state: YearState, at: str, rooms: Mapping[str, tuple[Room, tuple[str, ...]]], address: Address
) -> PlanDrawing:
    scene = Scene(
        rooms=state.rooms,
        notes={room_id: words for room_id, (_, words) in rooms.items()},
        entrance=state.entrance,
        pictures=pictures(workspace, address),
    )
    told = "; ".join(f"{room.name}: {', '.join(words)}" for room, words in rooms.values()) or "niemand heeft een ruimte"
    return drawing(floor_plan(scene, SCREEN), title=f"Plattegrond om {at}. {told}", key="ronde")


def _on_plan(plan: RoutePlan, there: Mapping[str, tuple[Walker, ...]]) -> Mapping[str, tuple[Room, tuple[str, ...]]]:
    """Return by room id the room and its words: what is there, and who."""
    found: dict[str, tuple[Room, tuple[str, ...]]] = {}
    for stop in plan.problem.stops:
        if stop.room:
            who = " + ".join(walker.label for walker in there.get(stop.id, ())) or "vrij"
            _, before = found.get(stop.room.id, (stop.room, ()))
            found[stop.room.id] = stop.room, (*before, stop.name, who)
    return found


@allowed(Right.SEE_YEAR)
def round_map(workspace: Workspace, event_id: str, number: str, *, address: Address) -> RoundMapView:
    """Return one round on the floor plan, the first when none is asked for.

    NotFoundError for an unknown event or round, and for a form in which nobody goes round.
    """
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    rounds = plan.problem.rounds if plan.has_rounds else ()
    known = {str(each.number): each for each in rounds}
    chosen = known.get(number or next(iter(known), ""))
    if chosen is None:
        raise NotFoundError(NO_ROUND)
    there = _there(plan, chosen)
    busy = {walker.id for walkers in there.values() for walker in walkers}
    return RoundMapView(
        id=event_id,
        title=state.event(event_id).occurrence.title,
        is_planned=plan.stored.is_planned,
        rounds=tuple(RoundView(number=each.number, start=each.start, end=each.end) for each in rounds),
        number=chosen.number,
        drawing=_drawn(workspace, state, f"{chosen.start:%H:%M}", _on_plan(plan, there), address),
        lines=tuple(_line(stop, there.get(stop.id, ())) for stop in plan.problem.stops),
        waiting=tuple(walker.label for walker in plan.problem.walkers if walker.id not in busy),
    )
