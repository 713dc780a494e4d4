"""planner backup, restore, verify and erase: keeping what must stay, and letting go what must not."""

import sys
from pathlib import Path

import click

from planner.cli.console import now, settings
from planner.services import backups, restoring, verifying

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
    click.echo(
        f"Teruggezet: {manifest.rows} rijen, van {manifest.made_at.astimezone(backups.AMSTERDAM):%d-%m-%Y %H:%M}."
    )
    click.echo("Iedereen meldt zich opnieuw aan. Publiceren en versturen staan stil.")
    click.echo("Kijk op de pagina Jaar of alles klopt en druk daar op 'Alles klopt, ga verder'.")


@click.command()
@click.argument("path", metavar="[BESTAND]", type=_FILE, required=False)
def verify(*, path: Path | None) -> None:
    """Controleer de database, of een back-up, op beschadiging."""
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


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    for command in (backup, restore, verify):
        parent.add_command(command)
