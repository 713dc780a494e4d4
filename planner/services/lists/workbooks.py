"""Excel files that go out: the empty template with its instructions, and everything the school owns."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from planner.domain.access.rights import Right
from planner.domain.rooms.room import FEATURES
from planner.exports.sheet import SheetOut, write_workbook
from planner.imports.columns import Kind
from planner.imports.known import COLUMNS, TITLES
from planner.imports.writing import row_of
from planner.services.guarding import allowed
from planner.services.lists.vocabulary import Vocabulary, read_vocabulary
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.dump import dump_table, table
from planner.storage.models import AuditRow

# What is no list to read in again, with the headers of its columns; the archive has all of it.
_TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "school": (
        "School",
        {
            "name": "Naam",
            "region": "Regio",
            "label": "Schooljaar",
            "first_day": "Eerste lesdag",
            "last_day": "Laatste lesdag",
            "evenings": "Avonden",
            "feasts": "Feesten",
            "market_last_year": "Vorig jaar markt",
            "verder_split": "Keer Verder na de ISK",
        },
    ),
    "school_class": ("Klassen", {"name": "Klas", "phase": "Fase"}),
    "period": ("Vrije dagen", {"name": "Naam", "first": "Eerste dag", "last": "Laatste dag", "kind": "Soort"}),
    "open_day": ("Open dagen", {"school": "School", "day": "Dag", "sector": "Soort", "link": "Link"}),
    "event": (
        "Activiteiten",
        {
            "id": "Activiteit",
            "title": "Titel",
            "first": "Eerste dag",
            "last": "Laatste dag",
            "pinned": "Vastgezet",
            "form_id": "Vorm",
            "reason": "Reden",
            "removed_at": "Vervallen op",
        },
    ),
    "duty": (
        "Taken",
        {
            "event_id": "Activiteit",
            "need_id": "Taak",
            "person_id": "Code van de persoon",
            "pinned": "Vastgezet",
            "reason": "Reden",
        },
    ),
    "duty_answer": (
        "Antwoorden",
        {
            "event_id": "Activiteit",
            "need_id": "Taak",
            "person_id": "Code van de persoon",
            "says": "Antwoord",
            "reason": "Reden",
            "answered_at": "Wanneer",
        },
    ),
    "room_use": ("Ruimtes in gebruik", {"event_id": "Activiteit", "need_id": "Plek", "room_id": "Code van de ruimte"}),
    "route_member": (
        "Groepen",
        {"event_id": "Activiteit", "form_id": "Vorm", "group_id": "Groep", "party_id": "Code van het gezin"},
    ),
    "route_visit": (
        "Rondes",
        {
            "event_id": "Activiteit",
            "form_id": "Vorm",
            "walker_id": "Groep of gezin",
            "round": "Ronde",
            "stop_id": "Plek",
            "pinned": "Vastgezet",
        },
    ),
    "route_companion": (
        "Begeleiders",
        {
            "event_id": "Activiteit",
            "form_id": "Vorm",
            "group_id": "Groep",
            "person_id": "Code van de persoon",
            "task": "Taak",
            "pinned": "Vastgezet",
        },
    ),
    "step_state": (
        "Stappen klaar",
        {"event_id": "Activiteit", "step_id": "Stap", "done_at": "Wanneer", "done_by": "Door"},
    ),
    "rule_override": ("Regels opzij", {"rule": "Regel", "reason": "Reden"}),
}
_INTRODUCTION = (
    "Vul op de andere bladen één rij per leerling, gezin, mens of ruimte in. De rij met het voorbeeld haalt u weg.",
    "Lees eerst de ruimtes en leerlingen in, daarna de gezinnen en de mensen.",
    "Een leeg vak verandert niets: wat Schakelplan al weet, blijft staan.",
    "Laat de koppen staan. Kolommen die u niet nodig hebt, mag u weghalen.",
    "Zet geen BSN, nationaliteit, geloof, gezondheid, verblijfsstatus of adres in de lijst. Dat bewaren we niet.",
    "Namen van talen en rollen schrijft u zoals hieronder.",
)


@allowed(Right.SETTINGS)
def template(workspace: Workspace) -> bytes:
    """Return the template: a page of instructions, and a sheet for each list with an example and choices."""
    lists = (_list(kind, rows=(_example(kind),), languages=_languages(workspace)) for kind in Kind)
    return write_workbook([_explanation(workspace), *lists])


def _example(kind: Kind) -> tuple[str, ...]:
    return tuple(column.example for column in COLUMNS[kind] if column.in_template)


def _languages(workspace: Workspace) -> tuple[str, ...]:
    return tuple(sorted(workspace.language_names.values()))


def _list(kind: Kind, *, rows: tuple[tuple[str, ...], ...], languages: tuple[str, ...]) -> SheetOut:
    columns = [column for column in COLUMNS[kind] if column.in_template]
    choices = {at: column.choices for at, column in enumerate(columns) if column.choices}
    choices |= {at: languages for at, column in enumerate(columns) if column.id == "language"}
    header = tuple(column.title for column in columns)
    return SheetOut(title=TITLES[kind], header=header, rows=rows, choices=choices)


def _explanation(workspace: Workspace) -> SheetOut:
    roles = set(read_vocabulary(workspace).words.roles.values())
    rows = [
        *(("", "", line) for line in _INTRODUCTION),
        *(
            (TITLES[kind], column.title, column.about or f"Bijvoorbeeld: {column.example}.")
            for kind in Kind
            for column in COLUMNS[kind]
            if column.in_template
        ),
        *(("Talen", name, "") for name in _languages(workspace)),
        *(("Rollen", name, "") for name in sorted(roles)),
        *(("Voorzieningen", name, said.capitalize() + ".") for name, said in FEATURES.items()),
    ]
    return SheetOut(title="Uitleg", header=("Blad", "Kolom", "Uitleg"), rows=rows)


@allowed(Right.SETTINGS)
def everything(workspace: Workspace, *, who: str, now: datetime) -> bytes:
    """Return all the school owns as a workbook; the four lists can be read in again. Who took it is noted."""
    session = workspace.session
    with writing(session):
        vocabulary = read_vocabulary(workspace)
        sheets = [*_lists(workspace, vocabulary), *_others(workspace)]
        session.add(AuditRow(at=now, who=who, what="export.workbook", subject=""))
    return write_workbook(sheets)


def _lists(workspace: Workspace, vocabulary: Vocabulary) -> Iterator[SheetOut]:
    stored = vocabulary.stored
    values = {
        Kind.PUPILS: stored.pupils,
        Kind.HOUSEHOLDS: stored.households,
        Kind.PEOPLE: stored.people,
        Kind.ROOMS: stored.rooms,
    }
    for kind, mine in values.items():
        rows = tuple(row_of(kind, each, vocabulary.words) for each in mine)
        yield _list(kind, rows=rows, languages=_languages(workspace))


def _others(workspace: Workspace) -> Iterator[SheetOut]:
    for name, (title, headers) in _TABLES.items():
        rows = [tuple(_say(row[column]) for column in headers) for row in dump_table(workspace.session, table(name))]
        yield SheetOut(title=title, header=tuple(headers.values()), rows=rows)


def _say(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
