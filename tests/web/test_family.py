"""The page behind the code on an invitation: the facts in the family's language, no name, and the answer back."""

import pytest
from addresses import path_of
from browsing import Browser
from demoschool import tables
from sqlalchemy import text

from planner.domain.families.answers import Flaw
from planner.storage.db import db, writing

LANGUAGES = (
    "nl", "en", "fr", "es", "ar", "fa", "prs", "ps", "ti", "am", "so", "uk", "ru", "tr", "pl", "bg", "ro", "pt",
    "zh-Hans", "ku", "ur", "vi",
)  # fmt: skip
FORM = {"komt": "ja", "personen": "4", "tolk": "ti", "kinderen": "2", "vraag": "Waar is de fietsenstalling?"}


@pytest.fixture
def page(demo):
    return demo.facts.invitations["ar"].removeprefix("http://localhost")


def rows(demo):
    with demo.app.app_context():
        return tables(db.engine)


def texts(demo, code):
    return demo.workspace.answer_texts[code].strings


def send(stranger, path, **form):
    return stranger.open(path, "POST", data=form)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_words_and_a_direction(demo, page, stranger, code):
    language = demo.workspace.languages[code]

    shown = stranger.look(f"{page}?taal={code}").replace("&#39;", "'")

    direction = "rtl" if language.rtl else "ltr"
    assert f'<html lang="{code}" dir="{direction}">' in shown
    assert str(language.strings["invitation"]) in shown
    assert texts(demo, code)["question_hint"] in shown


def test_page_is_in_the_language_of_the_family(demo, page, stranger):
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE household SET language = 'uk'"))
        db.session.execute(text("UPDATE school SET revision = revision + 1"))

    assert '<html lang="uk" dir="ltr">' in stranger.look(page)


def test_page_names_no_family_and_no_pupil(demo, page, stranger):
    with demo.app.app_context(), db.engine.connect() as connection:
        names = connection.execute(
            text("SELECT first_name FROM pupil UNION SELECT last_name FROM pupil UNION SELECT name FROM household")
        ).scalars()
        names = [name for name in names if len(name) > 3]
    send(stranger, page, **FORM)

    for path in (page, f"/c/{demo.facts.short_code}"):
        shown = stranger.look(path)
        assert [name for name in names if name in shown] == []
    assert names


def test_page_is_not_for_search_engines_nor_for_others(demo, page, stranger):
    for path in (page, "/c", f"/c/{demo.facts.short_code}"):
        response = stranger.get(path)
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in response.headers
        assert 'href="/jaar"' not in response.text
        assert "<script" not in response.text


@pytest.mark.parametrize("wrong", ["x", "a" * 28, "%00", "a" * 5000, "..%2f..%2fetc%2fpasswd"])
def test_wrong_code_is_told_to_ask_school(stranger, wrong):
    response = stranger.get(f"/i/{wrong}")

    assert response.status_code in {400, 404}
    assert '<html lang="nl"' in response.text


def test_ended_code_opens_nothing(demo, page, stranger):
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE invite_link SET revoked_at = '2026-11-10 09:00:00.000000'"))

    for path in (page, f"/c/{demo.facts.short_code}"):
        response = stranger.get(path)
        assert response.status_code == 404
        assert texts(demo, "nl")["code_unknown"] in response.text


@pytest.mark.parametrize("language", ["../../x", "nl\r\nX-Evil: 1", "xx", "ar'", "C:\\"])
def test_language_comes_from_a_fixed_list(demo, page, stranger, language):
    plain = stranger.get(page).data

    asked = stranger.open(
        page, query_string={"taal": language}, headers={"Accept-Language": language.replace("\r\n", " ")}
    )
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE household SET language = :code"), {"code": language})
        db.session.execute(text("UPDATE school SET revision = revision + 1"))
    odd = stranger.get(page)

    assert asked.data == plain
    assert odd.status_code == 200
    assert '<html lang="nl" dir="ltr">' in odd.text


def test_answer_comes_back_on_the_page(demo, page, stranger):
    answer = send(stranger, page, **FORM, taal="ar")
    shown = stranger.look(answer.location)

    assert (answer.status_code, answer.location) == (303, f"{page}?taal=ar&bewaard=1#antwoord")
    assert texts(demo, "ar")["saved"] in shown
    assert shown.count('d="M8 44c0-12 6-19 16-19s16 7 16 19z"') == 4 + 1  # four people, and one beside the question
    assert FORM["vraag"] in shown
    assert "ትግርኛ" in shown


def test_twice_from_two_devices_and_back_is_one_answer_without_an_error(demo, page, stranger):
    other = Browser(demo)
    for browser, form in ((stranger, FORM), (stranger, FORM), (other, {"komt": "nee"}), (stranger, FORM)):
        assert send(browser, page, **form).status_code == 303

    with demo.app.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("SELECT coming, persons, source FROM answer")).all() == [(1, 4, "gezin")]


@pytest.mark.parametrize(
    ("form", "flaw", "status"),
    [
        ({}, Flaw.CHOOSE, 400),
        ({**FORM, "personen": "99"}, Flaw.NUMBER, 400),
        ({**FORM, "vraag": "ب" * 501}, Flaw.LONG, 400),
    ],
)
def test_refusal_is_in_the_language_of_the_family_and_keeps_what_was_typed(demo, page, stranger, form, flaw, status):
    before = rows(demo)

    response = send(stranger, page, **form, taal="ar")

    assert response.status_code == status
    assert texts(demo, "ar")[flaw] in response.text
    assert '<html lang="ar" dir="rtl">' in response.text
    assert form.get("vraag", "") in response.text
    assert rows(demo) == before


def test_too_late_is_told_in_the_language_of_the_family(demo, page, stranger):
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE event SET first = '2026-11-09', last = '2026-11-09'"))
        db.session.execute(text("UPDATE school SET revision = revision + 1"))

    response = send(stranger, page, **FORM)

    assert response.status_code == 409
    assert texts(demo, "ar")["too_late"] in response.text
    assert 'name="komt"' not in response.text
    assert texts(demo, "ar")["too_late"] in stranger.look(page)


def test_code_is_typed_in_any_shape_and_leads_to_the_same_page(demo, stranger):
    form = stranger.look("/c?taal=ti")
    assert texts(demo, "ti")["code"] in form

    answer = send(stranger, "/c", code=demo.facts.short_code.lower().replace("-", " "), taal="ti")

    assert answer.status_code == 303
    assert stranger.look(answer.location).startswith('<!doctype html>\n<html lang="ti"')
    again = send(stranger, answer.location.partition("?")[0], **FORM)
    assert (again.status_code, again.location.partition("?")[0]) == (303, answer.location.partition("?")[0])
    assert texts(demo, "ar")["saved"] in stranger.look(again.location)


@pytest.mark.parametrize(
    ("code", "flaw", "status"),
    [("K7P-3MA", Flaw.CODE_WRONG, 400), ("222222222", Flaw.CODE_UNKNOWN, 404), ("", Flaw.CODE_WRONG, 400)],
)
def test_code_that_does_not_work_is_told_in_the_language_of_the_phone(demo, stranger, code, flaw, status):
    response = stranger.open("/c", "POST", data={"code": code}, headers={"Accept-Language": "ar-SY,ar;q=0.9,en;q=0.5"})

    assert response.status_code == status
    assert texts(demo, "ar")[flaw] in response.text
    assert f'value="{code}"' in response.text


def test_addresses_of_families_are_open(demo, stranger):
    for endpoint in ("family.show", "family.code_form", "family.show_coded"):
        assert stranger.get(path_of(demo, endpoint)).status_code == 200
