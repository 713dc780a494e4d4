"""Where the entrance is, drawings under the floor plan, and the corners of a loopbaanlokaal."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entrance",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_entrance_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrance")),
    )
    op.create_table(
        "plan_picture",
        sa.Column("floor", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("pixels_wide", sa.Integer(), nullable=False),
        sa.Column("pixels_high", sa.Integer(), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("width", sa.Double(), nullable=False),
        sa.CheckConstraint("width > 0", name=op.f("ck_plan_picture_width")),
        sa.CheckConstraint("pixels_wide > 0 AND pixels_high > 0", name=op.f("ck_plan_picture_pixels")),
        sa.PrimaryKeyConstraint("floor", name=op.f("pk_plan_picture")),
    )
    op.create_table(
        "corner",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("profession", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_corner_number")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_corner_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_corner_person_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("event_id", "sector", "number", name=op.f("pk_corner")),
    )
    op.create_index(op.f("ix_corner_person_id"), "corner", ["person_id"])
