import threading
from datetime import timedelta

import pytest
from contents import contents
from demoschool import NOW
from sqlalchemy import update

from planner.errors import NotFoundError
from planner.services import tasks
from planner.services.views import TaskView
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.models import TaskRow

LATER = NOW + timedelta(minutes=1)
MARKET = "interessemarkt"
PRINT = {"event_id": MARKET, "sheet": "stappenplan", "only": "", "classes": None}


def queue(workspace, kind="year.replan", arguments=None, now=NOW):
    return tasks.queue(workspace, kind=kind, arguments=arguments or {}, now=now)


def set_task(workspace, **values):
    with writing(workspace.session):
        workspace.session.execute(update(TaskRow).values(**values))


def test_task_waits_in_line(workspace):
    task_id = queue(workspace)

    assert tasks.task_view(workspace, task_id) == TaskView(
        id=task_id,
        kind="Het plan herstellen",
        state="queued",
        label="Even geduld",
        done=0,
        total=0,
        message="",
        back="/jaar",
    )


def test_same_task_is_not_put_in_line_twice(workspace):
    assert queue(workspace) == queue(workspace, now=LATER)


def test_task_about_something_else_is_put_in_line_too(workspace):
    ids = {queue(workspace, "event.pdf", {**PRINT, "sheet": sheet}) for sheet in ("stappenplan", "ruimtes")}

    assert len(ids) == 2


def test_other_kind_of_task_is_put_in_line_too(workspace):
    assert queue(workspace) != queue(workspace, "year.propose")


EVERY_SHEET = (
    "draaiboek", "stappenplan", "ruimtes", "uitnodigingen", "plattegrond", "ruimterooster", "hoeken", "eigen-avond",
    "deurborden", "taalkaarten", "routebladen", "groepskaarten", "rondeborden", "deurlijst", "mentoren", "tolken",
    "afspraken",
)  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"event_id": "markt"}, 'De activiteit "markt" staat niet in dit schooljaar.'),
        (
            {"sheet": "../../etc/passwd"},
            f'Er is geen blad "../../etc/passwd". Kies uit: {", ".join(EVERY_SHEET)}.',
        ),
        ({"only": "jan"}, "Deze persoon is er niet."),
    ],
)
def test_print_of_what_is_not_there_is_refused_at_once(workspace, wrong, sentence):
    before = contents(workspace.session)

    with pytest.raises(NotFoundError) as refused:
        queue(workspace, "event.pdf", {**PRINT, **wrong})

    assert (str(refused.value), contents(workspace.session)) == (sentence, before)


def test_print_for_one_person_is_put_in_line(workspace):
    task_id = queue(workspace, "event.pdf", {**PRINT, "only": "p-marieke"})

    assert tasks.task_view(workspace, task_id).state == "queued"


def test_page_of_a_print_goes_back_to_its_event(workspace):
    task_id = queue(workspace, "event.pdf", PRINT)

    there = queue(workspace, "event.pdf", {**PRINT, "back": "/activiteit/interessemarkt/groepen#afdrukken"})

    assert tasks.task_view(workspace, task_id).back == "/activiteit/interessemarkt#afdrukken"
    assert tasks.task_view(workspace, there).back == "/activiteit/interessemarkt/groepen#afdrukken"


def test_task_of_a_kind_that_is_no_more_is_gone(workspace):
    task_id = queue(workspace, "event.pdf", PRINT)
    with writing(workspace.session):
        workspace.session.get(TaskRow, task_id).kind = "talks.pdf"

    with pytest.raises(NotFoundError, match="Deze taak is er niet"):
        tasks.task_view(workspace, task_id)


def test_nothing_to_do(workspace):
    assert tasks.run_next(workspace, now=NOW) is False


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["year.replan", "year.propose"])
def test_task_is_done(workspace, kind):
    task_id = queue(workspace, kind)

    worked = tasks.run_next(workspace, now=LATER)

    view = tasks.task_view(workspace, task_id)
    assert (worked, view.state, view.message, view.download) == (True, "done", "", "")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_progress_can_be_followed_meanwhile(workspace, other):
    seen = []

    def run(task_workspace, arguments, progress, now):
        del task_workspace, now
        progress(1, 3, "Bijna")
        view = tasks.task_view(other, arguments["task_id"])
        seen.append((view.state, view.done, view.total, view.label))

    run_as(workspace, run)

    assert seen == [("running", 1, 3, "Bijna")]


def run_as(workspace, run, now=LATER):
    """Do a task of a kind made for the test and return it."""
    tasks.KINDS["test"] = tasks._Kind(run, "Proef", "/")  # noqa: SLF001 - the outside of a task is what it runs
    try:
        task_id = queue(workspace, "test")
        tasks.run_next(workspace, now=now)
        return tasks.task_view(workspace, task_id)
    finally:
        del tasks.KINDS["test"]


