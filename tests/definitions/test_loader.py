import shutil
from pathlib import Path

import pytest

from planner.definitions.languages import read_languages
from planner.definitions.loader import load_cycle, load_languages, read_runbook
from planner.domain.cycle import Check, CheckKind
from planner.domain.families.language import Language
from planner.domain.runbook import Source
from planner.errors import InputError

BASE = Path(__file__).parent / "base"
WELCOME = (BASE / "welkom/runbook.yaml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(BASE, tmp_path / "runbooks")


def ids(loaded):
    return [runbook.id for runbook in loaded.runbooks]


def test_whole_folder_gives_a_cycle_in_the_order_of_the_file(folder):
    loaded = load_cycle(folder)

    assert loaded.problems == ()
    assert loaded.cycle.title == "Een jaar LOB met ouders"
    assert loaded.cycle.runbooks == loaded.runbooks
    assert ids(loaded) == ["welkom", "kijkje"]


def test_rules_arrive_as_domain_values(folder):
    rule = load_cycle(folder).cycle.rule("C01")

    assert (rule.source, rule.section, rule.hard) == (Source.TOOLKIT, "2.1", True)
    assert rule.checks == (
        Check(kind=CheckKind.GAP, hard=True, first="welkom", thens=("kijkje",), min_weeks=3, max_weeks=20),
        Check(kind=CheckKind.WINDOW, hard=False, first="kijkje", window=((11, 1), (2, 28))),
    )


def test_broken_runbook_does_not_hide_the_others(folder):
    (folder / "welkom/runbook.yaml").write_text("title: Welkom\n", encoding="utf-8")

    loaded = load_cycle(folder)

    assert loaded.cycle is None
    assert ids(loaded) == ["kijkje"]
    assert {problem.file for problem in loaded.problems} == {"runbooks/welkom/runbook.yaml"}


def test_broken_cycle_does_not_hide_the_runbooks(folder):
    (folder / "cycle.yaml").write_text("", encoding="utf-8")

    loaded = load_cycle(folder)

    assert loaded.cycle is None
    assert ids(loaded) == ["kijkje", "welkom"]


def test_folder_that_the_cycle_does_not_name_leaves_the_cycle_whole(folder):
    extra = (folder / "kijkje/runbook.yaml").read_text(encoding="utf-8").replace("id: kijkje", "id: avond")
    (folder / "avond").mkdir()
    (folder / "avond/runbook.yaml").write_text(extra, encoding="utf-8")

    loaded = load_cycle(folder)

    assert ids(loaded) == ["welkom", "kijkje", "avond"]
    assert [runbook.id for runbook in loaded.cycle.runbooks] == ["welkom", "kijkje"]
    assert [str(problem) for problem in loaded.problems] == [
        (
            'runbooks/avond/runbook.yaml: De map "avond" staat niet bij "activities" in cycle.yaml. '
            'Zet "avond" in die lijst, of haal de map weg.'
        )
    ]


def test_hidden_folders_and_folders_without_a_runbook_are_left_alone(folder):
    shutil.copytree(folder / "welkom", folder / ".welkom")
    (folder / "texts").mkdir()

    assert load_cycle(folder).problems == ()


def test_rule_about_a_broken_runbook_is_not_blamed(folder):
    (folder / "welkom/runbook.yaml").write_text("", encoding="utf-8")

    assert [problem.file for problem in load_cycle(folder).problems] == ["runbooks/welkom/runbook.yaml"]


def test_absent_folder_is_a_problem(tmp_path):
    loaded = load_cycle(tmp_path / "runbooks")

    assert (loaded.cycle, loaded.runbooks) == (None, ())
    assert [str(problem) for problem in loaded.problems] == [
        "runbooks/cycle.yaml: Dit bestand is er niet. Maak het aan of zet het terug."
    ]


def test_rows_may_overlap_in_a_place_that_they_share():
    text = WELCOME.replace("start: 20:30\n    places: [lokaal, hal]", "start: 20:15\n    places: [lokaal, hal]")

    assert read_runbook(text.encode(), file="x", folder="welkom")[1] == ()


def test_rows_may_overlap_when_one_says_so():
    text = WELCOME.replace("    start: 19:30\n    end: 20:30", "    start: 19:15\n    end: 20:30\n    parallel: ja")

    assert read_runbook(text.encode(), file="x", folder="welkom")[1] == ()


def test_assignment_without_a_step_is_optional():
    text = WELCOME.replace("  step: W03\n", "")

    runbook, problems = read_runbook(text.encode(), file="x", folder="welkom")

    assert problems == ()
    assert runbook.lesson.step is None


def test_yes_and_no_are_ja_and_nee():
    text = WELCOME.replace("    interprets: ja\n", "    interprets: ja\n    optional: nee\n")

    roles = {each.id: each for each in read_runbook(text.encode(), file="x", folder="welkom")[0].roles}
    role = roles["sleutelouder"]

    assert (role.interprets, role.optional) == (True, False)


def test_languages_arrive_in_the_order_of_the_file():
    dutch, arabic = load_languages(BASE)

    assert (dutch.code, dutch.rtl, dutch.reviewed) == ("nl", False, True)
    assert (arabic.code, arabic.babel, arabic.rtl, arabic.certainty) == ("ar", "ar_SY", True, 4)
    assert not arabic.reviewed
    assert isinstance(arabic, Language)
    assert dutch.strings["with_n"] == "Wij komen met {n} personen"
    assert len(dutch.strings) == 17


def test_broken_language_does_not_hide_the_others(folder):
    text = (folder / "languages.yaml").read_text(encoding="utf-8").replace("certainty: 4", "certainty: veel")
    (folder / "languages.yaml").write_text(text, encoding="utf-8")

    languages, problems = read_languages(folder)

    assert [language.code for language in languages] == ["nl"]
    assert len(problems) == 1


def test_languages_with_problems_raise_all_of_them(folder):
    (folder / "languages.yaml").unlink()

    with pytest.raises(InputError) as caught:
        load_languages(folder)

    assert str(caught.value) == "runbooks/languages.yaml: Dit bestand is er niet. Maak het aan of zet het terug."
