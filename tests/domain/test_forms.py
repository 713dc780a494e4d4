from datetime import time

import pytest
from make import a_place, a_role, a_row, a_runbook, a_step, an_event, changed

from planner.domain.event import dated_runsheet
from planner.domain.forms import form_of, in_form
from planner.domain.runbook import Form, Material, OwnInvitation, Per, Shape, Walk
from planner.domain.year import AMSTERDAM, event_times

WALK = Walk(shape=Shape.TOUR, row="t1", places=("gym",), group_size=8)
TOUR = Form(
    id="tour",
    title="Rondleiding",
    shape="route",
    what="In groepjes door de school.",
    drops=("r2", "s2", "plakband"),
    rows=(a_row("t1", "18:30", "19:00", responsible=("gids",), places=("gym",)),),
    steps=(a_step("t1", 1),),
    roles=(a_role("gids"), a_role("docent", 3)),
    places=(a_place("gym"),),
    materials=(Material(id="kaart", name="Plattegrond", count=1, per=Per.GROUP),),
    walk=WALK,
)
FILM = Form(id="film", title="Film", shape="media", what="Kijk thuis.", drops=("r1", "r2"))
RUNBOOK = a_runbook(
    roles=[a_role("docent"), a_role("teamleider")],
    rows=[a_row("r1", "19:00", "19:30"), a_row("r2", "19:30", "21:00")],
    steps=(a_step("s1", 3), a_step("s2", 1)),
    materials=(Material(id="plakband", name="Plakband", count=1, per=Per.EVENT),),
    forms=(TOUR, FILM),
    group_size=16,
)


def ids(parts):
    return [part.id for part in parts]


def test_form_is_found_by_id():
    assert form_of(RUNBOOK, None) is None
    assert form_of(RUNBOOK, "tour") is TOUR
    with pytest.raises(KeyError):
        form_of(RUNBOOK, "speeddate")


def test_main_form_is_the_runbook_itself():
    assert in_form(RUNBOOK, None) is RUNBOOK
    with pytest.raises(KeyError):
        in_form(RUNBOOK, "speeddate")


def test_form_drops_adds_and_replaces():
    tour = in_form(RUNBOOK, "tour")

    assert ids(tour.rows) == ["t1", "r1"]  # in order of time
    assert ids(tour.steps) == ["s1", "t1"]
    assert ids(tour.places) == [*ids(RUNBOOK.places), "gym"]
    assert ids(tour.materials) == ["kaart"]
    assert [(role.id, role.minimum) for role in tour.roles] == [("teamleider", 1), ("gids", 1), ("docent", 3)]


def test_form_says_itself_how_people_go_round():
    assert (in_form(RUNBOOK, "tour").walk, in_form(RUNBOOK, "tour").group_size) == (WALK, 8)
    main = changed(RUNBOOK, walk=WALK)
    assert (in_form(main, "film").walk, in_form(main, "film").group_size) == (None, 16)


def test_form_invites_to_the_same_unless_it_says_otherwise():
    own = OwnInvitation(about=("Kom mee.",), start=time(18, 30), end=time(20, 45))
    runbook = changed(RUNBOOK, forms=(changed(TOUR, invitation=own), FILM))

    assert in_form(RUNBOOK, "tour").invitation is RUNBOOK.invitation
    said, main = in_form(runbook, "tour").invitation, RUNBOOK.invitation
    assert (said.about, said.start, said.end) == (("Kom mee.",), time(18, 30), time(20, 45))
    assert (said.title, said.who_may_come) == (main.title, main.who_may_come)


def test_runsheet_of_a_form_uses_its_rows_places_and_roles():
    first, _ = dated_runsheet(in_form(RUNBOOK, "tour"), an_event(), counts={})

    assert (first.row.id, first.places, first.responsible) == ("t1", ("Gym",), ("Gids",))


def test_event_lasts_as_long_as_its_form():
    span = an_event().span
    start, _ = event_times(in_form(RUNBOOK, "tour"), span)
    begin, end = event_times(in_form(RUNBOOK, "film"), span)

    assert start.astimezone(AMSTERDAM).time() == time(18, 30)
    assert not in_form(RUNBOOK, "film").gathers
    assert (begin.time(), end.time()) == (time(8, 30), time(17, 0))
