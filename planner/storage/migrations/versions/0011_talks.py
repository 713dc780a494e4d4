"""Rounds of conversations: their settings, the time of every talk, and what families ask."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "talk_settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_talk_settings_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_settings")),
    )

    op.create_table(
        "talk_round",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("hours", JSON, nullable=True),
        sa.Column("away", JSON, nullable=False),
        sa.Column("rooms", JSON, nullable=False),
        sa.Column("advice", JSON, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_talk_round_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_talk_round")),
    )

    op.create_table(
        "talk_slot",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("talk_id", sa.String(), nullable=False),
        sa.Column("pupil_id", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("interpreter_id", sa.String(), nullable=True),
        sa.Column("guest_id", sa.String(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("published", JSON, nullable=True),
        sa.CheckConstraint("start BETWEEN 0 AND 1439", name=op.f("ck_talk_slot_start")),
        sa.CheckConstraint("(day IS NULL) = (start IS NULL)", name=op.f("ck_talk_slot_moment")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_talk_slot_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_talk_slot_pupil_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_talk_slot_household_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["interpreter_id"], ["person.id"], name=op.f("fk_talk_slot_interpreter_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["guest_id"], ["person.id"], name=op.f("fk_talk_slot_guest_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "talk_id", name=op.f("pk_talk_slot")),
        sa.UniqueConstraint("uid", name=op.f("uq_talk_slot_uid")),
    )
    for column in ("pupil_id", "household_id", "interpreter_id", "guest_id"):
        op.create_index(op.f(f"ix_talk_slot_{column}"), "talk_slot", [column])

    op.create_table(
        "talk_wish",
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("weekdays", JSON, nullable=False),
        sa.Column("earliest", sa.Integer(), nullable=True),
        sa.Column("latest", sa.Integer(), nullable=True),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.CheckConstraint("earliest BETWEEN 0 AND 1439", name=op.f("ck_talk_wish_earliest")),
        sa.CheckConstraint("latest BETWEEN 1 AND 1440", name=op.f("ck_talk_wish_latest")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_talk_wish_household_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("household_id", name=op.f("pk_talk_wish")),
    )
