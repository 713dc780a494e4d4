"""A round of conversations as it stands: what is stored, and the problem that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from planner.domain.requirements import Violation
from planner.domain.rooms.room import Room
from planner.domain.runbook import Kind
from planner.domain.staffing.needs import MENTOR
from planner.domain.talks.hours import UsualHours
from planner.domain.talks.making import Invited, apart_pairs, make_talks, sibling_groups
from planner.domain.talks.plan import Talk, TalkPlan, TalkProblem, TalkTimes, Window, in_order, minutes_of
from planner.domain.talks.rules import validate_talks
from planner.errors import NotFoundError
from planner.services.state import YearState, load_state
from planner.services.workspace import Workspace
from planner.storage.events import StoredEvent
from planner.storage.talks import (
    StoredRound,
    StoredTalk,
    load_round,
    load_settings,
    load_talks,
    load_wishes,
)

GUEST_ROLES = ("nieuwe-mentor", "nt2-contact")
GUESTS = 2  # of the next school, of whom one joins
LENGTHS = tuple(each.name for each in fields(TalkTimes))
NOT_FOR_TALKS = frozenset({"hal", "plenair", "keuken", "gym", "techniek"})


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round: its event, what the school decided about it, and the talks."""

    state: YearState
    event: StoredEvent
    stored: StoredRound
    talks: Mapping[str, StoredTalk]
    problem: TalkProblem
    hours: UsualHours
    days: tuple[Window, ...]  # with the break still in them

    @cached_property
    def plan(self) -> TalkPlan:
        """The slots of now, of talks that are asked as well as of others that a family confirmed."""
        return in_order(each.slot for each in self.talks.values() if each.slot)

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """Every rule the plan breaks now."""
        return validate_talks(self.problem, self.plan)

    @cached_property
    def classes(self) -> Mapping[str, str]:
        """Class names by id."""
        return {each.id: each.name for each in self.state.school.classes}

    def talk(self, talk_id: str) -> Talk:
        """Return a talk; NotFoundError when it is not asked in this round."""
        found = self.problem.talk.get(talk_id)
        if found is None:
            raise NotFoundError("Dit gesprek is er niet (meer). Ga terug naar de ronde.")
        return found

    def person_name(self, person_id: str) -> str:
        """Return the name of a person, empty for nobody."""
        person = self.problem.person.get(person_id)
        return person.name if person else ""

    def room_name(self, talk: Talk) -> str:
        """Return the name of the room of a talk, empty when it has none."""
        room = self.problem.room_of(talk)
        return room.name if room else ""


def times_of(data: Mapping[str, Any]) -> TalkTimes:
    """Return the lengths of the school's settings."""
    return TalkTimes(**{name: int(data[name]) for name in LENGTHS if name in data})


def hours_of(state: YearState, data: Mapping[str, Any]) -> UsualHours:
    """Return the hours of the school's settings; the days and the start come from the evenings for parents."""
    opens = {weekday: minutes_of(at) for weekday, at in state.school.evenings.items()}
    usual = UsualHours()
    return UsualHours(
        opens=opens,
        closes=int(data.get("closes", usual.closes)),
        rest=(int(data.get("rest_from", 0)), int(data.get("rest_until", 0))),
    )


def read_round(workspace: Workspace, event_id: str, state: YearState | None = None) -> Round:
    """Return a round as the database has it; NotFoundError for an event that is no round of conversations."""
    session = workspace.session
    state = state or load_state(workspace)
    event = state.event(event_id)
    if state.runbook(event_id).kind is not Kind.CONVERSATION:
        raise NotFoundError(f"'{event.occurrence.title}' is geen ronde gesprekken.")
    stored, settings = load_round(session, event_id), load_settings(session)
    hours = hours_of(state, settings)
    days = hours.windows(state.calendar, event.planned.span) if stored.hours is None else stored.hours
    talks = load_talks(session, event_id)
    invited = _invited(workspace, state, event, talks, times_of(settings))
    made = make_talks(invited)
    problem = TalkProblem(
        talks=made,
        windows=hours.without_rest(days),
        people=state.people,
        times=invited.times,
        rooms=_rooms(state, invited.mentors, stored.rooms),
        away=stored.away,
        fixed=tuple(each.slot for each in talks.values() if each.slot and each.slot.stays),
        siblings=sibling_groups(made),
        apart=apart_pairs(invited, made),
        names=state.language_names,
    )
    return Round(state=state, event=event, stored=stored, talks=talks, problem=problem, hours=hours, days=days)


def _invited(
    workspace: Workspace, state: YearState, event: StoredEvent, talks: Mapping[str, StoredTalk], times: TalkTimes
) -> Invited:
    people = {person.id: person for person in state.people}
    mentors = {person.class_id: person.id for person in state.people if person.class_id}
    duties = ((need, person) for _, need, person in state.duties_of(event.planned.id) if need.role == MENTOR)
    mentors |= {need.class_id: person.id for need, person in duties if need.class_id}
    return Invited(
        school=state.school,
        pupil_ids=event.planned.pupil_ids,
        mentors=mentors,
        people=people,
        times=times,
        wishes=load_wishes(workspace.session),
        missed=frozenset(each.talk_id for each in talks.values() if each.missed),
        guests=_guests(state, event),
    )


def _guests(state: YearState, event: StoredEvent) -> Mapping[str, tuple[str, ...]]:
    """Return who of the next school may join, by pupil id; only where the runbook asks for them (rule C14)."""
    asked = {role.id for role in state.runbook(event.planned.id).roles} & {*GUEST_ROLES}
    if not asked:
        return {}
    found = {}
    for place, pupil_id in enumerate(event.planned.pupil_ids):
        pupil = state.school.pupil(pupil_id)
        sector = pupil.destination.sector if pupil.destination else None
        able = [person.id for person in state.people if person.roles & asked and sector and person.sector == sector]
        found[pupil_id] = tuple(able[(place + step) % len(able)] for step in range(min(GUESTS, len(able))))
    return found


def _rooms(state: YearState, mentors: Mapping[str, str], chosen: Mapping[str, str]) -> Mapping[str, Room]:
    """Return the room of each mentor: the one that was chosen, else the next classroom in the order of the classes."""
    known = {room.id: room for room in state.rooms}
    usual = [room for room in state.rooms if not room.features & NOT_FOR_TALKS and room.id not in chosen.values()]
    found: dict[str, Room] = {}
    for each in state.school.classes:
        room = known.get(chosen.get(each.id, "")) or (usual.pop(0) if usual else None)
        if room and each.id in mentors:
            found[mentors[each.id]] = room
    return found
