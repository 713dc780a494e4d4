from dataclasses import replace

import pytest
from contents import contents

from planner.domain.access.rights import Actor, Role
from planner.errors import InputError, NotFoundError
from planner.services.people import ownevening
from planner.services.rooms import corners
from planner.services.state import load_state

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

MARKET = "interessemarkt"


@pytest.fixture
def zorg(workspace):
    return next(room for room in corners.rooms(workspace, MARKET) if room.sector == "Zorg")


def test_corners_show_who_was_asked_until_somebody_fills_them_in(workspace, zorg):
    state = load_state(workspace)
    guests = [
        person for _, need, person in state.duties_of(MARKET) if (need.role, need.scope) == (corners.TELLS, "Zorg")
    ]
    page = corners.page(workspace, MARKET)

    assert [room.sector for room in page.rooms] == list(state.runbook(MARKET).sectors)
    assert (page.id, page.title) == (MARKET, "Interessemarkt")
    assert [corner.spot for corner in zorg.corners] == ["linksvoor", "rechtsvoor", "rechtsachter", "linksachter"]
    assert [corner.person for corner in zorg.corners][: len(guests)] == [guest.name for guest in guests]
    assert set(zorg.teachers) & {name for _, name in zorg.people} == set(zorg.teachers)


def test_corners_are_kept(workspace, zorg):
    person_id, name = zorg.people[0]
    form = {"profession-1": " Dokters  assistente ", "person-1": person_id, "profession-3": "Kok", "person-3": "weg"}

    corners.save(workspace, MARKET, "Zorg", form)

    room = next(room for room in corners.rooms(workspace, MARKET) if room.sector == "Zorg")
    assert [(each.profession, each.person) for each in room.corners] == [
        ("Dokters assistente", name), ("", ""), ("Kok", ""), ("", ""),
    ]  # fmt: skip
    assert "Kok" in room.svg
    assert "Kok" in room.paper


def test_somebody_who_does_not_come_any_more_leaves_an_empty_name(workspace, zorg):
    person_id, _ = zorg.people[0]
    corners.save(workspace, MARKET, "Zorg", {"profession-1": "Kok", "person-1": person_id})
    corners.save(workspace, MARKET, "Zorg", {"profession-1": "Kok", "person-1": ""})

    room = next(room for room in corners.rooms(workspace, MARKET) if room.sector == "Zorg")
    assert (room.corners[0].profession, room.corners[0].person_id) == ("Kok", "")


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ({"profession-1": "Kok", "profession-2": "kok"}, "Zorg: een beroep staat er twee keer."),
        ({"profession-1": "x" * 61}, "Schrijf een beroep in hooguit 60 tekens."),
        ({"profession-4": "a\u202eb"}, "Schrijf een beroep in hooguit 60 tekens."),
    ],
)
def test_wrong_corners_are_refused_and_nothing_changes(workspace, form, start):
    before = contents(workspace.session)

    with pytest.raises(InputError, match=f"^{start}"):
        corners.save(workspace, MARKET, "Zorg", form)

    assert contents(workspace.session) == before


@pytest.mark.parametrize(("event_id", "sector"), [(MARKET, "Ruimtevaart"), ("kijkje", "Zorg"), ("weg", "Zorg")])
def test_sector_without_a_room_is_not_there(workspace, event_id, sector):
    with pytest.raises(NotFoundError):
        corners.save(workspace, event_id, sector, {})


def test_helper_sees_the_own_evening_and_nobody_elses(workspace):
    one, other = sorted({person.id for _, _, person in load_state(workspace).duties_of(MARKET)})[:2]
    helper = replace(workspace, actor=Actor(role=Role.HELPER, person_id=one))

    assert len(ownevening.evenings(helper, MARKET, one)) == 1
    for person_id in (other, ""):
        with pytest.raises(NotFoundError):
            ownevening.evenings(helper, MARKET, person_id)
