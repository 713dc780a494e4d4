import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.errors import SettingsError
from planner.storage.db import db, init_database, parse_url, writing
from planner.storage.models import AccountRow, AuditRow, PupilRow
from planner.storage.records import bump_revision, load_facts

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)

THREADS, TIMES = 8, 50


def _audit(now, what="x"):
    return AuditRow(at=now, who="jan", what=what, subject="")


@only_sqlite
def test_sqlite_settings(session):
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")

    assert [session.scalar(text(f"PRAGMA {name}")) for name in names] == ["wal", 2, 1, 5000, 1]


@only_postgres
def test_postgres_settings(session):
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "TimeZone")

    assert [session.scalar(text(f"SHOW {name}")) for name in names] == ["5s", "30s", "1min", "UTC"]


def test_foreign_keys_are_enforced(session, now):
    pupil = PupilRow(
        id="p", number="1", first_name="", last_name="", class_id="?", phase=1, route=1, started=now, position=0
    )

    with pytest.raises(IntegrityError), writing(session):
        session.add(pupil)


def test_reading_transaction_refuses_changes(session, now):
    session.add(_audit(now))

    with pytest.raises(RuntimeError, match=r"outside writing\(\)"):
        session.commit()


def test_writing_refuses_to_take_over_earlier_changes(session, now):
    session.add(_audit(now))

    with pytest.raises(RuntimeError, match="made outside"), writing(session):
        pass


def test_writing_undoes_everything_after_an_error(session, now):
    def change_and_fail():
        with writing(session):
            session.add(_audit(now))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert session.query(AuditRow).count() == 0


@pytest.mark.usefixtures("stored")
def test_writing_forgets_what_was_read_before(engine, session):
    facts = load_facts(session)
    with Session(engine) as other, writing(other):
        bump_revision(other)

    with writing(session):
        assert load_facts(session).revision == facts.revision + 1


def test_inner_writing_joins_the_outer_one(session, now):
    def change_and_fail():
        with writing(session):
            with writing(session):
                session.add(_audit(now))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert session.query(AuditRow).count() == 0


def test_swallowed_error_of_inner_writing_undoes_the_outer_one_too(session, now):
    with writing(session):
        session.add(_audit(now))
        with pytest.raises(ZeroDivisionError), writing(session):
            raise ZeroDivisionError

    assert session.query(AuditRow).count() == 0


def test_change_after_swallowed_error_of_inner_writing_is_refused(session, now):
    def change():
        with writing(session):
            with pytest.raises(ZeroDivisionError), writing(session):
                raise ZeroDivisionError
            session.add(_audit(now))

    with pytest.raises(RuntimeError, match=r"outside writing\(\)"):
        change()


def test_reader_sees_one_moment(session, engine, now):
    before = session.query(AuditRow).count()
    with Session(engine) as other, writing(other):
        other.add(_audit(now))

    assert session.query(AuditRow).count() == before
    session.rollback()
    assert session.query(AuditRow).count() == before + 1


@pytest.mark.usefixtures("stored")
def test_hundred_readers_do_not_wait_for_a_writer(engine, session, now):
    readers = 100 if engine.dialect.name == "sqlite" else 25
    together = threading.Barrier(readers)

    def read(_):
        with Session(engine) as reader:
            name = load_facts(reader).name
            together.wait(timeout=20)  # so that all of them are in a transaction at the same time
            return name

    with writing(session):
        session.add(_audit(now))
        session.flush()
        with ThreadPoolExecutor(readers) as pool:
            # The writer is still at work here: a reader that waits for it would fail after five seconds.
            names = set(pool.map(read, range(readers)))

    assert names == {"ISK De Brug"}


@pytest.mark.usefixtures("stored")
def test_concurrent_writers_lose_nothing(engine):
    before = stored_revision(engine)

    def increment(_):
        with Session(engine) as session:
            for _ in range(TIMES):
                load_facts(session)  # a use case reads first; what it read must not count
                with writing(session):
                    bump_revision(session)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(increment, range(THREADS)))

    assert stored_revision(engine) == before + THREADS * TIMES


def stored_revision(engine):
    with Session(engine) as session:
        return load_facts(session).revision


@pytest.mark.usefixtures("stored")
def test_writer_waits_for_another(engine):
    started = threading.Event()

    def hold():
        with Session(engine) as session, writing(session):
            started.set()
            time.sleep(0.3)
            bump_revision(session)

    before = stored_revision(engine)
    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        started.wait(timeout=5)
        with Session(engine) as session, writing(session):
            seen = bump_revision(session)
        holding.result()

    assert seen == before + 2


@only_sqlite
def test_what_is_deleted_is_gone_from_the_file(engine, session, now, database_url):
    canary = "canary-0123456789"
    with writing(session):
        session.add(_audit(now, canary))
    with writing(session):
        session.query(AuditRow).delete()
    session.close()
    engine.dispose()

    path = Path(database_url.removeprefix("sqlite:///"))
    assert canary.encode() not in path.read_bytes()
    assert not path.with_name(path.name + "-wal").exists()


def test_application_uses_the_same_engine_settings(database_url):
    app = Flask("test")
    init_database(app, database_url)

    with app.app_context():
        with writing(db.session):
            db.session.add(AccountRow(name="Jan", email="jan@school.test", role="coordinator"))
        account = db.session.query(AccountRow).one()
        account.name = "Piet"
        with pytest.raises(RuntimeError, match=r"outside writing\(\)"):
            db.session.commit()
        db.session.remove()
        assert db.session.query(AccountRow).one().name == "Jan"
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_address_of_postgres_gets_our_driver(scheme):
    url = parse_url(f"{scheme}://jan:geheim@localhost/school")

    assert url.render_as_string(hide_password=False) == "postgresql+psycopg://jan:geheim@localhost/school"


def test_relative_path_counts_from_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert parse_url("sqlite:///var/x.sqlite").database == str(tmp_path / "var/x.sqlite")


@pytest.mark.parametrize("url", ["mysql://jan:geheim@localhost/x", "jan:geheim", "sqlite://", "sqlite:///:memory:"])
def test_odd_address_is_refused_without_repeating_it(url):
    with pytest.raises(SettingsError, match=r"^DATABASE_URL ") as caught:
        parse_url(url)

    assert "geheim" not in str(caught.value)
