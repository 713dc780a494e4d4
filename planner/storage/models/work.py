"""Work that takes longer than a page may, and the record of who did what."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from planner.storage.db import Base
from planner.storage.types import Json, words


class TaskState(StrEnum):
    """How far a task is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class TaskRow(Base):
    """A task for the worker. `result` is a file name inside the folder for results, never a path.

    Whoever runs it holds it as `owner` until `lease_until`; after that another may take it over. `stop` asks it to
    end, `outcome` is what it found and nobody took over yet.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("done >= 0 AND total >= 0", name="progress"),
        Index(None, "state", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[TaskState] = mapped_column(words(TaskState), default=TaskState.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    label: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    result: Mapped[str | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    owner: Mapped[str | None]
    stop: Mapped[bool] = mapped_column(default=False, server_default=false())
    outcome: Mapped[dict[str, Any] | None] = mapped_column(Json)
    lease_until: Mapped[datetime | None]


class AuditRow(Base):
    """Who did what to what, and when. An id is never given out twice."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str]
