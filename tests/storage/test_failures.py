import sqlite3
import threading
from types import SimpleNamespace

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from planner.storage import failures
from planner.storage.db import open_engine, writing
from planner.storage.failures import UnavailableError
from planner.storage.models import AuditRow

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


def _audit(now, what="x"):
    return AuditRow(at=now, who="jan", what=what, subject="")


@pytest.fixture
def hasty(engine):
    """Let writers wait a short time only, so that a test of waiting in vain is quick."""
    command = "PRAGMA busy_timeout=50" if engine.dialect.name == "sqlite" else "SET lock_timeout=50"

    @event.listens_for(engine, "connect")
    def shorten(connection, _entry):
        connection.cursor().execute(command)
        connection.commit()

    return engine


def test_waiting_in_vain_gives_a_sentence(hasty):
    with (
        Session(hasty) as first,
        Session(hasty) as second,
        writing(first),
        pytest.raises(UnavailableError) as caught,
        writing(second),
    ):
        pass

    assert str(caught.value) == failures.BUSY


@only_sqlite
def test_full_disk_gives_a_sentence_and_loses_nothing(engine, session, now):
    with writing(session):
        session.add(_audit(now, "before"))
    pages = session.scalar(text("PRAGMA page_count"))
    session.execute(text(f"PRAGMA max_page_count={pages}"))

    with pytest.raises(UnavailableError) as caught, writing(session):
        session.add(_audit(now, "long " * 10_000))

    assert str(caught.value) == failures.FULL
    with Session(engine) as other:
        assert [row.what for row in other.query(AuditRow)] == ["before"]
        assert other.scalar(text("PRAGMA integrity_check")) == "ok"


@only_postgres
def test_lost_server_gives_a_sentence_and_comes_back(session, engine):
    pid = session.scalar(text("SELECT pg_backend_pid()"))
    with Session(engine) as other:
        other.execute(text(f"SELECT pg_terminate_backend({pid})"))

    with pytest.raises(UnavailableError) as caught:
        session.scalar(text("SELECT 1"))

    assert str(caught.value) == failures.GONE
    session.rollback()
    assert session.scalar(text("SELECT 1")) == 1


@only_postgres
def test_slow_statement_gives_a_sentence(session):
    session.execute(text("SET LOCAL statement_timeout=20"))

    with pytest.raises(UnavailableError) as caught:
        session.execute(text("SELECT pg_sleep(5)"))

    assert str(caught.value) == failures.SLOW


def test_unreachable_server_gives_a_sentence(tmp_path):
    engine = open_engine(f"postgresql:///x?host={tmp_path}")

    with pytest.raises(UnavailableError) as caught:
        engine.connect()

    assert str(caught.value) == failures.GONE


def test_broken_file_gives_a_sentence(tmp_path):
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"this is no database" * 100)
    engine = open_engine(f"sqlite:///{path}")

    with pytest.raises(UnavailableError) as caught:
        engine.connect()

    assert str(caught.value) == failures.BROKEN


def test_other_errors_stay_what_they_are(session):
    with pytest.raises(Exception, match="no_such_table") as caught:
        session.execute(text("SELECT * FROM no_such_table"))

    assert not isinstance(caught.value, UnavailableError)


@pytest.fixture
def occupied(tmp_path):
    """Give a new file that is not in WAL yet, with someone reading it; `leave` lets them go."""
    path = tmp_path / "x.sqlite"
    reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    reader.execute("CREATE TABLE t (x)")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    yield SimpleNamespace(url=f"sqlite:///{path}", leave=reader.close)
    reader.close()


def test_first_connection_waits_until_it_can_switch_to_wal(occupied):
    engine = open_engine(occupied.url)
    timer = threading.Timer(0.3, occupied.leave)
    timer.start()

    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"

    timer.join()
    engine.dispose()


def test_first_connection_does_not_wait_for_ever(occupied, monkeypatch):
    monkeypatch.setattr("planner.storage.db.WAIT_MILLISECONDS", 50)
    engine = open_engine(occupied.url)

    with pytest.raises(UnavailableError) as caught:
        engine.connect()

    assert str(caught.value) == failures.BUSY


def test_sqlite_error_without_code_is_left_alone():
    assert failures._sentence_for(sqlite3.OperationalError("?")) == ""  # noqa: SLF001
