"""The school year as it stands: read once for each change of the school, and everything derived from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from planner.domain.calendar import SchoolCalendar
from planner.domain.cycle import Cycle
from planner.domain.families.answers import Answer, Reply
from planner.domain.families.expected import Expected
from planner.domain.forms import in_form
from planner.domain.requirements import Violation
from planner.domain.rooms.plan import RoomNeed, RoomPlan, RoomProblem, room_needs_of
from planner.domain.rooms.room import Room, Spot
from planner.domain.rooms.rules import validate_rooms
from planner.domain.rules import validate_year
from planner.domain.runbook import Runbook
from planner.domain.school import School
from planner.domain.staffing.dressing import dresser
from planner.domain.staffing.gaps import Gap, gaps
from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Decline, Person
from planner.domain.staffing.plan import Duty, StaffEvent, StaffPlan, StaffProblem, staff_event
from planner.domain.staffing.rules import validate_staffing
from planner.domain.year import Plan, YearProblem
from planner.errors import NotFoundError
from planner.services.workspace import Workspace
from planner.storage.answers import load_current
from planner.storage.building import load_entrance
from planner.storage.calendars import load_calendar
from planner.storage.events import StoredEvent, load_events
from planner.storage.people import load_people, load_rooms
from planner.storage.records import SchoolFacts, load_facts, load_overrides
from planner.storage.schools import load_school
from planner.storage.staffing import load_bars, load_duties, load_room_uses, load_told

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class YearState:
    """One revision of the school: what is stored, and what follows from it, worked out when first asked for.

    `once` keeps what pages make of it, so that a page that is asked again is not made again.
    """

    facts: SchoolFacts
    cycle: Cycle
    calendar: SchoolCalendar
    school: School
    overrides: Mapping[str, str]
    events: tuple[StoredEvent, ...]
    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    duties: Mapping[str, StaffPlan]
    room_uses: Mapping[str, RoomPlan]
    language_names: Mapping[str, str]
    told: frozenset[str] = frozenset()
    bars: frozenset[tuple[str, str]] = frozenset()
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    entrance: Spot | None = None
    _made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """Return what `make` gives for this revision under this name; made the first time only."""
        if name not in self._made:
            self._made[name] = make()
        found: _T = self._made[name]
        return found

    @cached_property
    def plan(self) -> Plan:
        """The events with their dates, in the order of the cycle."""
        return tuple(event.planned for event in self.events)

    @cached_property
    def problem(self) -> YearProblem:
        """The problem this plan answers, with the occurrences as they were planned."""
        return YearProblem(
            calendar=self.calendar,
            school=self.school,
            cycle=self.cycle,
            occurrences=tuple(event.occurrence for event in self.events),
            pins={event.planned.id: event.planned.span.first for event in self.events if event.pinned},
            overrides=self.overrides,
        )

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """Every rule the plan breaks now."""
        return validate_year(self.problem, self.plan)

    @cached_property
    def by_id(self) -> Mapping[str, StoredEvent]:
        """The events by their id."""
        return {event.planned.id: event for event in self.events}

    def event(self, event_id: str) -> StoredEvent:
        """Return an event; NotFoundError when it is not in this year's plan."""
        try:
            return self.by_id[event_id]
        except KeyError:
            raise NotFoundError(f'De activiteit "{event_id}" staat niet in dit schooljaar.') from None

    def person(self, person_id: str) -> Person:
        """Return a person; NotFoundError for somebody unknown."""
        found = next((person for person in self.people if person.id == person_id), None)
        if found is None:
            raise NotFoundError("Deze persoon is er niet.")
        return found

    def runbook(self, event_id: str) -> Runbook:
        """Return the runbook of an event in its chosen form; NotFoundError when it is not in this year's plan."""
        event = self.event(event_id)
        return self.once(
            f"runbook {event_id}", lambda: in_form(self.cycle.runbook(event.planned.runbook_id), event.form_id)
        )

    def replies(self, event_id: str) -> Mapping[str, Reply]:
        """Return what families said about an event, by household id; who is not in it was silent."""
        return {home_id: answer.reply for home_id, answer in self.answers.get(event_id, {}).items()}

    @cached_property
    def _staff_events(self) -> tuple[StaffEvent, ...]:
        dress = dresser(self.room_problem.known(self.room_plan), self.bars)
        return tuple(
            staff_event(
                event.planned,
                self.runbook(event.planned.id),
                self.school,
                event.occurrence,
                dress=dress,
                answers=self.replies(event.planned.id),
            )
            for event in self.events
        )

    @cached_property
    def staff_problem(self) -> StaffProblem:
        """Who is needed for the whole year, and who there is."""
        return StaffProblem(
            events=self._staff_events,
            people=self.people,
            school=self.school,
            pinned=tuple(duty for duty in self.staff_plan if duty.pinned),
            told=self.told,
            names=self.language_names,
        )

    @cached_property
    def staff_plan(self) -> StaffPlan:
        """Every duty of the year; what is not asked in the chosen form waits."""
        asked = {need.id for event in self._staff_events for need in event.needs}
        return tuple(duty for duties in self.duties.values() for duty in duties if duty.need_id in asked)

    @cached_property
    def _expected(self) -> Mapping[str, Expected]:
        return {event.id: event.expected for event in self.staff_problem.events}

    def expected(self, event_id: str) -> Expected:
        """Return who is expected at an event."""
        return self._expected[event_id]

    @cached_property
    def gaps(self) -> Mapping[str, tuple[Gap, ...]]:
        """What is still missing, by event id."""
        found: dict[str, list[Gap]] = {event.planned.id: [] for event in self.events}
        for gap in gaps(self.staff_problem, self.staff_plan):
            found[self.need(gap.need_id).event_id].append(gap)
        return {event_id: tuple(mine) for event_id, mine in found.items()}

    def need(self, need_id: str) -> Need:
        """Return a need of this year; KeyError when it is not asked any more."""
        return self.staff_problem.needs[need_id]

    @cached_property
    def declines(self) -> tuple[tuple[Need, Person, Decline], ...]:
        """Who said no to what is asked this year."""
        needs = self.staff_problem.needs
        return tuple(
            (needs[decline.need_id], person, decline)
            for person in self.people
            for decline in sorted(person.declined, key=lambda each: each.need_id)
            if decline.need_id in needs
        )

    def duties_of(self, event_id: str) -> tuple[tuple[Duty, Need, Person], ...]:
        """Return an event's duties with their need and person, in the order of the needs."""
        order = {need_id: index for index, need_id in enumerate(self.staff_problem.needs)}
        known = self.staff_problem.known(self.duties.get(event_id, ()))
        return tuple(sorted(known, key=lambda item: (order[item[1].id], item[2].name)))

    @cached_property
    def room_plan(self) -> RoomPlan:
        """Every room in use this year; a room that was chosen for a place of another form waits."""
        asked = {need.id for need in self._room_needs}
        return tuple(use for uses in self.room_uses.values() for use in uses if use.need_id in asked)

    @cached_property
    def _room_needs(self) -> tuple[RoomNeed, ...]:
        return tuple(
            need
            for event in self.events
            for need in room_needs_of(
                event.planned,
                self.runbook(event.planned.id),
                self.school,
                event.occurrence,
                answers=self.replies(event.planned.id),
            )
        )

    @cached_property
    def room_problem(self) -> RoomProblem:
        """Which rooms the year asks for, and which there are."""
        return RoomProblem(
            needs=self._room_needs,
            rooms=self.rooms,
            pinned=tuple(use for use in self.room_plan if use.pinned),
        )

    @cached_property
    def staff_violations(self) -> tuple[Violation, ...]:
        """Every rule the division of people breaks now."""
        return validate_staffing(self.staff_problem, self.staff_plan)

    @cached_property
    def room_violations(self) -> tuple[Violation, ...]:
        """Every rule the division of rooms breaks now."""
        return validate_rooms(self.room_problem, self.room_plan)

    @cached_property
    def room_names(self) -> Mapping[str, str]:
        """Room names by id."""
        return {room.id: room.name for room in self.rooms}


