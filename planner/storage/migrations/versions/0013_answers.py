"""Answers of families, the door, the reach list, short codes, and how long answers are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _household_table(name: str, *columns: sa.schema.SchemaItem, keys: tuple[str, ...] = ()) -> None:
    op.create_table(
        name,
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f(f"fk_{name}_event_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f(f"fk_{name}_household_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "household_id", *keys, name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_household_id"), name, ["household_id"])


def upgrade() -> None:
    _household_table(
        "answer",
        sa.Column("coming", sa.Boolean(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("interpreter", sa.String(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("persons >= 0 AND children >= 0", name=op.f("ck_answer_numbers")),
        sa.CheckConstraint("length(question) <= 500", name=op.f("ck_answer_question")),
    )
    _household_table(
        "arrival",
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("persons >= 1", name=op.f("ck_arrival_persons")),
    )
    _household_table(
        "reach",
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        keys=("step",),
    )
    op.create_table(
        "turnout",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("coming", "cannot", "silent", "present")),
        sa.CheckConstraint("kind IN ('alle', 'klas', 'taal')", name=op.f("ck_turnout_kind")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_turnout_event_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("event_id", "kind", "name", name=op.f("pk_turnout")),
    )
    op.create_table(
        "answer_keeping",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_answer_keeping_one")),
        sa.CheckConstraint("weeks >= 0", name=op.f("ck_answer_keeping_weeks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_keeping")),
    )
    op.create_table(
        "short_code",
        sa.Column("link_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_short_code_code_hash")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["invite_link.id"], name=op.f("fk_short_code_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_short_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_short_code_code_hash")),
    )
