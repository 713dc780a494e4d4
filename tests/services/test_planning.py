import threading
from datetime import date, timedelta

import pytest
from contents import contents
from demoschool import NOW, YEAR
from sqlalchemy import func, select

from planner.domain.calendar import DAY
from planner.domain.staffing.dutyanswers import Answer, Says
from planner.errors import ConflictError, InfeasibleError, InputError, NotFoundError
from planner.services.state import load_state
from planner.services.year import planning, preparing, schoolsettings
from planner.storage.db import writing
from planner.storage.dutyanswers import load_answers, save_answers
from planner.storage.events import clear_events
from planner.storage.models import EventRow, StepStateRow
from planner.storage.records import bump_revision, load_facts

LATER = NOW + timedelta(hours=1)
MARKET, LOOK, WELCOME = "interessemarkt", "kijkje", "welkom-winter-gemengd"

# What the solver does takes seconds and asks nothing special of a database.
on_one_database = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def yes(key):
    """Return the answer of somebody who comes to the market."""
    need_id, person_id = key
    return Answer(need_id=need_id, person_id=person_id, event_id=MARKET, says=Says.YES, reason="", at=NOW)


def dates(workspace):
    return {event.planned.id: event.planned.span.first for event in load_state(workspace).events}


def free_evening(workspace, after):
    """Return the first Tuesday after a day with lessons and without an activity."""
    state, taken = load_state(workspace), set(dates(workspace).values())
    day = after + DAY
    while day.weekday() != 1 or day in taken or not state.calendar.is_school_day(day):
        day += DAY
    return day


@on_one_database
def test_the_same_school_gives_the_same_dates(workspace):
    before = dates(workspace)

    planning.propose(workspace, now=LATER)

    assert dates(workspace) == before


@on_one_database
def test_proposal_keeps_a_pinned_date(workspace):
    day = free_evening(workspace, dates(workspace)[MARKET])
    planning.move(workspace, MARKET, day, pin=True, now=LATER)

    planning.propose(workspace, now=LATER)

    event = load_state(workspace).event(MARKET)
    assert (event.planned.span.first, event.pinned, event.planned.reason) == (day, True, "Vastgezet door de school.")


@on_one_database
def test_proposal_forgets_the_pin_of_an_event_that_is_not_asked_for_any_more(workspace):
    event_id = "verder-zomer-vo"
    planning.move(workspace, event_id, free_evening(workspace, dates(workspace)[event_id]), pin=True, now=LATER)
    form = {"name": "ISK", "evening_1": "15:30", "region": "Midden", "label": YEAR, "verder_split": "1"}
    calendar = load_state(workspace).calendar
    form |= {"first_day": str(calendar.first_day), "last_day": str(calendar.last_day), "market_last_year": "1"}
    schoolsettings.save(workspace, form, feasts=())

    planning.propose(workspace, now=LATER)

    assert event_id not in dates(workspace)


@on_one_database
def test_replan_keeps_pins_and_moves_only_what_a_new_free_day_hits(workspace):
    planning.move(workspace, LOOK, free_evening(workspace, dates(workspace)[LOOK]), pin=True, now=LATER)
    before = dates(workspace)
    schoolsettings.add_period(workspace, {"name": "Studiedag", "first": str(before[MARKET]), "kind": "gesloten"})

    planning.replan(workspace, now=LATER)

    assert [event_id for event_id, day in dates(workspace).items() if day != before[event_id]] == [MARKET]


@on_one_database
def test_year_without_a_plan_names_the_rule_and_changes_nothing(workspace):
    calendar = load_state(workspace).calendar
    form = {"name": "ISK", "evening_4": "23:00", "region": "Midden", "label": YEAR}
    form |= {"first_day": str(calendar.first_day), "last_day": str(calendar.last_day)}
    schoolsettings.save(workspace, form, feasts=())
    before = contents(workspace.session)

    with pytest.raises(InfeasibleError) as refused:
        planning.propose(workspace, now=LATER)

    assert (refused.value.rules, contents(workspace.session)) == (("K03",), before)


@on_one_database
def test_replan_of_nothing_is_a_proposal(workspace):
    before = dates(workspace)
    with writing(workspace.session):
        bump_revision(workspace.session)
        clear_events(workspace.session)

    planning.replan(workspace, now=LATER)

    assert dates(workspace) == before


