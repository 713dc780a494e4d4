"""The door for what is said in each language."""

import shutil
from pathlib import Path

import pytest

from planner.config import ROOT
from planner.definitions.languages import read_languages
from planner.definitions.loader import load_cycle
from planner.definitions.texts import read_texts
from planner.services import definitions

RUNBOOKS = ROOT / "runbooks"
BASE = Path(__file__).parent / "base"
ABOUT = "about:\n  - een\n  - twee\n"
GOOD = "certainty: 3\nreview: needed\ntitle: Ahlan\nwho_may_come: Iedereen\n"


@pytest.fixture
def folder(tmp_path):
    copied = tmp_path / "runbooks"
    shutil.copytree(BASE, copied)
    (copied / "welkom" / "texts").mkdir()
    (copied / "sentences").mkdir()
    return copied


def read(folder):
    return read_texts(folder, load_cycle(folder).runbooks, read_languages(folder)[0])


def about(folder):
    count = len(load_cycle(folder).cycle.runbook("welkom").invitation.about)
    return "about:\n" + "".join(f"  - regel {number}\n" for number in range(count))


def test_our_own_texts_are_whole():
    texts, problems = read(RUNBOOKS)

    assert problems == ()
    assert len(texts.wordings) == 10 * 21
    assert len(texts.sentences) == 22
    assert {wording.review for wording in texts.wordings.values()} == {"needed"}


def test_language_without_a_file_is_no_problem(folder):
    texts, problems = read(folder)

    assert (dict(texts.wordings), dict(texts.sentences), problems) == ({}, {}, ())


def test_file_gives_the_texts_of_its_language(folder):
    (folder / "welkom" / "texts" / "ar.yaml").write_text(GOOD + about(folder), encoding="utf-8")

    texts, problems = read(folder)

    assert problems == ()
    assert texts.wordings["welkom", "ar"].title == "Ahlan"


SAYS = "        says: [Hier hangen de jassen., Kijk rond.]\n"


@pytest.fixture
def told(folder):
    """Return a folder in which one place, of a form, has two sentences."""
    runbook = folder / "welkom" / "runbook.yaml"
    text = runbook.read_text(encoding="utf-8")
    runbook.write_text(text.replace("        name: Gang\n", f"        name: Gang\n{SAYS}"), encoding="utf-8")
    return folder


def texts_with(folder, says):
    (folder / "welkom" / "texts" / "ar.yaml").write_text(GOOD + about(folder) + says, encoding="utf-8")
    return read(folder)


def test_place_has_a_sentence_for_each_dutch_one(told):
    texts, problems = texts_with(told, "says:\n  gang:\n    - een\n    - twee\n")

    assert (problems, texts.wordings["welkom", "ar"].says) == ((), {"gang": ("een", "twee")})


def test_place_that_is_left_out_has_none_in_that_language(told):
    texts, problems = texts_with(told, "")

    assert (problems, texts.wordings["welkom", "ar"].says) == ((), {})


def test_form_that_invites_to_something_else_has_its_own_lines(folder):
    runbook = folder / "welkom" / "runbook.yaml"
    own = "    drops: [kennismaking]\n    invitation:\n      about: [U loopt mee., U kijkt rond.]\n      start: 19:30\n"
    text = runbook.read_text(encoding="utf-8")
    runbook.write_text(text.replace("    drops: [kennismaking]\n", own), encoding="utf-8")

    texts, problems = texts_with(folder, "forms:\n  rondleiding: [een, twee]\n")
    assert (problems, texts.wordings["welkom", "ar"].forms) == ((), {"rondleiding": ("een", "twee")})
    _, problems = texts_with(folder, "forms:\n  rondleiding: [een]\n")
    assert ["in het Nederlands zijn het er 2." in str(problem) for problem in problems] == [True]


def test_form_without_an_invitation_of_its_own_has_no_lines(folder):
    _, problems = texts_with(folder, "forms:\n  rondleiding: [een]\n")

    (line,) = map(str, problems)
    assert 'De vorm "rondleiding" heeft in runbook.yaml geen eigen uitnodiging. Haal dit hier weg.' in line


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("gang: [een]", "regel 9, zinnen › gang: Hier staan 1 regels; in het Nederlands zijn het er 2."),
        ("gang: [een, ' ']", "regel 9, zinnen › gang › nummer 2: Hier staat niets."),
        (
            "gagn: [een, twee]",
            'zinnen › gagn: Bij de plek "gagn" staan in runbook.yaml geen zinnen. Misschien is "gang"',
        ),
    ],
)
def test_wrong_sentences_of_a_place_say_where_and_what(told, says, said):
    texts, problems = texts_with(told, f"says:\n  {says}\n")

    assert [said in str(problem) for problem in problems] == [True]
    assert texts.wordings == {}


SENTENCES = "certainty: 3\nreview: needed\ngreetings: [a]\nsentences: [b, c]\nwho: [d]\n"


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("welkom/texts/xx.yaml", GOOD + "about: [een]\n", 'De taal "xx" staat niet in languages.yaml.'),
        ("welkom/texts/ar.yaml", GOOD, '"about"'),
        ("welkom/texts/ar.yaml", GOOD + "about: [alleen deze]\n", "in het Nederlands zijn het er"),
        ("welkom/texts/ar.yaml", GOOD + ABOUT + "\t", "springt in met een tab"),
        ("welkom/texts/ar.yaml", GOOD + ABOUT + "says: [een]\n", "Hier hoort een blok met sleutels te staan."),
        ("welkom/texts/ar.yaml", GOOD + ABOUT + "says:\n  gang: een\n", "Hier hoort een lijst te staan."),
        (
            "welkom/texts/ar.yaml",
            GOOD + ABOUT + "says:\n  gang: [een]\n",
            'regel 9, zinnen › gang: Bij de plek "gang" staan in runbook.yaml geen zinnen. Haal dit hier weg.',
        ),
        (
            "sentences/ar.yaml",
            SENTENCES.replace("[b, c]", "[b]"),
            "Hier staan 1 regels; in het Nederlands zijn het er 2.",
        ),
        ("sentences/ar.yaml", SENTENCES.replace("3", "9"), "9"),
    ],
)
def test_wrong_file_says_where_and_what(folder, path, text, said):
    (folder / "sentences" / "nl.yaml").write_text(SENTENCES, encoding="utf-8")
    (folder / path).write_text(text, encoding="utf-8")

    texts, problems = read(folder)

    assert [said in str(problem) for problem in problems] == [True]
    assert problems[0].file == f"runbooks/{path}"
    assert "ar" not in texts.sentences
    assert problems == definitions.check(folder)[-len(problems) :]
