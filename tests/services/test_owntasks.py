"""One's own tasks: a personal link shows them and nothing else, answers outlive plans, availability counts."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from demoschool import NOW
from sqlalchemy import select, update

from planner.domain.access.rights import Actor, Role
from planner.domain.staffing.gaps import Gap
from planner.domain.staffing.people import PersonKind
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.answers import classpage
from planner.services.event import eventpage
from planner.services.people import availability, helperlinks, owntasks
from planner.services.people.owntexts import review_of
from planner.services.state import load_state
from planner.services.texts.wordings import words
from planner.services.year import feeds, planning, publishing, yearpage
from planner.storage.db import writing
from planner.storage.dutyanswers import load_answers
from planner.storage.models import DutyRow, FeedRow
from planner.storage.people import save_availability

on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
MARKET = "interessemarkt"


def token_of(workspace, person_id):
    return helperlinks.link_of(workspace, person_id).url.rpartition("/")[2]


def as_person(workspace, person_id, role=Role.HELPER):
    return replace(workspace, actor=Actor(role=role, name="Wie", person_id=person_id))


@pytest.fixture
def parent(workspace):
    """Return a sleutelouder who interprets Arabic at the market, the only one asked for it."""
    state = load_state(workspace)
    found = (who for _, need, who in state.duties_of(MARKET) if who.kind is PersonKind.KEY_PARENT and need.interprets)
    return next(who for who in found if who.interprets("ar"))


@pytest.fixture
def mine(workspace, parent):
    return as_person(workspace, parent.id)


def task_of(workspace, event_id=MARKET):
    return next(task for task in owntasks.view(workspace, now=NOW).tasks if task.event_id == event_id)


def test_link_opens_the_own_page_and_no_other(workspace, parent):
    assert helperlinks.link_of(workspace, parent.id) is None

    helperlinks.renew(workspace, parent.id, now=NOW)

    opened = helperlinks.opened(workspace, token_of(workspace, parent.id))
    assert (opened.actor.role, opened.actor.person_id, opened.actor.class_ids) == (Role.HELPER, parent.id, frozenset())
    with pytest.raises(NotFoundError):
        yearpage.year_view(opened, now=NOW)
    assert "<svg" in helperlinks.link_of(workspace, parent.id).qr_svg


def test_link_is_renewed_and_ended(workspace, parent):
    helperlinks.end(workspace, parent.id, now=NOW)
    helperlinks.renew(workspace, parent.id, now=NOW)
    first = token_of(workspace, parent.id)
    helperlinks.renew(workspace, parent.id, now=NOW)
    second = token_of(workspace, parent.id)

    with pytest.raises(NotFoundError, match="Deze link werkt niet"):
        helperlinks.opened(workspace, first)
    assert helperlinks.opened(workspace, second).actor.person_id == parent.id
    helperlinks.end(workspace, parent.id, now=NOW)
    with pytest.raises(NotFoundError):
        helperlinks.opened(workspace, second)
    assert helperlinks.link_of(workspace, parent.id) is None


def test_other_key_ends_every_link(workspace, parent):
    helperlinks.renew(workspace, parent.id, now=NOW)
    token = token_of(workspace, parent.id)
    other = replace(workspace, secret_key="y" * 40)

    with pytest.raises(NotFoundError):
        helperlinks.opened(other, token)
    assert helperlinks.link_of(other, parent.id) is None


def test_link_of_nobody(workspace):
    for change in (helperlinks.renew, helperlinks.end):
        with pytest.raises(NotFoundError):
            change(workspace, "niemand", now=NOW)
    with pytest.raises(NotFoundError):
        helperlinks.opened(workspace, "")


@on_one_database
def test_page_is_in_the_own_language_with_dutch_beside_it(mine, parent):
    view = owntasks.view(mine, now=NOW)

    assert (view.language, view.rtl, view.draft, view.name) == ("ar", True, True, parent.name)
    assert (view.own["says_yes"], view.dutch["says_yes"]) == ("نعم، سأحضر", "Ja, ik kom")
    assert [code for code, _ in view.languages] == ["ar", "nl", "en"]
    assert [owntasks.view(mine, language=each, now=NOW).language for each in ("ti", "xx", "nl")] == ["ti", "ar", "nl"]
    assert task_of(mine).day_own.endswith("2027")


@on_one_database
def test_task_tells_what_when_where_and_with_whom(workspace, mine):
    task = task_of(mine)
    state = load_state(workspace)

    start = state.event(MARKET).planned.span.first
    assert (task.title, task.day_digits, task.says, task.is_open) == ("Interessemarkt", f"{start:%d-%m-%Y}", "", True)
    assert task.time == "17:00–19:45"
    assert task.roles == ("Sleutelouder of sleutelpersoon (Arabisch)",)
    assert {name for each in owntasks.view(mine, now=NOW).tasks for name in each.together} <= {
        who.name.partition(" ")[0] for who in state.people if who.kind is PersonKind.STAFF
    }


@on_one_database
def test_who_interprets_in_one_class_is_told_its_rooms(workspace):
    state = load_state(workspace)
    look = "kijkje"
    need, who = next((need, who) for _, need, who in state.duties_of(look) if "@" in need.scope)
    task = task_of(as_person(workspace, who.id), look)

    known = state.room_problem.known(state.room_uses[look])
    classrooms = {room.name: each.scope for _, each, room in known if each.place_id == "klaslokaal"}
    assert {classrooms[room] for room in task.places if room in classrooms} == {need.class_id}


@on_one_database
def test_who_interprets_reads_what_can_be_said_at_each_stop(workspace, mine):
    stops = task_of(mine).stops
    lines = words(workspace, "ar").said_at(MARKET, "loopbaanlokaal")

    assert (stops.tongue.code, stops.draft) == ("ar", True)
    assert [(place, told.own) for place, told in stops.places] == [
        ("Loopbaanlokaal met vier hoeken", tuple(line.text for line in lines))
    ]
    host = next(who for _, need, who in load_state(workspace).duties_of(MARKET) if need.role == "vakdocent")
    assert task_of(as_person(workspace, host.id)).stops is None


@on_one_database
def test_steps_are_those_of_the_chosen_form(workspace):
    planning.choose_form(workspace, MARKET, "schoolplein", now=NOW)
    rows = {f"{row.start:%H:%M}": row.what for row in load_state(workspace).runbook(MARKET).rows}
    publishing.publish(workspace, by="Marieke", now=NOW)
    teacher = next(who for _, need, who in load_state(workspace).duties_of(MARKET) if need.role == "docent")

    steps = task_of(as_person(workspace, teacher.id)).steps

    assert ("17:30", rows["17:30"]) in steps
    assert {rows[time] for time, _ in steps} == {what for _, what in steps}


@on_one_database
def test_page_names_no_family_and_no_pupil(workspace, mine):
    state = load_state(workspace)
    page = repr(owntasks.view(mine, now=NOW).tasks)

    hidden = [*(home.name for home in state.school.households), *(pupil.last_name for pupil in state.school.pupils)]
    assert [name for name in hidden if f"{name}'" in page or f" {name} " in page] == []


@on_one_database
def test_round_of_conversations_has_days_and_no_time(workspace):
    state = load_state(workspace)
    mentor = next(who for who in state.people if who.class_id)
    tasks = owntasks.view(as_person(workspace, mentor.id, Role.MENTOR), now=NOW).tasks

    talks = [task for task in tasks if task.event_id.startswith("voortgangsgesprek-1")]
    assert [(task.time, task.steps, " – " in task.day_digits) for task in talks] == [("", (), True)]
    assert [date.fromisoformat("-".join(reversed(task.day_digits[:10].split("-")))) for task in tasks] == sorted(
        date.fromisoformat("-".join(reversed(task.day_digits[:10].split("-")))) for task in tasks
    )


def test_last_answer_counts(workspace, mine, parent):
    owntasks.answer(mine, MARKET, "ja", now=NOW)
    assert task_of(mine).says == "ja"

    owntasks.answer(mine, MARKET, "nee", reason=" Ik  werk dan. ", now=NOW)
    assert (task_of(mine).says, task_of(mine).reason) == ("nee", "Ik werk dan.")
    owntasks.answer(mine, MARKET, "ja", now=NOW + timedelta(days=1))
    assert (task_of(mine).says, task_of(mine).reason) == ("ja", "")
    assert {key[1] for key in load_answers(workspace.session)} == {parent.id}
    assert any(who.id == parent.id for _, _, who in load_state(workspace).duties_of(MARKET))


def test_no_is_a_gap_with_the_reason_for_the_coordinator(workspace, mine, parent):
    before = load_state(workspace).gaps[MARKET]

    owntasks.answer(mine, MARKET, "nee", reason="Ik werk dan.", now=NOW)

    state = load_state(workspace)
    assert parent.id not in {who.id for _, _, who in state.duties_of(MARKET)}
    fresh = [gap for gap in state.gaps[MARKET] if gap not in before]
    assert all(isinstance(gap, Gap) for gap in fresh)
    said = f"{parent.name} heeft nee gezegd op 10 november (Sleutelouder of sleutelpersoon (Arabisch))"
    assert eventpage.event_view(workspace, MARKET, now=NOW).declined == (f"{said}: Ik werk dan.",)
    first = yearpage.year_view(workspace, now=NOW).attention[0]
    assert (first.text.startswith(said), first.event_id, first.kind) == (True, MARKET, "mensen")
    assert publishing.unpublished(workspace, state) != ()


@on_one_database
def test_no_is_told_for_a_week_and_longer_where_somebody_is_missing(workspace, mine):
    owntasks.answer(mine, MARKET, "nee", now=NOW)
    state = load_state(workspace)
    need = next(need for need, _, _ in state.declines)
    is_missing = need.id in {gap.need_id for gap in state.gaps[MARKET]}

    def told(later):
        attention = yearpage.year_view(workspace, now=NOW + timedelta(days=later)).attention
        return [each.text.rpartition(") ")[2] for each in attention if "heeft nee gezegd" in each.text]

    then = "Zoek iemand anders." if is_missing else "Er zijn nog genoeg mensen."
    assert [len(told(later)) for later in (0, 7, 8, 365)] == [1, 1, int(is_missing), 0]
    assert told(0) == [then] or told(0)[0].endswith(then)


@on_one_database
@pytest.mark.parametrize("plan", [planning.propose, planning.replan])
def test_no_outlives_a_new_plan_and_the_person_is_not_asked_again(workspace, mine, parent, plan):
    owntasks.answer(mine, MARKET, "nee", now=NOW)

    plan(workspace, now=NOW)

    assert parent.id not in {who.id for _, _, who in load_state(workspace).duties_of(MARKET)}
    assert task_of(mine).says == "nee"
    publishing.publish(workspace, by="Marieke", now=NOW)
    assert task_of(mine).says == "nee"
    owntasks.answer(mine, MARKET, "ja", now=NOW)
    plan(workspace, now=NOW)
    assert [answer.says for answer in load_answers(workspace.session).values()] == ["ja"]


def test_pinned_duty_does_not_stand_against_a_no(workspace, mine, parent):
    session, state = workspace.session, load_state(workspace)
    key = next(duty.key for duty, _, who in state.duties_of(MARKET) if who.id == parent.id)
    with writing(session):
        session.execute(_pin(key))
    workspace.kept.clear()

    owntasks.answer(mine, MARKET, "nee", now=NOW)

    assert key not in {duty.key for duty in load_state(workspace).staff_plan}


def _pin(key):
    return update(DutyRow).where(DutyRow.need_id == key[0], DutyRow.person_id == key[1]).values(pinned=True)


@on_one_database
@pytest.mark.parametrize(
    ("says", "reason", "sentence"),
    [("misschien", "", "Kies ja of nee."), ("nee", "x" * 201, "hooguit 200"), ("nee", "\u202ex", "gewone tekens")],
)
def test_odd_answer_is_refused(mine, workspace, says, reason, sentence):
    with pytest.raises(InputError, match=sentence):
        owntasks.answer(mine, MARKET, says, reason=reason, now=NOW)
    assert load_answers(workspace.session) == {}


@on_one_database
def test_answer_to_what_one_was_not_asked_for(mine, workspace):
    with pytest.raises(NotFoundError, match="niet gevraagd"):
        owntasks.answer(mine, "overdrachtsgesprek-zomer", "ja", now=NOW)
    assert load_answers(workspace.session) == {}


@on_one_database
def test_answer_stays_open_until_the_evening_begins(mine, workspace):
    start = feeds.published(workspace, mine.actor.person_id)[load_state(workspace).event(MARKET).uid][0]

    owntasks.answer(mine, MARKET, "ja", now=start - timedelta(seconds=1))
    with pytest.raises(ConflictError, match="Bel de school"):
        owntasks.answer(mine, MARKET, "nee", now=start)
    late = owntasks.view(mine, now=start).tasks
    assert [(task.says, task.is_open) for task in late if task.event_id == MARKET] == [("ja", False)]
    assert MARKET not in {task.event_id for task in owntasks.view(mine, now=start + timedelta(days=1)).tasks}


@on_one_database
def test_what_is_not_published_is_not_shown(workspace, mine):
    day = load_state(workspace).event(MARKET).planned.span.first
    before = task_of(mine)
    planning.move(workspace, MARKET, _other_day(workspace, day), pin=True, now=NOW)

    assert task_of(mine).day_digits == before.day_digits
    publishing.publish(workspace, by="Marieke", now=NOW)
    after = [task for task in owntasks.view(mine, now=NOW).tasks if task.event_id == MARKET]
    assert [task.day_digits for task in after if task.day_digits == before.day_digits] == []


def _other_day(workspace, day):
    days = load_state(workspace).calendar.school_days()
    return next(each for each in days if each > day and each.weekday() == day.weekday())


def test_availability_is_kept_and_counts_in_the_planning(workspace, mine, parent):
    day = load_state(workspace).event(MARKET).planned.span.first
    form = {"not_before": "18:30", "most_evenings": "2"}

    availability.save(mine, form, days=["1", "3", "9"], away=[day.isoformat(), "", day.isoformat()])

    person = load_state(workspace).person(parent.id)
    kept = (person.weekdays & frozenset(range(5)), person.not_before, person.unavailable, person.max_evenings)
    assert kept == ({1, 3}, time(18, 30), {day}, 2)
    shown = owntasks.view(mine, now=NOW).availability
    assert [on for _, _, on in shown.weekdays] == [False, True, False, True, False]
    assert (shown.not_before, shown.away, shown.most_evenings) == ("18:30", (day.isoformat(),), "2")
    assert any(violation.rule == "S02" for violation in load_state(workspace).staff_violations)


def test_no_limits_are_left_empty(mine):
    availability.save(mine, {}, days=["0"], away=[])

    shown = owntasks.view(mine, now=NOW).availability
    assert (shown.not_before, shown.away, shown.most_evenings) == ("", (), "")


@on_one_database
@pytest.mark.parametrize(
    ("form", "days", "away", "sentence"),
    [
        ({}, [], [], "minstens één dag"),
        ({"not_before": "laat"}, ["1"], [], "geen tijd"),
        ({"most_evenings": "veel"}, ["1"], [], "geen aantal avonden"),
        ({"most_evenings": "100"}, ["1"], [], "geen aantal avonden"),
        ({"most_evenings": "٣"}, ["1"], [], "geen aantal avonden"),
        ({}, ["1"], ["gisteren"], "geen datum"),
        ({}, ["1"], ["2030-01-01"], "buiten dit schooljaar"),
        ({}, ["1"], [f"2026-{month:02}-{day:02}" for month in (9, 10, 11) for day in range(1, 29)], "meer dan 60"),
    ],
)
def test_odd_availability_is_refused_and_nothing_is_kept(workspace, mine, parent, form, days, away, sentence):
    with pytest.raises(InputError, match=sentence):
        availability.save(mine, form, days=days, away=away)

    assert load_state(workspace).person(parent.id) == parent


@on_one_database
def test_somebody_who_is_nobody_of_the_school(workspace):
    nobody = as_person(workspace, None, Role.COLLEAGUE)

    for look in (
        lambda: owntasks.view(nobody, now=NOW),
        lambda: owntasks.answer(nobody, MARKET, "ja", now=NOW),
        lambda: availability.save(nobody, {}, days=["1"], away=[]),
    ):
        with pytest.raises(NotFoundError):
            look()
    assert feeds.own_links(nobody) is None
    with pytest.raises(NotFoundError), writing(workspace.session):
        save_availability(workspace.session, "niemand", weekdays=[1], not_before=None, unavailable=[], max_evenings=1)


@on_one_database
def test_own_calendar_is_there_once_something_was_published(workspace, mine):
    assert owntasks.view(mine, now=NOW).feed.https.endswith(".ics")
    other = next(who for who in load_state(workspace).people if who.id not in _with_feed(workspace))
    assert owntasks.view(as_person(workspace, other.id), now=NOW).feed is None


def _with_feed(workspace):
    return set(workspace.session.scalars(select(FeedRow.person_id)))


@on_one_database
def test_school_sees_whether_a_translation_was_checked(workspace, parent):
    dutch = replace(parent, skills=())

    assert review_of(workspace, parent) == "Arabisch (concept, nog door niemand nagekeken)"
    assert review_of(workspace, dutch) == "Nederlands (van de redactie)"


@on_one_database
def test_mentor_sees_the_own_class_alone(workspace):
    state = load_state(workspace)
    mentor = next(who for who in state.people if who.class_id)
    mine = replace(workspace, actor=Actor(role=Role.MENTOR, class_ids=frozenset({mentor.class_id})))

    (view,) = classpage.view(mine, now=NOW)

    names = {each.id: each.name for each in state.school.classes}
    expected = sorted(
        f"{each.first_name} {each.last_name}" for each in state.school.pupils if each.class_id == mentor.class_id
    )
    assert (view.name, sorted(pupil.name for pupil in view.pupils)) == (names[mentor.class_id], expected)
    assert all(moment.last >= NOW.date() for moment in view.moments)
    assert {bool(moment.starts) for moment in view.moments} == {True, False}


@on_one_database
@pytest.mark.parametrize("classes", [None, frozenset()])
def test_who_has_no_class_has_no_class_page(workspace, classes):
    with pytest.raises(NotFoundError):
        classpage.view(replace(workspace, actor=Actor(role=Role.MENTOR, class_ids=classes)), now=NOW)
