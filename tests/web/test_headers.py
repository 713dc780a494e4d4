"""The security headers of every answer, and the cookie (OWASP ASVS 5.0: 3.3, 3.4, 7.2, 7.4)."""

import re
from datetime import timedelta

import pytest
from addresses import MATRIX, path_of
from browsing import Browser
from demoschool import NOW, close, settings_in
from sqlalchemy import text

from planner.app import create_app
from planner.services.signin import accounts, sessions
from planner.storage.db import db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CLOSED = {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"}
WRONG = (
    "/bestaat-niet",
    "/mensen/niemand",
    "/agenda/raad-maar.ics",
    "/i/raad-maar",
    "/aanmelden/raad-maar",
    "/static/x",
)


def assert_guarded(response):
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert {name: headers.get(name) for name in ALWAYS} == ALWAYS
    assert set(policy.split("; ")) >= CLOSED
    is_page = response.mimetype == "text/html"
    assert re.search(r"script-src 'nonce-[\w-]{22}';" if is_page else "script-src 'none';", policy)
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "Server" not in headers


@pytest.mark.parametrize("who", ["stranger", "coordinator"])
@pytest.mark.parametrize("endpoint", sorted(MATRIX))
def test_headers_stand_on_every_answer(demo, request, endpoint, who):
    browser = request.getfixturevalue(who)
    path, method, *_ = MATRIX[endpoint]

    for response in (
        browser.open(path_of(demo, endpoint), method, data={"csrf_token": browser.token}),
        browser.open(path_of(demo, endpoint), "DELETE"),
        browser.open(path_of(demo, endpoint), method, headers={"Host": "evil.example"}),
    ):
        assert_guarded(response)
        if endpoint not in {"static", "start.icon", "feeds.serve"} or response.status_code >= 400:
            assert response.headers["Cache-Control"] == "no-store", path


@pytest.mark.parametrize("path", WRONG)
def test_headers_stand_on_errors_too(coordinator, path):
    response = coordinator.open(path)

    assert response.status_code == 404
    assert_guarded(response)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content_type == "text/html; charset=utf-8"


def test_no_page_needs_what_the_policy_forbids(demo, coordinator):
    for endpoint, (_, method, _, status, _) in MATRIX.items():
        response = coordinator.open(path_of(demo, endpoint), method)
        if status == 200 and response.mimetype == "text/html":
            assert " style=" not in response.text, endpoint
            assert " onclick=" not in response.text, endpoint
            assert "<style" not in response.text, endpoint
            assert "<script>" not in response.text, endpoint


def test_word_for_scripts_is_on_the_page_and_another_each_time(coordinator):
    answers = [coordinator.get("/regels") for _ in range(2)]
    words = [re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1] for answer in answers]

    assert words[0] != words[1]
    for answer, word in zip(answers, words, strict=True):
        assert re.findall(r"<script [^>]*nonce=\"([^\"]+)\"", answer.text) == [word]


def test_page_of_a_session_is_nobody_elses(coordinator):
    response = coordinator.get("/jaar")

    assert response.headers["Cache-Control"] == "no-store"
    assert "Cookie" in response.headers["Vary"]


def cookie_of(response):
    name, *attributes = response.headers["Set-Cookie"].split("; ")
    return name.partition("="), {each.partition("=")[0]: each.partition("=")[2] for each in attributes}


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(demo, stranger):
    (name, _, _), attributes = cookie_of(stranger.get(f"/aanmelden/{demo.facts.signin}"))

    assert name == "schakelplan"
    assert attributes.keys() == {"Expires", "HttpOnly", "Path", "SameSite"}
    assert attributes["SameSite"] == "Lax"
    assert attributes["Path"] == "/"


@pytest.fixture
def behind_https(demo, tmp_path):
    """Give the same school with a public address that begins with https."""
    given = settings_in(
        tmp_path,
        database_url=f"sqlite:///{demo.file}",
        public_url="https://plan.example",
        trusted_hosts=("plan.example",),
    )
    app = create_app(given)
    app.config["CLOCK"] = lambda: NOW
    yield app
    close(app)


