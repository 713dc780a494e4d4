"""The days of the school year: periods and the open days of other schools."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.calendar import PeriodKind
from planner.storage.db import Base
from planner.storage.types import words


class PeriodOrigin(StrEnum):
    """Who brought a period: the official calendars, or the school itself."""

    OFFICIAL = "official"
    OWN = "own"


class PeriodRow(Base):
    """A named run of days, both ends included."""

    __tablename__ = "period"
    __table_args__ = (
        CheckConstraint("first <= last", name="days"),
        CheckConstraint("origin IN ('official', 'own')", name="origin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[PeriodKind] = mapped_column(words(PeriodKind))
    about: Mapped[str]
    origin: Mapped[PeriodOrigin] = mapped_column(words(PeriodOrigin))


class OpenDayRow(Base):
    """An open day of a school in the region."""

    __tablename__ = "open_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    school: Mapped[str]
    day: Mapped[date]
    sector: Mapped[str]
    register: Mapped[bool]
    link: Mapped[str]
