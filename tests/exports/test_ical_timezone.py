"""The VTIMEZONE that we write, against zoneinfo and against dateutil's reading of it."""

import io
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from planner.exports.vtimezone import timezone_block

AMSTERDAM = """\
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:STANDARD
DTSTART:20101031T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20100328T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""


def test_amsterdam_has_one_rule_for_each_onset():
    assert timezone_block("Europe/Amsterdam").decode() == AMSTERDAM.replace("\n", "\r\n")


@pytest.mark.parametrize(
    "tzid", ["Europe/Amsterdam", "Europe/Lisbon", "America/New_York", "Australia/Sydney", "Asia/Kolkata"]
)
def test_block_gives_the_clock_of_zoneinfo(tzid):
    block = tzical(io.StringIO(timezone_block(tzid).decode())).get()
    zone = ZoneInfo(tzid)
    hours = range(0, 3 * 365 * 24, 7)
    moments = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for year in (2024, 2047) for hour in hours]
    local = [moment.astimezone(zone) for moment in moments]
    clear = [clock for clock in local if clock.replace(fold=0).utcoffset() == clock.replace(fold=1).utcoffset()]

    wrong = [clock for clock in clear if clock.replace(tzinfo=block).utcoffset() != clock.utcoffset()]

    assert wrong == []


def test_zone_that_never_changes_has_one_standard_time():
    lines = timezone_block("Asia/Kolkata").decode().splitlines()

    assert lines[2:-1] == [
        "BEGIN:STANDARD",
        "DTSTART:20100101T000000",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "TZNAME:IST",
        "END:STANDARD",
    ]


def test_zone_west_of_greenwich_has_negative_offsets():
    block = timezone_block("America/New_York").decode()

    assert "TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU" in block


@pytest.mark.parametrize(
    "tzid",
    [
        "Africa/Casablanca",  # follows Ramadan
        "Asia/Jerusalem",  # the Friday before the last Sunday
        "Europe/Istanbul",  # stopped changing in 2016
        "Africa/Juba",  # changed once, backwards
    ],
)
def test_zone_without_yearly_rules_is_refused(tzid):
    with pytest.raises(ValueError, match=f"no yearly rule gives the clock of {tzid}"):
        timezone_block(tzid)
