"""The file of a backup: a zip with a manifest and, for each table, a line of JSON for each row.

A zip that one can open anywhere and text that one can read are worth more than a few saved bytes on the day
that Schakelplan itself is gone.
"""

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from planner.errors import ConflictError, InputError, SettingsError

MANIFEST = "manifest.json"
PRIVATE = 0o600  # a backup holds names
# What Python raises for bytes that are no zip, no deflate, no UTF-8, no JSON, or no manifest.
_UNREADABLE = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFacts:
    """What must be true of a table's lines. `counter` is the highest number it ever gave out, 0 for none."""

    rows: int
    sha256: str
    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup is: of which moment (aware UTC), at which revision of the tables, by which program."""

    made_at: datetime
    revision: str
    version: str
    tables: Mapping[str, TableFacts]

    @property
    def rows(self) -> int:
        """The number of rows in all tables."""
        return sum(facts.rows for facts in self.tables.values())


@contextmanager
def creating(path: Path) -> Iterator[ZipFile]:
    """Give a zip to fill that only gets its name when it is complete and on disk.

    ConflictError when the name is taken, SettingsError when the place cannot be written.
    """
    if path.exists():
        raise ConflictError(f"Het bestand {path} bestaat al. Kies een andere naam, of verplaats het oude bestand.")
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "wb") as file:
                with ZipFile(file, "w", ZIP_DEFLATED) as made:
                    yield made
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"De back-up kan niet worden bewaard in {path.parent} ({error.strerror}). "
            "Maak ruimte vrij of kies een andere map. Er is geen halve back-up achtergebleven."
        ) from error


def add_table(made: ZipFile, name: str, lines: Iterable[bytes], *, counter: int) -> TableFacts:
    """Write a table into the zip and return what was written."""
    with made.open(f"{name}.jsonl", "w") as file:
        return facts_of(lines, counter=counter, write=file.write)


def facts_of(lines: Iterable[bytes], *, counter: int, write: Callable[[bytes], object] = lambda _: None) -> TableFacts:
    """Return what is true of these lines; `write` gets each of them."""
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        write(line)
        digest.update(line)
        rows += 1
    return TableFacts(rows=rows, sha256=digest.hexdigest(), counter=counter)


def add_manifest(made: ZipFile, manifest: Manifest) -> None:
    """Write what the backup is; the last thing that goes in."""
    values = asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    made.writestr(MANIFEST, json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True))


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, ZipFile]]:
    """Give the manifest and the zip of a backup; InputError when it is no backup or not whole.

    Errors from reading that happen inside are InputErrors as well.
    """
    try:
        with ZipFile(path) as found:
            manifest = _read_manifest(found)
            wanted = {MANIFEST, *(f"{name}.jsonl" for name in manifest.tables)}
            if set(found.namelist()) != wanted or len(found.namelist()) != len(wanted):
                raise _damaged(path)
            yield manifest, found
    except FileNotFoundError:
        raise InputError(f"Het bestand {path} is er niet. Controleer de naam en de map.") from None
    except (PermissionError, IsADirectoryError) as error:
        raise InputError(f"Het bestand {path} kan niet worden gelezen ({error.strerror}).") from error
    except _UNREADABLE as error:
        raise _damaged(path) from error


def check_tables(manifest: Manifest, found: ZipFile) -> None:
    """Read every table to its end; ValueError when one is not what the manifest says."""
    for name in manifest.tables:
        for _ in lines_of(manifest, found, name):
            pass


def lines_of(manifest: Manifest, found: ZipFile, name: str) -> Iterator[bytes]:
    """Yield the lines of a table; ValueError at the end when they are not what the manifest says."""
    digest, rows = hashlib.sha256(), 0
    with found.open(f"{name}.jsonl") as file:
        for line in file:
            digest.update(line)
            rows += 1
            yield line
    facts = manifest.tables[name]
    if (rows, digest.hexdigest()) != (facts.rows, facts.sha256):
        raise ValueError(f"table {name} differs from the manifest")


def _read_manifest(found: ZipFile) -> Manifest:
    values = json.loads(found.read(MANIFEST))
    tables = {name: TableFacts(**facts) for name, facts in values["tables"].items()}
    return Manifest(
        made_at=datetime.fromisoformat(values["made_at"]),
        revision=values["revision"],
        version=values["version"],
        tables=tables,
    )


def _damaged(path: Path) -> InputError:
    return InputError(f"Het bestand {path} is beschadigd of geen back-up van Schakelplan. Gebruik een andere back-up.")
