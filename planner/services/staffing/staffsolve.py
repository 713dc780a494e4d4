"""The deep search for who does what: it makes a proposal, and only a person turns that into the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import update

from planner.domain.access.rights import Right
from planner.domain.staffing.plan import Duty, StaffPlan, StaffProblem, only_at
from planner.domain.year import AMSTERDAM
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.guarding import allowed
from planner.services.progress import Progress, nobody
from planner.services.staffing.staffing import keep_duties
from planner.services.state import YearState, load_state, read_state
from planner.services.workspace import Workspace
from planner.solving.solver import Reached
from planner.solving.staffsearch import CpSatStaffing
from planner.storage.db import writing
from planner.storage.models import TaskRow
from planner.storage.people import send_away
from planner.storage.records import bump_revision

GONE = "Dit voorstel is er niet (meer). Vraag een nieuw voorstel."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A division of people that nobody took over yet, made from one revision of the school.

    It is for one event, or for the whole year when `event_id` is empty. `person_id` is who drops out, if anybody,
    and `days` are when.
    """

    revision: int
    event_id: str
    person_id: str
    days: tuple[date, ...]
    plan: StaffPlan
    reached: tuple[Reached, ...]


def _without(state: YearState, person_id: str, days: frozenset[date]) -> tuple[StaffProblem, StaffPlan]:
    """Return the problem and the plan in which somebody cannot come on these days; what was pinned there is not."""
    person, problem = state.person(person_id), state.staff_problem
    away = replace(person, unavailable=person.unavailable | days)
    mine = ((duty, need) for duty, need, _ in problem.known(state.staff_plan) if duty.person_id == person_id)
    gone = {duty.key for duty, need in mine if need.day in days and not need.spread}
    people = tuple(away if each.id == person_id else each for each in state.people)
    pinned = tuple(duty for duty in problem.pinned if duty.key not in gone)
    plan = tuple(replace(duty, pinned=False) if duty.key in gone else duty for duty in state.staff_plan)
    return replace(problem, people=people, pinned=pinned), plan


def _solve(
    state: YearState, *, event_ids: frozenset[str], person_id: str, anew: bool, watch: Progress
) -> tuple[StaffPlan, tuple[Reached, ...]]:
    """Return the best plan in which only these events may change."""
    problem, plan = state.staff_problem, state.staff_plan
    if person_id:
        days = frozenset(state.event(event_id).planned.span.first for event_id in event_ids)
        problem, plan = _without(state, person_id, days)
    asked, solver = only_at(problem, plan, event_ids), CpSatStaffing()
    answer = solver.propose(asked, watch=watch) if anew else solver.replan(asked, plan, watch=watch)
    needs = {need.id for event in problem.events if event.id in event_ids for need in event.needs}
    others = (duty for duty in plan if duty.need_id not in needs)
    return (*others, *(duty for duty in answer.plan if duty.need_id in needs)), answer.reached


def _to_come(state: YearState, event_id: str, today: date) -> frozenset[str]:
    """Return the events that a search may change: one, or all that are to come; all as long as nobody was told."""
    if event_id:
        return frozenset({state.event(event_id).planned.id})
    return frozenset(event.planned.id for event in state.events if not state.told or event.planned.span.last >= today)


