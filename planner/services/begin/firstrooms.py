"""The rooms of a new school, from a few lines or from the sheet of our template."""

from datetime import date

from planner.domain.rooms.room import FEATURES, Room
from planner.errors import InputError
from planner.imports.cells import Names
from planner.imports.columns import Kind, Sheet, find_sheet, map_columns, plain
from planner.imports.known import COLUMNS, TITLES
from planner.imports.matching import Stored, match
from planner.imports.reading import read_table
from planner.imports.records import read_records
from planner.imports.tables import Line

HEADER = ("Lokaal", "Plaatsen", "Voorzieningen", "Verdieping")
MOST_ROOMS = 80
SHOWN_PROBLEMS = 5
NAMES = Names(features={plain(each): each for each in FEATURES}, titles={plain(each): each for each in FEATURES})
NOTHING = Stored(classes=(), pupils=(), households=(), people=(), rooms=(), first_day=date.min)


def read_rooms(text: str) -> tuple[Room, ...]:
    """Return the rooms of lines such as "Aula; 200; scherm, geluid"; InputError names the lines that are odd."""
    lines = tuple(Line(at, _cells(line)) for at, line in enumerate(text.splitlines(), start=1) if line.strip())
    if len(lines) > MOST_ROOMS:
        raise InputError(f"Dat zijn meer dan {MOST_ROOMS} ruimtes. Zet er hier een paar neer en lees de rest later in.")
    return _rooms(Sheet(header=HEADER, lines=lines, shape="", banned=frozenset()))


def rooms_text(body: bytes, *, name: str) -> str:
    """Return the rooms of a CSV or Excel file as lines for the form; InputError says what is odd in it."""
    rooms = _rooms(find_sheet(read_table(body, name=name, sheet=TITLES[Kind.ROOMS]), COLUMNS[Kind.ROOMS]))
    return "\n".join(
        f"{room.name}; {room.capacity}; {', '.join(sorted(room.features))}; {room.floor}" for room in rooms
    )


def _cells(line: str) -> tuple[str, ...]:
    return tuple(line.split(";")) if ";" in line else tuple(line.split(",", 1))


def _rooms(sheet: Sheet) -> tuple[Room, ...]:
    mapped = map_columns(sheet, COLUMNS[Kind.ROOMS], chosen={})
    records, problems = read_records(Kind.ROOMS, sheet, mapped, NAMES)
    outcome = match(Kind.ROOMS, records, NOTHING, new_classes=False)
    found = sorted((*problems, *outcome.problems), key=lambda problem: problem.row)
    if found:
        raise InputError(" ".join(problem.sentence for problem in found[:SHOWN_PROBLEMS]))
    return tuple(outcome.new)
