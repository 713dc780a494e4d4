"""What the school decides about going round: a change that makes it fit, what is out tonight, wishes of classes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.routes.brief import RouteBrief
from planner.domain.routes.count import RepairKind
from planner.domain.routes.setup import DECISIONS, RouteSetup, repaired, taken_back
from planner.domain.saying import say_list
from planner.domain.schoolrules import say_day
from planner.errors import ConflictError, InputError
from planner.services.guarding import allowed
from planner.services.routes import routeadvice
from planner.services.routes.routeplan import RoutePlan, plan_of, stop_names
from planner.services.routes.routing import UNKNOWN
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.services.year import moresectors, severalevenings
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.routes import save_before, save_routes, save_setup


def _decide(workspace: Workspace, state: YearState, plan: RoutePlan, setup: RouteSetup) -> None:
    """Keep what the school decided. Another number of groups makes those at once, unless something is pinned."""
    session, event_id, form_id = workspace.session, plan.event.planned.id, plan.event.form_id or ""
    with writing(session):
        bump_revision(session, seen=state.facts.revision)
        save_setup(session, event_id, form_id, setup)
        if setup.most_groups != plan.brief.setup.most_groups:
            _regroup(workspace, plan, replace(plan.brief, setup=setup))


def _regroup(workspace: Workspace, plan: RoutePlan, brief: RouteBrief) -> None:
    """Make other groups in the place of those of a plan, unless something is pinned; inside the transaction.

    What the remaining groups do stays, so that a repair changes little; the plan of before can be put back.
    """
    if not plan.stored.is_planned or routeadvice.is_pinned(plan):
        return
    session, event_id, form_id = workspace.session, plan.event.planned.id, plan.event.form_id or ""
    groups = brief.groups()
    there = {group.id for group in groups}
    save_before(session, event_id, form_id, plan.stored)
    save_routes(
        session,
        event_id,
        form_id,
        groups=groups,
        visits=tuple(each for each in plan.visits if each.walker in there),
        companions=tuple(each for each in plan.companions if each.group_id in there),
    )


@allowed(Right.PLAN)
def take_over(workspace: Workspace, event_id: str, kind: str, *, now: datetime, names: Sequence[str] = ()) -> str:
    """Take over the smallest change of a kind and nothing more; return what was done. `names` are for sectors.

    ConflictError when it is not needed any more, or when rooms or people have to be found first.
    """
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    repair = next((each for each in plan.repairs if each.kind == kind), None)
    if repair is None or not routeadvice.can_take_over(plan, repair):
        raise ConflictError("Deze verandering is niet (meer) nodig, of kan nog niet.")
    if repair.kind is RepairKind.EVENINGS:
        days = severalevenings.divide(workspace, event_id, repair.amount, now=now)
        state = load_state(workspace)
        first = plan_of(workspace, state, event_id)
        with writing(workspace.session):
            bump_revision(workspace.session, seen=state.facts.revision)
            if first.groups:
                _regroup(workspace, first, first.brief)
        return f"Verdeeld. De andere avond is op {say_list([say_day(day) for day in days])}."
    if repair.kind is RepairKind.TOPICS:
        if len(names) != repair.amount:
            raise InputError("Geef elke sector een naam.")
        moresectors.add_sectors(workspace, event_id, names)
    else:
        _decide(workspace, state, plan, repaired(plan.brief.setup, repair))
    return "Dat is overgenomen. Maak nu de groepen en rondes."


@allowed(Right.PLAN)
def take_back(workspace: Workspace, event_id: str, kind: str, *, now: datetime) -> None:
    """Take back one thing the school decided about numbers, rooms, sectors or evenings; InputError for another word."""
    if kind == routeadvice.EVENINGS:
        severalevenings.bring_together(workspace, event_id, now=now)
    elif kind == routeadvice.SECTORS:
        moresectors.drop_sectors(workspace, event_id)
    elif kind in DECISIONS:
        state = load_state(workspace)
        plan = plan_of(workspace, state, event_id)
        _decide(workspace, state, plan, taken_back(plan.brief.setup, kind))
    else:
        raise InputError(UNKNOWN)


@allowed(Right.PLAN)
def mark(workspace: Workspace, event_id: str, what: str, which: str, *, on: bool) -> None:
    """Keep that a stop is lost, a person absent, a family away, or one late after all; or that it is not so.

    `what` is the name of that field of a RouteSetup. InputError for anything else.
    """
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    known: Mapping[str, set[str]] = {
        "lost": {*plan.problem.stop, *stop_names(plan)},
        "absent": {person.id for person in state.people},
        "away": {party.id for party in plan.brief.parties},
        "late": {home.id for home in state.school.households},
    }
    if which not in known.get(what, set()):
        raise InputError(f'"{which[:40]}" hoort niet (meer) bij deze avond. Kies een plek, mens of gezin dat er is.')
    setup = plan.brief.setup
    now: frozenset[str] = getattr(setup, what)
    changed: dict[str, Any] = {what: now | {which} if on else now - {which}}
    _decide(workspace, state, plan, replace(setup, **changed))


@allowed(Right.PLAN)
def set_wishes(workspace: Workspace, event_id: str, wishes: Mapping[str, Mapping[str, int]]) -> None:
    """Keep the wishes of each class for each topic, as numbers of pupils. InputError outside 0 to 99."""
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    topics, classes = set(plan.problem.topics), set(plan.brief.class_names)
    for class_id, points in wishes.items():
        if class_id not in classes or not set(points) <= topics:
            raise InputError(UNKNOWN)
        if any(not 0 <= number <= 99 for number in points.values()):  # noqa: PLR2004 - more than a class holds
            raise InputError("Vul bij de wensen getallen van 0 tot en met 99 in.")
    kept = {class_id: {t: n for t, n in points.items() if n} for class_id, points in wishes.items()}
    chosen = {class_id: points for class_id, points in kept.items() if points}
    _decide(workspace, state, plan, replace(plan.brief.setup, wishes=chosen))
