"""Rounds of conversations: rows to domain values and back; what people did with a talk outlives every new plan."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from planner.domain.talks.plan import Slot, Talk, TalkPlan, Window, Wish
from planner.errors import NotFoundError
from planner.storage.db import AnySession
from planner.storage.models import (
    THE_SETTINGS,
    EventRow,
    PersonRow,
    TalkRoundRow,
    TalkSettingsRow,
    TalkSlotRow,
    TalkWishRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRound:
    """What is kept of a round besides its talks. `hours` None: the usual hours on every day of the round."""

    hours: tuple[Window, ...] | None = None
    away: frozenset[tuple[str, date]] = frozenset()
    rooms: Mapping[str, str] = field(default_factory=dict)
    advice: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTalk:
    """What is kept of one talk. `slot` None: no time yet. `published` is what calendars show of it."""

    talk_id: str
    slot: Slot | None
    missed: bool
    uid: str
    published: Mapping[str, Any] | None


def load_settings(session: AnySession) -> Mapping[str, Any]:
    """Return the school's own lengths and hours by name; empty when it keeps to the usual ones."""
    row = session.get(TalkSettingsRow, THE_SETTINGS)
    return dict(row.data) if row else {}


def save_settings(session: AnySession, data: Mapping[str, Any]) -> None:
    """Keep the school's own lengths and hours."""
    session.merge(TalkSettingsRow(id=THE_SETTINGS, data=dict(data)))
    session.flush()


def load_round(session: AnySession, event_id: str) -> StoredRound:
    """Return what is special about a round; the usual when nothing is."""
    row = session.get(TalkRoundRow, event_id)
    if row is None:
        return StoredRound()
    return StoredRound(
        hours=None
        if row.hours is None
        else tuple(Window(day=date.fromisoformat(day), start=start, end=end) for day, start, end in row.hours),
        away=frozenset((person_id, date.fromisoformat(day)) for person_id, day in row.away),
        rooms=dict(row.rooms),
        advice=tuple(row.advice),
        published_at=row.published_at,
        published_by=row.published_by,
    )


def save_round(session: AnySession, event_id: str, stored: StoredRound) -> None:
    """Keep what is special about a round."""
    row = TalkRoundRow(
        event_id=event_id,
        hours=None if stored.hours is None else [[w.day.isoformat(), w.start, w.end] for w in stored.hours],
        away=sorted([person_id, day.isoformat()] for person_id, day in stored.away),
        rooms=dict(stored.rooms),
        advice=list(stored.advice),
        published_at=stored.published_at,
        published_by=stored.published_by,
    )
    session.merge(row)
    session.flush()


def load_talks(session: AnySession, event_id: str) -> Mapping[str, StoredTalk]:
    """Return what is kept of the talks of a round, by talk id."""
    rows = session.scalars(select(TalkSlotRow).filter_by(event_id=event_id).order_by(TalkSlotRow.talk_id))
    return {row.talk_id: _stored(row) for row in rows}


def _stored(row: TalkSlotRow) -> StoredTalk:
    slot = None
    if row.day is not None and row.start is not None:
        slot = Slot(
            talk_id=row.talk_id,
            day=row.day,
            start=row.start,
            interpreter_id=row.interpreter_id or "",
            guest_id=row.guest_id or "",
            confirmed=row.confirmed_at is not None,
            pinned=row.pinned,
        )
    return StoredTalk(talk_id=row.talk_id, slot=slot, missed=row.missed, uid=row.uid, published=row.published)


def save_plan(session: AnySession, event_id: str, talks: Iterable[Talk], plan: TalkPlan) -> None:
    """Lay a plan over the talks that are there.

    A talk keeps its uid, its mark for a missed evening and what was published of it. What a family confirmed or
    the school pinned is not touched, whatever the plan says. A talk that is not asked any more goes.
    """
    rows = {row.talk_id: row for row in session.scalars(select(TalkSlotRow).filter_by(event_id=event_id))}
    slots = {slot.talk_id: slot for slot in plan}
    wanted = {talk.id: talk for talk in talks}
    for talk_id, row in rows.items():
        if talk_id not in wanted and row.confirmed_at is None:
            session.delete(row)
    for talk_id, talk in wanted.items():
        row = rows.get(talk_id) or new_row(session, event_id, talk)
        if row.confirmed_at is None and not row.pinned:
            put_slot(row, slots.get(talk_id))
    session.flush()


def new_row(session: AnySession, event_id: str, talk: Talk) -> TalkSlotRow:
    """Return a new row for a talk, without a time."""
    row = TalkSlotRow(
        event_id=event_id,
        talk_id=talk.id,
        pupil_id=talk.pupil_ids[0],
        household_id=talk.household_ids[0] if talk.household_ids else None,
        pinned=False,
        missed=False,
        uid=str(uuid.uuid4()),
    )
    session.add(row)
    return row


def put_slot(row: TalkSlotRow, slot: Slot | None) -> None:
    """Give a row the moment and the people of a slot; None takes the moment away."""
    row.day, row.start = (slot.day, slot.start) if slot else (None, None)
    row.interpreter_id = (slot.interpreter_id or None) if slot else None
    row.guest_id = (slot.guest_id or None) if slot else None


def talk_row(session: AnySession, event_id: str, talk_id: str) -> TalkSlotRow:
    """Return the row of a talk; NotFoundError when there is none."""
    row = session.get(TalkSlotRow, (event_id, talk_id))
    if row is None:
        raise NotFoundError("Dit gesprek is er niet (meer). Ga terug naar de ronde.")
    return row


def load_wishes(session: AnySession) -> Mapping[str, Wish]:
    """Return what households ask, by household id."""
    return {
        row.household_id: Wish(
            weekdays=frozenset(row.weekdays),
            earliest=row.earliest,
            latest=row.latest,
            apart=row.apart,
            at_once=row.at_once,
        )
        for row in session.scalars(select(TalkWishRow))
    }


def save_wish(session: AnySession, household_id: str, wish: Wish) -> None:
    """Keep what a household asks; asking nothing takes the row away."""
    if wish == Wish():
        row = session.get(TalkWishRow, household_id)
        if row:
            session.delete(row)
    else:
        session.merge(
            TalkWishRow(
                household_id=household_id,
                weekdays=sorted(wish.weekdays),
                earliest=wish.earliest,
                latest=wish.latest,
                apart=wish.apart,
                at_once=wish.at_once,
            )
        )
    session.flush()


def published_talks(session: AnySession) -> Mapping[str, Mapping[str, Any]]:
    """Return what calendars show of every talk of the rounds that are there, by uid; only people who still are."""
    known = set(session.scalars(select(PersonRow.id)))
    query = (
        select(TalkSlotRow.uid, TalkSlotRow.published)
        .join(EventRow, EventRow.id == TalkSlotRow.event_id)
        .where(TalkSlotRow.published.is_not(None), EventRow.removed_at.is_(None))
    )
    return {
        uid: {**data, "people": [person_id for person_id in data["people"] if person_id in known]}
        for uid, data in session.execute(query)
        if data
    }
