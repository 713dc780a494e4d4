"""Going round on an evening as it stands: what is known, what is planned, and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256

from planner.domain.evenings import MOST_EVENINGS, divide, root_of
from planner.domain.families.answers import Reply
from planner.domain.requirements import Violation
from planner.domain.routes.brief import WITH_STOPS, RouteBrief
from planner.domain.routes.companions import Companions, Task, validate_companions
from planner.domain.routes.count import (
    Leeway,
    Repair,
    RepairKind,
    RoundCount,
    count_rounds,
    repairs_of,
    verdict_of,
)
from planner.domain.routes.groups import Group
from planner.domain.routes.helping import Post
from planner.domain.routes.leeway import leeway_of
from planner.domain.routes.parties import parties_of
from planner.domain.routes.rounds import RoundsProblem, Visits
from planner.domain.routes.rules import validate_groups, validate_hosts, validate_rounds
from planner.domain.routes.setup import RouteSetup
from planner.domain.routes.together import together_of
from planner.domain.runbook import Shape, Walk
from planner.domain.staffing.needs import Gathering
from planner.domain.staffing.shortages import Shortage, limit_shortages, own_shortages
from planner.domain.year import local
from planner.errors import NotFoundError
from planner.services.state import YearState
from planner.services.workspace import Workspace
from planner.storage.events import StoredEvent
from planner.storage.routes import StoredRoutes, load_routes, load_setup

HALL = "hal"  # where a group is that has no stop in a round
TASKS = {Task.GUIDE: "begeleidt", Task.INTERPRETER: "vertaalt"}
NO_WALK = "Bij deze vorm gaat niemand rond. Er zijn geen groepen of rondes."


@dataclass(frozen=True, kw_only=True)
class RoutePlan:
    """What is planned for going round at one event, in the chosen form, with all that follows from it."""

    event: StoredEvent
    brief: RouteBrief
    stored: StoredRoutes
    groups: tuple[Group, ...]
    problem: RoundsProblem

    @property
    def visits(self) -> Visits:
        """The visits as they are kept."""
        return self.stored.visits

    @property
    def companions(self) -> Companions:
        """Who walks along, as it is kept."""
        return self.stored.companions

    @cached_property
    def stamp(self) -> str:
        """Who walks in which group, in a few letters; another word as soon as a group is not what it was."""
        walking = sorted((group.id, *sorted(party.id for party in group.parties)) for group in self.groups)
        return sha256(repr(walking).encode()).hexdigest()[:12]

    @cached_property
    def count(self) -> RoundCount:
        """The numbers that decide whether it fits."""
        return count_rounds(self.problem)

    @cached_property
    def shortages(self) -> tuple[Shortage, ...]:
        """Who finds nobody of the own language in time."""
        return (*own_shortages(self.problem), *limit_shortages(self.problem))

    @property
    def has_rounds(self) -> bool:
        """Whether there is anything to plan in rounds."""
        return bool(self.problem.wanted)

    @property
    def fits(self) -> bool:
        """Whether a plan exists in which everybody has what is wanted."""
        return not self.has_rounds or (self.count.fits and not self.shortages)

    @cached_property
    def leeway(self) -> Leeway:
        """What may change, in the words of the form."""
        return leeway_of(self.brief, fits=self.count.fits)

    @cached_property
    def verdict(self) -> str:
        """What the count says."""
        return verdict_of(self.count, self.leeway) if self.has_rounds else ""

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """The smallest changes that make it fit, or two together; a form with tables cannot share or add rooms here."""
        found: tuple[Repair, ...] = ()
        if self.has_rounds:
            found = repairs_of(self.count, self.leeway) or together_of(self.count, self.leeway)
        tables = not self.groups
        return tuple(each for each in found if not (tables and each.kind in {RepairKind.ROOMS, RepairKind.SHARE}))

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """Every rule that what is planned breaks now; nothing is broken before there is a plan."""
        if not self.stored.is_planned:
            return ()
        # A class is as large as it is, and has a room for that.
        found = [] if self.brief.shape is Shape.CLASSES else [*validate_groups(self.groups, self.brief.size)]
        if self.has_rounds:
            found += validate_rounds(self.problem, self.visits)
        if self.brief.shape in WITH_STOPS:
            found += validate_hosts({stop.name: self.brief.hosts(stop) for stop in self.problem.stops})
        if self.groups:
            found += validate_companions(self.brief.companion_problem(self.groups), self.companions)
        return tuple(sorted(found, key=lambda violation: not violation.hard))


def say_language(state: YearState, code: str) -> str:
    """Return the Dutch name of a language."""
    return state.language_names.get(code, code)


def walk_of_event(state: YearState, event_id: str) -> Walk | None:
    """Return how people go round at an event in its chosen form; NotFoundError when the event is not there."""
    return state.runbook(event_id).walk


def _replies(state: YearState, event_id: str, setup: RouteSetup) -> Mapping[str, Reply]:
    """Return what families answered, without those who came after all."""
    return {home: reply for home, reply in state.replies(event_id).items() if home not in setup.late}


def _pupils(state: YearState, event: StoredEvent, setup: RouteSetup) -> tuple[str, ...]:
    """Return the pupils who come: who is invited, and those of families who came after all."""
    late = {pupil for home in state.school.households if home.id in setup.late for pupil in home.pupil_ids}
    return (*event.planned.pupil_ids, *sorted(late.difference(event.planned.pupil_ids)))


def _divisions(state: YearState, event: StoredEvent) -> Iterator[tuple[frozenset[str], ...]]:
    """Yield the pupils of each evening if the activity had two, three … evenings; nothing when it has already."""
    if state.school.evenings_of.get(root_of(event.planned.id), 1) == 1:
        for evenings in range(2, MOST_EVENINGS + 1):
            parts = divide(state.school, event.occurrence.pupil_ids, evenings)
            yield tuple(frozenset(part) for part in parts)


def brief_of(state: YearState, event_id: str, setup: RouteSetup) -> RouteBrief:
    """Return all that is known about going round at an event; NotFoundError when nobody does in this form."""
    event, walk = state.event(event_id), walk_of_event(state, event_id)
    if walk is None:
        raise NotFoundError(NO_WALK)
    gathering = Gathering(
        event=event.planned,
        runbook=state.runbook(event_id),
        school=state.school,
        occurrence=event.occurrence,
    )
    row = next(row for row in gathering.runbook.rows if row.id == walk.row)
    end = row.end or max((each.end or each.start) for each in gathering.runbook.rows)
    uses = defaultdict(list)
    for _, need, room in state.room_problem.known(state.room_uses.get(event_id, ())):
        uses[need.id].append(room)
    taken = {room.id for rooms in uses.values() for room in rooms}
    day = event.planned.span.first
    return RouteBrief(
        walk=walk,
        setup=setup,
        start=local(day, row.start),
        end=local(day, max(row.start, end)),
        parties=parties_of(state.school, _pupils(state, event, setup), _replies(state, event_id, setup)),
        places=tuple(place for name in walk.places for place in gathering.runbook.places if place.id == name),
        room_needs=tuple(need for need in state.room_problem.needs if need.event_id == event_id),
        rooms_of={need_id: tuple(sorted(mine, key=lambda room: room.name)) for need_id, mine in uses.items()},
        free_rooms=tuple(room for room in state.rooms if room.id not in taken),
        posts=tuple(Post(person=person, need=need) for _, need, person in state.duties_of(event_id)),
        rows=gathering.runbook.rows,
        class_names={each.id: each.name for each in state.school.classes},
        languages=state.language_names,
        people={person.id: person.name for person in state.people},
        divisions=tuple(_divisions(state, event)),
    )


def stored_groups(brief: RouteBrief, stored: StoredRoutes) -> tuple[Group, ...]:
    """Return the groups as they were kept, with the families as they are now."""
    known = {party.id: party for party in brief.parties}
    members: defaultdict[str, list[str]] = defaultdict(list)
    for party_id, group_id in stored.members.items():
        members[group_id].append(party_id)
    return tuple(
        Group(
            id=group_id,
            number=number,
            parties=tuple(known[each] for each in sorted(members[group_id]) if each in known),
        )
        for group_id, number in sorted(stored.numbers.items(), key=lambda pair: pair[1])
    )


def plan_of(workspace: Workspace, state: YearState, event_id: str, setup: RouteSetup | None = None) -> RoutePlan:
    """Return what is planned at an event, or would be planned from; with `setup` as if the school decided that."""
    event = state.event(event_id)
    form_id = event.form_id or ""
    known = load_setup(workspace.session, event_id, form_id) if setup is None else setup
    brief = brief_of(state, event_id, known)
    stored = load_routes(workspace.session, event_id, form_id)
    kept = stored_groups(brief, stored)
    groups = brief.groups(kept)
    pinned = tuple(visit for visit in stored.visits if visit.pinned)
    return RoutePlan(
        event=event, brief=brief, stored=stored, groups=groups, problem=brief.problem(groups, pinned=pinned)
    )


def stop_names(plan: RoutePlan) -> Mapping[str, str]:
    """Return the names of the stops, of those that were lost too."""
    whole = replace(plan.brief, setup=replace(plan.brief.setup, lost=frozenset(), absent=frozenset()))
    return {stop.id: stop.name for stop in (*whole.problem(plan.groups).stops, *plan.problem.stops)}