def _without_declined(duties: Mapping[str, StaffPlan], people: tuple[Person, ...]) -> Mapping[str, StaffPlan]:
    """Return the duties that count: whoever said no to one does not have it, also when it was pinned."""
    declined = {(decline.need_id, person.id) for person in people for decline in person.declined}
    return {event_id: tuple(duty for duty in mine if duty.key not in declined) for event_id, mine in duties.items()}


def read_state(workspace: Workspace) -> YearState:
    """Return the year as the database has it at this moment, changes of this transaction included."""
    session = workspace.session
    people = load_people(session)
    return YearState(
        facts=load_facts(session),
        cycle=workspace.cycle,
        calendar=load_calendar(session),
        school=load_school(session),
        overrides=load_overrides(session),
        events=load_events(session),
        people=people,
        rooms=load_rooms(session),
        duties=_without_declined(load_duties(session), people),
        room_uses=load_room_uses(session),
        language_names=workspace.language_names,
        told=load_told(session),
        bars=load_bars(session),
        answers=load_current(session),
        entrance=load_entrance(session),
    )


def load_state(workspace: Workspace) -> YearState:
    """Return the year as it stands. NotFoundError when no school is set up.

    A state is kept until the school's revision changes, so a page costs one query when nothing did. Not
    for use inside a transaction that changes the school: what it has half done would be kept.
    """
    facts = load_facts(workspace.session)
    kept = _kept(workspace, facts)
    if kept is None:
        state = read_state(workspace)
    elif kept.facts == facts:
        return kept
    else:
        state = replace(kept, facts=facts, answers=load_current(workspace.session), _made={})
    workspace.kept["state"] = state
    return state


def load_plan_state(workspace: Workspace) -> YearState:
    """Return the year for who only asks about the plan: the answers in it may be older ones.

    A hall of families who answer at once is not kept waiting for numbers that none of them sees.
    """
    return _kept(workspace, load_facts(workspace.session)) or load_state(workspace)


def _kept(workspace: Workspace, facts: SchoolFacts) -> YearState | None:
    """Return the state that was kept, when nothing but answers changed since."""
    kept = workspace.kept.get("state")
    if isinstance(kept, YearState) and replace(kept.facts, answered=facts.answered) == facts:
        return kept
    return None
