"""Rounds of conversations: when every talk is, what families ask, and what was told to whom."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import Json

THE_SETTINGS = 1


class TalkSettingsRow(Base):
    """How long talks of this school take and at what hours they are; `data` holds numbers by name."""

    __tablename__ = "talk_settings"
    __table_args__ = (CheckConstraint(f"id = {THE_SETTINGS}", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_SETTINGS)
    data: Mapped[dict[str, Any]] = mapped_column(Json)


class TalkRoundRow(Base):
    """What is special about one round.

    `hours` holds `[ISO day, start, end]` in minutes, None for the usual hours on every day; `away`
    `[person id, ISO day]` of who cannot come after all; `rooms` the room id by class id; `advice` sentences
    about talks without a time.
    """

    __tablename__ = "talk_round"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    hours: Mapped[list[list[Any]] | None] = mapped_column(Json)
    away: Mapped[list[list[str]]] = mapped_column(Json)
    rooms: Mapped[dict[str, str]] = mapped_column(Json)
    advice: Mapped[list[str]] = mapped_column(Json)
    published_at: Mapped[datetime | None]
    published_by: Mapped[str]


class TalkSlotRow(Base):
    """A talk of a round. Without a day it has no time yet. `start` counts minutes from midnight.

    `uid` is given once and stays. `published` is what calendars show of it: times and people, never a family.
    """

    __tablename__ = "talk_slot"
    __table_args__ = (
        CheckConstraint("start BETWEEN 0 AND 1439", name="start"),
        CheckConstraint("(day IS NULL) = (start IS NULL)", name="moment"),
    )

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    talk_id: Mapped[str] = mapped_column(primary_key=True)
    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), index=True)
    household_id: Mapped[str | None] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), index=True)
    day: Mapped[date | None]
    start: Mapped[int | None]
    interpreter_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    guest_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    pinned: Mapped[bool]
    missed: Mapped[bool]
    confirmed_at: Mapped[datetime | None]
    uid: Mapped[str] = mapped_column(unique=True)
    published: Mapped[dict[str, Any] | None] = mapped_column(Json)


class TalkWishRow(Base):
    """What a household asks for every round. `weekdays` are numbers (0 is Monday), times minutes from midnight."""

    __tablename__ = "talk_wish"
    __table_args__ = (
        CheckConstraint("earliest BETWEEN 0 AND 1439", name="earliest"),
        CheckConstraint("latest BETWEEN 1 AND 1440", name="latest"),
    )

    household_id: Mapped[str] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), primary_key=True)
    weekdays: Mapped[list[int]] = mapped_column(Json)
    earliest: Mapped[int | None]
    latest: Mapped[int | None]
    apart: Mapped[bool]
    at_once: Mapped[bool]
