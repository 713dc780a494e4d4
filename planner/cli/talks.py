"""planner talks: propose, validate, replan and show a round of conversations."""

import click

from planner.cli.console import json_option, print_json, workspace
from planner.services.talks import talkfacts, talks
from planner.services.workspace import Workspace


@click.group("talks")
def group() -> None:
    """De gesprekken van een ronde plannen, controleren, herstellen en tonen."""


def _tell(ws: Workspace, event_id: str, *, as_json: bool, with_talks: bool = True) -> None:
    facts = talkfacts.talk_facts(ws, event_id)
    if as_json:
        print_json(facts)
        return
    for each in facts["talks"] if with_talks else ():
        when = f"{each['day']} {each['start']}-{each['end']}" if each["day"] else "nog geen tijd"
        helper = f", {each['language']}: {each['interpreter'] or 'geen tolk'}" if each["language"] else ""
        click.echo(f"{when:22} {each['about']}, {each['mentor'] or 'geen mentor'}{helper}")
    for violation in facts["violations"]:
        click.echo(f"{'HARD ' if violation['hard'] else 'zacht'} {violation['rule']}  {violation['why']}")
    for sentence in (*facts["shortages"], *facts["advice"]):
        click.echo(sentence)
    for change in facts["changes"]:
        click.echo(f"Nog niet gepubliceerd: {change['about']}, was {change['before']}, wordt {change['after']}.")
    click.echo(f"{len(facts['talks'])} gesprekken, {facts['open']} zonder tijd, {facts['confirmed']} bevestigd.")


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@json_option
def propose(event_id: str, *, as_json: bool) -> None:
    """Plan een ronde opnieuw; bevestigde en vastgezette gesprekken blijven staan."""
    with workspace() as ws:
        talks.propose(ws, event_id)
        _tell(ws, event_id, as_json=as_json)


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@json_option
def validate(event_id: str, *, as_json: bool) -> None:
    """Noem elke regel die de ronde van nu breekt."""
    with workspace() as ws:
        _tell(ws, event_id, as_json=as_json, with_talks=False)


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@json_option
def replan(event_id: str, *, as_json: bool) -> None:
    """Herstel een ronde met zo weinig mogelijk veranderingen."""
    with workspace() as ws:
        talks.replan(ws, event_id)
        _tell(ws, event_id, as_json=as_json)


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@json_option
def show(event_id: str, *, as_json: bool) -> None:
    """Toon de gesprekken van een ronde."""
    with workspace() as ws:
        _tell(ws, event_id, as_json=as_json)


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(group)
