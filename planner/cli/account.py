"""planner account: who may come in, for the owner of the server who is locked out."""

import click

from planner.cli.console import now, workspace
from planner.services.signin import accountadmin
from planner.services.views import LinkToGive


@click.group()
def account() -> None:
    """Accounts: wie mag erin. Voor de beheerder van de server, ook als niemand er meer in kan."""


def _tell(link: LinkToGive) -> None:
    click.echo(f"Geef deze link aan {link.name}. Hij werkt {link.days} dagen en één keer:")
    click.echo(link.url)
    if link.is_mailed:
        click.echo(f"Er gaat ook een mail met een eigen link naar {link.email}.")


@account.command()
@click.argument("name", metavar="NAAM")
@click.argument("email", metavar="E-MAIL")
@click.option(
    "--role", default="coordinator", show_default=True, help="coordinator, team, mentor, collega of tekstlezer."
)
def add(*, name: str, email: str, role: str) -> None:
    """Maak een account en toon de link waarmee iemand een wachtwoord kiest."""
    with workspace() as ws:
        _tell(accountadmin.invite(ws, name=name, email=email, role=role, now=now()))


@account.command(name="list")
def show() -> None:
    """Noem elk account met rol, e-mailadres en hoe iemand binnenkomt."""
    with workspace() as ws:
        for each in accountadmin.view(ws, now=now()).accounts:
            ways = ", ".join((*each.ways, *(["tweede stap"] if each.has_second_step else []))) or "nog niet ingelogd"
            state = "gesloten" if each.is_closed else ways
            click.echo(f"{each.name} · {each.role_name} · {each.email or 'zonder e-mail'} · {state}")


@account.command()
@click.argument("email", metavar="E-MAIL")
def reset(email: str) -> None:
    """Haal wachtwoord en tweede stap weg en toon een link om opnieuw te beginnen."""
    with workspace() as ws:
        _tell(accountadmin.reset(ws, email, now=now()))


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(account)
