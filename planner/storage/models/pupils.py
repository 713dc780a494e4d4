"""Classes, pupils and households. `position` keeps the order in which the school gave them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.school import Destination
from planner.storage.db import Base
from planner.storage.types import words


class SchoolClassRow(Base):
    """A class."""

    __tablename__ = "school_class"
    __table_args__ = (CheckConstraint("phase IN (1, 2)", name="phase"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    phase: Mapped[int]
    position: Mapped[int]


class PupilRow(Base):
    """A pupil. A class that still has pupils cannot go."""

    __tablename__ = "pupil"
    __table_args__ = (
        CheckConstraint("phase IN (1, 2)", name="phase"),
        CheckConstraint("route BETWEEN 1 AND 3", name="route"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(index=True)
    first_name: Mapped[str]
    last_name: Mapped[str]
    class_id: Mapped[str] = mapped_column(ForeignKey("school_class.id", ondelete="RESTRICT"), index=True)
    phase: Mapped[int]
    route: Mapped[int]
    started: Mapped[date]
    leaves: Mapped[date | None]
    destination: Mapped[Destination | None] = mapped_column(words(Destination))
    position: Mapped[int]


class HouseholdRow(Base):
    """A household: who is invited together."""

    __tablename__ = "household"
    __table_args__ = (CheckConstraint("adults >= 0", name="adults"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    language: Mapped[str]
    adults: Mapped[int]
    interpreter: Mapped[bool]
    relation: Mapped[str]
    position: Mapped[int]


class HouseholdPupilRow(Base):
    """A pupil in a household; both may have more of the other."""

    __tablename__ = "household_pupil"

    household_id: Mapped[str] = mapped_column(ForeignKey("household.id", ondelete="CASCADE"), primary_key=True)
    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int]
