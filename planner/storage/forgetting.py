"""Taking people out of the database for good: their rows, their ids elsewhere, and what the disk still holds."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine, delete, select

from planner.storage.db import AnySession, Base
from planner.storage.models import EventRow, HouseholdPupilRow, HouseholdRow, PupilRow
from planner.storage.routes import forget_walkers


def forget(session: AnySession, *, household_ids: Collection[str], pupil_ids: Collection[str]) -> None:
    """Delete households and pupils, with their invitation links and their places at every activity, past ones too."""
    session.execute(delete(HouseholdRow).where(HouseholdRow.id.in_(household_ids)))
    session.execute(delete(PupilRow).where(PupilRow.id.in_(pupil_ids)))
    for event in session.scalars(select(EventRow)):
        if not {*event.candidates, *event.pupils}.isdisjoint(pupil_ids):
            event.candidates = [each for each in event.candidates if each not in pupil_ids]
            event.pupils = [each for each in event.pupils if each not in pupil_ids]
    forget_walkers(session, {*household_ids, *pupil_ids})
    session.flush()
    session.expire_all()


def only_of(session: AnySession, household_ids: Collection[str]) -> set[str]:
    """Return the pupils who have no household but these."""
    theirs = HouseholdPupilRow.household_id.in_(household_ids)
    mine = set(session.scalars(select(HouseholdPupilRow.pupil_id).where(theirs)))
    return mine - set(session.scalars(select(HouseholdPupilRow.pupil_id).where(~theirs)))


def scrub(engine: Engine) -> bool:
    """Take what was deleted off the disk too; return whether that could be finished. Not inside a transaction.

    SQLite writes its file anew and empties the log beside it, for which nobody may be reading. PostgreSQL writes
    its tables anew; its own log is the server's, and passes by itself.
    """
    connection: Any = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if engine.dialect.name == "postgresql":
            connection.dbapi_connection.autocommit = True
            cursor.execute(f"VACUUM FULL {', '.join(Base.metadata.tables)}")
            return True
        for statement in ("PRAGMA query_only=OFF", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(statement)
        return bool(cursor.fetchone()[0] == 0)  # 1 when somebody was in the way
    except engine.dialect.loaded_dbapi.Error:  # someone is at work in it, or there is no room for a second copy
        return False
    finally:
        connection.invalidate()