def check(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Refuse a search about an event or a person who is not there; NotFoundError says which."""
    state = load_state(workspace)
    if arguments["event_id"]:
        state.event(arguments["event_id"])
    if arguments["person_id"]:
        state.person(arguments["person_id"])
    if not state.events:
        raise InputError("Er zijn nog geen activiteiten. Plan eerst het jaar, op de pagina Jaar.")


@allowed(Right.PLAN)
def find(
    workspace: Workspace,
    *,
    now: datetime,
    event_id: str = "",
    person_id: str = "",
    anew: bool = False,
    watch: Progress = nobody,
) -> Proposal:
    """Return the best division there is, for one event or for all that are to come; nothing is stored.

    People who were told what they do keep it as far as can be, unless everything is done `anew`; then only what
    is pinned stays. With `person_id` that person drops out, of the event or of everything. NotFoundError for an
    unknown event or person; what `watch` raises comes out.
    """
    check(workspace, {"event_id": event_id, "person_id": person_id})
    state = read_state(workspace)  # not a kept one: who was told changes without a change of the school
    event_ids = _to_come(state, event_id, now.astimezone(AMSTERDAM).date())
    workspace.session.rollback()
    plan, reached = _solve(
        state, event_ids=event_ids, person_id=person_id, anew=anew or not (state.told or person_id), watch=watch
    )
    days = tuple(sorted({state.event(each).planned.span.first for each in event_ids})) if person_id else ()
    return Proposal(
        revision=state.facts.revision, event_id=event_id, person_id=person_id, days=days, plan=plan, reached=reached
    )


@allowed(Right.PLAN)
def take_over(workspace: Workspace, proposal: Proposal) -> None:
    """Make a proposal the plan; ConflictError when the school changed since it was made."""
    state, session = load_state(workspace), workspace.session
    with writing(session):
        bump_revision(session, seen=proposal.revision)
        if proposal.person_id:
            send_away(session, proposal.person_id, proposal.days)
        keep_duties(workspace, state, proposal.plan)


def deepen(workspace: Workspace, *, now: datetime, watch: Progress = nobody) -> None:
    """Let the deep search do the whole year and take over what it finds; for a year that was planned just now."""
    take_over(workspace, find(workspace, now=now, watch=watch))


# ---- As a task: the outcome waits with the task until somebody takes it over ----


def run(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, now: datetime) -> None:
    """Do the tasks `staff.propose` and `staff.without`."""
    proposal = find(
        workspace, now=now, event_id=arguments["event_id"], person_id=arguments["person_id"], watch=progress
    )
    session = workspace.session
    with writing(session):
        session.execute(update(TaskRow).where(TaskRow.id == arguments["task_id"]).values(outcome=_to_json(proposal)))


@allowed(Right.PLAN)
def proposal_of(workspace: Workspace, task_id: str) -> Proposal:
    """Return what a finished task proposes; NotFoundError when there is nothing (any more)."""
    row = workspace.session.get(TaskRow, task_id)
    if row is None or row.outcome is None:
        raise NotFoundError(GONE)
    return _from_json(row.outcome)


@allowed(Right.PLAN)
def take_over_task(workspace: Workspace, task_id: str) -> Proposal:
    """Make the proposal of a task the plan, once; ConflictError when the school changed since it was made."""
    proposal = proposal_of(workspace, task_id)
    if proposal.revision != load_state(workspace).facts.revision:
        raise ConflictError("De planning is intussen veranderd. Vraag een nieuw voorstel.")
    take_over(workspace, proposal)
    session = workspace.session
    with writing(session):
        session.execute(update(TaskRow).where(TaskRow.id == task_id).values(outcome=None))
    return proposal


def _to_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "revision": proposal.revision,
        "event_id": proposal.event_id,
        "person_id": proposal.person_id,
        "days": [day.isoformat() for day in proposal.days],
        "plan": [[duty.need_id, duty.person_id, duty.reason, duty.pinned] for duty in proposal.plan],
        "reached": [[each.name, each.value, each.bound] for each in proposal.reached],
    }


def _from_json(data: Mapping[str, Any]) -> Proposal:
    return Proposal(
        revision=data["revision"],
        event_id=data["event_id"],
        person_id=data["person_id"],
        days=tuple(date.fromisoformat(day) for day in data["days"]),
        plan=tuple(
            Duty(need_id=need, person_id=person, reason=reason, pinned=pinned)
            for need, person, reason, pinned in data["plan"]
        ),
        reached=tuple(Reached(name=name, value=value, bound=bound) for name, value, bound in data["reached"]),
    )
