"""Requests that try to reach what is not theirs: other hosts, other files, other columns, odd values."""

import sys
from urllib.parse import urlsplit

import pytest
from addresses import MATRIX, path_of
from demoschool import tables
from sqlalchemy import text

from planner.storage.db import db

ELSEWHERE = (
    "//evil.example", "///evil.example", "/////evil.example", "/\\evil.example", "\\\\\\evil.example",
    "/%09/evil.example",
    "/%5Cevil.example", "https:evil.example", "https:/evil.example", "javascript:alert(1)", "/%2f%2fevil.example",
    "//evil.example/%2f..", "/.evil.example", "//evil。example", "//%E3%80%82evil.example",
    "/%0d%0aLocation:%20//evil.example",
    "http://localhost@evil.example", "http://localhost.evil.example", "//localhost:80@evil.example", "/;@evil.example",
)  # fmt: skip
PARAMETERS = ("next", "url", "back", "return", "continue", "redirect", "persoon", "_anchor")
UPWARDS = (
    "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cetc", "....//....//etc/passwd",
    "%252e%252e%252fetc", "/etc/passwd", "file:///etc/passwd", "..%c0%af..", "secret_key", "..%2fsecret_key",
    "..%2f..%2fwsgi.py", "school.sqlite", "C:%5CWindows", "%00", "draaiboek%00.html", "..;/", "~root", "CON", ".",
)  # fmt: skip
HOLES = (
    "/activiteit/{}", "/activiteit/{}/blad/draaiboek", "{event}/blad/{}", "{event}/blad/draaiboek?persoon={}",
    "/mensen/{}",
    "/taak/{}", "/taak/{}/bestand", "/taak/{}/stand", "/i/{}", "/agenda/{}.ics", "/aanmelden/{}", "/static/{}",
    "/static/css/{}", "/jaar?lang={}", "/hulp?template={}",
)  # fmt: skip


def is_ours(location):
    parts = urlsplit(location)
    return (
        parts.netloc in {"", "localhost"}
        and parts.scheme in {"", "http"}
        and not location.startswith(("//", "/\\", "\\"))
    )


@pytest.mark.parametrize("place", ELSEWHERE)
def test_nobody_is_sent_to_another_site(demo, coordinator, stranger, place):
    answers = [browser.open(place if place.startswith("/") else f"/{place}") for browser in (coordinator, stranger)]
    for endpoint in ("start.home", "year.show", "tasks.show", "event.show", "start.sign_in_by_link", "start.leave"):
        path, method = path_of(demo, endpoint), MATRIX[endpoint][1]
        query = dict.fromkeys(PARAMETERS, place)
        answers.append(
            stranger.open(path, method, query_string=query, data=query, headers={"Referer": place.strip()[:1]})
        )
        answers.append(coordinator.open(path, method, query_string=query))

    for answer in answers:
        assert answer.status_code < 500
        assert not answer.location or is_ours(answer.location), answer.location
        assert "evil.example" not in (answer.location or "").partition("//")[2].partition("/")[0]


def test_check_of_addresses_knows_a_wrong_one():
    assert [place for place in ("//evil.example", "https://evil.example", "/\\evil.example") if is_ours(place)] == []
    assert is_ours("/jaar")


_OPENED = []


def _hear(event, arguments):
    if event == "open" and _OPENED and isinstance(arguments[0], str):
        _OPENED.append(arguments[0])


sys.addaudithook(_hear)


@pytest.mark.parametrize("hole", HOLES)
def test_no_address_opens_a_file_that_is_not_meant(demo, coordinator, hole):
    """Listen to every file the program opens while it answers."""
    allowed = (
        str(demo.folder / "school.sqlite"),
        "templates",
        "static",
        "zoneinfo",
        ".pyc",
        "site-packages",
        "lib/python",
    )
    _OPENED[:] = ["listening"]
    try:
        for upwards in UPWARDS:
            path = hole.format(upwards, event=f"/activiteit/{demo.facts.event_id}")
            response = coordinator.open(path)
            assert response.status_code < 500, path
            assert b"root:" not in response.data
            assert demo.app.secret_key.encode() not in response.data
    finally:
        opened = _OPENED[1:]
        _OPENED.clear()

    assert [path for path in opened if not any(part in path for part in allowed)] == []


EXTRA = {
    "id": "1", "school_id": "2", "account_id": "2", "role": "admin", "is_admin": "1", "is_demo": "", "token": "x",
    "token_hash": "a" * 64, "revision": "0", "generation": "9", "uid": "x", "origin": "official", "pinned": "1",
    "person_id": "x", "household_id": "x", "disabled_at": "", "expires_at": "2099-01-01", "removed_at": "2020-01-01",
    "region": "Zuid", "label": "2030-2031", "title": "Gekaapt", "done_by": "iemand anders", "by": "iemand anders",
    "about": "x", "position": "0", "register": "1", "link": "https://evil.example", "created_at": "2020-01-01",
    "state": "done",
}  # fmt: skip
# What each of these forms may change; `event.move` may bring other people and rooms along.
MAY_CHANGE = {
    "event.tick": ("", {"step_state"}),
    "event.unpin": ("", {"event", "school"}),
    "event.form": ("", {"event", "school", "duty", "room_use"}),
    "rules.override": ("reason=Past niet", {"rule_override", "school"}),
    "settings.add_period": ("name=Studiedag&first=2027-03-18&kind=gesloten", {"period", "school"}),
    "settings.add_open_day": ("school=ROC&day=2027-01-20&sector=mbo", {"open_day", "school"}),
    "people.renew_feed": ("", {"feed"}),
    "year.publish": ("", set()),
    "year.plan": ("", {"task"}),
}


