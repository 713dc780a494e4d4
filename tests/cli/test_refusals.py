"""Wrong input: one Dutch sentence on the error output, an exit status, and nothing half-written."""

import sqlite3

import pytest


def tables(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "fonts")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "abc", 'PORT is "abc". Kies een getal van 1 tot en met 65535, bijvoorbeeld 8080.\n'),
        ("SECRET_KEY", "kort", "SECRET_KEY is te kort. Gebruik minstens 32 willekeurige tekens.\n"),
        (
            "PUBLIC_URL",
            "isk.test",
            "PUBLIC_URL klopt niet. Begin met http:// of https:// en noem daarna de computer.\n",
        ),
        (
            "DATABASE_URL",
            "mysql://u:hunter2@h/d",
            "DATABASE_URL begint met mysql; alleen sqlite en postgresql kunnen.\n",
        ),
        ("DATABASE_URL", "geen adres", "DATABASE_URL is geen geldig adres van een database.\n"),
    ],
)
def test_odd_setting(folder, run, monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)

    assert (run("year", "validate"), tables(folder)) == ((2, "", sentence), [])


def test_database_in_a_folder_that_cannot_be_made(folder, run, monkeypatch):
    (folder / "file").write_text("a file")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'file' / 'school.sqlite'}")

    status, out, error = run("year", "validate")

    assert (status, out, error.count("\n"), "DATABASE_URL" in error) == (2, "", 1, True)


def test_database_that_is_newer_than_the_program(school, run):
    with sqlite3.connect(school / "schakelplan.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert run("year", "validate") == (
        2,
        "",
        (
            "De database is gemaakt door een nieuwere versie van Schakelplan. "
            "Installeer die versie, of zet een back-up terug die bij deze versie hoort.\n"
        ),
    )


@pytest.mark.parametrize("command", [("year", "validate"), ("runbooks", "list"), ("runbooks", "show", "kijkje")])
def test_folder_with_a_broken_runbook(folder, runbooks, run, command):
    (runbooks / "kijkje" / "runbook.yaml").write_text("id: kijkje\n", encoding="utf-8")

    status, out, error = run(*command)

    assert (status, out, error.splitlines()[0], tables(folder)) == (
        2,
        "",
        "De draaiboeken kunnen niet worden gebruikt.",
        [],
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--region", "Oost"), "Regio ‘Oost’ bestaat niet. Kies Noord, Midden of Zuid.\n"),
        (("--size", "3"), "Een voorbeeldschool heeft 10 tot 2000 leerlingen; 3 kan niet.\n"),
        (("--year", "2027"), "‘2027’ is geen schooljaar. Schrijf het als 2026-2027.\n"),
    ],
)
def test_demo_school_that_cannot_be_made_leaves_the_old_one(school, run, options, sentence):
    before = dump(school)

    assert (run("demo", *options), dump(school)) == ((2, "", sentence), before)


def dump(folder):
    """Return everything in the database of an installation."""
    connection = sqlite3.connect(folder / "schakelplan.db")
    rows = list(connection.iterdump())
    connection.close()
    return rows


def test_school_year_without_known_holidays(run):
    status, out, error = run("demo", "--year", "2060-2061")

    assert (status, out, error.startswith("Van schooljaar 2060-2061 zijn de schoolvakanties niet bekend.")) == (
        2,
        "",
        True,
    )


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("event", "show", "markt"), 'De activiteit "markt" staat niet in dit schooljaar.\n'),
        (
            ("feed", "jan"),
            '"jan" is geen persoon van deze school. Gebruik het id van een persoon, of "year".\n',
        ),
        (("export", "markt", "--out", "x"), 'De activiteit "markt" staat niet in dit schooljaar.\n'),
    ],
)
def test_what_is_not_there(run, tmp_path, monkeypatch, command, sentence):
    monkeypatch.chdir(tmp_path)

    assert (run(*command), (tmp_path / "x").exists()) == ((2, "", sentence), False)


def test_unknown_runbook(run):
    status, out, error = run("runbooks", "show", "markt")

    assert (status, out, error.startswith('Er is geen draaiboek "markt". Kies uit: ')) == (2, "", True)


@pytest.mark.parametrize(
    "command", [("year", "validate"), ("year", "propose"), ("event", "list"), ("feed", "year"), ("event", "show", "x")]
)
def test_installation_without_a_school(run, command):
    assert run(*command) == (2, "", "Er is nog geen school ingericht.\n")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("--foo",), "De optie --foo bestaat niet. Bekijk wat kan met: planner --help\n"),
        (("demo", "--groot"), "De optie --groot bestaat niet. Bekijk wat kan met: planner demo --help\n"),
        (("demo", "--size"), "De optie --size is niet goed gebruikt. Bekijk wat kan met: planner --help\n"),
        (("demo", "--size", "veel"), "'--size' klopt niet. Bekijk wat kan met: planner demo --help\n"),
        (("event", "show"), "'ACTIVITEIT' ontbreekt. Bekijk wat kan met: planner event show --help\n"),
        (("export", "x"), "'--out' ontbreekt. Bekijk wat kan met: planner export --help\n"),
        (
            ("dansen",),
            "Dit commando bestaat niet, of er staat te veel achter. Bekijk wat kan met: planner --help\n",
        ),
        (
            ("feed", "a", "b"),
            "Dit commando bestaat niet, of er staat te veel achter. Bekijk wat kan met: planner feed --help\n",
        ),
    ],
)
def test_misused_command(run, command, sentence):
    assert run(*command) == (2, "", sentence)


def test_group_without_a_command_shows_its_help(run):
    status, out, error = run("year")

    assert (status, out, error.splitlines()[0]) == (2, "", "Usage: planner year [OPTIONS] COMMAND [ARGS]...")
