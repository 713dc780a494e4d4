"""What a database holds, to compare before with after."""

from sqlalchemy import select

from planner.storage.db import Base


def contents(session):
    """Return every row of every table."""
    session.rollback()
    return {
        table.name: sorted(map(tuple, session.execute(select(table))), key=repr)
        for table in Base.registry.metadata.sorted_tables
    }
