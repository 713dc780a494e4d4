"""An evening that does not fit: one press on what is advised, a plan that the judge finds clean, and back again."""

import pytest
from demoschool import NOW
from sqlalchemy import select

from planner.domain.families.answers import Source
from planner.domain.routes.rounds import missing_visits
from planner.domain.routes.rules import validate_rounds
from planner.domain.routes.setup import RouteSetup
from planner.errors import ConflictError, InfeasibleError, InputError
from planner.services.answers import answering
from planner.services.answers.answering import Spot
from planner.services.invitations import invitations, stale
from planner.services.routes import routedeciding, routepage, routing
from planner.services.routes.routeplan import plan_of
from planner.services.state import load_state
from planner.services.year import moresectors, planning, severalevenings
from planner.storage.calendars import load_calendar
from planner.storage.db import writing
from planner.storage.models import AnswerRow, PupilInvitationRow
from planner.storage.records import bump_revision
from planner.storage.routes import save_setup

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
MARKET, SECOND = "interessemarkt", "interessemarkt-avond-2"


def view(workspace, event_id=MARKET):
    return routepage.route_view(workspace, event_id)


def judged(workspace, event_id=MARKET):
    """Return what the judge says about the plan as it is kept, and how many wanted visits it misses."""
    plan = plan_of(workspace, load_state(workspace), event_id)
    assert plan.visits
    return [each for each in validate_rounds(plan.problem, plan.visits) if each.hard], missing_visits(
        plan.problem, plan.visits
    )


@pytest.fixture
def crowded(workspace):
    """Return a school whose market does not fit: groups so small that there are too many of them."""
    with writing(workspace.session):
        save_setup(workspace.session, MARKET, "", RouteSetup(group_size=8))
        bump_revision(workspace.session)
    return workspace


KINDS = (
    "two groups in a room", "more rooms", "more rounds", "shorter sessions", "fewer topics", "more topics",
    "more evenings",
)  # fmt: skip


@only_sqlite
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_advised_fits_is_planned_without_a_broken_rule_and_goes_back(crowded, kind):
    before = view(crowded)
    assert not before.fits
    (advice,) = (each for each in before.repairs if each.kind == kind)
    assert (advice.can_take_over, advice.follows != ()) == (True, True)

    routedeciding.take_over(
        crowded, MARKET, kind, now=NOW, names=[f"Sector {n}" for n, _ in enumerate(advice.names, 1)]
    )

    after = view(crowded)
    assert (after.fits, len(after.settled)) == (True, 1)
    for event_id in (MARKET, SECOND) if kind == "more evenings" else (MARKET,):
        routing.propose(crowded, event_id)
        assert judged(crowded, event_id) == ([], 0)
    routedeciding.take_back(crowded, MARKET, after.settled[0].kind, now=NOW)
    assert (view(crowded).fits, view(crowded).settled) == (False, ())
    assert [each.kind for each in view(crowded).repairs] == [each.kind for each in before.repairs]


@only_sqlite
def test_second_evening_fits_too_when_groups_were_made_and_their_plan_can_be_put_back(crowded):
    routing.propose(crowded, MARKET)
    before = view(crowded)
    routing.pin_all(crowded, MARKET, pinned=True)
    with pytest.raises(ConflictError):
        routedeciding.take_over(crowded, MARKET, "more evenings", now=NOW)
    routing.pin_all(crowded, MARKET, pinned=False)

    routedeciding.take_over(crowded, MARKET, "more evenings", now=NOW)

    assert view(crowded).fits
    routing.replan(crowded, MARKET)
    assert judged(crowded) == ([], 0)
    routing.undo(crowded, MARKET)
    routedeciding.take_back(crowded, MARKET, "evenings", now=NOW)
    assert sum(len(group.families) for group in view(crowded).groups) == sum(
        len(group.families) for group in before.groups
    )


def days(workspace):
    return {event.planned.id: (event.planned.span, event.pinned) for event in load_state(workspace).events}