@pytest.mark.parametrize("endpoint", sorted(MAY_CHANGE))
def test_fields_that_no_form_has_change_nothing(demo, coordinator, endpoint):
    """Anchors: Cal.com CVE-2026-16624 and CVE-2026-23478."""
    fields, may = MAY_CHANGE[endpoint]
    given = dict(pair.split("=") for pair in fields.split("&") if pair)

    def after(extra):
        demo.fresh()
        coordinator.sign_in()
        with demo.app.app_context():
            before = tables(db.engine)
        answer = coordinator.post(path_of(demo, endpoint), **{**extra, **given})
        assert answer.status_code == 302
        with demo.app.app_context():
            now = tables(db.engine)
        return {name for name in now if now[name] != before[name]}, now

    plain_changed, plain = after({})
    changed, full = after(EXTRA)

    assert changed == plain_changed
    assert changed <= may
    for name in changed - {"task"}:
        assert full[name] == plain[name]


ODD_TIMES = ("18:30+02:00", "18:30Z", "T18:30", "183000", "18:30:15.123456", "24:00", "٠٩:٣٠", "18", "25:00", "1:5")
ODD_DAYS = ("20270316", "2027-W11-2", "2027-3-16", "٢٠٢٧-٠٣-١٦", "2027-03-16T00:00", " 2027-03-16 ")


@pytest.mark.parametrize("odd", ODD_TIMES)
def test_odd_time_never_breaks_a_page(demo, coordinator, odd):
    fields = {
        "name": "De Ankerplaats", "region": "Midden", "label": "2026-2027", "verder_split": "2",
        "first_day": "2026-08-31", "last_day": "2027-07-16", "evening_1": odd, "evening_3": "18:00",
    }  # fmt: skip

    response = coordinator.post("/instellingen", **fields)

    assert response.status_code in {302, 400}
    for page in ("/jaar", "/instellingen", "/regels", f"/activiteit/{demo.facts.event_id}"):
        coordinator.look(page)
    coordinator.post(f"/activiteit/{demo.facts.event_id}/datum", day="2027-03-16")
    coordinator.look("/jaar")


@pytest.mark.parametrize("odd", ODD_DAYS)
def test_odd_day_never_breaks_a_page(demo, coordinator, odd):
    event = f"/activiteit/{demo.facts.event_id}"

    for path, fields in (
        (f"{event}/datum", {"day": odd}),
        ("/instellingen/vrij", {"name": "Dag", "first": odd, "kind": "gesloten"}),
        ("/instellingen/open-dag", {"school": "ROC", "day": odd, "sector": "mbo"}),
    ):
        assert coordinator.post(path, **fields).status_code in {302, 400}
    for page in ("/jaar", "/instellingen", event):
        coordinator.look(page)


@pytest.mark.parametrize(
    "number", ["0", "-1", "2147483648", "9223372036854775808", "9" * 400, "1e3", "0x1", "1 OR 1=1"]
)
@pytest.mark.parametrize("place", ["vrij", "open-dag"])
def test_odd_number_is_not_found(demo, coordinator, place, number):
    with demo.app.app_context():
        before = tables(db.engine)

    response = coordinator.post(f"/instellingen/{place}/{number}/weg")

    with demo.app.app_context():
        assert tables(db.engine) == before
    assert response.status_code == 404


def test_nul_is_refused_everywhere(demo, coordinator):
    for endpoint, (_, method, *_) in MATRIX.items():
        response = coordinator.open(f"{path_of(demo, endpoint)}?x=%00", method, data={"csrf_token": coordinator.token})
        assert response.status_code == 400, endpoint


# Links are made the first time somebody looks. That is the only trace of looking, and the second time leaves none.
FIRST_LOOK = {"feed", "invite_link", "short_code", "sqlite_sequence"}


def test_looking_at_everything_twice_leaves_no_trace_the_second_time(demo, coordinator):
    with demo.app.app_context(), db.engine.connect() as connection:
        people = connection.execute(text("SELECT id FROM person")).scalars().all()
        events = connection.execute(text("SELECT id FROM event WHERE removed_at IS NULL")).scalars().all()
    paths = [f"/mensen/{person}" for person in people] + [f"/activiteit/{event}" for event in events]
    paths += [f"/activiteit/{event}/blad/{sheet}" for event in events for sheet in ("stappenplan", "uitnodigingen")]

    def looked():
        for path in paths:
            coordinator.look(path)
        with demo.app.app_context():
            return tables(db.engine)

    with demo.app.app_context():
        untouched = tables(db.engine)
    once = looked()
    twice = looked()

    assert twice == once
    assert {name for name in once if once[name] != untouched[name]} <= FIRST_LOOK
