"""Problems: what is wrong in a file, where it stands, and what to try, in plain Dutch."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from planner.definitions.words import listed, word_of

# Where something stands in a file: keys and, for the items of a list, numbers counted from 0.
Path = tuple[str | int, ...]
# Something found wrong: where, what is wrong, and what to try.
Finding = tuple[Path, str, str]

SHOWN_CHARACTERS = 40  # a longer value is cut off in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong. `line` is None and `place` empty when the whole file is meant."""

    file: str
    line: int | None
    place: str
    wrong: str
    advice: str

    def __str__(self) -> str:
        """Return where, what and what to try, on one line."""
        line = f"regel {self.line}" if self.line else ""
        where = ", ".join(part for part in (self.file, line, self.place) if part)
        return f"{where}: {self.wrong} {self.advice}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file holds (a mapping of text, lists and mappings), and the line on which each part starts."""

    file: str
    data: Mapping[str, object]
    lines: Mapping[Path, int]

    def problem(self, path: Path, wrong: str, advice: str) -> Problem:
        """Return a problem with what stands at `path`, or where it should have stood."""
        known = path
        while known not in self.lines:
            known = known[:-1]
        place = " › ".join(self._names(path))
        return Problem(file=self.file, line=self.lines[known], place=place, wrong=wrong, advice=advice)

    def _names(self, path: Path) -> list[str]:
        names: list[str] = []
        value: object = self.data
        for step in path:
            value = _inside(value, step)
            names.append(word_of(step) if isinstance(step, str) else _item_name(value, step))
        return names


def _inside(value: object, step: str | int) -> object:
    if isinstance(step, int):
        return value[step] if isinstance(value, list) else None
    return value.get(step) if isinstance(value, dict) else None


def _item_name(item: object, index: int) -> str:
    """Return the id of an item of a list, or its number when it has none."""
    name = item.get("id") if isinstance(item, dict) else None
    return name if isinstance(name, str) and name else f"nummer {index + 1}"


def show(value: object) -> str:
    """Return a value as it can stand at the start of a sentence."""
    if isinstance(value, str):
        text = " ".join(value.split())
        return f'"{text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"}"'
    return "Een lijst" if isinstance(value, list) else "Een blok met sleutels"


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known word that looks most like `word`, empty when none does."""
    lower = {name.lower(): name for name in known}
    return next((lower[match] for match in get_close_matches(word.lower(), lower, n=1)), "")


def suggest(word: str, known: Collection[str], *, otherwise: str) -> str:
    """Return advice for a word that is not known: the nearest one, all of them, or `otherwise`."""
    match = nearest(word, known)
    if match:
        return f'Misschien is "{match}" bedoeld.'
    return f"Kies uit: {listed(list(known))}." if known else otherwise
