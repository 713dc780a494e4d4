"""What is typed becomes fit for paper, in any script; what cannot be printed is refused in plain words."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.families.pupiltext import JOINERS, MARKS_IN_A_ROW, tame, trouble

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_tamed_text_is_one_composed_line_without_steering_and_stays_as_it_is(text):
    tamed = tame(text)

    assert tame(tamed) == tamed
    assert not set(tamed) & set(BIDI)
    assert {unicodedata.category(each) for each in tamed} <= {
        kind
        for kind in {unicodedata.category(chr(code)) for code in range(0x3000)}
        if kind not in {"Cc", "Cs", "Co", "Cn"}
    } | {"Zs", "Cf"}
    assert {each for each in tamed if unicodedata.category(each) == "Cf"} <= set(JOINERS)
    assert "  " not in tamed
    assert tamed == tamed.strip()


def test_words_of_every_script_stay_whole():
    for text in ("می‌خواهم بیایم", "ዕድመ፣ ንዓኻ", "Thứ Hai đến", "Їжак і ґанок", "你们来吗？", "Ça va très bien"):
        assert tame(text) == unicodedata.normalize("NFC", text)


def test_breaks_become_spaces_and_steering_goes():
    assert tame(" a\r\nb\t\u2028c\u00a0d\x00 ") == "a b c d"
    assert tame("abc\u202edef\u2066ghi") == "abcdefghi"
    assert tame("a\ud800b\ue000c") == "abc"


def test_pile_of_accents_is_made_lower():
    piled = tame("z" + "\u0335" * 40 + "x")

    assert piled == "z" + "\u0335" * MARKS_IN_A_ROW + "x"


def test_too_long_and_wordless_are_refused_with_a_sentence():
    assert trouble("Komen jullie?", longest=20) == ""
    assert trouble("", longest=20) == ""
    assert trouble("a" * 21, longest=20) == "Deze tekst is te lang: 21 letters. Gebruik er hoogstens 20."
    for wordless in ("😀😀😀", "!!!", "♥ ♥"):
        assert trouble(wordless, longest=20) == "Schrijf woorden. Alleen tekens of plaatjes kan niet."
    assert trouble("سلام!", longest=20) == ""
    assert trouble("18", longest=20) == ""
