"""What a measurement is, as a line in a table and as a line of JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

COLUMNS = ("name", "size", "value", "unit", "ratio", "peer", "peak_mb", "note")
NUMBERS = frozenset({"size", "value", "ratio", "peak_mb"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value. `ratio` is this value divided by what `peer` names, measured in the same run.

    `note` says in Dutch what the value alone does not: that a solver did not finish, or was not asked.
    """

    name: str
    size: int
    value: float
    unit: str
    peer: str = ""
    ratio: float | None = None
    peak_mb: float | None = None
    note: str = ""

    def to_json(self) -> str:
        """Return the row as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def row_from(line: str) -> Row:
    """Return the row that `to_json` wrote."""
    return Row(**json.loads(line))


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return "" if value is None else str(value)


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the lines of a table: names to the left, numbers to the right."""
    cells = [COLUMNS, *(tuple(_said(asdict(row)[column]) for column in COLUMNS) for row in rows)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(COLUMNS))]
    for line in cells:
        padded = (
            cell.rjust(width) if column in NUMBERS else cell.ljust(width)
            for cell, width, column in zip(line, widths, COLUMNS, strict=True)
        )
        yield "  ".join(padded).rstrip()
