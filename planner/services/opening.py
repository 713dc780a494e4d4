"""Opening the database: connected, at the newest schema, or refused with a sentence."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from planner.storage.db import db, init_database
from planner.storage.schema import upgrade


def open_database(app: Flask, url: str) -> Callable[[], Session]:
    """Connect the application and bring the tables up to date; return how to get the session of the moment."""
    init_database(app, url)
    with app.app_context():
        upgrade(db.engine)
    return db.session
