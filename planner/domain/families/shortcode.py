"""Short codes that people read aloud and copy by hand, with a character that catches mistakes.

The 23 characters leave out what is easily mistaken by eye or ear (0 and O, 1 and I, D and T, M and N and so on).
Since 23 is a prime, the weighted sum modulo 23 (the idea of ISBN-10, ISO 2108) catches every wrong character and
every swap of two. A code is at most 22 characters long: with more, two places would have the same weight.
"""

ALPHABET = "23456789ACEFHJKLMPRUWXY"
BASE = len(ALPHABET)
LONGEST = BASE - 1
GROUP = 3  # characters that are said in one breath
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_DASHES = " -\u2010\u2011\u2012\u2013\u2014\u2212._\u00a0"


def _weighted(text: str) -> int:
    """Return the sum of the characters' values, each times its place counted from the end of a whole code."""
    return sum(weight * _VALUES[character] for weight, character in enumerate(reversed(text), 2))


def from_number(number: int, *, length: int) -> str:
    """Return the code of a number from 0 up to 23 ** (length - 1): its digits and one character to check them.

    ValueError when the number does not fit or the length is not from 2 to 22.
    """
    if not 1 < length <= LONGEST or not 0 <= number < BASE ** (length - 1):
        raise ValueError(f"{number} does not fit in a code of {length} characters")
    digits = ""
    for _ in range(length - 1):
        number, digit = divmod(number, BASE)
        digits = ALPHABET[digit] + digits
    return digits + ALPHABET[-_weighted(digits) % BASE]


def normalise(text: str) -> str:
    """Return what somebody typed as a code is kept: capitals, without spaces and dashes."""
    return text.translate(dict.fromkeys(map(ord, _DASHES))).upper()


def is_valid(code: str, *, length: int) -> bool:
    """Return whether a normalised code has this length, only our characters, and the right last one."""
    if len(code) != length or not all(character in _VALUES for character in code):
        return False
    return (_weighted(code[:-1]) + _VALUES[code[-1]]) % BASE == 0


def shown(code: str) -> str:
    """Return a code as it is printed and read aloud: in groups of three, "K7P-3MA-X9R"."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
