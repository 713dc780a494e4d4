"""Answers go a set time after the evening; counts stay, too small ones do not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from contents import contents
from demoschool import NOW
from sqlalchemy import select, update

from planner.domain.access.rights import Actor, Role
from planner.domain.families.answers import Answer, Arrival, Reply, Source
from planner.domain.families.reaching import Mark, ReachStep
from planner.errors import InputError, NotFoundError
from planner.services import tidying
from planner.services.answers import answerkeeping
from planner.services.invitations.invitations import invited_households
from planner.services.keeping import households, yearend
from planner.services.state import load_state
from planner.storage.answers import MarkKey, load_arrivals, load_marks, load_said, save_answer, save_arrival, save_mark
from planner.storage.db import writing
from planner.storage.models import EventRow, TurnoutRow

MARKET = "interessemarkt"
DAY = date(2027, 2, 3)
EVENING = datetime(2027, 2, 3, 17, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ASKED = "Een vraag die weg moet"
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def homes(workspace):
    """Return the invited households: the first ten come, the next five cannot, eight of them were there."""
    homes = [home.id for home in invited_households(load_state(workspace), MARKET)]
    with writing(workspace.session):
        for number, home in enumerate(homes[:15]):
            reply = Reply(coming=True, persons=2, question=ASKED) if number < 10 else Reply(coming=False)
            save_answer(workspace.session, MARKET, home, Answer(reply=reply, source=Source.FAMILY, at=NOW))
        for home in homes[:8]:
            save_arrival(workspace.session, MARKET, home, Arrival(persons=2, at=EVENING))
        key = MarkKey(event_id=MARKET, household_id=homes[20], step=ReachStep.PUPIL)
        save_mark(workspace.session, key, Mark.DONE, at=NOW, by="")
    return homes


def kept(workspace):
    session = workspace.session
    session.rollback()
    return len(load_said(session)), len(load_arrivals(session)), len(load_marks(session, MARKET))


def at(day):
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def test_answers_go_four_weeks_after_and_counts_stay(workspace, homes):
    tidying.tidy(workspace, now=at(DAY + 4 * WEEK))
    before = kept(workspace)

    tidying.tidy(workspace, now=at(DAY + 4 * WEEK + timedelta(days=1)))

    assert before == (15, 8, 1)
    assert kept(workspace) == (0, 0, 0)
    assert ASKED not in repr(contents(workspace.session))
    first = answerkeeping.turnout(workspace, MARKET)[0]
    assert (first.kind, first.coming, first.cannot, first.silent, first.present) == ("alle", 10, 5, len(homes) - 15, 8)


def test_second_time_changes_nothing(workspace, homes):
    later = at(DAY + 5 * WEEK)
    tidying.tidy(workspace, now=later)
    before = contents(workspace.session)

    assert tidying.tidy(workspace, now=later) == 0
    assert contents(workspace.session) == before
    assert homes


@only_sqlite
@pytest.mark.usefixtures("homes")
def test_no_count_is_small_and_no_cell_stands_alone(workspace):
    answerkeeping.erase_old(workspace, now=at(DAY + 5 * WEEK))

    rows = workspace.session.scalars(select(TurnoutRow)).all()
    cells = [each for row in rows for each in (row.coming, row.cannot, row.silent, row.present)]
    assert {row.kind for row in rows} == {"alle", "klas", "taal"}
    assert all(cell is None or cell >= 5 for cell in cells)
    for row in rows:
        assert [row.coming, row.cannot, row.silent].count(None) != 1


@only_sqlite
def test_counts_are_in_order_and_empty_before(workspace, homes):
    before = answerkeeping.turnout(workspace, MARKET)
    answerkeeping.erase_old(workspace, now=at(DAY + 5 * WEEK))

    kinds = [line.kind for line in answerkeeping.turnout(workspace, MARKET)]

    assert before == ()
    assert kinds == sorted(kinds, key=["alle", "klas", "taal"].index)
    assert homes


@only_sqlite
@pytest.mark.usefixtures("homes")
def test_answers_of_a_dropped_activity_go_too_without_counts(workspace):
    with writing(workspace.session):
        workspace.session.execute(update(EventRow).where(EventRow.id == MARKET).values(removed_at=NOW))

    answerkeeping.erase_old(workspace, now=at(DAY + 5 * WEEK))

    assert kept(workspace) == (0, 0, 0)
    assert answerkeeping.turnout(workspace, MARKET) == ()


@only_sqlite
@pytest.mark.usefixtures("homes")
def test_school_chooses_how_long(workspace):
    answerkeeping.set_weeks(workspace, "1")
    answerkeeping.erase_old(workspace, now=at(DAY + WEEK + timedelta(days=1)))

    assert answerkeeping.weeks(workspace) == 1
    assert kept(workspace) == (0, 0, 0)


@only_sqlite
@pytest.mark.parametrize("odd", ["", "0", "27", "-1", "x", "1.5", "١", "100"])
def test_odd_number_of_weeks(workspace, odd):
    with pytest.raises(InputError, match=r"^Kies een aantal weken van 1 tot en met 26\.$"):
        answerkeeping.set_weeks(workspace, odd)

    assert answerkeeping.weeks(workspace) == 4


@only_sqlite
def test_installation_without_a_school_has_nothing_to_erase(empty):
    assert answerkeeping.erase_old(empty, now=NOW) == 0


@only_sqlite
@pytest.mark.usefixtures("homes")
def test_yearly_clean_up_takes_every_answer_of_the_past(workspace):
    yearend.clean_up(workspace, confirmed="opruimen", keep=None, by="Noor", now=at(DAY + timedelta(days=1)))

    assert kept(workspace) == (0, 0, 0)
    assert answerkeeping.turnout(workspace, MARKET)[0].coming == 10


@only_sqlite
def test_household_is_shown_what_it_answered_and_who_came(workspace, homes):
    (came,), (not_there,), silent = (
        households.household_view(workspace, homes[number]).answers for number in (0, 12, 20)
    )

    assert (came.coming, came.persons, came.question, came.here) == (True, 2, ASKED, 2)
    assert (not_there.coming, not_there.here) == (False, None)
    assert silent == ()


@only_sqlite
def test_household_of_another_class_is_not_there(workspace, homes):
    mentor = Actor(role=Role.MENTOR, name="Noor", class_ids=frozenset())

    with pytest.raises(NotFoundError):
        households.household_view(replace(workspace, actor=mentor), homes[0])
