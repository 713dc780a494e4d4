from datetime import UTC, date, datetime, timedelta

import pytest
from demoschool import NOW
from sqlalchemy import delete

from planner.domain.runbook import Per
from planner.errors import NotFoundError
from planner.services.event import eventfacts, eventpage
from planner.services.state import load_state
from planner.services.year import planning, preparing
from planner.storage.db import writing
from planner.storage.models import DutyRow, RoomUseRow
from planner.storage.records import bump_revision
from planner.storage.staffing import save_duties

MARKET, LOOK, TALK = "interessemarkt", "kijkje", "voortgangsgesprek-2"


def view(workspace, event_id=MARKET, now=NOW, **facts):
    return eventpage.event_view(workspace, event_id, now=now, **facts)


def forget(workspace, table):
    with writing(workspace.session):
        bump_revision(workspace.session)
        workspace.session.execute(delete(table))


def test_unknown_event(workspace):
    with pytest.raises(NotFoundError, match=r'^De activiteit "markt" staat niet in dit schooljaar.$'):
        view(workspace, "markt")


def test_rows_have_times_places_rooms_and_people(workspace):
    row = view(workspace).runsheet[0]

    assert (row.id, row.start, row.end, row.places, row.rooms[:2], row.people[:2], row.responsible) == (
        "inrichten",
        datetime(2027, 2, 3, 14, 30, tzinfo=UTC),
        datetime(2027, 2, 3, 15, 30, tzinfo=UTC),
        ("Loopbaanlokaal met vier hoeken",),
        ("Technieklokaal", "Kooklokaal"),
        ("Anita Mulder", "Mark Siebers"),
        ("Vakdocent",),
    )


def test_row_with_an_open_end(workspace):
    ends = {row.end for event in load_state(workspace).events for row in view(workspace, event.planned.id).runsheet}

    assert None in ends


def test_person_is_named_once_in_a_row(workspace):
    rows = view(workspace).runsheet

    assert [row.people for row in rows] == [tuple(dict.fromkeys(row.people)) for row in rows]


def test_own_rows_are_marked(workspace):
    rows = view(workspace, person_id="p-anita").runsheet

    assert {row.id for row in rows if row.mine} == {row.id for row in rows if "Anita Mulder" in row.people} != set()


def test_no_row_is_marked_for_nobody(workspace):
    assert {row.mine for row in view(workspace).runsheet} == {False}


def test_rows_without_rooms(workspace):
    forget(workspace, RoomUseRow)

    assert {row.rooms for row in view(workspace).runsheet} == {()}


def test_steps_are_in_order_of_the_day_they_are_due(workspace):
    days = [step.due for step in view(workspace).preparation]

    assert days == sorted(days)


def test_step_that_a_holiday_moved_says_so(workspace):
    moved = [step.moved_for for step in view(workspace, TALK).preparation if step.moved_for]

    assert moved == ["Studiedag"]


def test_step_that_is_done_says_by_whom(workspace):
    step = view(workspace).preparation[-1]
    preparing.tick(workspace, MARKET, step.id, by="Jan", now=NOW)

    done = view(workspace).preparation[-1]

    assert (done.done_at, done.done_by, done.overdue) == (NOW, "Jan", False)


@pytest.mark.parametrize(("wait", "overdue"), [(timedelta(0), False), (timedelta(days=1), True)])
def test_step_is_overdue_the_day_after(workspace, wait, overdue):
    due = view(workspace).preparation[-1].due

    step = view(workspace, now=datetime(due.year, due.month, due.day, 12, tzinfo=UTC) + wait).preparation[-1]

    assert step.overdue == overdue


def test_step_with_a_link(workspace):
    links = {step.link for event in ("kijkje", "verder-zomer-mbo") for step in view(workspace, event).preparation}

    assert {link.split(":")[0] for link in links} == {"", "http", "https"}


