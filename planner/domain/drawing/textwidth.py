"""The room a text takes on paper, estimated from above: what fits here, fits in every font we print with."""

import unicodedata
from collections.abc import Iterator

NARROW = frozenset("ijlI.,:;!'()[]/ ")
BROAD = frozenset("mwMWQO@%&ŒÆœæ—…")
LATIN_END = 0x250
# Widths in em of the bold letters, the broadest weight that is printed.
NARROW_EM, DIGIT_EM, SMALL_EM, CAPITAL_EM, BROAD_EM, OTHER_EM = 0.44, 0.58, 0.70, 0.84, 1.06, 1.1
LINE = 1.3  # height of a line in em: Ethiopic and Arabic reach further up and down than Latin


def _em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    if character in NARROW:
        return NARROW_EM
    if ord(character) >= LATIN_END:
        return OTHER_EM
    if character in BROAD:
        return BROAD_EM
    if character.isdigit():
        return DIGIT_EM
    return CAPITAL_EM if character.isupper() else SMALL_EM


def text_width(text: str, size: float) -> float:
    """Return at least the width that `text` takes in letters of `size`, in the unit of `size`."""
    return sum(map(_em, text)) * size


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may stand on a line of its own, with what comes before it on one line: a space, or nothing.

    That is a word, and each character of a script that has no spaces.
    """
    for word in text.split():
        if any(unicodedata.east_asian_width(each) in {"W", "F"} for each in word):
            yield from ((each, "" if at else " ") for at, each in enumerate(word))
        else:
            yield word, " "


def wrapped(text: str, width: float, size: float) -> tuple[str, ...] | None:
    """Return the text in lines of at most `width`, None when a single word is broader than that."""
    lines: list[str] = []
    for piece, glue in _pieces(text):
        if text_width(piece, size) > width:
            return None
        full = f"{lines[-1]}{glue}{piece}" if lines else piece
        if lines and text_width(full, size) <= width:
            lines[-1] = full
        else:
            lines.append(piece)
    return tuple(lines)


def shortened(text: str, width: float, size: float) -> str:
    """Return the text, or as much of its beginning as fits with "…" behind it; empty when not even one letter does."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept.strip() else ""
