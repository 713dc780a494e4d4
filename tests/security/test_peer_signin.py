"""Holes that other programs had in signing in, tried on ours; each with a twin that succeeds when our guard is off.

The numbers are of classes of holes; the names are of the advisories.
"""

import ast
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from browsing import Browser
from demoschool import NOW
from mailserver import mail_server
from oidcprovider import KEY, running_provider
from signingin import EMAIL, PASSWORD, a_session, an_account, credential, with_second_step

from planner.domain.access.rights import Role
from planner.outside import mail, oidc
from planner.services.signin import accountadmin, hashing, onetimelinks, schoolsignin, secondstep, sessions, signing
from planner.services.signin.hashing import HASHER
from planner.storage.db import writing
from planner.storage.models import LinkPurpose
from planner.web import signin
from planner.web.ownpaths import own_path

PLANNER = Path(accountadmin.__file__).parents[1]
NEW = "zes-appels-vallen-zacht"


@pytest.fixture
def inside(demo):
    """Give a function that does something with the workspace, outside any request."""

    def do(action, *arguments, **facts):
        with demo.app.app_context():
            return action(demo.workspace, *arguments, **facts)

    return do


@pytest.fixture
def noor(inside):
    return inside(an_account)


def sign_in(browser, password=PASSWORD, email=EMAIL):
    browser.get("/")
    return browser.post("/inloggen", email=email, password=password)


def use(browser, token):
    """Let a browser hold the secret of a session."""
    with browser.client.session_transaction() as kept:
        kept["token"] = token
    return browser


def is_in(browser):
    return browser.get("/account").status_code == 200


def link(workspace, account_id, purpose):
    with writing(workspace.session):
        return onetimelinks.make(workspace, account_id, purpose, now=NOW)


def cookie(browser):
    return browser.client.get_cookie("schakelplan").value


# ---- V03 Weak or guessable secrets: Rallly CVE-2025-47781, Moodle CVE-2009-0501 ----

STRONG = 16  # bytes: 128 bits
NO_SECRETS = {("tasks.py", 8)}  # names a run of the worker, opens nothing


