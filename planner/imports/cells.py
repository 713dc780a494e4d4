"""One cell at a time: its text as a value of the domain, or a sentence about what is wrong with it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches
from typing import Any
from unicodedata import category, normalize

from planner.domain.school import Destination
from planner.domain.staffing.people import Channel, PersonKind, Skill
from planner.imports.columns import plain
from planner.imports.known import KIND_WORDS, RELATIONS, WEEKDAYS

YEARS = range(2000, 2100)
MOST_ADULTS = 12
MOST_PLACES = 5000
MOST_METRES = 1000
MOST_EVENINGS = 99
FLOORS = range(-5, 51)
LONGEST_NAME = 120
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 0?0:00(?::00)?)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_LOST = re.compile("\ufffd|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]")
_FORMULA_TEXT = tuple("=+-@＝＋－＠")


class CellError(Exception):
    """What is wrong with a cell and what to do, in Dutch, without the row and the column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a school already knows: ids by plain name. `pupils` has ids by number, zeros in front included."""

    classes: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, str] = field(default_factory=dict)
    pupils: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # how to write a plain name in an advice


def clean(cell: str) -> str:
    """Return the text of a cell: single spaces, one way to write a letter with its accent."""
    text = " ".join(normalize("NFC", cell).replace("\u200b", "").replace("\ufeff", "").split())
    if text.startswith("'") and text[1:].startswith(_FORMULA_TEXT):
        text = text[1:]  # our own export writes it so that Excel takes it for text
    if any(category(letter) in {"Cc", "Co", "Cs"} or letter in _BIDI for letter in text):
        raise CellError("hier staat een onzichtbaar teken in. Typ de tekst opnieuw.")
    if _LOST.search(text):
        raise CellError(f"{said(text)} heeft kapotte letters. Bewaar het bestand opnieuw als 'CSV UTF-8'.")
    return text


def said(text: str) -> str:
    """Return a piece of somebody's file between quotes, never longer than a few words."""
    return f'"{text[:30]}…"' if len(text) > 30 else f'"{text}"'  # noqa: PLR2004 - as the sentence says


def name(text: str, _: Names) -> str:
    """Return a name."""
    if len(text) > LONGEST_NAME:
        raise CellError(f"{said(text)} is te lang. Gebruik hooguit {LONGEST_NAME} tekens.")
    return text


def number(text: str, _: Names) -> str:
    """Return the number of a pupil as text, with the zeros in front."""
    if re.fullmatch(r"[0-9.,]+E\+[0-9]+", text):
        raise CellError(f"{said(text)} is door Excel afgekort. Maak van de kolom 'Tekst' en vul het nummer in.")
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]{0,29}", text):
        raise CellError(f"{said(text)} is geen leerlingnummer. Gebruik alleen cijfers en letters.")
    return text


def one_of(texts: Mapping[str, Any], about: str) -> Callable[[str, Names], Any]:
    """Return a reader for a cell that holds one of a few words."""

    def read(text: str, _: Names) -> Any:  # noqa: ANN401 - whatever the words stand for
        found = texts.get(plain(text))
        if found is None:
            raise CellError(f"{said(text)} kan niet. Kies {about}.")
        return found

    return read


def whole(low: int, high: int) -> Callable[[str, Names], int]:
    """Return a reader for a whole number within bounds."""

    def read(text: str, _: Names) -> int:
        if not re.fullmatch(r"-?\d{1,6}(?:[.,]0+)?", text) or not low <= int(re.split(r"[.,]", text)[0]) <= high:
            raise CellError(f"{said(text)} kan niet. Schrijf een getal van {low} tot en met {high}.")
        return int(re.split(r"[.,]", text)[0])

    return read


def metres(low: float, high: float) -> Callable[[str, Names], float]:
    """Return a reader for a number with a comma or a point, within bounds."""

    def read(text: str, _: Names) -> float:
        if not re.fullmatch(r"-?\d{1,6}(?:[.,]\d{1,17})?", text) or not low <= float(text.replace(",", ".")) <= high:
            raise CellError(f"{said(text)} kan niet. Schrijf een getal van {low:g} tot en met {high:g}.")
        return float(text.replace(",", "."))

    return read


def day(text: str, _: Names) -> date:
    """Return a day written as 31-8-2026 or 2026-08-31."""
    if found := _DAY.fullmatch(text):
        dag, month, year = (int(part) for part in found.groups())
    elif found := _ISO_DAY.fullmatch(text):
        year, month, dag = (int(part) for part in found.groups())
    else:
        raise CellError(f"{said(text)} is geen datum. Schrijf hem als 31-08-2026.")
    try:
        value = date(year, month, dag)
    except ValueError:
        raise CellError(f"{said(text)} bestaat niet in de kalender. Schrijf dag-maand-jaar, als 31-08-2026.") from None
    if year not in YEARS:
        raise CellError(f"{said(text)} ligt te ver weg. Controleer het jaar.")
    return value


def clock(text: str, _: Names) -> time:
    """Return a time of day."""
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::00)?(?: ?uur)?", text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004 - hours and minutes
        raise CellError(f"{said(text)} is geen tijd. Schrijf hem als 18:30.")
    return time(int(found[1]), int(found[2]))


def parts(text: str, between: str = r"[,;/|\n]") -> list[str]:
    """Return the pieces of a list in one cell."""
    return [piece.strip() for piece in re.split(between, text) if piece.strip()]


