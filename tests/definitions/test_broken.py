"""Every broken definition gives exactly the message beside it.

A case is `broken/NN-<file>-<what>.yaml`, the full text of one file, with `.txt`, the messages. It takes the
place of the file with that name in `base/`. After a change of words, run `write_expected()` by hand and read
every sentence that changed:

    python -c "import sys; sys.path.insert(0, 'tests/definitions'); import test_broken as t; t.write_expected()"
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from planner.definitions.languages import read_languages
from planner.definitions.loader import load_cycle
from planner.definitions.pages import read_pages

HERE = Path(__file__).parent
CASES = sorted((HERE / "broken").glob("*.yaml"))
FILES = {"cycle": "cycle.yaml", "runbook": "welkom/runbook.yaml", "languages": "languages.yaml", "pages": "pages.yaml"}
READERS = {
    "languages": read_languages,
    "pages": lambda folder: read_pages(folder, known={each.code for each in read_languages(folder)[0]}),
}


def messages_of(case: Path, scratch: Path) -> str:
    """Return the messages that a folder with this broken file gives, one a line."""
    folder = scratch / "runbooks"
    shutil.copytree(HERE / "base", folder)
    kind = case.stem.split("-")[1]
    shutil.copyfile(case, folder / FILES[kind])
    problems = READERS[kind](folder)[1] if kind in READERS else load_cycle(folder).problems
    return "".join(f"{problem}\n" for problem in problems)


def write_expected() -> None:
    """Write the messages as they are now beside every case."""
    for case in CASES:
        with tempfile.TemporaryDirectory() as scratch:
            case.with_suffix(".txt").write_text(messages_of(case, Path(scratch)), encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_broken_definition_gives_its_message(case, tmp_path):
    assert messages_of(case, tmp_path) == case.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_expected_message_has_a_case():
    texts = {text.stem for text in (HERE / "broken").glob("*.txt")}

    assert texts == {case.stem for case in CASES}
    assert len(CASES) >= 44
