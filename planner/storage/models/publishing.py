"""What was published, and the calendars that people subscribed to."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import Json, words


class FeedKind(StrEnum):
    """Whose calendar a feed is."""

    YEAR = "year"
    PERSON = "person"


class PublicationRow(Base):
    """The plan as people saw it from a moment on; `number` counts from 1."""

    __tablename__ = "publication"
    __table_args__ = (CheckConstraint("number >= 1", name="number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    published_at: Mapped[datetime]
    by: Mapped[str]
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)


class FeedRow(Base):
    """A calendar behind a secret address. Only the SHA-256 (hex) of the secret is kept.

    When a person leaves, their feed goes with them. An id is never given out twice.
    """

    __tablename__ = "feed"
    __table_args__ = (
        CheckConstraint("kind IN ('year', 'person')", name="kind"),
        CheckConstraint("(kind = 'person') = (person_id IS NOT NULL)", name="person"),
        CheckConstraint("generation >= 1", name="generation"),
        CheckConstraint("length(token_hash) = 64", name="token_hash"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FeedKind] = mapped_column(words(FeedKind))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    generation: Mapped[int]
    token_hash: Mapped[str] = mapped_column(unique=True)
    revision: Mapped[int]
    changed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class FeedEntryRow(Base):
    """One line of a feed as it was last published; a cancelled one stays until nobody can still show it."""

    __tablename__ = "feed_entry"
    __table_args__ = (CheckConstraint("sequence >= 0", name="sequence"),)

    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True)
    uid: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    sequence: Mapped[int]
    modified: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
