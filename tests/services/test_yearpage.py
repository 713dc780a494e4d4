from datetime import UTC, date, datetime, timedelta

import pytest
from demoschool import NOW
from sqlalchemy import delete

from planner.errors import NotFoundError
from planner.services.state import load_state
from planner.services.views import Attention
from planner.services.year import planning, preparing, schoolsettings, yearpage
from planner.storage.db import writing
from planner.storage.events import clear_events
from planner.storage.models import DutyRow, PublicationRow
from planner.storage.records import bump_revision

MARKET, TALK, LOOK = "interessemarkt", "voortgangsgesprek-2", "kijkje"


def marks(workspace, now=NOW):
    view = yearpage.year_view(workspace, now=now)
    return {mark.day: mark for month in view.months for week in month.weeks for mark in week if mark}


def attention(workspace, now=NOW):
    return yearpage.year_view(workspace, now=now).attention


def open_places(workspace):
    """Return how many people the market misses, without those who are only welcome."""
    state = load_state(workspace)
    return sum(gap.missing for gap in state.gaps[MARKET] if not state.need(gap.need_id).optional)


def at(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_months_run_from_august_to_the_summer(workspace):
    months = yearpage.year_view(workspace, now=NOW).months

    assert [(month.name, month.year) for month in (months[0], months[4], months[5], months[-1])] == [
        ("augustus", 2026),
        ("december", 2026),
        ("januari", 2027),
        ("juli", 2027),
    ]


def test_weeks_are_whole_and_hold_every_day_once(workspace):
    view = yearpage.year_view(workspace, now=NOW)

    days = [mark.day for month in view.months for week in month.weeks for mark in week if mark]
    lengths = {len(week) for month in view.months for week in month.weeks}
    assert (days, lengths) == ([date(2026, 8, 1) + timedelta(days=n) for n in range(365)], {7})


@pytest.mark.parametrize(
    ("day", "free", "kind", "notes"),
    [
        (date(2026, 9, 8), "", "", ()),
        (date(2026, 9, 12), "", "", ()),
        (date(2026, 10, 20), "Herfstvakantie", "vakantie", ()),
        (date(2026, 12, 25), "Kerstvakantie", "vakantie", ("Eerste kerstdag",)),
        (date(2026, 12, 5), "", "bijzondere dag", ("Sinterklaas",)),
        (date(2027, 2, 13), "", "ramadan", ("Ramadan",)),
        (date(2027, 5, 6), "Hemelvaartsdag", "feestdag", ()),
    ],
)
def test_day_says_why_it_is_free_and_what_is_celebrated(workspace, day, free, kind, notes):
    mark = marks(workspace)[day]

    assert (mark.free, mark.kind, mark.notes) == (free, kind, notes)


def test_evening_is_on_its_day(workspace):
    assert [line.id for line in marks(workspace)[date(2027, 2, 3)].events] == [MARKET]


def test_round_is_on_its_school_days(workspace):
    days = [day for day, mark in marks(workspace).items() if TALK in {line.id for line in mark.events}]

    assert days == [date(2027, 3, 1) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]


def test_month_lists_what_starts_in_it(workspace):
    months = yearpage.year_view(workspace, now=NOW).months

    listed = [line.id for month in months for line in month.events]
    assert sorted(listed) == sorted(event.planned.id for event in load_state(workspace).events)


def test_events_are_in_order_of_date(workspace):
    firsts = [line.first for line in yearpage.year_view(workspace, now=NOW).events]

    assert firsts == sorted(firsts)


def test_published_year(workspace):
    view = yearpage.year_view(workspace, now=NOW)

    assert (view.published_at, view.changes, view.planned, view.today) == (NOW, (), True, date(2026, 11, 10))


def test_year_before_planning(workspace):
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.execute(delete(PublicationRow))
        clear_events(workspace.session)

    view = yearpage.year_view(workspace, now=NOW)

    assert (view.published_at, view.changes, view.planned, view.attention) == (None, (), False, ())


def test_today_is_the_day_in_the_netherlands(workspace):
    view = yearpage.year_view(workspace, now=datetime(2026, 11, 10, 23, 30, tzinfo=UTC))

    assert view.today == date(2026, 11, 11)


def test_step_of_this_week_asks_for_attention(workspace):
    step = next(each for each in attention(workspace) if each.event_id == "kijkje")

    assert step == Attention(
        kind="taak",
        text=step.text,
        event_id="kijkje",
        event_title="Een kijkje op een nieuwe school",
        due=step.due,
    )


def test_step_that_is_done_asks_for_nothing(workspace):
    before = [each for each in attention(workspace) if each.event_id == "kijkje"]
    for step in load_state(workspace).runbook("kijkje").steps:
        preparing.tick(workspace, "kijkje", step.id, by="Marieke", now=NOW)

    assert (len(before) > 0, [each for each in attention(workspace) if each.event_id == "kijkje"]) == (True, [])


def test_late_step_comes_after_what_is_soon(workspace):
    late = [each.overdue for each in attention(workspace, now=NOW + timedelta(days=30))]

    assert (late, set(late)) == (sorted(late), {False, True})


def test_step_of_months_ago_is_history(workspace):
    steps = [each for each in attention(workspace, now=at(date(2027, 7, 30))) if each.kind == "taak"]

    assert {each.due >= date(2027, 6, 18) for each in steps} == {True}


@pytest.mark.parametrize(
    ("day", "asked"), [(date(2027, 1, 12), False), (date(2027, 1, 13), True), (date(2027, 2, 4), False)]
)
def test_open_places_of_the_coming_weeks_ask_for_attention(workspace, day, asked):
    found = [each.event_id for each in attention(workspace, now=at(day)) if each.kind == "mensen"]

    assert (MARKET in found) == asked


def test_open_places_are_counted(workspace):
    texts = {
        each.event_id: each.text for each in attention(workspace, now=at(date(2027, 1, 20))) if each.kind == "mensen"
    }

    assert texts[MARKET] == f"{open_places(workspace)} plekken zijn nog open."


def test_one_open_place(workspace):
    calm = next(
        event.planned.id for event in load_state(workspace).events if not load_state(workspace).gaps[event.planned.id]
    )
    need_id = load_state(workspace).duties_of(calm)[0][0].need_id
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.execute(delete(DutyRow).where(DutyRow.need_id == need_id))

    day = load_state(workspace).event(calm).planned.span.first
    texts = {each.event_id: each.text for each in attention(workspace, now=at(day)) if each.kind == "mensen"}

    assert texts[calm] == "1 plek is nog open."


def test_broken_rule_is_shown_at_its_event(workspace):
    schoolsettings.add_period(workspace, {"name": "Studiedag", "first": "2027-02-03"})

    problem = yearpage.year_view(workspace, now=NOW).problems[0]

    assert (problem.rule, problem.title, problem.hard, problem.where, problem.event_id, problem.why) == (
        "K01",
        "Op een schooldag",
        True,
        "Interessemarkt",
        MARKET,
        "Woensdag 3 februari 2027 is vrij: Studiedag.",
    )


def test_broken_rule_of_a_week_is_shown_at_that_week(workspace):
    for event_id, day in (("verder-zomer-mbo", date(2027, 2, 1)), ("verder-zomer-vo", date(2027, 2, 2))):
        planning.move(workspace, event_id, day, pin=False, now=NOW)

    problem = next(each for each in yearpage.year_view(workspace, now=NOW).problems if each.rule == "K05")

    assert (problem.event_id, problem.where) == ("", "week van 1 februari")


def test_change_since_publishing_is_shown(workspace):
    planning.move(workspace, MARKET, date(2027, 2, 9), pin=False, now=NOW)

    assert [change.title for change in yearpage.year_view(workspace, now=NOW).changes] == ["Interessemarkt"]


def test_line_of_an_event_counts_what_is_wrong(workspace):
    schoolsettings.add_period(workspace, {"name": "Studiedag", "first": "2027-02-03"})

    line = next(each for each in yearpage.year_view(workspace, now=NOW).events if each.id == MARKET)

    assert (line.hard, line.soft, line.gaps, line.families) == (1, 0, open_places(workspace), 27)


def test_facts_of_the_year(workspace):
    facts = yearpage.year_facts(workspace)

    assert (list(facts), facts["school"], facts["year"], facts["region"]) == (
        ["school", "year", "region", "events", "violations"],
        "ISK De Ankerplaats",
        "2026-2027",
        "Midden",
    )


def test_facts_of_an_event_of_the_year(workspace):
    event = next(each for each in yearpage.year_facts(workspace)["events"] if each["id"] == MARKET)

    assert {**event, "start": event["start"].isoformat(), "end": event["end"].isoformat()} == {
        "id": MARKET,
        "runbook": "interessemarkt",
        "occurrence": "Interessemarkt",
        "title": "Interessemarkt",
        "date": date(2027, 2, 3),
        "last_date": date(2027, 2, 3),
        "start": "2027-02-03T15:30:00+01:00",
        "end": "2027-02-03T19:45:00+01:00",
        "reason": load_state(workspace).event(MARKET).planned.reason,
        "pinned": False,
        "families": 27,
    }


def test_facts_of_a_violation(workspace):
    assert yearpage.year_facts(workspace)["violations"][0] == {
        "rule": "K11",
        "hard": False,
        "where": "startgesprek-najaar",
        "why": "1 leerling valt op maandag 21 september 2026 buiten de doelgroep.",
    }


def test_no_school_no_year(empty):
    with pytest.raises(NotFoundError, match=r"^Er is nog geen school ingericht.$"):
        yearpage.year_view(empty, now=NOW)


@pytest.mark.parametrize(
    ("school_days", "words"),
    [(14, "Nog hooguit 14 schooldagen"), (8, "Nog hooguit 14 schooldagen"), (7, "Nog hooguit 7 schooldagen"),
     (2, "Nog hooguit 7 schooldagen"), (1, "De avond is bijna"), (0, "De avond is bijna")],
)  # fmt: skip
def test_language_without_an_interpreter_is_told_before_the_evening(workspace, school_days, words):
    state = load_state(workspace)
    first = state.event(MARKET).planned.span.first
    day = [day for day in state.calendar.school_days() if day <= first][-1 - school_days]
    gaps = [gap for gap in state.gaps[MARKET] if gap.language and "@" not in gap.need_id]
    open_now = {state.language_names[gap.language] for gap in gaps}

    texts = {each.event_id: each.text for each in attention(workspace, now=at(day)) if each.kind == "talen"}

    assert texts[MARKET] == f"Geen tolk voor {', '.join(sorted(open_now))}. {words}: kijk wie kan."


def test_language_is_not_told_long_before_nor_after(workspace):
    state = load_state(workspace)
    first = state.event(MARKET).planned.span.first
    early = [day for day in state.calendar.school_days() if day <= first][-1 - 15]

    for day in (early, first + timedelta(days=1)):
        told = [each.event_id for each in attention(workspace, now=at(day)) if each.kind == "talen"]
        assert MARKET not in told


def test_evening_with_an_interpreter_for_every_language_asks_nothing(workspace):
    state = load_state(workspace)
    day = state.event(LOOK).planned.span.first

    assert not [gap for gap in state.gaps[LOOK] if gap.language and "@" not in gap.need_id]
    assert LOOK not in [each.event_id for each in attention(workspace, now=at(day)) if each.kind == "talen"]
