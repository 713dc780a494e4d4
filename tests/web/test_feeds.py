"""Calendar feeds over HTTP, as calendar programs ask for them (RFC 9110, RFC 5545)."""

from datetime import timedelta

import pytest
from demoschool import NOW, tables
from exports.icalcheck import leaks, problems
from sqlalchemy import event, text

from planner.storage.db import db, writing

DAY = timedelta(days=1)


@pytest.fixture(params=["year_feed", "person_feed"])
def feed(demo, request):
    return getattr(demo.facts, request.param).removeprefix("http://localhost")


def http_date(moment):
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


def test_feed_is_a_calendar(stranger, feed):
    response = stranger.open(feed)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'inline; filename="schakelplan.ics"'
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Last-Modified"] == http_date(NOW)
    assert response.content_length == len(response.data)
    assert not {"Set-Cookie", "Vary", "Location", "Content-Encoding"} & set(response.headers.keys())
    assert list(problems(response.data)) == []
    assert list(leaks(response.data)) == []


def test_feed_over_http_is_the_rendered_bytes(demo, stranger, feed):
    from planner.services.year.feeds import served  # noqa: PLC0415 - beside its only use

    with demo.app.app_context():
        rendered = served(demo.workspace, feed.removeprefix("/agenda/").removesuffix(".ics")).body()

    assert stranger.open(feed).data == rendered
    assert rendered.count(b"\r\n") == rendered.count(b"\n")


MATCHES = ('"{tag}"', 'W/"{tag}"', '"other", "{tag}"', 'W/"other", W/"{tag}"', "*")
DIFFERS = ('"other"', 'W/"other"', '"{tag}x"', "nonsense", '""')


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("since", [None, NOW - DAY, NOW, NOW + DAY], ids=["no date", "older", "same", "newer"])
@pytest.mark.parametrize("match", [*MATCHES, *DIFFERS])
def test_entity_tag_decides_whatever_the_date(stranger, feed, match, since, method):
    tag = stranger.open(feed).get_etag()[0]
    headers = {"If-None-Match": match.format(tag=tag)}
    if since:
        headers["If-Modified-Since"] = http_date(since)

    response = stranger.open(feed, method, headers=headers)

    assert response.status_code == (304 if match in MATCHES else 200)
    assert response.get_etag() == (tag, False)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("since", "status"),
    [(http_date(NOW - DAY), 200), (http_date(NOW), 304), (http_date(NOW + DAY), 304), ("gisteren", 200), ("", 200)],
)
def test_date_decides_without_an_entity_tag(stranger, feed, since, status, method):
    response = stranger.open(feed, method, headers={"If-Modified-Since": since})

    assert response.status_code == status


def test_not_modified_has_no_body_and_the_headers_to_ask_again(stranger, feed):
    full = stranger.open(feed)

    response = stranger.open(feed, headers={"If-None-Match": full.headers["ETag"]})

    assert response.status_code == 304
    assert response.data == b""
    for name in ("ETag", "Cache-Control"):
        assert response.headers[name] == full.headers[name]
    assert "Set-Cookie" not in response.headers


def test_head_says_what_get_would(stranger, feed):
    full, head = stranger.open(feed), stranger.open(feed, "HEAD")

    assert head.data == b""
    assert head.status_code == 200
    wanted = dict(full.headers) | {"Date": ""}
    assert dict(head.headers) | {"Date": ""} == wanted


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "text/calendar",
        "text/html",
        "application/calendar+json",
        "text/calendar, application/calendar+json, application/calendar+xml",
        "image/png;q=1, */*;q=0",
        "no type at all",
    ],
)
def test_any_accept_gets_the_same_calendar(stranger, feed, accept):
    plain = stranger.open(feed)

    response = stranger.open(feed, headers={} if accept is None else {"Accept": accept})

    assert response.content_type == "text/calendar; charset=utf-8"
    assert response.data == plain.data


def test_signed_in_browser_gets_no_cookie_with_a_feed(coordinator, feed):
    response = coordinator.open(feed)

    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("wrong", ["x", "", "0" * 28, "%00", "../jaar", "a" * 5000, "%F0%9F%98%80"])
