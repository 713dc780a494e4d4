"""Everything of one event as files in a folder."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from planner.errors import InputError
from planner.exports.ical import render_feed
from planner.services.event.eventfacts import event_facts
from planner.services.event.printing import sheet_pdf
from planner.services.event.sheets import offered
from planner.services.routes.routefacts import route_facts
from planner.services.state import load_state
from planner.services.talks.talkfacts import talk_facts
from planner.services.workspace import Workspace
from planner.services.year import feeds


def _event_calendar(workspace: Workspace, event_id: str, *, now: datetime) -> bytes:
    """Return a calendar with this event alone."""
    state = load_state(workspace)
    event = state.event(event_id)
    feed = feeds.draft_feed(workspace, replace(state, events=(event,)), now=now)
    return render_feed(feed)


def _facts(workspace: Workspace, event_id: str, *, now: datetime) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what is known of an event as data: of itself, and of its groups or its conversations."""
    yield "event.json", event_facts(workspace, event_id, now=now)
    if offered(workspace, event_id, "rounds"):
        yield "groepen.json", route_facts(workspace, event_id)
    if offered(workspace, event_id, "talks"):
        yield "gesprekken.json", talk_facts(workspace, event_id)


def _files(workspace: Workspace, event_id: str, *, now: datetime) -> Iterator[tuple[str, bytes]]:
    for name, facts in _facts(workspace, event_id, now=now):
        yield name, json.dumps(facts, default=methodcaller("isoformat"), ensure_ascii=False, indent=2).encode()
    yield "agenda.ics", _event_calendar(workspace, event_id, now=now)
    for sheet, _, _ in offered(workspace, event_id):
        yield f"{sheet}.pdf", sheet_pdf(workspace, event_id, sheet, now=now)


def export_event(workspace: Workspace, event_id: str, folder: Path, *, now: datetime) -> tuple[Path, ...]:
    """Write the files of one event to `folder` and return their paths.

    Everything is made and written before anything gets its place, so a failure leaves no half export.
    NotFoundError for an unknown event, InputError when the folder cannot be written.
    """
    made = list(_files(workspace, event_id, now=now))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder) as partial:
            for name, body in made:
                (Path(partial) / name).write_bytes(body)
            for name, _ in made:
                (Path(partial) / name).replace(folder / name)
    except OSError as error:
        raise InputError(
            f"In de map {folder} kan niet worden geschreven ({error.strerror}). Kies een andere map met --out."
        ) from error
    return tuple(folder / name for name, _ in made)
