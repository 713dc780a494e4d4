"""The `planner` command: thin, over the same services as the pages."""

import sys
from collections.abc import Sequence

import click

from planner.cli import account, backup, event, routes, runbooks, school, server, staff, talks, transfer, year
from planner.errors import PlannerError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def planner() -> None:
    """Schakelplan: het LOB-jaar van een ISK, van draaiboek tot uitnodiging."""


for part in (runbooks, school, year, event, routes, transfer, backup, account, server, talks, staff):
    part.register(planner)


def _misuse(error: click.UsageError) -> str:
    """Return in Dutch what is wrong with the words after the command."""
    if isinstance(error, click.NoSuchOption):
        wrong = f"De optie {error.option_name} bestaat niet."
    elif isinstance(error, click.BadOptionUsage):
        wrong = f"De optie {error.option_name} is niet goed gebruikt."
    elif isinstance(error, click.BadParameter) and error.param:
        name = error.param.get_error_hint(error.ctx)
        wrong = f"{name} ontbreekt." if isinstance(error, click.MissingParameter) else f"{name} klopt niet."
    else:
        wrong = "Dit commando bestaat niet, of er staat te veel achter."
    command = error.ctx.command_path if error.ctx else "planner"
    return f"{wrong} Bekijk wat kan met: {command} --help"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; a known problem is one Dutch sentence and exit status 2."""
    try:
        planner.main(arguments, prog_name="planner", standalone_mode=False)
    except PlannerError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.UsageError as error:
        click.echo(_misuse(error), err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(1)
