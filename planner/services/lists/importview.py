"""The preview of a list, as pages and the command line show it."""

from collections.abc import Iterator
from datetime import datetime

from planner.domain.access.rights import Right
from planner.imports.columns import Kind
from planner.imports.known import COLUMNS, TITLES
from planner.imports.writing import differences, label
from planner.services.guarding import allowed
from planner.services.lists.importing import Draft, read_draft
from planner.services.views import ImportChange, ImportColumn, ImportView
from planner.services.workspace import Workspace
from planner.storage.records import the_school

LONGEST_SAMPLE = 30


@allowed(Right.SETTINGS)
def view(workspace: Workspace, import_id: str, *, now: datetime) -> ImportView:
    """Return what a waiting list would do; nothing is written. NotFoundError when it does not wait (any more)."""
    draft = read_draft(workspace, import_id, now=now)
    outcome = draft.outcome
    return ImportView(
        id=draft.id,
        kind=draft.kind.value,
        title=TITLES[draft.kind],
        file_name=draft.file_name,
        shape=draft.sheet.shape,
        revision=the_school(workspace.session).revision,
        rows=len(draft.sheet.lines),
        columns=tuple(_columns(draft)),
        options=tuple((column.id, column.title) for column in COLUMNS[draft.kind]),
        notes=tuple(_notes(draft)),
        problems=tuple(problem.sentence for problem in draft.problems),
        new=tuple(label(each) for each in outcome.new),
        changed=tuple(
            ImportChange(label=label(before), fields=differences(draft.kind, before, after, draft.vocabulary.words))
            for before, after in outcome.changed
        ),
        unchanged=len(outcome.pairs) - len(outcome.changed),
        vanished=tuple(label(each) for each in outcome.vanished),
        new_classes=draft.new_classes,
    )


def _columns(draft: Draft) -> Iterator[ImportColumn]:
    used = {place: column for column, place in draft.mapped.items()}
    for place, header in enumerate(draft.sheet.header):
        samples = (line.cells[place].strip() for line in draft.sheet.lines if place < len(line.cells))
        sample = next((text for text in samples if text), "")
        yield ImportColumn(
            place=place,
            header=header or f"kolom {place + 1}",
            sample=sample[:LONGEST_SAMPLE],
            column=used.get(place, ""),
            banned=place in draft.sheet.banned,
        )


def _notes(draft: Draft) -> Iterator[str]:
    banned = [draft.sheet.header[place] for place in sorted(draft.sheet.banned)]
    if banned:
        yield f"Overgeslagen en niet bewaard: {', '.join(banned)}. Schakelplan heeft dit niet nodig."
    unused = [
        header
        for place, header in enumerate(draft.sheet.header)
        if header and place not in draft.sheet.banned and place not in draft.mapped.values()
    ]
    if unused:
        yield f"Niet gebruikt: {', '.join(unused)}."
    if draft.outcome.classes:
        yield f"Nieuwe klassen: {', '.join(each.name for each in draft.outcome.classes)}."
    if draft.outcome.new:
        yield from _guesses(draft)


def _guesses(draft: Draft) -> Iterator[str]:
    """Say what new ones get because the list has no column for it."""
    if draft.kind is Kind.PUPILS:
        if "started" not in draft.mapped:
            day = draft.vocabulary.stored.first_day
            yield f"Er is geen startdatum. Nieuwe leerlingen krijgen de eerste lesdag, {day:%d-%m-%Y}."
        if "phase" not in draft.mapped:
            yield "Er is geen fase. Nieuwe leerlingen krijgen de fase van hun klas."
        if "route" not in draft.mapped:
            yield "Er is geen route. Nieuwe leerlingen krijgen route 2."
        yield "Nieuwe leerlingen horen nog niet bij een activiteit. Herstel daarna het plan op de pagina Jaar."
        yield "Bij nieuwe leerlingen hoort nog geen gezin. Lees daarna ook de gezinnen in."
    if draft.kind is Kind.HOUSEHOLDS and "language" not in draft.mapped:
        yield "Er is geen taal. Nieuwe gezinnen krijgen Nederlands."
