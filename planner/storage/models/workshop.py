"""Invitations that pupils make, what the school says in each language, and what was printed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import Json, words

_IS_HASH = "length({}) = 64"  # a secret itself is shorter, so it cannot end up here by mistake


class WordingState(StrEnum):
    """What people who know the language have said about a text."""

    DRAFT = "draft"
    CHECKED = "checked"
    FLAGGED = "flagged"


class MakingState(StrEnum):
    """How far a pupil's invitation is: only one that was released is printed for the family."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    RELEASED = "released"


class OwnLanguageRow(Base):
    """A language that the school added."""

    __tablename__ = "own_language"

    code: Mapped[str] = mapped_column(primary_key=True)
    babel: Mapped[str]
    rtl: Mapped[bool]
    name: Mapped[str]
    own_name: Mapped[str]


class WordingRow(Base):
    """What the school itself says about one text in one language; `text` is empty where only the review is its own."""

    __tablename__ = "wording"
    __table_args__ = (CheckConstraint("state IN ('draft', 'checked', 'flagged')", name="state"),)

    language: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    state: Mapped[WordingState] = mapped_column(words(WordingState))
    note: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]


class PupilCodeRow(Base):
    """The code with which a pupil opens the workshop; only its SHA-256 is kept."""

    __tablename__ = "pupil_code"
    __table_args__ = (
        CheckConstraint("generation >= 1", name="generation"),
        CheckConstraint(_IS_HASH.format("code_hash"), name="code_hash"),
    )

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True)
    generation: Mapped[int]
    code_hash: Mapped[str] = mapped_column(unique=True)


class PupilInvitationRow(Base):
    """What a pupil wrote for one activity. `lines` are pairs of Dutch and the own language."""

    __tablename__ = "pupil_invitation"
    __table_args__ = (
        UniqueConstraint("event_id", "pupil_id"),
        CheckConstraint("state IN ('draft', 'handed_in', 'returned', 'released')", name="state"),
        CheckConstraint("checked IN ('', 'approved', 'suggested', 'flagged')", name="checked"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), index=True)
    language: Mapped[str]
    greeting: Mapped[list[str]] = mapped_column(Json)
    lines: Mapped[list[Any]] = mapped_column(Json)
    who: Mapped[list[str]] = mapped_column(Json)
    border: Mapped[str]
    colour: Mapped[bool]
    consent: Mapped[bool]
    state: Mapped[MakingState] = mapped_column(words(MakingState))
    note: Mapped[str]
    checked: Mapped[str]
    checked_by: Mapped[str]
    checked_at: Mapped[datetime | None]
    suggestion: Mapped[str]
    released_by: Mapped[str]
    updated_at: Mapped[datetime]


class PrintedRow(Base):
    """The facts on the invitation that was last printed for a household: when they change it must be printed again."""

    __tablename__ = "printed"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    household_id: Mapped[str] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    facts: Mapped[str]
    at: Mapped[datetime]


class ReaderLinkRow(Base):
    """The personal link with which somebody checks the texts in a language."""

    __tablename__ = "reader_link"
    __table_args__ = (
        CheckConstraint("generation >= 1", name="generation"),
        CheckConstraint(_IS_HASH.format("token_hash"), name="token_hash"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    generation: Mapped[int]
    token_hash: Mapped[str] = mapped_column(unique=True)
    revoked_at: Mapped[datetime | None]
