"""A round on paper: a list for each mentor and each interpreter, and a card for each family in its own language."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.school import Household
from planner.domain.talks.plan import Slot, Talk
from planner.domain.year import AMSTERDAM
from planner.errors import InputError, NotFoundError
from planner.services.event.printing import FAMILIES_AT_ONCE, check_fonts, check_glyphs, keep_print, rendered
from planner.services.guarding import allowed, require_class
from planner.services.invitations import invitations
from planner.services.lines import event_line
from planner.services.progress import Progress, nobody
from planner.services.talks.talkfeeds import moment
from planner.services.talks.talklines import line_of, sees
from planner.services.talks.talkround import Round, read_round
from planner.services.views import AppointmentCard, TalkLine, TalkSheet
from planner.services.workspace import Workspace

SHEETS = {"mentoren": "gesprekslijst", "tolken": "gesprekslijst", "afspraken": "afspraken"}
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


def _known(sheet: str) -> str:
    if sheet not in SHEETS:
        raise NotFoundError(f'Er is geen blad "{sheet[:30]}". Kies uit: {", ".join(SHEETS)}.')
    return sheet


@allowed(Right.SEE_YEAR, Right.SEE_FAMILIES)
def talks_pdf(workspace: Workspace, event_id: str, sheet: str, *, only: str = "", progress: Progress = nobody) -> bytes:
    """Return lists or cards of a round as PDF. InputError when there is nothing to print, or a font is missing."""
    check_fonts(workspace)
    found = read_round(workspace, event_id)
    parts = list(_parts(workspace, found, _known(sheet), only))
    if not parts:
        raise InputError("Er is nog niets om af te drukken. Plan eerst de gesprekken.")
    workspace.session.rollback()  # no transaction stays open while the pages are made
    return rendered(workspace, parts, progress)


def _parts(workspace: Workspace, found: Round, sheet: str, only: str) -> Iterator[str]:
    """Yield the HTML of some people or families at a time."""
    template, values = f"print/{SHEETS[sheet]}.html", {"line": event_line(found.state, found.event), "paper": True}
    if sheet == "afspraken":
        made = cards(workspace, found, only=only)
        check_glyphs(workspace, tuple(card.sheet for card in made))
        for start in range(0, len(made), FAMILIES_AT_ONCE):
            yield workspace.render(template, **values, cards=made[start : start + FAMILIES_AT_ONCE])
    else:
        people = lists(workspace, found, role="tolk" if sheet == "tolken" else "mentor", only=only)
        for start in range(0, len(people), FAMILIES_AT_ONCE):
            yield workspace.render(template, **values, lists=people[start : start + FAMILIES_AT_ONCE])


def check_print(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Refuse what cannot be printed before it is put in line; NotFoundError, also for a talk of another's class."""
    found = read_round(workspace, arguments["event_id"])
    _known(arguments["sheet"])
    only = arguments["only"]
    if only in found.problem.talk:
        require_class(workspace, found.problem.talk[only].class_id)
    elif only:
        found.state.person(only)


def run_print(workspace: Workspace, arguments: Mapping[str, Any], progress: Progress, _: datetime) -> str:
    """Do the task `talks.pdf`: keep the PDF under the task's id and return the name to give it.

    The worker sees every class, so a mentor's print is limited to the classes that stand in its arguments.
    """
    event_id, sheet = arguments["event_id"], arguments["sheet"]
    mine = limited(workspace, arguments["classes"])
    body = talks_pdf(mine, event_id, sheet, only=arguments["only"], progress=progress)
    keep_print(workspace, arguments["task_id"], body)
    return f"{event_id}-{sheet}.pdf"


def limited(workspace: Workspace, classes: list[str] | None) -> Workspace:
    """Return the workspace for these classes only; None is all of them."""
    if classes is None:
        return workspace
    return replace(workspace, actor=replace(workspace.actor, class_ids=frozenset(classes)))
