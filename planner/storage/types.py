"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

LONGEST_WORD = 40  # room for any member of an enum, so that a new one never changes a column

# Documents that are read and written whole; PostgreSQL keeps them parsed.
Json = JSON().with_variant(JSONB(), "postgresql")


class UTCDateTime(TypeDecorator[datetime]):
    """A moment: aware in, aware UTC out. A naive one is refused, since nobody knows which moment it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the driver the moment in UTC; ValueError when it has no time zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC. SQLite keeps no time zone, but what is in it was written in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def words(kind: type[StrEnum]) -> Enum:
    """Return a column type that keeps the words of `kind` as text.

    SQLAlchemy refuses other words on the way in and out. The database does not check them once more, so
    that a new word in the domain asks for no migration.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=LONGEST_WORD,
        values_callable=lambda members: [member.value for member in members],
    )
