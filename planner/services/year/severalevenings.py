"""One activity on several evenings, and on one again: each with its own families, day, people and rooms."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.daychoice import best_day
from planner.domain.evenings import MOST_EVENINGS, evening_id, on_evenings, root_of, together_again
from planner.domain.routes.setup import decisions_of
from planner.domain.rules import invited
from planner.domain.school import School
from planner.domain.schoolrules import say_day
from planner.domain.year import AMSTERDAM, Occurrence, Plan, PlannedEvent, YearProblem
from planner.errors import ConflictError, InfeasibleError
from planner.services.guarding import allowed
from planner.services.staffing.staffing import assign
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.events import StoredEvent, choose_form, load_events, save_plan
from planner.storage.models import PupilInvitationRow
from planner.storage.records import bump_revision
from planner.storage.routes import load_setup, save_setup
from planner.storage.schools import save_held

NO_DAY = (
    "Er is dit schooljaar geen dag meer over voor een tweede avond die bij alle regels past. "
    "Kies een andere verandering, of maak bij Instellingen een avond vrij."
)
FULL = "Er zijn al zoveel avonden als kan. Kies een andere verandering."


def evenings_of(state: YearState, event_id: str) -> tuple[StoredEvent, ...]:
    """Return the evenings of the activity that an event belongs to, the first one first; often just the event."""
    root = root_of(event_id)
    return tuple(sorted((e for e in state.events if root_of(e.planned.id) == root), key=lambda each: each.planned.id))


def _held(school: School, root: str, evenings: int) -> School:
    return replace(school, evenings_of={**school.evenings_of, root: evenings})


def _store(workspace: Workspace, problem: YearProblem, plan: Plan, *, now: datetime) -> None:
    """Keep another division; inside the caller's transaction. What a pupil wrote goes along to the own evening."""
    session = workspace.session
    save_held(session, problem.school)
    save_plan(session, problem.occurrences, plan, now=now)
    for event in plan:
        root = root_of(event.id)
        evenings = [evening_id(root, number) for number in range(1, MOST_EVENINGS + 1)]
        known = set(session.scalars(select(PupilInvitationRow.pupil_id).filter_by(event_id=event.id)))
        rows = select(PupilInvitationRow).where(
            PupilInvitationRow.event_id.in_(evenings),
            PupilInvitationRow.pupil_id.in_(set(event.pupil_ids) - known),
        )
        for row in session.scalars(rows):
            row.event_id = event.id
    session.flush()


def _in_place(state: YearState, old: Iterable[StoredEvent], new: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    """Return the occurrences of the year with new ones in the place of the old."""
    gone = {each.planned.id for each in old}
    found: list[Occurrence] = []
    for each in state.problem.occurrences:
        if each.id not in gone:
            found.append(each)
        elif each.id == new[0].id:
            found += new
    return tuple(found)


def _first_again(problem: YearProblem, event: StoredEvent) -> PlannedEvent:
    pupils = invited(problem, event.planned.id, event.planned.span.first)
    return replace(event.planned, pupil_ids=pupils)


@allowed(Right.PLAN)
def divide(workspace: Workspace, event_id: str, evenings: int, *, now: datetime) -> tuple[date, ...]:
    """Hold an activity on so many evenings; return the days of the later ones. Nothing else moves.

    The first evening stays what it was, with everything people did for it; later ones get the day that breaks the
    fewest rules, the same form and the same decisions about going round. InfeasibleError when there is no day.
    """
    state = load_state(workspace)
    event, root, session = state.event(event_id), root_of(event_id), workspace.session
    if len(evenings_of(state, event_id)) > 1:
        raise ConflictError(FULL)
    school = _held(state.school, root, evenings)
    parts = on_evenings(event.occurrence, school, evenings, known=_before(workspace, event))
    problem = replace(state.problem, school=school, occurrences=_in_place(state, [event], parts))
    plan = tuple(_first_again(problem, event) if each.id == event_id else each for each in state.plan)
    today = now.astimezone(AMSTERDAM).date()
    for part in parts[1:]:
        plan += (_later(problem, plan, part, near=event.planned.span.first, today=today),)
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        _store(workspace, problem, plan, now=now)
        for part in parts[1:]:
            _same_decisions(workspace, event, part.id, now=now)
        assign(workspace)
    return tuple(each.span.first for each in plan[-len(parts) + 1 :])


def _later(problem: YearProblem, plan: Plan, part: Occurrence, *, near: date, today: date) -> PlannedEvent:
    """Return a later evening on its day; InfeasibleError when there is none."""
    day = best_day(problem, plan, part.id, near=near, after=today)
    if day is None:
        raise InfeasibleError(NO_DAY, ())
    return PlannedEvent(
        id=part.id,
        runbook_id=part.runbook_id,
        span=problem.span(part.id, day),
        pupil_ids=invited(problem, part.id, day),
        reason=f"De beste dag dicht bij de eerste avond, {say_day(near)}.",
    )


def _before(workspace: Workspace, event: StoredEvent) -> tuple[Occurrence, ...]:
    """Return the evenings of an activity when it was divided before, so that who was on a later one is so again."""
    root = event.planned.id
    old = {each.planned.id: each.occurrence for each in load_events(workspace.session, with_removed=True)}
    later = [old[each] for number in range(2, MOST_EVENINGS + 1) if (each := evening_id(root, number)) in old]
    elsewhere = {pupil_id for each in later for pupil_id in each.pupil_ids}
    first = tuple(each for each in event.occurrence.pupil_ids if each not in elsewhere)
    return (replace(event.occurrence, pupil_ids=first), *later)


def _same_decisions(workspace: Workspace, event: StoredEvent, later: str, *, now: datetime) -> None:
    """Give a later evening the form and the decisions of the first; who is ill or late is for one evening."""
    session, form_id = workspace.session, event.form_id or ""
    choose_form(session, later, event.form_id, now=now)
    save_setup(session, later, form_id, decisions_of(load_setup(session, event.planned.id, form_id)))


@allowed(Right.PLAN)
def bring_together(workspace: Workspace, event_id: str, *, now: datetime) -> None:
    """Hold an activity on one evening again, the first. What people did for a later one waits until it is back."""
    state = load_state(workspace)
    state.event(event_id)
    evenings, root = evenings_of(state, event_id), root_of(event_id)
    if len(evenings) == 1:
        return
    whole = together_again([each.occurrence for each in evenings], state.school)
    school = _held(state.school, root, 1)
    problem = replace(state.problem, school=school, occurrences=_in_place(state, evenings, (whole,)))
    gone = {each.planned.id for each in evenings[1:]}
    plan = tuple(
        _first_again(problem, evenings[0]) if each.id == root else each for each in state.plan if each.id not in gone
    )
    session = workspace.session
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        _store(workspace, problem, plan, now=now)
        assign(workspace)


def evening_for(state: YearState, event_id: str, household_id: str) -> str:
    """Return the evening of an activity for which a household is invited: this one, or else the one it has now.

    Paper that was printed before families were divided over evenings so leads to the right one.
    """
    home = next((each for each in state.school.households if each.id == household_id), None)
    pupils = frozenset(home.pupil_ids) if home else frozenset[str]()
    coming = [e.planned.id for e in evenings_of(state, event_id) if pupils.intersection(e.planned.pupil_ids)]
    return event_id if event_id in coming or not coming else coming[0]
