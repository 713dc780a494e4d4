"""planner staff: propose, validate and replan who does what, for one evening or the whole year."""

import click

from planner.cli.console import json_option, now, print_json, workspace
from planner.services.staffing import stafffacts, staffsolve
from planner.services.staffing.staffsolve import Proposal
from planner.services.workspace import Workspace

event_option = click.option("--event", "event_id", default="", metavar="ACTIVITEIT", help="Alleen deze activiteit.")


@click.group("staff")
def group() -> None:
    """Mensen verdelen over de taken, controleren en herstellen."""


def _tell(ws: Workspace, event_id: str, *, proposal: Proposal | None = None, as_json: bool) -> None:
    facts = stafffacts.staff_facts(ws, event_id, reached=proposal.reached if proposal else ())
    if as_json:
        print_json(facts)
        return
    for duty in facts["assignments"]:
        click.echo(f"{duty['event']:32} {duty['task']}: {duty['person']}. {duty['why']}")
    for gap in facts["gaps"]:
        if not gap["optional"]:
            why = f"{gap['why']} {gap['help']}".rstrip()
            click.echo(f"{gap['event']:32} nog {gap['missing']} nodig: {gap['task']}. {why}")
    for violation in facts["violations"]:
        if violation["hard"]:
            click.echo(f"HARD  {violation['rule']}  {violation['where']}: {violation['why']}")
    click.echo()
    for goal in facts["goals"]:
        proven = ", beter kan niet" if goal["proven"] else ""
        click.echo(f"{goal['name']}: {goal['value']}{proven}")


@group.command()
@event_option
@json_option
def propose(event_id: str, *, as_json: bool) -> None:
    """Zoek de beste verdeling vanaf het begin en neem die over; alleen wat vaststaat, blijft."""
    with workspace() as ws:
        proposal = staffsolve.find(ws, now=now(), event_id=event_id, anew=True)
        staffsolve.take_over(ws, proposal)
        _tell(ws, event_id, proposal=proposal, as_json=as_json)


@group.command()
@event_option
@json_option
def validate(event_id: str, *, as_json: bool) -> None:
    """Noem wie wat doet, wat er mist en elke regel die de verdeling van nu breekt."""
    with workspace() as ws:
        _tell(ws, event_id, as_json=as_json)


@group.command()
@event_option
@click.option("--without", "person_id", default="", metavar="PERSOON", help="Wie uitvalt.")
@json_option
def replan(event_id: str, person_id: str, *, as_json: bool) -> None:
    """Herstel de verdeling, met zo weinig mogelijk veranderingen voor wie het al weet."""
    with workspace() as ws:
        proposal = staffsolve.find(ws, now=now(), event_id=event_id, person_id=person_id)
        staffsolve.take_over(ws, proposal)
        _tell(ws, event_id, proposal=proposal, as_json=as_json)


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(group)
