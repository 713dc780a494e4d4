"""The pupil's workshop: codes, what pupils write, what the school says in each language, and what was printed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "own_language",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("babel", sa.String(), nullable=False),
        sa.Column("rtl", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("own_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_own_language")),
    )
    op.create_table(
        "wording",
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'checked', 'flagged')", name=op.f("ck_wording_state")),
        sa.PrimaryKeyConstraint("language", "key", name=op.f("pk_wording")),
    )
    _people()


def _people() -> None:
    op.create_table(
        "pupil_code",
        sa.Column("pupil_id", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.CheckConstraint("generation >= 1", name=op.f("ck_pupil_code_generation")),
        sa.CheckConstraint("length(code_hash) = 64", name=op.f("ck_pupil_code_code_hash")),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=op.f("fk_pupil_code_pupil_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("pupil_id", name=op.f("pk_pupil_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_pupil_code_code_hash")),
    )
    op.create_table(
        "pupil_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("pupil_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("greeting", JSON, nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("who", JSON, nullable=False),
        sa.Column("border", sa.String(), nullable=False),
        sa.Column("colour", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checked", sa.String(), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suggestion", sa.String(), nullable=False),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'handed_in', 'returned', 'released')", name=op.f("ck_pupil_invitation_state")
        ),
        sa.CheckConstraint(
            "checked IN ('', 'approved', 'suggested', 'flagged')", name=op.f("ck_pupil_invitation_checked")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_pupil_invitation_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupil.id"], name=op.f("fk_pupil_invitation_pupil_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_invitation")),
        sa.UniqueConstraint("event_id", "pupil_id", name=op.f("uq_pupil_invitation_event_id_pupil_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pupil_invitation_pupil_id"), "pupil_invitation", ["pupil_id"])
    op.create_table(
        "printed",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("household_id", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_printed_event_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_printed_household_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "household_id", name=op.f("pk_printed")),
    )
    op.create_index(op.f("ix_printed_household_id"), "printed", ["household_id"])
    op.create_table(
        "reader_link",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("generation >= 1", name=op.f("ck_reader_link_generation")),
        sa.CheckConstraint("length(token_hash) = 64", name=op.f("ck_reader_link_token_hash")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reader_link_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "language", name=op.f("pk_reader_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_reader_link_token_hash")),
    )
