from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from contents import contents
from demoschool import NOW
from sqlalchemy import delete

from planner.domain.access.rights import Actor, Role
from planner.domain.families.answers import Reply, Source
from planner.errors import InputError, NotFoundError
from planner.services.answers import answering, reaching
from planner.services.answers.answering import Spot
from planner.services.state import load_state
from planner.storage.answers import load_marks
from planner.storage.db import writing
from planner.storage.models import HouseholdRow

MARKET = "interessemarkt"
EVENING = datetime(2027, 2, 3, 17, 0, tzinfo=UTC)
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def view(workspace):
    return reaching.reach_view(workspace, MARKET, now=NOW)


def again(workspace, now=NOW):
    workspace.session.rollback()
    return reaching.reach_view(workspace, MARKET, now=now)


def line(view, household_id):
    return next(each for each in view.lines if each.household_id == household_id)


def mark(workspace, household_id, step="leerling", how="gedaan", now=NOW):
    reaching.mark(workspace, MARKET, household_id, step=step, how=how, now=now)


def test_every_silent_family_has_a_next_step(workspace, view):
    first = view.lines[0]
    assert len(view.lines) == view.families
    assert {each.next_step for each in view.lines} == {"leerling"}

    spot = Spot(event_id=MARKET, household_id=first.household_id)
    answering.answer(workspace, spot, Reply(coming=False), source=Source.FAMILY, now=NOW)

    assert first.household_id not in {each.household_id for each in again(workspace).lines}


def test_marks_lead_to_the_next_step_and_can_be_taken_back(workspace, view):
    team = replace(workspace, actor=Actor(role=Role.TEAM, name="Sem", class_ids=None))
    arabic = next(each for each in view.lines if each.language_code == "ar")
    steps = []
    for step, how in (("leerling", "gedaan"), ("sleutelouder", "onzeker"), ("mentor", "gedaan"), ("papier", "gedaan")):
        mark(team, arabic.household_id, step, how)
        steps.append(line(again(workspace), arabic.household_id).next_step)
    last = again(workspace)
    mark(team, arabic.household_id, "sleutelouder", "")
    mark(team, arabic.household_id, "sleutelouder", "")

    assert steps == ["sleutelouder", "mentor", "papier", ""]
    assert last.lines[-1].household_id == arabic.household_id
    assert [(each.mark, each.by) for each in last.lines[-1].tries[:2]] == [("gedaan", "Sem"), ("onzeker", "Sem")]
    assert line(again(workspace), arabic.household_id).next_step == "sleutelouder"


@only_sqlite
def test_sleutelouder_reads_a_sentence_in_the_language_of_the_family(view):
    arabic = next(each for each in view.lines if each.language_code == "ar")
    dutch = next((each for each in view.lines if each.language_code == "nl"), None)

    assert arabic.helpers
    assert "الأربعاء، 3 شباط 2027 17:00–19:45" in arabic.sentence
    assert "woensdag 3 februari 2027 17:00–19:45" in arabic.sentence_dutch
    assert (arabic.sentence_code, arabic.rtl, arabic.is_draft) == ("ar", True, True)
    assert dutch is None or dutch.helpers == ()


@only_sqlite
def test_language_without_texts_is_called_in_dutch(workspace):
    few = replace(workspace, answer_texts={"nl": workspace.answer_texts["nl"]})

    arabic = next(each for each in reaching.reach_view(few, MARKET, now=NOW).lines if each.language_code == "ar")

    assert (arabic.sentence, arabic.sentence_code, arabic.rtl, arabic.is_draft) == (
        arabic.sentence_dutch, "nl", False, False,
    )  # fmt: skip


@only_sqlite
def test_helper_of_this_evening_is_named_first(workspace, view):
    state = load_state(workspace)
    here = {person.name for _, _, person in state.duties_of(MARKET)}

    for each in view.lines:
        there = [name in here for name in each.helpers]
        assert there == sorted(there, reverse=True)


@only_sqlite
def test_paper_comes_too_late_on_the_last_days_and_a_sent_one_stays_in_sight(workspace, view):
    home = view.lines[0].household_id
    mark(workspace, home, "papier", "gedaan")

    late = line(again(workspace, EVENING - timedelta(days=1)), home)
    early = line(again(workspace), home)

    assert "papier" in [each.step for each in early.tries]
    assert [(each.step, each.mark) for each in late.tries][-1] == ("papier", "gedaan")
    assert "papier" not in [each.step for each in again(workspace, EVENING).lines[1].tries]
    assert again(workspace, EVENING).days_left == 0


@only_sqlite
def test_odd_marks_are_refused_and_change_nothing(workspace, view):
    home = view.lines[0].household_id
    before = contents(workspace.session)

    for household, step, how, error in (
        (home, "duif", "gedaan", InputError),
        (home, "mentor", "misschien", InputError),
        ("nobody", "mentor", "gedaan", NotFoundError),
    ):
        with pytest.raises(error):
            mark(workspace, household, step, how)

    assert contents(workspace.session) == before


@only_sqlite
def test_mentor_does_not_reach_for_the_whole_school(workspace):
    mentor = replace(workspace, actor=Actor(role=Role.MENTOR, class_ids=frozenset({"k1"})))

    with pytest.raises(NotFoundError):
        reaching.reach_view(mentor, MARKET, now=NOW)


@only_sqlite
def test_family_erased_a_moment_ago_is_left_out(workspace, view, other):
    home = view.lines[0].household_id
    with writing(other.session):
        other.session.execute(delete(HouseholdRow).where(HouseholdRow.id == home))

    mark(workspace, home)

    assert load_marks(other.session, MARKET) == {}
