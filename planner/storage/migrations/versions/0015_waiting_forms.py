"""The people and rooms of a form that is not chosen now wait until it is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "waiting_form",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("duties", JSON, nullable=False),
        sa.Column("rooms", JSON, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_waiting_form_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "form_id", name=op.f("pk_waiting_form")),
    )
