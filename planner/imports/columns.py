"""Which column is what: the headers of Magister, Somtoday, Zermelo and of our own template."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from planner.imports.tables import Line, Table


class Kind(StrEnum):
    """What a list is about; the words of the command line."""

    PUPILS = "pupils"
    HOUSEHOLDS = "households"
    PEOPLE = "people"
    ROOMS = "rooms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column we read: its header in our template, other headers, and what to write in it."""

    id: str
    title: str
    also: tuple[str, ...] = ()
    about: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    in_template: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table whose header was found. `banned` are the places of columns whose content is thrown away."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    shape: str
    banned: frozenset[int]


# Places of columns by what they hold: {"number": 0, "class": 4}.
Mapped = Mapping[str, int]

HEADER_ROWS = 10  # a title and a date may stand above the list
STRUCTURE = ("vestiging", "opleiding", "vak", "stamgroep", "lesgroep", "medewerker")  # Somtoday's file without header
STRUCTURE_HEADER = ("Soort regel", "Vestiging", "Achternaam", "Afkorting", "Nummer")
# We refuse to keep these, whoever maps them; most of them we may not keep, the others we do not need.
_BANNED = re.compile(
    r"bsn|burgerservice|sofi|pgn|persoonsgebonden|onderwijsnummer|eckid|nationaliteit|geboorteland|geboorteplaats|herkomst"
    r"|verblijf|vreemdeling|vnummer|asiel|coanummer|godsdienst|religie|geloof|kerk|levensovertuiging|gezondheid"
    r"|medisch|allergie|dieet|diagnose|zorg(?!er)|huisarts|handicap|adres|straat|huisnummer|postcode|woonplaats"
    r"|telefoon|mobiel|email|geboortedatum|geslacht|iban|paspoort|^status$|^dossier"
)
_SHAPES = (
    ("Schakelplan", {"stamnummer", "roepnaam", "fase", "route", "startdatum"}),
    ("Schakelplan", {"gezinsnaam", "leerlingnummers", "taal"}),
    ("Schakelplan", {"naam", "soort", "rollen", "werkdagen"}),
    ("Schakelplan", {"lokaal", "plaatsen", "voorzieningen"}),
    ("Zermelo", {"code", "achternaam", "leerlingcodes"}),
    ("Zermelo", {"gebruikerscode"}),
    ("Zermelo", {"code", "voornaam", "achternaam"}),
    ("Magister", {"stamnummer", "klassenmentor1"}),
    ("Magister", {"stamnummer", "roepnaam", "klas"}),
    ("Magister", {"stamnummer", "naam", "klas"}),
    ("Somtoday", {"soortregel", "afkorting"}),
    ("Somtoday", {"leerlingnummer", "stamgroep"}),
    ("Somtoday", {"naam", "stamgroep"}),
    ("ParnasSys of ESIS", {"leerlingnummer", "groepscode"}),
)


def plain(text: str) -> str:
    """Return a header or a word as it is compared: lower case, no accents, letters and digits only."""
    bare = normalize("NFKD", text.replace("ı", "i")).casefold()
    return "".join(letter for letter in bare if letter.isalnum())


def find_sheet(table: Table, columns: Iterable[Column]) -> Sheet:
    """Return the list in a table: the row that knows most headers is the header, what follows are its rows."""
    known = {name for column in columns for name in _names(column)}
    lines = table.lines
    if all(len(line.cells) > 2 and plain(line.cells[0]) in STRUCTURE for line in lines[:HEADER_ROWS]):  # noqa: PLR2004
        lines = (Line(0, STRUCTURE_HEADER), *(line for line in lines if plain(line.cells[0]) == "medewerker"))
    counts = [sum(plain(cell) in known for cell in line.cells) for line in lines[:HEADER_ROWS]]
    at = counts.index(max(counts)) if max(counts) else 0
    header = tuple(" ".join(cell.split())[:80] for cell in lines[at].cells)
    banned = frozenset(place for place, name in enumerate(header) if _BANNED.search(plain(name)))
    return Sheet(
        header=header,
        lines=tuple(_without(line, banned) for line in lines[at + 1 :]),
        shape=_shape(header),
        banned=banned,
    )


def map_columns(sheet: Sheet, columns: Iterable[Column], *, chosen: Mapping[str, str]) -> Mapped:
    """Return which column is what. `chosen` is what the school chose before: a column's id by plain header.

    A choice "" means: leave that column out. Every column is used once, the first that fits.
    """
    places = [
        (place, plain(name)) for place, name in enumerate(sheet.header) if plain(name) and place not in sheet.banned
    ]
    found: dict[str, int] = {}
    for place, name in places:
        if chosen.get(name):
            found.setdefault(chosen[name], place)
    free = [(place, name) for place, name in places if name not in chosen]
    for column in columns:
        if column.id in found:
            continue
        fits = (place for each in _names(column) for place, name in free if name == each)
        free_place = next((each for each in fits if each not in found.values()), None)
        if free_place is not None:
            found[column.id] = free_place
    return found


def _names(column: Column) -> tuple[str, ...]:
    return (plain(column.title), *column.also)


def _shape(header: Iterable[str]) -> str:
    names = {plain(name) for name in header}
    return next((shape for shape, marks in _SHAPES if marks <= names), "")


def _without(line: Line, banned: frozenset[int]) -> Line:
    if not banned:
        return line
    return Line(line.number, tuple("" if at in banned else cell for at, cell in enumerate(line.cells)))