def test_second_evening_has_its_own_day_families_people_rooms_and_nothing_else_moves(workspace):
    before, pupils = days(workspace), load_state(workspace).event(MARKET).occurrence.pupil_ids

    (day,) = severalevenings.divide(workspace, MARKET, 2, now=NOW)

    state = load_state(workspace)
    one, two = state.event(MARKET), state.event(SECOND)
    assert {key: value for key, value in days(workspace).items() if key != SECOND} == before
    assert two.planned.span.first == day != one.planned.span.first
    assert [each.why for each in state.violations if each.hard] == []
    assert sorted((*one.occurrence.pupil_ids, *two.occurrence.pupil_ids)) == sorted(pupils)
    assert (one.uid != two.uid, two.occurrence.title) == (True, "Interessemarkt (tweede avond)")
    assert {event_id for event_id in state.duties if state.duties[event_id]} >= {MARKET, SECOND}
    assert {event_id for event_id in state.room_uses if state.room_uses[event_id]} >= {MARKET, SECOND}
    homes = [{home.id for home in invitations.invited_households(state, each)} for each in (MARKET, SECOND)]
    assert not homes[0] & homes[1]
    with pytest.raises(ConflictError):
        severalevenings.divide(workspace, SECOND, 2, now=NOW)


@only_sqlite
def test_planning_the_year_again_leaves_everybody_on_the_own_evening(workspace):
    severalevenings.divide(workspace, MARKET, 2, now=NOW)
    before = [load_state(workspace).event(each).occurrence for each in (MARKET, SECOND)]

    planning.propose(workspace, now=NOW)

    assert [load_state(workspace).event(each).occurrence for each in (MARKET, SECOND)] == before


def test_old_paper_leads_to_the_right_evening_and_answers_are_not_lost(workspace):
    state = load_state(workspace)
    sheets = {sheet.household_id: sheet for sheet in invitations.sheets(workspace, MARKET)}
    stale.note_printed(workspace, MARKET, sheets.values(), now=NOW)
    come = answering.reply_from(workspace, {"komt": "ja", "personen": "2"})
    for home in list(sheets):
        answering.answer(workspace, Spot(event_id=MARKET, household_id=home), come, source=Source.FAMILY, now=NOW)
    severalevenings.divide(workspace, MARKET, 2, now=NOW)
    state = load_state(workspace)
    moved = invitations.invited_households(state, SECOND)[0].id

    page = answering.family_page(workspace, Spot(event_id=MARKET, household_id=moved), language="nl", now=NOW)

    assert page.sheet.date_digits != sheets[moved].date_digits
    assert page.reply is None  # a yes to one day is no yes to another
    assert moved in [line.household_id for line in stale.wrong(workspace, SECOND)]
    assert "de dag" in [name for line in stale.wrong(workspace, SECOND) for name, _, _ in line.changes]
    assert stale.wrong(workspace, MARKET) == ()
    answering.answer(workspace, Spot(event_id=MARKET, household_id=moved), come, source=Source.FAMILY, now=NOW)
    assert moved in load_state(workspace).replies(SECOND)

    severalevenings.bring_together(workspace, SECOND, now=NOW)

    assert {*load_state(workspace).replies(MARKET)} == {*sheets}
    later = answering.family_page(workspace, Spot(event_id=SECOND, household_id=moved), language="nl", now=NOW)
    assert (later.sheet.date_digits, later.reply) == (sheets[moved].date_digits, come)
    assert workspace.session.scalar(select(AnswerRow).filter_by(event_id=SECOND, household_id=moved))


def test_divided_again_everybody_is_where_they_were(workspace):
    severalevenings.divide(workspace, MARKET, 2, now=NOW)
    before = [load_state(workspace).event(each) for each in (MARKET, SECOND)]
    severalevenings.bring_together(workspace, MARKET, now=NOW)
    severalevenings.bring_together(workspace, MARKET, now=NOW)  # once more changes nothing
    assert SECOND not in days(workspace)

    severalevenings.divide(workspace, MARKET, 2, now=NOW)

    after = [load_state(workspace).event(each) for each in (MARKET, SECOND)]
    assert [(each.uid, each.occurrence) for each in after] == [(each.uid, each.occurrence) for each in before]


