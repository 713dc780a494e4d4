"""Which passwords are good enough: long, and not one that everybody thinks of (NIST SP 800-63B-4, 3.1.1.2).

Capitals, digits and signs are not demanded: they make passwords that are written down, not ones that are hard to guess.
"""

import re
import unicodedata

SHORTEST = 10
LONGEST = 200  # characters; a longer one is no safer, only slower
# Words that a guesser tries first here, with whatever stands before and after them.
_WORDS = """
wachtwoord password welkom welcome qwerty azerty letmein admin administrator geheim secret school docent leraar
leerling mentor coordinator nederland amsterdam rotterdam utrecht ajax feyenoord psv lente zomer herfst winter
januari februari maart april mei juni juli augustus september oktober november december
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag schakelplan schakelklas isk lob iloveyou ikhouvanjou
hallo test changeme inloggen sunshine dragon monkey football voetbal master mijn nieuw abc
"""
COMMON = frozenset(_WORDS.split())
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop")
_LOOKALIKES = str.maketrans("0134578@$!", "oieastbasi")
_FEWEST_LETTERS = 4  # different ones in a password that is not just one key again and again
_PART = 4  # the shortest name that counts as being in a password
_STEP = 3  # characters of a row of keys that count as following it

TOO_SHORT = f"Kies een langer wachtwoord: minstens {SHORTEST} tekens. Een korte zin onthoudt u makkelijk."
TOO_LONG = f"Kies een korter wachtwoord: hooguit {LONGEST} tekens."
EASY = "Dit wachtwoord raadt iemand snel. Kies iets wat niemand anders bedenkt, bijvoorbeeld vier losse woorden."
OWN = "Uw naam, uw e-mailadres of de naam van de school zit erin. Dat raadt iemand snel. Kies iets anders."


def normal(password: str) -> str:
    """Return a password as it is kept: the same whichever keyboard made its letters (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def problem_with(password: str, *, own: tuple[str, ...] = ()) -> str:
    """Return in a kind sentence why a password will not do; empty when it will.

    `own` are words that stand for its owner: name, mail address, school.
    """
    text = normal(password)
    if len(text) < SHORTEST:
        return TOO_SHORT
    if len(text) > LONGEST:
        return TOO_LONG
    bare = _letters(text)
    if any(part in bare for word in own for part in _parts(word)):
        return OWN
    return EASY if _is_easy(text.casefold()) else ""


def _letters(text: str) -> str:
    """Return a text without accents and signs, in small letters and digits."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalnum())


def _parts(own: str) -> list[str]:
    """Return the words of a name or an address that are long enough to be recognised."""
    name = own.partition("@")[0] if "@" in own else own
    parts = [_letters(part) for part in re.split(r"[\s.@_-]+", name)]
    return [part for part in (*parts, _letters(own)) if len(part) >= _PART and part not in COMMON]


def _is_easy(text: str) -> bool:
    return len(set(text)) < _FEWEST_LETTERS or _follows_keys(text) or _only_common(text)


def _follows_keys(text: str) -> bool:
    """Return whether a text only walks along rows of keys: "1234567890", "qwertyuiop", "abcdef123456"."""
    rows = [way for row in _ROWS for way in (row, row[::-1])]
    walked = 0
    while walked < len(text):
        longest = max(
            (size for size in range(len(text) - walked, 0, -1) if _on_a_row(text[walked:][:size], rows)), default=0
        )
        if longest < _STEP:
            return False
        walked += longest
    return True


def _on_a_row(part: str, rows: list[str]) -> bool:
    return any(part in row for row in rows)


def _only_common(text: str) -> bool:
    """Return whether nothing is left of a text without common words, digits and signs; "W3lk0m2026!" is "welkom"."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    return any(_is_made_of_common(re.sub(r"[\W\d_]", "", each)) for each in (core, core.translate(_LOOKALIKES)))


def _is_made_of_common(text: str) -> bool:
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(text[start:end] in COMMON for start in reached):
            reached.add(end)
    return len(text) in reached
