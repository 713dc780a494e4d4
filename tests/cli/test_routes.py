"""planner routes: whether it fits, planning, and repairing with the fewest changes."""

import json

import pytest

MARKET = "interessemarkt"
pytestmark = pytest.mark.usefixtures("school")


def test_evening_is_shown_planned_and_repaired(run):
    status, out, _ = run("routes", "show", MARKET)
    assert (status, out.splitlines()[0].startswith("Het past. ")) == (0, True)
    assert "planner routes plan" in out

    status, out, _ = run("routes", "plan", MARKET, "--json")
    facts = json.loads(out)
    assert (status, facts["planned"], facts["groups"][0]["name"]) == (0, True, "Groep 1")

    assert run("routes", "repair", MARKET)[1] == "Er verandert niets.\n"
    status, out, _ = run("routes", "repair", MARKET, "--lost", facts["stops"][0]["id"], "--json")
    changes = json.loads(out)["changes"]
    assert (status, bool(changes), sorted(changes[0])) == (0, True, ["what", "who"])
    assert "Groep 1" in run("routes", "plan", MARKET)[1]


def test_repair_says_what_changes_for_whom(run):
    facts = json.loads(run("routes", "plan", MARKET, "--json")[1])
    guide = next(one for group in facts["groups"] for one in group["companions"])

    _, out, _ = run("routes", "repair", MARKET, "--absent", guide["person_id"])

    assert f"{guide['person']}: Loopt niet meer mee met" in out


def test_activity_that_is_not_there_is_refused_in_a_sentence(run):
    status, out, error = run("routes", "show", "feest")

    assert (status, out, error) == (2, "", 'De activiteit "feest" staat niet in dit schooljaar.\n')
