from dataclasses import replace

import pytest

from planner.domain.access.rights import NOBODY, SYSTEM, Actor, Right, Role
from planner.errors import NotFoundError
from planner.services.guarding import NOT_YOURS, allowed, require, require_class

TEAM = Actor(role=Role.TEAM, class_ids=None)
MENTOR = Actor(role=Role.MENTOR, class_ids=frozenset({"k1"}))


@allowed(Right.PLAN, Right.OWN_DUTIES)
def use_case(workspace, number, *, word):
    """Do something."""
    return workspace.actor.role, number, word


@pytest.mark.parametrize("actor", [SYSTEM, TEAM, MENTOR])
def test_one_of_the_rights_is_enough(empty, actor):
    assert use_case(replace(empty, actor=actor), 1, word="a") == (actor.role, 1, "a")


def test_without_a_right_there_is_nothing(empty):
    with pytest.raises(NotFoundError, match=NOT_YOURS):
        use_case(replace(empty, actor=NOBODY), 1, word="a")


def test_guard_says_what_it_needs_and_stays_the_same_function():
    assert use_case.needs == {Right.PLAN, Right.OWN_DUTIES}
    assert (use_case.__name__, use_case.__doc__) == ("use_case", "Do something.")


def test_require_refuses_a_missing_right(empty):
    require(replace(empty, actor=TEAM), Right.SETTINGS, Right.PLAN)
    with pytest.raises(NotFoundError):
        require(replace(empty, actor=TEAM), Right.SETTINGS)


def test_own_class_is_seen_and_another_is_not_there(empty):
    require_class(replace(empty, actor=MENTOR), "k1")
    with pytest.raises(NotFoundError):
        require_class(replace(empty, actor=MENTOR), "k2")
