"""The rows of a list as values, and what is wrong with them: by row and column, in Dutch."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.imports.cells import READERS, CellError, Names, clean, mentor_class
from planner.imports.columns import Kind, Mapped, Sheet
from planner.imports.known import COLUMNS
from planner.imports.tables import Line

# Of each group one column must be there.
NEEDED: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.PUPILS: (("number",),),
    Kind.HOUSEHOLDS: (("pupils",),),
    Kind.PEOPLE: (("name", "last", "code"),),
    Kind.ROOMS: (("name", "code"),),
}
PREFIXES = frozenset(
    [
        "van",
        "de",
        "den",
        "der",
        "het",
        "'t",
        "ter",
        "ten",
        "te",
        "von",
        "la",
        "le",
        "el",
        "al",
        "da",
        "dos",
        "di",
        "du",
        "op",
        "in",
        "aan",
        "bij",
        "uit",
        "voor",
    ]
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be put right first. Row 0 is the whole file."""

    row: int
    column: str
    text: str

    @property
    def sentence(self) -> str:
        """Where it is, what is wrong, and what to do."""
        if not self.row:
            return self.text
        return f"Rij {self.row}, kolom {self.column}: {self.text}" if self.column else f"Rij {self.row}: {self.text}"


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its number in the file and its values by column id; an empty cell has none.

    A row with something `wrong` is matched too, so that nobody in it counts as vanished.
    """

    row: int
    values: Mapping[str, Any]
    wrong: bool = False


def read_records(kind: Kind, sheet: Sheet, mapped: Mapped, names: Names) -> tuple[list[Record], list[Problem]]:
    """Return the rows that could be read, and every problem."""
    titles = {column.id: column.title for column in COLUMNS[kind]}
    problems = [
        Problem(0, "", f"Het bestand heeft geen kolom {' of '.join(titles[each] for each in group)}. "
                       "Zet de kolom erbij, of kies hieronder welke kolom het is.")
        for group in NEEDED[kind]
        if not any(each in mapped for each in group)
    ]  # fmt: skip
    if problems:
        return [], problems
    readers = {column: _reader(kind, column) for column in mapped}
    records = []
    for line in sheet.lines:
        values, wrong = _read_line(line, sheet, mapped, readers, names)
        problems += wrong
        if not values:
            continue
        missing = next((group for group in NEEDED[kind] if not any(each in values for each in group)), None)
        if missing and wrong:
            continue
        if missing:
            column = next(each for each in missing if each in mapped)
            problems.append(
                Problem(line.number, sheet.header[mapped[column]], "dit vak is leeg. Vul het in, of haal de rij weg.")
            )
            continue
        records.append(Record(line.number, _with_names(kind, values), wrong=bool(wrong)))
    return records, problems


def _reader(kind: Kind, column: str) -> Callable[[str, Names], Any]:
    return mentor_class if (kind, column) == (Kind.PEOPLE, "class") else READERS[column]


def _read_line(
    line: Line, sheet: Sheet, mapped: Mapped, readers: Mapping[str, Callable[[str, Names], Any]], names: Names
) -> tuple[dict[str, Any], list[Problem]]:
    if len(line.cells) > len(sheet.header):
        text = "deze rij heeft meer vakken dan de kop. Staat er een scheidingsteken in een naam?"
        return {}, [Problem(line.number, "", text)]
    values: dict[str, Any] = {}
    problems = []
    for column, place in mapped.items():
        try:
            text = clean(line.cells[place]) if place < len(line.cells) else ""
            if text:
                values[column] = readers[column](text, names)
        except CellError as error:
            problems.append(Problem(line.number, sheet.header[place], str(error)))
    return values, problems


def _with_names(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with one way to name a person: first and last of a pupil, one name of anybody else."""
    if kind is Kind.PUPILS:
        return _pupil_names(values)
    if kind is Kind.PEOPLE:
        parts = [values.pop(part, "") for part in ("first", "prefix", "last")]
        name = " ".join(part for part in parts if part)
        if name and "name" not in values:
            values["name"] = name
    return values


def _pupil_names(values: dict[str, Any]) -> dict[str, Any]:
    whole, prefix = values.pop("name", ""), values.pop("prefix", "")
    if whole and not ("first" in values and "last" in values):
        first, last = split_name(whole)
        values.setdefault("first", first)
        values.setdefault("last", last)
    if prefix and "last" in values:
        values["last"] = f"{prefix} {values['last']}"
    return {key: value for key, value in values.items() if value != ""}


def split_name(name: str) -> tuple[str, str]:
    """Return first and last name of "Noor van den Berg" or "Berg, Noor van den"; the last is empty without one."""
    last, comma, rest = (part.strip() for part in name.partition(","))
    if not comma:
        first, _, last = name.partition(" ")
        return first, last
    words = rest.split()
    moved = list(_trailing_prefixes(words))
    first = " ".join(words[: len(words) - len(moved)])
    return first, " ".join([*reversed(moved), last])


def _trailing_prefixes(words: list[str]) -> Iterator[str]:
    for word in reversed(words[1:]):
        if word not in PREFIXES:
            return
        yield word
