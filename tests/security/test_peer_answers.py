"""Holes that other no-login polls had, tried on ours; each with a twin that shows that the test would see one.

V01 Rallly CVE-2025-65021, Participants Database CVE-2026-11354. V03 Rallly CVE-2025-47781. V04 Nextcloud
GHSA-crvj-vmf7-xrvr, GHSA-2967-6mrp-gg3p. V21 Indico CVE-2021-30185. V22 pretix CVE-2023-44463. V32 Moodle
CVE-2019-10186, Flask-Security CVE-2021-21241.
"""

import ast
import random
from dataclasses import replace
from itertools import product

import pytest
from browsing import Browser
from demoschool import NOW, tables
from sqlalchemy import text
from tinyhtml5.parser import HTMLParser
from web import answersamples

from planner.config import ROOT
from planner.domain.families.shortcode import BASE, from_number, normalise
from planner.services import tokens
from planner.services.answers import answering
from planner.services.invitations import invitations, shortcodes
from planner.services.limiting import Failures
from planner.services.state import load_state
from planner.storage.db import db
from planner.web import family

FORM = {"komt": "ja", "personen": "3"}
HERE = "192.0.2.7"
MARKET = "interessemarkt"


@pytest.fixture
def families(demo):
    """Return the printed sheets of two families, and a fresh memory for guesses."""
    object.__setattr__(demo.workspace, "failures", Failures())
    with demo.app.app_context():
        homes = [home.id for home in invitations.invited_households(load_state(demo.workspace), MARKET)[:2]]
        sheets = invitations.sheets(demo.workspace, MARKET)[:2]
    return list(zip(homes, sheets, strict=True))


def rows(demo):
    with demo.app.app_context():
        return tables(db.engine)


def path_of(sheet):
    return sheet.url.removeprefix("http://localhost")


def ask(demo, path, method="GET", address=HERE, **options):
    """Ask as a stranger from an address."""
    browser = Browser(demo)
    return browser.open(path, method, environ_overrides={"REMOTE_ADDR": address}, **options)


def answers(demo):
    with demo.app.app_context(), db.engine.connect() as connection:
        return connection.execute(text("SELECT household_id, persons FROM answer ORDER BY household_id")).all()


# V01: the address says whose answer it is, and nothing else does.

EXTRA = {"gezin", "household_id", "household", "event_id", "event", "token", "code", "id", "source", "by", "at"}


def test_no_identifier_in_a_form_reaches_another_family(demo, families):
    (mine, sheet), (theirs, other) = families
    swapped = dict.fromkeys(EXTRA, theirs) | {"token": path_of(other), "code": other.code}

    for path in (path_of(sheet), f"/c/{sheet.code}"):
        ask(demo, path, "POST", data={**FORM, **swapped}, query_string=swapped)
        ask(demo, path, "POST", json=swapped)
        ask(demo, path, query_string=swapped)

    assert answers(demo) == [(mine, 3)]


def test_colleague_of_another_class_reaches_no_family(demo, families):
    before = rows(demo)
    browser = Browser(demo)
    browser.sign_in_as("mentor")
    foreign = demo.facts.foreign_class

    answer = browser.post(
        f"/activiteit/{MARKET}/antwoorden", klas=foreign, **{f"n-{home}": "3" for home, _ in families}
    )

    assert answer.status_code == 404
    assert rows(demo) == before


def test_answer_of_the_other_address_would_be_seen(demo, families):
    (mine, sheet), (theirs, other) = families

    for each in (sheet, other):
        ask(demo, path_of(each), "POST", data=FORM)

    assert answers(demo) == sorted([(mine, 3), (theirs, 3)])


def test_half_a_link_and_half_a_code_are_nothing(demo, families):
    (_, sheet), (_, other) = families
    token, code = path_of(sheet), normalise(sheet.code)
    before = rows(demo)

    halves = [token[:-1], f"{token}a", token.upper(), token[:17] + path_of(other)[17:], f"/c/{code[:5]}"]
    halves += [f"/c/{code[:8]}", f"/c/{code}{other.code_extra}", f"/i/{code}", f"/c/{token.rpartition('/')[2]}"]

    for half, method in product(halves, ("GET", "POST")):
        assert ask(demo, half, method, data=FORM).status_code in {400, 404}, half
    assert rows(demo) == before


