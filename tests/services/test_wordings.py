"""What is said in each language: drafts of ours, corrections and languages of the school's, translators' files."""

import csv
import io
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po
from demoschool import NOW
from openpyxl import load_workbook

from planner.definitions.texts import Texts
from planner.domain.access.rights import Actor, Role
from planner.errors import InputError, NotFoundError
from planner.services.invitations import invitations
from planner.services.state import load_state
from planner.services.texts import wordingedit, wordingfiles, wordings
from planner.storage.db import writing
from planner.storage.models import HouseholdRow, WordingState

WHO = "Mariam"
KEY = "welkom.onderwerp.2"
MARKET = "interessemarkt"


@pytest.fixture(params=["sqlite"])  # one test asks for both
def database_kind(request):
    return request.param


def changed(workspace, key, text="", state="checked", note="", code="prs"):
    wanted = wordingedit.wanted(text=text, state=state, note=note)
    wordingedit.change(workspace, code, key, wanted, by=WHO, now=NOW)
    return wordings.words(workspace, code).lines[key]


def test_every_activity_says_in_every_language_what_it_is_about(workspace):
    every = wordings.all_words(workspace)

    assert len(every) == 22
    missing = [(code, line.key) for code, found in every.items() for line in found.lines.values() if not line.text]
    assert missing == []
    assert {found.unchecked for code, found in every.items() if code != "nl"} == {len(every["ar"].lines)}
    assert every["nl"].unchecked == 0
    assert {line.certainty for line in every["ti"].lines.values()} <= {1, 2}
    with pytest.raises(NotFoundError):
        wordings.words(workspace, "bestaat-niet")


def test_language_without_a_file_of_its_own_says_dutch_only(workspace):
    bare = replace(workspace, texts=Texts(), kept={})

    found, welcome = wordings.words(bare, "ti"), bare.cycle.runbook("welkom")

    assert found.about(welcome) == ("",) * len(welcome.invitation.about)
    assert found.sentences("zin") == ()
    assert found.fixed["when"]


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
def test_correction_of_the_school_is_on_its_invitations_and_keeps_who_and_when(workspace):
    before = wordings.words(workspace, "prs").lines[KEY]

    line = changed(workspace, KEY, "می‌بینید که روز مکتب چطور است.\n")

    assert (line.text, line.own, line.state, line.who, line.at) == (
        "می‌بینید که روز مکتب چطور است.", True, "checked", WHO, NOW,
    )  # fmt: skip
    assert (before.own, before.state) == (False, "draft")
    assert changed(workspace, KEY, state="flagged", note="Toch niet.").text == line.text
    count = wordings.words(workspace, "prs").unchecked
    assert changed(workspace, "vast.when").state == "checked"
    assert wordings.words(workspace, "prs").unchecked == count - 1


def test_sentence_of_a_place_is_corrected_like_any_other_text(workspace):
    key = "welkom.plek.tour-gymzaal.1"
    before = wordings.words(workspace, "prs").said_at("welkom", "tour-gymzaal")

    line = changed(workspace, key, "ورزش طفل شما اینجا است.")

    assert (line.group, line.dutch) == ("Welkom in de ISK: Gymzaal", "Hier heeft uw kind gym.")
    assert wordings.words(workspace, "prs").said_at("welkom", "tour-gymzaal") == (line, *before[1:])
    assert wordings.words(workspace, "prs").said_at("welkom", "hal") == ()


def test_same_again_changes_nothing(workspace):
    revision = load_state(workspace).facts

    assert changed(workspace, "vast.when", wordings.words(workspace, "prs").text("vast.when"), state="draft")

    assert load_state(workspace).facts == revision


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("vast.with_n", "ما می‌آییم", "Zet {n} op de plaats"),
        ("vast.with_n", "{n} {x}", "Zet {n} op de plaats"),
        ("vast.when", "😀 چه", "Geen van onze letters heeft 😀"),
        ("vast.when", "x" * 300, "te lang"),
    ],
)
def test_what_cannot_be_printed_is_refused(workspace, key, text, sentence):
    with pytest.raises(InputError, match=sentence):
        changed(workspace, key, text)


def test_unknown_keys_states_and_dutch_are_refused(workspace):
    with pytest.raises(NotFoundError, match="Deze tekst is er niet"):
        changed(workspace, "bestaat.niet", "x")
    with pytest.raises(InputError, match="Kies of de tekst klopt"):
        changed(workspace, "vast.when", "x", state="mooi")
    with pytest.raises(InputError, match="staan in de draaiboeken"):
        changed(workspace, "vast.when", "x", code="nl")


def test_only_who_may_reads_and_changes(workspace):
    reviewer = replace(workspace, actor=Actor(role=Role.REVIEWER))
    mentor = replace(workspace, actor=Actor(role=Role.MENTOR))

    assert len(wordingedit.review(reviewer)) == 21
    assert wordingedit.language(reviewer, "ti").language.name == "Tigrinya"
    for refused in (lambda: wordingedit.review(mentor), lambda: wordingfiles.export(mentor, "ti", "po")):
        with pytest.raises(NotFoundError):
            refused()
    with pytest.raises(NotFoundError):
        wordingedit.add_language(reviewer, code="sq", babel="sq", name="A", own_name="S", rtl=False, by=WHO, now=NOW)


