"""Planning who walks where: propose, replan, and one thing by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.routes.changes import RouteChange, companion_changes, group_changes, visit_changes
from planner.domain.routes.companions import Companion, Companions, Task, assign_companions
from planner.domain.routes.groups import Group, move_party, relieved
from planner.domain.routes.rounds import Visit, Visits
from planner.domain.routes.rules import validate_groups
from planner.domain.runbook import Shape
from planner.errors import ConflictError, InputError
from planner.services.guarding import allowed
from planner.services.progress import Progress, nobody
from planner.services.routes import routetold
from planner.services.routes.routeplan import RoutePlan, plan_of, stop_names, stored_groups
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.solving.roundmodel import RoundPlanner
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.routes import load_before, save_before, save_changes, save_routes

COUNTING, SEEKING, ASSIGNING = "Tellen of het past", "Rondes verdelen", "Begeleiders verdelen"
UNKNOWN = "Dat is er niet (meer). Laad de pagina opnieuw."


def _save(  # noqa: PLR0913 - a plan has these parts
    workspace: Workspace,
    state: YearState,
    plan: RoutePlan,
    *,
    groups: tuple[Group, ...],
    visits: Visits,
    companions: Companions,
    changes: tuple[RouteChange, ...],
) -> None:
    """Keep a plan as one change; ConflictError when somebody else was earlier."""
    session, event_id, form_id = workspace.session, plan.event.planned.id, plan.event.form_id or ""
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_before(session, event_id, form_id, plan.stored)
        save_routes(session, event_id, form_id, groups=groups, visits=visits, companions=companions)
        save_changes(session, event_id, form_id, changes)


@allowed(Right.PLAN)
def propose(workspace: Workspace, event_id: str, *, progress: Progress = nobody) -> None:
    """Plan the evening anew; pinned visits and people stay. What does not fit is left out and named on the page."""
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    progress(1, 3, COUNTING)
    pinned = tuple(each for each in plan.companions if each.pinned)
    if not pinned and not plan.problem.pinned:
        groups = plan.brief.groups()
        plan = replace(plan, groups=groups, problem=plan.brief.problem(groups))
    workspace.session.rollback()
    progress(2, 3, SEEKING)
    visits = RoundPlanner().propose(plan.problem) if plan.has_rounds else ()
    progress(3, 3, ASSIGNING)
    companions = assign_companions(plan.brief.companion_problem(plan.groups), pinned)
    _save(workspace, state, plan, groups=plan.groups, visits=visits, companions=companions, changes=())


def _relieved(plan: RoutePlan) -> RoutePlan:
    """Return the plan with no group too large; a class stays a class."""
    if plan.brief.shape is Shape.CLASSES or not validate_groups(plan.groups, plan.brief.size):
        return plan
    groups = relieved(plan.groups, plan.brief.size)
    return replace(plan, groups=groups, problem=plan.brief.problem(groups, pinned=plan.problem.pinned))


@allowed(Right.PLAN)
def replan(workspace: Workspace, event_id: str, *, progress: Progress = nobody) -> tuple[RouteChange, ...]:
    """Repair the evening with the fewest changes; return what changes, for whom. Without a plan it makes one.

    Once people were told, the fewest changes are those from what they know.
    """
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    if not plan.stored.is_planned:
        propose(workspace, event_id, progress=progress)
        return ()
    plan = _relieved(plan)
    told = routetold.told_of(workspace, plan)
    near, people = routetold.nearest(told, plan)
    workspace.session.rollback()
    progress(1, 3, "De kleinste verandering zoeken")
    visits = RoundPlanner().replan(plan.problem, near) if plan.has_rounds else ()
    progress(2, 3, ASSIGNING)
    companions = assign_companions(plan.brief.companion_problem(plan.groups), people)
    if told:
        changes = routetold.since_told(state, plan, told, visits=visits, companions=companions)
    else:
        changes = _changes(state, plan, visits, companions)
    _save(workspace, state, plan, groups=plan.groups, visits=visits, companions=companions, changes=changes)
    return changes


def _changes(state: YearState, plan: RoutePlan, visits: Visits, companions: Companions) -> tuple[RouteChange, ...]:
    """Return what is different from the plan as it is kept."""
    old, names = stored_groups(plan.brief, plan.stored), stop_names(plan)
    return (
        *group_changes(old, plan.groups),
        *visit_changes(plan.problem, plan.visits, visits, stop_names=names),
        *companion_changes(
            plan.companions,
            companions,
            people={person.id: person.name for person in state.people},
            groups={group.id: group.label for group in (*old, *plan.groups)},
        ),
    )


def run_propose(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, _: datetime) -> None:
    """Do the task `routes.propose`."""
    propose(workspace, arguments["event_id"], progress=progress)


def run_replan(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, _: datetime) -> None:
    """Do the task `routes.replan`."""
    replan(workspace, arguments["event_id"], progress=progress)


def check(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Refuse an event that is not there, or at which nobody goes round, before the task is put in line."""
    plan_of(workspace, load_state(workspace), arguments["event_id"])


