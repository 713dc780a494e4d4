"""A family answers over its link: what its page shows, what is kept, and what is refused."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from contents import contents
from demoschool import KEY, NOW
from sqlalchemy import delete, update

from planner.domain.families.answers import LONGEST_QUESTION, Flaw, Reply, Source
from planner.errors import NotFoundError
from planner.services.answers import answering
from planner.services.answers.answering import Spot
from planner.services.invitations import invitations
from planner.services.invitations.answererrors import AnswerRefusedError
from planner.services.state import load_state
from planner.storage.answers import load_said, said_by
from planner.storage.db import writing
from planner.storage.models import EventRow, HouseholdRow, InviteLinkRow
from planner.storage.records import bump_revision

MARKET, TALK = "interessemarkt", "voortgangsgesprek-2"
BEGINS = datetime(2027, 2, 3, 16, 0, tzinfo=UTC)
FORM = {"komt": "ja", "personen": "3", "tolk": "ar", "kinderen": "1", "vraag": "Mag oma ook mee?"}
COMES = Reply(coming=True, persons=3, interpreter="ar", children=1, question="Mag oma ook mee?")
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def sheets(workspace):
    return invitations.sheets(workspace, MARKET)


@pytest.fixture
def spot(workspace, sheets):
    return answering.spot_of_link(workspace, token_of(sheets[0]))


def token_of(sheet):
    return sheet.url.rpartition("/")[2]


def page(workspace, spot, language="", now=NOW):
    return answering.family_page(workspace, spot, language=language, now=now)


def refusal(function, *args, **kwargs):
    with pytest.raises(AnswerRefusedError) as caught:
        function(*args, **kwargs)
    return caught.value.flaw


def test_page_shows_the_event_without_names(workspace, sheets, spot):
    opened = page(workspace, spot).sheet

    differ = {each.name for each in fields(opened) if getattr(opened, each.name) != getattr(sheets[0], each.name)}
    assert differ == {"household", "pupils", "url", "code", "code_extra"}
    assert (opened.household, opened.pupils, opened.url, opened.qr_svg, opened.code) == ("", (), "", "", "")


@only_sqlite
def test_page_holds_no_name_of_anybody(workspace, spot):
    state = load_state(workspace)
    names = {person.name for person in state.people} | {home.name for home in state.school.households}
    names |= {pupil.first_name for pupil in state.school.pupils} | {pupil.last_name for pupil in state.school.pupils}
    sheet = page(workspace, spot).sheet

    told = ("event_title", "school", "household", "date_dutch", "place", "about", "who_may_come", "pupils", "url")
    text = " ".join(repr(getattr(sheet, name)) for name in told)

    assert {name for name in names if name in text} == set()


def test_opening_a_page_writes_nothing(workspace, spot):
    before = contents(workspace.session)

    page(workspace, spot)

    assert contents(workspace.session) == before


def test_answer_is_kept_and_shown_back(workspace, spot):
    answering.answer(workspace, spot, answering.reply_from(workspace, FORM), source=Source.FAMILY, now=NOW)

    kept = said_by(workspace.session, spot.event_id, spot.household_id)
    assert (kept.reply, kept.source, kept.at, kept.by) == (COMES, Source.FAMILY, NOW, "")
    assert page(workspace, spot).reply == COMES


def test_last_answer_counts_and_is_the_only_one(workspace, spot, other):
    for who, form in ((workspace, FORM), (other, {"komt": "nee"}), (workspace, {**FORM, "personen": "5"})):
        answering.answer(who, spot, answering.reply_from(who, form), source=Source.FAMILY, now=NOW)

    kept = load_said(workspace.session, MARKET)
    assert {key: answer.reply.persons for key, answer in kept.items()} == {(MARKET, spot.household_id): 5}


def test_answers_change_who_is_expected_at_once(workspace, spot, other):
    before = load_state(workspace).expected(MARKET)
    answering.answer(other, spot, Reply(coming=False), source=Source.FAMILY, now=NOW)
    workspace.session.rollback()  # the next request

    now = load_state(workspace).expected(MARKET)

    assert (now.families, now.cannot, now.silent) == (before.families - 1, 1, before.silent - 1)
    assert load_state(workspace) is load_state(workspace)


@only_sqlite
def test_answer_leaves_the_plan_alone(workspace, spot):
    revision, known = load_state(workspace).facts.revision, load_state(workspace).school

    answering.answer(workspace, spot, COMES, source=Source.FAMILY, now=NOW)

    assert load_state(workspace).facts.revision == revision
    assert load_state(workspace).school is known


@only_sqlite
@pytest.mark.parametrize(
    ("form", "flaw"),
    [
        ({}, Flaw.CHOOSE),
        ({"komt": "misschien"}, Flaw.CHOOSE),
        ({**FORM, "personen": ""}, Flaw.NUMBER),
        ({**FORM, "personen": "0"}, Flaw.NUMBER),
        ({**FORM, "personen": "13"}, Flaw.NUMBER),
        ({**FORM, "personen": "-1"}, Flaw.NUMBER),
        ({**FORM, "personen": "٣"}, Flaw.NUMBER),
        ({**FORM, "personen": "1" * 5000}, Flaw.NUMBER),
        ({**FORM, "kinderen": "7"}, Flaw.NUMBER),
        ({**FORM, "kinderen": "x"}, Flaw.NUMBER),
        ({**FORM, "vraag": "x" * (LONGEST_QUESTION + 1)}, Flaw.LONG),
    ],
)
def test_odd_form_is_refused_with_its_reason(workspace, form, flaw):
    assert refusal(answering.reply_from, workspace, form) is flaw


@only_sqlite
@pytest.mark.parametrize(
    ("form", "reply"),
    [
        (FORM, COMES),
        ({"komt": "ja", "personen": "2"}, Reply(coming=True, persons=2)),
        ({**FORM, "komt": "nee"}, Reply(coming=False, question="Mag oma ook mee?")),
        ({**FORM, "tolk": "klingon", "kinderen": ""}, replace(COMES, interpreter="", children=0)),
        ({**FORM, "vraag": " a\r\nb\rc\u202e\x07\t "}, replace(COMES, question="a\nb\nc")),
        ({**FORM, "vraag": "é" * LONGEST_QUESTION}, replace(COMES, question="é" * LONGEST_QUESTION)),
    ],
)
def test_reply_in_a_form(workspace, form, reply):
    assert answering.reply_from(workspace, form) == reply


def test_made_up_link(workspace):
    assert refusal(answering.spot_of_link, workspace, "a" * 28) is Flaw.CODE_UNKNOWN


def test_ended_link(workspace, sheets):
    with writing(workspace.session):
        workspace.session.execute(update(InviteLinkRow).values(revoked_at=NOW))

    assert refusal(answering.spot_of_link, workspace, token_of(sheets[0])) is Flaw.CODE_UNKNOWN


def test_event_that_fell_out(workspace, spot):
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.execute(update(EventRow).where(EventRow.id == MARKET).values(removed_at=NOW))

    assert refusal(page, workspace, spot) is Flaw.CODE_UNKNOWN
    assert refusal(answering.answer, workspace, spot, COMES, source=Source.FAMILY, now=NOW) is Flaw.CODE_UNKNOWN


def test_household_that_was_erased_a_moment_ago_is_not_brought_back(workspace, spot, other):
    load_state(workspace)
    with writing(other.session):
        other.session.execute(delete(HouseholdRow).where(HouseholdRow.id == spot.household_id))

    assert refusal(answering.answer, workspace, spot, COMES, source=Source.FAMILY, now=NOW) is Flaw.CODE_UNKNOWN
    assert load_said(other.session) == {}


def test_another_key_ends_every_link(open_workspace, sheets):
    restarted = open_workspace(secret_key="another-" + KEY)

    assert refusal(answering.spot_of_link, restarted, token_of(sheets[0])) is Flaw.CODE_UNKNOWN
    renewed = invitations.sheets(restarted, MARKET)
    assert answering.spot_of_link(restarted, token_of(renewed[0])).event_id == MARKET


@only_sqlite
@pytest.mark.parametrize(("late", "is_open"), [(-timedelta(seconds=1), True), (timedelta(), False)])
def test_mind_may_change_until_the_evening_begins(workspace, spot, late, is_open):
    moment = BEGINS + late

    assert page(workspace, spot, now=moment).is_open == is_open
    if is_open:
        answering.answer(workspace, spot, COMES, source=Source.FAMILY, now=moment)
    else:
        assert refusal(answering.answer, workspace, spot, COMES, source=Source.FAMILY, now=moment) is Flaw.LATE
    assert bool(load_said(workspace.session)) == is_open


@only_sqlite
def test_language_is_the_familys_own_until_it_chooses(workspace, sheets):
    arabic = next(sheet for sheet in sheets if sheet.language == "ar")
    spot = answering.spot_of_link(workspace, token_of(arabic))

    own, chosen, odd = (page(workspace, spot, language) for language in ("", "ti", "../../x"))

    assert [each.sheet.language for each in (own, chosen, odd)] == ["ar", "ti", "ar"]
    assert [code for code, _, _ in own.choices[: own.near]] == ["ar", "nl"]
    assert [code for code, _, _ in chosen.choices[: chosen.near]] == ["ti", "ar", "nl"]
    assert len(own.choices) == 22
    assert own.texts == workspace.answer_texts["ar"].strings
    assert not own.is_dutch


@only_sqlite
def test_language_without_texts_falls_back_on_dutch(workspace, spot):
    few = replace(workspace, answer_texts={"nl": workspace.answer_texts["nl"]})

    shown = page(few, spot, "ti")

    assert (shown.sheet.language, shown.is_dutch, shown.texts["send"]) == ("ti", True, "Verstuur")


@only_sqlite
def test_pupil_brings_the_answer_of_the_own_household_only(workspace):
    state = load_state(workspace)
    pupil = state.event(MARKET).planned.pupil_ids[0]
    [home] = [home.id for home in state.school.households if pupil in home.pupil_ids][:1]
    elsewhere = next(home.id for home in state.school.households if pupil not in home.pupil_ids)

    answering.answer_by_pupil(workspace, MARKET, pupil, FORM, now=NOW)
    answering.answer_by_pupil(workspace, MARKET, pupil, {"komt": "nee"}, household_id=home, now=NOW)

    kept = said_by(workspace.session, MARKET, home)
    assert (kept.reply, kept.source) == (Reply(coming=False), Source.PUPIL)
    with pytest.raises(NotFoundError):
        answering.answer_by_pupil(workspace, MARKET, pupil, FORM, household_id=elsewhere, now=NOW)
    with pytest.raises(NotFoundError):
        answering.answer_by_pupil(workspace, MARKET, "nobody", FORM, now=NOW)
    assert refusal(answering.answer_by_pupil, workspace, MARKET, pupil, {}, now=NOW) is Flaw.CHOOSE
    assert set(load_said(workspace.session)) == {(MARKET, home)}


@only_sqlite
def test_spot_of_another_household_is_another_spot(workspace, sheets):
    first, second = (answering.spot_of_link(workspace, token_of(sheet)) for sheet in sheets[:2])

    answering.answer(workspace, first, COMES, source=Source.FAMILY, now=NOW)

    assert first != second
    assert page(workspace, second).reply is None
    assert isinstance(second, Spot)
