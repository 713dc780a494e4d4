"""What comes in and goes out, ready to be shown."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportColumn:
    """A column of a file: its place, its header, a value, and what we take it for (empty: not used)."""

    place: int
    header: str
    sample: str
    column: str
    banned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportChange:
    """Somebody or something that becomes different: (title, before, after) of each field."""

    label: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """A list that waits: what it would do. Nothing of it is in the school yet."""

    id: str
    kind: str
    title: str
    file_name: str
    shape: str
    revision: int
    rows: int
    columns: tuple[ImportColumn, ...]
    options: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[ImportChange, ...]
    unchanged: int
    vanished: tuple[str, ...]
    new_classes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """An import that was done."""

    title: str
    file_name: str
    summary: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferView:
    """The page of what comes in and goes out: what can, what waits, and the last import if it can be undone."""

    kinds: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str, str], ...]  # id, title, file name
    last: ImportLine | None
