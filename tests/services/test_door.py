"""The door: whoever ticks, on whichever phone, no tick is lost and the counts follow."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from contents import contents
from demoschool import NOW
from sqlalchemy import delete

from planner.domain.access.rights import Actor, Role
from planner.domain.families.answers import Reply, Source
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.answers import answering, door
from planner.services.answers.answering import Spot
from planner.services.state import load_state
from planner.storage.answers import load_arrivals
from planner.storage.db import writing
from planner.storage.models import HouseholdRow

MARKET = "interessemarkt"
EVENING = datetime(2027, 2, 3, 17, 0, tzinfo=UTC)
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def view_of(workspace, now=EVENING):
    workspace.session.rollback()
    return door.door_view(workspace, MARKET, now=now)


def lines(view):
    return {line.household_id: line for group in view.groups for line in group.lines}


def tick(workspace, home, persons="3", now=EVENING):
    door.tick(workspace, MARKET, home, is_here=bool(persons), persons=persons, now=now)


def answer(workspace, home, reply):
    answering.answer(workspace, Spot(event_id=MARKET, household_id=home), reply, source=Source.FAMILY, now=NOW)


def test_everybody_is_on_the_list_also_who_said_nothing(workspace):
    view = view_of(workspace)

    assert sum(len(group.lines) for group in view.groups) == view.total.expected > 0
    assert [group.language for group in view.groups] == sorted(group.language for group in view.groups)
    assert all(
        [line.name for line in group.lines] == sorted(line.name for line in group.lines) for group in view.groups
    )
    assert (view.total.here, view.is_open) == (0, True)


def test_tick_counts_at_once_and_goes_away_again(workspace):
    helper = replace(workspace, actor=Actor(role=Role.TEAM, name="Sem", class_ids=None))
    home = next(iter(lines(view_of(workspace))))

    tick(helper, home)
    tick(helper, home)
    here = view_of(workspace)
    tick(helper, home, "")
    tick(helper, home, "")
    gone = view_of(workspace)

    line = lines(here)[home]
    assert (line.is_here, line.persons, line.by, line.when) == (True, 3, "Sem", EVENING)
    assert (here.total.here, here.total.persons) == (1, 3)
    assert sum(count.here for count in here.languages) == 1
    assert sum(count.persons for count in here.classes if count.here) >= 3
    assert (gone.total.here, gone.total.persons) == (0, 0)


def test_two_phones_at_once_lose_no_tick(workspace, other):
    homes = list(lines(view_of(workspace)))[:12]
    threads = [
        threading.Thread(target=lambda who=who, mine=mine: [tick(who, home) for home in mine])
        for who, mine in ((workspace, homes[:8]), (other, homes[4:]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    workspace.session.rollback()
    assert {home for _, home in load_arrivals(workspace.session)} == set(homes)


@only_sqlite
def test_likely_number_is_what_the_family_said_or_all_of_them(workspace):
    first, second, third = list(lines(view_of(workspace)))[:3]
    answer(workspace, first, Reply(coming=True, persons=7))
    answer(workspace, second, Reply(coming=False))

    found = lines(view_of(workspace))

    homes = {home.id: home for home in load_state(workspace).school.households}
    whole = homes[third].adults + len(found[third].pupils)
    assert found[first].persons == 7
    assert (found[first].said.coming, found[second].said.coming, found[third].said.coming) == (True, False, None)
    assert found[third].persons == whole


@only_sqlite
def test_who_cannot_come_is_not_expected_until_it_stands_there(workspace):
    home, before = next(iter(lines(view_of(workspace)))), view_of(workspace).total.expected
    answer(workspace, home, Reply(coming=False))

    absent = view_of(workspace).total.expected
    tick(workspace, home)
    there = view_of(workspace).total.expected

    assert (absent, there) == (before - 1, before)
    workspace.session.rollback()
    assert load_state(workspace).answers[MARKET][home].source is Source.DOOR


@only_sqlite
@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2027, 2, 2, 22, 59, tzinfo=UTC), False),
        (datetime(2027, 2, 2, 23, 0, tzinfo=UTC), True),
        (datetime(2027, 2, 4, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 2, 4, 23, 0, tzinfo=UTC), False),
    ],
)
def test_door_is_open_on_the_day_and_the_day_after(workspace, moment, is_open):
    home = next(iter(lines(view_of(workspace, moment))))

    assert view_of(workspace, moment).is_open == is_open
    if is_open:
        tick(workspace, home, now=moment)
    else:
        with pytest.raises(ConflictError):
            tick(workspace, home, now=moment)


@only_sqlite
def test_odd_ticks_are_refused_and_change_nothing(workspace):
    home, before = next(iter(lines(view_of(workspace)))), contents(workspace.session)

    for household, persons, error in (
        ("nobody", "3", NotFoundError), (home, "0", InputError), (home, "13", InputError), (home, "x", InputError),
        (home, "999", InputError),
    ):  # fmt: skip
        with pytest.raises(error):
            tick(workspace, household, persons)

    assert contents(workspace.session) == before


@only_sqlite
def test_mentor_has_no_door(workspace):
    mentor = replace(workspace, actor=Actor(role=Role.MENTOR, class_ids=frozenset({"k1"})))

    with pytest.raises(NotFoundError):
        door.door_view(mentor, MARKET, now=EVENING)


@only_sqlite
def test_family_erased_a_moment_ago_is_left_out(workspace, other):
    home = next(iter(lines(view_of(workspace))))
    with writing(other.session):
        other.session.execute(delete(HouseholdRow).where(HouseholdRow.id == home))

    tick(workspace, home)

    assert load_arrivals(other.session) == {}
