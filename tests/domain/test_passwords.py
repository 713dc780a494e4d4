import pytest

from planner.domain.access.passwords import EASY, LONGEST, OWN, TOO_LONG, TOO_SHORT, normal, problem_with

GOOD = (
    "correct paard batterij nietje", "Ḥusayn1234 en meer", "zon op de fiets naar zee", "9 appels & 3 peren!",
    "x7$Kq2#pLm9v", "ሰላም ለኪ ኣደይ ሎሚ", "😀😀😀🐈🐕🚲🌧️🧀 kaas", "welkom-bij-de-buren-van-boven", "a" * 5 + "bcde" * 8,
)  # fmt: skip
COMMON = (
    "Welkom2026!", "wachtwoord1", "W@chtwoord123", "P4ssw0rd!!", "qwertyuiop", "1234567890", "0987654321",
    "aaaaaaaaaaaa", "abababababab", "abcdef123456", "qwerty12345", "herfst2026!!", "Amsterdam2026", "welkomwelkom",
    "schoolschool", "LOB-ISK-2026!", "Geheim!Geheim!", "asdfghjkl123",
)  # fmt: skip


@pytest.mark.parametrize("password", GOOD)
def test_long_and_own_is_good(password):
    assert problem_with(password) == ""


@pytest.mark.parametrize("password", COMMON)
def test_what_everybody_thinks_of_is_refused(password):
    assert problem_with(password) == EASY


@pytest.mark.parametrize(
    ("length", "problem"), [(9, TOO_SHORT), (10, ""), (64, ""), (LONGEST, ""), (LONGEST + 1, TOO_LONG)]
)
def test_length_is_what_counts(length, problem):
    assert problem_with(("zes appels vallen zacht. " * 9)[:length]) == problem


@pytest.mark.parametrize(
    "password",
    ["noordevries-op-zee", "Ik ben de Vries 99", "n.devries en meer", "mijn ankerplaats 7", "ANKERPLAATS-2026"],
)
def test_own_words_are_refused(password):
    assert problem_with(password, own=("Noor de Vries", "n.devries@school.example", "ISK De Ankerplaats")) == OWN


def test_short_own_words_do_not_count():
    assert problem_with("janneke en piet fietsen", own=("Jan", "jan@x.nl", "ISK")) == ""


def test_same_letters_from_another_keyboard_are_the_same_password():
    composed, apart = "caf\u00e9-aan-het-plein", "cafe\u0301-aan-het-plein"

    assert composed != apart
    assert normal(composed) == normal(apart)
