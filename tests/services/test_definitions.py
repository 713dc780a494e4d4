import shutil

import pytest

from planner.config import ROOT
from planner.errors import NotFoundError, SettingsError
from planner.services import definitions

RUNBOOKS = ROOT / "runbooks"


@pytest.fixture(scope="module")
def cycle():
    return definitions.load(RUNBOOKS).cycle


@pytest.fixture
def broken(tmp_path):
    """Return a folder in which one file is broken."""
    folder = tmp_path / "runbooks"
    shutil.copytree(RUNBOOKS, folder)
    (folder / "kijkje" / "runbook.yaml").write_text("id: kijkje\nphase: drie\n", encoding="utf-8")
    return folder


def test_shipped_definitions_have_no_problems():
    assert definitions.check(RUNBOOKS) == ()


def test_languages_come_by_code():
    languages = definitions.load(RUNBOOKS).languages

    assert {code: language.code for code, language in languages.items()} == {code: code for code in languages}


def test_broken_file_is_refused_with_its_name_and_line(broken):
    with pytest.raises(SettingsError) as refused:
        definitions.load(broken)

    first, *problems = str(refused.value).splitlines()
    assert (first, problems[0].split(":")[0]) == (
        "De draaiboeken kunnen niet worden gebruikt.",
        "runbooks/kijkje/runbook.yaml, regel 1",
    )


def test_check_names_what_load_refuses(broken):
    with pytest.raises(SettingsError) as refused:
        definitions.load(broken)

    assert str(refused.value).splitlines()[1:] == "\n".join(map(str, definitions.check(broken))).splitlines()


def test_schema_describes_a_runbook():
    assert "runsheet" in definitions.schema()["properties"]


def test_unknown_runbook_names_the_ones_there_are(cycle):
    with pytest.raises(NotFoundError) as unknown:
        definitions.describe(cycle, "markt")

    known = ", ".join(runbook.id for runbook in cycle.runbooks)
    assert str(unknown.value) == f'Er is geen draaiboek "markt". Kies uit: {known}.'


def test_facts_of_a_runbook(cycle):
    facts = definitions.describe(cycle, "interessemarkt")

    assert list(facts) == [
        "id",
        "title",
        "phase",
        "kind",
        "goal",
        "audience",
        "runsheet",
        "preparation",
        "roles",
        "forms",
        "rules",
    ]


@pytest.mark.parametrize(
    ("part", "keys"),
    [
        ("runsheet", {"id", "start", "end", "place", "needs", "what", "responsible", "source"}),
        ("preparation", {"id", "weeks_before", "who", "what", "source"}),
        ("roles", {"id", "title", "minimum", "maximum", "per", "interprets", "source"}),
        ("forms", {"id", "title", "shape", "what"}),
        ("rules", {"id", "title", "hard", "source"}),
        ("audience", {"phases", "routes"}),
    ],
)
def test_parts_of_a_runbook_keep_their_keys(cycle, part, keys):
    facts = definitions.describe(cycle, "interessemarkt")[part]

    assert [keys - set(each) for each in facts] == [set()] * len(facts) != []


def test_row_of_a_runbook(cycle):
    row = definitions.describe(cycle, "interessemarkt")["runsheet"][0]

    assert (row["start"], row["place"], row["source"]) == ("15:30", "Loopbaanlokaal met vier hoeken", "toolkit")


def test_row_with_an_open_end_has_none(cycle):
    rows = [row for each in cycle.runbooks for row in definitions.describe(cycle, each.id)["runsheet"]]

    assert {type(row["end"]) for row in rows} == {str, type(None)}
