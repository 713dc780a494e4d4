from datetime import UTC, date, datetime

import pytest
from make import a_calendar, a_role, a_row, a_runbook, a_step, an_event, changed

from planner.domain.event import (
    count_of,
    counted,
    dated_preparation,
    dated_runsheet,
    groups_for,
)
from planner.domain.runbook import Anchor, Material, Per

CARDS = Material(id="kaartjes", name="kaartje", count=2, per=Per.PERSON)
SCREEN = Material(id="scherm", name="Scherm", count=1, per=Per.EVENT)
RUNBOOK = a_runbook(
    roles=[a_role("docent")],
    rows=[changed(a_row("r1", "19:00", "19:30"), needs=("kaartjes", "scherm")), a_row("r2", "19:30", "21:00")],
    steps=(a_step("s1", 3), a_step("s2", 1), a_step("s3", -1), a_step("s0", 3)),
    materials=(CARDS, SCREEN),
)
EVENT = an_event(day=date(2026, 11, 3))


def test_materials_are_counted():
    assert count_of(CARDS, {Per.PERSON: 24}) == 48
    assert count_of(CARDS, {}) == 2
    assert counted(CARDS, {Per.PERSON: 24}) == "48 × kaartje"
    assert counted(CARDS, {Per.PERSON: 0}) == "0 × kaartje"
    assert counted(SCREEN, {}) == "Scherm"


def test_runsheet_is_dated_and_named():
    first, second = dated_runsheet(RUNBOOK, EVENT, counts={Per.PERSON: 24})

    # The clock went back in October: seven in the evening is six in UTC.
    assert first.start.astimezone(UTC) == datetime(2026, 11, 3, 18, 0, tzinfo=UTC)
    assert first.end == second.start
    assert first.places == ("Hal",)
    assert first.needs == ("48 × kaartje", "Scherm")
    assert first.responsible == ("Docent",)


def test_preparation_is_in_order_of_its_days():
    dated = dated_preparation(RUNBOOK, EVENT, calendar=a_calendar())

    assert [(each.step.id, each.deadline.due) for each in dated] == [
        ("s0", date(2026, 10, 13)),
        ("s1", date(2026, 10, 13)),
        ("s2", date(2026, 10, 27)),
        ("s3", date(2026, 11, 10)),
    ]


def test_follow_up_of_a_round_counts_from_its_last_day():
    event = an_event(day=date(2026, 11, 2), last=date(2026, 11, 13))
    runbook = changed(
        RUNBOOK, steps=(a_step("voor", 1), a_step("les", -1, anchor=Anchor.NEXT_LESSON), a_step("na", -1))
    )

    dated = dated_preparation(runbook, event, calendar=a_calendar())

    assert {each.step.id: each.deadline.due for each in dated} == {
        "voor": date(2026, 10, 26),
        "les": date(2026, 11, 16),
        "na": date(2026, 11, 20),
    }


@pytest.mark.parametrize(
    ("persons", "size", "groups"), [(0, 16, 1), (16, 16, 1), (17, 16, 2), (80, 16, 5), (80, None, 1)]
)
def test_people_are_divided_into_groups(persons, size, groups):
    assert groups_for(persons, size) == groups