def bytes_asked(tree, constants):
    """Yield how many bytes of chance each call of `secrets` in a module asks for."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if getattr(node.func.value, "id", "") != "secrets" or node.func.attr == "compare_digest":
            continue
        given = node.args[0] if node.args else ast.Constant(32)  # the library's own number
        number = constants[given.id] if isinstance(given, ast.Name) else given.value
        yield number // 8 if node.func.attr == "randbits" else number


def weak_calls():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PLANNER.rglob("*.py")}
    constants = {
        node.targets[0].id: node.value.value
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    return {
        (path.name, number)
        for path, tree in trees.items()
        for number in bytes_asked(tree, constants)
        if number < STRONG
    }


def test_v03_every_secret_has_128_bits():
    assert weak_calls() - NO_SECRETS == set()
    assert sessions.TOKEN_BYTES == onetimelinks.TOKEN_BYTES == 32


def test_v03_twin_a_weak_secret_is_found():
    assert list(bytes_asked(ast.parse("import secrets\nx = secrets.token_hex(4)\ny = secrets.randbits(64)"), {})) == [
        4,
        8,
    ]


def guess_codes(inside, browser, times):
    inside(with_second_step, inside(an_account, role=Role.COORDINATOR), now=NOW)
    sign_in(browser)
    browser.get("/inloggen/tweede-stap")
    return [browser.post("/inloggen/tweede-stap", code=f"{number:06}").status_code for number in range(times)]


def test_v03_short_code_can_be_tried_five_times(inside, stranger):
    answers = guess_codes(inside, stranger, 7)

    assert answers == [400, 400, 400, 400, 404, 302, 302]
    assert stranger.get("/inloggen/tweede-stap").location == "/"


def test_v03_twin_without_the_count_guessing_goes_on(demo, inside, stranger, monkeypatch):
    monkeypatch.setattr(secondstep, "TRIES", 10**6)
    monkeypatch.setattr(demo.workspace.account_failures, "limit", 10**6)

    assert set(guess_codes(inside, stranger, 40)) == {400}


# ---- V07 Access that outlives its end: Airflow CVE-2023-40273, Nextcloud CVE-2021-32726 ----

ENDS = {
    "closed": lambda ws, account: accountadmin.close(ws, account, now=NOW),
    "another role": lambda ws, account: accountadmin.change_role(ws, account, "mentor", now=NOW),
    "signed out": lambda ws, account: accountadmin.end_sessions(ws, account, now=NOW),
    "begins anew": lambda ws, account: accountadmin.start_anew(ws, account, now=NOW),
}


@pytest.mark.parametrize("how", ENDS)
def test_v07_session_ends_with_what_it_stood_on(inside, stranger, noor, how):
    sign_in(stranger)
    assert is_in(stranger)

    inside(ENDS[how], noor)

    assert not is_in(stranger)


@pytest.mark.parametrize("purpose", [LinkPurpose.MAIL, LinkPurpose.PASSWORD])
def test_v07_link_ends_with_the_account(inside, stranger, noor, purpose):
    path = {LinkPurpose.MAIL: "/inloggen/link", LinkPurpose.PASSWORD: "/wachtwoord"}[purpose]
    token = inside(link, noor, purpose)
    assert stranger.get(f"{path}/{token}").status_code == 200

    inside(ENDS["closed"], noor)

    assert stranger.get(f"{path}/{token}").status_code == 404


@pytest.mark.usefixtures("noor")
def test_v07_other_browsers_end_with_the_password(demo, stranger):
    thief = Browser(demo)
    sign_in(thief)
    sign_in(stranger)
    stranger.get("/account")

    stranger.post("/account/wachtwoord", old=PASSWORD, password=NEW, again=NEW)

    assert (is_in(thief), is_in(stranger)) == (False, True)


@pytest.mark.usefixtures("noor")
def test_v07_twin_without_the_end_the_thief_stays(demo, stranger, monkeypatch):
    monkeypatch.setattr(sessions, "end_of_account", lambda *_, **__: None)
    thief = Browser(demo)
    sign_in(thief)
    sign_in(stranger)
    stranger.get("/account")

    stranger.post("/account/wachtwoord", old=PASSWORD, password=NEW, again=NEW)

    assert is_in(thief)


# ---- V15 Header and command injection: Nextcloud Calendar GHSA-8xv5-4855-24qf, CPython CVE-2024-6923 ----

INJECTED = (
    "noor@school.example\r\nBcc: alle@school.example",
    "noor@school.example\nRCPT TO:<alle@school.example>",
    "noor@school.example, alle@school.example",
    "noor@school.example> SIZE=1\r\nRCPT TO:<alle@school.example",
    "noor@school.example\u2028Bcc: alle@school.example",
    "noör@school.example",
)


@pytest.mark.parametrize("typed", INJECTED)
@pytest.mark.usefixtures("noor")
def test_v15_address_with_more_in_it_is_never_mailed(demo, stranger, monkeypatch, typed):
    monkeypatch.setitem(demo.app.extensions, "schakelplan", replace(demo.workspace, smtp_url="smtp://127.0.0.1:1"))
    stranger.get("/")

    assert stranger.post("/inloggen/link", email=typed).status_code == 400
    with pytest.raises(mail.InputError):
        mail.message(sender="a@school.example", to=typed, subject="x", text="x")


def test_v15_name_with_a_line_break_stays_in_the_text():
    made = mail.message(
        sender="a@school.example", to=EMAIL, subject="Uw link", text="Hallo X\r\nBcc: b@c.example\r\n\r\n.\r\nRCPT"
    )

    with mail_server() as inbox:
        mail.send(inbox.url, made)
    assert inbox.receivers == [[EMAIL]]
    assert inbox.mails[0]["Bcc"] is None
    assert inbox.mails[0].get_content().splitlines() == ["Hallo X", "Bcc: b@c.example", "", ".", "RCPT"]


def test_v15_twin_without_the_check_somebody_else_gets_it_too(monkeypatch):
    monkeypatch.setattr(mail, "mail_address", lambda text: text)
    made = mail.message(sender="a@school.example", to=INJECTED[2], subject="x", text="x")

    with mail_server() as inbox:
        mail.send(inbox.url, made)
    assert inbox.receivers == [["noor@school.example", "alle@school.example"]]


# ---- V17 Open redirect: Flask-Security-Too CVE-2021-32618 and CVE-2023-49438, Flask-User CVE-2021-23401 ----

HOSTS = (
    "evil.example",
    "evil.example/jaar",
    "localhost@evil.example",
    "localhost.evil.example",
    "evil.example:80",
    "evil。example",
)
STARTS = (
    "//", "///", "/////", "\\\\", "/\\", "\\/", "/\\/", "\\\\\\", "/%09/", "/\t/", "/%5C", "/%2f/", "/%2F%2F", "/%00/",
    "https://", "http://", "http:", "https:/", "HTTPS:\\\\", "javascript:", "javascript://", "data:text/html,", "ftp://",
    " //", "\t//", "\n//", "/ /", "/;@", "/.//", "/..//", "/./\\", "//@", "/@", "/:@", "x://", "://", ":",
    "/jaar//", "/jaar/\\", "/jaar/../..//", "/jaar?next=//", "/jaar#//", "/jaar/%2e%2e//", "/\u2028/", "/\u00ad/",
    "/\r\nLocation: //", "/\x00//", "/\u3002", "\u2215\u2215", "\uff0f\uff0f", "/\uff0f",
)  # fmt: skip
PAYLOADS = [f"{start}{host}" for start in STARTS for host in HOSTS]


def where_it_leads(place):
    """Return the host a browser goes to from our site, as browsers read addresses (WHATWG)."""
    clean = re.sub(r"[\t\r\n]", "", place.strip("\x00 \t\r\n")).replace("\\", "/")
    if scheme := re.match(r"([a-z][a-z0-9+.-]*):", clean, re.IGNORECASE):
        return clean.removeprefix(scheme[0]).lstrip("/").partition("/")[0] or scheme[0]
    return clean.lstrip("/").partition("/")[0] if clean.startswith("//") else "localhost"


def after_signing_in(browser, wanted):
    browser.get("/")
    with browser.client.session_transaction() as kept:
        kept["wanted"] = wanted
    return sign_in(browser).location


def test_v17_no_payload_is_a_path_of_ours():
    assert len(PAYLOADS) > 300
    assert [each for each in PAYLOADS if own_path(each)] == []
    assert [own_path(each) for each in ("/", "/jaar", "/activiteit/welkom-najaar-ar", "/instellingen/")] == [
        "/",
        "/jaar",
        "/activiteit/welkom-najaar-ar",
        "/instellingen/",
    ]
    assert [own_path(each) for each in (None, 7, "", "jaar", "/" + "a" * 200)] == [""] * 5


@pytest.mark.parametrize("payload", PAYLOADS[:: len(HOSTS) * 4])
@pytest.mark.usefixtures("noor")
def test_v17_who_signs_in_stays_with_us(demo, payload):
    assert where_it_leads(after_signing_in(Browser(demo), payload)) == "localhost"


@pytest.mark.parametrize("payload", ["//evil.example", "/\\evil.example", "https://evil.example"])
@pytest.mark.usefixtures("noor")
def test_v17_address_that_is_asked_for_cannot_plant_it(demo, payload):
    browser = Browser(demo)
    browser.open(payload if payload.startswith("/") else f"/{payload}")
    browser.open("/agenda", query_string={"next": payload})

    assert where_it_leads(sign_in(browser).location) == "localhost"


@pytest.mark.usefixtures("noor")
def test_v17_twin_without_the_check_one_lands_elsewhere(demo, monkeypatch):
    monkeypatch.setattr(signin, "own_path", lambda text: text or "")

    assert where_it_leads(after_signing_in(Browser(demo), "//evil.example/jaar")) == "evil.example"


# ---- V18 Session fixation: osTicket CVE-2026-9507, Airflow CVE-2022-38054 ----


def rotations(inside, browser):
    """Do all that must give another secret; yield the cookie from before each."""
    code = inside(with_second_step, inside(an_account, role=Role.COORDINATOR), now=NOW)
    browser.get("/")
    before_all = cookie(browser)
    sign_in(browser)
    before_code = cookie(browser)
    browser.get("/inloggen/tweede-stap")
    browser.post("/inloggen/tweede-stap", code=code(NOW))
    before_password = cookie(browser)
    browser.get("/account")
    browser.post("/account/wachtwoord", old=PASSWORD, password=NEW, again=NEW)
    assert is_in(browser)
    return {"sign-in": before_all, "second step": before_code, "password": before_password}


def opens(demo, value):
    """Return whether somebody else who planted or copied a cookie is in now."""
    thief = Browser(demo)
    thief.client.set_cookie("schakelplan", value)
    return is_in(thief)


def test_v18_cookie_from_before_is_worth_nothing_after(demo, inside, stranger):
    found = {step: opens(demo, value) for step, value in rotations(inside, stranger).items()}

    assert found == {"sign-in": False, "second step": False, "password": False}


def test_v18_twin_without_another_secret_the_old_one_goes_on(demo, inside, stranger, monkeypatch):
    monkeypatch.setattr(sessions.secrets, "token_urlsafe", lambda _: "always-the-same-secret")

    found = {step: opens(demo, value) for step, value in rotations(inside, stranger).items()}

    assert found == {"sign-in": False, "second step": True, "password": True}


# ---- V19 Pages of one session kept for another: Flask CVE-2023-30861 and CVE-2026-27205 ----


class Cache:
    """A proxy in between that keeps what it is not told not to keep (RFC 9111)."""

    def __init__(self):
        self.kept = []

    def get(self, browser, path):
        for known, vary, cookies, text in self.kept:
            if known == path and (not vary or cookies == cookie(browser)):
                return text
        answer = browser.get(path)
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            self.kept.append((path, "Cookie" in answer.headers.get("Vary", ""), cookie(browser), answer.text))
        return answer.text


@pytest.fixture
def two(demo, inside, noor):  # noqa: ARG001 - it must be there first
    """Return two colleagues, each signed in."""
    inside(an_account, email="piet@school.example", name="Piet de Boer")
    browsers = Browser(demo), Browser(demo)
    sign_in(browsers[0])
    sign_in(browsers[1], email="piet@school.example")
    return browsers


PRIVATE = ("/account", "/agenda", "/hulp")


def test_v19_two_people_behind_one_cache_see_their_own(two):
    cache = Cache()
    pages = {path: [cache.get(browser, path) for browser in two] for path in PRIVATE}

    for first, second in pages.values():
        assert ("Noor de Vries" in first, "Piet de Boer" in second, "Noor de Vries" in second) == (True, True, False)
    for path in PRIVATE:
        headers = two[0].get(path).headers
        assert (headers["Cache-Control"], "Cookie" in headers["Vary"]) == ("no-store", True)


def test_v19_twin_without_the_headers_the_second_sees_the_first(demo, two, monkeypatch):
    def forget(response):
        response.headers["Cache-Control"] = "max-age=60"
        del response.headers["Vary"]
        return response

    process = demo.app.process_response
    # Vary is put there when the session is saved, so it is taken away after everything else.
    monkeypatch.setattr(demo.app, "process_response", lambda response: forget(process(response)))
    cache = Cache()
    cache.get(two[0], "/account")

    assert "Noor de Vries" in cache.get(two[1], "/account")


# ---- V23 Telling who has an account: Radicale CVE-2017-8342, Django CVE-2024-39329, Wagtail CVE-2020-11037 ----


def answers_to(demo, inside):
    """Return for each kind of address what comes back to a wrong password: status, page, and hashes made."""
    inside(an_account)
    inside(an_account, email="dicht@school.example", disabled_at=NOW)
    inside(an_account, email="zonder@school.example", password="")
    HASHER.fits(None, "x")  # the hash of nobody is made once, at the first try of all
    found = {}
    for email in (EMAIL, "dicht@school.example", "zonder@school.example", "niemand@school.example"):
        browser, before = Browser(demo), HASHER.count
        answer = sign_in(browser, "een gok van iemand", email)
        page = answer.text.replace(email, "ADRES").replace(browser.token, "TOKEN")
        page = re.sub(r'name="csrf_token" value="[^"]+"', "", page)
        found[email] = (answer.status_code, re.sub(r'nonce="[^"]+"', "", page), HASHER.count - before)
    return found


def test_v23_known_and_unknown_get_one_answer_for_the_same_work(demo, inside):
    found = answers_to(demo, inside)

    assert len(set(found.values())) == 1
    assert found[EMAIL][0] == 400
    assert found[EMAIL][2] == 1


def test_v23_twin_without_the_hash_of_nobody_the_work_tells(demo, inside, monkeypatch):
    fits = HASHER.fits
    monkeypatch.setattr(HASHER, "fits", lambda kept, password: bool(kept) and fits(kept, password))

    work = {email: found[2] for email, found in answers_to(demo, inside).items()}

    assert work == {EMAIL: 1, "dicht@school.example": 0, "zonder@school.example": 0, "niemand@school.example": 0}


# ---- V24 Weak password hashes: OpenSlides CVE-2024-22892 ----


def old_hash(inside, account_id):
    def keep(workspace):
        with writing(workspace.session):
            credential(workspace, account_id).password_hash = PasswordHasher(
                time_cost=1, memory_cost=8192, parallelism=1
            ).hash(PASSWORD)

    inside(keep)


def kept_hash(workspace, account_id):
    return credential(workspace, account_id).password_hash


def test_v24_kept_hash_is_argon2id_of_today(inside, stranger, noor):
    old_hash(inside, noor)

    sign_in(stranger)

    kept = inside(kept_hash, noor)
    found = extract_parameters(kept)
    assert kept.startswith("$argon2id$v=19$")
    assert found.memory_cost >= 19 * 1024
    assert found.time_cost >= 2
    assert (found.hash_len, found.salt_len) == (32, 16)


def test_v24_twin_without_looking_the_old_one_stays(inside, stranger, noor, monkeypatch):
    old_hash(inside, noor)
    monkeypatch.setattr(hashing.Hasher, "is_old", lambda *_: False)

    sign_in(stranger)

    assert extract_parameters(inside(kept_hash, noor)).memory_cost == 8192


# ---- V33 Confusion at somebody else's sign-in: pretix CVE-2023-27891, Authlib CVE-2024-37568 ----


@pytest.fixture
def provider(demo, monkeypatch):
    with running_provider() as found:
        found.now, found.claims = int(NOW.timestamp()), {"email": EMAIL, "email_verified": True}
        monkeypatch.setitem(demo.app.extensions, "schakelplan", replace(demo.workspace, school_signin=found.settings))
        yield found


def come_back(browser, provider, *, state=None, **changes):
    away = browser.get("/inloggen/school").location
    code = provider.authorize(away, **changes)
    return browser.get(f"/inloggen/school/terug?state={state or provider.flows[code]['state']}&code={code}")


@pytest.mark.usefixtures("noor")
def test_v33_honest_answer_lets_in(stranger, provider):
    assert come_back(stranger, provider).status_code == 302
    assert is_in(stranger)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512"])
@pytest.mark.usefixtures("noor")
def test_v33_signature_of_another_kind_is_refused(stranger, provider, algorithm):
    provider.algorithm = algorithm

    assert come_back(stranger, provider).status_code == 400
    assert not is_in(stranger)


@pytest.mark.usefixtures("noor")
def test_v33_twin_with_a_longer_list_it_is_taken(stranger, provider, monkeypatch):
    monkeypatch.setattr(oidc, "ALGORITHMS", [*oidc.ALGORITHMS, "RS512"])
    provider.algorithm, provider.key = "RS512", KEY

    assert come_back(stranger, provider).status_code == 302


@pytest.mark.usefixtures("noor")
def test_v33_answer_of_somebody_elses_flow_is_refused(stranger, provider):
    """An attacker lets the victim come back with the attacker's code, to have them work in the wrong account."""
    assert come_back(stranger, provider, state="van-de-aanvaller").status_code == 400
    assert not is_in(stranger)


