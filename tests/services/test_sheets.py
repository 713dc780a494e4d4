from dataclasses import replace

import pytest
from demoschool import NOW, ROUND

from planner.domain.access.rights import ACCOUNT_ROLES, Actor, Role
from planner.domain.runbook import Kind
from planner.errors import NotFoundError
from planner.services.event import sheets
from planner.services.state import load_state
from planner.services.talks.talkround import read_round

MARKET = "interessemarkt"


def test_unknown_sheet_names_the_ones_there_are():
    with pytest.raises(NotFoundError) as unknown:
        sheets.known("menukaart")

    assert str(unknown.value) == (
        'Er is geen blad "menukaart". Kies uit: draaiboek, stappenplan, ruimtes, uitnodigingen, plattegrond, '
        "ruimterooster, hoeken, eigen-avond, deurborden, taalkaarten, routebladen, groepskaarten, rondeborden, "
        "deurlijst, mentoren, tolken, afspraken."
    )


@pytest.mark.parametrize("sheet", ["draaiboek", "stappenplan", "ruimtes"])
def test_sheet_for_the_team_makes_no_invitations(workspace, sheet):
    values = sheets.context(workspace, MARKET, sheet, now=NOW)

    assert (sorted(values), values["nu"], values["person"]) == (["nu", "person", "view"], NOW, "")


def test_invitations_come_with_their_sheets(workspace):
    values = sheets.context(workspace, MARKET, "uitnodigingen", now=NOW)

    assert len(values["sheets"]) == values["view"].line.families


@pytest.mark.parametrize(("person_id", "name"), [("p-reza", "Reza Amiri"), ("p-joris", "")])
def test_sheet_for_one_person_carries_the_name(workspace, person_id, name):
    assert sheets.context(workspace, MARKET, "draaiboek", only=person_id, now=NOW)["person"] == name


def names(workspace, event_id, of=None):
    return [sheet for sheet, _, _ in sheets.offered(workspace, event_id, of)]


def as_role(workspace, role, *classes):
    seen = frozenset(classes) if role is Role.MENTOR else None
    return replace(workspace, actor=Actor(role=role, class_ids=seen))


def test_each_kind_of_event_has_its_own_sheets(workspace):
    evening, talks = names(workspace, MARKET), names(workspace, ROUND)

    assert evening == [
        "draaiboek", "stappenplan", "ruimtes", "uitnodigingen", "plattegrond", "ruimterooster", "hoeken",
        "eigen-avond", "deurborden", "taalkaarten",
    ]  # fmt: skip
    assert talks == ["draaiboek", "stappenplan", "uitnodigingen", "mentoren", "tolken", "afspraken"]
    assert (names(workspace, ROUND, "talks"), names(workspace, MARKET, "talks")) == (talks[3:], [])


def test_round_without_a_time_has_no_lists(workspace):
    rounds = [each.planned.id for each in load_state(workspace).events]
    fresh = [
        each
        for each in rounds
        if load_state(workspace).runbook(each).kind is Kind.CONVERSATION and not read_round(workspace, each).plan
    ]

    assert fresh
    assert {tuple(names(workspace, each, "talks")) for each in fresh} == {()}


def test_every_offered_sheet_is_there_and_says_which(workspace):
    for event_id in (MARKET, ROUND):
        for sheet in names(workspace, event_id):
            values = sheets.context(workspace, event_id, sheet, now=NOW)

            html = workspace.render(sheets.template_of(sheet), **values, paper=True)
            assert load_state(workspace).event(event_id).occurrence.title in html


def test_sheet_with_nothing_on_it_is_not_there(workspace):
    with pytest.raises(NotFoundError, match="staat bij deze activiteit"):
        sheets.check(workspace, ROUND, "plattegrond")
    with pytest.raises(NotFoundError, match="staat niet in dit schooljaar"):
        sheets.check(workspace, "markt", "draaiboek")


def test_mentor_has_the_lists_of_the_own_class_and_nothing_else(workspace):
    found = read_round(workspace, ROUND)
    talks = [talk for _, talk in found.problem.known(found.plan)]
    own, foreign = talks[0].class_id, next(talk for talk in talks if talk.class_id != talks[0].class_id)
    mentor = as_role(workspace, Role.MENTOR, own)

    assert (names(mentor, MARKET), set(names(mentor, ROUND))) == ([], {"mentoren", "tolken", "afspraken"})
    cards = sheets.context(mentor, ROUND, "afspraken", now=NOW)["cards"]
    homes = {home for talk in talks if talk.class_id == own for home in talk.household_ids}
    assert {card.sheet.household_id for card in cards} == homes
    for refused in ((ROUND, "draaiboek"), (MARKET, "routebladen"), (ROUND, "afspraken", foreign.id)):
        with pytest.raises(NotFoundError):
            sheets.check(mentor, *refused)
    assert names(as_role(workspace, Role.MENTOR, "no-class"), ROUND) == []


def test_mentor_gets_no_list_of_a_colleague(workspace):
    talks = read_round(workspace, ROUND).problem.talks
    own = talks[0].class_id
    other = next(talk.mentors[0] for talk in talks if talk.class_id != own)

    with pytest.raises(NotFoundError, match="nog niets om af te drukken"):
        sheets.context(as_role(workspace, Role.MENTOR, own), ROUND, "mentoren", only=other, now=NOW)


@pytest.mark.parametrize(
    "role", sorted({*ACCOUNT_ROLES, Role.HELPER, Role.NOBODY} - {Role.COORDINATOR, Role.TEAM, Role.MENTOR})
)
def test_other_roles_have_no_sheets(workspace, role):
    for event_id in (MARKET, ROUND):
        with pytest.raises(NotFoundError):
            sheets.offered(as_role(workspace, role), event_id)
