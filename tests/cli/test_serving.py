"""The server and its worker as real processes on a free port."""

import re
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from urllib.request import urlopen

import pytest
from demoschool import NOW

from planner import jobs
from planner.domain.families import shortcode
from planner.services import tasks

WAIT_SECONDS = 30


@pytest.fixture
def port():
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(school, environment, port, planner_command):  # noqa: ARG001 - the server is of the demo school
    """Give the demo school's server, ready to be asked."""
    unbuffered = {**environment, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*planner_command, "serve", "--port", str(port)], env=unbuffered, stdout=subprocess.PIPE, text=True
    )
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()
    process.stdout.close()


def test_server_tells_its_address_and_the_way_in_and_stops_with_its_worker(server, port):
    address, way_in = server.stdout.readline(), server.stdout.readline()
    link = re.search(r"http://localhost:\d+/aanmelden/\S+", way_in)[0]
    with urlopen(link.replace("localhost", "127.0.0.1")) as page:  # noqa: S310 - our own server
        signed_in = page.status
    server.send_signal(signal.SIGTERM)

    # The worker writes to the same pipe, so the end of that is the end of both.
    assert (server.wait(WAIT_SECONDS), address, signed_in, server.stdout.read()) == (
        0,
        f"Schakelplan staat klaar op http://localhost:{port}\n",
        200,
        "Tot ziens.\n",
    )


def test_server_without_a_school_tells_the_code_and_asks_for_it(environment, port, planner_command, tmp_path):
    own = {**environment, "PYTHONUNBUFFERED": "1", "PLANNER_DATA": str(tmp_path), "DATABASE_URL": ""}
    with subprocess.Popen(
        [*planner_command, "serve", "--port", str(port)], env=own, stdout=subprocess.PIPE, text=True
    ) as process:
        said = [process.stdout.readline(), process.stdout.readline()]
        with urlopen(f"http://127.0.0.1:{port}/") as page:
            body = page.read().decode()
        process.send_signal(signal.SIGTERM)
        process.wait(WAIT_SECONDS)

    code = re.fullmatch(r"Er is nog geen school\. Open dat adres en vul deze code in: (\S+)\n", said[1])[1]
    assert shortcode.is_valid(shortcode.normalise(code), length=12)
    assert "Code om te beginnen" in body
    assert code not in body


def test_port_that_is_taken(environment, planner_command, port):
    known = {"env": environment, "capture_output": True, "text": True, "timeout": WAIT_SECONDS}
    with socket.create_server(("127.0.0.1", port)):
        made = subprocess.run([*planner_command, "serve", "--port", str(port)], check=False, **known)

    refused = f"Poort {port} op 127.0.0.1 is niet vrij (Address already in use). "
    advice = f"Kies een andere, bijvoorbeeld --port {port + 1}.\n"
    assert (made.returncode, made.stdout, made.stderr) == (2, "", refused + advice)


def test_address_that_is_not_of_this_computer(run, port):
    assert run("serve", "--host", "256.0.0.1", "--port", str(port)) == (
        2,
        "",
        '"256.0.0.1" is geen adres van deze computer. Laat --host weg of kies 0.0.0.0.\n',
    )


def test_port_zero_is_refused(run):
    status, out, error = run("serve", "--port", "0")

    assert (status, out, error[:12]) == (2, "", 'PORT is "0".')


def test_worker_with_odd_settings_says_so(environment):
    made = subprocess.run(
        [sys.executable, "-m", "planner.worker"],
        env={**environment, "PORT": "x"},
        capture_output=True,
        text=True,
        timeout=WAIT_SECONDS,
        check=False,
    )

    assert (made.returncode, made.stderr) == (
        1,
        'PORT is "x". Kies een getal van 1 tot en met 65535, bijvoorbeeld 8080.\n',
    )


def queue_prints(app, *sheets):
    """Put prints in line and return the id of the last."""
    with app.app_context():
        workspace, now = app.extensions["schakelplan"], app.config["CLOCK"]()
        for sheet in sheets:
            arguments = {"event_id": "verder-halverwege", "sheet": sheet, "only": "", "classes": None}
            task_id = tasks.queue(workspace, kind="event.pdf", arguments=arguments, now=now)
    return task_id


def test_worker_does_what_waits_and_stops_when_asked(app, environment):
    task_id = queue_prints(app, "ruimtes")
    worker = subprocess.Popen([sys.executable, "-m", "planner.worker"], env=environment)
    deadline, state = time.monotonic() + WAIT_SECONDS, ""
    while state != "done" and time.monotonic() < deadline:
        time.sleep(0.2)
        with app.app_context():
            state = tasks.task_view(app.extensions["schakelplan"], task_id).state
    worker.send_signal(signal.SIGTERM)

    assert (state, worker.wait(WAIT_SECONDS)) == ("done", 0)


def test_job_does_every_task_that_waits(app):
    queue_prints(app, "ruimtes", "stappenplan")

    assert (jobs.do_tasks(app), jobs.do_tasks(app)) == (2, 0)


def test_job_keeps_the_house(app):
    app.config["CLOCK"] = lambda: NOW + timedelta(days=1)

    assert jobs.keep_house(app) == 1  # the sign-in link of the demo school is over
