"""planner import, import-undo, export-all and import-all: lists in, everything out, and everything in again."""

import sys
from pathlib import Path

import click

from planner.cli.console import json_option, now, print_json, workspace
from planner.errors import InputError
from planner.services.keeping import archive
from planner.services.lists import importing, importview, workbooks
from planner.services.views import ImportView

WHO = "opdrachtregel"
SHOWN = 20  # names on the screen; --json gives all


def _body(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"Het bestand {path} kan niet worden gelezen ({error.strerror}).") from error


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--what", type=click.Choice(importing.KINDS), required=True, help="Wat het is.")
@click.option("--dry-run", is_flag=True, help="Laat alleen zien wat er zou veranderen.")
@click.option("--new-classes", is_flag=True, help="Maak klassen die er nog niet zijn.")
@click.option("--delete-vanished", is_flag=True, help="Verwijder wie niet in de lijst staat.")
@json_option
def read_list(*, file: Path, what: str, dry_run: bool, new_classes: bool, delete_vanished: bool, as_json: bool) -> None:
    """Lees een lijst in: leerlingen, gezinnen, mensen of ruimtes, uit CSV of Excel."""
    moment = now()
    with workspace() as ws:
        found = importing.receive(ws, _body(file), name=file.name, kind=what, who=WHO, now=moment)
        importing.choose_columns(ws, found, {}, new_classes=new_classes, now=moment)
        view = importview.view(ws, found, now=moment)
        done = ""
        if dry_run or view.problems:
            importing.discard(ws, found)
        else:
            done = importing.apply(ws, found, seen=None, delete_vanished=delete_vanished, who=WHO, now=moment)
    if as_json:
        print_json(view)
    else:
        _tell(view, done)
    if view.problems:
        sys.exit(2)


def _tell(view: ImportView, done: str) -> None:
    for note in view.notes:
        click.echo(note)
    for problem in view.problems:
        click.echo(problem, err=True)
    for about, names in (("nieuw", view.new), ("niet in de lijst", view.vanished)):
        for name in names[:SHOWN]:
            click.echo(f"{about}: {name}")
        if len(names) > SHOWN:
            click.echo(f"{about}: en nog {len(names) - SHOWN}")
    for change in view.changed[:SHOWN]:
        fields = "; ".join(
            f"{title}: {before or '(leeg)'} → {after or '(leeg)'}" for title, before, after in change.fields
        )
        click.echo(f"veranderd: {change.label}: {fields}")
    click.echo(done or f"Er is niets ingelezen: {len(view.new)} nieuw, {len(view.changed)} veranderd.")


@click.command("import-undo")
def take_back() -> None:
    """Maak de laatste import ongedaan."""
    with workspace() as ws:
        click.echo(importing.undo(ws, who=WHO, now=now()))


@click.command("export-all")
@click.option(
    "--out", "path", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Bestand: .xlsx of .json."
)
def write_all(path: Path) -> None:
    """Bewaar alles van de school: als Excel-bestand (.xlsx) of als archief (.json)."""
    makers = {".xlsx": workbooks.everything, ".json": archive.export_archive}
    make = makers.get(path.suffix.lower())
    if make is None:
        raise InputError("Laat de naam van het bestand eindigen op .xlsx of .json.")
    with workspace() as ws:
        body = make(ws, who=WHO, now=now())
    try:
        path.write_bytes(body)
    except OSError as error:
        raise InputError(f"Het bestand {path} kan niet worden geschreven ({error.strerror}).") from error
    click.echo(str(path))


@click.command("import-all")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def read_all(file: Path) -> None:
    """Zet een archief (.json) in een lege database."""
    with workspace() as ws:
        counts = archive.import_archive(ws, _body(file), who=WHO, now=now())
    click.echo(f"Alles is ingelezen: {sum(counts.values())} rijen in {len(counts)} tabellen.")


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    for command in (read_list, take_back, write_all, read_all):
        parent.add_command(command)
