"""Groups, rounds and forms in the browser: what a coordinator clicks, and what comes back."""

import re

import pytest
from demoschool import NOW

from planner.domain.routes.setup import RouteSetup
from planner.services import tasks
from planner.services.routes.routepage import route_view
from planner.storage.db import writing
from planner.storage.records import bump_revision
from planner.storage.routes import save_setup

MARKET = "/activiteit/interessemarkt"
PAGE = f"{MARKET}/groepen"


def plan(coordinator, demo):
    """Make groups and rounds as the button does, and let the worker do it."""
    coordinator.get(PAGE)
    assert coordinator.post(f"{PAGE}/maken").status_code == 302
    with demo.app.app_context():
        tasks.run_next(demo.workspace, now=NOW)


def test_page_says_first_whether_it_fits(coordinator):
    page = coordinator.look(PAGE)

    assert "Past</span>" in page
    assert "Maak groepen en rondes" in page


def test_groups_are_made_moved_and_printed(coordinator, demo):
    plan(coordinator, demo)
    page = coordinator.look(PAGE)
    assert page.count('<th scope="row">') >= 5

    answer = coordinator.post(f"{PAGE}/bezoek", walker="g1", round="1", stop="", pin="1")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}#rooster")
    assert coordinator.look(f"{MARKET}/blad/groepskaarten").count("rondkaart") > 1


@pytest.mark.parametrize("number", ["", "x", "²", "1.5"])
def test_round_that_is_no_number_is_refused_in_words(coordinator, demo, number):
    plan(coordinator, demo)

    answer = coordinator.post(f"{PAGE}/bezoek", walker="g1", round=number, stop="")

    assert (answer.status_code, "Kies bij" in answer.text) == (400, True)


def test_wishes_are_kept(coordinator, demo):
    coordinator.get(PAGE)
    with demo.app.app_context():
        view = route_view(demo.workspace, "interessemarkt")
    wish = view.wishes[0]

    answer = coordinator.post(f"{PAGE}/wensen", **{f"{wish.class_id}|Zorg": "4", f"{wish.class_id}|Bouw": ""})

    assert answer.status_code == 302
    with demo.app.app_context():
        kept = route_view(demo.workspace, "interessemarkt")
    assert kept.wishes[0].points[kept.topics.index("Zorg")] == 4


def test_what_is_different_tonight_is_marked_and_let_go(coordinator, demo):
    plan(coordinator, demo)
    with demo.app.app_context():
        stop = route_view(demo.workspace, "interessemarkt").stops[0]

    coordinator.post(f"{PAGE}/vanavond", what="lost", which=stop.id, on="1")
    assert "valt uit" in coordinator.look(PAGE)
    coordinator.post(f"{PAGE}/vanavond", what="lost", which=stop.id)
    assert f"<b>{stop.name}</b> valt uit" not in coordinator.look(PAGE)


def test_form_is_chosen_where_it_is_explained(coordinator):
    page = coordinator.look(f"{MARKET}/vormen")
    assert "Schoolplein met oud-leerlingen" in page

    coordinator.post(f"{MARKET}/vorm", form_id="schoolplein")
    assert "Schoolplein met oud-leerlingen op" in coordinator.look(PAGE)
    coordinator.post(f"{MARKET}/vorm", form_id="")


def test_activity_without_groups_has_no_such_page(coordinator):
    assert coordinator.get("/activiteit/startgesprek-najaar/groepen").status_code == 404


def test_each_round_can_be_seen_on_the_plan(coordinator, demo):
    plan(coordinator, demo)
    assert f'href="{PAGE}/plattegrond"' in coordinator.look(PAGE)

    page = coordinator.look(f"{PAGE}/plattegrond?ronde=2")

    assert f'href="{PAGE}/plattegrond?ronde=2" aria-current="true"' in page
    assert page.count('aria-current="true"') == 1
    assert "Groep 1" in page


def test_what_was_decided_moved_and_told_is_done_and_undone_with_a_press(coordinator, demo):
    plan(coordinator, demo)
    with demo.app.app_context(), writing(demo.workspace.session):
        save_setup(demo.workspace.session, "interessemarkt", "", RouteSetup(group_size=8))
        bump_revision(demo.workspace.session)
    coordinator.post(f"{PAGE}/maken")
    with demo.app.app_context():
        tasks.run_next(demo.workspace, now=NOW)
    page = coordinator.look(PAGE)
    assert "Eén van deze veranderingen is genoeg" in page
    assert page.count(">Sector 1</label>") == 1

    coordinator.post(f"{PAGE}/verteld", on="1")
    assert "Iedereen weet het" in coordinator.look(PAGE)
    coordinator.post(f"{PAGE}/gezin", party=_first_family(demo), group="g2")
    assert "Anders dan wat u vertelde" in coordinator.look(PAGE)
    assert coordinator.post(f"{PAGE}/ongedaan").headers["Location"] == PAGE
    assert "Iedereen weet het" in coordinator.look(PAGE)
    coordinator.post(f"{PAGE}/verteld")
    assert "Nog niet verteld" in coordinator.look(PAGE)


def _first_family(demo):
    with demo.app.app_context():
        return route_view(demo.workspace, "interessemarkt").groups[0].families[0].id


def test_second_evening_is_taken_over_and_back(coordinator, demo):
    coordinator.get(PAGE)
    with demo.app.app_context(), writing(demo.workspace.session):
        save_setup(demo.workspace.session, "interessemarkt", "", RouteSetup(group_size=8))
        bump_revision(demo.workspace.session)

    answer = coordinator.post(f"{PAGE}/past", kind="more evenings")
    assert answer.headers["Location"] == PAGE
    page = coordinator.look(PAGE)
    assert ("Verdeeld over 2 avonden" in page, "De andere avond is op" in page) == (True, True)
    assert "Verdeeld over 2 avonden" in coordinator.look(f"{MARKET}-avond-2/groepen")
    answer = coordinator.post(f"{MARKET}-avond-2/groepen/terug", kind="evenings")
    assert answer.headers["Location"] == PAGE
    assert coordinator.get(f"{MARKET}-avond-2").status_code == 404


def test_who_presses_twice_or_has_an_old_page_sees_the_groups_as_they_are(coordinator, demo):
    plan(coordinator, demo)
    page = coordinator.look(PAGE)
    family = re.search(r'label="Groep 1"><option value="([^"]+)"', page)[1]
    old = {"party": family, "group": "g2", "stamp": re.search(r'name="stamp" value="([^"]+)"', page)[1]}

    for said in ("Verplaatst.", "De groepen waren ondertussen veranderd."):
        answer = coordinator.post(f"{PAGE}/gezin", **old)
        assert (answer.status_code, said in coordinator.look(answer.location)) == (302, True)
    answer = coordinator.post(f"{PAGE}/past", kind="more evenings")
    assert "Deze verandering is niet (meer) nodig" in coordinator.look(answer.location)
