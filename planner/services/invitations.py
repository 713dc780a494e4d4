"""Invitations: a sheet for each family in Dutch and in its own language, and the page behind its QR code."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from planner.domain.event import rows_of
from planner.domain.runbook import Kind, Per, Runbook
from planner.domain.school import Household
from planner.domain.year import Span
from planner.errors import NotFoundError
from planner.exports.dates import full_date
from planner.exports.qr import qr_svg
from planner.services.state import YearState, load_state
from planner.services.tokens import derive_token, hash_token
from planner.services.views import InvitationSheet
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.events import StoredEvent
from planner.storage.models import InviteLinkRow

QR_MILLIMETRES = 30  # the reliability notes ask for 25 at least
DUTCH = "nl"


def invited_households(state: YearState, event_id: str) -> tuple[Household, ...]:
    """Return the households of the invited pupils, by class and name as they are handed out."""
    invited = set(state.event(event_id).planned.pupil_ids)
    homes = [home for home in state.school.households if invited & set(home.pupil_ids)]
    class_of = {pupil.id: pupil.class_id for pupil in state.school.pupils}
    return tuple(
        sorted(homes, key=lambda home: (class_of[next(p for p in home.pupil_ids if p in invited)], home.name, home.id))
    )


def _token(workspace: Workspace, event_id: str, household_id: str, generation: int) -> str:
    subject = f"{event_id}|{household_id}"
    return derive_token(workspace.secret_key, purpose="invite", subject=subject, generation=generation)


def _hash(workspace: Workspace, row: InviteLinkRow) -> str:
    """Return the hash a link has with the key of today: another key ends every link at once."""
    return hash_token(_token(workspace, row.event_id, row.household_id, row.generation))


def _rows(workspace: Workspace, event_id: str) -> Mapping[str, InviteLinkRow]:
    """Return the links of an event by household."""
    rows = workspace.session.scalars(select(InviteLinkRow).filter_by(event_id=event_id))
    return {row.household_id: row for row in rows}


def _save_links(workspace: Workspace, event_id: str, household_ids: Iterable[str]) -> None:
    session = workspace.session
    with writing(session):
        known = _rows(workspace, event_id)
        for home in household_ids:
            row = known.get(home) or InviteLinkRow(event_id=event_id, household_id=home, generation=1)
            row.token_hash = _hash(workspace, row)
            session.add(row)


def links(workspace: Workspace, event_id: str, household_ids: tuple[str, ...]) -> Mapping[str, str]:
    """Return the address for each household, made where there is none yet; a printed one stays the same."""
    known = _rows(workspace, event_id)
    tokens = {
        home: _token(workspace, event_id, home, known[home].generation if home in known else 1)
        for home in household_ids
    }
    if any(home not in known or known[home].token_hash != hash_token(token) for home, token in tokens.items()):
        _save_links(workspace, event_id, household_ids)
    return {home: f"{workspace.public_url}/i/{token}" for home, token in tokens.items()}


def _place(state: YearState, event: StoredEvent, runbook: Runbook) -> str:
    """Return the room where families come in: of the row that begins when they are asked to come.

    Empty when there is none, or when each class or language has its own.
    """
    rows = rows_of(runbook, event.form_id)
    first = next((row for row in rows if row.start >= runbook.invitation.start), rows[0] if rows else None)
    wanted = first.places[0] if first else ""
    known = state.room_problem.known(state.room_uses.get(event.planned.id, ()))
    return next((room.name for _, need, room in known if need.place_id == wanted and need.scope == Per.EVENT), "")


def _time(runbook: Runbook) -> str:
    """Return when families are expected; of a conversation the mentor agrees on the time."""
    if runbook.kind is Kind.CONVERSATION:
        return ""
    invitation = runbook.invitation
    return f"{invitation.start:%H:%M}" + (f"–{invitation.end:%H:%M}" if invitation.end else "")


def _date(event: StoredEvent, locale: str) -> str:
    span = event.planned.span
    days = [full_date(day, locale) for day in dict.fromkeys((span.first, span.last))]
    return " – ".join(days)


def _digits(event: StoredEvent) -> str:
    span = event.planned.span
    return " – ".join(f"{day:%d-%m-%Y}" for day in dict.fromkeys((span.first, span.last)))


def _sheet(workspace: Workspace, state: YearState, event: StoredEvent, home: Household, *, url: str) -> InvitationSheet:
    runbook = state.cycle.runbook(event.planned.runbook_id)
    dutch = workspace.languages[DUTCH]
    own = workspace.languages.get(home.language, dutch)
    invited = set(event.planned.pupil_ids)
    return InvitationSheet(
        event_title=runbook.invitation.title,
        school=state.school.name,
        household=home.name,
        language=own.code,
        language_name=own.name,
        rtl=own.rtl,
        own=dict(own.strings),
        dutch=dict(dutch.strings),
        date_dutch=_date(event, dutch.babel),
        date_own=_date(event, own.babel),
        date_digits=_digits(event),
        time=_time(runbook),
        clock_hour=runbook.invitation.start.hour,
        clock_minute=runbook.invitation.start.minute,
        place=_place(state, event, runbook),
        about=runbook.invitation.about,
        about_own=(),
        who_may_come=runbook.invitation.who_may_come,
        pupils=tuple(state.school.pupil(pupil_id).first_name for pupil_id in home.pupil_ids if pupil_id in invited),
        url=url,
        qr_svg=qr_svg(url, millimetres=QR_MILLIMETRES) if url else "",
        draft=not own.reviewed,
    )


def sheets(workspace: Workspace, event_id: str) -> tuple[InvitationSheet, ...]:
    """Return the sheet of every invited family, in the order in which a class hands them out."""
    state = load_state(workspace)
    event = state.event(event_id)
    homes = invited_households(state, event_id)
    urls = links(workspace, event_id, tuple(home.id for home in homes))
    return tuple(_sheet(workspace, state, event, home, url=urls[home.id]) for home in homes)


def opened(workspace: Workspace, token: str) -> InvitationSheet:
    """Return what a family sees behind its code: the facts of the event, without any name.

    NotFoundError when the code is unknown, was ended, or its event is gone.
    """
    row = workspace.session.scalar(select(InviteLinkRow).where(InviteLinkRow.token_hash == hash_token(token)))
    if row is None or row.revoked_at is not None or row.token_hash != _hash(workspace, row):
        raise NotFoundError("Deze code werkt niet (meer). Vraag de school om een nieuwe uitnodiging.")
    state = load_state(workspace)
    home = next(each for each in state.school.households if each.id == row.household_id)
    nameless = Household(id=home.id, name="", language=home.language, pupil_ids=())
    return _sheet(workspace, state, state.event(row.event_id), nameless, url="")


def appointment(
    workspace: Workspace, event: StoredEvent, home: Household, *, start: datetime, end: datetime, place: str
) -> InvitationSheet:
    """Return the sheet of one household with a moment of its own, aware start and end, and the room."""
    state, event_id = load_state(workspace), event.planned.id
    day = replace(event, planned=replace(event.planned, span=Span(first=start.date(), last=start.date())))
    url = links(workspace, event_id, (home.id,))[home.id]
    return replace(
        _sheet(workspace, state, day, home, url=url),
        time=f"{start:%H:%M}–{end:%H:%M}",
        clock_hour=start.hour,
        clock_minute=start.minute,
        place=place,
    )
