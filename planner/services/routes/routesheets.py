"""The sheets of going round: what the print templates get. No sheet names other families, and none has contact data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from planner.domain.drawing.floors import Paper
from planner.domain.routes.brief import IN_GROUPS, WITH_STOPS
from planner.domain.routes.companions import Companion, Task
from planner.domain.routes.groups import Group
from planner.domain.routes.guests import Guest
from planner.domain.routes.rounds import Round, Stop, Visit, Walker
from planner.domain.runbook import Place, Shape
from planner.domain.staffing.needs import DUTCH
from planner.domain.staffing.people import Person
from planner.services.rooms.floorplans import LOW, SMALL
from planner.services.routes.routemaps import (
    BACK,
    IDLE,
    MOST_LOW,
    MOST_UNDER,
    SAID,
    SAID_TWICE,
    TOLD,
    At,
    gathering_rooms,
    own_rooms,
    place_rooms,
    way,
    way_of,
    way_to,
)
from planner.services.routes.routeplan import HALL, TASKS, RoutePlan, plan_of, say_language, walk_of_event
from planner.services.routes.tongues import Tongues
from planner.services.state import YearState, load_state
from planner.services.texts.wordings import all_words
from planner.services.views.routesheets import DoorLine, RoundSign, RouteCard, RouteSheet, StepOnPaper, Told, TongueView
from planner.services.workspace import Workspace
from planner.storage.routes import load_routes

MOST_ROOMS = 2  # more than this many is no place to go to


class _Desk:
    """Everything a sheet is made of: the plan, the school, and the words of each language."""

    def __init__(self, workspace: Workspace, state: YearState, plan: RoutePlan) -> None:
        self.workspace, self.state, self.plan = workspace, state, plan
        self.visits = {visit.key: visit for visit in plan.visits}

    @cached_property
    def tongues(self) -> Tongues:
        """What is said in each language."""
        return Tongues(all_words(self.workspace), self.plan.event.planned.runbook_id)

    def tongues_of(self, walker: Walker) -> tuple[TongueView, ...]:
        """Return the languages of a walker, the largest first."""
        codes = walker.families if isinstance(walker, Group) else [walker.language] if isinstance(walker, Guest) else ()
        return tuple(self.tongues.of(codes))

    def place(self, language: str = "") -> str:
        """Return where people are who have no stop: the rooms of the row's places, or their names.

        Where each language has its own room that of this one; who goes from one to another reads it at each time.
        """
        rooms = [room.name for room in place_rooms(self.plan, language)]
        if rooms and not language and len(place_rooms(self.plan)) > MOST_ROOMS:
            return ""
        return ", ".join(rooms) or ", ".join(place.name for place in self.plan.brief.places)

    def gathering_place(self) -> str:
        """Return where groups wait before they go; empty when that has no room."""
        return next((room.name for room in gathering_rooms(self.plan)), "")

    def place_of(self, stop: Stop | None) -> Place | None:
        """Return the place of a stop; of a table, and without a stop, the one place where everybody is."""
        places = self.plan.brief.places
        place_id = stop.id.partition(":")[0] if stop else ""
        return next((place for place in places if place.id == place_id), next(iter(places), None))

    def route(self, walker_id: str, tongue: TongueView | None = None) -> Iterator[StepOnPaper]:
        """Yield where a walker is in each round; without rounds, the one place where everybody is."""
        plan = self.plan
        if not plan.has_rounds:
            (only,) = plan.brief.rounds
            place = self.place_of(None)
            room = self._room(walker_id) if plan.brief.shape is Shape.CLASSES else self.place()
            yield StepOnPaper(
                start=only.start,
                end=only.end,
                what=place.name if place else room,
                room="" if place and room == place.name else room,
                told=self.tongues.told(place, tongue),
            )
            return
        last = max((number for who, number in self.visits if who == walker_id), default=0)
        for each in plan.problem.rounds:
            visit = self.visits.get((walker_id, each.number))
            if visit or (each.number < last and plan.brief.shape is not Shape.SLOTS):
                yield self._step(each, visit, tongue)

    def _room(self, walker_id: str) -> str:
        """Return the room of a class, when each class has its own."""
        return ", ".join(room.name for room in own_rooms(self.plan, walker_id))

    def _step(self, each: Round, visit: Visit | None, tongue: TongueView | None) -> StepOnPaper:
        stop = self.plan.problem.stop.get(visit.stop) if visit else None
        if stop is None:
            return StepOnPaper(start=each.start, end=each.end, what=HALL.capitalize(), room="", idle=True)
        room = stop.room.name if stop.room else ""
        told = self.tongues.told(self.place_of(stop), tongue)
        return StepOnPaper(start=each.start, end=each.end, what=stop.name, room=room, told=told)

    def at(self, stop: Stop) -> Iterator[StepOnPaper]:
        """Yield who is at a stop in each round."""
        plan = self.plan
        for each in plan.problem.rounds:
            there = [
                walker
                for visit, walker, where, number in plan.problem.known(plan.visits)
                if where.id == stop.id and number.number == each.number
            ]
            names = " + ".join(walker.label for walker in there)
            languages = dict.fromkeys(name for walker in there for name in self.spoken(walker))
            note = ", ".join(languages)
            if plan.groups and there:
                note = f"{sum(walker.persons for walker in there)} mensen: {note}"
            room = ", ".join(
                dict.fromkeys(self.place(walker.language) for walker in there if isinstance(walker, Guest))
            )
            room = "" if self.place() else room  # the sheet says it once
            yield StepOnPaper(
                start=each.start, end=each.end, what=names or "vrij", room=room, note=note, idle=not there
            )

    def spoken(self, walker: Walker) -> Iterator[str]:
        """Yield the Dutch names of the languages of a walker."""
        codes = walker.families if isinstance(walker, Group) else [walker.language] if isinstance(walker, Guest) else ()
        yield from (say_language(self.state, code) for code in codes)


def _said_once(steps: tuple[StepOnPaper, ...]) -> tuple[tuple[StepOnPaper, ...], Told]:
    """Return the steps, and what can be said when that is the same at each of them: it need not be there again."""
    told = {step.told for step in steps if not step.idle}
    if len(steps) < 2 or len(told) != 1:  # noqa: PLR2004 - one step says it itself
        return steps, Told()
    return tuple(replace(step, told=Told()) for step in steps), told.pop()


def _paper(steps: tuple[StepOnPaper, ...], told: Told) -> Paper:
    """Return how large the plan can be under these steps and what can be said at all of them; or that of the back."""
    taken = (IDLE if step.idle else SAID_TWICE if step.told.own else SAID if step.told.dutch else 1 for step in steps)
    lines = sum(taken) + TOLD * bool(told.dutch)
    return SMALL if lines <= MOST_UNDER else LOW if lines <= MOST_LOW else BACK


def _walking(desk: _Desk, companion: Companion, group: Group, person: Person) -> RouteSheet:
    helper = desk.plan.brief.companion_problem(desk.plan.groups).helper[person.id]
    languages = [code for code in group.languages if code in helper.languages]
    tongue = desk.tongues.of_helper(person, languages if companion.task is Task.INTERPRETER else ())
    steps, told = _said_once(tuple(desk.route(group.id, tongue)))
    paper = _paper(steps, told)
    return RouteSheet(
        person=person.name,
        task=TASKS[companion.task],
        group=group.label,
        persons=group.persons,
        languages=tuple(say_language(desk.state, code) for code in languages),
        tongue=tongue,
        begin=desk.gathering_place(),
        steps=steps,
        told=told,
        drawing=way(desk.workspace, tuple(way_of(desk.plan, group.id)), key=f"weg-{person.id}", paper=paper),
        beside=paper is not BACK,
    )


def _route_sheets(desk: _Desk) -> Iterator[RouteSheet]:
    plan, people = desk.plan, {person.id: person for person in desk.state.people}
    known = plan.brief.companion_problem(plan.groups).known(plan.companions)
    for companion, group, _ in known:
        yield _walking(desk, companion, group, people[companion.person_id])
    for stop in plan.problem.stops if plan.has_rounds else ():
        hosts = plan.brief.hosts(stop) if plan.brief.shape in WITH_STOPS else (people[stop.id],)
        here: tuple[At, ...] = tuple(way_to(plan, stop))
        steps = tuple(desk.at(stop))
        for person in hosts:
            tongue = desk.tongues.of_helper(person)
            told = desk.tongues.told(desk.place_of(stop), tongue) if tongue else Told()  # who reads Dutch needs none
            paper = _paper(steps, told)
            yield RouteSheet(
                person=person.name,
                task="ontvangt" if plan.groups else "praat",
                group=stop.name,
                persons=0,
                languages=(),
                tongue=tongue,
                told=told,
                begin=stop.room.name if stop.room else desk.place() if not plan.groups else "",
                steps=steps,
                drawing=way(desk.workspace, here, key=f"weg-{person.id}-{stop.id}", paper=paper),
                beside=paper is not BACK,
            )


def _cards(desk: _Desk) -> Iterator[RouteCard]:
    plan = desk.plan
    names = {person.id: person.name for person in desk.state.people}
    walkers: tuple[Walker, ...] = (*plan.groups, *plan.brief.guests)
    for walker in walkers:
        steps = tuple(desk.route(walker.id))
        mine = sorted((each for each in plan.companions if each.group_id == walker.id), key=lambda each: each.task)
        guides = tuple(names[each.person_id] for each in mine if each.person_id in names)
        room = desk.place(walker.language) if isinstance(walker, Guest) else ""
        yield RouteCard(
            label=walker.label,
            tongues=desk.tongues_of(walker),
            guides=guides,
            steps=tuple(step if step.idle or step.room else replace(step, room=room) for step in steps),
        )


def _signs(desk: _Desk) -> Iterator[RoundSign]:
    plan = desk.plan
    if not plan.has_rounds:
        for group in plan.groups:
            (step,) = desk.route(group.id)
            who = replace(step, what=group.label, note="")
            yield _sign(desk, None, (group,), name=group.label, room=step.room or step.what, steps=(who,))
        return
    for stop in plan.problem.stops:
        coming = [walker for _, walker, where, _ in plan.problem.known(plan.visits) if where.id == stop.id]
        room = stop.room.name if stop.room else ""
        yield _sign(desk, stop, coming, name=stop.name, room=room, steps=tuple(desk.at(stop)))


def _sign(
    desk: _Desk, stop: Stop | None, coming: Iterable[Walker], *, name: str, room: str, steps: tuple[StepOnPaper, ...]
) -> RoundSign:
    """Return the sign of a door: of what can be said there only the first sentence, which says what there is."""
    place = desk.place_of(stop)
    tongues = {tongue.code: tongue for walker in coming for tongue in desk.tongues_of(walker) if tongue.code != DUTCH}
    return RoundSign(
        stop=name,
        room=room,
        steps=steps,
        says=next(iter(place.says), "") if place else "",
        told=tuple((tongue, desk.tongues.told(place, tongue)) for tongue in tongues.values()),
    )


def _door(desk: _Desk) -> Iterator[DoorLine]:
    plan = desk.plan
    for group in plan.groups:
        first = next((step for step in desk.route(group.id) if not step.idle), None)
        where = ", ".join(part for part in (first.what, first.room) if part) if first else ""
        for party in group.parties:
            yield DoorLine(name=party.name, group=group.label, persons=party.persons, first=where)
    for guest in plan.brief.guests:
        first = next((step for step in desk.route(guest.id) if not step.idle), None)
        yield DoorLine(name=guest.label, group="", persons=guest.persons, first=_when(first))


def _when(step: StepOnPaper | None) -> str:
    return f"{step.start:%H:%M} {step.what}" if step else ""


def _in_order(lines: Iterator[DoorLine]) -> list[DoorLine]:
    return sorted(lines, key=lambda line: (line.name.casefold(), line.group))


_MAKE: Mapping[str, Callable[[_Desk], Mapping[str, Any]]] = {
    "routebladen": lambda desk: {"sheets": tuple(_route_sheets(desk))},
    "groepskaarten": lambda desk: {"cards": tuple(_cards(desk)), "in_groups": desk.plan.brief.shape in IN_GROUPS},
    "rondeborden": lambda desk: {"signs": tuple(_signs(desk))},
    "deurlijst": lambda desk: {"lines": _in_order(_door(desk)), "in_groups": desk.plan.brief.shape in IN_GROUPS},
}


def values(workspace: Workspace, event_id: str, sheet: str) -> Mapping[str, Any]:
    """Return what a sheet's template gets besides the event; NotFoundError when nobody goes round in this form."""
    state = load_state(workspace)
    return _MAKE[sheet](_Desk(workspace, state, plan_of(workspace, state, event_id)))


def saying(workspace: Workspace, state: YearState, event_id: str) -> Iterator[str]:
    """Yield the sheets that have something on them: all once groups or rounds are made, none where nobody goes round.

    Where people keep their own table there is no group to announce at a door.
    """
    walk, form_id = walk_of_event(state, event_id), state.event(event_id).form_id or ""
    if walk and load_routes(workspace.session, event_id, form_id).is_planned:
        yield from (sheet for sheet in _MAKE if sheet != "rondeborden" or walk.shape in IN_GROUPS)
