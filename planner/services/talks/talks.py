"""Rounds of conversations: propose, repair, move, confirm and publish. What a family confirmed is never moved."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.talks.plan import STEP, Slot, TalkPlan, TalkProblem, in_order
from planner.errors import ConflictError, InputError
from planner.services import holding
from planner.services.guarding import allowed, require_class
from planner.services.progress import Progress, nobody
from planner.services.state import load_state
from planner.services.talks.talkfeeds import public_facts
from planner.services.talks.talkround import Round, read_round
from planner.services.workspace import Workspace
from planner.services.year import feeds
from planner.solving.solver import Watch
from planner.solving.talkadvice import advice, say_advice
from planner.solving.talkrepair import RepairTalks
from planner.solving.talks import SearchTalks
from planner.storage.db import writing
from planner.storage.models import TalkSlotRow
from planner.storage.talks import new_row, put_slot, save_plan, save_round, talk_row

TRIES = 3  # how often a plan is fitted to what others did while it was made
Solve = Callable[[TalkProblem, TalkPlan], TalkPlan]


def _fingerprint(found: Round) -> object:
    """Return what a plan rests on: when it changed meanwhile, the plan must be fitted to it."""
    return found.problem.talks, found.problem.windows, found.problem.away, found.problem.fixed, found.problem.apart


def _solve_and_keep(workspace: Workspace, event_id: str, solve: Solve, progress: Progress) -> None:
    """Solve outside any transaction, then keep the answer unless somebody changed what it rests on.

    Then it is repaired and kept after all. ConflictError when that happens time after time.
    """
    session = workspace.session
    found = read_round(workspace, event_id)
    session.rollback()
    plan = solve(found.problem, found.plan)
    for _ in range(TRIES):
        progress(95, 100, "Kijken wat er helpt")
        more = found.hours.more(found.state.calendar, found.event.planned.span, found.days)
        words = tuple(say_advice(each) for each in advice(found.problem, plan, found.hours.without_rest(more)))
        with writing(session):
            now_found = read_round(workspace, event_id)
            if _fingerprint(now_found) == _fingerprint(found):
                save_plan(session, event_id, found.problem.talks, plan)
                save_round(session, event_id, replace(now_found.stored, advice=words))
                return
        found = now_found
        plan = RepairTalks().replan(found.problem, plan)
    raise ConflictError("Iemand anders verandert deze ronde op hetzelfde moment. Probeer het zo nog eens.")


def _within(progress: Progress) -> Watch:
    """Return what a solver tells as the middle part of the whole task."""
    return lambda done, total, label: progress(5 + done * 90 // total, 100, label)


@allowed(Right.PLAN)
def propose(workspace: Workspace, event_id: str, *, progress: Progress = nobody, rounds: int | None = None) -> None:
    """Plan a round anew. Confirmed and pinned talks stay; what does not fit stays open, with advice."""
    progress(2, 100, "Kijken wie er komt")

    def solve(problem: TalkProblem, _: TalkPlan) -> TalkPlan:
        return SearchTalks(rounds=rounds).propose(problem, watch=_within(progress))

    _solve_and_keep(workspace, event_id, solve, progress)


@allowed(Right.PLAN)
def replan(workspace: Workspace, event_id: str, *, progress: Progress = nobody) -> None:
    """Repair a round with the fewest changes."""
    progress(2, 100, "Kijken wat niet meer past")

    def solve(problem: TalkProblem, plan: TalkPlan) -> TalkPlan:
        return RepairTalks().replan(problem, plan, watch=_within(progress))

    _solve_and_keep(workspace, event_id, solve, progress)


def check(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Refuse a task about an event that is no round; NotFoundError."""
    read_round(workspace, arguments["event_id"])


def run_propose(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, _: datetime) -> None:
    """Do the task `talks.propose`."""
    propose(workspace, arguments["event_id"], progress=progress)


def run_replan(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, _: datetime) -> None:
    """Do the task `talks.replan`."""
    replan(workspace, arguments["event_id"], progress=progress)


# ---- one talk by hand ----


