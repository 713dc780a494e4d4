"""What people know about going round: the plan as it was told last, and what is different since."""

from dataclasses import replace
from datetime import datetime

from planner.domain.access.rights import Right
from planner.domain.routes.changes import RouteChange, companion_changes, group_changes, moved, visit_changes
from planner.domain.routes.companions import Companions
from planner.domain.routes.groups import Group
from planner.domain.routes.parties import Party
from planner.domain.routes.rounds import Visits
from planner.domain.staffing.needs import DUTCH
from planner.domain.year import AMSTERDAM
from planner.errors import InputError
from planner.services.guarding import allowed
from planner.services.routes.routeplan import RoutePlan, plan_of, stop_names, stored_groups
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.routes import StoredRoutes, ToldRoutes, load_told_routes, save_told_routes

NOTHING = "Er is nog niets om te vertellen. Maak eerst de groepen en rondes."
GONE = "Iemand die er niet meer is"


def told_of(workspace: Workspace, plan: RoutePlan) -> ToldRoutes | None:
    """Return what people were told last about the chosen form, None while nobody was."""
    return load_told_routes(workspace.session, plan.event.planned.id, plan.event.form_id or "")


def _facts(plan: RoutePlan, *, at: datetime, by: str) -> ToldRoutes:
    members = {party.id: group.id for group in plan.groups for party in group.parties}
    return ToldRoutes(
        routes=StoredRoutes(
            numbers={group.id: group.number for group in plan.groups},
            members=members,
            visits=plan.visits,
            companions=plan.companions,
        ),
        rounds={str(each.number): f"{each.start.astimezone(AMSTERDAM):%H:%M}" for each in plan.problem.rounds},
        stops={stop.id: stop.name for stop in plan.problem.stops},
        rooms={stop.id: stop.room.name for stop in plan.problem.stops if stop.room},
        at=at,
        by=by,
    )


def _groups_then(state: YearState, plan: RoutePlan, told: ToldRoutes) -> tuple[Group, ...]:
    """Return the groups as they were told, also with the families that do not come any more."""
    known = {party.id for party in plan.brief.parties}
    names = {home.id: home.name for home in state.school.households}
    names |= {pupil.id: f"{pupil.first_name} {pupil.last_name}" for pupil in state.school.pupils}
    gone = tuple(
        Party(id=each, name=names.get(each, GONE), language=DUTCH, class_ids=(), persons=0)
        for each in told.routes.members
        if each not in known
    )
    titles = {group.id: group.name for group in plan.groups}
    groups = stored_groups(replace(plan.brief, parties=(*plan.brief.parties, *gone)), told.routes)
    return tuple(replace(group, name=titles.get(group.id, "")) for group in groups)


def since_told(
    state: YearState,
    plan: RoutePlan,
    told: ToldRoutes,
    *,
    visits: Visits | None = None,
    companions: Companions | None = None,
) -> tuple[RouteChange, ...]:
    """Return what is different from what people were told, for whom; of the plan as it is kept, or of these."""
    old, now = _groups_then(state, plan, told), _facts(plan, at=told.at, by=told.by)
    names = {**told.stops, **stop_names(plan)}
    return (
        *moved(told.rounds, now.rounds, names={each: f"Ronde {each}" for each in told.rounds}),
        *moved(told.rooms, now.rooms, names=names),
        *group_changes(old, plan.groups),
        *visit_changes(plan.problem, told.routes.visits, plan.visits if visits is None else visits, stop_names=names),
        *companion_changes(
            told.routes.companions,
            plan.companions if companions is None else companions,
            people={person.id: person.name for person in state.people},
            groups={group.id: group.label for group in (*old, *plan.groups)},
        ),
    )


def nearest(told: ToldRoutes | None, plan: RoutePlan) -> tuple[Visits, Companions]:
    """Return what a repair stays close to: what people were told, else the plan; what is pinned comes first."""
    if told is None:
        return plan.visits, plan.companions
    visits = tuple(each for each in plan.visits if each.pinned)
    people = tuple(each for each in plan.companions if each.pinned)
    kept, busy = {each.key for each in visits}, {each.person_id for each in people}
    return (
        (*visits, *(each for each in told.routes.visits if each.key not in kept)),
        (*people, *(each for each in told.routes.companions if each.person_id not in busy)),
    )


@allowed(Right.PLAN)
def tell(workspace: Workspace, event_id: str, *, by: str, now: datetime) -> None:
    """Keep that people know the plan as it is now: it was printed, or said. InputError when there is none."""
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    if not plan.stored.is_planned:
        raise InputError(NOTHING)
    _keep(workspace, state, plan, _facts(plan, at=now, by=by))


@allowed(Right.PLAN)
def untell(workspace: Workspace, event_id: str) -> None:
    """Keep that nobody was told after all."""
    state = load_state(workspace)
    _keep(workspace, state, plan_of(workspace, state, event_id), None)


def _keep(workspace: Workspace, state: YearState, plan: RoutePlan, told: ToldRoutes | None) -> None:
    session = workspace.session
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_told_routes(session, plan.event.planned.id, plan.event.form_id or "", told)
