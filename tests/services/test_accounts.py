from datetime import timedelta

import pytest
from demoschool import NOW
from sqlalchemy import update

from planner.domain.access.rights import Actor, Role
from planner.errors import NotFoundError
from planner.services.signin import accounts
from planner.storage.db import writing
from planner.storage.models import AccountRow, SchoolRow


@pytest.fixture
def token(workspace):
    return accounts.start_session(workspace, accounts.demo_link(workspace, now=NOW), now=NOW)


def test_demo_link_signs_the_coordinator_in(workspace, token):
    visitor = accounts.visitor_of(workspace, token, now=NOW)

    assert visitor == Actor(
        role=Role.COORDINATOR,
        name="Marieke van Dijk",
        account_id=visitor.account_id,
        person_id="p-marieke",
        class_ids=None,
    )


def test_every_demo_link_is_fresh(workspace):
    assert accounts.demo_link(workspace, now=NOW) != accounts.demo_link(workspace, now=NOW)


def test_school_of_its_own_gets_no_demo_link(workspace):
    with writing(workspace.session):
        workspace.session.execute(update(SchoolRow).values(is_demo=False))

    assert accounts.demo_link(workspace, now=NOW) == ""


def test_installation_without_school_gets_no_demo_link(empty):
    assert accounts.demo_link(empty, now=NOW) == ""


def test_sign_in_link_ends_after_half_a_day(workspace):
    link = accounts.demo_link(workspace, now=NOW)

    with pytest.raises(NotFoundError, match=r"^Deze aanmeldlink werkt niet \(meer\)\. Start Schakelplan opnieuw"):
        accounts.start_session(workspace, link, now=NOW + accounts.LINK_LIFE)


def test_made_up_sign_in_link(workspace):
    with pytest.raises(NotFoundError, match=r"^Deze aanmeldlink werkt niet"):
        accounts.start_session(workspace, "abc", now=NOW)


def test_session_ends_after_two_weeks_without_use(workspace, token):
    last = NOW + timedelta(days=14)

    seen = [accounts.visitor_of(workspace, token, now=now) for now in (last - timedelta(seconds=1), last)]

    assert [visitor is None for visitor in seen] == [False, True]


def test_closed_account_is_out_at_once(workspace, token):
    with writing(workspace.session):
        workspace.session.execute(update(AccountRow).values(disabled_at=NOW))

    assert accounts.visitor_of(workspace, token, now=NOW) is None


def test_session_that_was_ended_is_over(workspace, token):
    accounts.end_session(workspace, token)

    assert accounts.visitor_of(workspace, token, now=NOW) is None


def test_ending_a_session_twice_is_no_error(workspace, token):
    accounts.end_session(workspace, token)

    accounts.end_session(workspace, token)


def test_name_of_the_school(workspace):
    assert accounts.school_name(workspace) == "ISK De Ankerplaats"


def test_no_school_has_no_name(empty):
    assert accounts.school_name(empty) == ""
