"""The command over a demo school of its own, called as a shell would."""

import os
import shutil
import sys

import pytest
from demoschool import KEY, close, settings_in

from planner.app import create_app
from planner.cli import main
from planner.config import ROOT

PLANNER = (sys.executable, "-c", "from planner.cli import main; main()")  # the command, as its script calls it
NAMES = (
    "PORT",
    "DATABASE_URL",
    "SECRET_KEY",
    "PUBLIC_URL",
    "SMTP_URL",
    "TRUSTED_HOSTS",
    "TRUSTED_PROXIES",
    "PLANNER_RUNBOOKS",
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the data folder of an installation without a school, which the environment points at."""
    folder = tmp_path / "data"
    settings_in(folder)
    for name in NAMES:
        monkeypatch.setenv(name, "")  # as good as not set, and put back afterwards
    monkeypatch.setenv("PLANNER_DATA", str(folder))
    monkeypatch.setenv("SECRET_KEY", KEY)
    return folder


@pytest.fixture
def school(folder, made_demo):
    """Put the demo school in the installation."""
    shutil.copyfile(made_demo.made, folder / "schakelplan.db")
    return folder


@pytest.fixture
def runbooks(tmp_path, monkeypatch):
    """Return a copy of the runbooks, which the environment points at."""
    copy = tmp_path / "runbooks"
    shutil.copytree(ROOT / "runbooks", copy)
    monkeypatch.setenv("PLANNER_RUNBOOKS", str(copy))
    return copy


@pytest.fixture
def run(folder, capsys):  # noqa: ARG001 - the installation that the environment points at
    """Give a function that runs the command and returns exit status, output and errors."""

    def run_command(*arguments):
        try:
            main(arguments)
            status = 0
        except SystemExit as stop:
            status = stop.code or 0
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_command


@pytest.fixture
def planner_command():
    """Return how to start the command in a process of its own."""
    return PLANNER


@pytest.fixture
def environment(folder):
    """Return the environment for a process of its own."""
    return {**os.environ, "PLANNER_DATA": str(folder), "SECRET_KEY": KEY, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def app(school):
    """Give the application of the installation."""
    app = create_app(settings_in(school, database_url=f"sqlite:///{school / 'schakelplan.db'}"))
    yield app
    close(app)