def test_duty_has_its_role_scope_and_reason(workspace):
    duty = next(each for each in view(workspace).duties if each.person_id == "p-anita")

    assert (duty.role, duty.scope, duty.reason, duty.start, duty.end) == (
        "Vakdocent",
        "Zorg",
        "Heeft de rol 'Vakdocent' en kan op woensdag; heeft dit jaar 2 avonden.",
        datetime(2027, 2, 3, 14, 30, tzinfo=UTC),
        datetime(2027, 2, 3, 18, 30, tzinfo=UTC),
    )


def test_language_of_a_duty_has_its_dutch_name(workspace):
    duty = next(each for each in view(workspace).duties if each.person_id == "p-kahsay")

    assert duty.scope == "Tigrinya"


def test_gap_says_who_could_help(workspace):
    gap = next(each for each in view(workspace).gaps if each.scope == "Somalisch")

    assert (gap.missing, gap.optional, gap.why) == (
        1,
        True,
        "Niemand van de school spreekt Somalisch. Vraag een collega van een andere school of een telefonische tolk.",
    )


def test_everything_is_missing_without_duties(workspace):
    forget(workspace, DutyRow)

    event = view(workspace)

    assert (event.duties, len(event.gaps) > len(view(workspace, LOOK).gaps) > 0) == ((), True)


def test_place_has_its_room_and_why(workspace):
    hall = view(workspace).rooms[0]

    assert (hall.place, hall.persons, hall.room, hall.capacity, hall.reason) == (
        "Centrale hal",
        70,
        "Centrale hal",
        160,
        "Centrale hal heeft 160 plaatsen en er worden 70 mensen verwacht; wat nodig is, staat er: hal en tafels.",
    )


def test_large_class_has_two_rooms(workspace):
    room = next(each for each in view(workspace, LOOK).rooms if each.scope == "2A")

    assert (room.room, room.capacity) == ("Lokaal 1.04 + Lokaal 1.05", 52)


def test_place_without_a_room_says_why(workspace):
    forget(workspace, RoomUseRow)

    hall = view(workspace).rooms[0]

    assert (hall.room, hall.capacity, hall.features, hall.reason) == (
        "",
        0,
        ("hal", "tafels"),
        "Deze kan nog: Centrale hal.",
    )


def test_round_of_conversations_has_no_rooms(workspace):
    assert view(workspace, TALK).rooms == ()


def test_language_group_has_its_dutch_name_as_scope(workspace):
    planning.choose_form(workspace, "welkom-najaar-gemengd", "speeddate", now=NOW)

    codes = set(workspace.languages)
    scopes = {room.scope for event in load_state(workspace).events for room in view(workspace, event.planned.id).rooms}
    assert scopes & codes == set()


def test_families_are_counted_by_language_and_class(workspace):
    event = view(workspace)

    assert (
        event.per_language[0].name,
        event.per_language[0].families,
        sum(each.families for each in event.per_language),
        event.persons,
    ) == ("Arabisch", 9, event.line.families, 70)


@pytest.mark.parametrize(
    ("event_id", "audience"),
    [
        (MARKET, "fase 1"),
        (LOOK, "fase 2; of gaat binnen 14 maanden naar een andere school"),
        ("welkom-najaar-ar", "gestart in de 3 maanden ervoor of binnen 4 weken erna"),
    ],
)
def test_audience_in_words(workspace, event_id, audience):
    assert view(workspace, event_id).audience == audience


def test_materials_are_counted(workspace):
    assert view(workspace, LOOK).materials[1:4] == (
        "Kijktafel met flyers, brochures, lesboeken en websites van scholen",
        "Presentatie met veel beeld",
        "2 × Filmpje van een open dag",
    )


def test_there_is_one_of_the_event_and_as_many_of_the_rest_as_are_expected(workspace):
    state = load_state(workspace)
    expected = state.expected(MARKET)

    counts = eventpage.counts_of(state.runbook(MARKET).sectors, state.runbook(MARKET), expected)

    assert (counts[Per.EVENT], counts[Per.SECTOR], counts[Per.GROUP], counts[Per.FAMILY]) == (1, 5, 5, 27)