def _seen(workspace: Workspace, state: YearState, event_id: str, stamp: str) -> RoutePlan:
    """Return the plan; ConflictError when the groups are not those of the page that somebody chose from.

    "Groep 1" of a page that was opened before the groups were made anew is another group now.
    """
    plan = plan_of(workspace, state, event_id)
    if stamp and stamp != plan.stamp:
        raise ConflictError("De groepen waren ondertussen veranderd. Zo zijn ze nu. Kies zo nodig nog eens.")
    return plan


@allowed(Right.PLAN)
def move_visit(  # noqa: PLR0913 - one cell of the grid
    workspace: Workspace, event_id: str, *, walker: str, number: int, stop: str, pin: bool, stamp: str = ""
) -> None:
    """Put a walker at a stop in one round, or nowhere with an empty `stop`. What breaks is shown, not refused.

    `stamp` is that of the page it was chosen on: see `_seen`.
    """
    state = load_state(workspace)
    plan = _seen(workspace, state, event_id, stamp)
    known = walker in plan.problem.walker and number in plan.problem.by_number
    if not known or (stop and stop not in plan.problem.stop):
        raise InputError(UNKNOWN)
    others = tuple(visit for visit in plan.visits if visit.key != (walker, number))
    visits = (*others, Visit(walker=walker, round=number, stop=stop, pinned=pin)) if stop else others
    _save(workspace, state, plan, groups=plan.groups, visits=visits, companions=plan.companions, changes=())


@allowed(Right.PLAN)
def move_family(workspace: Workspace, event_id: str, *, party: str, group: str, stamp: str = "") -> None:
    """Put a family in another group; a group that is left empty goes, with its visits and its people."""
    state = load_state(workspace)
    plan = _seen(workspace, state, event_id, stamp)
    try:
        groups = move_party(plan.groups, party, group)
    except KeyError:
        raise InputError(UNKNOWN) from None
    there = {each.id for each in groups}
    _save(
        workspace,
        state,
        plan,
        groups=groups,
        visits=tuple(visit for visit in plan.visits if visit.walker in there),
        companions=tuple(each for each in plan.companions if each.group_id in there),
        changes=(),
    )


@allowed(Right.PLAN)
def move_companion(workspace: Workspace, event_id: str, *, person: str, group: str, stamp: str = "") -> None:
    """Let a person walk with this group and no other, pinned; with an empty `group` with none."""
    state = load_state(workspace)
    plan = _seen(workspace, state, event_id, stamp)
    helper = plan.brief.companion_problem(plan.groups).helper.get(person)
    if helper is None or (group and group not in {each.id for each in plan.groups}):
        raise InputError(UNKNOWN)
    kept = tuple(each for each in plan.companions if each.person_id != person)
    task: Task = helper.task
    made = (Companion(group_id=group, person_id=person, task=task, pinned=True),) if group else ()
    _save(workspace, state, plan, groups=plan.groups, visits=plan.visits, companions=(*kept, *made), changes=())


@allowed(Right.PLAN)
def undo(workspace: Workspace, event_id: str) -> None:
    """Put back the plan that the last change replaced; once more takes that back. InputError when there is none."""
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    before = load_before(workspace.session, event_id, plan.event.form_id or "")
    if before is None:
        raise InputError("Er is niets om terug te zetten.")
    groups = stored_groups(plan.brief, before)
    _save(workspace, state, plan, groups=groups, visits=before.visits, companions=before.companions, changes=())


@allowed(Right.PLAN)
def pin_all(workspace: Workspace, event_id: str, *, pinned: bool) -> None:
    """Fix everything as it is now, since people were told; or let everything go."""
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    _save(
        workspace,
        state,
        plan,
        groups=plan.groups,
        visits=tuple(replace(visit, pinned=pinned) for visit in plan.visits),
        companions=tuple(replace(each, pinned=pinned) for each in plan.companions),
        changes=(),
    )
