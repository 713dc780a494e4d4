"""The list of a class: a minute for a mentor, the own class only, all of it or nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from contents import contents
from demoschool import NOW
from sqlalchemy import delete

from planner.domain.access.rights import Actor, Role
from planner.domain.families.answers import Answer, Reply, Source
from planner.errors import ConflictError, NotFoundError
from planner.services.answers import answering, answerlist, door
from planner.services.answers.answering import Spot
from planner.services.answers.answerlist import AnswerListError
from planner.services.state import load_state
from planner.storage.answers import load_said, save_answer
from planner.storage.db import writing
from planner.storage.models import HouseholdRow

MARKET = "interessemarkt"
LATER = NOW + timedelta(hours=2)
EVENING = datetime(2027, 2, 3, 17, 0, tzinfo=UTC)
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def view(workspace):
    return answerlist.answer_list(workspace, MARKET, now=NOW)


@pytest.fixture
def mentor(workspace, view):
    actor = Actor(role=Role.MENTOR, name="Noor", class_ids=frozenset({view.class_id}))
    return replace(workspace, actor=actor)


def form_of(view, **typed):
    """Return the form as the page gives it, with what was typed per line: `n0="3", t0=True`."""
    form = {}
    for number, line in enumerate(view.lines):
        home, text, tolk = line.household_id, typed.get(f"n{number}"), typed.get(f"t{number}")
        form[f"n-{home}"] = line.typed if text is None else text
        form[f"was-{home}"] = line.typed
        form |= {f"t-{home}": "1"} if (line.interpreter if tolk is None else tolk) else {}
        form |= {f"wast-{home}": "1"} if line.interpreter else {}
    return form


def save(who, view, now=LATER, **typed):
    return answerlist.save_list(who, MARKET, form_of(view, **typed), class_id=view.class_id, now=now)


def again(who):
    who.session.rollback()
    return answerlist.answer_list(who, MARKET, now=LATER)


def test_class_is_written_down_at_once(workspace, mentor, view):
    count = save(mentor, view, n0="3", n1=" 0 ", n2="12", t0=True)

    said = [line.said for line in again(workspace).lines]
    assert count == 3
    assert [(each.coming, each.persons) for each in said[:4]] == [(True, 3), (False, 0), (True, 12), (None, 0)]
    assert (said[0].source, said[0].by, said[0].when) == (Source.MENTOR, "Noor", LATER)
    assert [bool(each.interpreter) for each in said[:3]] == [True, False, False]


def test_nothing_typed_changes_nothing(mentor, view, workspace):
    before = contents(workspace.session)

    assert save(mentor, view) == 0
    assert contents(workspace.session) == before


@only_sqlite
def test_family_that_answered_meanwhile_keeps_its_answer(workspace, mentor, view):
    first = view.lines[0].household_id
    reply = Reply(coming=True, persons=4, interpreter="ti", children=2, question="Waar?")
    answering.answer(workspace, Spot(event_id=MARKET, household_id=first), reply, source=Source.FAMILY, now=NOW)

    save(mentor, view, n1="2")

    assert load_said(workspace.session, MARKET)[MARKET, first].reply == reply


@only_sqlite
def test_new_number_keeps_what_the_family_asked(workspace, mentor, view):
    first = view.lines[0].household_id
    reply = Reply(coming=True, persons=4, interpreter="ti", children=2, question="Waar?")
    answering.answer(workspace, Spot(event_id=MARKET, household_id=first), reply, source=Source.FAMILY, now=NOW)

    save(mentor, again(workspace), n0="2")
    fewer = load_said(workspace.session, MARKET)[MARKET, first]
    save(mentor, again(workspace), n0="0", t0=False)
    none = load_said(workspace.session, MARKET)[MARKET, first]

    assert (fewer.reply, fewer.source) == (replace(reply, persons=2), Source.MENTOR)
    assert none.reply == Reply(coming=False, question="Waar?")


@only_sqlite
def test_emptied_field_takes_the_answer_back(workspace, mentor, view):
    save(mentor, view, n0="3", t0=True)

    save(mentor, again(workspace), n0="", t0=False)

    assert load_said(workspace.session) == {}


@only_sqlite
@pytest.mark.parametrize("typed", [{"n1": "13"}, {"n1": "-1"}, {"n1": "x"}, {"n1": "1.5"}, {"n1": "٣"}, {"t1": True}])
def test_one_odd_field_keeps_the_whole_list_back(workspace, mentor, view, typed):
    with pytest.raises(AnswerListError, match=r"^Er is nog niets bewaard\. Kijk bij .+: typ een getal") as caught:
        save(mentor, view, n0="3", **typed)

    wrong = caught.value.household_ids
    shown = answerlist.answer_list(
        mentor, MARKET, class_id=view.class_id, form=form_of(view, n0="3", **typed), wrong=wrong, now=NOW
    )
    assert load_said(workspace.session) == {}
    assert [line.is_wrong for line in shown.lines[:3]] == [False, True, False]
    assert [line.typed for line in shown.lines[:2]] == ["3", typed.get("n1", "")]
    assert shown.lines[1].interpreter == ("t1" in typed)


@only_sqlite
def test_colleague_is_named_with_the_school_as_source(workspace, view):
    team = replace(workspace, actor=Actor(role=Role.TEAM, name="Sem", class_ids=None))

    save(team, view, n0="1")

    [kept] = load_said(workspace.session).values()
    assert (kept.source, kept.by) == (Source.SCHOOL, "Sem")


@only_sqlite
def test_mentor_sees_the_own_class_and_no_other(workspace, mentor, view):
    elsewhere = next(each for each, _, _ in view.classes if each != view.class_id)
    there = answerlist.answer_list(workspace, MARKET, class_id=elsewhere, now=NOW)

    own = answerlist.answer_list(mentor, MARKET, now=NOW)

    assert [each for each, _, _ in own.classes] == [view.class_id]
    assert {line.household_id for line in own.lines} == {line.household_id for line in view.lines}
    for refused in (
        lambda: answerlist.answer_list(mentor, MARKET, class_id=elsewhere, now=NOW),
        lambda: answerlist.save_list(mentor, MARKET, form_of(there, n0="3"), class_id=elsewhere, now=NOW),
        lambda: answerlist.answer_list(workspace, MARKET, class_id="none", now=NOW),
        lambda: answerlist.save_list(workspace, MARKET, {}, class_id="none", now=NOW),
    ):
        with pytest.raises(NotFoundError):
            refused()
    stranger = form_of(there, n0="3") | form_of(view)
    assert answerlist.save_list(mentor, MARKET, stranger, class_id=view.class_id, now=NOW) == 0
    assert load_said(workspace.session) == {}


@only_sqlite
def test_mentor_without_families_gets_an_empty_list(workspace):
    nobody = replace(workspace, actor=Actor(role=Role.MENTOR, class_ids=frozenset()))

    empty = answerlist.answer_list(nobody, MARKET, now=NOW)

    assert (empty.classes, empty.class_id, empty.lines) == ((), "", ())
    assert answerlist.answer_events(nobody, now=NOW) == ()


@only_sqlite
def test_list_closes_two_days_after(mentor, view):
    closed = datetime(2027, 2, 4, 23, 0, tzinfo=UTC)

    assert save(mentor, view, n0="3", now=closed - timedelta(seconds=1)) == 1
    with pytest.raises(ConflictError):
        save(mentor, view, n0="3", now=closed)
    assert not answerlist.answer_list(mentor, MARKET, now=closed).is_open


@only_sqlite
def test_family_erased_a_moment_ago_is_left_out(mentor, view, other):
    load_state(mentor)
    with writing(other.session):
        other.session.execute(delete(HouseholdRow).where(HouseholdRow.id == view.lines[0].household_id))

    save(mentor, view, n0="3", n1="2")

    assert len(load_said(other.session)) == 1


@only_sqlite
def test_questions_are_under_the_list_and_a_family_at_the_door_is_in_it(workspace, view):
    first, second = (line.household_id for line in view.lines[:2])
    with writing(workspace.session):
        asked = Answer(reply=Reply(coming=False, question="Mag oma?"), source=Source.PUPIL, at=NOW)
        save_answer(workspace.session, MARKET, first, asked)
    door.tick(workspace, MARKET, second, is_here=True, persons="2", now=EVENING)

    lines = answerlist.answer_list(workspace, MARKET, now=EVENING)

    assert lines.questions == ((view.lines[0].name, "Mag oma?"),)
    assert [(line.typed, line.said.source) for line in lines.lines[:2]] == [("0", "leerling"), ("2", "deur")]


@only_sqlite
def test_activities_are_listed_with_what_families_said(workspace, mentor, view):
    save(mentor, view, n0="3", n1="0")
    workspace.session.rollback()

    market = next(each for each in answerlist.answer_events(workspace, now=NOW) if each.event_id == MARKET)
    mine = next(each for each in answerlist.answer_events(mentor, now=EVENING) if each.event_id == MARKET)
    much_later = answerlist.answer_events(workspace, now=EVENING + timedelta(days=40))

    assert (market.coming, market.cannot, market.is_today, market.has_door) == (1, 1, False, True)
    assert mine.is_today
    assert mine.silent == len(view.lines) - 2 < market.silent
    assert (market.keeps_until - market.last).days == 28
    assert MARKET not in {each.event_id for each in much_later}
