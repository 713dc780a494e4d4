"""Planning the year: propose, replan, and what a coordinator decides about dates, forms and rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.occurrences import make_occurrences
from planner.domain.reasons import reason_for
from planner.domain.requirements import DayRule
from planner.domain.rules import invited, plan_from, requirements, validate_year
from planner.domain.schoolrules import SCHOOL_RULES, say_day
from planner.domain.year import Plan, YearProblem
from planner.errors import InputError, NotFoundError
from planner.services.guarding import allowed
from planner.services.progress import Progress, nobody
from planner.services.staffing import staffsolve
from planner.services.staffing.staffing import assign
from planner.services.staffing.waiting import bring_back, set_aside
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.solving.dates import CpSatDates
from planner.storage.db import writing
from planner.storage.events import choose_form as store_form
from planner.storage.events import pin_event, save_plan
from planner.storage.records import bump_revision, drop_override, save_accepted, save_override

NEVER_ON = frozenset({"K01", "K02"})  # a date that breaks one of these is refused, not only remarked on
LONGEST_REASON = 500  # characters


def _with_reasons(problem: YearProblem, plan: Plan, old: Mapping[str, tuple[date, str]]) -> Plan:
    """Return the plan with a sentence for each date; an event that did not move keeps the sentence it had."""
    rules = requirements(problem)
    spans = {event.id: event.span for event in plan}
    return tuple(
        replace(event, reason=old[event.id][1])
        if event.id in old and old[event.id][0] == event.span.first and old[event.id][1]
        else replace(event, reason=reason_for(problem, rules, event.id, spans))
        for event in plan
    )


def _keep(workspace: Workspace, state: YearState, problem: YearProblem, plan: Plan, *, now: datetime) -> None:
    """Store a plan with its people and rooms as one change; ConflictError when someone else was earlier."""
    session = workspace.session
    accepted = [(v.rule, v.where) for v in validate_year(problem, plan) if not v.hard]
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_plan(session, problem.occurrences, plan, now=now)
        save_accepted(session, accepted)
        session.flush()
        assign(workspace)


@allowed(Right.PLAN)
def propose(workspace: Workspace, *, now: datetime, progress: Progress = nobody) -> None:
    """Plan the whole year anew; pinned dates stay. InfeasibleError names the rules that cannot hold together."""
    state = load_state(workspace)
    progress(1, 4, "De leerlingen en talen tellen")
    occurrences = make_occurrences(
        workspace.cycle,
        state.school,
        label=state.calendar.label,
        names=workspace.language_names,
        known=state.problem.occurrences,
    )
    known = {occurrence.id for occurrence in occurrences}
    pins = {event_id: day for event_id, day in state.problem.pins.items() if event_id in known}
    problem = replace(state.problem, occurrences=occurrences, pins=pins)
    workspace.session.rollback()
    progress(2, 4, "Datums zoeken die bij alle regels passen")
    plan = _with_reasons(problem, plan_from(problem, CpSatDates().propose(problem)), {})
    progress(3, 4, "Mensen en ruimtes verdelen")
    _keep(workspace, state, problem, plan, now=now)
    staffsolve.deepen(workspace, now=now, watch=progress)


@allowed(Right.PLAN)
def replan(workspace: Workspace, *, now: datetime, progress: Progress = nobody) -> None:
    """Repair the plan with the fewest changes; what was accepted before may stay as it is."""
    state = load_state(workspace)
    if not state.events:
        propose(workspace, now=now, progress=progress)
        return
    problem = state.problem
    dates = {event.id: event.span.first for event in state.plan}
    workspace.session.rollback()
    progress(1, 3, "De kleinste verandering zoeken")
    found = CpSatDates().replan(problem, dates, accepted=frozenset(state.facts.accepted))
    old = {event.id: (event.span.first, event.reason) for event in state.plan}
    plan = _with_reasons(problem, plan_from(problem, found), old)
    progress(2, 3, "Mensen en ruimtes verdelen")
    _keep(workspace, state, problem, plan, now=now)


def run_propose(workspace: Workspace, _: Mapping[str, Any], progress: Progress, now: datetime) -> None:
    """Do the task `year.propose`."""
    propose(workspace, now=now, progress=progress)


def run_replan(workspace: Workspace, _: Mapping[str, Any], progress: Progress, now: datetime) -> None:
    """Do the task `year.replan`."""
    replan(workspace, now=now, progress=progress)


@allowed(Right.PLAN)
def move(workspace: Workspace, event_id: str, day: date, *, pin: bool, now: datetime) -> None:
    """Give an event another first day. InputError on a day without school or outside the year.

    Any other rule the day breaks is left to the coordinator and shown on the pages. People and rooms
    that can still come stay.
    """
    state = load_state(workspace)
    event = state.event(event_id)
    problem = replace(state.problem, pins={key: when for key, when in state.problem.pins.items() if key != event_id})
    year = state.calendar
    if not year.first_day <= day <= year.last_day:  # before the span, which counts on in school days
        raise InputError(
            f"'{event.occurrence.title}' kan niet op deze dag. "
            f"Het schooljaar loopt van {say_day(year.first_day)} tot en met {say_day(year.last_day)}."
        )
    span = problem.span(event_id, day)
    for rule in requirements(problem):
        if isinstance(rule, DayRule) and rule.event == event_id and rule.rule in NEVER_ON and (no := rule.look(span)):
            raise InputError(f"'{event.occurrence.title}' kan niet op deze dag. {no.why} Kies een andere dag.")
    moved = replace(
        event.planned, span=span, pupil_ids=invited(problem, event_id, day), reason="Gekozen door de school."
    )
    plan = tuple(moved if each.id == event_id else each for each in state.plan)
    session = workspace.session
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_plan(session, problem.occurrences, plan, now=now)
        pin_event(session, event_id, pinned=pin, now=now)
        assign(workspace)


@allowed(Right.PLAN)
def unpin(workspace: Workspace, event_id: str, *, now: datetime) -> None:
    """Let planning choose this date again; the date itself stays until then."""
    state = load_state(workspace)
    state.event(event_id)
    session = workspace.session
    with writing(session):
        bump_revision(session)
        pin_event(session, event_id, pinned=False, now=now)


@allowed(Right.PLAN)
def choose_form(workspace: Workspace, event_id: str, form_id: str, *, now: datetime) -> None:
    """Choose another form of an activity, the main one with an empty id; what people did stays.

    People and rooms of a form that was chosen before come back as they were, and no other activity changes.
    """
    state = load_state(workspace)
    runbook = state.runbook(event_id)
    if form_id and form_id not in {form.id for form in runbook.forms}:
        raise InputError(f'"{form_id}" is geen vorm van {runbook.title}. Kies een vorm uit de lijst.')
    session = workspace.session
    with writing(session):
        bump_revision(session)
        set_aside(workspace, event_id)
        store_form(session, event_id, form_id or None, now=now)
        bring_back(workspace, event_id)
        assign(workspace, event_id=event_id)


@allowed(Right.SETTINGS)
def override(workspace: Workspace, rule_id: str, reason: str, *, now: datetime) -> None:
    """Set a rule aside for this year with a reason; an empty reason lets it count again."""
    known = {rule.id: True for rule in workspace.cycle.rules}
    known |= {rule.id: rule.can_be_overridden for rule in SCHOOL_RULES.values()}
    if rule_id not in known:
        raise NotFoundError(f'Er is geen regel "{rule_id}".')
    if not known[rule_id]:
        raise InputError(f"Regel {rule_id} kan niet uit: zonder deze regel klopt geen enkel plan.")
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InputError(f"Gebruik voor de reden hooguit {LONGEST_REASON} gewone tekens.")
    session = workspace.session
    with writing(session):
        bump_revision(session)
        if reason:
            save_override(session, rule_id, reason=reason, now=now)
        else:
            drop_override(session, rule_id)
