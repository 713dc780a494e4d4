"""The `planner` command: thin, over the same services as the pages."""

import sys

import click

from planner.cli import backup, event, runbooks, school, server, year
from planner.errors import PlannerError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def planner() -> None:
    """Schakelplan: het LOB-jaar van een ISK, van draaiboek tot uitnodiging."""


for part in (runbooks, school, year, event, backup, server):
    part.register(planner)


def main() -> None:
    """Run the command; a known problem is one Dutch sentence and exit status 2."""
    try:
        planner.main(standalone_mode=False)
    except PlannerError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
