"""planner talks: the four verbs, as text and as JSON."""

import json

import pytest
from demoschool import ROUND

pytestmark = pytest.mark.usefixtures("school")


@pytest.mark.parametrize("verb", ["propose", "validate", "replan", "show"])
def test_round_as_json(run, verb):
    status, out, _ = run("talks", verb, ROUND, "--json")
    facts = json.loads(out)

    assert status == 0
    assert facts["id"] == ROUND
    assert [violation for violation in facts["violations"] if violation["hard"]] == []


def test_round_as_text(run):
    status, out, _ = run("talks", "show", ROUND)

    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("2026-09-")
    assert lines[-1].endswith("bevestigd.")


def test_only_what_is_broken(run):
    _, out, _ = run("talks", "validate", "voortgangsgesprek-3")

    assert not any(line.startswith("2026-") for line in out.splitlines())
    assert "G1" in out
    assert "Nog niet gepubliceerd" in out


@pytest.mark.parametrize(
    ("event_id", "sentence"),
    [
        ("interessemarkt", "'Interessemarkt' is geen ronde gesprekken.\n"),
        ("onzin", 'De activiteit "onzin" staat niet in dit schooljaar.\n'),
    ],
)
def test_what_is_no_round(run, event_id, sentence):
    assert run("talks", "propose", event_id) == (2, "", sentence)
