"""planner serve: the web server with its worker beside it."""

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import click

from planner.cli.console import now, settings
from planner.domain.families import shortcode
from planner.errors import SettingsError

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8  # requests at once; SQLite takes one writer at a time anyway
GRACE_SECONDS = 10  # for the worker to finish what it is doing; what it does not finish is done again later


def _listen(app: "Flask", *, host: str, port: int) -> Any:  # noqa: ANN401 - waitress has no types
    from waitress import create_server  # noqa: PLC0415 - only this command needs it

    try:
        # Waitress takes X-Forwarded-For away; behind a proxy of the school we read it ourselves.
        is_alone = not app.config["TRUSTED_PROXIES"]
        return create_server(
            app, host=host, port=port, threads=THREADS, ident=None, clear_untrusted_proxy_headers=is_alone
        )
    except OSError as error:
        raise SettingsError(
            f"Poort {port} op {host} is niet vrij ({error.strerror}). Kies een andere, bijvoorbeeld --port {port + 1}."
        ) from error
    except ValueError as error:
        raise SettingsError(f'"{host}" is geen adres van deze computer. Laat --host weg of kies 0.0.0.0.') from error


def _serve_with_worker(server: Any) -> None:  # noqa: ANN401 - waitress has no types
    """Serve until the process is asked to stop, by Ctrl-C or by the system; then stop the worker too."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    worker = subprocess.Popen([sys.executable, "-m", "planner.worker"])
    try:
        server.run()  # ends quietly at a KeyboardInterrupt
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()


@click.command()
@click.option("--port", type=int, default=None, help="Poort; standaard PORT of 8080.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adres waarop de server luistert.")
def serve(*, port: int | None, host: str) -> None:
    """Start de server en de werker; toon het adres en de weg naar binnen."""
    if port is not None:
        os.environ["PORT"] = str(port)
    given = settings()
    from planner.app import create_app  # noqa: PLC0415 - so that `planner --help` answers at once
    from planner.services.begin import firstrun  # noqa: PLC0415
    from planner.services.signin import accounts  # noqa: PLC0415

    app = create_app(given)
    server = _listen(app, host=host, port=given.port)
    with app.app_context():
        workspace = app.extensions["schakelplan"]
        token = accounts.demo_link(workspace, now=now())
        code = shortcode.shown(firstrun.setup_code(workspace)) if firstrun.is_open(workspace) else ""
    click.echo(f"Schakelplan staat klaar op {given.public_url}")
    if token:
        click.echo(f"Meteen aanmelden als coördinator van de voorbeeldschool: {given.public_url}/aanmelden/{token}")
    if code:
        click.echo(f"Er is nog geen school. Open dat adres en vul deze code in: {code}")
    _serve_with_worker(server)
    click.echo("Tot ziens.")


def register(parent: click.Group) -> None:
    """Hang these commands under the planner command."""
    parent.add_command(serve)