# V03: nothing that can be guessed.


def test_links_have_128_bits_and_more():
    assert tokens.TOKEN_CHARACTERS * 5 >= 128


def calls(source, module):
    """Return the calls of functions of a module in a source."""
    found = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [node.attr for node in found if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == module]


def test_nothing_is_drawn_from_ordinary_chance():
    sources = [
        path.read_text(encoding="utf-8")
        for part in ("web", "services")
        for path in (ROOT / "planner" / part).rglob("*.py")
    ]

    assert [call for source in sources for call in calls(source, "random")] == []
    assert calls("import random\nrandom.choice([1])", "random") == ["choice"]


def test_link_that_does_not_exist_is_never_limited(demo, families):
    """140 bits need no limiter: 10 ** 6 guesses at 2,500 links hit one with a chance of 1 in 5 * 10 ** 32."""
    rng = random.Random(3)  # noqa: S311 - the same guesses every time
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    for _ in range(40):
        assert ask(demo, f"/i/{''.join(rng.choices(letters, k=28))}").status_code == 404

    assert ask(demo, path_of(families[0][1])).status_code == 200


# V04: one limiter for every way to type a code; per IPv4 address or IPv6 /64; never by success.


def guess(demo, times, address=HERE):
    """Guess codes in every way; return the statuses."""
    found = []
    for number in range(times):
        code = from_number(number, length=shortcodes.LENGTH)
        way = number % 3
        if way == 0:
            response = ask(demo, "/c", "POST", address, data={"code": code})
        else:
            response = ask(demo, f"/c/{code}", ("GET", "POST")[way - 1], address, data=FORM if way == 2 else None)
        found.append(response.status_code)
    return found


@pytest.mark.usefixtures("families")
def test_every_way_to_guess_is_counted_together(demo):
    before = rows(demo)

    assert guess(demo, 30) == [404] * 20 + [429] * 10
    assert rows(demo) == before


@pytest.mark.usefixtures("families")
def test_addresses_inside_one_network_are_one_guesser(demo):
    statuses = [guess(demo, 1, f"2001:db8:1:2::{number:x}")[0] for number in range(1, 26)]

    assert statuses == [404] * 20 + [429] * 5
    assert guess(demo, 1, "2001:db8:1:3::1") == [404]


@pytest.mark.usefixtures("families")
def test_guesser_is_told_when_to_come_back(demo):
    guess(demo, 20)

    response = ask(demo, f"/c/{from_number(99, length=shortcodes.LENGTH)}", headers={"Accept-Language": "ti"})

    assert 0 < int(response.headers["Retry-After"]) <= 600
    assert demo.workspace.answer_texts["ti"].strings["code_extra"] in response.text


@pytest.mark.usefixtures("families")
def test_without_counting_nothing_would_trip(demo, monkeypatch):
    monkeypatch.setattr(Failures, "note", lambda *_, **__: None)

    assert guess(demo, 30) == [404] * 30


def test_hall_of_families_gets_in_beside_a_guesser(demo, families):
    """Answers from the address of somebody who is guessing: by link, and by the code with its extra."""
    guess(demo, 25)

    for number in range(150):
        _, sheet = families[number % 2]
        path = path_of(sheet) if number % 3 else f"/c/{normalise(sheet.code)}{sheet.code_extra}"
        assert ask(demo, path, "POST", data=FORM).status_code == 303
        if number % 30 == 0:
            assert guess(demo, 1) == [429]


def test_code_alone_is_enough_as_long_as_nobody_guesses(demo, families):
    for number in range(100):
        assert ask(demo, "/c", "POST", data={"code": families[number % 2][1].code}).status_code == 303


