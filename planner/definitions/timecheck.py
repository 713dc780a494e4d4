"""Times of a runbook that must fit: rows in order, nobody in two places, an invitation for the evening."""

from collections.abc import Iterator, Sequence
from datetime import time
from itertools import combinations, pairwise

from planner.definitions.problems import Finding, Path, show
from planner.definitions.schema import OwnInvitationPart, RowPart, RunbookPart

PlacedRow = tuple[RowPart, Path]


def check_times(runbook: RunbookPart) -> Iterator[Finding]:
    """Yield what is wrong with the times of a runbook that fits the format."""
    yield from _check_moments(runbook)
    yield from _check_invitation(runbook.invitation, runbook.runsheet, ("invitation",))
    main = _placed(runbook.runsheet, ("runsheet",))
    yield from _check_rows(main)
    yield from _check_clashes(main)
    for number, form in enumerate(runbook.forms):
        added = _placed(form.rows, ("forms", number, "rows"))
        yield from _check_rows(added)
        kept = [(row, path) for row, path in main if row.id not in form.drops]
        if form.invitation:
            rows = [*(row for row, _ in kept), *form.rows]
            yield from _check_invitation(form.invitation, rows, ("forms", number, "invitation"))
        yield from (found for found in _check_clashes([*kept, *added]) if found[0][0] == "forms")


def _placed(rows: Sequence[RowPart], path: Path) -> list[PlacedRow]:
    return [(row, (*path, index)) for index, row in enumerate(rows)]


def _check_rows(rows: Sequence[PlacedRow]) -> Iterator[Finding]:
    for row, path in rows:
        if row.end is not None and row.end <= row.start:
            wrong = f"Deze regel eindigt om {row.end:%H:%M}, maar begint om {row.start:%H:%M}."
            yield (*path, "end"), wrong, "Kies een eindtijd na de begintijd, of haal de eindtijd weg."
    for (earlier, _), (later, path) in pairwise(rows):
        if later.start < earlier.start:
            wrong = f"Deze regel begint eerder ({later.start:%H:%M}) dan de regel ervoor ({earlier.start:%H:%M})."
            yield (*path, "start"), wrong, "Zet de regels op volgorde van begintijd."


def _check_clashes(rows: Sequence[PlacedRow]) -> Iterator[Finding]:
    """Yield where someone would be in two places at once.

    Rows that share a place may overlap: people walk in and out (the interessemarkt's last row begins
    before the sessions end, in the same hall). `parallel` says that several people share the role.
    """
    for (first, _), (then, path) in combinations(rows, 2):
        overlap = first.start < _end(then) and then.start < _end(first)
        if not overlap or first.parallel or then.parallel or set(first.places) & set(then.places):
            continue
        for name in sorted(set(first.responsible) & set(then.responsible)):
            wrong = f"De rol {show(name)} is tegelijk nodig bij {show(first.id)}, in een andere ruimte."
            advice = 'Pas de tijden aan, kies een andere rol, of schrijf "parallel: ja" als er genoeg mensen zijn.'
            yield path, wrong, advice


def _end(row: RowPart) -> time:
    return row.end or time.max


def _check_moments(runbook: RunbookPart) -> Iterator[Finding]:
    for index, moment in enumerate(runbook.occurrences.moments):
        if moment.first == moment.last:
            wrong = "De eerste en de laatste dag zijn dezelfde dag."
            advice = "Geef een periode van een paar weken, anders is er geen dag te kiezen."
            yield ("occurrences", "moments", index, "last"), wrong, advice


def _check_invitation(said: OwnInvitationPart, rows: Sequence[RowPart], path: Path) -> Iterator[Finding]:
    first = min((row.start for row in rows), default=None)
    if first is None:
        wrong = "Deze vorm heeft geen draaiboek: er is geen avond om voor uit te nodigen."
        yield path, wrong, "Haal de uitnodiging weg, of geef deze vorm regels."
    elif said.start < first:
        wrong = f"De uitnodiging begint om {said.start:%H:%M}, maar het draaiboek pas om {first:%H:%M}."
        yield (*path, "start"), wrong, "Kies een begintijd die in het draaiboek valt."
    if said.end is not None and said.end <= said.start:
        wrong = f"De uitnodiging eindigt om {said.end:%H:%M}, maar begint om {said.start:%H:%M}."
        yield (*path, "end"), wrong, "Kies een eindtijd na de begintijd, of haal de eindtijd weg."