def test_forms_are_offered_with_the_chosen_one(workspace):
    planning.choose_form(workspace, MARKET, "schoolplein", now=NOW)

    assert [(form.id, form.chosen) for form in view(workspace).forms] == [
        ("", False),
        ("schoolplein", True),
        ("regionaal-evenement", False),
    ]


def test_activity_without_forms_offers_none(workspace):
    assert view(workspace, TALK).forms == ()


def test_chosen_form_brings_its_own_steps(workspace):
    before = {step.id for step in view(workspace, LOOK).preparation}

    planning.choose_form(workspace, LOOK, "groepsbezoek", now=NOW)

    form = next(form for form in load_state(workspace).runbook(LOOK).forms if form.id == "groepsbezoek")
    after = {step.id for step in view(workspace, LOOK).preparation}
    assert after == (before - set(form.drops)) | {step.id for step in form.steps}


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_every_form_of_every_activity_has_a_page(workspace):
    one_of_each = {event.planned.runbook_id: event.planned.id for event in load_state(workspace).events}
    for runbook in workspace.cycle.runbooks:
        for form in runbook.forms:
            planning.choose_form(workspace, one_of_each[runbook.id], form.id, now=NOW)

            assert [each.id for each in view(workspace, one_of_each[runbook.id]).forms if each.chosen] == [form.id]


def test_broken_rule_is_shown(workspace):
    planning.move(workspace, MARKET, date(2027, 1, 19), pin=False, now=NOW)

    assert "K09" in {problem.rule for problem in view(workspace).problems}


def test_somebody_who_left_has_no_duties_any_more(workspace):
    state = load_state(workspace)
    duty = state.duties_of(MARKET)[0][0]
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_duties(workspace.session, MARKET, tuple(each for each in state.duties[MARKET] if each != duty))

    assert duty.person_id not in {each.person_id for each in view(workspace).duties}


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("runsheet", ["id", "start", "end", "place", "rooms", "what", "needs", "responsible", "people"]),
        (
            "preparation",
            ["id", "due", "moved_for", "weeks_before", "what", "who", "kind", "link", "condition", "done_at"],
        ),
        ("roles", ["role", "title", "scope", "minimum", "maximum", "rows"]),
        ("assignments", ["person", "person_id", "role", "scope", "rows", "reason"]),
        ("gaps", ["role", "scope", "missing", "why"]),
        ("rooms", ["place", "scope", "persons", "room", "capacity", "reason"]),
    ],
)
def test_facts_keep_their_keys(workspace, part, keys):
    facts = eventfacts.event_facts(workspace, MARKET, now=NOW)[part]

    assert [list(each) for each in facts] == [keys] * len(facts) != []


def test_facts_name_every_broken_rule(workspace):
    planning.move(workspace, MARKET, date(2027, 1, 19), pin=False, now=NOW)

    facts = eventfacts.event_facts(workspace, MARKET, now=NOW)["violations"]

    assert (facts[0]["rule"], list(facts[0])) == ("K09", ["rule", "hard", "where", "why"])


def test_facts_have_times_on_the_clock_of_the_school(workspace):
    facts = eventfacts.event_facts(workspace, MARKET, now=NOW)

    assert (facts["start"].isoformat(), facts["runsheet"][0]["start"].isoformat()) == (
        "2027-02-03T15:30:00+01:00",
        "2027-02-03T15:30:00+01:00",
    )


def test_facts_name_every_role_that_is_asked_for(workspace):
    roles = eventfacts.event_facts(workspace, MARKET, now=NOW)["roles"]

    needs = [need for need in load_state(workspace).staff_problem.needs.values() if need.event_id == MARKET]
    assert [(each["role"], each["scope"]) for each in roles] == [(need.role, need.scope) for need in needs]
