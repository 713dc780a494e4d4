"""Ways in, in a real browser: the first run, a personal link in three scripts, and hostile words on every page."""

import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from addresses import MATRIX, path_of
from demoschool import NOW, close, settings_in
from e2e.conftest import Complaints
from playwright.sync_api import expect
from security.test_hostile_text import HOSTILE, poison
from werkzeug.serving import make_server

from planner.app import create_app
from planner.domain.access.rights import Role
from planner.domain.families import shortcode
from planner.services import tasks
from planner.services.begin import firstrun

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 800}


@contextmanager
def served(app):
    """Serve an application in this process; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.daemon_threads = True  # a browser keeps connections open
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(chromium):
    """Return a function that opens a window on an address; no browser may complain afterwards."""
    opened = []

    def open_on(host, **options):
        context = chromium.new_context(base_url=f"http://{host}", viewport=PHONE, **options)
        page = context.new_page()
        page.complaints = Complaints(host)
        # The server leaves before the window does, and a page that follows a task still asks for it.
        page.complaints.expected += ["ERR_CONNECTION", "ERR_EMPTY_RESPONSE"]
        page.complaints.listen(page)
        opened.append((context, page.complaints))
        return page

    yield open_on
    for context, _ in opened:
        context.close()
    assert [each for _, complaints in opened for each in complaints.unexpected] == []


def sign_in(demo, page, role):
    """Take over a session of the demo school."""
    value = demo.app.session_interface.get_signing_serializer(demo.app).dumps({"token": demo.facts.sessions[role]})
    page.context.add_cookies([{"name": "schakelplan", "value": value, "url": page.url.rsplit("/", 1)[0] + "/"}])


@pytest.fixture
def fresh(tmp_path):
    app = create_app(settings_in(tmp_path))
    app.config["CLOCK"] = lambda: NOW
    with app.app_context():
        code = shortcode.shown(firstrun.setup_code(app.extensions["schakelplan"]))
    yield SimpleNamespace(app=app, code=code)
    close(app)


def test_first_run_by_keyboard_with_a_step_back(fresh, visit, assert_accessible):
    with served(fresh.app) as host:
        page = visit(host)
        page.goto("/")
        page.get_by_label("Code om te beginnen").fill(fresh.code.lower())
        page.keyboard.press("Enter")
        page.get_by_label("Naam van de school").fill("ISK De Brug")
        assert_accessible(page)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Avonden en feesten")
        page.get_by_label("maandag").fill("19:00")
        for day in ("dinsdag", "woensdag", "donderdag"):
            page.get_by_label(day).fill("")
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_role("alert")).to_contain_text("begint om")
        page.get_by_label("maandag").fill("15:30")
        page.get_by_label("donderdag").fill("15:30")
        page.get_by_label("Ramadan").check()
        page.get_by_role("button", name="Verder").click()
        page.get_by_label("Een ruimte per regel").fill("Aula; 200; scherm")
        page.get_by_role("button", name="Verder").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Klassen")
        page.go_back()
        expect(page.get_by_label("Een ruimte per regel")).to_have_value("Aula; 200; scherm")
        page.reload()
        page.get_by_role("button", name="Verder").click()
        page.get_by_role("button", name="Verder").click()
        page.get_by_label("Naam").fill("Noor van den Berg")
        page.get_by_label("E-mailadres").fill("noor@brug.nl")
        page.get_by_role("button", name="Maak de school").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("ISK De Brug staat klaar")
        assert_accessible(page)
        with fresh.app.app_context():
            assert tasks.run_next(fresh.app.extensions["schakelplan"], now=NOW)
        page.get_by_role("link", name="Bekijk het jaar").click()
        expect(page.locator(".keten a[href*='interessemarkt']")).to_be_visible()


@pytest.mark.parametrize("language", ["ar", "ti"])
def test_personal_link_on_a_phone(demo, visit, assert_accessible, language):
    with served(demo.app) as host:
        page = visit(host)
        page.goto(f"{demo.facts.helper_link.removeprefix('http://localhost')}?taal={language}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        page.get_by_role("textbox").first.fill("Ik werk dan")
        page.locator("button[value=nee]").first.click()
        expect(page.locator(".melding")).to_be_visible()
        expect(page.locator(".merk-mist")).to_be_visible()
        page.locator("summary").first.click()
        page.locator("button[value=ja]").first.click()
        expect(page.locator(".merk-goed")).to_be_visible()
        if language == "ar":
            assert_accessible(page)


def test_pages_of_a_mentor(demo, visit, assert_accessible):
    with served(demo.app) as host:
        page = visit(host)
        page.goto("/hulp")
        sign_in(demo, page, Role.MENTOR)
        for path in ("/mijn", "/klas"):
            page.goto(path)
            expect(page.get_by_role("navigation", name="Menu").get_by_role("link")).to_have_text(
                ["Mijn avonden", "Mijn klas", "Gesprekken", "Uitnodigingen", "Antwoorden", "Agenda", "Hulp"]
            )
            assert_accessible(page)


def test_hostile_words_open_no_dialog_and_break_no_policy(demo, visit):
    """Anchors: pretix CVE-2024-8113, Moodle GHSA-p5cg-6rfr-6mx8; with words in every column that holds words."""
    poison(demo, HOSTILE["attribute"] + HOSTILE["comment"] + HOSTILE["script"])
    paths = [path_of(demo, name) for name, (_, method, _, gets, _) in MATRIX.items() if (method, gets) == ("GET", 200)]
    skipped = ("/static", "/aanmelden", "/begin", "/taak", "/agenda/", "/favicon", "/robots", "/klas", "/huishoudens/")
    files = (".xlsx", ".json", ".csv", ".po", "bestaat-niet")
    dialogs = []
    with served(demo.app) as host:
        page = visit(host)
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto("/hulp")
        sign_in(demo, page, Role.COORDINATOR)
        seen = [path for path in paths if not path.startswith(skipped) and not path.endswith(files)]
        for path in seen:
            page.goto(path)
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            assert page.evaluate("typeof kanarie") == "undefined", path

    assert len(seen) > 12
    assert dialogs == []
