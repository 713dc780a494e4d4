"""Invitations: a sheet for each family in Dutch and in its own language, and the page behind its QR code."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from planner.domain.families.answers import Flaw
from planner.domain.runbook import Kind, Per, Runbook
from planner.domain.school import Household
from planner.domain.year import Span
from planner.exports.dates import full_date
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.invitations.ownwords import Own, made_for, released, told
from planner.services.invitations.shortcodes import codes_of, ensure_code
from planner.services.state import YearState, load_state
from planner.services.texts.wordings import all_words
from planner.services.tokens import derive_token, hash_token
from planner.services.views import InvitationSheet
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.events import StoredEvent
from planner.storage.models import InviteLinkRow

DUTCH = "nl"


def invited_households(state: YearState, event_id: str) -> tuple[Household, ...]:
    """Return the households of the invited pupils, by class and name as they are handed out.

    Nobody is invited in a form for which families do not come to school.
    """
    invited = set(state.event(event_id).planned.pupil_ids if state.runbook(event_id).gathers else ())
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
            session.flush()
            ensure_code(workspace, row)


def links(workspace: Workspace, event_id: str, household_ids: tuple[str, ...]) -> Mapping[str, str]:
    """Return the address for each household, made where there is none yet; a printed one stays the same.

    The short code is made with it.
    """
    known, coded = _rows(workspace, event_id), codes_of(workspace, event_id)
    tokens = {
        home: _token(workspace, event_id, home, known[home].generation if home in known else 1)
        for home in household_ids
    }
    if any(
        home not in coded or home not in known or known[home].token_hash != hash_token(token)
        for home, token in tokens.items()
    ):
        _save_links(workspace, event_id, household_ids)
    return {home: f"{workspace.public_url}/i/{token}" for home, token in tokens.items()}


def known_links(workspace: Workspace, event_id: str, household_ids: tuple[str, ...]) -> Mapping[str, str]:
    """Return the address each household has or will have; nothing is stored, so it may be asked for by a page."""
    known = _rows(workspace, event_id)
    return {
        home: f"{workspace.public_url}/i/"
        + _token(workspace, event_id, home, known[home].generation if home in known else 1)
        for home in household_ids
    }


def _place(state: YearState, event: StoredEvent, runbook: Runbook) -> str:
    """Return the room where families come in: of the row that begins when they are asked to come.

    A place outside the school says its own name. Empty when there is none, or when each class or language has its own.
    """
    rows = runbook.rows
    first = next((row for row in rows if row.start >= runbook.invitation.start), rows[0] if rows else None)
    wanted = first.places[0] if first else ""
    outside = {place.id: place.name for place in runbook.places if place.outside}
    if wanted in outside:
        return outside[wanted]
    known = state.room_problem.known(state.room_uses.get(event.planned.id, ()))
    return next((room.name for _, need, room in known if need.place_id == wanted and need.scope == Per.EVENT), "")


def _time(runbook: Runbook) -> str:
    """Return when families are expected; of a conversation the mentor agrees on the time."""
    if runbook.kind is Kind.CONVERSATION:
        return ""
    invitation = runbook.invitation
    return f"{invitation.start:%H:%M}" + (f"–{invitation.end:%H:%M}" if invitation.end else "")


def date_of(event: StoredEvent, locale: str) -> str:
    """Return the day of an event in words, or its first and last."""
    span = event.planned.span
    days = [full_date(day, locale) for day in dict.fromkeys((span.first, span.last))]
    return " – ".join(days)


def _digits(event: StoredEvent) -> str:
    span = event.planned.span
    return " – ".join(f"{day:%d-%m-%Y}" for day in dict.fromkeys((span.first, span.last)))


CROWDED = 450  # characters on what and who, above which the type is set a little smaller
BORDER = 100  # characters that would fit where a border is


def sheet_for(  # noqa: PLR0913 - what is the event's, what the family's, and what the pupil made of it
    workspace: Workspace,
    state: YearState,
    event: StoredEvent,
    home: Household,
    *,
    url: str = "",
    code: tuple[str, str] = ("", ""),
    made: Own | None = None,
) -> InvitationSheet:
    """Return one family's invitation, with its pupil's words if there are any; the facts are always the event's.

    Without an address it has no QR code either.
    """
    runbook = state.runbook(event.planned.id)
    every = all_words(workspace)
    dutch = every[DUTCH]
    own = every.get(made.language if made else home.language, dutch)
    said = told(runbook, own, dutch, made)
    invited = set(event.planned.pupil_ids)
    length = sum(len(text) for pair in (said.who, *said.lines) for text in pair)
    return InvitationSheet(
        event_title=runbook.invitation.title,
        school=state.school.name,
        household=home.name,
        household_id=home.id,
        language=own.language.code,
        language_name=own.language.name,
        rtl=own.language.rtl,
        own=own.fixed,
        dutch=dutch.fixed,
        date_dutch=date_of(event, dutch.language.babel),
        date_own=date_of(event, own.language.babel),
        date_digits=_digits(event),
        time=_time(runbook),
        clock_hour=runbook.invitation.start.hour,
        clock_minute=runbook.invitation.start.minute,
        place=_place(state, event, runbook),
        about=tuple(line for line, _ in said.lines),
        about_own=tuple(line for _, line in said.lines),
        who_may_come=said.who[0],
        who_own=said.who[1],
        title_own=own.text(f"{runbook.id}.titel"),
        greeting=said.greeting[0],
        greeting_own=said.greeting[1],
        border=said.border,
        colour=said.colour,
        crowded=length + BORDER * bool(said.border) > CROWDED,
        pupils=tuple(state.school.pupil(pupil_id).first_name for pupil_id in home.pupil_ids if pupil_id in invited),
        url=url,
        code=code[0],
        code_extra=code[1],
        draft=not own.language.reviewed,
        self_made=made is not None,
    )


def sheets(workspace: Workspace, event_id: str) -> tuple[InvitationSheet, ...]:
    """Return the sheet of every invited family, in the order in which a class hands them out."""
    state = load_state(workspace)
    event = state.event(event_id)
    homes = invited_households(state, event_id)
    urls = links(workspace, event_id, tuple(home.id for home in homes))
    codes = codes_of(workspace, event_id)
    made = released(workspace, event_id)
    first = {each: home.id for home in reversed(state.school.households) for each in home.pupil_ids}
    return tuple(
        sheet_for(
            workspace,
            state,
            event,
            home,
            url=urls[home.id],
            code=codes[home.id],
            made=made_for(home, made, first),
        )
        for home in homes
    )


def link_of(workspace: Workspace, token: str) -> InviteLinkRow:
    """Return the link of a QR code; AnswerRefusedError when it is unknown or was ended."""
    row = workspace.session.scalar(select(InviteLinkRow).where(InviteLinkRow.token_hash == hash_token(token)))
    if row is None or row.revoked_at is not None or row.token_hash != _hash(workspace, row):
        raise AnswerRefusedError(Flaw.CODE_UNKNOWN)
    return row


def appointment(
    workspace: Workspace, event: StoredEvent, home: Household, *, start: datetime, end: datetime, place: str
) -> InvitationSheet:
    """Return the sheet of one household with a moment of its own, aware start and end, and the room."""
    state, event_id = load_state(workspace), event.planned.id
    day = replace(event, planned=replace(event.planned, span=Span(first=start.date(), last=start.date())))
    url = links(workspace, event_id, (home.id,))[home.id]
    code = codes_of(workspace, event_id)[home.id]
    return replace(
        sheet_for(workspace, state, day, home, url=url, code=code),
        time=f"{start:%H:%M}–{end:%H:%M}",
        clock_hour=start.hour,
        clock_minute=start.minute,
        place=place,
    )