def weekdays(text: str, _: Names) -> frozenset[int]:
    """Return the days of "ma di do", "maandag, dinsdag" or "ma-vr"."""
    found: set[int] = set()
    for piece in parts(re.sub(r"\s*(?:-|–|t/m|tot en met)\s*", "-", text.lower()), r"[,;/| ]|\ben\b"):
        first, _dash, last = piece.partition("-")
        low, high = (
            next((at for at, short in enumerate(WEEKDAYS) if word.startswith(short)), -1)
            for word in (first, last or first)
        )
        if low < 0 or high < low:
            raise CellError(f"{said(piece)} is geen dag. Schrijf bijvoorbeeld: ma di do.")
        found.update(range(low, high + 1))
    return frozenset(found)


def days(text: str, names: Names) -> frozenset[date]:
    """Return the dates in one cell."""
    return frozenset(day(piece, names) for piece in parts(text, r"[,;|\n ]"))


def lookup(text: str, known: Mapping[str, str], titles: Mapping[str, str], *, what: str) -> str:
    """Return the id of a name; CellError with the name that looks most like it."""
    found = known.get(plain(text))
    if found is not None:
        return found
    near = get_close_matches(plain(text), known, n=1, cutoff=0.6)
    advice = f'Bedoelt u "{titles.get(near[0], near[0])}"?' if near else "Controleer hoe het geschreven is."
    raise CellError(f"{what} {said(text)} kennen we niet. {advice}")


def language(text: str, names: Names) -> str:
    """Return the code of a language."""
    return lookup(text, names.languages, names.titles, what="de taal")


def roles(text: str, names: Names) -> frozenset[str]:
    """Return the ids of the roles in one cell."""
    return frozenset(lookup(piece, names.roles, names.titles, what="de rol") for piece in parts(text, r"[,;|\n]"))


def features(text: str, names: Names) -> frozenset[str]:
    """Return what a room has."""
    return frozenset(lookup(piece, names.features, names.titles, what="de voorziening") for piece in parts(text))


def mentor_class(text: str, names: Names) -> str:
    """Return the id of the class a mentor leads."""
    return lookup(text, names.classes, names.titles, what="de klas")


def pupil_ids(text: str, names: Names) -> tuple[str, ...]:
    """Return the ids of pupils by their numbers."""
    found = []
    for piece in parts(text, r"[,;/|\n ]"):
        pupil = names.pupils.get(piece) or names.pupils.get(piece.lstrip("0") or "0")
        if pupil is None:
            raise CellError(f"leerling {said(piece)} kennen we niet. Lees eerst de leerlingen in.")
        found.append(pupil)
    return tuple(dict.fromkeys(found))


def children(text: str, names: Names) -> frozenset[str]:
    """Return the ids of somebody's own children."""
    return frozenset(pupil_ids(text, names))


def skills(text: str, names: Names) -> tuple[Skill, ...]:
    """Return the languages of "Arabisch, Frans 221"."""
    found: dict[str, Skill] = {}
    for piece in parts(text):
        given = re.search(r"\s*\(?([0-3])[- ]?([0-3])[- ]?([0-3])\)?$", piece)
        language = piece[: given.start()] if given else piece
        code = lookup(language, names.languages, names.titles, what="de taal")
        levels = [int(each) for each in given.groups()] if given else [3, 3, 3]
        found[code] = Skill(language=code, understands=levels[0], speaks=levels[1], reads=levels[2])
    return tuple(found.values())


def _plain_keys(words: Iterable[str]) -> dict[str, str]:
    return {plain(word): word for word in words}


_DESTINATIONS = {plain(each): each for each in Destination} | {
    "havo": Destination.HAVO_VWO,
    "vwo": Destination.HAVO_VWO,
    "praktijkonderwijs": Destination.PRO,
    "arbeid": Destination.WORK,
}
_YES_NO = dict.fromkeys(("ja", "j", "1", "true", "x", "waar"), True) | dict.fromkeys(
    ("nee", "n", "0", "false", "onwaar"), False
)
_KINDS = {plain(word): kind for kind, word in KIND_WORDS.items()} | dict.fromkeys(
    ("staff", "medewerker", "personeel", "docent", "mentor"), PersonKind.STAFF
)
READERS: Mapping[str, Callable[[str, Names], Any]] = {
    "number": number,
    "first": name,
    "prefix": name,
    "last": name,
    "name": name,
    "code": name,
    "class": name,
    "phase": one_of({"1": 1, "2": 2, "fase1": 1, "fase2": 2}, "1 of 2"),
    "route": one_of({"1": 1, "2": 2, "3": 3, "route1": 1, "route2": 2, "route3": 3}, "1, 2 of 3"),
    "started": day,
    "leaves": day,
    "destination": one_of(_DESTINATIONS, "mbo, vmbo, havo-vwo, pro of werk"),
    "pupils": pupil_ids,
    "language": language,
    "adults": whole(0, MOST_ADULTS),
    "interpreter": one_of(_YES_NO, "ja of nee"),
    "relation": one_of(_plain_keys(RELATIONS), f"uit: {', '.join(RELATIONS)}"),
    "kind": one_of(_KINDS, f"uit: {', '.join(KIND_WORDS.values())}"),
    "roles": roles,
    "skills": skills,
    "weekdays": weekdays,
    "not_before": clock,
    "unavailable": days,
    "max_evenings": whole(0, MOST_EVENINGS),
    "max_hours": metres(0, 24),
    "children": children,
    "channel": one_of(_plain_keys(Channel), f"uit: {', '.join(Channel)}"),
    "consent": one_of(_YES_NO, "ja of nee"),
    "sector": name,
    "organisation": name,
    "capacity": whole(0, MOST_PLACES),
    "features": features,
    "floor": whole(FLOORS.start, FLOORS.stop - 1),
    "x": metres(0, MOST_METRES),
    "y": metres(0, MOST_METRES),
    "width": metres(0.1, MOST_METRES),
    "depth": metres(0.1, MOST_METRES),
}