def _row(workspace: Workspace, found: Round, talk_id: str) -> TalkSlotRow:
    """Return the row of a talk, made when the round was never planned."""
    talk = found.talk(talk_id)
    if talk_id in found.talks:
        return talk_row(workspace.session, found.event.planned.id, talk_id)
    return new_row(workspace.session, found.event.planned.id, talk)


def slot_for(found: Round, slot: Slot) -> Slot:
    """Return a slot that somebody typed, checked for nonsense; what it breaks is shown elsewhere. InputError."""
    talk = found.talk(slot.talk_id)
    if slot.start % STEP:
        raise InputError(f"Kies een tijd op {STEP} minuten, bijvoorbeeld 15:30 of 15:35.")
    if not (found.state.calendar.first_day <= slot.day <= found.state.calendar.last_day):
        raise InputError("Kies een dag binnen dit schooljaar.")
    if slot.start + talk.minutes >= 24 * 60:
        raise InputError("Dit gesprek zou na middernacht eindigen. Kies een vroegere tijd.")
    for who in (slot.interpreter_id, slot.guest_id):
        if who and who not in found.problem.person:
            raise InputError("Deze tolk of gast is er niet (meer). Kies iemand uit de lijst.")
    return slot


@allowed(Right.PLAN)
def move(workspace: Workspace, event_id: str, slot: Slot) -> None:
    """Give a talk another moment or other people, and pin it or not as the slot says.

    ConflictError for a talk that the family confirmed: first undo that. Whatever else it breaks is shown.
    """
    session = workspace.session
    with writing(session):
        found = read_round(workspace, event_id)
        row = _row(workspace, found, slot_for(found, slot).talk_id)
        if row.confirmed_at:
            raise ConflictError("Het gezin heeft deze afspraak bevestigd. Haal eerst de bevestiging weg.")
        put_slot(row, slot)
        row.pinned = slot.pinned
        session.flush()


@allowed(Right.PLAN)
def unpin(workspace: Workspace, event_id: str, talk_id: str) -> None:
    """Let planning choose the moment of a talk again."""
    with writing(workspace.session):
        _row(workspace, read_round(workspace, event_id), talk_id).pinned = False
        workspace.session.flush()


@allowed(Right.ANSWERS)
def confirm(workspace: Workspace, event_id: str, talk_id: str, *, confirmed: bool, now: datetime) -> None:
    """Keep that a family agreed with the moment, or that it did not after all. InputError without a moment."""
    session = workspace.session
    with writing(session):
        found = read_round(workspace, event_id)
        require_class(workspace, found.talk(talk_id).class_id)
        row = _row(workspace, found, talk_id)
        if confirmed and row.day is None:
            raise InputError("Dit gesprek heeft nog geen tijd. Kies eerst een tijd.")
        row.confirmed_at = now if confirmed else None
        session.flush()


@allowed(Right.PLAN)
def mark_missed(workspace: Workspace, event_id: str, talk_id: str, *, missed: bool) -> None:
    """Keep that an evening is made up in this talk, which then takes longer."""
    with writing(workspace.session):
        _row(workspace, read_round(workspace, event_id), talk_id).missed = missed
        workspace.session.flush()


# ---- telling ----


def wanted(found: Round) -> Mapping[str, dict[str, Any]]:
    """Return what publishing now would tell of each talk that has a moment, by talk id."""
    known = found.problem.known(in_order(found.plan))
    return {talk.id: public_facts(found, slot, talk) for slot, talk in known}


@allowed(Right.PLAN)
def publish(workspace: Workspace, event_id: str, *, by: str, now: datetime) -> int:
    """Let the calendars of mentors, interpreters and guests show the round as it is; return how many talks changed.

    ConflictError while everything is on hold after a backup was put back.
    """
    holding.refuse_while_held(workspace)
    session, changed = workspace.session, 0
    load_state(workspace)
    with writing(session):
        found = read_round(workspace, event_id)
        facts = wanted(found)
        for talk_id, stored in found.talks.items():
            if stored.published != facts.get(talk_id):
                talk_row(session, event_id, talk_id).published = facts.get(talk_id)
                changed += 1
        save_round(session, event_id, replace(found.stored, published_at=now, published_by=by))
        session.flush()
        feeds.update_talks(workspace, now=now)
    return changed
