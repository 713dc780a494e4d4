"""Lists that were brought in: as a preview that waits, and as an import that can be undone."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import Json, words


class ImportState(StrEnum):
    """How far an import is."""

    PREVIEW = "preview"
    APPLIED = "applied"
    UNDONE = "undone"


class ImportRow(Base):
    """A list that was brought in. `content` holds its rows as long as it is a preview, never columns we may not keep.

    `undo` holds, by table, the rows as they were and as the import left them. Both are emptied when they
    have served.
    """

    __tablename__ = "import_run"
    __table_args__ = (CheckConstraint("state IN ('preview', 'applied', 'undone')", name="state"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    state: Mapped[ImportState] = mapped_column(words(ImportState))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    undo: Mapped[dict[str, Any]] = mapped_column(Json)
    summary: Mapped[str]
    who: Mapped[str]
    created_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]


class ImportColumnRow(Base):
    """Which column a school says a header is; `column_id` is empty for one to leave out."""

    __tablename__ = "import_column"

    kind: Mapped[str] = mapped_column(primary_key=True)
    header: Mapped[str] = mapped_column(primary_key=True)
    column_id: Mapped[str]