@on_one_database
@pytest.mark.parametrize("plan", [planning.propose, planning.replan])
def test_a_new_plan_loses_no_ticks_and_no_answers(workspace, plan):
    duty, step = load_state(workspace).duties_of(MARKET)[0][0], load_state(workspace).runbook(MARKET).steps[-1]
    preparing.tick(workspace, MARKET, step.id, by="Marieke", now=NOW)
    with writing(workspace.session):
        save_answers(workspace.session, [yes(duty.key)])
    planning.move(workspace, LOOK, free_evening(workspace, dates(workspace)[LOOK]), pin=False, now=LATER)
    ticks = workspace.session.scalar(select(func.count()).select_from(StepStateRow))

    plan(workspace, now=LATER)

    after = workspace.session.scalar(select(func.count()).select_from(StepStateRow))
    assert (after, load_answers(workspace.session)) == (ticks, {duty.key: yes(duty.key)})


@on_one_database
def test_plan_of_someone_who_was_later_is_refused_and_nothing_is_lost(workspace, other):
    day = free_evening(workspace, dates(workspace)[MARKET])

    def move_meanwhile(done, total, label):
        del total, label
        if done == 1:
            planning.move(other, MARKET, day, pin=False, now=LATER)

    with pytest.raises(ConflictError, match=r"^Iemand anders heeft dit intussen veranderd"):
        planning.replan(workspace, now=LATER, progress=move_meanwhile)

    assert dates(workspace)[MARKET] == day


def test_move_of_someone_who_was_later_is_refused(workspace, other):
    """Two coordinators press the button at once: the second waits for the first and then sees that it was later."""
    day, locked = free_evening(workspace, dates(workspace)[MARKET]), threading.Event()
    waiting = threading.Event()

    def move_first():
        with writing(other.session):
            bump_revision(other.session)
            locked.set()
            waiting.wait(2)
            # The other one has read the school by now, or will find the change: both end well.
            threading.Event().wait(0.3)

    first = threading.Thread(target=move_first)
    first.start()
    locked.wait(5)
    waiting.set()
    before = contents_of_events(workspace)
    with pytest.raises(ConflictError):
        planning.move(workspace, MARKET, day, pin=True, now=LATER)
    first.join()

    assert contents_of_events(workspace) == before


def contents_of_events(workspace):
    return sorted(map(tuple, workspace.session.execute(select(EventRow.__table__))))


def test_moved_event_gets_the_day_the_pin_and_a_reason(workspace):
    day = free_evening(workspace, dates(workspace)[MARKET])

    planning.move(workspace, MARKET, day, pin=True, now=LATER)

    event = load_state(workspace).event(MARKET)
    assert (event.planned.span.first, event.pinned, event.planned.reason, event.modified_at) == (
        day,
        True,
        "Gekozen door de school.",
        LATER,
    )


def test_moved_event_keeps_its_uid(workspace):
    before = load_state(workspace).event(MARKET).uid

    planning.move(workspace, MARKET, free_evening(workspace, dates(workspace)[MARKET]), pin=False, now=LATER)

    assert load_state(workspace).event(MARKET).uid == before


def test_move_to_a_holiday_is_refused_and_changes_nothing(workspace):
    before = contents(workspace.session)

    with pytest.raises(InputError) as refused:
        planning.move(workspace, MARKET, date(2026, 12, 22), pin=True, now=LATER)

    assert str(refused.value) == (
        "'Interessemarkt' kan niet op deze dag. Dinsdag 22 december 2026 is vrij: Kerstvakantie. Kies een andere dag."
    )
    assert contents(workspace.session) == before


@pytest.mark.parametrize("day", [date(2026, 8, 4), date(2027, 9, 7), date(1, 1, 1), date(9999, 12, 31)])
def test_move_outside_the_school_year_is_refused(workspace, day):
    with pytest.raises(InputError, match=r"^'Interessemarkt' kan niet op deze dag"):
        planning.move(workspace, MARKET, day, pin=False, now=LATER)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_round_moved_outside_the_school_year_is_refused(workspace, day):
    with pytest.raises(InputError, match=r"kan niet op deze dag"):
        planning.move(workspace, "voortgangsgesprek-2", day, pin=False, now=LATER)


def test_pinned_event_can_be_moved_again(workspace):
    day = free_evening(workspace, dates(workspace)[MARKET])
    planning.move(workspace, MARKET, day, pin=True, now=LATER)
    next_day = free_evening(workspace, day)

    planning.move(workspace, MARKET, next_day, pin=True, now=LATER)

    assert dates(workspace)[MARKET] == next_day


