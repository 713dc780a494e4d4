"""Who walks where on an evening: groups, visits and companions, for each form of an activity."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _of_an_event(name: str) -> tuple[sa.Column[str], sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f(f"fk_{name}_event_id"), ondelete="CASCADE"),
    )


def upgrade() -> None:
    op.create_table(
        "route_setup",
        *_of_an_event("route_setup"),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "form_id", name=op.f("pk_route_setup")),
    )
    op.create_table(
        "route_group",
        *_of_an_event("route_group"),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_route_group_number")),
        sa.PrimaryKeyConstraint("event_id", "form_id", "id", name=op.f("pk_route_group")),
    )
    op.create_table(
        "route_member",
        *_of_an_event("route_member"),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "form_id", "party_id", name=op.f("pk_route_member")),
    )
    op.create_index(op.f("ix_route_member_party_id"), "route_member", ["party_id"])
    op.create_table(
        "route_visit",
        *_of_an_event("route_visit"),
        sa.Column("walker_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stop_id", sa.String(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.CheckConstraint("round >= 1", name=op.f("ck_route_visit_round")),
        sa.PrimaryKeyConstraint("event_id", "form_id", "walker_id", "round", name=op.f("pk_route_visit")),
    )
    op.create_table(
        "route_companion",
        *_of_an_event("route_companion"),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_route_companion_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "form_id", "group_id", "person_id", name=op.f("pk_route_companion")),
    )
    op.create_index(op.f("ix_route_companion_person_id"), "route_companion", ["person_id"])
