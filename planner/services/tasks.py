"""Long work in the background: queued by a page, done by the worker, followed on a progress page."""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select, update

from planner.domain.access.rights import Right, Role
from planner.errors import ConflictError, NotFoundError, PlannerError
from planner.services.begin import demo
from planner.services.event import printing
from planner.services.guarding import require
from planner.services.invitations import classprint
from planner.services.progress import Progress
from planner.services.routes import routing
from planner.services.signin import signinmail
from planner.services.staffing import staffsolve
from planner.services.talks import talks
from planner.services.views import TaskView
from planner.services.workspace import Workspace
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.models import TaskRow, TaskState

log = logging.getLogger(__name__)

ASKED_BY = "asked_by"  # the argument that names the account for which a task is done
LEASE = timedelta(minutes=5)  # a task whose worker died is taken over after this
STOPPED = "Gestopt. Er is niets veranderd."
BROKEN = "Er ging iets mis. Er is niets half opgeslagen. Probeer het nog eens."


def _accept(workspace: Workspace, arguments: Mapping[str, Any]) -> None:
    """Let a task without arguments pass."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a kind of task does, and where its page goes back to (`{event_id}` and so on from its arguments).

    `check` refuses arguments that make no sense, before the task is put in line. `needs` are the rights
    of which one is enough to ask for it. A task that says itself where its page goes back to has it as `back`.
    """

    run: Callable[[Workspace, Mapping[str, Any], Progress, datetime], str | None]
    title: str
    back: str
    check: Callable[[Workspace, Mapping[str, Any]], None] = _accept
    needs: tuple[Right, ...] = (Right.PLAN,)


PROPOSAL = "/mensen/voorstel/{task_id}"
KINDS = {
    "year.propose": _Kind(planning.run_propose, "Het jaar plannen", "/jaar"),
    "year.replan": _Kind(planning.run_replan, "Het plan herstellen", "/jaar"),
    "routes.propose": _Kind(
        routing.run_propose, "De groepen en rondes maken", "/activiteit/{event_id}/groepen", check=routing.check
    ),
    "routes.replan": _Kind(
        routing.run_replan, "De groepen en rondes herstellen", "/activiteit/{event_id}/groepen", check=routing.check
    ),
    "talks.propose": _Kind(talks.run_propose, "De gesprekken plannen", "/gesprekken/{event_id}", check=talks.check),
    "talks.replan": _Kind(talks.run_replan, "De gesprekken herstellen", "/gesprekken/{event_id}", check=talks.check),
    "demo.plan": _Kind(demo.run_plan, "De voorbeeldschool plannen", "/jaar"),
    "staff.propose": _Kind(staffsolve.run, "De mensen verdelen", PROPOSAL, check=staffsolve.check),
    "staff.without": _Kind(staffsolve.run, "Iemand vervangen", PROPOSAL, check=staffsolve.check),
    "event.pdf": _Kind(
        printing.run_print,
        "De PDF maken",
        "/activiteit/{event_id}#afdrukken",
        check=printing.check_print,
        needs=(Right.SEE_YEAR, Right.SEE_FAMILIES),
    ),
    "class.pdf": _Kind(
        classprint.run,
        "De uitnodigingen maken",
        "/uitnodigingen",
        check=classprint.check,
        needs=(Right.SEE_FAMILIES,),
    ),
    "mail.signin": _Kind(signinmail.run_signin, "Een inloglink mailen", "/", needs=(Right.ACCOUNTS,)),
    "mail.invite": _Kind(
        signinmail.run_invite, "Een uitnodiging mailen", "/instellingen/accounts", needs=(Right.ACCOUNTS,)
    ),
}


def queue(workspace: Workspace, *, kind: str, arguments: Mapping[str, Any], now: datetime) -> str:
    """Put a task in line and return its id. The same task that is still waiting is not put there twice.

    NotFoundError when it is about something that is not there, or not for who asks. Only who asked sees it later.
    """
    require(workspace, *KINDS[kind].needs)
    KINDS[kind].check(workspace, arguments)
    session, asked = workspace.session, {**arguments, ASKED_BY: workspace.actor.account_id}
    with writing(session):
        waiting = session.scalars(select(TaskRow).where(TaskRow.kind == kind, TaskRow.state == TaskState.QUEUED))
        for row in waiting:
            if row.arguments == asked:
                return row.id
        row = TaskRow(id=secrets.token_hex(16), kind=kind, arguments=asked, created_at=now)
        row.label = "Even geduld"
        session.add(row)
        return row.id


