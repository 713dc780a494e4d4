"""Each form from choosing it to its print: the draaiboek changes, groups are made, and every sheet says its part."""

from dataclasses import replace
from io import BytesIO

import pytest
from demoschool import NOW
from pypdf import PdfReader

from planner.domain.routes.brief import WITH_STOPS
from planner.domain.runbook import Shape
from planner.domain.staffing.people import PersonKind
from planner.errors import NotFoundError
from planner.services.event import eventpage, formpage, printing, sheets
from planner.services.routes import routedeciding, routefacts, routing
from planner.services.routes.routepage import route_view
from planner.services.routes.routesheets import values
from planner.services.state import load_state
from planner.services.year import planning, preparing
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.staffing import save_duties, save_room_uses

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
MARKET = "interessemarkt"
ROUNDS = {"routebladen", "groepskaarten", "rondeborden", "deurlijst"}
# Each form of an activity with its shape; None where nobody goes round.
FORMS = (
    ("interessemarkt", "", Shape.CAROUSEL),
    ("interessemarkt", "schoolplein", Shape.GROUPS),
    ("interessemarkt", "regionaal-evenement", Shape.GROUPS),
    ("welkom", "", None),
    ("welkom", "tour", Shape.TOUR),
    ("welkom", "speeddate", Shape.SPEED_DATE),
    ("kijkje", "", Shape.CLASSES),
    ("kijkje", "groepsbezoek", Shape.GROUPS),
    ("kijkje", "oud-leerlingen", None),
    ("verder", "", None),
    ("verder", "carrousel", Shape.CAROUSEL),
    ("verder", "spreekuur", Shape.SLOTS),
    ("verder", "screencast", None),
)


def event_of(workspace, runbook_id):
    """Return the event of an activity with the most families."""
    state = load_state(workspace)
    events = [event.planned.id for event in state.events if event.planned.runbook_id == runbook_id]
    return max(events, key=lambda event_id: (state.expected(event_id).families, event_id))


def test_every_form_is_in_the_list(workspace):
    cycle = load_state(workspace).cycle
    shipped = {(runbook.id, form.id): form.walk for runbook in cycle.runbooks for form in runbook.forms}
    shipped |= {(runbook.id, ""): runbook.walk for runbook in cycle.runbooks if runbook.forms}

    assert {(a, b): shape for a, b, shape in FORMS} == {key: walk and walk.shape for key, walk in shipped.items()}


@pytest.mark.parametrize(("runbook_id", "form_id", "shape"), FORMS)
def test_form_is_chosen_planned_and_printed(workspace, runbook_id, form_id, shape):
    event_id = event_of(workspace, runbook_id)
    planning.choose_form(workspace, event_id, form_id, now=NOW)

    page = eventpage.event_view(workspace, event_id, now=NOW)
    assert [form.id for form in page.forms if form.chosen] == [form_id]
    assert (page.goes_round, bool(page.runsheet)) == (shape is not None, form_id != "screencast")
    assert page.preparation
    before = [sheet for sheet, _, _ in sheets.offered(workspace, event_id)]
    assert ("draaiboek" in before, "stappenplan" in before) == (form_id != "screencast", True)
    assert not set(before) & ROUNDS
    assert sheets.context(workspace, event_id, "stappenplan", now=NOW)["view"] == page
    if shape is None:
        with pytest.raises(NotFoundError):
            routing.propose(workspace, event_id)
        return
    routing.propose(workspace, event_id)
    view = route_view(workspace, event_id)
    assert (view.shape, [problem.why for problem in view.problems if problem.hard]) == (shape, [])
    if shape in WITH_STOPS:
        assert [stop.name for stop in view.stops if not stop.where] == []
        told = {row.places[0]: row.people for row in page.runsheet if len(row.places) == 1}
        assert [stop.name for stop in view.stops if told.get(stop.name) and not stop.hosts] == []
    given = [sheet for sheet, _, _ in sheets.offered(workspace, event_id, "rounds")]
    assert {*given} == ROUNDS - ({"rondeborden"} if shape in {Shape.SPEED_DATE, Shape.SLOTS} else set())
    assert [sheet for sheet, _, _ in sheets.offered(workspace, event_id)] == [*before, *given]
    for sheet in given:
        html = workspace.render(
            f"print/{sheet}.html", **sheets.context(workspace, event_id, sheet, now=NOW), paper=True
        )
        assert "Nog geen" not in html or not view.fits


