"""The list at the door: tick who is there, from any phone, also families that said nothing; counts at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from planner.domain.access.rights import Right
from planner.domain.families.answers import MOST_PERSONS, Answer, Arrival, door_opens, school_closes
from planner.domain.school import Household
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.answers.answerlines import class_names, classes_of, first_names, invited_of, said
from planner.services.guarding import allowed
from planner.services.invitations.invitations import invited_households
from planner.services.state import YearState, load_state
from planner.services.views import DoorCount, DoorGroup, DoorLine, DoorView
from planner.services.workspace import Workspace
from planner.storage.answers import is_there, load_arrivals, load_said, save_arrival
from planner.storage.db import writing


def _likely(home: Household, pupils: tuple[str, ...], answer: Answer | None) -> int:
    """Return how many are likely to stand there: what they said, or the adults with their pupils."""
    if answer is not None and answer.reply.coming:
        return answer.reply.persons
    return min(MOST_PERSONS, max(1, home.adults + len(pupils)))


def _line(
    state: YearState, event_id: str, home: Household, *, answer: Answer | None, arrival: Arrival | None
) -> DoorLine:
    pupils, names = invited_of(state, event_id, home), class_names(state)
    return DoorLine(
        household_id=home.id,
        name=home.name,
        pupils=first_names(state, pupils),
        classes=tuple(names[each] for each in classes_of(state, pupils)),
        said=said(state, answer),
        is_here=arrival is not None,
        persons=arrival.persons if arrival else _likely(home, pupils, answer),
        when=arrival.at if arrival else None,
        by=arrival.by if arrival else "",
    )


def _count(name: str, homes: Iterable[Household], arrivals: Mapping[str, Arrival], cannot: set[str]) -> DoorCount:
    mine = list(homes)
    here = [arrivals[home.id] for home in mine if home.id in arrivals]
    return DoorCount(
        name=name,
        here=len(here),
        persons=sum(arrival.persons for arrival in here),
        expected=sum(home.id in arrivals or home.id not in cannot for home in mine),
    )


@allowed(Right.SEE_YEAR)
def door_view(workspace: Workspace, event_id: str, *, now: datetime) -> DoorView:
    """Return the list of an activity by language, with counts; who helps at the door needs no more of a family."""
    state, session = load_state(workspace), workspace.session
    event, homes = state.event(event_id), invited_households(state, event_id)
    answers = {home: answer for (_, home), answer in load_said(session, event_id).items()}
    arrivals = {home: arrival for (_, home), arrival in load_arrivals(session, event_id).items()}
    cannot = {home for home, answer in answers.items() if not answer.reply.coming}
    speaking: defaultdict[str, list[Household]] = defaultdict(list)
    visiting: defaultdict[str, list[Household]] = defaultdict(list)
    for home in homes:
        speaking[home.language].append(home)
        for class_id in classes_of(state, invited_of(state, event_id, home)):
            visiting[class_id].append(home)
    names = {code: state.language_names.get(code, code) for code in speaking}
    groups = (
        DoorGroup(
            code=code,
            language=names[code],
            lines=tuple(
                _line(state, event_id, home, answer=answers.get(home.id), arrival=arrivals.get(home.id))
                for home in sorted(mine, key=lambda each: (each.name.casefold(), each.id))
            ),
            here=sum(home.id in arrivals for home in mine),
        )
        for code, mine in speaking.items()
    )
    return DoorView(
        event_id=event_id,
        title=event.occurrence.title,
        first=event.planned.span.first,
        is_open=door_opens(event.planned) <= now < school_closes(event.planned),
        groups=tuple(sorted(groups, key=lambda group: group.language.casefold())),
        languages=tuple(
            _count(names[code], speaking[code], arrivals, cannot)
            for code in sorted(speaking, key=lambda code: names[code].casefold())
        ),
        classes=tuple(
            _count(each.name, visiting[each.id], arrivals, cannot)
            for each in state.school.classes
            if each.id in visiting
        ),
        total=_count("Samen", homes, arrivals, cannot),
        most_persons=MOST_PERSONS,
    )


def _persons(text: str) -> int:
    good = text.isascii() and text.isdecimal() and len(text) <= len("12") and 1 <= int(text) <= MOST_PERSONS
    if not good:
        raise InputError(f"Kies een aantal van 1 tot en met {MOST_PERSONS}.")
    return int(text)


@allowed(Right.SEE_YEAR)
def tick(
    workspace: Workspace, event_id: str, household_id: str, *, is_here: bool, persons: str = "", now: datetime
) -> None:
    """Tick a family as present with so many persons, or take the tick away. Twice is the same as once.

    It says what is so and not what to turn around, and each family is a row of its own: two phones never lose
    each other's ticks. ConflictError on another day, NotFoundError for a family that is not invited.
    """
    state = load_state(workspace)
    event = state.event(event_id)
    if household_id not in {home.id for home in invited_households(state, event_id)}:
        raise NotFoundError("Dit gezin hoort niet bij deze activiteit.")
    if not door_opens(event.planned) <= now < school_closes(event.planned):
        raise ConflictError("Afvinken kan op de dag zelf en de dag erna.")
    arrival = Arrival(persons=_persons(persons), at=now, by=workspace.actor.name) if is_here else None
    with writing(workspace.session):
        if is_there(workspace.session, household_id):
            save_arrival(workspace.session, event_id, household_id, arrival)
