import pytest
from demoschool import NOW

from planner.services.routes import routepage, routing
from planner.services.state import load_state
from planner.services.year import planning, rulespage


def rule(workspace, rule_id):
    return next(each for each in rulespage.rules(workspace) if each.id == rule_id)


def test_every_rule_is_listed_the_cycles_first(workspace):
    assert [each.id for each in rulespage.rules(workspace)] == [
        *(each.id for each in workspace.cycle.rules),
        *(rule_id for book in rulespage.BOOKS for rule_id in book),
    ]


@pytest.mark.parametrize(("rule_id", "state", "problems"), [("K01", "gehouden", 0), ("K11", "gebroken", 3)])
def test_rule_is_kept_or_broken(workspace, rule_id, state, problems):
    line = rule(workspace, rule_id)

    assert (line.state, len(line.problems)) == (state, problems)


def test_rule_that_is_set_aside_shows_the_reason(workspace):
    planning.override(workspace, "C01", "Kan dit jaar niet.", now=NOW)

    assert (rule(workspace, "C01").state, rule(workspace, "C01").override) == ("uitgezet", "Kan dit jaar niet.")


def test_source_is_named(workspace):
    assert {each.source for each in rulespage.rules(workspace)} == {"uit de toolkit", "voorstel van Schakelplan"}


def test_rule_that_every_plan_needs_cannot_be_set_aside(workspace):
    assert [rule(workspace, each).can_be_overridden for each in ("C01", "K01", "K03")] == [True, False, True]


def test_missing_interpreter_names_the_event_and_what_is_missing(workspace):
    titles = {event.occurrence.title for event in load_state(workspace).events}
    lines = [(problem.where, problem.event_id) for problem in rule(workspace, "S08").problems]

    assert ("Interessemarkt", "interessemarkt") in lines
    assert {where for where, _ in lines} <= titles
    assert len(lines) == len(set(lines))


def test_person_with_too_much_work_is_named(workspace):
    names = {person.name for person in load_state(workspace).people}

    assert {problem.where for problem in rule(workspace, "S09").problems} <= names


def test_each_evening_names_a_broken_rule_once_and_counts_the_rest(workspace):
    routing.propose(workspace, "interessemarkt")
    found = [each.why for each in routepage.route_view(workspace, "interessemarkt").problems if each.rule == "H04"]

    (line,) = rule(workspace, "H04").problems
    assert (line.where, line.event_id, len(found) > 1) == ("Interessemarkt", "interessemarkt", True)
    assert line.why == f"{found[0]} En nog {len(found) - 1} keer."


def test_round_of_conversations_counts_once_it_is_planned(workspace):
    assert {each.where for each in rule(workspace, "G11").problems} == {"Startgesprek (Najaar)", "Voortgangsgesprek 3"}