@pytest.mark.parametrize(("runbook_id", "form_id"), [(a, b) for a, b, _ in FORMS if b])
def test_form_and_back_keeps_the_people_rooms_and_steps_that_somebody_chose(workspace, runbook_id, form_id):
    event_id = event_of(workspace, runbook_id)
    state = load_state(workspace)
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_duties(workspace.session, event_id, [replace(duty, pinned=True) for duty in state.duties[event_id]])
        uses = [replace(use, pinned=True, reason="Zo gekozen.") for use in state.room_uses[event_id]]
        save_room_uses(workspace.session, event_id, uses)
    step = eventpage.event_view(workspace, event_id, now=NOW).preparation[-1]
    preparing.tick(workspace, event_id, step.id, by="", now=NOW)

    def chosen():
        now = load_state(workspace)
        done = {each.id for each in eventpage.event_view(workspace, event_id, now=NOW).preparation if each.done_at}
        return (
            {(duty.need_id, duty.person_id) for duty in now.duties[event_id] if duty.pinned},
            {(use.need_id, use.room_id, use.reason) for use in now.room_uses[event_id] if use.pinned},
            done,
        )

    before = chosen()
    planning.choose_form(workspace, event_id, form_id, now=NOW)
    other = load_state(workspace)
    assert {use.need_id for use in other.room_plan} <= set(other.room_problem.need)
    planning.choose_form(workspace, event_id, "", now=NOW)

    assert chosen() == before


def test_market_prints_one_page_for_each_pair_of_hands(workspace):
    routing.propose(workspace, MARKET)
    view = route_view(workspace, MARKET)

    given = {sheet: values(workspace, MARKET, sheet) for sheet, _, _ in sheets.offered(workspace, MARKET, "rounds")}

    routes, cards = given["routebladen"]["sheets"], given["groepskaarten"]["cards"]
    walking = [sheet for sheet in routes if sheet.task != "ontvangt"]
    assert sorted(sheet.person for sheet in walking) == sorted(
        one.name for group in view.groups for one in group.companions
    )
    assert all(step.room for sheet in walking for step in sheet.steps if not step.idle)
    assert {len(sheet.told.dutch) for sheet in walking} == {3}
    assert {sheet.begin for sheet in walking} == {"Centrale hal"}
    assert [card.label for card in cards] == [group.label for group in view.groups]
    assert [sign.stop for sign in given["rondeborden"]["signs"]] == [stop.name for stop in view.stops]
    lines = given["deurlijst"]["lines"]
    assert len(lines) == sum(len(group.families) for group in view.groups)
    assert [line.name.casefold() for line in lines] == sorted(line.name.casefold() for line in lines)


def test_card_names_no_family_and_no_sheet_has_contact_data(workspace):
    routing.propose(workspace, MARKET)
    view = route_view(workspace, MARKET)

    cards = workspace.render(
        "print/groepskaarten.html", **sheets.context(workspace, MARKET, "groepskaarten", now=NOW), paper=True
    )
    route = workspace.render(
        "print/routebladen.html", **sheets.context(workspace, MARKET, "routebladen", now=NOW), paper=True
    )

    families = {family.name for group in view.groups for family in group.families}
    helpers = {part for group in view.groups for one in group.companions for part in one.name.split()}
    hosts = {part for stop in view.stops for name in stop.hosts for part in name.split()}
    assert not [name for name in families - helpers - hosts if f">{name}<" in cards + route]
    assert "@" not in cards + route


