from dataclasses import replace

import pytest
from demoschool import NOW

from planner.domain.staffing.people import PersonKind
from planner.domain.staffing.peoplecheck import odd_people
from planner.errors import NotFoundError
from planner.services.people import peoplepage
from planner.services.state import load_state
from planner.storage.db import writing
from planner.storage.people import save_people
from planner.storage.records import bump_revision


def line(workspace, person_id):
    return next(each for each in peoplepage.people(workspace) if each.id == person_id)


def change(workspace, person_id, **facts):
    people = [replace(person, **facts) if person.id == person_id else person for person in load_state(workspace).people]
    with writing(workspace.session):
        bump_revision(workspace.session)
        save_people(workspace.session, people)


def limits(workspace, person_id):
    return peoplepage.person_view(workspace, person_id, now=NOW).limits


def test_everyone_is_listed_by_kind_and_name(workspace):
    lines = peoplepage.people(workspace)

    order = [(list(PersonKind).index(each.kind), each.name) for each in lines]
    assert (order, len(lines)) == (sorted(order), len(load_state(workspace).people))


def test_roles_and_languages_have_their_dutch_names(workspace):
    thijs = line(workspace, "p-thijs")

    assert (thijs.roles, thijs.languages) == (("Docent", "Mentor in fase 2"), ("Engels", "Spaans"))


@pytest.mark.parametrize(
    ("weekdays", "days"), [({0, 1, 2, 3, 4}, "alle dagen"), ({0, 3}, "ma, do"), (set(), "geen dagen")]
)
def test_days_are_named(workspace, weekdays, days):
    change(workspace, "p-ghassan", weekdays=frozenset(weekdays))

    assert line(workspace, "p-ghassan").days == days


@pytest.mark.parametrize(("most", "shown"), [(3, 3), (99, None)])
def test_number_of_evenings_is_shown_when_there_is_a_limit(workspace, most, shown):
    change(workspace, "p-ghassan", max_evenings=most)

    assert line(workspace, "p-ghassan").max_evenings == shown


def test_load_counts_evenings_once(workspace):
    view = peoplepage.person_view(workspace, "p-marieke", now=NOW)

    days = {event.first for event, _ in view.duties if event.kind == "bijeenkomst"}
    assert view.line.evenings == len(days) > 0


def test_own_duties_only(workspace):
    view = peoplepage.person_view(workspace, "p-ghassan", now=NOW)

    assert {duty.person_id for _, duty in view.duties} == {"p-ghassan"}


def test_link_of_the_own_calendar(workspace):
    view = peoplepage.person_view(workspace, "p-ghassan", now=NOW)

    assert (view.feed.name, view.feed.webcal[:26]) == ("Ghassan Najjar", "webcal://localhost/agenda/")


def test_what_somebody_asks_to_respect(workspace):
    assert [limits(workspace, each) for each in ("p-joris", "p-thijs", "p-welat", "p-kahsay")] == [
        (),
        ("1 dag niet beschikbaar.", "Mentor van 2A."),
        ("Kan pas vanaf 19:00.", "Hooguit 2,5 uur op een avond.", "Zo vragen we: via de mentor."),
        ("Hooguit 4 uur op een avond.", "Tolkt nooit voor het eigen kind.", "Zo vragen we: via het kind."),
    ]


def test_what_somebody_likes_is_told_by_name(workspace):
    change(
        workspace,
        "p-ghassan",
        beside=frozenset({"p-thijs", "weg"}),
        rooms=frozenset({"r-kook"}),
        consent=False,
        channel=None,
    )

    assert limits(workspace, "p-ghassan")[2:] == (
        "Werkt graag samen met Thijs de Boer.",
        "Hoort in Kooklokaal.",
        "Heeft nog niet gezegd dat we mogen vragen; wordt nergens ingedeeld.",
    )


def test_odd_people_are_told(workspace):
    assert peoplepage.odd(workspace) == odd_people(load_state(workspace).staff_problem)


def test_days_away_are_counted(workspace):
    assert limits(workspace, "p-ghassan") == (
        "Hooguit 3 uur op een avond.",
        "3 dagen niet beschikbaar.",
        "Zo vragen we: appen.",
    )


def test_somebody_unknown(workspace):
    with pytest.raises(NotFoundError, match=r"^Deze persoon is er niet.$"):
        peoplepage.person_view(workspace, "jan", now=NOW)
