"""planner backup, restore, verify and erase: keeping what must stay, and letting go what must not."""

import sys
from pathlib import Path

import click

from planner.cli.console import now, settings, workspace
from planner.services.keeping import backups, households, restoring, verifying, yearend
from planner.services.views import CleanUpView

_FILE = click.Path(path_type=Path, dir_okay=False)
KEY_NOTE = (
    "De geheime sleutel zit er niet in. Bewaar {key} apart. Zonder die sleutel werken na het terugzetten "
    "de QR-codes op oude uitnodigingen en de oude agenda-adressen niet meer; nieuwe maken kan altijd."
)


@click.command()
@click.option("--out", "path", type=_FILE, default=None, help="Bestand; standaard in PLANNER_DATA/backups.")
def backup(*, path: Path | None) -> None:
    """Maak een back-up; Schakelplan mag gewoon blijven draaien."""
    given, moment = settings(), now()
    path = (path or given.backups_dir / backups.file_name(moment)).absolute()
    manifest = backups.make(given.database_url, path, now=moment)
    click.echo(f"Back-up gemaakt: {path}")
    click.echo(f"{manifest.rows} rijen uit {len(manifest.tables)} tabellen, {path.stat().st_size / 1024:.0f} kB.")
    click.echo(KEY_NOTE.format(key=given.data_dir / "secret_key"))


@click.command()
@click.argument("path", metavar="BESTAND", type=_FILE)
def restore(path: Path) -> None:
    """Zet een back-up terug in een lege database; er wordt daarna niets verstuurd tot u dat goedvindt."""
    manifest = restoring.restore(settings().database_url, path, now=now())
    click.echo(f"Teruggezet: {manifest.rows} rijen, van {manifest.made_at.astimezone():%d-%m-%Y %H:%M}.")
    click.echo("Iedereen meldt zich opnieuw aan. Publiceren en versturen staan stil.")
    click.echo("Kijk op de pagina Jaar of alles klopt en druk daar op 'Alles klopt, ga verder'.")


@click.command()
@click.argument("path", metavar="[BESTAND]", type=_FILE, required=False)
def verify(*, path: Path | None) -> None:
    """Kijk of de database, of een back-up, heel is."""
    if path:
        problems, manifest = verifying.verify_file(path)
        good = f"De back-up is heel: {manifest.rows} rijen." if manifest else ""
    else:
        problems, rows = verifying.verify_database(settings().database_url)
        good = f"De database is heel: {rows} rijen gelezen."
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        sys.exit(1)
    click.echo(good)


@click.command()
@click.option(
    "--household", "household_id", metavar="GEZIN", default=None, help="Nummer uit het adres van /huishoudens."
)
@click.option("--year-end", is_flag=True, help="Ruim het jaar op: wie van school is, en wat alleen voor dit jaar was.")
@click.option("--dry-run", is_flag=True, help="Laat alleen zien wat er weg zou gaan.")
def erase(*, household_id: str | None, year_end: bool, dry_run: bool) -> None:
    """Wis voorgoed: een gezin, of na het schooljaar wie van school is."""
    if year_end == bool(household_id):
        raise click.UsageError("Kies --year-end of --household GEZIN.")
    with workspace() as ws:
        if household_id:
            click.echo(f"Gezin: {households.household_view(ws, household_id).name}")
        else:
            _tell_what_goes(yearend.view(ws, keep=None, now=now()))
        if dry_run:
            click.echo("Er is niets gewist.")
        elif household_id:
            confirmed = households.CONFIRMED if click.confirm("Alles van dit gezin wissen?") else ""
            click.echo(households.erase(ws, household_id, confirmed=confirmed, by="planner erase", now=now()))
        else:
            word = click.prompt(f"Typ {yearend.CONFIRMATION} om te wissen")
            click.echo(yearend.clean_up(ws, confirmed=word, keep=None, by="planner erase", now=now()))


def _tell_what_goes(view: CleanUpView) -> None:
    click.echo("Dit gaat weg:")
    for name, school_class, leaves in view.pupils:
        click.echo(f"  leerling {name}, {school_class}, van school sinds {leaves:%d-%m-%Y}")
    for name in view.households:
        click.echo(f"  gezin {name}")
    click.echo(f"  {view.links} codes van oude uitnodigingen, {view.sessions} aanmeldingen")
    click.echo(f"  {view.tasks} taken, {view.prints} PDF's, de namen in {view.publications} oude publicaties")
    click.echo("Dit blijft:")
    for text in view.stays:
        click.echo(f"  {text}")


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    for command in (backup, restore, verify, erase):
        parent.add_command(command)
