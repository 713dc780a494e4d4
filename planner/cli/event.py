"""planner event, export and feed: one evening on the screen, as files, or in a calendar."""

import sys
from pathlib import Path

import click

from planner.cli.console import json_option, now, print_json, workspace
from planner.services.event import eventfacts, exporting
from planner.services.year import feeds, yearpage


@click.group("event")
def group() -> None:
    """De activiteiten van dit jaar bekijken."""


@group.command("list")
@json_option
def show_all(*, as_json: bool) -> None:
    """Noem de activiteiten van dit jaar."""
    with workspace() as ws:
        events = yearpage.year_facts(ws)["events"]
    if as_json:
        print_json(events)
        return
    for event in events:
        click.echo(f"{event['date']}  {event['id']:32} {event['title']}")


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@json_option
def show(event_id: str, *, as_json: bool) -> None:
    """Toon één activiteit: draaiboek, stappenplan, mensen en ruimtes."""
    with workspace() as ws:
        facts = eventfacts.event_facts(ws, event_id, now=now())
    if as_json:
        print_json(facts)
        return
    click.echo(f"{facts['title']}, {facts['date']}\n{facts['reason']}\n\nDraaiboek")
    for row in facts["runsheet"]:
        end = f"{row['end']:%H:%M}" if row["end"] else "…"
        click.echo(f"  {row['start']:%H:%M}–{end:5}  {row['what']}")
    click.echo("\nStappenplan")
    for step in facts["preparation"]:
        click.echo(f"  {step['due']}  {step['what']}")
    click.echo("\nMensen")
    for duty in facts["assignments"]:
        click.echo(f"  {duty['person']}: {duty['role']}. {duty['reason']}")
    for gap in facts["gaps"]:
        click.echo(f"  Nog {gap['missing']} nodig: {gap['role']}. {gap['why']}")
    click.echo("\nRuimtes")
    for room in facts["rooms"]:
        click.echo(f"  {room['place']}: {room['room'] or 'geen'}. {room['reason']}")


@click.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@click.option("--out", "folder", type=click.Path(path_type=Path), required=True, help="Map voor de bestanden.")
def export(event_id: str, folder: Path) -> None:
    """Bewaar alles van één activiteit als bestanden: elk blad als PDF, een agenda en de gegevens.

    Bij gesprekken horen de lijsten en kaarten erbij, bij groepen en rondes de routebladen en de lijst bij de deur.
    """
    with workspace() as ws:
        for path in exporting.export_event(ws, event_id, folder, now=now()):
            click.echo(str(path))


@click.command()
@click.argument("whose", metavar="PERSOON|year")
def feed(whose: str) -> None:
    """Schrijf de agenda van een persoon, of van het hele jaar (year), naar de uitvoer."""
    with workspace() as ws:
        body = feeds.body_for(ws, whose, now=now())
    sys.stdout.buffer.write(body)


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    for command in (group, export, feed):
        parent.add_command(command)
