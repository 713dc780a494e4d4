"""planner year: propose, validate and replan the school year."""

import click

from planner.cli.console import json_option, now, print_json, workspace
from planner.services.workspace import Workspace
from planner.services.year import planning, yearpage


@click.group("year")
def group() -> None:
    """Het schooljaar plannen, controleren en herstellen."""


def _tell(ws: Workspace, *, as_json: bool) -> None:
    facts = yearpage.year_facts(ws)
    if as_json:
        print_json(facts)
        return
    for event in facts["events"]:
        click.echo(f"{event['date']}  {event['id']:32} {event['reason']}")
    click.echo()
    for violation in facts["violations"]:
        kind = "HARD " if violation["hard"] else "zacht"
        click.echo(f"{kind} {violation['rule']}  {violation['where']}: {violation['why']}")
    click.echo(f"{len(facts['violations'])} opmerkingen.")


@group.command()
@json_option
def propose(*, as_json: bool) -> None:
    """Plan alle activiteiten opnieuw; vastgezette datums blijven staan."""
    with workspace() as ws:
        planning.propose(ws, now=now())
        _tell(ws, as_json=as_json)


@group.command()
@json_option
def validate(*, as_json: bool) -> None:
    """Noem elke regel die het plan van nu breekt."""
    with workspace() as ws:
        _tell(ws, as_json=as_json)


@group.command()
@json_option
def replan(*, as_json: bool) -> None:
    """Herstel het plan met zo weinig mogelijk veranderingen."""
    with workspace() as ws:
        planning.replan(ws, now=now())
        _tell(ws, as_json=as_json)


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(group)
