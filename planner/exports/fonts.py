"""The fonts of printed matter: which there are, for which language, and what they can write."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REGULAR = 400
BOLD = 700


@dataclass(frozen=True, slots=True)
class Font:
    """One weight of a family, as one TrueType file in the font folder."""

    family: str
    weight: int
    file_name: str


LATIN = "Noto Sans"
ARABIC = "Vazirmatn"
ETHIOPIC = "Noto Sans Ethiopic"
CHINESE = "Noto Sans SC"
SYMBOLS = "Noto Sans Symbols"
MORE_SYMBOLS = "Noto Sans Symbols 2"

FONTS = (
    Font(LATIN, REGULAR, "NotoSans-Regular.ttf"),
    Font(LATIN, BOLD, "NotoSans-Bold.ttf"),
    # Text copied or read aloud from a PDF is right with Vazirmatn; with Noto Sans Arabic it is not.
    Font(ARABIC, REGULAR, "Vazirmatn-Regular.ttf"),
    Font(ARABIC, BOLD, "Vazirmatn-Bold.ttf"),
    Font(ETHIOPIC, REGULAR, "NotoSansEthiopic-Regular.ttf"),
    Font(ETHIOPIC, BOLD, "NotoSansEthiopic-Bold.ttf"),
    Font(CHINESE, REGULAR, "NotoSansSC-Regular.ttf"),
    Font(CHINESE, BOLD, "NotoSansSC-Bold.ttf"),
    Font(SYMBOLS, REGULAR, "NotoSansSymbols-Regular.ttf"),
    Font(SYMBOLS, BOLD, "NotoSansSymbols-Bold.ttf"),
    Font(MORE_SYMBOLS, REGULAR, "NotoSansSymbols2-Regular.ttf"),
)
# In the order in which a letter is looked for. Noto Sans stands first: digits look the same everywhere.
FAMILIES = (LATIN, ARABIC, ETHIOPIC, CHINESE, SYMBOLS, MORE_SYMBOLS)

# The family that a script adds, by ISO 15924 code; a script that is not named here is written in Noto Sans.
SCRIPT_FAMILIES = {"Arab": ARABIC, "Ethi": ETHIOPIC, "Hans": CHINESE}
# The script of the languages that are not written in Latin, Cyrillic or Greek letters, by BCP 47 language.
LANGUAGE_SCRIPTS = {
    "ar": "Arab",
    "ckb": "Arab",
    "fa": "Arab",
    "prs": "Arab",
    "ps": "Arab",
    "ur": "Arab",
    "am": "Ethi",
    "ti": "Ethi",
    "zh": "Hans",
}
# What takes no ink: control and format characters (direction marks, joiners), line and paragraph ends, and
# spaces; one that a font lacks (such as U+202F in Ukrainian dates) is given its width when printing.
INKLESS_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def font_families(language: str) -> tuple[str, ...]:
    """Return the families in which letters of a text in this BCP 47 language are looked for, best first.

    Every family is named, since a name or a loan word may be in another script. Chinese puts its own family
    first: its quotation marks and dots are as wide as its characters, those of Noto Sans are not.
    """
    parts = language.replace("_", "-").split("-")
    script = next((part for part in parts[1:] if len(part) == 4), LANGUAGE_SCRIPTS.get(parts[0], ""))  # noqa: PLR2004 - the length of a script code
    own = SCRIPT_FAMILIES.get(script, LATIN)
    first = (CHINESE, LATIN) if own == CHINESE else (LATIN, own)
    return tuple(dict.fromkeys((*first, *FAMILIES)))


def font_stack(language: str) -> str:
    """Return the value of the CSS property font-family for a text in this language."""
    return ", ".join(f'"{family}"' for family in font_families(language)) + ", sans-serif"


def font_face_css(folder: Path) -> str:
    """Return one @font-face rule per font, with file: addresses inside the font folder."""
    return "\n".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; font-style: normal; '
        f'src: url("{(folder.resolve() / font.file_name).as_uri()}") format("truetype"); }}'
        for font in FONTS
    )


def missing_fonts(folder: Path) -> tuple[str, ...]:
    """Return the names of the font files that the folder should hold and does not."""
    return tuple(font.file_name for font in FONTS if not (folder / font.file_name).is_file())


def missing_glyphs(text: str, language: str, *, folder: Path) -> tuple[str, ...]:
    """Return the characters of the text that no family of this language can write, each once, in order.

    A PDF shows an empty box for such a character and gives no error, so look before printing. A character
    counts in every weight: a letter that is only there in regular would change its look inside a heading.
    Raises FileNotFoundError when the folder does not hold the fonts.
    """
    written: set[int] = set()
    for family in font_families(language):
        weights = [_coverage(folder / font.file_name) for font in FONTS if font.family == family]
        written |= frozenset.intersection(*weights)
    return tuple(character for character in dict.fromkeys(text) if not _is_written(character, written))


def _is_written(character: str, written: set[int]) -> bool:
    if unicodedata.category(character) in INKLESS_CATEGORIES or ord(character) in written:
        return True
    # A letter that the font lacks as a whole is put together from its base and its accents.
    parts = unicodedata.normalize("NFD", character)
    return len(parts) > 1 and all(ord(part) in written for part in parts)


@lru_cache(maxsize=len(FONTS) * 4)
def _coverage(path: Path) -> frozenset[int]:
    """Return the code points that the font file has a glyph for."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - heavy, and only needed here

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
