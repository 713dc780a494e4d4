"""What people were told about the routes: kept as it was, and every change counts from there."""

import pytest
from demoschool import NOW
from sqlalchemy import update

from planner.domain.families.answers import Source
from planner.domain.routes.setup import RouteSetup
from planner.errors import InputError
from planner.services.answers import answering
from planner.services.answers.answering import Spot
from planner.services.keeping import households
from planner.services.routes import routedeciding, routepage, routetold, routing
from planner.services.state import load_state
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.models import RoomUseRow, RouteSetupRow
from planner.storage.records import bump_revision
from planner.storage.routes import save_setup

MARKET = "interessemarkt"
only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def view(workspace):
    return routepage.route_view(workspace, MARKET)


def said(workspace):
    return [(change.who, change.what) for change in view(workspace).changes]


@pytest.fixture
def told(workspace):
    routing.propose(workspace, MARKET)
    routetold.tell(workspace, MARKET, by="Noor", now=NOW)
    return workspace


@only_sqlite
def test_nothing_can_be_told_before_there_is_a_plan(workspace):
    with pytest.raises(InputError):
        routetold.tell(workspace, MARKET, by="Noor", now=NOW)
    routing.propose(workspace, MARKET)
    assert (view(workspace).told_at, view(workspace).told_by) == (None, "")


def test_what_was_told_is_known_with_who_and_when_and_can_be_taken_back(told):
    assert (view(told).told_at, view(told).told_by, said(told)) == (NOW, "Noor", [])

    routetold.untell(told, MARKET)

    assert (view(told).told_at, view(told).told_by) == (None, "")


def test_changes_add_up_from_what_was_told_and_telling_again_clears_them(told):
    one, other = view(told).groups[:2]
    family = one.families[0]
    routing.move_family(told, MARKET, party=family.id, group=other.id)
    first = said(told)
    assert first == [(family.name, f"{other.label} in plaats van {one.label}.")]
    guide = other.companions[0]

    routing.move_companion(told, MARKET, person=guide.person_id, group="")

    assert said(told) == [*first, (guide.name, f"Loopt niet meer mee met {other.label}.")]
    routetold.tell(told, MARKET, by="", now=NOW)
    assert said(told) == []


@only_sqlite
def test_repair_stays_near_what_was_told_and_comes_back_to_it(told):
    before = view(told)
    lost = before.stops[0]
    routedeciding.mark(told, MARKET, "lost", lost.id, on=True)
    changes = routing.replan(told, MARKET)
    assert changes
    assert said(told) == [(change.who, change.what) for change in changes]
    routedeciding.mark(told, MARKET, "lost", lost.id, on=False)

    assert routing.replan(told, MARKET) == ()

    assert [(stop.id, stop.cells) for stop in view(told).stops] == [(stop.id, stop.cells) for stop in before.stops]


@only_sqlite
def test_visit_pinned_since_stays_pinned_in_a_repair(told):
    stop = view(told).stops[1]
    group = next(each for each in view(told).groups if stop.name not in each.route)
    routing.move_visit(told, MARKET, walker=group.id, number=2, stop=stop.id, pin=True)

    routing.replan(told, MARKET)

    cell = next(each for each in view(told).stops if each.id == stop.id).cells[1]
    assert (cell.walkers, cell.pinned) == ((group.label,), True)
    guide = view(told).groups[0].companions[0]
    routing.move_companion(told, MARKET, person=guide.person_id, group=view(told).groups[1].id)
    routing.replan(told, MARKET)
    assert guide.person_id in [one.person_id for one in view(told).groups[1].companions]


