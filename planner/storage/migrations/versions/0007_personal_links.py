"""Personal links, and what people answer about their tasks: kept apart, so that no new plan can lose an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "helper_link",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("generation >= 1", name=op.f("ck_helper_link_generation")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_helper_link_token_hash")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_helper_link_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_helper_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_helper_link_token_hash")),
    )
    op.create_table(
        "duty_answer",
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("says", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("says IN ('ja', 'nee')", name=op.f("ck_duty_answer_says")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_duty_answer_event_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_duty_answer_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("need_id", "person_id", name=op.f("pk_duty_answer")),
    )
    op.create_index(op.f("ix_duty_answer_event_id"), "duty_answer", ["event_id"])
    op.create_index(op.f("ix_duty_answer_person_id"), "duty_answer", ["person_id"])
    op.drop_column("duty", "answer")
