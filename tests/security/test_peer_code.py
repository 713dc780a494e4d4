"""What the program itself cannot do: take a stored text for a template, read calendars, fetch, or unpack objects.

Every test has a twin that fails when its guard is off.
"""

import ast
import html
from dataclasses import replace

import pytest
from demoschool import NOW
from jinja2 import ChainableUndefined
from sqlalchemy import text

from planner.config import ROOT
from planner.outside import mail
from planner.services.event import printing, sheets
from planner.services.signin import signinmail
from planner.storage.db import db, writing

SOURCES = {str(path.relative_to(ROOT)): ast.parse(path.read_bytes()) for path in ROOT.glob("planner/**/*.py")}


# ---- V12: stored text is no template (pretix CVE-2026-2415, Gibbon CVE-2024-24724, jinja2 CVE-2016-10745) ----

TEMPLATES = (
    "{{ 7*7 }}", "{{event.__init__.__code__.co_filename}}", "{% for x in () %}{% endfor %}", "{# weg #}",
    "{0.__class__.__mro__}", "{name!r:>9}", "{}", "%s %(x)s %d", "${7*7} $x", "#{7*7}", "<%= 7*7 %>",
)  # fmt: skip
STORED = " ".join(TEMPLATES)
COLUMNS = ("school.name", "person.name", "account.name", "event.title", "room.name", "duty.reason")


@pytest.fixture
def stored(demo):
    with demo.app.app_context(), writing(db.session):
        for column in COLUMNS:
            table, name = column.split(".")
            db.session.execute(text(f'UPDATE "{table}" SET "{name}" = :stored'), {"stored": STORED})  # noqa: S608 - from the list above
        db.session.execute(
            text("UPDATE account SET email = 'noor@isk.example' WHERE id = (SELECT min(id) FROM account)")
        )
        db.session.execute(text("UPDATE school SET revision = revision + 1"))
    return demo


def on_paper(demo, workspace):
    with demo.app.test_request_context():
        values = sheets.context(workspace, demo.facts.event_id, "draaiboek", now=NOW)
        documents, _ = printing._documents(workspace, "draaiboek", values)  # noqa: SLF001 - the HTML, before it is laid out
    return html.unescape("".join(documents))


def in_mail(demo, workspace, monkeypatch):
    sent = []
    monkeypatch.setattr(mail, "send", lambda _, message: sent.append(message.get_content()))
    with demo.app.test_request_context():
        account_id = db.session.scalar(text("SELECT id FROM account WHERE email IS NOT NULL"))
        served = replace(workspace, smtp_url="smtp://localhost", mail_from="isk@isk.example")
        signinmail.run_invite(served, {"account_id": account_id}, lambda *_: None, NOW)
    return "".join(sent)


def test_stored_text_is_the_same_on_a_page_on_paper_and_in_a_mail(stored, coordinator, monkeypatch):
    workspace = stored.workspace

    assert STORED in html.unescape(coordinator.look("/mensen"))
    assert STORED in on_paper(stored, workspace)
    assert in_mail(stored, workspace, monkeypatch).count(STORED) == 2  # the person and the school


def test_twin_renderer_that_reads_the_text_again_would_be_seen(stored, monkeypatch):
    def twice(name, **values):
        careless = stored.app.jinja_env.overlay(undefined=ChainableUndefined)
        return careless.from_string(stored.workspace.render(name, **values)).render()

    said = in_mail(stored, replace(stored.workspace, render=twice), monkeypatch)

    assert STORED not in said
    assert "49" in said


# ---- V16, V26: no calendar or address comes in, and no bytes become objects (PyYAML CVE-2020-14343 and others) ----

READS_CALENDARS = {"ics", "ical", "vobject", "caldav", "recurring_ical_events", "x_wr_timezone"}
CALENDAR_WORDS = {"from_ical", "calendar_from_ics", "readComponents", "readOne", "Contentlines"}
FETCHES = {
    "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "ftplib", "smtplib", "poplib",
    "imaplib", "telnetlib", "socket", "authlib", "webbrowser", "xmlrpc", "websockets", "pycurl",
}  # fmt: skip
UNPACKS = {"pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "joblib"}
RUNS = {"eval", "exec", "compile", "__import__"}
YAML_WORDS = {
    "full_load", "full_load_all", "unsafe_load", "unsafe_load_all", "Loader", "FullLoader", "UnsafeLoader", "CLoader",
    "CFullLoader", "CUnsafeLoader",
}  # fmt: skip


def imported(tree):
    """Yield the modules that a source imports, and for `from a import b` also a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def is_of(module, modules):
    return any(module == each or module.startswith(f"{each}.") for each in modules)


def words_of(tree):
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} | {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
    }


def reads_calendars(tree):
    names = set(imported(tree))
    last = {name.rpartition(".")[2] for name in names}
    return any(is_of(name, READS_CALENDARS) for name in names) or bool((words_of(tree) | last) & CALENDAR_WORDS)


def fetches(tree):
    return any(is_of(name, FETCHES) for name in imported(tree))


def is_loose(call):
    """Return whether a call reads YAML with another loader than the one that gives text only."""
    loaders = [ast.unparse(each.value) for each in call.keywords if each.arg == "Loader"]
    return ast.unparse(call.func) in {"yaml.load", "yaml.load_all"} and loaders != ["yaml.BaseLoader"]


def makes_objects(tree):
    names = set(imported(tree))
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    of_yaml = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "yaml"
    } | {name.removeprefix("yaml.") for name in names if name.startswith("yaml.")}
    loose = any(is_loose(node) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return loose or any(is_of(name, UNPACKS) for name in names) or bool(calls & RUNS or of_yaml & YAML_WORDS)


def found(check):
    return {path for path, tree in SOURCES.items() if check(tree)}


def test_no_calendar_is_read():
    assert len(SOURCES) > 300
    assert found(reads_calendars) == set()


def test_what_fetches_stands_in_one_folder():
    assert found(fetches) == {"planner/outside/mail.py", "planner/outside/oidc.py"}


def test_no_bytes_become_objects_and_no_text_becomes_code():
    assert found(makes_objects) == set()


PLANTED = (
    (reads_calendars, "from icalendar import Calendar\nCalendar.from_ical(b'')"),
    (reads_calendars, "def f():\n    import vobject"),
    (reads_calendars, "from ical.calendar_stream import IcsCalendarStream"),
    (fetches, "def f():\n    import urllib.request as r"),
    (fetches, "from urllib import request"),
    (fetches, "from requests.sessions import Session"),
    (fetches, "import socket"),
    (makes_objects, "import pickle"),
    (makes_objects, "from marshal import loads"),
    (makes_objects, "import shelve as s"),
    (makes_objects, "import yaml\nyaml.load('', yaml.UnsafeLoader)"),
    (makes_objects, "from yaml import unsafe_load"),
    (makes_objects, "import yaml\nyaml.load('', loader)"),
    (makes_objects, "def f(x):\n    return eval(x)"),
    (makes_objects, "exec(compile('', '', 'exec'))"),
)
HARMLESS = (
    "import re\nimport yaml\nfrom icalendar import Calendar\nre.compile('x')\nyaml.load('', Loader=yaml.BaseLoader)"
)


@pytest.mark.parametrize(("check", "source"), PLANTED)
def test_twin_planted_module_would_be_seen(check, source):
    assert check(ast.parse(source))
    assert not check(ast.parse(HARMLESS))
