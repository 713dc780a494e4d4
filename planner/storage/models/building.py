"""Where people come in, drawings under the floor plan, and what is in the corners of a loopbaanlokaal."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base

THE_ENTRANCE = 1


class EntranceRow(Base):
    """Where people come in, in metres on the floor plan."""

    __tablename__ = "entrance"
    __table_args__ = (CheckConstraint(f"id = {THE_ENTRANCE}", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_ENTRANCE)
    floor: Mapped[int]
    x: Mapped[float]
    y: Mapped[float]


class PlanPictureRow(Base):
    """A drawing under one floor: a JPEG that we encoded ourselves.

    `x`, `y` (north-west corner) and `width` are metres; `pixels_wide` and `pixels_high` give its shape.
    """

    __tablename__ = "plan_picture"
    __table_args__ = (
        CheckConstraint("width > 0", name="width"),
        CheckConstraint("pixels_wide > 0 AND pixels_high > 0", name="pixels"),
    )

    floor: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    image: Mapped[bytes]
    pixels_wide: Mapped[int]
    pixels_high: Mapped[int]
    x: Mapped[float]
    y: Mapped[float]
    width: Mapped[float]


class CornerRow(Base):
    """A profession in a corner of the room of a sector, with who tells about it, None as long as nobody does."""

    __tablename__ = "corner"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 4", name="number"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    profession: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
