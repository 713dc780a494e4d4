"""What is kept back after a backup was put back, and the counts that stay when people go."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base

THE_HOLD = 1


class HoldRow(Base):
    """While this row is there, nothing is sent or published. `made_at` is the moment of the backup."""

    __tablename__ = "hold"
    __table_args__ = (CheckConstraint(f"id = {THE_HOLD}", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_HOLD)
    since: Mapped[datetime]
    made_at: Mapped[datetime]


class TallyRow(Base):
    """How many households there were on the day of a clean-up; None when there were too few to tell."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint("kind IN ('klas', 'taal')", name="kind"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    households: Mapped[int | None]
