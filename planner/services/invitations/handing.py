"""What pupils made, for their mentor: look, send back with a word, or release so that it is printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.families.pupiltext import tame, trouble
from planner.domain.year import AMSTERDAM
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.guarding import NOT_YOURS, allowed, require_class
from planner.services.invitations import invitations, ownwords, stale
from planner.services.invitations.pupilcodes import class_named
from planner.services.state import YearState, load_state
from planner.services.texts.wordings import DUTCH, all_words
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.events import StoredEvent
from planner.storage.models import AuditRow, MakingState, PupilInvitationRow

NOTE_LONGEST = 200
NOBODY = "Niemand heeft deze tekst gecontroleerd."


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassProgress:
    """How far a class is for one activity."""

    class_id: str
    name: str
    pupils: int
    made: int
    handed_in: int
    released: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventProgress:
    """How far the classes are for one activity; `wrong` counts printed invitations that are not right any more."""

    event_id: str
    title: str
    when: str
    classes: tuple[ClassProgress, ...]
    wrong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeView:
    """What one pupil made: pairs of Dutch and own words, and what was said of it. `id` is 0 without a text."""

    id: int
    pupil: str
    language: str
    language_code: str
    rtl: bool
    state: str
    greeting: tuple[str, str]
    lines: tuple[tuple[str, str], ...]
    who: tuple[str, str]
    own_words: bool
    checked: str
    suggestion: str
    consent: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """A class and one activity."""

    event_id: str
    class_id: str
    class_name: str
    title: str
    when: str
    made: tuple[MadeView, ...]
    wrong: tuple[stale.Wrong, ...]
    unread: tuple[str, ...]


@allowed(Right.SEE_FAMILIES)
def overview(workspace: Workspace, *, now: datetime) -> tuple[EventProgress, ...]:
    """Return the activities to come with how far each class is, of the classes one may see."""
    state, today = load_state(workspace), now.astimezone(AMSTERDAM).date()
    rows = list(workspace.session.scalars(select(PupilInvitationRow)))
    invites = (each for each in state.events if state.runbook(each.planned.id).gathers)
    coming = sorted((each for each in invites if each.planned.span.last >= today), key=lambda e: e.planned.span.first)
    found = (_progress(workspace, state, event, rows) for event in coming)
    return tuple(each for each in found if each.classes)


def _progress(
    workspace: Workspace, state: YearState, event: StoredEvent, rows: list[PupilInvitationRow]
) -> EventProgress:
    mine = {row.pupil_id: row.state for row in rows if row.event_id == event.planned.id}
    invited = set(event.planned.pupil_ids)
    classes = []
    for each in state.school.classes:
        pupils = [pupil.id for pupil in state.school.pupils if pupil.class_id == each.id and pupil.id in invited]
        if pupils and workspace.actor.sees_class(each.id):
            states = [mine[pupil_id] for pupil_id in pupils if pupil_id in mine]
            classes.append(
                ClassProgress(
                    class_id=each.id,
                    name=each.name,
                    pupils=len(pupils),
                    made=len(states),
                    handed_in=states.count(MakingState.HANDED_IN),
                    released=states.count(MakingState.RELEASED),
                )
            )
    wrong = stale.wrong(workspace, event.planned.id)
    return EventProgress(
        event_id=event.planned.id,
        title=event.occurrence.title,
        when=invitations.date_of(event, workspace.languages[DUTCH].babel),
        classes=tuple(classes),
        wrong=sum(any(each.class_id in line.class_ids for each in classes) for line in wrong),
    )


@allowed(Right.SEE_FAMILIES)
def class_view(workspace: Workspace, event_id: str, class_id: str) -> ClassView:
    """Return what the pupils of a class made for an activity."""
    require_class(workspace, class_id)
    state = load_state(workspace)
    event, name = state.event(event_id), class_named(state, class_id)
    every = all_words(workspace)
    homes = invitations.invited_households(state, event_id)
    pupils = {pupil.id for pupil in state.school.pupils if pupil.class_id == class_id}
    spoken = {home.language for home in homes if pupils & set(home.pupil_ids)} - {DUTCH}
    return ClassView(
        event_id=event_id,
        class_id=class_id,
        class_name=name,
        title=event.occurrence.title,
        when=invitations.date_of(event, workspace.languages[DUTCH].babel),
        made=tuple(_made(workspace, state, event, class_id)),
        wrong=tuple(line for line in stale.wrong(workspace, event_id) if class_id in line.class_ids),
        unread=tuple(sorted(every[code].language.name for code in spoken if code in every and every[code].unchecked)),
    )


def _made(workspace: Workspace, state: YearState, event: StoredEvent, class_id: str) -> Iterator[MadeView]:
    rows = workspace.session.scalars(select(PupilInvitationRow).filter_by(event_id=event.planned.id))
    known, every = {row.pupil_id: row for row in rows}, all_words(workspace)
    invited = set(event.planned.pupil_ids)
    for pupil in state.school.pupils:
        if pupil.class_id != class_id or pupil.id not in invited:
            continue
        row = known.get(pupil.id)
        code = row.language if row else state.school.language_of(pupil.id)
        language = (every.get(code) or every[DUTCH]).language
        own = ownwords.own_of(row) if row else ownwords.Own(language=code)
        yield MadeView(
            id=row.id if row else 0,
            pupil=f"{pupil.first_name} {pupil.last_name}".strip(),
            language=language.name,
            language_code=language.code,
            rtl=language.rtl,
            state=row.state.value if row else "",
            greeting=own.greeting,
            lines=own.lines,
            who=own.who,
            own_words=any(text and not dutch for dutch, text in (own.greeting, *own.lines, own.who)),
            checked=row.checked if row else "",
            suggestion=row.suggestion if row else "",
            consent=bool(row and row.consent),
            note=row.note if row else "",
        )


def _row(workspace: Workspace, made_id: int) -> PupilInvitationRow:
    """Return a text of a class one may see; NotFoundError for any other."""
    row = workspace.session.get(PupilInvitationRow, made_id)
    pupil = next((each for each in load_state(workspace).school.pupils if row and each.id == row.pupil_id), None)
    if row is None or pupil is None:
        raise NotFoundError(NOT_YOURS)
    require_class(workspace, pupil.class_id)
    return row


@allowed(Right.SEE_FAMILIES)
def release(workspace: Workspace, made_id: int, *, by: str, now: datetime) -> None:
    """Let a pupil's text be printed; ConflictError when it is not handed in, or a reader flagged it."""
    _row(workspace, made_id)
    with writing(workspace.session):
        row = _row(workspace, made_id)
        if row.state is not MakingState.HANDED_IN:
            raise ConflictError("Deze uitnodiging is nog niet ingeleverd, of al vrijgegeven.")
        if row.checked == "flagged":
            raise ConflictError("Een tekstlezer zegt dat deze tekst niet kan. Stuur hem terug naar de leerling.")
        row.state, row.released_by, row.note = MakingState.RELEASED, by, ""
        workspace.session.add(AuditRow(at=now, who=by, what="uitnodiging vrijgegeven", subject=f"tekst {made_id}"))


@allowed(Right.SEE_FAMILIES)
def send_back(workspace: Workspace, made_id: int, *, note: str, now: datetime) -> None:
    """Give a text back to its pupil with a word on what to change; InputError without one."""
    _row(workspace, made_id)
    said = tame(note)
    wrong = trouble(said, longest=NOTE_LONGEST) or ("" if said else "Schrijf kort wat de leerling kan veranderen.")
    if wrong:
        raise InputError(wrong)
    with writing(workspace.session):
        row = _row(workspace, made_id)
        row.state, row.note, row.released_by, row.updated_at = MakingState.RETURNED, said, "", now
