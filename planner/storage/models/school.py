"""The school itself and what it decided about the rules; one school in a database."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import Json

THE_SCHOOL = 1


class SchoolRow(Base):
    """The one school.

    `evenings` maps a weekday ("0" is Monday) to "HH:MM"; `evenings_of` and `more_sectors` are as in the School of
    the domain; `accepted` holds `[rule, where]` of the wishes that
    the last proposal could not meet; `revision` rises with every change, so that a form can tell that
    someone else was earlier.
    """

    __tablename__ = "school"
    __table_args__ = (
        CheckConstraint(f"id = {THE_SCHOOL}", name="one"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("verder_split >= 1", name="verder_split"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=THE_SCHOOL)
    name: Mapped[str]
    region: Mapped[str]
    label: Mapped[str]
    is_demo: Mapped[bool]
    first_day: Mapped[date]
    last_day: Mapped[date]
    evenings: Mapped[dict[str, str]] = mapped_column(Json)
    feasts: Mapped[list[str]] = mapped_column(Json)
    market_last_year: Mapped[bool]
    verder_split: Mapped[int]
    evenings_of: Mapped[dict[str, int]] = mapped_column(Json, server_default=text("'{}'"))
    more_sectors: Mapped[dict[str, list[str]]] = mapped_column(Json, server_default=text("'{}'"))
    accepted: Mapped[list[list[str]]] = mapped_column(Json)
    revision: Mapped[int]


class RuleOverrideRow(Base):
    """A rule that the school sets aside, with the school's reason."""

    __tablename__ = "rule_override"

    rule: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    created_at: Mapped[datetime]
