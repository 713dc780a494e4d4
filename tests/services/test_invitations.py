import threading
from dataclasses import replace
from datetime import time, timedelta

import pytest
from contents import contents
from demoschool import KEY, NOW
from sqlalchemy import delete

from planner.errors import NotFoundError
from planner.services.answers import answering, answerlist
from planner.services.invitations import handing, invitations, stale
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.state import load_state
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.models import InviteLinkRow, RoomUseRow
from planner.storage.records import bump_revision

LATER = NOW + timedelta(hours=1)
MARKET, TALK, LOOK, LAST = "interessemarkt", "voortgangsgesprek-2", "kijkje", "verder-zomer-vo"


@pytest.fixture
def sheets(workspace):
    return invitations.sheets(workspace, MARKET)


def token_of(sheet):
    return sheet.url.rpartition("/")[2]


def test_every_household_with_an_invited_pupil_is_invited_once(workspace, sheets):
    state = load_state(workspace)
    invited = set(state.event(MARKET).planned.pupil_ids)
    homes = [home.name for home in state.school.households if invited & set(home.pupil_ids)]

    assert sorted(sheet.household for sheet in sheets) == sorted(homes)


def test_brothers_and_sisters_are_on_one_sheet(workspace, sheets):
    state = load_state(workspace)
    names = {pupil.id: pupil.first_name for pupil in state.school.pupils}
    invited = set(state.event(MARKET).planned.pupil_ids)
    expected = sorted(
        tuple(names[each] for each in home.pupil_ids if each in invited)
        for home in state.school.households
        if invited & set(home.pupil_ids)
    )

    assert sorted(sheet.pupils for sheet in sheets) == expected


def test_sheets_are_handed_out_by_class(workspace):
    state = load_state(workspace)
    class_of = {pupil.id: pupil.class_id for pupil in state.school.pupils}
    invited = set(state.event(MARKET).planned.pupil_ids)

    homes = invitations.invited_households(state, MARKET)

    classes = [class_of[next(each for each in home.pupil_ids if each in invited)] for home in homes]
    assert classes == sorted(classes)


def test_every_household_has_a_link_of_its_own(sheets):
    assert len({sheet.url for sheet in sheets}) == len(sheets)


def test_link_stays_the_same_when_printed_twice(workspace, sheets):
    before = contents(workspace.session)

    again = invitations.sheets(workspace, MARKET)

    assert ([sheet.url for sheet in again], contents(workspace.session)) == ([sheet.url for sheet in sheets], before)