def test_what_a_pupil_wrote_goes_along(workspace):
    severalevenings.divide(workspace, MARKET, 2, now=NOW)
    pupil = load_state(workspace).event(SECOND).planned.pupil_ids[0]
    severalevenings.bring_together(workspace, MARKET, now=NOW)
    facts = {"language": "nl", "greeting": [], "lines": [], "who": [], "border": "", "colour": False, "consent": True}
    checks = {"state": "draft", "note": "", "checked": "", "checked_by": "", "suggestion": "", "released_by": ""}
    with writing(workspace.session):
        row = PupilInvitationRow(event_id=MARKET, pupil_id=pupil, **facts, **checks, updated_at=NOW)
        workspace.session.add(row)

    severalevenings.divide(workspace, MARKET, 2, now=NOW)
    assert workspace.session.scalars(select(PupilInvitationRow.event_id)).all() == [SECOND]
    severalevenings.bring_together(workspace, MARKET, now=NOW)
    assert workspace.session.scalars(select(PupilInvitationRow.event_id)).all() == [MARKET]


@only_sqlite
def test_other_evening_takes_over_the_form_and_the_decisions(crowded):
    planning.choose_form(crowded, MARKET, "", now=NOW)
    routedeciding.take_over(crowded, MARKET, "more rounds", now=NOW)
    routedeciding.mark(crowded, MARKET, "absent", load_state(crowded).people[0].id, on=True)

    severalevenings.divide(crowded, MARKET, 2, now=NOW)

    found = view(crowded, SECOND)
    assert {each.kind for each in found.settled} == {"rounds", "evenings"}
    assert ([other for each in found.settled for other, _ in each.others], found.marks) == ([MARKET], ())
    assert "more evenings" not in [each.kind for each in found.repairs]


@only_sqlite
def test_no_evening_when_the_year_is_over(workspace):
    late = NOW.replace(year=2027, month=7, day=31)
    with pytest.raises(InfeasibleError):
        severalevenings.divide(workspace, MARKET, 2, now=late)
    assert load_calendar(workspace.session).last_day < late.date()
    assert SECOND not in days(workspace)


@only_sqlite
@pytest.mark.parametrize(
    "names", [[""], ["Zorg"], ["Groen", "groen"], ["a" * 41], ["<b>"], ["a:b"], ["a|b"], ["!"]],
    ids=["empty", "known", "twice", "long", "markup", "colon", "bar", "sign"],
)  # fmt: skip
def test_sector_with_an_odd_name_is_refused(workspace, names):
    with pytest.raises(InputError):
        moresectors.add_sectors(workspace, MARKET, names)
    assert view(workspace).settled == ()


def test_another_sector_has_a_room_and_people_and_counts(workspace):
    moresectors.add_sectors(workspace, MARKET, ["Groen & dier", "Techniek"])

    state = load_state(workspace)
    found = {stop.name: stop for stop in view(workspace).stops}
    assert (found["Techniek"].where != "", found["Groen & dier"].where != "") == (True, True)
    assert f"{MARKET}:vakdocent:Techniek" in state.staff_problem.needs
    moresectors.drop_sectors(workspace, MARKET)
    assert "Techniek" not in [stop.name for stop in view(workspace).stops]


def decide(workspace, **settings):
    """Keep decisions that no button makes."""
    with writing(workspace.session):
        save_setup(workspace.session, MARKET, "", RouteSetup(**settings))
        bump_revision(workspace.session)