def test_task_that_is_refused_says_why(workspace):
    def run(*_):
        raise NotFoundError("Dit is er niet.")

    view = run_as(workspace, run)

    assert (view.state, view.message) == ("failed", "Dit is er niet.")


def test_task_that_breaks_tells_no_details(workspace, caplog):
    def run(*_):
        raise RuntimeError("password=hunter2")

    view = run_as(workspace, run)

    assert (view.state, view.message, len(caplog.records)) == ("failed", tasks.BROKEN, 1)


def test_task_that_failed_is_not_tried_again(workspace):
    def run(*_):
        raise NotFoundError("Dit is er niet.")

    run_as(workspace, run)

    assert tasks.run_next(workspace, now=LATER + timedelta(days=1)) is False


def test_tasks_are_done_in_the_order_in_which_they_came(workspace):
    order = []
    first, second = queue(workspace, "year.propose"), queue(workspace, "year.replan", now=LATER)
    kinds = dict(tasks.KINDS)
    try:
        for name in ("year.propose", "year.replan"):
            tasks.KINDS[name] = tasks._Kind(  # noqa: SLF001
                lambda _, arguments, *__: order.append(arguments["task_id"]), "Proef", "/"
            )
        while tasks.run_next(workspace, now=LATER):
            pass
    finally:
        tasks.KINDS.update(kinds)

    assert order == [first, second]


def test_one_of_two_workers_gets_the_task(workspace, other):
    done, kinds = [], dict(tasks.KINDS)
    tasks.KINDS["year.replan"] = tasks._Kind(  # noqa: SLF001
        lambda _, arguments, *__: done.append(arguments["task_id"]), "Proef", "/"
    )
    task_id = queue(workspace)
    workers = [
        threading.Thread(target=tasks.run_next, args=(each,), kwargs={"now": LATER}) for each in (workspace, other)
    ]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    finally:
        tasks.KINDS.update(kinds)

    assert done == [task_id]


def test_task_of_a_worker_at_work_is_left_alone(workspace, other):
    found = []

    run_as(workspace, lambda *_: found.append(tasks.run_next(other, now=LATER + tasks.LEASE)))

    assert found == [False]


def test_task_of_a_worker_that_died_is_taken_over(workspace):
    task_id = queue(workspace, "event.pdf", PRINT)
    set_task(workspace, state="running", owner="gone", lease_until=NOW, arguments={**PRINT, "event_id": "gone"})

    worked = tasks.run_next(workspace, now=LATER)

    assert (worked, tasks.task_view(workspace, task_id).state) == (True, "failed")


def test_worker_that_lost_its_task_keeps_nothing_more(workspace, other):
    def lose(*_):
        set_task(other, owner="the-next")

    view = run_as(workspace, lose)

    assert view.state == "running"


def test_unknown_task(workspace):
    with pytest.raises(NotFoundError, match=r"^Deze taak is er niet \(meer\)\. Ga terug en begin opnieuw\.$"):
        tasks.task_view(workspace, "abc")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_someone_who_was_later_is_told_so(workspace, other):
    def run(task_workspace, _, progress, now):
        del progress

        def meanwhile(done, total, label):
            del total, label
            if done == 1:
                planning.override(other, "C01", "Kan niet.", now=now)

        planning.replan(task_workspace, now=now, progress=meanwhile)

    view = run_as(workspace, run)

    assert (view.state, view.message[:46]) == ("failed", "Iemand anders heeft dit intussen veranderd. La")


@pytest.fixture
def printed(workspace):
    """Return a finished print, made without the printer."""
    task_id = queue(workspace, "event.pdf", PRINT)
    set_task(workspace, state="done", result="interessemarkt-stappenplan.pdf")
    workspace.prints_dir.mkdir()
    (workspace.prints_dir / f"{task_id}.pdf").write_bytes(b"%PDF")
    return task_id


def test_finished_print_can_be_fetched(workspace, printed):
    assert tasks.result(workspace, printed) == (
        workspace.prints_dir / f"{printed}.pdf",
        "interessemarkt-stappenplan.pdf",
    )


def test_finished_print_is_offered(workspace, printed):
    assert tasks.task_view(workspace, printed).download == "interessemarkt-stappenplan.pdf"


def test_result_that_names_another_file_gives_the_own_one(workspace, printed):
    set_task(workspace, result="../../school.sqlite")

    assert tasks.result(workspace, printed)[0] == workspace.prints_dir / f"{printed}.pdf"


def test_task_without_a_print(workspace):
    task_id = queue(workspace)

    with pytest.raises(
        NotFoundError, match=r"^Deze PDF is er niet meer. Maak hem opnieuw op de pagina van de activiteit"
    ):
        tasks.result(workspace, task_id)


def test_print_that_was_tidied_away(workspace, printed):
    (workspace.prints_dir / f"{printed}.pdf").unlink()

    with pytest.raises(NotFoundError, match=r"^Deze PDF is er niet meer"):
        tasks.result(workspace, printed)
