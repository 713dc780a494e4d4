"""What was told about going round, activities on several evenings, and sectors that a school adds."""

from typing import Literal

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    # Rebuilt where that is how it is done, so that SQLite's own text of the table is as the models write it.
    recreate: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("route_setup", recreate=recreate) as setup:
        setup.add_column(sa.Column("before", JSON, nullable=True))
        setup.add_column(sa.Column("told", JSON, nullable=True))
        setup.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        setup.add_column(sa.Column("told_by", sa.String(), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("school", recreate=recreate) as school:
        for name in ("evenings_of", "more_sectors"):
            school.add_column(sa.Column(name, JSON, nullable=False, server_default=sa.text("'{}'")))
