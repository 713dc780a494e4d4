"""A round on paper: lists without contact data, cards in the family's own language. Real PDFs, on one database."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from demoschool import NOW, ROUND

from planner.domain.access.rights import Actor, Role
from planner.errors import NotFoundError
from planner.services import tasks
from planner.services.event import printing
from planner.services.talks import talksheets
from planner.services.talks.talkround import read_round

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def pages_of(pdf):
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def arguments(sheet="afspraken", only="", classes=None):
    return {"event_id": ROUND, "sheet": sheet, "only": only, "classes": classes}


def test_list_of_one_person(workspace):
    found = read_round(workspace, ROUND)
    mentor = found.problem.talk[found.plan[0].talk_id].mentors[0]

    (only,) = talksheets.lists(workspace, found, role="mentor", only=mentor)

    assert only.who == found.person_name(mentor)


def test_card_of_one_talk_in_two_languages(workspace):
    found = read_round(workspace, ROUND)
    slot = next(each for each in found.plan if found.problem.talk[each.talk_id].language)
    told = []

    (page,) = pages_of(
        printing.sheet_pdf(
            workspace, ROUND, "afspraken", only=slot.talk_id, now=NOW, progress=lambda *step: told.append(step)
        )
    )

    (card,) = talksheets.cards(workspace, found, only=slot.talk_id)
    assert f"{slot.start // 60:02}:{slot.start % 60:02}" in page
    assert "Er is een tolk" in page
    assert card.sheet.pupils == (found.state.school.pupil(slot.talk_id.partition(".")[0]).first_name,)
    assert card.sheet.url
    assert told[0] == (0, 1, "De bladen opmaken")


def test_card_in_a_language_we_do_not_know(workspace):
    found = read_round(replace(workspace, languages={"nl": workspace.languages["nl"]}), ROUND)
    few = replace(workspace, languages={"nl": workspace.languages["nl"]})

    codes = {home.language for home in found.state.school.households}
    assert {card.own_name for card in talksheets.cards(few, found)} <= codes | {"Nederlands"}


def test_both_parents_get_a_card(workspace):
    found = read_round(workspace, ROUND)
    shared = [talk for talk in found.problem.talks if len(talk.household_ids) > 1]

    for talk in shared:
        assert len(talksheets.cards(workspace, found, only=talk.id)) == 2
    homes = {home.id for home in found.state.school.households}
    gone = replace(found.state.school, households=())
    without = replace(found, state=replace(found.state, school=gone))
    assert homes
    assert talksheets.cards(workspace, without) == ()


def test_task_without_a_limit_prints_every_class(workspace):
    every = talksheets.lists(workspace, read_round(workspace, ROUND), role="mentor")

    assert talksheets.lists(printing.limited(workspace, None), read_round(workspace, ROUND), role="mentor") == every


def test_task_keeps_the_print_and_limits_a_mentor(workspace):
    found = read_round(workspace, ROUND)
    own = found.problem.talk[found.plan[0].talk_id].class_id
    task_id = tasks.queue(workspace, kind="event.pdf", arguments=arguments("mentoren", classes=[own]), now=NOW)

    tasks.run_next(workspace, now=NOW)

    path, name = tasks.result(workspace, task_id)
    assert name == f"{ROUND}-mentoren.pdf"
    assert len(pages_of(path.read_bytes())) == 1


def test_mentor_prints_no_talk_of_another_class(workspace):
    found = read_round(workspace, ROUND)
    own, foreign = found.problem.talks[0], found.problem.talks[-1]
    mentor = replace(workspace, actor=Actor(role=Role.MENTOR, class_ids=frozenset({own.class_id})))

    printing.check_print(mentor, arguments(only=own.id))
    with pytest.raises(NotFoundError):
        printing.check_print(mentor, arguments(only=foreign.id))


def test_what_cannot_be_printed(workspace):
    with pytest.raises(NotFoundError, match="Er is geen blad"):
        printing.check_print(workspace, arguments("onzin"))
    with pytest.raises(NotFoundError, match="Deze persoon"):
        printing.check_print(workspace, arguments(only="niemand"))
    printing.check_print(workspace, arguments(only=read_round(workspace, ROUND).state.people[0].id))
    with pytest.raises(NotFoundError, match="staat bij deze activiteit"):
        printing.sheet_pdf(workspace, "overdrachtsgesprek-zomer", "afspraken", now=NOW)
