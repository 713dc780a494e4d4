"""People who carry the activities, and the rooms they are in."""

from datetime import time

from sqlalchemy import CheckConstraint, ForeignKey, text, true
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.staffing.people import Channel, PersonKind
from planner.storage.db import Base
from planner.storage.types import Json, words


class PersonRow(Base):
    """Someone who can be asked for a task.

    `skills` holds `[language, understands, speaks, reads]`, `unavailable` ISO dates, `weekdays` numbers
    (0 is Monday), `beside` and `rooms` ids of people and rooms; one that is gone counts for nothing. Without
    their class a mentor stays.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("max_evenings >= 0", name="max_evenings"),
        CheckConstraint("max_hours >= 0", name="max_hours"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[PersonKind] = mapped_column(words(PersonKind))
    roles: Mapped[list[str]] = mapped_column(Json)
    skills: Mapped[list[tuple[str, int, int, int]]] = mapped_column(Json)
    weekdays: Mapped[list[int]] = mapped_column(Json)
    not_before: Mapped[time | None]
    unavailable: Mapped[list[str]] = mapped_column(Json)
    max_evenings: Mapped[int]
    max_hours: Mapped[float]
    class_id: Mapped[str | None] = mapped_column(ForeignKey("school_class.id", ondelete="SET NULL"), index=True)
    sector: Mapped[str | None]
    organisation: Mapped[str | None]
    beside: Mapped[list[str]] = mapped_column(Json, server_default=text("'[]'"))
    rooms: Mapped[list[str]] = mapped_column(Json, server_default=text("'[]'"))
    consent: Mapped[bool] = mapped_column(server_default=true())
    channel: Mapped[Channel | None] = mapped_column(words(Channel))
    position: Mapped[int]


class PersonChildRow(Base):
    """A pupil who is this person's own child."""

    __tablename__ = "person_child"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id", ondelete="CASCADE"), primary_key=True, index=True)


class RoomRow(Base):
    """A room and its place on the plan."""

    __tablename__ = "room"
    __table_args__ = (
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("width > 0 AND depth > 0", name="size"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    capacity: Mapped[int]
    features: Mapped[list[str]] = mapped_column(Json)
    floor: Mapped[int]
    x: Mapped[float]
    y: Mapped[float]
    width: Mapped[float]
    depth: Mapped[float]
    position: Mapped[int]
