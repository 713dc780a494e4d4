import shutil
from pathlib import Path

import pytest

from planner.config import ROOT
from planner.definitions.answertexts import FILE, read_answer_texts
from planner.definitions.languages import read_languages
from planner.domain.families.answers import LONGEST_QUESTION, Flaw

BASE = Path(__file__).parent / "base"
TEXTS, PROBLEMS = read_answer_texts(ROOT / "runbooks")


def broken(tmp_path, old, new):
    """Return the problems after a change in the file."""
    folder = tmp_path / "runbooks"
    shutil.copytree(BASE, folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    texts, problems = read_answer_texts(folder)
    return set(texts), [str(problem) for problem in problems]


def test_every_language_has_texts_and_all_but_dutch_are_drafts():
    languages, _ = read_languages(ROOT / "runbooks")

    assert PROBLEMS == ()
    assert set(TEXTS) == {language.code for language in languages}
    assert {code for code, texts in TEXTS.items() if texts.reviewed} == {"nl"}
    assert all(1 <= texts.certainty <= 5 for texts in TEXTS.values())


def test_every_refusal_has_a_text():
    assert set(Flaw) <= set(TEXTS["nl"].strings)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_longest_question_is_told_as_it_is(code):
    assert str(LONGEST_QUESTION) in TEXTS[code].strings["question_hint"]


@pytest.mark.parametrize("code", sorted(set(TEXTS) - {"nl"}))
def test_no_text_was_left_in_dutch(code):
    dutch, own = TEXTS["nl"].strings, TEXTS[code].strings

    assert [key for key in own if own[key] == dutch[key]] == []


def test_missing_text_is_told(tmp_path):
    known, problems = broken(tmp_path, '    send: "Verstuur"\n', "")

    assert known == {"ar"}
    [problem] = problems
    assert problem == (
        'runbooks/answers.yaml, regel 4, nl › teksten: "send" (versturen) ontbreekt. '
        'Voeg "send:" toe: de vertaling van "Verstuur".'
    )


def test_call_needs_the_moment_and_no_other_braces(tmp_path):
    _, without = broken(tmp_path / "a", "{when}", "morgen")
    _, other = broken(tmp_path / "b", "{when}", "{when} {n}")

    [problem] = without
    assert without == other
    assert problem == (
        "runbooks/answers.yaml, regel 26, nl › teksten › zin aan de telefoon: In deze tekst hoort {when} te staan "
        'waar de dag en de tijd komen, en geen andere accolades. Schrijf bijvoorbeeld "Er is een bijeenkomst: {when}."'
    )


def test_dutch_must_be_there(tmp_path):
    known, problems = broken(tmp_path, "nl:", "en:")

    assert known == {"en", "ar"}
    [problem] = problems
    assert problem == (
        "runbooks/answers.yaml, regel 1: Er staan geen Nederlandse teksten in. "
        "Zet het blok nl terug: andere talen vallen erop."
    )


def test_file_must_be_there(tmp_path):
    texts, problems = read_answer_texts(tmp_path)

    assert texts == {}
    assert [problem.file for problem in problems] == [f"{tmp_path.name}/{FILE}"]
