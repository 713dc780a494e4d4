"""The pages of people, rooms and rules."""

import re

import pytest
from sqlalchemy import text

from planner.storage.db import db


def stored(demo, query):
    with demo.app.app_context(), db.engine.connect() as connection:
        return connection.execute(text(query)).scalars().all()


def test_everybody_is_listed(demo, coordinator):
    page = coordinator.look("/mensen")

    for person_id in stored(demo, "SELECT id FROM person"):
        assert f'href="/mensen/{person_id}"' in page


def test_everybody_has_a_page_with_an_own_calendar(demo, coordinator, stranger):
    seen = set()
    for person_id in stored(demo, "SELECT id FROM person"):
        page = coordinator.look(f"/mensen/{person_id}")
        link = re.search(r'value="http://localhost(/agenda/[a-z2-7]{28}\.ics)"', page)[1]
        assert stranger.open(link).status_code == 200
        seen.add(link)

    assert len(seen) == len(stored(demo, "SELECT id FROM person"))


def test_renewing_tells_that_the_old_link_is_over(demo, coordinator):
    at = f"/mensen/{demo.facts.person_id}"

    coordinator.post(f"{at}/nieuwe-link")

    assert "De oude werkt niet meer." in coordinator.look(at)


@pytest.mark.parametrize("person_id", ["niemand", "%F0%9F%98%80", "x" * 5000, "' OR 1=1--", "{{7*7}}"])
def test_nobody_is_not_found(coordinator, person_id):
    assert coordinator.get(f"/mensen/{person_id}").status_code == 404
    assert coordinator.post(f"/mensen/{person_id}/nieuwe-link").status_code == 404


def test_rooms_are_listed_with_their_seats(demo, coordinator):
    page = coordinator.look("/ruimtes")

    for name in stored(demo, "SELECT name FROM room"):
        assert name in page


def test_rule_is_switched_off_with_a_reason_and_on_again(coordinator):
    coordinator.post("/regels/C01", reason=" Dit jaar  past het niet. ")
    off = coordinator.look("/regels")
    coordinator.post("/regels/C01", reason="")
    on = coordinator.look("/regels")

    assert "Regel C01 staat uit: Dit jaar past het niet." in " ".join(off.split())
    assert "<b>Uitgezet omdat:</b> Dit jaar past het niet." in off
    assert "Regel C01 geldt weer." in on
    assert "<b>Uitgezet omdat:</b>" not in on


def test_rule_without_which_nothing_fits_stays_on(coordinator):
    response = coordinator.post("/regels/K01", reason="Ik wil het")

    assert response.status_code == 400
    assert "kan niet uit" in response.text


def test_unknown_rule_is_not_found(coordinator):
    assert coordinator.post("/regels/C99", reason="Waarom niet").status_code == 404


def test_longest_reason_keeps_the_visitor_signed_in(coordinator):
    """A message travels in the cookie, which browsers drop when it is longer than 4,096 bytes."""
    reason = "".join(chr(0x20000 + number * 37 % 40000) for number in range(500))

    response = coordinator.post("/regels/C01", reason=reason)

    assert response.status_code == 302
    assert len(response.headers.get("Set-Cookie", "")) < 4000
    assert reason in coordinator.look("/regels")