@pytest.mark.usefixtures("noor")
def test_v33_twin_without_state_it_is_taken(stranger, provider, monkeypatch):
    monkeypatch.setattr(schoolsignin.secrets, "compare_digest", lambda *_: True)

    assert come_back(stranger, provider, state="van-de-aanvaller").status_code == 302


@pytest.mark.usefixtures("noor")
def test_v33_token_of_another_sign_in_is_refused(stranger, provider):
    assert come_back(stranger, provider, nonce="van-een-andere-keer").status_code == 400


@pytest.mark.usefixtures("noor")
def test_v33_twin_without_nonce_it_is_taken(stranger, provider, monkeypatch):
    flow = schoolsignin._flow  # noqa: SLF001 - the guard that is taken away

    def without(workspace, pending):
        return replace(flow(workspace, pending), nonce="")

    monkeypatch.setattr(schoolsignin, "_flow", without)

    assert come_back(stranger, provider, nonce="van-een-andere-keer").status_code == 302


@pytest.mark.usefixtures("noor")
def test_v33_stolen_code_is_worth_nothing_without_the_verifier(demo, provider):
    victim, thief = Browser(demo), Browser(demo)
    code = provider.authorize(victim.get("/inloggen/school").location)
    state = re.search(r"state=([^&]+)", thief.get("/inloggen/school").location)[1]

    assert thief.get(f"/inloggen/school/terug?state={state}&code={code}").status_code == 400
    assert not is_in(thief)