def test_code_that_got_in_once_gets_in_again_while_somebody_guesses(demo, families):
    _, sheet = families[0]
    place = ask(demo, "/c", "POST", data={"code": sheet.code}).location

    guess(demo, 25)

    assert ask(demo, place, "POST", data=FORM).status_code == 303
    assert ask(demo, f"/c/{sheet.code}").status_code == 429


# V21, V22: who the server is and where a request comes from are not what a header says.


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-Host", "X-Host"])
def test_no_header_changes_where_a_family_is_sent(demo, families, header):
    value = "host=evil.example" if header == "Forwarded" else "evil.example"

    answer = ask(demo, path_of(families[0][1]), "POST", data=FORM, headers={header: value})

    assert answer.status_code == (400 if header == "Host" else 303)
    assert "evil.example" not in (answer.location or "") + answer.text


def test_forwarded_address_counts_for_nothing_without_a_proxy(demo, families):
    for number in range(25):
        code = from_number(number, length=shortcodes.LENGTH)
        ask(demo, f"/c/{code}", headers={"X-Forwarded-For": f"203.0.113.{number}"})

    assert ask(demo, f"/c/{families[0][1].code}").status_code == 429
    assert ask(demo, f"/c/{families[0][1].code}", headers={"X-Forwarded-For": "203.0.113.99"}).status_code == 429


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "203.0.113.5", HERE),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "10.9.9.9, 203.0.113.5", "203.0.113.5"),
        (2, "10.9.9.9, 203.0.113.5, 192.0.2.1", "203.0.113.5"),
        (2, "203.0.113.5", HERE),
        (1, "", HERE),
        (1, None, HERE),
        (1, "10.9.9.9, ", HERE),
    ],
)
def test_only_the_address_the_own_proxy_saw_counts(demo, families, proxies, told, address):
    demo.app.config["TRUSTED_PROXIES"] = proxies
    try:
        headers = {} if told is None else {"X-Forwarded-For": told}
        for number in range(20):
            ask(demo, f"/c/{from_number(number, length=shortcodes.LENGTH)}", headers=headers)
    finally:
        demo.app.config["TRUSTED_PROXIES"] = 0

    assert ask(demo, f"/c/{families[0][1].code}", address=address).status_code == 429
    elsewhere = "198.51.100.1"
    assert ask(demo, f"/c/{families[0][1].code}", address=elsewhere).status_code == 200


# V32: nothing but a button of our own page sends an answer.


def test_reading_again_and_again_leaves_everything_as_it_was(demo, families):
    _, sheet = families[0]
    before = rows(demo)

    for _ in range(17):
        for path, method in product((path_of(sheet), f"/c/{sheet.code}", "/c"), ("GET", "HEAD")):
            assert ask(demo, path, method, query_string={**FORM, "bewaard": "1"}).status_code == 200

    assert rows(demo) == before


ELSEWHERE = (
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
)
OURS = (
    {},
    {"Origin": "null"},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
)


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_form_of_another_site_is_refused_in_the_language_of_the_phone(demo, families, headers):
    _, sheet = families[0]
    before = rows(demo)

    for path in (path_of(sheet), f"/c/{sheet.code}", "/c"):
        answer = ask(
            demo, path, "POST", data={**FORM, "code": sheet.code}, headers={**headers, "Accept-Language": "so"}
        )
        assert answer.status_code == 400
        assert demo.workspace.answer_texts["so"].strings["try_again"] in answer.text

    assert rows(demo) == before


@pytest.mark.parametrize("headers", OURS)
def test_form_of_our_own_page_is_taken(demo, families, headers):
    assert ask(demo, path_of(families[0][1]), "POST", data=FORM, headers=headers).status_code == 303


def test_form_of_another_site_would_be_taken_without_the_check(demo, families, monkeypatch):
    monkeypatch.setattr(family, "is_from_elsewhere", lambda _: False)

    assert ask(demo, path_of(families[0][1]), "POST", data=FORM, headers=ELSEWHERE[0]).status_code == 303


