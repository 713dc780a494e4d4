"""What every command shares: the application, the --json switch, and how values become JSON."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

from planner.config import Settings, read_settings
from planner.services.workspace import Workspace

_F = TypeVar("_F", bound=Callable[..., Any])


def settings() -> Settings:
    """Return the settings of this installation, from the environment."""
    return read_settings(os.environ)


@contextmanager
def workspace() -> Iterator[Workspace]:
    """Give the workspace of the configured database, made ready if needed."""
    from planner.app import create_app  # noqa: PLC0415 - so that `planner --help` answers at once

    app = create_app(settings())
    with app.app_context():
        yield app.extensions["schakelplan"]


def now() -> datetime:
    """Return the time at which the command runs."""
    return datetime.now(UTC)


def json_option(command: _F) -> _F:
    """Give a command the --json switch."""
    return click.option("--json", "as_json", is_flag=True, help="Geef JSON in plaats van tekst.")(command)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def print_json(value: object) -> None:
    """Print a value as JSON: readable, in UTF-8, dates in ISO 8601."""
    click.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))