def test_links_printed_at_the_same_moment_are_the_same(workspace, other):
    homes = tuple(home.id for home in invitations.invited_households(load_state(workspace), MARKET))
    found = {}
    threads = [
        threading.Thread(target=lambda who=who: found.setdefault(id(who), invitations.links(who, MARKET, homes)))
        for who in (workspace, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found[id(workspace)] == found[id(other)]


def test_only_missing_links_are_made(workspace, sheets):
    with writing(workspace.session):
        first = invitations.invited_households(load_state(workspace), MARKET)[0].id
        workspace.session.execute(delete(InviteLinkRow).where(InviteLinkRow.household_id == first))

    assert [sheet.url for sheet in invitations.sheets(workspace, MARKET)] == [sheet.url for sheet in sheets]


def test_invitation_in_another_language(workspace, sheets):
    arabic = next(sheet for sheet in sheets if sheet.language == "ar")

    assert (
        arabic.language_name,
        arabic.rtl,
        arabic.own["where"],
        arabic.dutch["where"],
        arabic.date_dutch,
        arabic.date_own,
        arabic.date_digits,
    ) == (
        "Arabisch",
        True,
        workspace.languages["ar"].strings["where"],
        workspace.languages["nl"].strings["where"],
        "woensdag 3 februari 2027",
        "الأربعاء، 3 شباط 2027",
        "03-02-2027",
    )


def test_language_we_do_not_have_is_written_in_dutch_alone(workspace):
    languages = {code: each for code, each in workspace.languages.items() if code != "ar"}
    object.__setattr__(workspace, "languages", languages)
    workspace.kept.clear()

    assert "ar" not in {sheet.language for sheet in invitations.sheets(workspace, MARKET)}


def test_evening_names_its_time_and_its_room(sheets):
    assert (sheets[0].time, sheets[0].clock_hour, sheets[0].clock_minute, sheets[0].place) == (
        "17:00–19:45",
        17,
        0,
        "Centrale hal",
    )


def test_evening_without_a_room_names_none(workspace):
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.execute(delete(RoomUseRow))

    assert invitations.sheets(workspace, MARKET)[0].place == ""


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_place_outside_the_school_says_its_own_name(workspace):
    planning.choose_form(workspace, LOOK, "groepsbezoek", now=LATER)
    state = load_state(workspace)
    there = replace(state.runbook(LOOK).invitation, start=time(19, 15))  # when everybody is at the other school
    runbook = replace(state.runbook(LOOK), invitation=there)
    elsewhere = replace(state, _made={f"runbook {LOOK}": runbook})

    home = state.school.households[0]
    sheet = invitations.sheet_for(workspace, elsewhere, state.event(LOOK), home)
    assert sheet.place == "School van de open avond"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_form_with_an_evening_invites_to_what_it_is_in_every_language(workspace):
    state = load_state(workspace)
    one_of_each = {event.planned.runbook_id: event.planned.id for event in state.events}
    made = {}
    for runbook in state.cycle.runbooks:
        for form in runbook.forms:
            planning.choose_form(workspace, one_of_each[runbook.id], form.id, now=LATER)
            made[form.id] = {sheet.place for sheet in invitations.sheets(workspace, one_of_each[runbook.id])}

    assert {form for form, places in made.items() if not places} == {"screencast"}
    assert all(all(places) for places in made.values())


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_invitation_follows_the_form_and_comes_back_with_it(workspace):
    before = invitations.sheets(workspace, LOOK)
    planning.choose_form(workspace, LOOK, "groepsbezoek", now=LATER)

    sheet = next(sheet for sheet in invitations.sheets(workspace, LOOK) if sheet.language == "ar")
    assert (sheet.time, sheet.about[0]) == (
        "18:30–21:15",
        "Wij gaan samen naar een open avond van een andere school.",
    )
    assert [bool(own) for own in sheet.about_own] == [True] * len(sheet.about)
    planning.choose_form(workspace, LOOK, "", now=LATER)
    assert invitations.sheets(workspace, LOOK) == before


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_form_without_an_evening_invites_nobody_and_says_so_of_what_was_printed(workspace):
    printed = invitations.sheets(workspace, LAST)
    stale.note_printed(workspace, LAST, printed, now=LATER)
    spot = answering.spot_of_link(workspace, token_of(printed[0]))
    planning.choose_form(workspace, LAST, "screencast", now=LATER)
    state = load_state(workspace)

    assert invitations.sheets(workspace, LAST) == ()
    assert LAST not in {each.event_id for each in answerlist.answer_events(workspace, now=LATER)}
    assert LAST not in {each.event_id for each in handing.overview(workspace, now=LATER)}
    assert state.duties_of(LAST) == ()
    assert [line.changes for line in stale.wrong(workspace, LAST)] == [
        (("de tijd", "18:45–20:30", "er is geen avond meer"),)
    ] * len(printed)
    with pytest.raises(AnswerRefusedError):
        answering.family_page(workspace, spot, language="nl", now=LATER)
    planning.choose_form(workspace, LAST, "", now=LATER)
    assert invitations.sheets(workspace, LAST) == printed
    assert stale.wrong(workspace, LAST) == ()


def test_round_of_conversations_names_its_days_and_no_time(workspace):
    sheet = invitations.sheets(workspace, TALK)[0]

    assert (sheet.date_digits, sheet.time) == ("01-03-2027 – 12-03-2027", "")


def test_invitation_to_an_unknown_event(workspace):
    with pytest.raises(NotFoundError):
        invitations.sheets(workspace, "markt")


def test_printing_with_another_key_gives_codes_that_work(open_workspace, sheets):
    restarted = open_workspace(secret_key="another-" + KEY)

    renewed = invitations.sheets(restarted, MARKET)

    assert (
        {sheet.url for sheet in renewed} & {sheet.url for sheet in sheets},
        invitations.link_of(restarted, token_of(renewed[0])).event_id,
    ) == (set(), MARKET)
