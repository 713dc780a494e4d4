from datetime import timedelta

import pytest
from demoschool import NOW
from sqlalchemy import select, update

from planner.services import tasks, tidying
from planner.services.signin import accounts, sessions
from planner.storage.db import writing
from planner.storage.models import SessionRow, SigninLinkRow, TaskRow, TaskState

A_DAY = timedelta(hours=24)


@pytest.fixture
def task_id(workspace):
    """Return a task that is done, with its print."""
    task_id = tasks.queue(workspace, kind="year.replan", arguments={}, now=NOW)
    with writing(workspace.session):
        workspace.session.execute(update(TaskRow).values(state=TaskState.DONE))
    workspace.prints_dir.mkdir()
    (workspace.prints_dir / f"{task_id}.pdf").write_bytes(b"%PDF")
    return task_id


def prints(workspace):
    return {path.stem for path in workspace.prints_dir.glob("*")}


def known(workspace, table):
    return list(workspace.session.scalars(select(table)))


@pytest.mark.parametrize(("age", "left"), [(A_DAY, True), (A_DAY + timedelta(seconds=1), False)])
def test_print_goes_with_its_task_after_a_day(workspace, task_id, age, left):
    count = tidying.tidy(workspace, now=NOW + age)

    assert (count, task_id in prints(workspace), bool(known(workspace, TaskRow))) == (not left, left, left)


def test_task_that_still_waits_stays(workspace, task_id):
    with writing(workspace.session):
        workspace.session.execute(update(TaskRow).values(state=TaskState.QUEUED))

    tidying.tidy(workspace, now=NOW + 2 * A_DAY)

    assert prints(workspace) == {task_id}


@pytest.mark.parametrize("name", ["0123456789abcdef.pdf", "0123456789abcdef.part"])
def test_print_without_a_task_goes(workspace, task_id, name):
    (workspace.prints_dir / name).write_bytes(b"%PDF")

    tidying.tidy(workspace, now=NOW)

    assert prints(workspace) == {task_id}


def test_sign_in_link_goes_when_it_is_over(workspace):
    accounts.demo_link(workspace, now=NOW)

    count = tidying.tidy(workspace, now=NOW + accounts.LINK_LIFE)

    assert (count, known(workspace, SigninLinkRow)) == (1, [])


def test_session_goes_when_it_is_over(workspace):
    accounts.start_session(workspace, accounts.demo_link(workspace, now=NOW), now=NOW)

    count = tidying.tidy(workspace, now=NOW + sessions.SESSION_LIFE)

    assert (count, known(workspace, SessionRow)) == (2, [])


def test_what_is_in_use_stays(workspace, task_id):
    accounts.start_session(workspace, accounts.demo_link(workspace, now=NOW), now=NOW)

    assert (tidying.tidy(workspace, now=NOW), prints(workspace)) == (0, {task_id})


def test_nothing_to_tidy(workspace):
    assert tidying.tidy(workspace, now=NOW) == 0
