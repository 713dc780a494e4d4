"""The page behind the code on an invitation: the facts in the family's language, and no name."""

import pytest
from sqlalchemy import text

from planner.storage.db import db, writing

LANGUAGES = (
    "nl", "en", "tr", "ar", "ti", "am", "so", "fa", "prs", "ps", "ckb", "kmr", "ur", "uk", "ru", "pl", "ro", "bg",
    "es", "pt", "fr", "zh-Hans",
)  # fmt: skip
RTL = {"ar", "fa", "prs", "ps", "ckb", "ur"}


@pytest.fixture
def page(demo):
    return demo.facts.invitations["ar"].removeprefix("http://localhost")


def test_every_language_has_words_and_a_direction(demo, page, stranger):
    languages = demo.workspace.languages
    assert len(languages) == 22

    for code, language in languages.items():
        with demo.app.app_context(), writing(db.session):
            db.session.execute(text("UPDATE household SET language = :code"), {"code": code})
            db.session.execute(text("UPDATE school SET revision = revision + 1"))
        shown = stranger.look(page)
        direction = "rtl" if language.rtl else "ltr"
        assert f'<html lang="{code}" dir="{direction}">' in shown
        assert str(language.strings["invitation"]) in shown.replace("&#39;", "'")


def test_page_names_no_family_and_no_pupil(demo, page, stranger):
    with demo.app.app_context(), db.engine.connect() as connection:
        names = connection.execute(
            text("SELECT first_name FROM pupil UNION SELECT last_name FROM pupil UNION SELECT name FROM household")
        ).scalars()
        names = [name for name in names if len(name) > 3]

    shown = stranger.look(page)

    assert names
    assert [name for name in names if name in shown] == []


def test_page_is_not_for_search_engines_nor_for_others(page, stranger):
    response = stranger.get(page)

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    assert 'href="/jaar"' not in response.text


@pytest.mark.parametrize("wrong", ["x", "a" * 28, "%00", "a" * 5000, "..%2f..%2fetc%2fpasswd"])
def test_wrong_code_is_told_to_ask_school(stranger, wrong):
    response = stranger.get(f"/i/{wrong}")

    assert response.status_code in {400, 404}
    assert '<html lang="nl">' in response.text


def test_ended_code_opens_nothing(demo, page, stranger):
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE invite_link SET revoked_at = '2026-11-10 09:00:00.000000'"))

    response = stranger.get(page)

    assert response.status_code == 404
    assert "Vraag de school om een nieuwe uitnodiging." in response.text


@pytest.mark.parametrize("language", ["../../x", "nl\r\nX-Evil: 1", "xx", "ar'", "C:\\"])
def test_language_comes_from_a_fixed_list(demo, page, stranger, language):
    plain = stranger.get(page).data

    asked = stranger.open(f"{page}?lang=x", headers={"Accept-Language": language.replace("\r\n", " ")})
    with demo.app.app_context(), writing(db.session):
        db.session.execute(text("UPDATE household SET language = :code"), {"code": language})
        db.session.execute(text("UPDATE school SET revision = revision + 1"))
    odd = stranger.get(page)

    assert asked.data == plain
    assert odd.status_code == 200
    assert '<html lang="nl" dir="ltr">' in odd.text
