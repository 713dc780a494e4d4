"""planner serve: the web server with its worker beside it."""

import os
import subprocess
import sys

import click

from planner.cli.console import now, settings

THREADS = 8  # requests at once; SQLite takes one writer at a time anyway


@click.command()
@click.option("--port", type=int, default=None, help="Poort; standaard PORT of 8080.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adres waarop de server luistert.")
def serve(*, port: int | None, host: str) -> None:
    """Start de server en de werker; toon het adres en, voor de voorbeeldschool, een aanmeldlink."""
    if port:
        os.environ["PORT"] = str(port)
    given = settings()
    from waitress import create_server  # noqa: PLC0415 - only this command needs it

    from planner.app import create_app  # noqa: PLC0415 - so that `planner --help` answers at once
    from planner.services import accounts  # noqa: PLC0415

    app = create_app(given)
    try:
        server = create_server(app, host=host, port=given.port, threads=THREADS, ident=None)
    except OSError as error:
        raise click.ClickException(
            f"Poort {given.port} is niet vrij ({error.strerror}). Kies een andere, bijvoorbeeld --port {given.port + 1}."
        ) from error
    with app.app_context():
        token = accounts.demo_link(app.extensions["schakelplan"], now=now())
    click.echo(f"Schakelplan staat klaar op {given.public_url}")
    if token:
        click.echo(f"Meteen aanmelden als coördinator van de voorbeeldschool: {given.public_url}/aanmelden/{token}")
    worker = subprocess.Popen([sys.executable, "-m", "planner.worker"])
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("Tot ziens.")
    finally:
        worker.terminate()
        worker.wait(timeout=10)


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(serve)
