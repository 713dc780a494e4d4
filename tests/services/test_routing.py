"""Who walks where at the demo school, on both databases: planned, repaired, moved by hand, and never lost."""

from dataclasses import replace

import pytest
from demoschool import NOW
from sqlalchemy import select

from planner.domain.access.rights import NOBODY
from planner.domain.families.answers import Reply, Source
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services import tasks
from planner.services.answers import answering
from planner.services.event import formpage
from planner.services.keeping import households
from planner.services.routes import routedeciding, routefacts, routepage, routing
from planner.services.state import load_state
from planner.services.year import planning
from planner.storage.db import writing
from planner.storage.models import RouteSetupRow, TaskRow
from planner.storage.records import bump_revision

MARKET = "interessemarkt"


def view(workspace, event_id=MARKET):
    return routepage.route_view(workspace, event_id)


def hard(found):
    return [problem.why for problem in found.problems if problem.hard]


@pytest.fixture
def planned(workspace):
    routing.propose(workspace, MARKET)
    return workspace


def test_count_comes_before_a_plan(workspace):
    found = view(workspace)

    assert (found.fits, found.is_planned, found.has_rounds, found.problems) == (True, False, True, ())
    assert found.verdict.startswith("Het past. ")
    assert [stop.name for stop in found.stops] == ["Horeca en recreatie", "Zorg", "Bouw", "Kinderen", "Sport"]


def test_plan_gives_every_group_four_sectors_and_a_guide_or_says_so(planned):
    found = view(planned)

    assert hard(found) == []
    assert all(len([stop for stop in group.route if stop != "hal"]) == 4 for group in found.groups)
    without = [group.label for group in found.groups if "begeleidt" not in [one.task for one in group.companions]]
    assert [f"{label} heeft nog geen begeleider." for label in without] == [
        problem.why for problem in found.problems if problem.rule == "H03"
    ]
    assert sum(group.persons for group in found.groups) == sum(
        family.persons for group in found.groups for family in group.families
    )


def test_the_same_school_gives_the_same_plan(planned, other):
    before = view(planned)
    routing.propose(other, MARKET)

    assert view(other) == before


def test_lost_room_changes_little_and_says_for_whom(planned):
    before = view(planned)
    lost = before.stops[0]
    routedeciding.mark(planned, MARKET, "lost", lost.id, on=True)

    changes = routing.replan(planned, MARKET)

    found = view(planned)
    there = sum(bool(cell.walkers) for cell in lost.cells)
    assert there <= len(changes) <= 2 * there
    assert [(change.who, change.what) for change in found.changes] == [(c.who, c.what) for c in changes]
    assert [mark.said for mark in found.marks] == ["valt uit"]
    assert lost.name not in [stop.name for stop in found.stops]
    assert hard(found) == []
    routedeciding.mark(planned, MARKET, "lost", lost.id, on=False)
    assert view(planned).marks == ()


def test_ill_guide_is_replaced_or_missed(planned):
    guide = view(planned).groups[0].companions[0]
    routedeciding.mark(planned, MARKET, "absent", guide.person_id, on=True)

    changes = routing.replan(planned, MARKET)

    assert (guide.name, "Loopt niet meer mee met Groep 1.") in [(change.who, change.what) for change in changes]
    assert guide.person_id not in {one.person_id for group in view(planned).groups for one in group.companions}


def test_family_that_stays_away_and_one_that_comes_after_all(planned):
    before = view(planned)
    gone, late = before.groups[0].families[0], before.late_choices[0]
    routedeciding.mark(planned, MARKET, "away", gone.id, on=True)
    routedeciding.mark(planned, MARKET, "late", late.id, on=True)

    changes = routing.replan(planned, MARKET)

    there = {family.id: group.id for group in view(planned).groups for family in group.families}
    was = {family.id: group.id for group in before.groups for family in group.families}
    assert gone.id not in there
    assert late.id in there
    assert there.items() >= {key: value for key, value in was.items() if key != gone.id}.items()
    assert (gone.name, "Is niet meer in Groep 1.") in [(change.who, change.what) for change in changes]


