"""The worker's jobs: each calls a service with the time and says whether there was work."""

from flask import Flask

from planner.services import tasks, tidying


def do_tasks(app: Flask) -> int:
    """Do the tasks that are waiting, one after the other; return how many."""
    with app.app_context():
        count = 0
        while tasks.run_next(app.extensions["schakelplan"], now=app.config["CLOCK"]()):
            count += 1
        return count


def keep_house(app: Flask) -> int:
    """Remove what has served its time: old prints, sessions and tasks; return how many."""
    with app.app_context():
        return tidying.tidy(app.extensions["schakelplan"], now=app.config["CLOCK"]())
