from make import a_group, a_party, a_rounds_problem, some_visits

from planner.domain.routes.changes import companion_changes, group_changes, moved, visit_changes
from planner.domain.routes.companions import Companion, Task


def said(changes):
    return [(change.who, change.what) for change in changes]


def test_same_plan_changes_nothing():
    visits = some_visits("g1: zorg bouw; g2: bouw zorg")
    groups = (a_group(1), a_group(2))

    assert visit_changes(a_rounds_problem(), visits, visits, stop_names={}) == ()
    assert group_changes(groups, groups) == ()


def test_visits_are_told_in_the_order_of_groups_and_rounds():
    old, new = some_visits("g1: zorg bouw; g2: weg zorg"), some_visits("g1: zorg -; g2: bouw zorg; g3: zorg bouw")

    assert said(visit_changes(a_rounds_problem(3), old, new, stop_names={"bouw": "Bouw", "weg": "Gymzaal"})) == [
        ("Groep 1", "Ronde 2: geen plek in plaats van Bouw."),
        ("Groep 2", "Ronde 1: Bouw in plaats van Gymzaal."),
        ("Groep 3", "Is nieuw in het schema."),
    ]


def test_first_plan_tells_nothing():
    assert visit_changes(a_rounds_problem(), (), some_visits("g1: zorg bouw"), stop_names={}) == ()


def test_families_that_come_go_and_move():
    old = (a_group(1, a_party("Ali"), a_party("Bo")), a_group(2, a_party("Ci")))
    new = (a_group(1, a_party("Ali"), a_party("Ci")), a_group(2, a_party("Di")))

    assert said(group_changes(old, new)) == [
        ("Bo", "Is niet meer in Groep 1."),
        ("Ci", "Groep 1 in plaats van Groep 2."),
        ("Di", "Komt in Groep 2."),
    ]


def test_people_who_walk_with_another_group():
    def walks(*pairs):
        return tuple(Companion(group_id=group, person_id=person, task=Task.GUIDE) for person, group in pairs)

    old, new = walks(("an", "g1"), ("bo", "g2"), ("ci", "g3")), walks(("an", "g1"), ("bo", "g3"), ("di", "g2"))

    changes = companion_changes(old, new, people={"bo": "Bo", "ci": "Ci"}, groups={"g2": "Groep 2", "g3": "Groep 3"})

    assert said(changes) == [
        ("Bo", "Loopt mee met Groep 3 in plaats van Groep 2."),
        ("Ci", "Loopt niet meer mee met Groep 3."),
        ("di", "Loopt mee met Groep 2."),
    ]


def test_other_times_and_rooms_are_told_and_what_came_or_went_is_not():
    changes = moved(
        {"1": "17:30", "2": "17:55", "3": ""}, {"1": "17:30", "2": "18:00", "3": "19:00"}, names={"2": "Ronde 2"}
    )

    assert said(changes) == [("Ronde 2", "18:00 in plaats van 17:55.")]
    assert said(moved({"a": "Lokaal 1", "b": "Lokaal 2"}, {"a": "Lokaal 3"}, names={})) == [
        ("a", "Lokaal 3 in plaats van Lokaal 1.")
    ]
