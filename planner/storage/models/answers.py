"""What families said about coming, who was at the door, and how silent families were reached.

All of it names families and goes a set time after the event; `TurnoutRow` keeps the counts.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.families.answers import LONGEST_QUESTION, Source
from planner.domain.families.reaching import Mark, ReachStep
from planner.storage.db import Base
from planner.storage.types import words

THE_KEEPING = 1


class AnswerRow(Base):
    """The last answer of a household for an event. `interpreter` is a language code, empty for none."""

    __tablename__ = "answer"
    __table_args__ = (
        CheckConstraint("persons >= 0 AND children >= 0", name="numbers"),
        CheckConstraint(f"length(question) <= {LONGEST_QUESTION}", name="question"),
    )

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), primary_key=True)
    household_id: Mapped[str] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    coming: Mapped[bool]
    persons: Mapped[int]
    interpreter: Mapped[str]
    children: Mapped[int]
    question: Mapped[str]
    source: Mapped[Source] = mapped_column(words(Source))
    at: Mapped[datetime]
    by: Mapped[str]


class ArrivalRow(Base):
    """A household that was ticked at the door."""

    __tablename__ = "arrival"
    __table_args__ = (CheckConstraint("persons >= 1", name="persons"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), primary_key=True)
    household_id: Mapped[str] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    persons: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]


class ReachRow(Base):
    """A step that was taken to reach a silent household."""

    __tablename__ = "reach"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), primary_key=True)
    household_id: Mapped[str] = mapped_column(
        ForeignKey("household.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    step: Mapped[ReachStep] = mapped_column(words(ReachStep), primary_key=True)
    mark: Mapped[Mark] = mapped_column(words(Mark))
    at: Mapped[datetime]
    by: Mapped[str]


class TurnoutRow(Base):
    """How many households answered and came; None where there were too few to tell."""

    __tablename__ = "turnout"
    __table_args__ = (CheckConstraint("kind IN ('alle', 'klas', 'taal')", name="kind"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="RESTRICT"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    coming: Mapped[int | None]
    cannot: Mapped[int | None]
    silent: Mapped[int | None]
    present: Mapped[int | None]


class AnswerKeepingRow(Base):
    """How many weeks after an event its answers stay, and a number that rises with every change of an answer.

    Not part of the school's revision: an answer changes numbers, not the plan that somebody may have open.
    """

    __tablename__ = "answer_keeping"
    __table_args__ = (
        CheckConstraint(f"id = {THE_KEEPING}", name="one"),
        CheckConstraint("weeks >= 0", name="weeks"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_KEEPING)
    weeks: Mapped[int]
    count: Mapped[int]
