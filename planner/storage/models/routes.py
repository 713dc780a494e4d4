"""Going round on an evening, for each form of it: groups, who is in them, where they are, who walks along.

Everything is kept by event and form, so that choosing another form and going back loses nothing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import Json


class RouteSetupRow(Base):
    """What the school decided; `settings` holds the fields of a RouteSetup that are not as the runbook says.

    `changes` is what the last repair changed, for whom, as pairs of words. `before` is the plan that the last change
    replaced, and `told` the plan as people were told it last: ids only, and the names of the stops; None without.
    """

    __tablename__ = "route_setup"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(Json)
    changes: Mapped[list[list[str]]] = mapped_column(Json)
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    told: Mapped[dict[str, Any] | None] = mapped_column(Json)
    told_at: Mapped[datetime | None]
    told_by: Mapped[str] = mapped_column(server_default=text("''"))


class RouteGroupRow(Base):
    """A group with the number that is on the paper."""

    __tablename__ = "route_group"
    __table_args__ = (CheckConstraint("number >= 1", name="number"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class RouteMemberRow(Base):
    """A family in a group; `party_id` is a household, or a pupil without one."""

    __tablename__ = "route_member"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    party_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    group_id: Mapped[str]


class RouteVisitRow(Base):
    """A walker at a stop in a round. A walker is a group, a family, or one parent (`household/number`)."""

    __tablename__ = "route_visit"
    __table_args__ = (CheckConstraint("round >= 1", name="round"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    walker_id: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stop_id: Mapped[str]
    pinned: Mapped[bool]


class RouteCompanionRow(Base):
    """A person who walks with a group."""

    __tablename__ = "route_companion"

    event_id: Mapped[str] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[str] = mapped_column(primary_key=True)
    group_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    task: Mapped[str]
    pinned: Mapped[bool]
