"""A round on paper: a list for each mentor and each interpreter, and a card for each family in its own language."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from planner.domain.runbook import Kind
from planner.domain.school import Household
from planner.domain.talks.plan import Slot, Talk
from planner.domain.year import AMSTERDAM
from planner.errors import NotFoundError
from planner.services.guarding import require_class
from planner.services.invitations import invitations
from planner.services.lines import event_line
from planner.services.state import YearState
from planner.services.talks.talkfeeds import moment
from planner.services.talks.talklines import line_of, sees
from planner.services.talks.talkround import Round, read_round
from planner.services.views import AppointmentCard, TalkLine, TalkSheet
from planner.services.workspace import Workspace

T = TypeVar("T")
Held = tuple[Slot, Talk]


def _held(workspace: Workspace, found: Round, only: str) -> list[Held]:
    """Return the planned talks that are for who asks; with `only` those of one talk or of one person."""
    return [
        (slot, talk)
        for slot, talk in found.problem.known(found.plan)
        if sees(workspace, talk) and (not only or only == talk.id or only in found.problem.people_of(slot))
    ]


def lists(workspace: Workspace, found: Round, *, role: str, only: str = "") -> tuple[TalkSheet, ...]:
    """Return a list for each mentor, or for each interpreter when `role` is "tolk", in the order of the people."""
    by_person: defaultdict[str, list[Held]] = defaultdict(list)
    for slot, talk in _held(workspace, found, ""):
        for who in (slot.interpreter_id,) if role == "tolk" else talk.mentors:
            if who and (not only or who == only):
                by_person[who].append((slot, talk))
    return tuple(
        TalkSheet(
            who=person.name,
            role=role,
            school=found.state.school.name,
            title=found.event.occurrence.title,
            days=_by_day(found, by_person[person.id]),
        )
        for person in found.state.people
        if person.id in by_person
    )


def _by_day(found: Round, held: list[Held]) -> tuple[tuple[date, tuple[TalkLine, ...]], ...]:
    days: defaultdict[date, list[TalkLine]] = defaultdict(list)
    for slot, talk in held:
        days[slot.day].append(line_of(found, talk, {}))
    return tuple((day, tuple(lines)) for day, lines in sorted(days.items()))


def cards(workspace: Workspace, found: Round, *, only: str = "") -> tuple[AppointmentCard, ...]:
    """Return a card for each household that has an appointment, by class and time."""
    homes = {home.id: home for home in found.state.school.households}
    held = sorted(_held(workspace, found, only), key=lambda each: (each[1].class_id, each[0].day, each[0].start))
    return tuple(
        _card(workspace, found, slot, talk, homes[home_id])
        for slot, talk in held
        for home_id in talk.household_ids
        if home_id in homes
    )


def _card(workspace: Workspace, found: Round, slot: Slot, talk: Talk, home: Household) -> AppointmentCard:
    sheet = invitations.appointment(
        workspace,
        found.event,
        home,
        start=_local(slot.day, slot.start),
        end=_local(slot.day, slot.start + talk.minutes),
        place=found.room_name(talk),
    )
    return AppointmentCard(
        sheet=replace(sheet, pupils=tuple(found.state.school.pupil(each).first_name for each in talk.pupil_ids)),
        mentor=", ".join(filter(None, (found.person_name(mentor) for mentor in talk.mentors))),
        interpreter=bool(slot.interpreter_id),
        own_name=_own_name(workspace, home.language),
    )


def _own_name(workspace: Workspace, code: str) -> str:
    language = workspace.languages.get(code)
    return language.own_name if language else code


def _local(day: date, minute: int) -> datetime:
    return moment(day, minute).astimezone(AMSTERDAM)


def saying(workspace: Workspace, state: YearState, event_id: str) -> Iterator[str]:
    """Yield the sheets that have something on them for who asks: a mentor has those of the own class."""
    if state.runbook(event_id).kind is Kind.CONVERSATION:
        held = _held(workspace, read_round(workspace, event_id, state), "")
        if any(talk.mentors for _, talk in held):
            yield "mentoren"
        if any(slot.interpreter_id for slot, _ in held):
            yield "tolken"
        if any(talk.household_ids for _, talk in held):
            yield "afspraken"


def check_only(workspace: Workspace, event_id: str, only: str) -> None:
    """Raise NotFoundError unless `only` is a talk for who asks, a person, or empty."""
    found = read_round(workspace, event_id)
    if only in found.problem.talk:
        require_class(workspace, found.problem.talk[only].class_id)
    elif only:
        found.state.person(only)


def values(workspace: Workspace, event_id: str, sheet: str, *, only: str = "") -> Mapping[str, Any]:
    """Return what a sheet's template gets; with `only` for one talk or one person. NotFoundError when nothing is left.

    A list is for a person, so it shows all talks of that person that are for who asks.
    """
    found = read_round(workspace, event_id)
    line = event_line(found.state, found.event)
    if sheet == "afspraken":
        return {"line": line, "cards": _some(cards(workspace, found, only=only))}
    role = "tolk" if sheet == "tolken" else "mentor"
    return {"line": line, "lists": _some(lists(workspace, found, role=role, only=only))}


def _some(made: tuple[T, ...]) -> tuple[T, ...]:
    if not made:
        raise NotFoundError("Er is voor deze persoon of dit gesprek nog niets om af te drukken.")
    return made