@pytest.mark.usefixtures("noor")
def test_v33_old_flow_is_over(demo, stranger, provider):
    away = stranger.get("/inloggen/school").location
    code = provider.authorize(away)
    state = provider.flows[code]["state"]
    demo.app.config["CLOCK"] = lambda: NOW + schoolsignin.FLOW_LIFE + timedelta(seconds=1)

    assert stranger.get(f"/inloggen/school/terug?state={state}&code={code}").status_code == 400


# ---- V32 Links that act when they are looked at: mail scanners and previews ----


def test_v32_looking_at_a_link_a_hundred_times_uses_nothing_up(inside, stranger, noor):
    token = inside(link, noor, LinkPurpose.MAIL)
    for _ in range(50):
        for method in ("GET", "HEAD"):
            assert stranger.open(f"/inloggen/link/{token}", method).status_code == 200
    stranger.get(f"/inloggen/link/{token}")

    assert stranger.post(f"/inloggen/link/{token}").status_code == 302


def test_v32_twin_a_link_that_was_used_is_over(inside, stranger, noor):
    token = inside(link, noor, LinkPurpose.MAIL)
    inside(signing.sign_in_by_mail, token, browser="", now=NOW)

    assert stranger.get(f"/inloggen/link/{token}").status_code == 404


def test_half_a_session_in_the_cookie_opens_nothing(inside, stranger):
    account = inside(an_account, role=Role.COORDINATOR)

    assert not is_in(use(stranger, inside(a_session, account, now=NOW)))
