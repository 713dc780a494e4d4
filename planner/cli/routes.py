"""planner routes: groups and rounds of an evening: whether it fits, plan, repair, and what is planned."""

import click

from planner.cli.console import json_option, print_json, workspace
from planner.services.routes import routedeciding, routefacts, routing


@click.group("routes")
def group() -> None:
    """Wie loopt waar: groepen en rondes van een avond."""


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@json_option
def show(event_id: str, *, as_json: bool) -> None:
    """Toon of het past, en wie waar is in elke ronde."""
    with workspace() as ws:
        facts = routefacts.route_facts(ws, event_id)
    if as_json:
        print_json(facts)
        return
    _say(facts)


def _say(facts: dict[str, object]) -> None:
    for line in routefacts.lines(facts):
        click.echo(line)


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@json_option
def plan(event_id: str, *, as_json: bool) -> None:
    """Maak groepen en rondes opnieuw; wat vaststaat, blijft."""
    with workspace() as ws:
        routing.propose(ws, event_id)
        facts = routefacts.route_facts(ws, event_id)
    if as_json:
        print_json(facts)
        return
    _say(facts)


@group.command()
@click.argument("event_id", metavar="ACTIVITEIT")
@click.option("--away", "what", flag_value="away", help="Het gezin met deze code komt niet.")
@click.option("--late", "what", flag_value="late", help="Het gezin met deze code komt erbij.")
@click.option("--absent", "what", flag_value="absent", help="De persoon met deze code is er niet.")
@click.option("--lost", "what", flag_value="lost", help="De plek met deze code valt uit.")
@click.argument("which", metavar="[CODE]", required=False)
@json_option
def repair(event_id: str, what: str | None, which: str | None, *, as_json: bool) -> None:
    """Herstel met zo weinig mogelijk veranderingen, en noem ze."""
    with workspace() as ws:
        if what and which:
            routedeciding.mark(ws, event_id, what, which, on=True)
        changes = [{"who": change.who, "what": change.what} for change in routing.replan(ws, event_id)]
    if as_json:
        print_json({"changes": changes})
        return
    for change in changes:
        click.echo(f"{change['who']}: {change['what']}")
    if not changes:
        click.echo("Er verandert niets.")


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(group)
