"""The bytes of a feed: what is in it, that they stay the same, and that stored feeds come out unchanged."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from exports.icalcheck import leaks, problems
from exports.icalreaders import CHANGED, make_entry, make_feed

from planner.exports.ical import FORMAT_VERSION, etag, render_event, render_feed

GOLDEN = Path(__file__).parent / "golden"
WELCOME = make_entry(
    uid="0f4f8b9e-52b4-4d0a-8e0a-000000000002@isk.example",
    summary="Ouderbijeenkomst “Welkom in de ISK”",
    description="17.45 uur inloop met koffie en thee\n18.00 uur opening in de aula\n18.20 uur taalgroepen",
    location="Aula; ingang Schoolstraat 1, begane grond",
    start=datetime(2026, 10, 6, 16, tzinfo=UTC),
    end=datetime(2026, 10, 6, 18, tzinfo=UTC),
    categories=("bijeenkomst", "fase 1"),
)
MARKET = make_entry(
    uid="0f4f8b9e-52b4-4d0a-8e0a-000000000004@isk.example",
    summary="Loopbaanevenement “Wat vind je interessant?”",
    description="ISK-interessemarkt in zes loopbaanlokalen, drie rondes",
    location="Loopbaanlokalen 1 t/m 6",
    start=datetime(2027, 2, 9, 17, tzinfo=UTC),
    end=datetime(2027, 2, 9, 19, tzinfo=UTC),
    sequence=2,
    modified=datetime(2027, 1, 11, 9, 5, 30, tzinfo=UTC),
    categories=("bijeenkomst", "fase 1"),
)
TALKS = make_entry(
    uid="0f4f8b9e-52b4-4d0a-8e0a-000000000001@isk.example",
    summary="Startgesprekken, alle klassen",
    location="",
    start=date(2026, 9, 21),
    end=date(2026, 9, 25),
    all_day=True,
    categories=("gesprek, met tolk",),
)
NIGHT = make_entry(
    uid="0f4f8b9e-52b4-4d0a-8e0a-000000000099@isk.example",
    summary="Systeemonderhoud in de nacht dat de klok teruggaat",
    start=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    end=datetime(2026, 10, 25, 3, tzinfo=UTC),
)
INTERPRETING = make_entry(
    uid="5a7c2a64-95c3-4a4e-b4b0-0000000000a1@isk.example",
    summary="Tolken: ትግርኛ · العربية · Українська 👩🏽‍🏫",
    description="U tolkt voor de taalgroep Tigrinya (ትግርኛ). Uw plek is tafel 3; u begint om 18.20 uur.\n"
    "Vragen? Ga naar de balie bij de ingang.",
    location="Lokaal 12 (1e verdieping)",
    start=datetime(2026, 10, 6, 16, 20, tzinfo=UTC),
    end=datetime(2026, 10, 6, 17, 30, tzinfo=UTC),
    sequence=1,
)
TOUR = replace(MARKET, uid="5a7c2a64-95c3-4a4e-b4b0-0000000000a2@isk.example", summary="Rondleiden: groep B")
FEEDS = {
    "year": make_feed(MARKET, NIGHT, TALKS, WELCOME, id="school-2026", revision=14),
    "person": make_feed(TOUR, INTERPRETING, id="p-3f1c", name="Mijn taken, ISK; Selam", description="", revision=3),
    "empty": make_feed(description=""),
    "cancelled": make_feed(
        replace(WELCOME, cancelled=True, sequence=1),
        replace(TALKS, cancelled=True, sequence=4),
        changed_at=datetime(2026, 9, 1, tzinfo=UTC),
        revision=15,
    ),
}


def lines_of(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


def event_lines(entry, **changes):
    return lines_of(render_feed(make_feed(entry, **changes)))


@pytest.mark.parametrize("name", FEEDS)
def test_feed_is_the_stored_one_byte_for_byte(name):
    assert render_feed(FEEDS[name]) == (GOLDEN / f"{name}.ics").read_bytes()


@pytest.mark.parametrize("name", FEEDS)
def test_feed_has_no_problems_and_leaks_nothing(name):
    data = render_feed(FEEDS[name])

    assert (problems(data), leaks(data)) == ([], [])


def test_feed_has_the_same_bytes_when_rendered_anew():
    feed = FEEDS["year"]
    first = render_feed(feed)
    render_event.cache_clear()

    assert render_feed(feed) == first


def test_feed_does_not_depend_on_the_order_of_its_entries():
    feed = FEEDS["year"]

    assert render_feed(replace(feed, entries=feed.entries[::-1])) == render_feed(feed)


@pytest.mark.parametrize(
    "change",
    [
        {"sequence": 7},
        {"modified": CHANGED + timedelta(seconds=1)},
        {"summary": "Iets anders"},
        {"cancelled": True},
        {"categories": ("gesprek",)},
        {"end": datetime(2026, 10, 6, 18, 15, tzinfo=UTC)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_entry_changes_the_bytes(change):
    assert render_feed(make_feed(replace(WELCOME, **change))) != render_feed(make_feed(WELCOME))


def test_etag_names_feed_revision_and_format():
    feed = FEEDS["year"]

    assert etag(feed) == f"school-2026-14-{FORMAT_VERSION}"
    assert etag(replace(feed, revision=15)) == f"school-2026-15-{FORMAT_VERSION}"


def test_removal_is_seen_in_the_etag_though_no_entry_became_newer():
    feed = FEEDS["year"]
    shorter = replace(feed, entries=feed.entries[:-1], revision=feed.revision + 1)

    assert etag(shorter) != etag(feed)
    assert render_feed(shorter) != render_feed(feed)


def test_empty_feed_still_has_a_component():
    lines = lines_of(render_feed(make_feed()))

    assert [line for line in lines if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD",
        "BEGIN:DAYLIGHT",
    ]


def test_calendar_says_its_name_twice_and_escaped():
    lines = lines_of(render_feed(make_feed(name="Taken; Yılmaz, A.\nISK")))

    assert [line for line in lines if "Taken" in line] == [
        "NAME:Taken\\; Yılmaz\\, A.\\nISK",
        "X-WR-CALNAME:Taken\\; Yılmaz\\, A.\\nISK",
    ]


def test_calendar_asks_to_be_read_every_hour():
    lines = lines_of(render_feed(make_feed()))

    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} < set(lines)


def test_all_day_entry_ends_on_the_day_after_its_last():
    lines = event_lines(make_entry(start=date(2026, 12, 31), end=date(2026, 12, 31), all_day=True))

    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101"} < set(lines)


@pytest.mark.parametrize(("language", "prefix"), [("nl", "Vervalt: "), ("en", "Cancelled: "), ("ti", "Vervalt: ")])
def test_cancelled_entry_says_so_and_takes_no_time(language, prefix):
    lines = event_lines(make_entry(cancelled=True), language=language)

    assert {f"SUMMARY:{prefix}Kennismaking met ouders", "STATUS:CANCELLED", "TRANSP:TRANSPARENT"} < set(lines)


def test_modified_is_both_stamp_and_last_change():
    lines = event_lines(make_entry(sequence=5, modified=datetime(2026, 9, 1, 8, 0, 59, 999999, tzinfo=UTC)))

    assert {"DTSTAMP:20260901T080059Z", "LAST-MODIFIED:20260901T080059Z", "SEQUENCE:5"} < set(lines)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("C:\\New folder\\nieuw", "C:\\\\New folder\\\\nieuw"),
        ("een\r\ntwee\rdrie\nvier", "een\\ntweedrie\\nvier"),
        ("a\x00b\x07c\x1bd\x7fe", "abcde"),
        ("tab\ttab", "tab tab"),
        ("\ufeffbegin", "begin"),
        ("half\ud83d teken", "half teken"),
        ("ok\nEND:VEVENT\r\nBEGIN:VEVENT", "ok\\nEND:VEVENT\\nBEGIN:VEVENT"),
    ],
)
def test_text_is_made_fit_and_escaped(written, expected):
    lines = event_lines(make_entry(summary=written))

    assert [line for line in lines if line.startswith("SUMMARY:")] == [f"SUMMARY:{expected}"]


@pytest.mark.parametrize("text", ["", "\x00\r"])
def test_text_with_nothing_to_read_is_left_out(text):
    lines = event_lines(make_entry(description=text, location=text, categories=(text,)), name="ISK", description=text)

    assert not [line for line in lines if line.startswith(("DESCRIPTION", "LOCATION", "CATEGORIES", "X-WR-CALDESC"))]


@pytest.mark.parametrize("indent", range(60, 76))
def test_folding_keeps_characters_of_four_octets_whole(indent):
    data = render_feed(make_feed(make_entry(summary="a" * indent + "🏫" * 40)))

    assert problems(data) == []
    assert f"SUMMARY:{'a' * indent}{'🏫' * 40}" in lines_of(data)


def test_zone_without_yearly_rules_is_written_in_utc():
    data = render_feed(make_feed(make_entry()), tzid="Africa/Casablanca")

    assert problems(data) == []
    assert "DTSTART:20261124T180000Z" in lines_of(data)
    assert "TZID:UTC" in lines_of(data)


def test_heavy_libraries_are_not_loaded_at_start_up():
    imports = "import sys, planner.exports.ical, planner.exports.qr"
    program = f"{imports}; print({{'icalendar', 'qrcode'}} & {{*sys.modules}})"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)

    assert found.stdout == "set()\n"