def _claim(workspace: Workspace, *, owner: str, now: datetime) -> TaskRow | None:
    """Take the oldest waiting task, or one whose worker is gone, by one conditional UPDATE."""
    session = workspace.session
    free = or_(TaskRow.state == TaskState.QUEUED, (TaskRow.state == TaskState.RUNNING) & (TaskRow.lease_until < now))
    with writing(session):
        task_id = session.scalar(select(TaskRow.id).where(free).order_by(TaskRow.created_at, TaskRow.id).limit(1))
        if task_id is None:
            return None
        session.execute(
            update(TaskRow)
            .where(TaskRow.id == task_id, free)
            .values(state=TaskState.RUNNING, owner=owner, started_at=now, lease_until=now + LEASE)
        )
    return session.get(TaskRow, task_id)


def run_next(workspace: Workspace, *, now: datetime) -> bool:
    """Do one waiting task; return whether there was one. A task that fails says why and is not tried again."""
    session = workspace.session
    if (
        session.scalar(select(TaskRow.id).where(TaskRow.state.in_((TaskState.QUEUED, TaskState.RUNNING))).limit(1))
        is None
    ):
        session.rollback()
        return False
    owner = secrets.token_hex(8)  # of this run alone: whoever lost the task meanwhile keeps nothing more
    row = _claim(workspace, owner=owner, now=now)
    if row is None:
        return False
    task_id, kind, arguments = row.id, row.kind, {**row.arguments, "task_id": row.id}
    session.rollback()

    def keep(**values: Any) -> None:  # noqa: ANN401 - columns of a row
        with writing(session):
            session.execute(update(TaskRow).where(TaskRow.id == task_id, TaskRow.owner == owner).values(**values))

    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, label: str) -> None:
        if told[-1:] != [(done, total, label)]:
            told.append((done, total, label))
            keep(done=done, total=total, label=label)
        stop = session.scalar(select(TaskRow.stop).where(TaskRow.id == task_id))
        session.rollback()
        if stop:
            raise ConflictError(STOPPED)

    try:
        result = KINDS[kind].run(workspace, arguments, progress, now)
    except PlannerError as error:
        keep(state=TaskState.FAILED, message=str(error), finished_at=now)
    except Exception:
        log.exception("task %s failed", task_id)
        keep(state=TaskState.FAILED, message=BROKEN, finished_at=now)
    else:
        keep(state=TaskState.DONE, result=result, finished_at=now)
    return True


def _row(workspace: Workspace, task_id: str) -> TaskRow:
    row, actor = workspace.session.get(TaskRow, task_id), workspace.actor
    is_mine = row is not None and (actor.role is Role.SYSTEM or row.arguments.get(ASKED_BY) == actor.account_id)
    if row is None or not is_mine or row.kind not in KINDS:
        raise NotFoundError("Deze taak is er niet (meer). Ga terug en begin opnieuw.")
    return row


def task_view(workspace: Workspace, task_id: str) -> TaskView:
    """Return how far a task is; NotFoundError when it is not there."""
    row = _row(workspace, task_id)
    kind = KINDS[row.kind]
    view = TaskView(
        id=row.id,
        kind=kind.title,
        state=row.state,
        label=row.label,
        done=row.done,
        total=row.total,
        message=row.message,
        back=row.arguments.get("back") or kind.back.format_map({**row.arguments, "task_id": row.id}),
    )
    return replace(view, download=row.result) if row.result else view


def stop(workspace: Workspace, task_id: str, *, now: datetime) -> None:
    """Let a task end without doing anything: at once while it waits, else within moments; a finished one stays."""
    _row(workspace, task_id)
    session = workspace.session
    with writing(session):
        waiting = (TaskRow.id == task_id) & (TaskRow.state == TaskState.QUEUED)
        session.execute(update(TaskRow).where(waiting).values(state=TaskState.FAILED, message=STOPPED, finished_at=now))
        session.execute(update(TaskRow).where(TaskRow.id == task_id).values(stop=True))


def result(workspace: Workspace, task_id: str) -> tuple[Path, str]:
    """Return the finished print of a task and the name to give it; NotFoundError when there is none (any more)."""
    row = _row(workspace, task_id)
    path = workspace.prints_dir / f"{row.id}.pdf"
    if not row.result or not path.is_file():
        raise NotFoundError("Deze PDF is er niet meer. Maak hem opnieuw op de pagina van de activiteit.")
    return path, row.result
