"""The events of the year: rows to domain values, and a new plan laid over the one that is there."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update

from planner.domain.year import Occurrence, Plan, PlannedEvent, Span
from planner.errors import NotFoundError
from planner.storage.db import AnySession
from planner.storage.merging import Values, add_rows
from planner.storage.models import (
    AnswerRow,
    ArrivalRow,
    CornerRow,
    DutyAnswerRow,
    DutyBarRow,
    DutyRow,
    EventRow,
    InviteLinkRow,
    ReachRow,
    RoomUseRow,
    StepStateRow,
    TalkRoundRow,
    TalkSlotRow,
    TurnoutRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event as it is kept: what it is for, its date, and its own history.

    `uid` is given once and stays, also when the event is removed and comes back. `modified_at` is the last
    moment at which something of it changed.
    """

    occurrence: Occurrence
    planned: PlannedEvent
    form_id: str | None
    pinned: bool
    uid: str
    created_at: datetime
    modified_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanges:
    """The ids of events by what a new plan did to them."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    revived: tuple[str, ...] = ()


def load_events(session: AnySession, *, with_removed: bool = False) -> tuple[StoredEvent, ...]:
    """Return the events in the order of the cycle."""
    query = select(EventRow).order_by(EventRow.position, EventRow.id)
    if not with_removed:
        query = query.where(EventRow.removed_at.is_(None))
    return tuple(_stored(row) for row in session.scalars(query))


def load_event(session: AnySession, event_id: str) -> StoredEvent:
    """Return one event; NotFoundError when it is not there or was removed."""
    return _stored(event_row(session, event_id))


def event_row(session: AnySession, event_id: str) -> EventRow:
    """Return the row of an event; NotFoundError when it is not there or was removed."""
    row = session.get(EventRow, event_id)
    if row is None or row.removed_at is not None:
        raise NotFoundError("Deze activiteit is er niet of is vervallen.")
    return row


def load_plan(session: AnySession) -> Plan:
    """Return the plan of the year in the order of the cycle; empty when nothing is planned."""
    return tuple(event.planned for event in load_events(session))


def load_pins(session: AnySession) -> Mapping[str, date]:
    """Return the first day of each event whose date is fixed, by event id."""
    return {event.planned.id: event.planned.span.first for event in load_events(session) if event.pinned}


def save_plan(session: AnySession, occurrences: Iterable[Occurrence], plan: Plan, *, now: datetime) -> PlanChanges:
    """Lay a plan over the events that are there and return what that changed.

    New events get a uid. Events that are not in the plan are marked removed, and revived when they come
    back, so that nothing that people did is lost. Pins and chosen forms stay as they are. KeyError for a planned
    event without an occurrence.
    """
    spots = {occurrence.id: (at, occurrence) for at, occurrence in enumerate(occurrences)}
    wanted = {event.id: _values(*spots[event.id], event) for event in plan}
    rows = {row.id: row for row in session.scalars(select(EventRow))}
    present = {row.id for row in rows.values() if row.removed_at is None}
    changes = PlanChanges(
        added=tuple(each for each in wanted if each not in rows),
        changed=tuple(each for each in wanted if each in present and _differs(rows[each], wanted[each])),
        removed=tuple(each for each in rows if each in present and each not in wanted),
        revived=tuple(each for each in wanted if each in rows and each not in present),
    )
    fresh = {"created_at": now, "modified_at": now, "removed_at": None, "pinned": False, "form_id": None}
    add_rows(session, EventRow, [{**wanted[each], **fresh, "uid": str(uuid.uuid4())} for each in changes.added])
    again = {"modified_at": now, "removed_at": None}
    _update(session, [{**wanted[each], **again} for each in (*changes.changed, *changes.revived)])
    _update(session, [{"id": each, "modified_at": now, "removed_at": now} for each in changes.removed])
    # Another place in the cycle is no change of the event itself.
    _update(session, [{"id": each, "position": wanted[each]["position"]} for each in wanted if each in rows])
    session.expire_all()
    return changes


def move_event(session: AnySession, event_id: str, span: Span, *, reason: str, now: datetime) -> None:
    """Give one event other days; NotFoundError when it is not there."""
    row = event_row(session, event_id)
    row.first, row.last, row.reason, row.modified_at = span.first, span.last, reason, now
    session.flush()


def pin_event(session: AnySession, event_id: str, *, pinned: bool, now: datetime) -> None:
    """Fix an event's date for the next proposal, or let it go; NotFoundError when it is not there."""
    row = event_row(session, event_id)
    row.pinned, row.modified_at = pinned, now
    session.flush()


def choose_form(session: AnySession, event_id: str, form_id: str | None, *, now: datetime) -> None:
    """Choose another form of the activity, None for the main one; NotFoundError when the event is not there."""
    row = event_row(session, event_id)
    row.form_id, row.modified_at = form_id, now
    session.flush()


def clear_events(session: AnySession) -> None:
    """Delete all events with everything that people did for them; for starting the example school anew."""
    for table in (
        AnswerRow,
        ArrivalRow,
        ReachRow,
        TurnoutRow,
        StepStateRow,
        DutyRow,
        RoomUseRow,
        CornerRow,
        InviteLinkRow,
        TalkSlotRow,
        TalkRoundRow,
        DutyAnswerRow,
        DutyBarRow,
        EventRow,
    ):
        session.execute(delete(table))
    session.expire_all()


def _update(session: AnySession, rows: Sequence[Values]) -> None:
    if rows:
        session.execute(update(EventRow), rows)


def _stored(row: EventRow) -> StoredEvent:
    occurrence = Occurrence(
        id=row.id,
        runbook_id=row.runbook_id,
        title=row.title,
        moment=row.moment,
        first=row.window_first,
        last=row.window_last,
        pupil_ids=tuple(row.candidates),
        languages=tuple(row.languages),
        sector=row.sector,
    )
    planned = PlannedEvent(
        id=row.id,
        runbook_id=row.runbook_id,
        span=Span(first=row.first, last=row.last),
        pupil_ids=tuple(row.pupils),
        reason=row.reason,
    )
    return StoredEvent(
        occurrence=occurrence,
        planned=planned,
        form_id=row.form_id,
        pinned=row.pinned,
        uid=row.uid,
        created_at=row.created_at,
        modified_at=row.modified_at,
        removed_at=row.removed_at,
    )


def _values(position: int, occurrence: Occurrence, event: PlannedEvent) -> Values:
    return {
        "id": event.id,
        "runbook_id": occurrence.runbook_id,
        "title": occurrence.title,
        "moment": occurrence.moment,
        "window_first": occurrence.first,
        "window_last": occurrence.last,
        "candidates": list(occurrence.pupil_ids),
        "languages": list(occurrence.languages),
        "sector": occurrence.sector,
        "first": event.span.first,
        "last": event.span.last,
        "pupils": list(event.pupil_ids),
        "reason": event.reason,
        "position": position,
    }


def _differs(row: EventRow, values: Values) -> bool:
    return any(getattr(row, name) != value for name, value in values.items() if name != "position")
