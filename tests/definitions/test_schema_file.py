"""The schema that editors read is the one that the program checks with, and every runbook points to it."""

import json
from pathlib import Path

import pytest

from planner.definitions.schema import json_schema

FOLDER = Path(__file__).parents[2] / "runbooks"
FILE = FOLDER / "runbook.schema.json"
RUNBOOKS = sorted(FOLDER.glob("*/runbook.yaml"))


def test_schema_file_is_what_the_program_checks():
    assert json.loads(FILE.read_text(encoding="utf-8")) == json_schema()


def test_every_runbook_is_found():
    assert len(RUNBOOKS) == 10


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.parent.name)
def test_runbook_starts_with_the_way_to_the_schema(path):
    first, _, _ = path.read_text(encoding="utf-8").partition("\n")
    mark, _, address = first.rpartition("=")

    assert mark == "# yaml-language-server: $schema"
    assert (path.parent / address).resolve() == FILE
