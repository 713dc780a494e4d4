import pytest

from planner.domain.access.rights import ACCOUNT_ROLES, GRANTS, NOBODY, SYSTEM, Actor, Right, Role, actor_for


def test_every_role_says_what_it_may():
    assert GRANTS.keys() == set(Role)


def test_only_coordinator_and_system_have_the_keys_of_the_school():
    assert {role for role in Role if Right.ACCOUNTS in GRANTS[role]} == {Role.COORDINATOR, Role.SYSTEM}
    assert {role for role in Role if Right.SETTINGS in GRANTS[role]} == {Role.COORDINATOR, Role.SYSTEM}


def test_nobody_may_nothing():
    assert [right for right in Right if NOBODY.may(right)] == []
    assert not NOBODY.sees_class("k1")


def test_system_sees_every_class():
    assert SYSTEM.sees_class("k1")


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.COORDINATOR, [True, True]),
        (Role.TEAM, [True, True]),
        (Role.MENTOR, [True, False]),
        (Role.COLLEAGUE, [False, False]),
        (Role.REVIEWER, [False, False]),
    ],
)
def test_account_sees_the_families_of_its_role(role, seen):
    actor = actor_for(role, name="Noor", account_id=3, person_id="noor", class_id="k1")

    assert [actor.sees_class(class_id) for class_id in ("k1", "k2")] == seen
    assert (actor.name, actor.account_id, actor.person_id) == ("Noor", 3, "noor")


def test_mentor_without_a_class_sees_no_family():
    assert actor_for(Role.MENTOR, class_id=None).class_ids == frozenset()


def test_system_and_helper_have_no_account():
    assert set(Role) - set(ACCOUNT_ROLES) == {Role.SYSTEM, Role.HELPER, Role.NOBODY}


def test_new_actor_sees_no_class_unless_told():
    assert not Actor(role=Role.COORDINATOR).sees_class("k1")
