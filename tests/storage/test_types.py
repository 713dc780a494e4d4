from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from planner.storage.db import writing
from planner.storage.models import AuditRow, TaskRow


def _audit(at):
    return AuditRow(at=at, who="jan", what="gepubliceerd", subject="2026-2027")


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=45))])
def test_moment_comes_back_in_utc(session, zone):
    moment = datetime(2026, 10, 25, 2, 30, 1, 654321, tzinfo=zone)

    with writing(session):
        session.add(_audit(moment))

    kept = session.query(AuditRow).one().at
    assert kept == moment
    assert kept.tzinfo is UTC


def test_moment_without_zone_is_refused(session):
    naive = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001 - a naive moment is what this test is about

    with pytest.raises(StatementError, match="needs a time zone"), writing(session):
        session.add(_audit(naive))


def test_moments_sort_and_compare_across_zones(session, now):
    east = timezone(timedelta(hours=9))
    with writing(session):
        session.add_all([_audit((now + timedelta(hours=1)).astimezone(east)), _audit(now)])

    found = session.query(AuditRow).where(AuditRow.at > now.astimezone(east)).order_by(AuditRow.at).all()

    assert [row.at for row in found] == [now + timedelta(hours=1)]


def test_no_moment_stays_none(session, now):
    with writing(session):
        session.add(TaskRow(id="t", kind="print", arguments={"a": [1, None, "é"]}, created_at=now))

    row = session.get(TaskRow, "t")
    assert (row.started_at, row.arguments) == (None, {"a": [1, None, "é"]})


def test_word_outside_the_enum_is_refused_by_the_database_too(session, now):
    with writing(session):
        session.add(TaskRow(id="t", kind="print", arguments={}, created_at=now))

    with pytest.raises(StatementError), writing(session):
        session.execute(text("UPDATE task SET state = 'lost'"))
