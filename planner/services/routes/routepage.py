"""The page of going round: the verdict on top, the grid of rooms and rounds, the groups, and what can be changed."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from planner.domain.access.rights import Right
from planner.domain.requirements import Violation
from planner.domain.routes.brief import IN_GROUPS
from planner.domain.routes.companions import COMPANION_RULES, Companion
from planner.domain.routes.groups import Group
from planner.domain.routes.guests import Guest
from planner.domain.routes.rounds import Stop, Walker, far_apart
from planner.domain.routes.rules import ROUND_RULES
from planner.domain.runbook import Shape
from planner.domain.year import AMSTERDAM
from planner.services.guarding import allowed
from planner.services.lines import event_line
from planner.services.routes import routeadvice, routetold
from planner.services.routes.routemissing import people_missing
from planner.services.routes.routeplan import HALL, TASKS, RoutePlan, plan_of, say_language, stop_names
from planner.services.state import YearState, load_state
from planner.services.views import Problem
from planner.services.views.routes import (
    CellView,
    ChangeFor,
    ChoiceView,
    CompanionView,
    FamilyView,
    GroupView,
    MarkView,
    RoundView,
    RouteView,
    StopView,
    WishView,
)
from planner.services.workspace import Workspace
from planner.storage.routes import load_before, load_changes

SAID = {"lost": "valt uit", "absent": "is er niet", "away": "komt niet", "late": "komt erbij"}


def form_title(state: YearState, event_id: str) -> str:
    """Return the name of the form that is chosen, for a reader."""
    form_id = state.event(event_id).form_id
    forms = {form.id: form.title for form in state.runbook(event_id).forms}
    return forms[form_id] if form_id else "Gewone vorm"


def problem_of(violation: Violation) -> Problem:
    """Return a broken rule of going round for a reader."""
    rule = {**ROUND_RULES, **COMPANION_RULES}[violation.rule]
    return Problem(rule=rule.id, title=rule.title, hard=violation.hard, where="", why=violation.why)


def companion_view(state: YearState, plan: RoutePlan, companion: Companion) -> CompanionView:
    """Return who walks along, with the languages they interpret."""
    helper = plan.brief.companion_problem(plan.groups).helper.get(companion.person_id)
    person = {each.id: each for each in state.people}.get(companion.person_id)
    return CompanionView(
        person_id=companion.person_id,
        name=person.name if person else companion.person_id,
        task=TASKS[companion.task],
        languages=tuple(sorted(say_language(state, code) for code in helper.languages)) if helper else (),
        pinned=companion.pinned,
    )


def _families(state: YearState, walker: Walker) -> Iterator[FamilyView]:
    if isinstance(walker, Group):
        for party in sorted(walker.parties, key=lambda party: (party.name.casefold(), party.id)):
            name = say_language(state, party.language)
            yield FamilyView(id=party.id, name=party.name, language=name, persons=party.persons)


def _languages(state: YearState, walker: Walker) -> tuple[str, ...]:
    if isinstance(walker, Group):
        return tuple(f"{say_language(state, code)} {number}" for code, number in walker.families.items())
    return (say_language(state, walker.language),) if isinstance(walker, Guest) else ()


def route_names(plan: RoutePlan, walker_id: str, *, nowhere: str = HALL) -> tuple[str, ...]:
    """Return where a walker is in each round, in words."""
    there = {visit.round: visit.stop for visit in plan.visits if visit.walker == walker_id}
    stops = {stop.id: stop.name for stop in plan.problem.stops}
    return tuple(stops.get(there.get(each.number, ""), nowhere) for each in plan.problem.rounds)


def _group(state: YearState, plan: RoutePlan, walker: Walker) -> GroupView:
    mine = [each for each in plan.companions if each.group_id == walker.id]
    return GroupView(
        id=walker.id,
        label=walker.label,
        persons=walker.persons,
        languages=_languages(state, walker),
        classes=tuple(plan.brief.class_names.get(each, each) for each in walker.classes)
        if isinstance(walker, Group)
        else (),
        families=tuple(_families(state, walker)),
        companions=tuple(companion_view(state, plan, each) for each in sorted(mine, key=lambda each: each.task)),
        route=route_names(plan, walker.id) if plan.has_rounds else (),
        broken=_broken(plan, {walker.id, *(each.person_id for each in mine)}),
    )


def _broken(plan: RoutePlan, places: Collection[str]) -> tuple[str, ...]:
    """Return what forbids the plan as it is, of these groups, people or stops."""
    return tuple(dict.fromkeys(each.why for each in plan.violations if each.hard and each.where in places))


def _stop(plan: RoutePlan, stop: Stop) -> StopView:
    there: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    for visit, walker, where, each in plan.problem.known(plan.visits):
        if where.id == stop.id:
            there[each.number].append((walker.label, visit.pinned))
    cells = (there[each.number] for each in plan.problem.rounds)
    return StopView(
        id=stop.id,
        name=stop.name,
        where=stop.room.name if stop.room else "",
        hosts=tuple(person.name for person in plan.brief.hosts(stop)) if plan.groups else (),
        cells=tuple(
            CellView(walkers=tuple(sorted(label for label, _ in cell)), pinned=any(pinned for _, pinned in cell))
            for cell in cells
        ),
        broken=_broken(plan, {stop.id}),
    )


def _marks(state: YearState, plan: RoutePlan) -> Iterator[MarkView]:
    names = {
        "lost": dict(stop_names(plan)),
        "absent": {person.id: person.name for person in state.people},
        "away": {party.id: party.name for party in plan.brief.parties},
        "late": {home.id: home.name for home in state.school.households},
    }
    setup = plan.brief.setup
    for what, said in SAID.items():
        for each in sorted(getattr(setup, what)):
            yield MarkView(what=what, id=each, name=names[what].get(each, each), said=said)


def _wishes(plan: RoutePlan) -> Iterator[WishView]:
    classes = {class_id for party in plan.brief.coming for class_id in party.class_ids}
    for class_id, name in plan.brief.class_names.items():
        if class_id in classes:
            points = plan.brief.setup.wishes.get(class_id, {})
            yield WishView(
                class_id=class_id, name=name, points=tuple(points.get(topic, 0) for topic in plan.problem.topics)
            )


def _reserves(state: YearState, plan: RoutePlan) -> Iterator[CompanionView]:
    busy = {each.person_id for each in plan.companions}
    for helper in plan.brief.helpers():
        if helper.id not in busy:
            made = Companion(group_id="", person_id=helper.id, task=helper.task)
            yield companion_view(state, plan, made)


def _people(plan: RoutePlan) -> tuple[ChoiceView, ...]:
    people = {post.person.id: post.person.name for post in plan.brief.posts}
    return tuple(ChoiceView(id=each, name=name) for each, name in sorted(people.items(), key=lambda item: item[1]))


@allowed(Right.PLAN)
def route_view(workspace: Workspace, event_id: str) -> RouteView:
    """Return the page; NotFoundError when the event is not there or nobody goes round in its form."""
    state = load_state(workspace)
    plan = plan_of(workspace, state, event_id)
    brief, problem, form_id = plan.brief, plan.problem, plan.event.form_id or ""
    invited = {party.id for party in brief.parties}
    walkers: tuple[Walker, ...] = (*plan.groups, *brief.guests)
    told = routetold.told_of(workspace, plan)
    since = routetold.since_told(state, plan, told) if told else load_changes(workspace.session, event_id, form_id)
    return RouteView(
        line=event_line(state, plan.event),
        form=form_title(state, event_id),
        shape=brief.shape,
        verdict=plan.verdict,
        fits=plan.fits,
        is_planned=plan.stored.is_planned,
        stamp=plan.stamp,
        has_rounds=plan.has_rounds,
        in_groups=brief.shape in IN_GROUPS,
        repairs=routeadvice.advice(state, plan),
        shortages=(*people_missing(state, plan), *far_apart(problem)),
        problems=tuple(problem_of(violation) for violation in plan.violations),
        changes=tuple(ChangeFor(who=each.who, what=each.what) for each in since),
        rounds=tuple(RoundView(number=each.number, start=each.start, end=each.end) for each in problem.rounds),
        stops=tuple(_stop(plan, stop) for stop in problem.stops),
        groups=tuple(_group(state, plan, walker) for walker in walkers),
        reserves=tuple(_reserves(state, plan)),
        marks=tuple(_marks(state, plan)),
        stop_choices=tuple(ChoiceView(id=stop.id, name=stop.name) for stop in problem.stops),
        person_choices=_people(plan),
        late_choices=tuple(
            ChoiceView(id=home.id, name=home.name)
            for home in sorted(state.school.households, key=lambda home: (home.name.casefold(), home.id))
            if home.id not in invited
        ),
        away_choices=tuple(
            ChoiceView(id=party.id, name=party.name)
            for party in sorted(brief.coming, key=lambda party: (party.name.casefold(), party.id))
            if not plan.groups
        ),
        topics=tuple(problem.topics),
        wishes=tuple(_wishes(plan)) if brief.shape is Shape.CAROUSEL else (),
        settled=routeadvice.settled(state, plan),
        told_at=told.at.astimezone(AMSTERDAM) if told else None,
        told_by=told.by if told else "",
        can_undo=load_before(workspace.session, event_id, form_id) is not None,
        any_pinned=routeadvice.is_pinned(plan),
    )
