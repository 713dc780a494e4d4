"""The activities of the year and what people did for them.

A new proposal never deletes an event: it marks it removed, and revives it when it comes back. So what hangs on an
event stays, and what people did cannot be deleted along with one by accident (RESTRICT).
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.staffing.dutyanswers import Says
from planner.storage.db import Base
from planner.storage.types import Json, words


class EventRow(Base):
    """An occurrence with its date. `candidates` may come, `pupils` are invited on this date (both pupil ids).

    `uid` is fixed at creation: calendars know the event by it.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("first <= last", name="days"),
        CheckConstraint("window_first <= window_last", name="window"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    runbook_id: Mapped[str]
    title: Mapped[str]
    moment: Mapped[str]
    form_id: Mapped[str | None]
    first: Mapped[date]
    last: Mapped[date]
    pinned: Mapped[bool]
    reason: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(Json)
    sector: Mapped[str]
    window_first: Mapped[date]
    window_last: Mapped[date]
    candidates: Mapped[list[str]] = mapped_column(Json)
    pupils: Mapped[list[str]] = mapped_column(Json)
    position: Mapped[int]
    uid: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    modified_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class StepStateRow(Base):
    """A step of the stappenplan that somebody finished."""

    __tablename__ = "step_state"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), primary_key=True)
    step_id: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]
    done_by: Mapped[str]


class DutyRow(Base):
    """A person on a task of an event."""

    __tablename__ = "duty"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), primary_key=True)
    need_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    reason: Mapped[str]
    pinned: Mapped[bool]


class WaitingFormRow(Base):
    """Who did what and where in a form that is not chosen now, for when it is chosen again.

    `duties` holds `[need, person, reason]`, `rooms` `[need, room, reason]`; a person or room that is gone counts for
    nothing.
    """

    __tablename__ = "waiting_form"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    duties: Mapped[list[list[str]]] = mapped_column(Json)
    rooms: Mapped[list[list[str]]] = mapped_column(Json)


class DutyAnswerRow(Base):
    """What a person said about a task. It stays when the task is given to somebody else or is planned anew."""

    __tablename__ = "duty_answer"
    __table_args__ = (CheckConstraint("says IN ('ja', 'nee')", name="says"),)

    need_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), index=True)
    says: Mapped[Says] = mapped_column(words(Says))
    reason: Mapped[str]
    answered_at: Mapped[datetime]


class DutyBarRow(Base):
    """A task that the school does not want this person to have, though they could do it."""

    __tablename__ = "duty_bar"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), primary_key=True)
    need_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)


class RoomUseRow(Base):
    """A room for a place that an event needs; a large group may need two."""

    __tablename__ = "room_use"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    need_id: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), primary_key=True, index=True)
    reason: Mapped[str]
    pinned: Mapped[bool]
