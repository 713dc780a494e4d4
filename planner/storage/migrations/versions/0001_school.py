"""The school: its calendar, pupils, households, people and rooms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("evenings", JSON, nullable=False),
        sa.Column("feasts", JSON, nullable=False),
        sa.Column("market_last_year", sa.Boolean(), nullable=False),
        sa.Column("verder_split", sa.Integer(), nullable=False),
        sa.Column("accepted", JSON, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_school_days")),
        sa.CheckConstraint("id = 1", name=op.f("ck_school_one")),
        sa.CheckConstraint("verder_split >= 1", name=op.f("ck_school_verder_split")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
    )

    op.create_table(
        "rule_override",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_rule_override")),
    )

    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.CheckConstraint("origin IN ('official', 'own')", name=op.f("ck_period_origin")),
        sa.CheckConstraint("first <= last", name=op.f("ck_period_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
    )

    op.create_table(
        "open_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("register", sa.Boolean(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_day")),
    )

    op.create_table(
        "school_class",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("phase IN (1, 2)", name=op.f("ck_school_class_phase")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_class")),
    )

    op.create_table(
        "pupil",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=False),
        sa.Column("last_name", sa.String(), nullable=False),
        sa.Column("class_id", sa.String(), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("route", sa.Integer(), nullable=False),
        sa.Column("started", sa.Date(), nullable=False),
        sa.Column("leaves", sa.Date(), nullable=True),
        sa.Column("destination", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("phase IN (1, 2)", name=op.f("ck_pupil_phase")),
        sa.CheckConstraint("route BETWEEN 1 AND 3", name=op.f("ck_pupil_route")),
        sa.ForeignKeyConstraint(["class_id"], ["school_class.id"], name=op.f("fk_pupil_class_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil")),
    )
    op.create_index(op.f("ix_pupil_class_id"), "pupil", ["class_id"])
    op.create_index(op.f("ix_pupil_number"), "pupil", ["number"])

    op.create_table(
        "household",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("adults >= 0", name=op.f("ck_household_adults")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )

    op.create_table(
        "household_pupil",
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("pupil_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_household_pupil_household_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_household_pupil_pupil_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("household_id", "pupil_id", name=op.f("pk_household_pupil")),
    )
    op.create_index(op.f("ix_household_pupil_pupil_id"), "household_pupil", ["pupil_id"])

    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("roles", JSON, nullable=False),
        sa.Column("skills", JSON, nullable=False),
        sa.Column("weekdays", JSON, nullable=False),
        sa.Column("not_before", sa.Time(), nullable=True),
        sa.Column("unavailable", JSON, nullable=False),
        sa.Column("max_evenings", sa.Integer(), nullable=False),
        sa.Column("max_hours", sa.Double(), nullable=False),
        sa.Column("class_id", sa.String(), nullable=True),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("max_evenings >= 0", name=op.f("ck_person_max_evenings")),
        sa.CheckConstraint("max_hours >= 0", name=op.f("ck_person_max_hours")),
        sa.ForeignKeyConstraint(
            ["class_id"], ["school_class.id"], name=op.f("fk_person_class_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_class_id"), "person", ["class_id"])

    op.create_table(
        "person_child",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("pupil_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_child_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_person_child_pupil_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "pupil_id", name=op.f("pk_person_child")),
    )
    op.create_index(op.f("ix_person_child_pupil_id"), "person_child", ["pupil_id"])

    op.create_table(
        "room",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("features", JSON, nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.Column("depth", sa.Double(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_room_capacity")),
        sa.CheckConstraint("width > 0 AND depth > 0", name=op.f("ck_room_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
    )
