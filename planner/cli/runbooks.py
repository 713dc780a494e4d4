"""planner runbooks: check, list and show the definitions."""

import sys

import click

from planner.cli.console import json_option, print_json, settings
from planner.services import definitions


@click.group("runbooks")
def group() -> None:
    """Draaiboeken controleren en bekijken."""


@group.command()
@json_option
def check(*, as_json: bool) -> None:
    """Noem elk probleem in de draaiboeken, met bestand, regel en advies."""
    problems = definitions.check(settings().runbooks_dir)
    if as_json:
        print_json({"problems": [str(problem) for problem in problems]})
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        click.echo("Geen problemen gevonden." if not problems else f"{len(problems)} problemen gevonden.")
    sys.exit(1 if problems else 0)


@group.command("list")
@json_option
def show_all(*, as_json: bool) -> None:
    """Noem de draaiboeken in de volgorde van de cyclus."""
    cycle = definitions.load(settings().runbooks_dir).cycle
    if as_json:
        print_json([{"id": r.id, "title": r.title, "phase": r.phase, "kind": r.kind} for r in cycle.runbooks])
        return
    for runbook in cycle.runbooks:
        click.echo(f"{runbook.id:22} fase {runbook.phase}  {runbook.kind:12} {runbook.title}")


@group.command()
@click.argument("runbook_id", metavar="ID")
@json_option
def show(runbook_id: str, *, as_json: bool) -> None:
    """Toon één draaiboek: het verloop van minuut tot minuut en het stappenplan."""
    facts = definitions.describe(definitions.load(settings().runbooks_dir).cycle, runbook_id)
    if as_json:
        print_json(facts)
        return
    click.echo(f"{facts['title']} (fase {facts['phase']}, {facts['kind']})\n\nDraaiboek")
    for row in facts["runsheet"]:
        click.echo(
            f"  {row['start']}–{row['end'] or '…':5}  {row['what']}  [{', '.join(row['responsible'])}; {row['place']}]"
        )
    click.echo("\nStappenplan (schoolweken vooraf)")
    for step in facts["preparation"]:
        click.echo(f"  {step['weeks_before']:>3}  {step['what']}  [{', '.join(step['who'])}]")


@group.command()
def schema() -> None:
    """Geef het JSON-schema van runbook.yaml, voor een editor die aanvult en controleert."""
    print_json(definitions.schema())


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(group)
