"""planner account: for the owner of a server who is locked out."""

import re

EMAIL = "noor@school.example"
LINK = r"http://localhost:8080/wachtwoord/[\w-]{43}"


def test_account_is_made_listed_and_reset(run, school):  # noqa: ARG001 - there is a school
    status, said, _ = run("account", "add", "Noor de Vries", EMAIL)
    assert status == 0
    assert re.fullmatch(f"Geef deze link aan Noor de Vries\\. Hij werkt 7 dagen en één keer:\n{LINK}\n", said)

    status, said, _ = run("account", "list")
    assert status == 0
    assert f"Noor de Vries · LOB-coördinator · {EMAIL} · nog niet ingelogd" in said.splitlines()
    assert "Marieke van Dijk · LOB-coördinator · zonder e-mail · nog niet ingelogd" in said.splitlines()

    status, again, _ = run("account", "reset", EMAIL)
    assert (status, bool(re.search(LINK, again))) == (0, True)
    assert again not in said


def test_account_works_before_there_is_a_school(run):
    status, said, _ = run("account", "add", "Noor", EMAIL, "--role", "mentor")

    assert (status, bool(re.search(LINK, said))) == (0, True)
    assert run("account", "list")[1] == f"Noor · mentor · {EMAIL} · nog niet ingelogd\n"


def test_mail_is_told(run, monkeypatch):
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")

    assert "Er gaat ook een mail" in run("account", "add", "Noor", EMAIL)[1]


def test_refusals_are_one_sentence(run):
    run("account", "add", "Noor", EMAIL)

    assert run("account", "add", "Noor", EMAIL) == (
        2,
        "",
        "Er is al een account met dit e-mailadres. Zoek het op in de lijst.\n",
    )
    assert run("account", "add", "Noor", "x@y.nl", "--role", "baas")[0] == 2
    assert run("account", "reset", "niemand@school.example") == (
        2,
        "",
        "Er is geen account met het adres niemand@school.example. Bekijk ze met: planner account list\n",
    )
