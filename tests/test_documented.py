"""All that a reader can set, write or type is in README.md or on the help page; its JSON is what comes out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from planner.cli import planner
from planner.definitions import schema
from planner.definitions.loader import load_cycle
from planner.domain.cycle import CheckKind
from planner.services.event.sheets import SHEETS
from planner.services.year import rulespage

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HELP = (ROOT / "templates" / "web" / "help.html").read_text(encoding="utf-8")
CODE = frozenset(re.findall(r"`([^`\n]+)`", README))
SETTINGS = sorted(set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', (ROOT / "planner" / "config.py").read_text("utf-8"))))
KEYS = sorted(
    {
        name
        for part in vars(schema).values()
        if isinstance(part, type) and issubclass(part, schema.Part)
        for name in part.model_fields
    }
)
CYCLE_RULES = {rule.id for rule in load_cycle(ROOT / "runbooks").cycle.rules}
RULES = sorted(CYCLE_RULES.union(*rulespage.BOOKS))


def _commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(_commands(planner, "planner"))
OPTIONS = sorted(
    (path, option)
    for path, command in COMMANDS.items()
    for parameter in command.params
    if isinstance(parameter, click.Option)
    for option in parameter.opts
)


def _about(path: str) -> str:
    """Return the rows of the table that tell about a command; a row without a name belongs to the one before."""
    table = README.partition("| Commando |")[2].partition("\n\n")[0]
    rows = re.sub(r"\n\| \|", " ", table).splitlines()
    return "\n".join(row for row in rows if re.match(rf"\| `{path}\b", row))


def test_there_is_something_to_look_for():
    assert len(SETTINGS) >= 13
    assert len(KEYS) > 70
    assert len(COMMANDS) >= 29
    assert len(COMMANDS) == 35


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_is_documented(name):
    assert f"| `{name}` |" in README


@pytest.mark.parametrize("name", KEYS)
def test_key_of_a_runbook_is_documented(name):
    assert name in CODE or f"<code>{name}</code>" in HELP


@pytest.mark.parametrize("kind", CheckKind)
def test_kind_of_check_is_documented(kind):
    assert kind in CODE


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_documented(rule):
    assert f"| {rule} |" in README


def test_example_of_a_runbook_is_without_problems(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "koffie").mkdir()
    (tmp_path / "koffie" / "runbook.yaml").write_text(example, encoding="utf-8")
    cycle = "title: Een klein jaar\nactivities:\n  - koffie\nrules: []\n"
    (tmp_path / "cycle.yaml").write_text(cycle, encoding="utf-8")

    assert load_cycle(tmp_path).problems == ()


@pytest.mark.parametrize("path", COMMANDS)
def test_command_is_documented(path):
    assert _about(path)


@pytest.mark.parametrize(("path", "option"), OPTIONS)
def test_option_is_documented(path, option):
    assert f"{option}" in _about(path)


# ---- The JSON of README ----

MAPS = frozenset({"per_language"})  # objects whose keys are data


def _examples() -> Iterator[tuple[str, object]]:
    """Yield each command that gives JSON with the example below it."""
    for told, example in re.findall(r"\n(`planner [^\n]*--json`[^\n]*):\n\n```json\n(.*?)\n```", README, re.DOTALL):
        for command in re.findall(r"`planner ([^`]*--json)`", told):
            yield command, json.loads(example)


EXAMPLES = dict(_examples())


def _shapes(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place and the type of everything in a value; a list counts as each of its parts."""
    name = path.rpartition(".")[2]
    if isinstance(value, dict):
        yield path, "object"
        for key, part in value.items():
            yield from _shapes(part, f"{path}.{'*' if name in MAPS else key}")
    elif isinstance(value, list):
        yield path, "list"
        for part in value:
            yield from _shapes(part, f"{path}[]")
    elif value is not None:
        yield path, type(value).__name__


def _places(value: object, path: str = "") -> set[str]:
    """Return every place, also of what is null."""
    name = path.rpartition(".")[2]
    if isinstance(value, dict):
        inner = (_places(part, f"{path}.{'*' if name in MAPS else key}") for key, part in value.items())
    elif isinstance(value, list):
        inner = (_places(part, f"{path}[]") for part in value)
    else:
        inner = ()
    return {path}.union(*inner)


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> dict[str, str]:
    """Return the environment of an installation with a demo school."""
    folder = tmp_path_factory.mktemp("documented")
    (folder / "fonts").symlink_to(ROOT / "var" / "fonts")
    environment = {"PLANNER_DATA": str(folder), "DATABASE_URL": "", "PLANNER_RUNBOOKS": "", "PUBLIC_URL": ""}
    made = CliRunner().invoke(planner, ["demo", "--size", "60", "--year", "2026-2027"], env=environment)
    assert made.exit_code == 0, made.output
    (folder / "leerlingen.csv").write_text("Stamnummer;Roepnaam;Achternaam;Klas;BSN\n012345;Amina;Dijk;1A;1\n")
    return environment


def test_every_command_with_json_has_an_example():
    able = {path.removeprefix("planner ") for path, option in OPTIONS if option == "--json"}

    assert {path for path in able if not any(command.startswith(f"{path} ") for command in EXAMPLES)} == set()
    shown = {command.split()[0] for command in EXAMPLES if " show " in command}
    assert shown == {"event", "routes", "runbooks", "talks"}


@pytest.mark.slow
@pytest.mark.parametrize("command", EXAMPLES)
def test_json_of_readme_is_what_comes_out(command, school, monkeypatch):
    monkeypatch.chdir(school["PLANNER_DATA"])
    given = CliRunner().invoke(planner, command.split(), env=school)
    answer = json.loads(given.stdout)
    example = EXAMPLES[command]

    # What is empty in this school says nothing about its parts.
    filled = {path for path, _ in _shapes(answer)}
    shown = {path for path in _places(example) if _is_filled(path, filled)}
    assert shown == _places(answer)
    types = dict(_shapes(example))
    assert {path: kind for path, kind in _shapes(answer) if path in types} == {
        path: kind for path, kind in types.items() if path in filled
    }


def _is_filled(path: str, filled: set[str]) -> bool:
    """Return whether every list around this place has something in it."""
    parts = [path[: found.end()] for found in re.finditer(r"\[\]", path)]
    return all(part in filled or any(each.startswith(part) for each in filled) for part in parts)


def test_every_file_of_an_export_is_in_the_list():
    listed = re.findall(r"^\| `([a-z-]+)\.pdf` \|", README, re.MULTILINE)

    assert listed == list(SHEETS)
