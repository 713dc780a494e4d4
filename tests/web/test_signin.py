"""Signing in as a browser does it: the way in, the second step, the own account, the coordinator's list."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pyotp
import pytest
from browsing import Browser
from demoschool import NOW
from oidcprovider import running_provider
from signingin import EMAIL, PASSWORD, a_session, an_account, audit, with_second_step

from planner.domain.access.rights import Role
from planner.services.signin import onetimelinks
from planner.services.workspace import ACCOUNT_TRIES
from planner.storage.db import writing
from planner.storage.models import LinkPurpose

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "zes-appels-vallen-zacht"


@pytest.fixture
def inside(demo):
    """Give a function that does something with the inside, outside any request."""

    def do(action, *arguments, **facts):
        with demo.app.app_context():
            return action(demo.workspace, *arguments, **facts)

    return do


@pytest.fixture
def noor(inside):
    return inside(an_account)


def sign_in(browser, password=PASSWORD, email=EMAIL, **options):
    browser.get("/")
    fields = {"csrf_token": browser.token, "email": email, "password": password}
    return browser.open("/inloggen", "POST", data=fields, **options)


def link(workspace, account_id, purpose):
    with writing(workspace.session):
        return onetimelinks.make(workspace, account_id, purpose, now=NOW)


def key_on(page):
    return re.search(r'class="sleutel">([A-Z2-7 ]+)<', page)[1].replace(" ", "")


# ---- Password ----


@pytest.mark.usefixtures("demo", "noor")
def test_password_leads_to_the_first_page_of_the_role(stranger):
    answer = sign_in(stranger, headers={"User-Agent": FIREFOX})

    assert (answer.status_code, answer.location) == (302, "/")
    assert stranger.get("/").location == "/agenda"
    assert "Firefox op Windows" in stranger.look("/account")


@pytest.mark.usefixtures("noor")
def test_page_that_was_asked_for_comes_after_signing_in(stranger):
    assert stranger.get("/agenda").location == "/"

    assert sign_in(stranger).location == "/agenda"


@pytest.mark.parametrize("email", [EMAIL, "niemand@school.example"])
@pytest.mark.usefixtures("noor")
def test_wrong_password_says_so_on_the_form_and_keeps_the_address(stranger, email):
    answer = sign_in(stranger, "een gok van iemand", email)

    assert answer.status_code == 400
    assert "horen niet bij elkaar" in answer.text
    assert f'value="{email}"' in answer.text
    assert "een gok" not in answer.text
    assert stranger.get("/account").location == "/"


@pytest.mark.usefixtures("noor")
def test_too_many_tries_say_how_long_to_wait(stranger):
    for _ in range(ACCOUNT_TRIES):
        sign_in(stranger, "een gok van iemand")

    answer = sign_in(stranger)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    assert "Probeer het over 10 minuten opnieuw." in answer.text
    elsewhere = sign_in(stranger, environ_overrides={"REMOTE_ADDR": "198.51.100.9"})
    assert elsewhere.status_code == 302


@pytest.mark.usefixtures("noor")
def test_browser_that_came_in_before_gets_in_beside_a_neighbour_who_guesses(demo, stranger):
    sign_in(stranger)
    stranger.get("/account")
    stranger.post("/afmelden")
    neighbour = Browser(demo)
    for number in range(demo.workspace.failures.limit + 2):
        sign_in(neighbour, "een gok van iemand", EMAIL if number % 2 else f"naam{number}@school.example")

    assert sign_in(Browser(demo)).status_code == 429
    assert sign_in(stranger).status_code == 302


# ---- Link from the mail ----


def test_school_without_mail_offers_no_mail(stranger):
    assert "verstuurt geen mail" in stranger.look("/")


@pytest.fixture
def mailing(demo, monkeypatch):
    """Let the application have a mail server; nothing listens there, for only the worker mails."""
    monkeypatch.setitem(demo.app.extensions, "schakelplan", replace(demo.workspace, smtp_url="smtp://127.0.0.1:1"))


@pytest.mark.parametrize("email", [EMAIL, "niemand@school.example"])
@pytest.mark.usefixtures("demo", "mailing", "noor")
def test_asking_for_a_link_gives_one_answer_to_all(stranger, email):
    stranger.get("/")

    answer = stranger.post("/inloggen/link", email=email)

    assert answer.status_code == 200
    assert "Hoort dit e-mailadres bij een account" in answer.text
    assert email not in answer.text


@pytest.mark.usefixtures("mailing")
def test_odd_address_is_asked_again(stranger):
    stranger.get("/")

    answer = stranger.post("/inloggen/link", email="noor")

    assert answer.status_code == 400
    assert "Vul uw e-mailadres in" in answer.text


def test_link_from_the_mail_shows_one_button_and_works_once(inside, stranger, noor):
    token = inside(link, noor, LinkPurpose.MAIL)
    page = stranger.look(f"/inloggen/link/{token}")
    assert page.count("<button") == 1

    answer = stranger.post(f"/inloggen/link/{token}")

    assert answer.status_code == 302
    assert stranger.get("/account").status_code == 200
    assert stranger.get(f"/inloggen/link/{token}").status_code == 404


def test_forgotten_password_is_replaced_after_a_link(inside, stranger, noor):
    token = inside(link, noor, LinkPurpose.MAIL)
    stranger.get(f"/inloggen/link/{token}")
    stranger.post(f"/inloggen/link/{token}")
    page = stranger.look("/account")
    assert "Oud wachtwoord" not in page

    answer = stranger.post("/account/wachtwoord", password=NEW, again=NEW)

    assert answer.status_code == 302
    assert "Uw wachtwoord is veranderd" in stranger.look("/account")
    assert sign_in(Browser(stranger.demo), NEW).status_code == 302


# ---- First password, second step ----


def test_new_coordinator_from_link_to_first_page(demo, inside, stranger):
    token = inside(link, inside(an_account, role=Role.COORDINATOR, password=""), LinkPurpose.PASSWORD)
    stranger.get("/instellingen")
    assert f'value="{EMAIL}"' in stranger.look(f"/wachtwoord/{token}")

    short = stranger.post(f"/wachtwoord/{token}", password="kort", again="kort")  # noqa: S106 - of a test
    assert (short.status_code, "minstens 10 tekens" in short.text) == (400, True)
    assert stranger.post(f"/wachtwoord/{token}", password=NEW, again=NEW).location == "/inloggen/tweede-stap"

    # Nothing else opens before the second step is done.
    for path in ("/", "/jaar", "/account", "/instellingen/accounts", "/mensen"):
        assert stranger.get(path).location == "/inloggen/tweede-stap", path
    page = stranger.look("/inloggen/tweede-stap")
    key = key_on(page)
    wrong = stranger.post("/inloggen/tweede-stap", code="000000")
    assert (wrong.status_code, key_on(wrong.text)) == (400, key)
    right = stranger.post("/inloggen/tweede-stap", code=pyotp.TOTP(key).at(NOW))
    codes = re.findall(r"<li>([0-9A-Z]{3}(?:-[0-9A-Z]{3}){4})</li>", right.text)
    assert (right.status_code, len(codes)) == (200, 10)
    assert stranger.get("/").location == "/jaar"
    assert stranger.get("/inloggen/tweede-stap").location == "/"

    # Next time: password and a code; a code on paper does too.
    other = Browser(demo)
    assert sign_in(other).location is None
    assert sign_in(other, NEW).location == "/inloggen/tweede-stap"
    assert "Nog één stap" in other.look("/inloggen/tweede-stap")
    assert other.post("/inloggen/tweede-stap", code=codes[0]).location == "/"
    assert "nog 9 herstelcodes" in other.look("/account")


def test_wanted_page_comes_after_the_second_step(inside, stranger):
    code = inside(with_second_step, inside(an_account, role=Role.COORDINATOR), now=NOW)
    stranger.get("/mensen")
    sign_in(stranger)
    stranger.get("/inloggen/tweede-stap")

    assert stranger.post("/inloggen/tweede-stap", code=code(NOW)).location == "/mensen"


def test_five_wrong_codes_lead_back_to_the_beginning(inside, stranger):
    inside(with_second_step, inside(an_account, role=Role.COORDINATOR), now=NOW)
    sign_in(stranger)
    stranger.get("/inloggen/tweede-stap")

    answers = [stranger.post("/inloggen/tweede-stap", code="000000") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [400] * 4 + [404]
    assert "Er is vijf keer een verkeerde code ingevuld" in answers[-1].text
    assert 'name="password"' in answers[-1].text
    assert stranger.get("/inloggen/tweede-stap").location == "/"


def test_demo_coordinator_is_exempt(coordinator):
    assert "In de voorbeeldschool hoeft dat niet" in coordinator.look("/account")
    assert coordinator.get("/jaar").status_code == 200


# ---- The own account ----


@pytest.mark.usefixtures("inside", "noor")
def test_sessions_are_listed_and_ended_one_by_one(demo, stranger):
    phone = Browser(demo)
    sign_in(phone, headers={"User-Agent": FIREFOX})
    sign_in(stranger)
    page = stranger.look("/account")
    (action,) = re.findall(r'action="(/account/aanmelding/\d+/weg)"', page)

    assert stranger.post(action).status_code == 302

    assert phone.get("/account").location == "/"
    assert stranger.get("/account").status_code == 200


@pytest.mark.usefixtures("noor")
def test_all_others_are_ended(demo, stranger):
    others = [Browser(demo), Browser(demo)]
    for browser in (*others, stranger):
        sign_in(browser)
    stranger.get("/account")

    stranger.post("/account/aanmeldingen/weg")

    assert [browser.get("/account").location for browser in others] == ["/", "/"]
    assert stranger.get("/account").status_code == 200


@pytest.mark.usefixtures("noor")
def test_password_is_changed_with_the_old_one(stranger):
    sign_in(stranger)
    stranger.get("/account")

    wrong = stranger.post("/account/wachtwoord", old="een gok van iemand", password=NEW, again=NEW)
    right = stranger.post("/account/wachtwoord", old=PASSWORD, password=NEW, again=NEW)

    assert (wrong.status_code, "Het oude wachtwoord klopt niet" in wrong.text) == (400, True)
    assert right.status_code == 302
    assert stranger.get("/account").status_code == 200


@pytest.mark.usefixtures("noor")
def test_second_step_of_a_colleague_from_begin_to_end(stranger):
    sign_in(stranger)
    stranger.get("/account")
    assert stranger.post("/account/tweede-stap/begin").location == "/account/tweede-stap"
    key = key_on(stranger.look("/account/tweede-stap"))

    wrong = stranger.post("/account/tweede-stap", code="1")
    right = stranger.post("/account/tweede-stap", code=pyotp.TOTP(key).at(NOW))
    assert (wrong.status_code, right.status_code) == (400, 200)
    codes = re.findall(r"<li>([0-9A-Z-]{19})</li>", right.text)

    stranger.get("/account")
    assert stranger.post("/account/herstelcodes", code="1").status_code == 400
    fresh = stranger.post("/account/herstelcodes", code=codes[0])
    codes = re.findall(r"<li>([0-9A-Z-]{19})</li>", fresh.text)
    assert stranger.post("/account/tweede-stap/weg", code="1").status_code == 400
    assert stranger.post("/account/tweede-stap/weg", code=codes[0]).location == "/"
    assert "De tweede stap is weg" in stranger.look("/")


@pytest.mark.usefixtures("noor")
def test_use_is_seen_after_a_few_minutes(demo, stranger):
    sign_in(stranger)
    demo.app.config["CLOCK"] = lambda: NOW + timedelta(minutes=7)

    assert "10:07" in stranger.look("/account")


# ---- The coordinator's list ----


@pytest.mark.usefixtures("demo")
def test_coordinator_invites_changes_and_closes(inside, coordinator):
    coordinator.get("/instellingen/accounts")
    given = coordinator.post("/instellingen/accounts", name="Piet", email="piet@school.example", role="team")
    link_text = unescape(re.search(r'id="adres" type="text" value="([^"]+)"', given.text)[1])
    page = coordinator.look("/instellingen/accounts")
    piet = re.findall(r"/instellingen/accounts/(\d+)/rol", page)[-1]
    assert link_text not in page

    base = f"/instellingen/accounts/{piet}"
    for action, fields, sentence in (
        ("rol", {"role": "mentor"}, "De rol is veranderd"),
        ("uitloggen", {}, "overal uitgelogd"),
        ("dicht", {}, "Het account is gesloten"),
        ("open", {}, "weer open"),
    ):
        assert coordinator.post(f"{base}/{action}", **fields).location == "/instellingen/accounts"
        assert sentence in coordinator.look("/instellingen/accounts")
    for action in ("link", "opnieuw"):
        assert "/wachtwoord/" in coordinator.post(f"{base}/{action}").text
    assert inside(audit)[-1][1] == "wachtwoord en tweede stap weggehaald"


# ---- The school's own accounts ----


@pytest.fixture
def provider(demo, monkeypatch):
    with running_provider() as found:
        found.now, found.claims = int(NOW.timestamp()), {"email": EMAIL, "email_verified": True}
        monkeypatch.setitem(demo.app.extensions, "schakelplan", replace(demo.workspace, school_signin=found.settings))
        yield found


@pytest.mark.usefixtures("noor")
def test_button_leads_to_the_school_and_back(stranger, provider):
    assert "Inloggen met Testschool" in stranger.look("/")
    away = stranger.get("/inloggen/school")
    assert away.location.startswith(f"{provider.url}/authorize?")
    code = provider.authorize(away.location)
    state = provider.flows[code]["state"]

    back = stranger.get(f"/inloggen/school/terug?state={state}&code={code}")

    assert (back.status_code, back.location) == (302, "/")
    assert "met het schoolaccount" in stranger.look("/account")
    assert stranger.get(f"/inloggen/school/terug?state={state}&code={code}").status_code == 400


@pytest.mark.usefixtures("provider")
def test_refusal_at_the_school_is_told(stranger):
    stranger.get("/inloggen/school")

    answer = stranger.get("/inloggen/school/terug?error=access_denied")

    assert answer.status_code == 400
    assert "Begin opnieuw" in answer.text


def test_half_session_is_no_session(inside, stranger):
    account = inside(an_account, role=Role.COORDINATOR)
    with stranger.client.session_transaction() as kept:
        kept["token"] = inside(a_session, account, now=NOW)

    assert stranger.get("/jaar").location == "/inloggen/tweede-stap"
    stranger.get("/inloggen/tweede-stap")
    assert stranger.post("/afmelden").location == "/inloggen/tweede-stap"
