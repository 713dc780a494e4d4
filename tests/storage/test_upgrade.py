import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from planner.errors import SettingsError
from planner.storage.db import Base, open_engine, writing
from planner.storage.events import save_plan
from planner.storage.models import AuditRow
from planner.storage.schema import SchemaState, schema_state, upgrade
from planner.storage.steps import StepDone, load_done_steps, mark_step

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_step_that_fails_half_way_leaves_everything_as_it_was(engine, scripts, now, tables):
    with Session(engine) as session, writing(session):
        session.add(AuditRow(at=now, who="jan", what="x", subject=""))
    before = tables(engine)

    with pytest.raises(ZeroDivisionError):
        upgrade(engine, scripts=scripts("1 / 0"))

    assert tables(engine) == before
    assert schema_state(engine) is SchemaState.CURRENT
    with Session(engine) as session:
        assert session.query(AuditRow).count() == 1


def test_step_completes_after_it_failed_once(engine, scripts):
    with pytest.raises(ZeroDivisionError):
        upgrade(engine, scripts=scripts("1 / 0"))
    folder = scripts("pass")
    assert schema_state(engine, scripts=folder) is SchemaState.OUTDATED

    upgrade(engine, scripts=folder)

    assert schema_state(engine, scripts=folder) is SchemaState.CURRENT
    assert {"season", "colour"} <= {column["name"] for column in inspect(engine).get_columns("event")}


class InterruptedUpgradeError(Exception):
    pass


STRIDE = 6  # every statement would take a minute; the two kinds of database begin at another one


def test_failure_after_any_statement_leaves_nothing_behind(empty_engine, database_kind):
    """Interrupt the first upgrade after one of its first statements, one further on, and so on until it succeeds."""
    left = [0]

    @event.listens_for(empty_engine, "after_cursor_execute")
    def interrupt(_connection, _cursor, statement, *_):
        if re.match(r"\s*(CREATE|INSERT|UPDATE|DELETE|ALTER|DROP)", statement):
            left[0] -= 1
            if left[0] == 0:
                raise InterruptedUpgradeError

    interrupted = 0
    for at in count(1 if database_kind == "sqlite" else 1 + STRIDE // 2, STRIDE):
        left[0] = at
        try:
            upgrade(empty_engine)
        except InterruptedUpgradeError:
            interrupted += 1
            left[0] = 0
            assert inspect(empty_engine).get_table_names() == []
        else:
            break

    assert interrupted * STRIDE > len(Base.metadata.tables)
    assert schema_state(empty_engine) is SchemaState.CURRENT


KILLED = """
import os, signal, sys
from sqlalchemy import event
from planner.storage.db import open_engine
from planner.storage.schema import upgrade

engine = open_engine(sys.argv[1])
left = int(sys.argv[2])

@event.listens_for(engine, "after_cursor_execute")
def kill(_connection, _cursor, statement, *_):
    global left
    left -= statement.lstrip().startswith("CREATE")
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

upgrade(engine)
"""


@pytest.mark.parametrize("statements", [3, 30])
def test_kill_during_upgrade_leaves_nothing_behind(empty_engine, empty_url, statements):
    killed = subprocess.run([sys.executable, "-c", KILLED, empty_url, str(statements)], check=False, timeout=60)

    assert killed.returncode == -signal.SIGKILL
    assert schema_state(empty_engine) is SchemaState.EMPTY
    upgrade(empty_engine)
    assert schema_state(empty_engine) is SchemaState.CURRENT


@pytest.mark.usefixtures("stored")
def test_rebuilding_a_table_keeps_what_refers_to_it(engine, scripts, session, occurrences, plan, now):
    with writing(session):
        save_plan(session, occurrences, plan, now=now)
        mark_step(session, plan[0].id, "zaal", done=StepDone(at=now, by="jan"))
    session.close()

    upgrade(engine, scripts=scripts("pass"))

    assert load_done_steps(session) == {(plan[0].id, "zaal"): StepDone(at=now, by="jan")}


@only_sqlite
@pytest.mark.usefixtures("stored")
def test_step_that_breaks_references_is_undone(engine, scripts, tables):
    before = tables(engine)

    with pytest.raises(RuntimeError, match="refer to rows that are gone: household_pupil"):
        upgrade(engine, scripts=scripts('op.execute("DELETE FROM household")'))

    assert tables(engine) == before


def test_programs_that_start_together_wait_for_each_other(empty_url):
    engines = [open_engine(empty_url) for _ in range(4)]

    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(upgrade, engines))

    assert {schema_state(engine) for engine in engines} == {SchemaState.CURRENT}
    for engine in engines:
        engine.dispose()


def test_newer_database_is_refused(engine, scripts, tables):
    upgrade(engine, scripts=scripts("pass"))
    before = tables(engine)

    assert schema_state(engine) is SchemaState.NEWER
    with pytest.raises(SettingsError, match=r"^De database is gemaakt door een nieuwere versie van Schakelplan"):
        upgrade(engine)
    assert tables(engine) == before
