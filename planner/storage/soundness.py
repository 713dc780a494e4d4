"""Whether the stored data are whole: the file itself, what refers to what, and the rules no table can keep alone."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from planner.storage.models import EventRow, HouseholdPupilRow, HouseholdRow, PublicationRow, PupilRow
from planner.storage.rows import all_tables, read_lines
from planner.storage.schema import broken_references

_NAMED_AT_MOST = 3


def file_problems(connection: Connection) -> Iterator[str]:
    """Yield what SQLite finds wrong with its file."""
    if connection.dialect.name != "sqlite":
        return
    found = [row[0] for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_NAMED_AT_MOST})")]
    if found != ["ok"]:
        yield f"Het bestand met de gegevens is beschadigd: {'; '.join(' '.join(text.split()) for text in found)}."


def reference_problems(connection: Connection) -> Iterator[str]:
    """Yield the tables with rows that refer to rows that are gone."""
    for table in broken_references(connection):
        yield f"In de tabel {table} wijzen rijen naar iets wat er niet meer is."


def read_everything(connection: Connection) -> int:
    """Read every row of every table and return how many there are; fails where something cannot be read."""
    return sum(1 for table in all_tables(connection) for _ in read_lines(connection, table))


def rule_problems(connection: Connection) -> Iterator[str]:
    """Yield what breaks the rules between tables; only of tables at the newest revision."""
    pupils = set(connection.scalars(select(PupilRow.id)))
    for event_id, candidates, invited in connection.execute(
        select(EventRow.id, EventRow.candidates, EventRow.pupils).order_by(EventRow.id)
    ):
        if gone := ({*candidates, *invited} - pupils):
            yield f"De activiteit {event_id} noemt leerlingen die er niet zijn: {_few(gone)}."
        if strangers := set(invited) - set(candidates):
            yield f"Op de activiteit {event_id} zijn leerlingen uitgenodigd die er niet bij horen: {_few(strangers)}."
    homes = set(connection.scalars(select(HouseholdRow.id)))
    if empty := homes - set(connection.scalars(select(HouseholdPupilRow.household_id))):
        yield f"Gezinnen zonder leerling: {_few(empty)}."
    numbers = list(connection.scalars(select(PublicationRow.number).order_by(PublicationRow.number)))
    if numbers != list(range(1, len(numbers) + 1)):
        yield "De nummers van de publicaties lopen niet door."


def _few(names: set[str]) -> str:
    known = sorted(names)
    more = f" en {len(known) - _NAMED_AT_MOST} andere" if len(known) > _NAMED_AT_MOST else ""
    return ", ".join(known[:_NAMED_AT_MOST]) + more