@only_sqlite
def test_family_that_is_gone_and_other_times_and_rooms_are_told(told):
    family = view(told).groups[0].families[0]
    routedeciding.mark(told, MARKET, "away", family.id, on=True)
    rooms = {use.need_id.split(":")[2]: use for use in load_state(told).room_uses[MARKET] if "lokaal:" in use.need_id}
    names = load_state(told).room_names
    with writing(told.session):
        save_setup(told.session, MARKET, "", RouteSetup(session_minutes=15, rounds=5, away=frozenset({family.id})))
        for sector, other in (("Zorg", "Bouw"), ("Bouw", "Zorg")):
            which = update(RoomUseRow).where(RoomUseRow.need_id == rooms[sector].need_id)
            told.session.execute(which.values(room_id=rooms[other].room_id))
        bump_revision(told.session)

    found = said(told)

    assert (family.name, "Is niet meer in Groep 1.") in found
    assert ("Ronde 2", "17:50 in plaats van 17:55.") in found
    zorg, bouw = (names[rooms[sector].room_id] for sector in ("Zorg", "Bouw"))
    assert {("Zorg", f"{bouw} in plaats van {zorg}."), ("Bouw", f"{zorg} in plaats van {bouw}.")} <= {*found}


@only_sqlite
def test_family_that_said_no_is_told_by_name(told):
    family = view(told).groups[0].families[0]
    no = answering.reply_from(told, {"komt": "nee"})
    answering.answer(told, Spot(event_id=MARKET, household_id=family.id), no, source=Source.FAMILY, now=NOW)

    assert (family.name, "Is niet meer in Groep 1.") in said(told)


def test_each_form_has_its_own(told):
    planning.choose_form(told, MARKET, "schoolplein", now=NOW)
    assert view(told).told_at is None
    planning.choose_form(told, MARKET, "", now=NOW)
    assert (view(told).told_at, said(told)) == (NOW, [])


def test_last_change_is_put_back_and_forth(told):
    with pytest.raises(InputError):
        routing.undo(told, "kijkje")
    one, other = view(told).groups[:2]
    before = view(told)
    routing.move_family(told, MARKET, party=one.families[0].id, group=other.id)
    after = view(told)

    routing.undo(told, MARKET)
    assert (view(told).groups, view(told).stops, view(told).changes) == (before.groups, before.stops, ())
    routing.undo(told, MARKET)
    assert (view(told).groups, view(told).can_undo) == (after.groups, True)


@only_sqlite
def test_planning_anew_by_mistake_is_put_back(told):
    routing.move_visit(told, MARKET, walker=view(told).groups[0].id, number=1, stop="", pin=False)
    before = view(told).stops
    routing.propose(told, MARKET)

    routing.undo(told, MARKET)

    assert view(told).stops == before


@only_sqlite
def test_what_a_move_breaks_stands_beside_the_group_and_the_place(told):
    stop = view(told).stops[0]
    number, taken = next((n, cell.walkers[0]) for n, cell in enumerate(stop.cells, 1) if cell.walkers)
    group = next(each for each in view(told).groups if each.label != taken and stop.name not in each.route)

    routing.move_visit(told, MARKET, walker=group.id, number=number, stop=stop.id, pin=True)

    there = view(told).stops[0]
    assert [line.startswith(f"In ronde {number} zijn bij {stop.name} tegelijk") for line in there.broken] == [True]
    again = next(n for n, cell in enumerate(stop.cells, 1) if n != number and not cell.walkers)
    routing.move_visit(told, MARKET, walker=group.id, number=again, stop=stop.id, pin=True)
    mine = next(each for each in view(told).groups if each.id == group.id)
    assert mine.broken == (f"{group.label} is 2 keer bij {stop.name}.",)
    routing.undo(told, MARKET)
    assert next(each for each in view(told).groups if each.id == group.id).broken == ()


def test_household_that_is_erased_is_in_nothing_that_was_kept(told):
    family = view(told).groups[0].families[0]
    routing.move_family(told, MARKET, party=family.id, group=view(told).groups[1].id)
    row = told.session.get(RouteSetupRow, (MARKET, ""))
    assert (family.id in row.told["members"], family.id in row.before["members"]) == (True, True)

    households.erase(told, family.id, confirmed="ja", by="Noor", now=NOW)

    row = told.session.get(RouteSetupRow, (MARKET, ""))
    told.session.refresh(row)
    assert (family.id in row.told["members"], family.id in row.before["members"]) == (False, False)
    told.kept.clear()
    assert family.name not in [who for who, _ in said(told)]
    assert load_state(told).school.households