def test_wrong_link_is_not_found_and_never_an_empty_calendar(stranger, wrong):
    response = stranger.open(f"/agenda/{wrong}.ics")

    assert response.status_code in {404, 400}
    assert response.status_code == 404 or wrong == "%00"
    assert b"BEGIN:VCALENDAR" not in response.data
    assert "Set-Cookie" not in response.headers


def test_feeds_differ_by_one_letter_only_in_the_right_link(stranger, feed):
    last = feed[-5]
    wrong = feed[:-5] + ("a" if last != "a" else "b") + ".ics"

    assert stranger.open(wrong).status_code == 404
    assert stranger.open(feed.upper().replace("/AGENDA", "/agenda").replace(".ICS", ".ics")).status_code == 404


def test_renewed_link_ends_the_old_one(demo, coordinator, stranger):
    old = demo.facts.person_feed.removeprefix("http://localhost")

    coordinator.post(f"/mensen/{demo.facts.person_id}/nieuwe-link")
    page = coordinator.look(f"/mensen/{demo.facts.person_id}")
    new = page.partition('value="http://localhost/agenda/')[2].partition('"')[0]

    assert stranger.open(old).status_code == 404
    assert stranger.open(f"/agenda/{new}").status_code == 200


def test_revoked_link_is_not_found(demo, stranger, feed):
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE feed SET revoked_at = changed_at"))

    assert stranger.open(feed).status_code == 404


def test_publishing_a_change_makes_new_validators(demo, coordinator, stranger):
    feed = demo.facts.year_feed.removeprefix("http://localhost")
    before = stranger.open(feed)
    demo.app.config["CLOCK"] = lambda: NOW + DAY
    event_page = f"/activiteit/{demo.facts.event_id}"

    coordinator.post(f"{event_page}/datum", day="2027-03-16")
    draft = stranger.open(feed, headers={"If-None-Match": before.headers["ETag"]})
    coordinator.post("/jaar/publiceren")
    after = stranger.open(feed, headers={"If-None-Match": before.headers["ETag"]})

    assert draft.status_code == 304
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.headers["Last-Modified"] == http_date(NOW + DAY)
    assert b"20270316" in after.data
    assert b"SEQUENCE:1" in after.data


def statements_of(demo, ask):
    """Return the SQL that a request sends."""
    heard = []

    def hear(_connection, _cursor, statement, *_):
        heard.append(statement)

    with demo.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    return [each for each in heard if not each.startswith(("BEGIN", "PRAGMA"))]


def test_unchanged_feed_costs_three_small_queries(demo, stranger, feed):
    tag = stranger.open(feed).headers["ETag"]

    asked = statements_of(demo, lambda: stranger.open(feed, headers={"If-None-Match": tag}))

    assert len(asked) <= 3
    assert all(each.startswith("SELECT") for each in asked)
    assert "feed_entry" not in " ".join(asked)


def test_full_feed_costs_few_queries_and_no_write(demo, stranger, feed):
    with demo.app.app_context():
        before = tables(db.engine)

    asked = statements_of(demo, lambda: stranger.open(feed))

    with demo.app.app_context():
        assert tables(db.engine) == before
    assert len(asked) <= 6
    assert all(each.startswith("SELECT") for each in asked)


def test_robots_may_fetch_feeds_and_nothing_else(stranger):
    response = stranger.open("/robots.txt")

    assert response.content_type == "text/plain; charset=utf-8"
    assert response.text == "User-agent: *\nAllow: /agenda/\nDisallow: /\n"


def test_feed_of_a_person_holds_only_their_own_tasks(demo, stranger):
    person = stranger.open(demo.facts.person_feed.removeprefix("http://localhost")).text

    uids = [line for line in person.replace("\r\n ", "").splitlines() if line.startswith("UID:")]

    assert uids
    assert all(uid.endswith(f".{demo.facts.person_id}@schakelplan") for uid in uids)


def test_feed_of_the_year_names_nobody(demo, stranger):
    year = stranger.open(demo.facts.year_feed.removeprefix("http://localhost")).text.replace("\r\n ", "")
    with demo.app.app_context(), db.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM person UNION SELECT last_name FROM pupil")).scalars().all()

    assert names
    assert [name for name in names if name in year] == []