def test_family_that_does_not_come_to_a_speed_date_has_no_talks(workspace):
    event_id = "welkom-winter-gemengd"
    planning.choose_form(workspace, event_id, "speeddate", now=NOW)
    routing.propose(workspace, event_id)
    before = view(workspace, event_id)
    gone = before.away_choices[0]

    routedeciding.mark(workspace, event_id, "away", gone.id, on=True)
    routing.replan(workspace, event_id)

    after = view(workspace, event_id)
    assert gone not in after.away_choices
    assert {each.id for each in before.groups} - {each.id for each in after.groups} >= {f"{gone.id}/1"}
    assert hard(after) == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_speed_date_asks_one_to_talk_with_for_each_parent_and_says_how_many_are_missing(workspace):
    event_id = "welkom-najaar-ar"
    planning.choose_form(workspace, event_id, "speeddate", now=NOW)
    state = load_state(workspace)
    parents = state.expected(event_id).parents
    asked = {role: state.need(f"{event_id}:{role}:event").minimum for role in ("fase-2-leerling", "docent")}
    found = view(workspace, event_id)

    assert asked == {"fase-2-leerling": -(-6 * parents // 10), "docent": -(-4 * parents // 10)}
    missing = parents - len(found.stops)
    (more,) = (each.what for each in found.repairs if each.kind == "more topics")
    assert more == f"Vraag {missing} mensen meer om mee te praten, elk aan een eigen tafel."
    routedeciding.take_over(workspace, event_id, "fewer topics", now=NOW)
    fewer = view(workspace, event_id)
    assert (fewer.verdict.startswith("Het past. "), fewer.settled[0].what) == (True, "Elke ouder heeft 2 gesprekjes.")
    routing.propose(workspace, event_id)
    assert hard(view(workspace, event_id)) == []


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_groups_without_rounds_are_counted_against_the_people_who_walk_along(workspace):
    planning.choose_form(workspace, "kijkje", "groepsbezoek", now=NOW)
    routing.propose(workspace, "kijkje")
    found = view(workspace, "kijkje")
    guides = [one.person_id for group in found.groups for one in group.companions if one.task == "begeleidt"]
    everybody = {*guides, *(one.person_id for one in found.reserves)}
    assert not [line for line in found.shortages if "begeleider" in line]

    for person_id in sorted(everybody - set(guides[:1])):
        routedeciding.mark(workspace, "kijkje", "absent", person_id, on=True)

    groups = len(found.groups)
    said = f"{groups} groepen vragen elk een begeleider. Er zijn er 1. Vraag nog {groups - 1} mensen om mee te lopen."
    assert view(workspace, "kijkje").shortages[0] == said


def test_languages_with_more_groups_than_interpreters_are_named_before_a_plan(workspace):
    said = [line for line in view(workspace).shortages if line.startswith("Van deze talen")]
    routing.propose(workspace, MARKET)

    named = {part.partition(" (nog")[0] for line in said for part in line.partition(": ")[2].split(", ")}
    missing = [problem.why for problem in view(workspace).problems if problem.rule == "H04"]
    assert len(said) == 1
    assert all(any(f"niemand voor {name}" in why for why in missing) for name in named)


def test_repair_makes_room_where_a_family_comes_with_more_people(planned):
    group = max(view(planned).groups, key=lambda each: each.persons)
    family = group.families[0]
    reply = Reply(coming=True, persons=family.persons + 12)
    spot = answering.Spot(event_id=MARKET, household_id=family.id)
    answering.answer(planned, spot, reply, source=Source.FAMILY, now=NOW)
    assert "L07" in {problem.rule for problem in view(planned).problems}

    changes = routing.replan(planned, MARKET)

    assert hard(view(planned)) == []
    assert [change.what for change in changes if "in plaats van" in change.what and group.label in change.what]


def test_page_of_other_groups_moves_nothing(planned):
    old = view(planned)
    family, other = old.groups[0].families[0], old.groups[1]
    routing.move_family(planned, MARKET, party=family.id, group=other.id, stamp=old.stamp)
    now = view(planned)

    with pytest.raises(ConflictError):
        routing.move_family(planned, MARKET, party=old.groups[2].families[0].id, group="g1", stamp=old.stamp)
    with pytest.raises(ConflictError):
        routing.move_visit(planned, MARKET, walker="g1", number=1, stop="", pin=True, stamp=old.stamp)
    person = old.groups[0].companions[0].person_id
    with pytest.raises(ConflictError):
        routing.move_companion(planned, MARKET, person=person, group="", stamp=old.stamp)
    assert view(planned) == now
    routing.move_visit(planned, MARKET, walker="g1", number=1, stop="", pin=False, stamp=now.stamp)


def test_repair_of_nothing_plans(workspace):
    assert routing.replan(workspace, MARKET) == ()
    assert view(workspace).is_planned
    assert routing.replan(workspace, MARKET) == ()


def test_visit_moved_by_hand_stays_and_shows_what_it_breaks(planned):
    stop = view(planned).stops[0]
    taken = next(cell.walkers[0] for cell in stop.cells if cell.walkers)
    group = next(each for each in view(planned).groups if each.label != taken)
    number = next(n for n, cell in enumerate(stop.cells, 1) if cell.walkers == (taken,))

    routing.move_visit(planned, MARKET, walker=group.id, number=number, stop=stop.id, pin=True)

    assert {"L02"} <= {problem.rule for problem in view(planned).problems if problem.hard}
    routing.replan(planned, MARKET)
    found = view(planned)
    cell = next(each for each in found.stops if each.id == stop.id).cells[number - 1]
    assert (cell.walkers, cell.pinned, hard(found)) == ((group.label,), True, [])
    assert found.any_pinned
    routing.propose(planned, MARKET)
    cell = next(each for each in view(planned).stops if each.id == stop.id).cells[number - 1]
    assert cell.walkers == (group.label,)


def test_visit_taken_away_leaves_the_hall(planned):
    group = view(planned).groups[0]
    number = next(n for n, stop in enumerate(group.route, 1) if stop != "hal")

    routing.move_visit(planned, MARKET, walker=group.id, number=number, stop="", pin=False)

    assert view(planned).groups[0].route[number - 1] == "hal"


@pytest.mark.parametrize(
    "wrong", [{"walker": "g99"}, {"number": 99}, {"stop": "nergens"}], ids=["walker", "number", "stop"]
)
def test_visit_that_is_not_there_is_refused(planned, wrong):
    with pytest.raises(InputError):
        routing.move_visit(planned, MARKET, **{"walker": "g1", "number": 1, "stop": "", "pin": False, **wrong})


def test_family_moves_to_another_group(planned):
    one, other = view(planned).groups[:2]

    routing.move_family(planned, MARKET, party=one.families[0].id, group=other.id)

    assert one.families[0].id in [family.id for family in view(planned).groups[1].families]
    with pytest.raises(InputError):
        routing.move_family(planned, MARKET, party="weg", group=other.id)


def test_group_that_is_left_empty_goes_with_its_visits(planned):
    one, other = view(planned).groups[:2]

    for family in one.families:
        routing.move_family(planned, MARKET, party=family.id, group=other.id)

    found = view(planned)
    assert one.id not in [group.id for group in found.groups]
    assert {problem.rule for problem in found.problems} >= {"L07"}
    assert not any(one.label in cell.walkers for stop in found.stops for cell in stop.cells)


def test_companion_is_put_with_another_group_and_stays(planned):
    one, other = view(planned).groups[:2]
    person = one.companions[0]

    routing.move_companion(planned, MARKET, person=person.person_id, group=other.id)
    routing.replan(planned, MARKET)

    there = next(each for each in view(planned).groups[1].companions if each.person_id == person.person_id)
    assert there.pinned
    routing.move_companion(planned, MARKET, person=person.person_id, group="")
    assert person.person_id in [one.person_id for one in view(planned).reserves]
    with pytest.raises(InputError):
        routing.move_companion(planned, MARKET, person="weg", group=other.id)
    with pytest.raises(InputError):
        routing.move_companion(planned, MARKET, person=person.person_id, group="g99")


def test_everything_can_be_fixed_and_let_go(planned):
    routing.pin_all(planned, MARKET, pinned=True)
    assert all(cell.pinned for stop in view(planned).stops for cell in stop.cells if cell.walkers)

    routing.pin_all(planned, MARKET, pinned=False)
    assert not view(planned).any_pinned


def test_smallest_change_is_taken_over_and_taken_back(workspace):
    for _ in range(4):  # as if more families came than the rooms can hold
        for family in view(workspace).late_choices[:20]:
            routedeciding.mark(workspace, MARKET, "late", family.id, on=True)
    short = view(workspace)
    assert not short.fits

    assert {each.kind for each in short.repairs} >= {"more rooms", "more rounds", "fewer topics"}
    for repair in [each for each in short.repairs if each.can_take_over]:
        routedeciding.take_over(
            workspace, MARKET, repair.kind, now=NOW, names=[f"Sector {n}" for n, _ in enumerate(repair.names)]
        )
        (decision,) = view(workspace).settled
        assert (view(workspace).fits, repair.follows != ()) == (True, True)
        routedeciding.take_back(workspace, MARKET, decision.kind, now=NOW)
        assert (view(workspace).verdict, view(workspace).settled) == (short.verdict, ())
    with pytest.raises(ConflictError):
        routedeciding.take_over(workspace, MARKET, "iets", now=NOW)
    with pytest.raises(InputError):
        routedeciding.take_back(workspace, MARKET, "iets", now=NOW)


def test_wishes_of_classes_decide_what_is_seen(workspace):
    found = view(workspace)
    topics = found.topics
    liked = topics[1:]

    routedeciding.set_wishes(workspace, MARKET, {wish.class_id: dict.fromkeys(liked, 9) for wish in found.wishes})
    routing.propose(workspace, MARKET)

    seen = view(workspace)
    assert all(topics[0] not in group.route for group in seen.groups)
    assert seen.wishes[0].points == (0, 9, 9, 9, 9)
    with pytest.raises(InputError):
        routedeciding.set_wishes(workspace, MARKET, {found.wishes[0].class_id: {topics[0]: 100}})
    with pytest.raises(InputError):
        routedeciding.set_wishes(workspace, MARKET, {"weg": {}})


@pytest.mark.parametrize(("what", "which"), [("lost", "weg"), ("iets", "g1"), ("absent", ""), ("late", "weg")])
def test_what_is_not_there_cannot_be_marked(workspace, what, which):
    with pytest.raises(InputError):
        routedeciding.mark(workspace, MARKET, what, which, on=True)


def test_somebody_else_was_earlier(planned):
    def meanwhile(done, _total, _label):
        if done == 2:
            with writing(planned.session):
                bump_revision(planned.session)

    with pytest.raises(ConflictError):
        routing.replan(planned, MARKET, progress=meanwhile)


@pytest.mark.parametrize("kind", ["routes.propose", "routes.replan"])
def test_planning_is_a_task(workspace, kind):
    task_id = tasks.queue(workspace, kind=kind, arguments={"event_id": MARKET}, now=NOW)
    assert tasks.run_next(workspace, now=NOW)

    found = tasks.task_view(workspace, task_id)
    assert (found.state, found.message, found.back) == ("done", "", f"/activiteit/{MARKET}/groepen")
    assert view(workspace).is_planned


def test_task_about_nothing_is_not_put_in_line(workspace):
    for event_id in ("weg", "startgesprek-najaar"):
        with pytest.raises(NotFoundError):
            tasks.queue(workspace, kind="routes.propose", arguments={"event_id": event_id}, now=NOW)
    assert workspace.session.scalars(select(TaskRow)).all() == []


def test_stranger_sees_nothing(workspace):
    stranger = replace(workspace, actor=NOBODY)

    for act in (routepage.route_view, routing.propose, routing.replan, formpage.forms_view, routing.undo):
        with pytest.raises(NotFoundError):
            act(stranger, MARKET)


def test_form_and_back_loses_nothing_that_people_did(planned):
    routing.move_visit(planned, MARKET, walker="g1", number=1, stop=view(planned).stops[2].id, pin=True)
    before = view(planned)

    planning.choose_form(planned, MARKET, "schoolplein", now=NOW)
    assert (view(planned).is_planned, view(planned).form) == (False, "Schoolplein met oud-leerlingen")
    routing.propose(planned, MARKET)
    plein = view(planned)
    planning.choose_form(planned, MARKET, "", now=NOW)

    after = view(planned)
    assert (after.stops, [g.route for g in after.groups]) == (before.stops, [g.route for g in before.groups])
    assert [group.families for group in after.groups] == [group.families for group in before.groups]
    planning.choose_form(planned, MARKET, "schoolplein", now=NOW)
    assert [group.families for group in view(planned).groups] == [group.families for group in plein.groups]


def test_form_without_rounds_has_no_groups(workspace):
    event_id = next(e.planned.id for e in load_state(workspace).events if e.planned.runbook_id == "verder")
    planning.choose_form(workspace, event_id, "screencast", now=NOW)

    with pytest.raises(NotFoundError):
        view(workspace, event_id)


def test_household_that_is_erased_is_in_no_group(planned):
    family = view(planned).groups[0].families[0]
    routedeciding.mark(planned, MARKET, "away", family.id, on=True)
    routing.replan(planned, MARKET)

    households.erase(planned, family.id, confirmed="ja", by="Noor", now=NOW)

    row = planned.session.get(RouteSetupRow, (MARKET, ""))
    assert (row.settings["away"], row.changes) == ([], [])
    planned.kept.clear()
    assert family.id not in [each.id for group in view(planned).groups for each in group.families]


def test_facts_say_the_same_as_the_page(planned):
    facts = routefacts.route_facts(planned, MARKET)

    assert [group["route"] for group in facts["groups"]] == [group.route for group in view(planned).groups]
    said = list(routefacts.lines(facts))
    assert said[0] == facts["verdict"]
    assert [line for line in said if line.startswith("  Groep")]


def test_facts_of_an_evening_that_is_not_planned_say_so(workspace):
    said = list(routefacts.lines(routefacts.route_facts(workspace, MARKET)))

    assert said[-1] == "Er zijn nog geen groepen of rondes. Maak ze met: planner routes plan"


def test_what_is_not_of_the_evening_is_named(planned):
    with pytest.raises(InputError, match=r'"onzin" hoort niet \(meer\) bij deze avond'):
        routedeciding.mark(planned, MARKET, "lost", "onzin", on=True)