def test_cookie_never_travels_without_https(behind_https, demo):
    client = behind_https.test_client()

    response = client.get(f"/aanmelden/{demo.facts.signin}", base_url="https://plan.example")

    (name, _, _), attributes = cookie_of(response)
    assert name == "__Host-schakelplan"
    assert attributes.keys() == {"Expires", "HttpOnly", "Path", "SameSite", "Secure"}
    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_form_works_over_https_without_a_referrer(behind_https, demo):
    browser = Browser(demo)
    browser.client, on = behind_https.test_client(), {"base_url": "https://plan.example"}
    browser.open(f"/aanmelden/{demo.facts.signin}", **on)
    browser.get("/regels", **on)

    response = browser.open("/jaar/publiceren", "POST", data={"csrf_token": browser.token}, **on)

    assert (response.status_code, response.location) == (302, "/jaar")


def session_cookie(browser):
    return browser.client.get_cookie("schakelplan").value


def test_signing_in_gives_another_session_each_time(coordinator):
    before = session_cookie(coordinator)

    coordinator.sign_in()

    assert session_cookie(coordinator) != before


def test_signing_in_ends_the_session_this_browser_had(demo, coordinator):
    old, thief = session_cookie(coordinator), Browser(demo)

    coordinator.sign_in()
    thief.client.set_cookie("schakelplan", old)

    assert thief.get("/jaar").location == "/"
    assert coordinator.get("/jaar").status_code == 200


def test_cookie_from_before_signing_in_opens_nothing(demo, stranger):
    stranger.get("/")
    with stranger.client.session_transaction() as kept:
        kept["token"] = "planted"  # noqa: S105 - what an attacker would plant
    planted, victim = session_cookie(stranger), stranger

    victim.sign_in()
    attacker = Browser(demo)
    attacker.client.set_cookie("schakelplan", planted)

    assert attacker.get("/jaar").location == "/"


def test_cookie_is_dead_after_leaving(demo, coordinator):
    old, thief = session_cookie(coordinator), Browser(demo)

    coordinator.post("/afmelden")
    thief.client.set_cookie("schakelplan", old)

    assert coordinator.client.get_cookie("schakelplan") is None
    assert thief.get("/jaar").location == "/"


def test_session_of_a_closed_account_is_over(demo, coordinator):
    with demo.app.app_context(), db.engine.connect().execution_options(schakelplan_writes=True) as connection:
        connection.execute(text("UPDATE account SET disabled_at = created_at FROM session"))
        connection.commit()

    assert coordinator.get("/jaar").location == "/"


@pytest.mark.parametrize(
    ("later", "place"),
    [(sessions.IDLE_LIFE - timedelta(seconds=1), None), (sessions.IDLE_LIFE, "/")],
    ids=["just inside", "over"],
)
def test_session_ends_by_itself(demo, coordinator, later, place):
    demo.app.config["CLOCK"] = lambda: NOW + later

    assert coordinator.get("/jaar").location == place


def test_sign_in_link_ends_by_itself(demo, stranger):
    demo.app.config["CLOCK"] = lambda: NOW + accounts.LINK_LIFE

    response = stranger.get(f"/aanmelden/{demo.facts.signin}")

    assert response.status_code == 404
    assert "Start Schakelplan opnieuw" in response.text


def test_looking_ahead_at_a_sign_in_link_starts_no_session(demo, stranger):
    response = stranger.open(f"/aanmelden/{demo.facts.signin}", "HEAD")

    assert "Set-Cookie" not in response.headers


def test_forged_cookie_opens_nothing(stranger):
    stranger.client.set_cookie("schakelplan", "eyJ0b2tlbiI6ImEifQ.AAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA")

    assert stranger.get("/jaar").location == "/"


def test_database_holds_no_secret_that_opens_something(demo, coordinator):
    with coordinator.client.session_transaction() as kept:
        secrets = [kept["token"], demo.facts.signin]
    secrets += [url.rpartition("/")[2].removesuffix(".ics") for url in (demo.facts.year_feed, demo.facts.person_feed)]
    secrets += [url.rpartition("/")[2] for url in demo.facts.invitations.values()]
    close(demo.app)
    kept = demo.file.read_bytes()

    assert [secret for secret in secrets if secret.encode() in kept] == []
    assert b"De Ankerplaats" in kept  # what is kept as it is would be found this way
