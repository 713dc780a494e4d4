"""A real server with its worker, a demo school of 120 pupils, and a real browser that hears every complaint."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect, sync_playwright

from planner.config import ROOT

PHONE, DESK = {"width": 375, "height": 800}, {"width": 1280, "height": 900}
WAIT_MILLISECONDS = 20_000
COLOUR_RULES = ("color-contrast", "link-in-text-block")  # all that another colour scheme can change
LANGUAGES = ("ar", "ti", "zh-Hans")  # of three families who are invited to the market
REPEATED = ("tbody > tr:nth-child(n+7)", "li:nth-child(n+7)")
SCRIPTS = {"nl", "ar", "ti", "zh-Hans"}  # a language for each way of writing that looks different: these axe reads
RIGHT_TO_LEFT = {"ar", "fa", "prs", "ps", "ur"}
expect.set_options(timeout=WAIT_MILLISECONDS)
PLANNER = [sys.executable, "-c", "from planner.cli import main; main()"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Start `planner serve` on an installation of its own."""
    data = tmp_path_factory.mktemp("installation")
    (data / "fonts").symlink_to(ROOT / "var" / "fonts")
    port = free_port()
    own = {
        "PLANNER_DATA": str(data),
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    kept = {name: text for name, text in os.environ.items() if name in {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"}}
    environment = {**kept, **own}
    subprocess.run([*PLANNER, "demo", "--size", "120"], env=environment, cwd=ROOT, check=True, capture_output=True)
    give_languages(data / "schakelplan.db")
    with subprocess.Popen(
        [*PLANNER, "serve"], env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        said = [process.stdout.readline(), process.stdout.readline()]
        link = re.search(r"http://\S+/aanmelden/\S+", said[1])
        assert link, said
        yield SimpleNamespace(
            url=own["PUBLIC_URL"],
            host=f"127.0.0.1:{port}",
            link=link[0],
            data=data,
            worker=lambda: worker_of(process.pid),
        )
        process.send_signal(signal.SIGINT)
        process.wait(timeout=15)


def give_languages(path: Path) -> None:
    """Let the demo school have a family for each of the languages, whatever its seed gave."""
    with closing(sqlite3.connect(path)) as connection, connection:
        homes = connection.execute(
            "SELECT DISTINCT household_id FROM household_pupil JOIN pupil ON pupil.id = pupil_id WHERE phase = 1"
            " ORDER BY household_id"
        )
        for language, (home,) in zip(LANGUAGES, homes.fetchmany(len(LANGUAGES)), strict=True):
            connection.execute("UPDATE household SET language = ? WHERE id = ?", (language, home))


def worker_of(server_pid: int) -> int:
    """Return the process id of the worker beside a server."""
    children = Path(f"/proc/{server_pid}/task/{server_pid}/children").read_text(encoding="ascii").split()
    return int(children[0])


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium")
    assert path, "Chromium is missing: install it (apt install chromium); these tests are never skipped"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def signed_in(server, chromium):
    """Sign in once with the one-click link; the cookies of that browser."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.link)
    state = context.storage_state()
    context.close()
    return state


class Complaints:
    """What the browser says is wrong, and every request that leaves our own host."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.heard = []
        self.expected = []

    def listen(self, page) -> None:
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(f"{message.type}: {message.text}")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "about"} and parts.netloc != self.host:
            self.heard.append(f"request elsewhere: {request.url}")

    @property
    def unexpected(self) -> list[str]:
        return [each for each in self.heard if not any(known in each for known in self.expected)]


@pytest.fixture
def open_page(server, chromium, signed_in):
    """Return a function that opens a window; afterwards no browser may have complained."""
    complaints, contexts = Complaints(server.host), []

    def opened(*, viewport=DESK, who="coordinator", **options):
        state = signed_in if who == "coordinator" else None
        context = chromium.new_context(viewport=viewport, storage_state=state, base_url=server.url, **options)
        context.set_default_timeout(WAIT_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        complaints.listen(page)
        page.complaints = complaints
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints.unexpected == []


@pytest.fixture
def page(open_page):
    return open_page()


def violations(page, rules=(), without=()) -> list[str]:
    """Return what axe finds, a line each; with `rules` it only looks for those, `without` these parts of the page."""
    options = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    run = "([without, options]) => axe.run({exclude: without}, options).then(found => found.violations)"
    found = page.evaluate(run, [list(without), options])
    return [
        f"{each['id']}: {node['target']} {node['html'][:120]} {'; '.join(m['message'] for m in node['any'][:1])}"
        for each in found
        for node in each["nodes"][:3]
    ]


@pytest.fixture
def flaws_of():
    """Return a function that tells what is wrong with a page on a phone in a language.

    The templates are the same in every language, so axe reads them once for each script. What another language can
    spoil is looked at in all: its name and direction, words for everything one can press or fill in, the width.
    """

    def look(page, language, *, around="") -> list[str]:
        """Look at a page in a language, or at one in the language `around` it with texts in the first."""
        shown = around or language
        found = page.evaluate(
            """([language, direction]) => {
                const html = document.documentElement;
                const words = each => each.getAttribute("aria-label") || each.textContent.trim() ||
                    [...(each.labels || [])].map(label => label.textContent.trim()).join("");
                const all = [...document.querySelectorAll("a, button, select, textarea, input:not([type=hidden])")];
                return [
                    ...all.filter(each => !words(each)).map(each => `no words: ${each.outerHTML.slice(0, 120)}`),
                    ...(html.lang === language ? [] : [`says it is ${html.lang}`]),
                    ...(getComputedStyle(html).direction === direction ? [] : [`is not ${direction}`]),
                    ...(html.scrollWidth <= innerWidth ? [] : [`scrolls sideways: ${html.scrollWidth} px`]),
                ];
            }""",
            [shown, "rtl" if shown in RIGHT_TO_LEFT else "ltr"],
        )
        if language in SCRIPTS:
            page.evaluate(AXE_SCRIPT)
            found += violations(page)
        return found

    return look


@pytest.fixture
def assert_accessible():
    """Return a function that looks at a page on a phone and a desk, in light and in dark, and at 320 pixels.

    Everything on it is read once, on a desk in light; after that the first rows of a long list speak for the rest.
    """

    def look(page) -> None:
        found = []
        page.evaluate(AXE_SCRIPT)
        for scheme, rules in (("light", ()), ("dark", COLOUR_RULES)):
            page.emulate_media(color_scheme=scheme)
            for viewport in (DESK, PHONE):
                page.set_viewport_size(viewport)
                without = () if (scheme, viewport) == ("light", DESK) else REPEATED
                found += [f"{scheme} {viewport['width']} px: {line}" for line in violations(page, rules, without)]
        page.set_viewport_size({"width": 320, "height": 700})
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            found.append(f"scrolls sideways at 320 px: {width} px wide")
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        assert found == [], page.url

    return look


@pytest.fixture(scope="session")
def places(server, chromium, signed_in):
    """Find the addresses of one evening, one round of conversations and one person."""
    context = chromium.new_context(storage_state=signed_in, base_url=server.url)
    page = context.new_page()
    page.goto("/jaar")
    events = page.eval_on_selector_all("a[href^='/activiteit/']", "all => [...new Set(all.map(a => a.pathname))]")
    page.goto("/mensen")
    people = page.eval_on_selector_all("a[href^='/mensen/']", "all => [...new Set(all.map(a => a.pathname))]")
    context.close()
    return SimpleNamespace(
        events=events,
        market=next(path for path in events if "interessemarkt" in path),
        visit=next(path for path in events if "kijkje" in path),
        talk=next(path for path in events if "voortgangsgesprek" in path),
        person=people[0],
        guest=people[-1],
    )
