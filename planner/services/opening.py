"""Opening the database: connected, at the newest schema, or refused with a sentence."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from planner.services.keeping import backups
from planner.storage.db import db, init_database
from planner.storage.schema import upgrade


def open_database(app: Flask, url: str, *, backups_dir: Path, now: datetime) -> Callable[[], Session]:
    """Connect the application and bring the tables up to date; return how to get the session of the moment.

    Tables that hold something are backed up before they change.
    """
    init_database(app, url)
    with app.app_context():
        backups.make_before_migration(db.engine, backups_dir, now=now)
        upgrade(db.engine)
    return db.session
