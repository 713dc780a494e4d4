"""Invitations: a sheet for each family in Dutch and in its own language, and the page behind its QR code."""

from collections.abc import Mapping

from sqlalchemy import select

from planner.domain.runbook import Kind, Runbook
from planner.domain.school import Household
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


def links(workspace: Workspace, event_id: str, household_ids: tuple[str, ...]) -> Mapping[str, str]:
    """Return the address for each household, made where there is none yet; a printed one stays the same."""
    session = workspace.session
    known = {row.household_id: row for row in session.scalars(select(InviteLinkRow).filter_by(event_id=event_id))}
    tokens = {
        home: _token(workspace, event_id, home, known[home].generation if home in known else 1)
        for home in household_ids
    }
    hashes = {home: hash_token(token) for home, token in tokens.items()}
    new = [home for home in household_ids if home not in known]
    old = [home for home in household_ids if home in known and known[home].token_hash != hashes[home]]
    if new or old:
        with writing(session):
            for home in new:
                session.add(InviteLinkRow(event_id=event_id, household_id=home, generation=1, token_hash=hashes[home]))
            for row in session.scalars(select(InviteLinkRow).filter_by(event_id=event_id)):
                row.token_hash = hashes.get(row.household_id, row.token_hash)
    return {home: f"{workspace.public_url}/i/{token}" for home, token in tokens.items()}


def _place(state: YearState, event_id: str, runbook: Runbook) -> str:
    """Return the room where families come in: of the row that begins when they are asked to come."""
    rows = [row for row in runbook.rows if row.start >= runbook.invitation.start] or list(runbook.rows)
    wanted = rows[0].places[0]
    for use in state.room_uses.get(event_id, ()):
        need = state.room_problem.need.get(use.need_id)
        if need and need.place_id == wanted:
            return state.room_names.get(use.room_id, "")
    return ""


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
        language_name=own.own_name,
        rtl=own.rtl,
        own=dict(own.strings),
        dutch=dict(dutch.strings),
        date_dutch=_date(event, dutch.babel),
        date_own=_date(event, own.babel),
        date_digits=_digits(event),
        time=_time(runbook),
        clock_hour=runbook.invitation.start.hour,
        clock_minute=runbook.invitation.start.minute,
        place=_place(state, event.planned.id, runbook),
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
    if row is None or row.revoked_at is not None:
        raise NotFoundError("Deze code werkt niet (meer). Vraag de school om een nieuwe uitnodiging.")
    state = load_state(workspace)
    home = next((each for each in state.school.households if each.id == row.household_id), None)
    if home is None:
        raise NotFoundError("Deze code werkt niet (meer). Vraag de school om een nieuwe uitnodiging.")
    nameless = Household(id=home.id, name="", language=home.language, pupil_ids=())
    return _sheet(workspace, state, state.event(row.event_id), nameless, url="")