def add(workspace, **given):
    known = {"code": "sq", "babel": "sq", "name": "Albanees", "own_name": "Shqip", "rtl": False}
    wordingedit.add_language(workspace, **{**known, **given}, by=WHO, now=NOW)


def test_language_of_the_school_is_dutch_until_it_is_filled_in(workspace):
    add(workspace)
    with writing(workspace.session):
        for row in workspace.session.query(HouseholdRow):
            row.language = "sq"

    sheet = invitations.sheets(workspace, MARKET)[0]
    assert (sheet.language, sheet.date_own, sheet.own["when"], sheet.title_own) == (
        "sq", "e mërkurë, 3 shkurt 2027", "", "",
    )  # fmt: skip
    assert workspace.language_names["sq"] == "Albanees"
    with pytest.raises(InputError, match="Er staat nog geen vertaling"):
        changed(workspace, "vast.when", code="sq")
    assert changed(workspace, "vast.when", "Kur?", code="sq").text == "Kur?"
    assert invitations.sheets(workspace, MARKET)[0].own["when"] == "Kur?"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": "ar"}, "Deze taal is er al"),
        ({"name": " "}, "de naam ontbreekt"),
        ({"code": "s q"}, "Gebruik als code letters"),
        ({"code": "é" * 3}, "Gebruik als code letters"),
        ({"babel": "xx-yy-zz"}, "geen taal waarvan wij de dagen kennen"),
    ],
)
def test_language_that_cannot_be_is_refused(workspace, given, sentence):
    with pytest.raises(InputError, match=sentence):
        add(workspace, **given)


# ---- files for a translator ----


def filled(workspace, kind):
    """Return a translator's file with one text changed and marked as checked."""
    body = wordingfiles.export(workspace, "prs", kind)
    if kind == "po":
        catalog = read_po(io.BytesIO(body), locale="fa_AF")
        message = next(each for each in catalog if each.context == KEY)
        message.string, message.flags = "متن نو", set()
        out = io.BytesIO()
        wordingfiles.write_po(out, catalog)
        return out.getvalue()
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
        row = next(row for row in rows if row[0] == KEY)
        row[3:5] = ["متن نو", "ja"]
        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows(rows)
        return out.getvalue().encode()
    book = load_workbook(io.BytesIO(body))
    row = next(row for row in book.active.iter_rows() if row[0].value == KEY)
    row[3].value, row[4].value = "متن نو", "ja"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "po"])
def test_translators_file_comes_back_with_what_changed(workspace, kind):
    same = wordingfiles.export(workspace, "prs", kind)
    assert wordingfiles.take_in(workspace, "prs", same, name=f"x.{kind}", by=WHO, now=NOW) == 0

    count = wordingfiles.take_in(workspace, "prs", filled(workspace, kind), name=f"Teksten.{kind}", by=WHO, now=NOW)

    line = wordings.words(workspace, "prs").lines[KEY]
    assert (count, line.text, line.state, line.who) == (1, "متن نو", "checked", WHO)


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("x.po", b"\xff\xfe\x00", "niet te lezen"),
        ("x.po", b'msgctxt "x.y"\nmsgid "a"\nmsgstr "b"\n', "De sleutel x.y kennen wij niet"),
        ("x.csv", b"Sleutel;Vertaling\nx.y;b\n", "De sleutel x.y kennen wij niet"),
        ("x.csv", b"Naam;Klas\na;b\n", "Sleutel en Vertaling ontbreken"),
        ("x.csv", "Sleutel;Vertaling\nvast.when;😀 x\n".encode(), "Geen van onze letters"),
        ("x.csv", b"x" * (wordingfiles.LARGEST + 1), "te groot"),
    ],
)
def test_broken_file_is_refused_and_nothing_is_kept(workspace, name, body, sentence):
    before = wordings.words(workspace, "prs")

    with pytest.raises(InputError, match=sentence):
        wordingfiles.take_in(workspace, "prs", body, name=name, by=WHO, now=NOW)

    assert wordings.words(workspace, "prs") == before


def test_short_file_fills_in_what_it_names(workspace):
    add(workspace)

    body = b"Sleutel;Vertaling;Nagekeken\nvast.when;Kur?;ja\nvast.where;;nee\nvast.room;'=salla\n"
    assert wordingfiles.take_in(workspace, "sq", body, name="x.csv", by=WHO, now=NOW) == 2

    found = wordings.words(workspace, "sq")
    assert (found.text("vast.when"), found.text("vast.where"), found.text("vast.room")) == ("Kur?", "", "=salla")
    assert found.lines["vast.when"].state == WordingState.CHECKED