def test_route_sheet_speaks_the_language_of_a_volunteer_and_not_of_a_colleague_who_guides(workspace):
    routing.propose(workspace, MARKET)

    given = values(workspace, MARKET, "routebladen")["sheets"]

    people = {person.name: person for person in load_state(workspace).people}
    colleagues = [sheet for sheet in given if people[sheet.person].kind is PersonKind.STAFF]
    assert {sheet.tongue for sheet in colleagues if sheet.task != "vertaalt"} == {None}
    volunteers = [
        each for each in given if each.task == "vertaalt" and people[each.person].kind is not PersonKind.STAFF
    ]
    assert volunteers
    assert all(sheet.tongue.words["where"] for sheet in volunteers)


def test_language_without_words_is_left_out(workspace):
    routing.propose(workspace, MARKET)
    known = {code: language for code, language in workspace.languages.items() if code != "ar"}

    cards = values(replace(workspace, languages=known), MARKET, "groepskaarten")["cards"]

    assert "ar" not in {tongue.code for card in cards for tongue in card.tongues}


def test_speed_date_without_the_language_says_how_many_people_more(workspace):
    event_id = event_of(workspace, "welkom")
    planning.choose_form(workspace, event_id, "speeddate", now=NOW)
    state = load_state(workspace)
    for person in state.people:
        routedeciding.mark(workspace, event_id, "absent", person.id, on=not person.roles & {"docent"})

    view = route_view(workspace, event_id)

    assert not view.fits
    assert [line for line in view.shortages if "niemand die deze taal spreekt. Met nog" in line]
    assert list(routefacts.lines(routefacts.route_facts(workspace, event_id)))[1:]


def test_groups_without_rounds_are_told_without_routes(workspace):
    planning.choose_form(workspace, MARKET, "regionaal-evenement", now=NOW)
    routing.propose(workspace, MARKET)
    facts = routefacts.route_facts(workspace, MARKET)

    said = list(routefacts.lines({**facts, "violations": []}))

    people = said[: said.index("")]  # who is still missing comes first
    assert [line.startswith("  ") for line in people] == [True, True]
    assert said[len(people) : len(people) + 2] == ["", "Groepen"]
    assert len(said) == len(people) + 2 + len(facts["groups"])


def test_pdf_has_a_page_for_each_sheet_also_right_to_left_and_ethiopic(workspace):
    routing.propose(workspace, MARKET)
    given = values(workspace, MARKET, "groepskaarten")["cards"]
    codes = {tongue.code for card in given for tongue in card.tongues}
    assert {"ar", "ti"} <= codes

    body = printing.sheet_pdf(workspace, MARKET, "groepskaarten", now=NOW)

    pages = PdfReader(BytesIO(body)).pages
    assert len(pages) == len(given)
    assert [round(float(side)) for side in (pages[0].mediabox.width, pages[0].mediabox.height)] == [420, 595]
    for page, card in zip(pages, given, strict=True):
        assert card.label in page.extract_text()


def test_what_a_form_changes_is_shown_before_it_is_chosen(workspace):
    event_id = event_of(workspace, "welkom")
    done = [step.what for step in eventpage.event_view(workspace, event_id, now=NOW).preparation if step.done_at]
    dropped = {step.what for step in load_state(workspace).runbook(event_id).steps if step.id in {"W09", "W10"}}

    main, tour, _ = formpage.forms_view(workspace, event_id).forms

    assert (main.chosen, main.parts, tour.chosen, tour.has_groups) == (True, (), False, True)
    assert [part.part for part in tour.parts] == ["Draaiboek", "Stappenplan", "Mensen", "Plekken", "Klaarleggen"]
    assert [part.added for part in tour.parts if part.part == "Mensen"] == [
        ("Docent die met een groepje meeloopt", "Vakdocent die in de gymzaal vertelt")
    ]
    assert tour.waiting == tuple(what for what in done if what in dropped) != ()


def test_classes_have_their_own_room_and_mentor(workspace):
    routing.propose(workspace, "kijkje")

    signs = values(workspace, "kijkje", "rondeborden")["signs"]

    assert all(sign.stop.startswith("Klas ") for sign in signs)
    assert len({sign.room for sign in signs}) == len(signs)
