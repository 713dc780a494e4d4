import os
from dataclasses import replace
from datetime import timedelta

import pytest
from demoschool import NOW, settings_in

from planner.services import doctor

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def given(tmp_path):
    return settings_in(tmp_path / "data")


def finding(workspace, given, about):
    return next(each for each in doctor.examine(workspace, given, now=NOW) if each.about == about)


def test_every_language_can_be_printed_with_the_fonts(workspace, given):
    names = {language.name for language in workspace.languages.values()}

    found = [each for each in doctor.examine(workspace, given, now=NOW) if each.about in names]

    assert ({each.about for each in found}, {each.ok for each in found}) == (names, {True})


def test_draft_translation_is_named(workspace, given):
    draft = next(language for language in workspace.languages.values() if not language.reviewed)

    assert finding(workspace, given, draft.name).text == "kan worden afgedrukt (vertaling is nog een concept)"


def test_machine_without_fonts(workspace, given, tmp_path):
    bare = replace(workspace, fonts_dir=tmp_path / "none")

    found = finding(bare, given, "Lettertypen")

    assert (found.ok, found.needed, found.text) == (False, True, "ontbreken. Voer 'make fonts' uit.")


def test_missing_letter_is_named(workspace, given):
    dutch = workspace.languages["nl"]
    odd = replace(dutch, strings={**dutch.strings, "where": "𐎀 waar"})

    found = finding(replace(workspace, languages={"nl": odd}), given, "Nederlands")

    assert (found.ok, found.needed, found.text) == (False, True, "mist 𐎀")


def test_libraries_are_looked_for(workspace, given):
    assert finding(workspace, given, "Pango").needed is True


@pytest.mark.parametrize(
    ("url", "ok", "text"),
    [
        ("http://127.0.0.1:8080", (False, True), "in orde"),
        ("http://planner.isk.test", (True, False), "PUBLIC_URL begint niet met https."),
        ("https://planner.isk.test", (True, True), "in orde"),
    ],
)
def test_address_and_encryption(workspace, given, url, ok, text):
    public = replace(given, public_url=url)

    address, secure = finding(workspace, public, "Adres"), finding(workspace, public, "Versleuteling")

    assert ((address.ok, secure.ok), secure.text) == (ok, text)


def test_address_that_only_works_here_says_what_to_do(workspace, given):
    assert finding(workspace, given, "Adres").text == (
        "http://localhost werkt alleen op deze computer; zet PUBLIC_URL voor QR-codes."
    )


@pytest.mark.parametrize(
    ("smtp", "text"),
    [("", "SMTP_URL is leeg; er gaat geen mail uit."), ("smtp://m", "ingesteld")],
)
def test_mail(workspace, given, smtp, text):
    assert finding(workspace, replace(given, smtp_url=smtp), "Mail").text == text


def test_no_backup_yet(workspace, given):
    folder = given.data_dir / "backups"

    assert finding(workspace, given, "Back-up").text == (
        f"nog geen back-up in {folder}. Maak er een met 'planner backup'."
    )


@pytest.mark.parametrize(
    ("age", "ok", "text"),
    [
        (timedelta(hours=1), True, "van vandaag"),
        (timedelta(days=1), True, "1 dag oud"),
        (timedelta(days=7), True, "7 dagen oud"),
        (timedelta(days=8), False, "8 dagen oud"),
    ],
)
def test_age_of_the_newest_backup(workspace, given, age, ok, text):
    folder = given.data_dir / "backups"
    folder.mkdir()
    for name, made in (("schakelplan-old.zip", NOW - timedelta(days=100)), ("schakelplan-new.zip", NOW - age)):
        (folder / name).touch()
        os.utime(folder / name, (made.timestamp(), made.timestamp()))

    found = finding(workspace, given, "Back-up")

    assert (found.ok, found.text) == (ok, text)


def test_nothing_secret_is_shown(workspace, given):
    shown = " ".join(each.text for each in doctor.examine(workspace, replace(given, smtp_url="smtp://u:pw@m"), now=NOW))

    assert (given.secret_key in shown, "pw" in shown) == (False, False)
