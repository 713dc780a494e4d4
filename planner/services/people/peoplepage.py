"""People as the pages show them."""

from collections.abc import Mapping
from datetime import datetime

from planner.domain.access.rights import Right
from planner.domain.schoolrules import WEEKDAYS
from planner.domain.staffing.people import Channel, Person, PersonKind
from planner.domain.staffing.peoplecheck import odd_people
from planner.domain.staffing.plan import bookings_of, evenings
from planner.services.event.eventpage import duties
from planner.services.guarding import allowed
from planner.services.lines import event_lines
from planner.services.people import helperlinks
from planner.services.people.owntexts import review_of
from planner.services.state import YearState, load_state
from planner.services.views import PersonLine, PersonView
from planner.services.workspace import Workspace
from planner.services.year import feeds

NO_LIMIT = 99  # how an unlimited number of evenings is kept
NO_HOURS = 24.0
ALL_DAYS = frozenset(range(5))


def _days(person: Person) -> str:
    if person.weekdays >= ALL_DAYS:
        return "alle dagen"
    return ", ".join(WEEKDAYS[day][:2] for day in sorted(person.weekdays)) or "geen dagen"


def _role_titles(state: YearState) -> Mapping[str, str]:
    return {role.id: role.title for runbook in state.cycle.runbooks for role in runbook.roles}


def _line(state: YearState, person: Person, count: int, titles: Mapping[str, str]) -> PersonLine:
    return PersonLine(
        id=person.id,
        name=person.name,
        kind=person.kind,
        roles=tuple(sorted(titles.get(role, role) for role in person.roles)),
        languages=tuple(state.language_names.get(skill.language, skill.language) for skill in person.skills),
        days=_days(person),
        evenings=count,
        max_evenings=None if person.max_evenings >= NO_LIMIT else person.max_evenings,
        organisation=person.organisation or "",
    )


@allowed(Right.SEE_YEAR)
def people(workspace: Workspace) -> tuple[PersonLine, ...]:
    """Return everyone with roles, languages and load, by kind and name."""
    state = load_state(workspace)
    booked, titles = bookings_of(state.staff_problem, state.staff_plan), _role_titles(state)
    order = {kind: index for index, kind in enumerate(PersonKind)}
    found = sorted(state.people, key=lambda person: (order[person.kind], person.name, person.id))
    return tuple(_line(state, person, evenings(booked.get(person.id, ())), titles) for person in found)


@allowed(Right.SEE_YEAR)
def odd(workspace: Workspace) -> tuple[str, ...]:
    """Return what to look at: two people with one name, an interpreter without a language, and so on."""
    state = load_state(workspace)
    return state.once("odd people", lambda: odd_people(state.staff_problem))


def _limits(state: YearState, person: Person) -> tuple[str, ...]:
    """Return what someone asks the planner to respect, in short sentences."""
    found = []
    if person.not_before:
        found.append(f"Kan pas vanaf {person.not_before:%H:%M}.")
    if person.max_hours < NO_HOURS:
        hours = f"{person.max_hours:g}".replace(".", ",")
        found.append(f"Hooguit {hours} uur op een avond.")
    if person.unavailable:
        number = len(person.unavailable)
        found.append("1 dag niet beschikbaar." if number == 1 else f"{number} dagen niet beschikbaar.")
    if person.class_id:
        names = {each.id: each.name for each in state.school.classes}
        found.append(f"Mentor van {names.get(person.class_id, person.class_id)}.")
    if person.children:
        found.append("Tolkt nooit voor het eigen kind.")
    names = {**{each.id: each.name for each in state.people}, **state.room_names}
    for ids, words in ((person.beside, "Werkt graag samen met"), (person.rooms, "Hoort in")):
        if known := sorted(names[each] for each in ids if each in names):
            found.append(f"{words} {' of '.join(known)}.")
    if person.channel:
        found.append(f"Zo vragen we: {person.channel}.")
    if not person.consent:
        found.append("Heeft nog niet gezegd dat we mogen vragen; wordt nergens ingedeeld.")
    return tuple(found)


@allowed(Right.SEE_YEAR)
def person_view(workspace: Workspace, person_id: str, *, now: datetime) -> PersonView:
    """Return one person's page; NotFoundError for somebody unknown."""
    state = load_state(workspace)
    person = state.person(person_id)
    mine = tuple(
        (line, duty) for line in event_lines(state) for duty in duties(state, line.id) if duty.person_id == person_id
    )
    count = evenings(bookings_of(state.staff_problem, state.staff_plan).get(person_id, ()))
    return PersonView(
        line=_line(state, person, count, _role_titles(state)),
        duties=mine,
        feed=feeds.person_links(workspace, person_id, person.name, now=now),
        limits=_limits(state, person),
        link=helperlinks.link_of(workspace, person_id),
        texts=review_of(workspace, person),
        consent=person.consent,
        channel=person.channel or "",
        beside=min(person.beside, default=""),
        room=min(person.rooms, default=""),
        channels=tuple(Channel),
        colleagues=tuple((each.id, each.name) for each in state.people if each.id != person_id),
        rooms=tuple(state.room_names.items()),
    )
