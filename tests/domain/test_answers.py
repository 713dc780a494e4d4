from datetime import UTC, date, datetime, time, timedelta

import pytest
from make import a_row, a_runbook, an_event, an_invitation

from planner.domain.families.answers import (
    LONGEST_QUESTION,
    MOST_CHILDREN,
    MOST_PERSONS,
    Answer,
    Arrival,
    Flaw,
    Reply,
    Source,
    door_opens,
    family_closes,
    flaw_of,
    now_counts,
    plain,
    school_closes,
)
from planner.domain.runbook import Kind
from planner.domain.year import AMSTERDAM

NOW = datetime(2026, 10, 6, 16, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
COMES = Reply(coming=True, persons=3, interpreter="ar", children=2, question="Mag oma mee?")


def said(reply, **facts):
    return Answer(**{"reply": reply, "source": Source.FAMILY, "at": NOW, **facts})


@pytest.mark.parametrize(
    ("reply", "flaw"),
    [
        (COMES, None),
        (Reply(coming=True, persons=MOST_PERSONS, children=MOST_CHILDREN), None),
        (Reply(coming=True, persons=0), Flaw.NUMBER),
        (Reply(coming=True, persons=MOST_PERSONS + 1), Flaw.NUMBER),
        (Reply(coming=True, persons=1, children=MOST_CHILDREN + 1), Flaw.NUMBER),
        (Reply(coming=False), None),
        (Reply(coming=False, question="x" * LONGEST_QUESTION), None),
        (Reply(coming=False, question="x" * (LONGEST_QUESTION + 1)), Flaw.LONG),
    ],
)
def test_flaw_of_a_reply(reply, flaw):
    assert flaw_of(reply) is flaw


def test_who_stays_at_home_needs_nothing_but_may_ask():
    refused = Reply(coming=False, persons=3, interpreter="ar", children=2, question="Wanneer weer?")

    assert plain(refused) == Reply(coming=False, question="Wanneer weer?")
    assert plain(COMES) is COMES


def test_silence_is_no_answer():
    assert now_counts(None, None) is None


def test_answer_counts_until_somebody_stands_at_the_door():
    answer = said(COMES)

    assert now_counts(answer, None) is answer


def test_family_at_the_door_comes_whatever_it_said():
    here = Arrival(persons=4, at=LATER, by="Noor")

    counted = now_counts(said(COMES), here)
    refused = now_counts(said(Reply(coming=False, question="Waarom?")), here)
    silent = now_counts(None, here)

    assert counted == Answer(
        reply=Reply(coming=True, persons=4, interpreter="ar", children=2, question="Mag oma mee?"),
        source=Source.DOOR,
        at=LATER,
        by="Noor",
    )
    assert refused.reply == Reply(coming=True, persons=4, question="Waarom?")
    assert silent.reply == Reply(coming=True, persons=4)


def test_family_may_change_its_mind_until_guests_are_expected():
    book = a_runbook(rows=[a_row(start="18:30")], invitation=an_invitation(start="19:00"))

    assert family_closes(book, an_event()) == datetime(2026, 10, 6, 19, 0, tzinfo=AMSTERDAM)


def test_round_of_conversations_takes_answers_until_its_end():
    book = a_runbook(kind=Kind.CONVERSATION)

    closes = family_closes(book, an_event(last=date(2026, 10, 16)))

    assert closes == datetime(2026, 10, 16, 17, 0, tzinfo=AMSTERDAM)


def test_door_is_for_the_day_itself_and_the_lists_of_the_day_after():
    event = an_event()

    assert door_opens(event) == datetime.combine(event.span.first, time(0), tzinfo=AMSTERDAM)
    assert school_closes(event) == datetime(2026, 10, 8, tzinfo=AMSTERDAM)
