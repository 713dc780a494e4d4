"""What people want and how to ask them, tasks the school keeps somebody from, and work that can be stopped."""

from typing import Literal

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    # Rebuilt where that is how it is done, so that SQLite's own text of the table is as the models write it.
    recreate: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("person", recreate=recreate) as person:
        person.add_column(sa.Column("beside", JSON, nullable=False, server_default=sa.text("'[]'")))
        person.add_column(sa.Column("rooms", JSON, nullable=False, server_default=sa.text("'[]'")))
        person.add_column(sa.Column("consent", sa.Boolean(), nullable=False, server_default=sa.true()))
        person.add_column(sa.Column("channel", sa.String(length=40), nullable=True))
    with op.batch_alter_table("task", recreate=recreate) as task:
        task.add_column(sa.Column("stop", sa.Boolean(), nullable=False, server_default=sa.false()))
        task.add_column(sa.Column("outcome", JSON, nullable=True))
    op.create_table(
        "duty_bar",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("need_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_duty_bar_event_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_duty_bar_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "need_id", "person_id", name=op.f("pk_duty_bar")),
    )
    op.create_index(op.f("ix_duty_bar_person_id"), "duty_bar", ["person_id"])
