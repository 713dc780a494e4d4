"""What a reader sees when something is wrong: a page in Dutch with a sentence, never the inside of the program."""

import re
import sqlite3
from datetime import timedelta

import pytest
from demoschool import close

from planner.errors import (
    ConflictError,
    InfeasibleError,
    InputError,
    NotFoundError,
    PlannerError,
    TooManyError,
    UnavailableError,
)
from planner.storage.db import db

SECRET = "a secret of the program"  # noqa: S105 - stands in for what an error message may hold
HOSTS = (
    "evil.example",
    "localhost.evil.example",
    "evil.example:80",
    "localhost@evil.example",
    "localhost, evil.example",
    "127.0.0.2",
    "[::2]",
    ".localhost",
    "local host",
    "",
)


def raise_at(demo, monkeypatch, error):
    """Let the year's page raise."""

    def view():
        raise error

    monkeypatch.setitem(demo.app.view_functions, "year.show", view)


def assert_is_dutch_page(response, status, *sentences):
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    assert '<html lang="nl">' in response.text
    for sentence in sentences:
        assert sentence in response.text
    for inside in ("Traceback", "File &#34;", "werkzeug", "sqlalchemy", "sqlite3", "/planner/"):
        assert inside not in response.text


def test_unknown_page_says_so(stranger):
    assert_is_dutch_page(stranger.get("/bestaat-niet"), 404, "Dit is er niet", "Controleer de link.")


def test_wrong_method_says_which_is_right(coordinator):
    response = coordinator.open("/jaar/plannen", "GET")

    assert_is_dutch_page(response, 405, "Dit kan hier niet")
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


def test_far_too_long_text_is_refused(coordinator):
    response = coordinator.post("/regels/C01", reason="x" * (1 << 20))

    assert_is_dutch_page(response, 413, "Dit is te groot")


def test_far_too_many_fields_are_refused(coordinator):
    fields = {f"field-{number}": "x" for number in range(1500)}

    response = coordinator.open("/regels/C01", "POST", data=fields, content_type="multipart/form-data")

    assert_is_dutch_page(response, 413, "Dit is te groot")


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/", "/jaar", "/agenda", "/bestaat-niet"])
def test_strange_host_is_refused(coordinator, host, path):
    response = coordinator.open(path, headers={"Host": host})

    assert_is_dutch_page(response, 400)
    assert host not in response.text or not host


def without_nonce(page):
    return re.sub(r'nonce="[^"]+"', "", page)


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-Url", "X-Rewrite-Url"])
def test_headers_of_a_proxy_we_do_not_have_change_nothing(coordinator, name):
    plain = without_nonce(coordinator.get("/agenda").text)

    response = coordinator.get("/agenda", headers={name: "evil.example"})

    assert response.status_code == 200
    assert without_nonce(response.text) == plain


def test_links_come_from_the_settings_not_from_the_request(demo, coordinator):
    page = coordinator.get("/agenda", base_url="http://localhost:1234").text

    assert demo.facts.year_feed in page
    assert "1234" not in page


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (NotFoundError("Dat is er niet."), 404, "Dat is er niet."),
        (InputError("Dat klopt niet."), 400, "Dat klopt niet."),
        (TooManyError("Even wachten.", wait=timedelta(seconds=90)), 429, "Even wachten."),
        (ConflictError("Iemand was u voor."), 409, "Iemand was u voor."),
        (InfeasibleError("Dat past niet.", ("K01",)), 409, "Dat past niet."),
        (UnavailableError("De schijf is vol."), 503, "De schijf is vol."),
        (PlannerError("Dat ging mis."), 500, "Dat ging mis."),
    ],
)
def test_known_problem_is_its_own_sentence(demo, coordinator, monkeypatch, error, status, sentence):
    raise_at(demo, monkeypatch, error)

    response = coordinator.get("/jaar")

    assert_is_dutch_page(response, status, sentence)
    assert response.headers.get("Retry-After") == {503: "5", 429: "90"}.get(status)


@pytest.mark.parametrize("error", [RuntimeError(SECRET), ValueError(SECRET), KeyError(SECRET), RecursionError(SECRET)])
def test_mistake_of_the_program_tells_nothing_about_it(demo, coordinator, monkeypatch, caplog, error):
    raise_at(demo, monkeypatch, error)

    response = coordinator.get("/jaar")

    assert_is_dutch_page(response, 500, "Het ligt niet aan u.")
    assert SECRET not in response.text
    assert SECRET in caplog.text  # who keeps the server running does find it


def test_sentence_of_an_error_is_text(demo, coordinator, monkeypatch):
    raise_at(demo, monkeypatch, InputError('"<script>alert(1)</script>{{7*7}}" kan niet.'))

    page = coordinator.get("/jaar").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page


def test_sentence_is_text_on_the_plain_page_too(demo, coordinator, monkeypatch):
    raise_at(demo, monkeypatch, InputError("<b>vet</b>"))
    monkeypatch.setitem(demo.app.jinja_env.globals, "url_for", None)

    response = coordinator.get("/jaar")

    assert_is_dutch_page(response, 400, "&lt;b&gt;vet&lt;/b&gt;")


@pytest.mark.parametrize("path", ["/", "/jaar", "/bestaat-niet", "/agenda/raad-maar.ics"])
def test_gone_database_is_a_sentence(demo, coordinator, path):
    close(demo.app)
    demo.file.unlink()
    demo.file.mkdir()
    try:
        response = coordinator.get(path)
    finally:
        close(demo.app)
        demo.file.rmdir()

    expected = 404 if path == "/bestaat-niet" else 503
    assert_is_dutch_page(response, expected)
    assert "SELECT" not in response.text
    if expected == 503:
        assert "De gegevens kunnen niet worden gelezen" in response.text
        assert response.headers["Retry-After"] == "5"


def test_no_database_at_all_is_not_a_new_empty_one(demo, coordinator):
    close(demo.app)
    demo.file.write_bytes(b"This is no database. " * 100)

    response = coordinator.get("/jaar")

    assert_is_dutch_page(response, 503, "beschadigd of geen bestand van Schakelplan")


def test_locked_database_is_a_sentence_for_who_writes(demo, coordinator, monkeypatch):
    close(demo.app)
    monkeypatch.setattr("planner.storage.db._SQLITE_SETTINGS", ("PRAGMA busy_timeout=50", "PRAGMA foreign_keys=ON"))
    holder = sqlite3.connect(demo.file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        read = coordinator.get("/jaar")
        written = coordinator.post("/jaar/publiceren")
    finally:
        holder.rollback()
        holder.close()

    assert read.status_code == 200
    assert_is_dutch_page(written, 503, "in gebruik door een andere bewerking")
    assert written.headers["Retry-After"] == "5"
    assert coordinator.post("/jaar/publiceren").status_code == 302


def test_application_goes_on_after_an_error(demo, coordinator, monkeypatch):
    with monkeypatch.context() as once:
        raise_at(demo, once, RuntimeError("once"))
        coordinator.get("/jaar")

    assert coordinator.get("/jaar").status_code == 200
    with demo.app.app_context():
        assert not db.session.new