def test_pages_of_colleagues_still_ask_for_their_token(demo):
    browser = Browser(demo)
    browser.sign_in()
    before = rows(demo)

    for path in ("antwoorden", "bereik", "deur"):
        assert browser.open(f"/activiteit/{MARKET}/{path}", "POST", data={"klas": "x"}).status_code == 400
    assert rows(demo) == before


# The question is text, whatever is in it.

PARTS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "{% raw %}", "${7*7}", "#{7*7}", "%s%n%x",
    "'; DROP TABLE answer;--", "' OR 1=1--", '=HYPERLINK("http://evil")', "\\input{/etc/passwd}", "&lt;b&gt;",
    "</textarea><b>", "<svg/onload=alert(1)>", "javascript:alert(1)", "\u202e\u2066abc", "\ufeff", "\u200b\u200d",
    "\x07\x1b[31m",
    "𝕳𝖊𝖑𝖑𝖔", "\r\nSet-Cookie: x=1", "BEGIN:VEVENT", "{{ config.SECRET_KEY }}", "{0.__class__}",
    "]]>", "<!--", "\\u003cb\\u003e",
)  # fmt: skip


def hostile(number):
    rng = random.Random(number)  # noqa: S311 - the same texts every time
    return "".join(rng.choices(PARTS, k=rng.randint(3, 7)))[:500]


def shown_in(page, name):
    """Return the texts of everything of a class, as a browser reads them."""
    tree = HTMLParser().parse(page)
    return ["".join(each.itertext()) for each in tree.iter() if isinstance(each.tag, str) and each.get("class") == name]


def test_a_thousand_hostile_questions_are_shown_as_text(demo):
    """All of them through the form's own reader, and on one page: a browser reads back what was kept."""
    with demo.app.test_request_context():
        kept = [
            answering.reply_from(demo.workspace, {**FORM, "vraag": hostile(number)}).question for number in range(1000)
        ]
        view = replace(answersamples.LIST, questions=tuple(("Familie", question) for question in kept))
        page = demo.app.jinja_env.get_template("web/answer_list.html").render(
            view=view, turnout=(), mistake="", account=None, nu=NOW, school_name="ISK", csp_nonce="x"
        )

    assert shown_in(page, "vraagtekst") == kept
    assert len(set(kept)) > 900


def test_hostile_questions_come_back_as_text_to_family_and_colleague(demo, families):
    (home, sheet), _ = families
    staff = Browser(demo)
    staff.sign_in()

    for number in range(30):
        answer = ask(demo, path_of(sheet), "POST", data={**FORM, "vraag": hostile(number)})
        kept = answering.reply_from(demo.workspace, {**FORM, "vraag": hostile(number)}).question
        assert answer.status_code == 303
        assert "Set-Cookie" not in answer.headers
        assert shown_in(ask(demo, path_of(sheet)).text, "vraagtekst") == [kept] * bool(kept)
        if number % 10 == 0:
            page = staff.look(f"/huishoudens/{home}")
            assert "<script>alert" not in page
            assert "<img" not in page


def test_hostile_question_would_be_alive_when_it_were_not_text(demo, families, monkeypatch):
    (_, sheet), _ = families
    ask(demo, path_of(sheet), "POST", data={**FORM, "vraag": PARTS[0]})
    monkeypatch.setattr(demo.app.jinja_env, "autoescape", value=False)
    demo.app.jinja_env.cache.clear()
    try:
        assert "<script>alert(1)" in ask(demo, path_of(sheet)).text
    finally:
        monkeypatch.undo()
        demo.app.jinja_env.cache.clear()


def test_stored_answer_holds_no_secret(demo, families):
    (_, sheet), _ = families
    ask(demo, path_of(sheet), "POST", data=FORM)

    kept = b"".join(path.read_bytes() for path in demo.folder.glob("school.sqlite*"))

    for secret in (path_of(sheet).rpartition("/")[2], normalise(sheet.code), sheet.code):
        assert secret.encode() not in kept
    assert BASE ** (shortcodes.LENGTH - 1) > 2**36
