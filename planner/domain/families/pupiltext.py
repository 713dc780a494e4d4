"""What somebody typed, made fit for paper: kept in its own words and script, without what breaks a line.

Invisible characters that steer direction (UAX #9) can turn the rest of a line round, so they go; the layout sets the
direction of each line itself. The joiners U+200C and U+200D stay: Persian and Pashto words need them.
"""

import re
import unicodedata

JOINERS = "\u200c\u200d"
MARKS_IN_A_ROW = 4  # Vietnamese and vowelled Arabic need fewer
_BREAKS = frozenset({"Cc", "Zl", "Zp", "Zs"})
_GONE = frozenset({"Cf", "Cs", "Co", "Cn"})
_FEWEST_LETTERS = 1


def tame(text: str) -> str:
    """Return the text on one line, composed (NFC), without steering characters and piles of accents."""
    shown = "".join(_shown(character) for character in unicodedata.normalize("NFC", text))
    return _without_piles(re.sub(r" +", " ", shown).strip(" " + JOINERS))


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in _BREAKS:
        return " "
    return "" if kind in _GONE and character not in JOINERS else character


def _without_piles(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(character)
    return "".join(kept)


def trouble(text: str, *, longest: int) -> str:
    """Return why a tamed text cannot be printed, as a Dutch sentence (A2); empty when it can."""
    if len(text) > longest:
        return f"Deze tekst is te lang: {len(text)} letters. Gebruik er hoogstens {longest}."
    if text and sum(unicodedata.category(character)[0] in "LN" for character in text) < _FEWEST_LETTERS:
        return "Schrijf woorden. Alleen tekens of plaatjes kan niet."
    return ""