@only_sqlite
def test_press_that_is_not_possible_has_no_button_and_says_why(crowded):
    with pytest.raises(InputError):
        routedeciding.take_over(crowded, MARKET, "more topics", now=NOW, names=["Groen"])  # three are needed
    decide(crowded, group_size=6)

    found = {each.kind: each for each in view(crowded).repairs}

    assert [kind for kind, each in found.items() if not each.can_take_over] == ["more rooms", "more topics"]
    assert "Geen lokaal vrij voor Sport (2). Zoek eerst een lokaal, bij Ruimtes." in found["more rooms"].follows
    assert found["more topics"].follows == ("Er zijn nog 5 lokalen vrij. Zoek er eerst lokalen bij.",)
    assert [found[kind].names for kind in ("more rooms", "more topics")] == [(), ()]
    for kind in ("more rooms", "more topics"):
        with pytest.raises(ConflictError):
            routedeciding.take_over(crowded, MARKET, kind, now=NOW)
    for taken, said in (
        ("Horeca en recreatie", "Geen lokaal vrij voor Zorg (2)"),
        ("Zorg", "Vrij op deze avond: Horeca"),
    ):
        decide(crowded, group_size=6, extra=(taken,) * 5)  # every room that was free
        (rooms,) = (each for each in view(crowded).repairs if each.kind == "more rooms")
        assert (rooms.follows[0].startswith(said), rooms.can_take_over) == (True, False)
    assert "Geen lokaal vrij voor Zorg (6)" in rooms.follows[1]


@only_sqlite
def test_rounds_that_end_before_the_invitation_does_need_no_telling(crowded):
    decide(crowded, group_size=11, session_minutes=15, rounds=5)

    (more,) = (each for each in view(crowded).repairs if each.kind == "more rounds")

    assert more.follows == ("Dat past voor het einde op de uitnodiging.",)


@only_sqlite
def test_fuller_groups_are_made_at_once_and_only_when_nothing_is_pinned(workspace):
    decide(workspace, group_size=9, wanted=3)
    (fresh,) = (each for each in view(workspace).repairs if each.kind == "fuller groups")
    routing.propose(workspace, MARKET)
    routing.pin_all(workspace, MARKET, pinned=True)
    (pinned,) = (each for each in view(workspace).repairs if each.kind == "fuller groups")
    assert (pinned.can_take_over, pinned.follows[-1]) == (False, "Er staat iets vast. Kies eerst: maak alles los.")
    with pytest.raises(ConflictError):
        routedeciding.take_over(workspace, MARKET, "fuller groups", now=NOW)
    routing.pin_all(workspace, MARKET, pinned=False)

    routedeciding.take_over(workspace, MARKET, "fuller groups", now=NOW)

    assert (len(view(workspace).groups), view(workspace).fits, len(fresh.follows)) == (8, True, 1)
    routing.replan(workspace, MARKET)
    assert judged(workspace) == ([], 0)
    routedeciding.take_back(workspace, MARKET, "most_groups", now=NOW)
    assert (len(view(workspace).groups), view(workspace).fits) == (9, False)


@only_sqlite
def test_tables_need_people_and_say_how_many(workspace):
    event_id = next(e.planned.id for e in load_state(workspace).events if e.planned.runbook_id == "welkom")
    planning.choose_form(workspace, event_id, "speeddate", now=NOW)

    found = view(workspace, event_id)

    assert not found.fits
    kinds = {each.kind: each for each in found.repairs}
    assert not {"fuller groups", "two groups in a room", "more rooms"} & kinds.keys()
    for kind in [each.kind for each in found.repairs if each.can_take_over]:
        routedeciding.take_over(workspace, event_id, kind, now=NOW)
        (decision,) = view(workspace, event_id).settled
        routedeciding.take_back(workspace, event_id, decision.kind, now=NOW)
        assert view(workspace, event_id).verdict == found.verdict


@only_sqlite
def test_consultation_hour_that_is_too_short_asks_for_people(workspace):
    hours = [e.planned for e in load_state(workspace).events if e.planned.runbook_id == "verder"]
    event_id = max(hours, key=lambda planned: len(planned.pupil_ids)).id
    planning.choose_form(workspace, event_id, "spreekuur", now=NOW)
    with writing(workspace.session):
        save_setup(workspace.session, event_id, "spreekuur", RouteSetup(rounds=1))
        bump_revision(workspace.session)

    (people,) = (each for each in view(workspace, event_id).repairs if each.kind == "more topics")

    assert (people.can_take_over, people.names) == (False, ())
    assert people.follows == ("Vraag mensen bij ‘Wie doet wat’. Daarna telt Schakelplan opnieuw.",)
    assert people.what.startswith("Vraag ")