def test_unknown_event_cannot_be_moved(workspace):
    with pytest.raises(NotFoundError, match=r'^De activiteit "markt" staat niet in dit schooljaar.$'):
        planning.move(workspace, "markt", date(2027, 3, 16), pin=False, now=LATER)


def test_unpinned_event_keeps_its_date(workspace):
    day = free_evening(workspace, dates(workspace)[MARKET])
    planning.move(workspace, MARKET, day, pin=True, now=LATER)

    planning.unpin(workspace, MARKET, now=LATER)

    event = load_state(workspace).event(MARKET)
    assert (event.planned.span.first, event.pinned) == (day, False)


def test_unknown_event_cannot_be_unpinned(workspace):
    with pytest.raises(NotFoundError):
        planning.unpin(workspace, "markt", now=LATER)


@pytest.mark.parametrize("form_id", ["schoolplein", "regionaal-evenement"])
def test_form_chosen_back_and_forth_keeps_ticks_and_answers(workspace, form_id):
    keys = [duty.key for duty, _, _ in load_state(workspace).duties_of(MARKET)]
    for step in load_state(workspace).runbook(MARKET).steps:
        preparing.tick(workspace, MARKET, step.id, by="Marieke", now=NOW)
    ticks = sorted(map(tuple, workspace.session.execute(select(StepStateRow.__table__))))
    with writing(workspace.session):
        save_answers(workspace.session, map(yes, keys))

    planning.choose_form(workspace, MARKET, form_id, now=LATER)
    planning.choose_form(workspace, MARKET, "", now=LATER)

    assert load_answers(workspace.session) == {key: yes(key) for key in keys}
    assert sorted(map(tuple, workspace.session.execute(select(StepStateRow.__table__)))) == ticks


def test_chosen_form_decides_who_is_needed(workspace):
    planning.choose_form(workspace, WELCOME, "tour", now=LATER)

    state = load_state(workspace)
    asked = {need.id for need in state.staff_problem.needs.values()}
    assert {need.id for _, need, _ in state.duties_of(WELCOME)} <= asked
    assert state.event(WELCOME).form_id == "tour"


def test_form_of_another_activity_is_refused(workspace):
    with pytest.raises(InputError, match=r'^"tour" is geen vorm van Interessemarkt. Kies een vorm uit de lijst.$'):
        planning.choose_form(workspace, MARKET, "tour", now=LATER)


def test_rule_is_set_aside_and_counts_again(workspace):
    planning.override(workspace, "C01", "  Dit jaar\n niet. ", now=LATER)
    aside = load_state(workspace).overrides
    planning.override(workspace, "C01", " ", now=LATER)

    assert (aside, load_state(workspace).overrides) == ({"C01": "Dit jaar niet."}, {})


def test_rule_set_aside_is_not_judged(workspace):
    rule = load_state(workspace).violations[0].rule

    planning.override(workspace, rule, "Dat kan hier niet anders.", now=LATER)

    assert rule not in {violation.rule for violation in load_state(workspace).violations}


@pytest.mark.parametrize("rule", ["K01", "K02", "K12", "K13"])
def test_rule_without_which_no_plan_is_right_cannot_be_set_aside(workspace, rule):
    with pytest.raises(InputError, match=f"^Regel {rule} kan niet uit"):
        planning.override(workspace, rule, "Toch", now=LATER)


def test_unknown_rule(workspace):
    with pytest.raises(NotFoundError, match=r'^Er is geen regel "C99".$'):
        planning.override(workspace, "C99", "Toch", now=LATER)


@pytest.mark.parametrize("reason", ["x" * 501, "nul \0", "draai \u202e om"])
def test_odd_reason_is_refused(workspace, reason):
    with pytest.raises(InputError, match=r"^Gebruik voor de reden hooguit 500 gewone tekens.$"):
        planning.override(workspace, "C01", reason, now=LATER)


def test_nothing_can_be_planned_without_a_school(empty):
    with pytest.raises(NotFoundError, match=r"^Er is nog geen school ingericht.$"):
        planning.propose(empty, now=LATER)


def test_state_is_kept_until_the_school_changes(workspace):
    kept = load_state(workspace)
    same = load_state(workspace)
    with writing(workspace.session):
        bump_revision(workspace.session)

    assert (same is kept, load_state(workspace) is kept, load_facts(workspace.session).revision) == (
        True,
        False,
        kept.facts.revision + 1,
    )
