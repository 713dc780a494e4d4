"""What Alembic runs for every step: our tables, on the connection and in the transaction that we give it."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Enum

from planner.storage.models import Base
from planner.storage.types import UTCDateTime


def render_item(kind: str, value: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as plain ones: a step must not change when our code does."""
    if kind != "type":
        return False
    if isinstance(value, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(value, Enum):
        return f"sa.String(length={value.length})"
    return "JSON" if isinstance(value, JSON) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=True,  # SQLite alters a table by building it anew
    render_item=render_item,
    # Alembic thinks SQLite cannot undo CREATE TABLE; with a transaction that we began ourselves it can.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
