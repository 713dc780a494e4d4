"""The texts of the personal page as they ship, and what a folder without them is told."""

import shutil
from pathlib import Path

import pytest

from planner.definitions.pages import NAME, read_pages
from planner.errors import SettingsError
from planner.services import definitions

RUNBOOKS = Path(__file__).parents[2] / "runbooks"
LOADED = definitions.load(RUNBOOKS)


def test_shipped_texts_are_in_nine_languages_and_only_dutch_is_no_draft():
    assert set(LOADED.pages) == {"nl", "en", "ar", "ti", "uk", "prs", "fa", "so", "tr"}
    assert [code for code, texts in LOADED.pages.items() if texts.reviewed] == ["nl"]


@pytest.mark.parametrize("code", [code for code in LOADED.pages if code != "nl"])
def test_every_text_is_translated(code):
    dutch, own = LOADED.pages["nl"].strings, LOADED.pages[code].strings

    assert [name for name in dutch if own[name] == dutch[name]] == []
    assert NAME in own["hello"]


def test_folder_without_the_file_is_refused_with_a_sentence(tmp_path):
    folder = shutil.copytree(RUNBOOKS, tmp_path / "runbooks")
    (folder / "pages.yaml").unlink()

    found, problems = read_pages(folder, known=LOADED.languages)
    assert (found, [str(each) for each in problems]) == (
        (),
        ["runbooks/pages.yaml: Dit bestand is er niet. Maak het aan of zet het terug."],
    )
    with pytest.raises(SettingsError, match=r"pages\.yaml"):
        definitions.load(folder)
