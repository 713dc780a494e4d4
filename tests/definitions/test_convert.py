from pathlib import Path

import pytest

from planner.definitions.convert import dump_runbook
from planner.definitions.loader import read_runbook

BASE = Path(__file__).parent / "base"


def runbook_from(data, folder):
    return read_runbook(data, file="x", folder=folder)[0]


@pytest.mark.parametrize("folder", ["welkom", "kijkje"])
def test_dump_then_load_is_the_same_runbook(folder):
    runbook = runbook_from((BASE / folder / "runbook.yaml").read_bytes(), folder)

    assert runbook_from(dump_runbook(runbook).encode(), folder) == runbook


def test_dump_leaves_out_what_is_at_its_default():
    runbook = runbook_from((BASE / "kijkje/runbook.yaml").read_bytes(), "kijkje")

    assert dump_runbook(runbook).splitlines()[-26:] == [
        "roles:",
        "- id: docent",
        "  title: Docent",
        "  minimum: 1",
        "  per: event",
        "runsheet:",
        "- id: uitleg",
        "  start: '19:30'",
        "  end: '20:30'",
        "  places:",
        "  - zaal",
        "  what: De docent vertelt over open dagen.",
        "  responsible:",
        "  - docent",
        "preparation:",
        "- id: E01",
        "  what: Zoek open dagen.",
        "  who:",
        "  - docent",
        "  weeks_before: 6",
        "invitation:",
        "  about:",
        "  - U hoort wat een open dag is.",
        "  start: '19:30'",
        "  title: Een kijkje op een nieuwe school",
        "  who_may_come: U en uw kind",
    ]
