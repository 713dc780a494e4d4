"""Calendar feeds: one of the year for all staff, one for each person with their own tasks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import select

from planner.domain.access.rights import Right
from planner.domain.feed import Feed, FeedEntry
from planner.domain.year import event_times
from planner.errors import NotFoundError
from planner.exports.ical import etag, render_feed
from planner.services.guarding import allowed
from planner.services.state import YearState, load_state
from planner.services.talks.talkfeeds import OURS, talk_entries
from planner.services.tokens import derive_token, hash_token
from planner.services.views import FeedLinks
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.models import FeedEntryRow, FeedKind, FeedRow
from planner.storage.records import load_facts

CANCELLED_STAYS = timedelta(days=30)  # after the day itself; then every calendar has seen it
YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedFeed:
    """A feed that was asked for: its validators, and its bytes when they are needed."""

    etag: str
    changed_at: datetime
    body: Callable[[], bytes]


def _token(workspace: Workspace, row: FeedRow) -> str:
    subject = row.person_id or YEAR
    return derive_token(workspace.secret_key, purpose="feed", subject=subject, generation=row.generation)


def _is_good(workspace: Workspace, row: FeedRow) -> bool:
    """Return whether the link was made with the key of today: another key ends every link at once."""
    return row.token_hash == hash_token(_token(workspace, row))


def _find(workspace: Workspace, person_id: str | None) -> FeedRow | None:
    mine = FeedRow.person_id == person_id if person_id else FeedRow.kind == FeedKind.YEAR
    return workspace.session.scalar(select(FeedRow).where(mine))


def _ensure(workspace: Workspace, person_id: str | None, *, now: datetime) -> FeedRow:
    """Return the feed of a person or the year, made if needed. Its link is made good when the key was changed."""
    row = _find(workspace, person_id)
    if row and _is_good(workspace, row):
        return row
    session = workspace.session
    with writing(session):
        row = _find(workspace, person_id)
        if row is None:
            kind = FeedKind.PERSON if person_id else FeedKind.YEAR
            row = FeedRow(kind=kind, person_id=person_id, generation=1, revision=0, changed_at=now)
        row.token_hash = hash_token(_token(workspace, row))
        session.add(row)
        session.flush()
    return row


def _links(workspace: Workspace, row: FeedRow, name: str) -> FeedLinks:
    https = f"{workspace.public_url}/agenda/{_token(workspace, row)}.ics"
    webcal = "webcal://" + https.partition("://")[2]
    return FeedLinks(
        name=name,
        https=https,
        webcal=webcal,
        google=f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
    )


@allowed(Right.SEE_CALENDAR)
def year_links(workspace: Workspace, *, now: datetime) -> FeedLinks:
    """Return the addresses of the year's calendar."""
    facts = load_facts(workspace.session)
    return _links(workspace, _ensure(workspace, None, now=now), f"{facts.name} {facts.label}")


@allowed(Right.SEE_YEAR)
def person_links(workspace: Workspace, person_id: str, name: str, *, now: datetime) -> FeedLinks:
    """Return the addresses of a person's own calendar."""
    return _links(workspace, _ensure(workspace, person_id, now=now), name)


@allowed(Right.OWN_DUTIES)
def own_links(workspace: Workspace) -> FeedLinks | None:
    """Return the addresses of one's own calendar, None as long as nothing was published in it."""
    row = _find(workspace, workspace.actor.person_id) if workspace.actor.person_id else None
    return _links(workspace, row, workspace.actor.name) if row and _is_good(workspace, row) else None


def published(workspace: Workspace, person_id: str) -> Mapping[str, tuple[date, date]]:
    """Return when each activity is, as this person was told last: first and last day or moment by the event's uid."""
    rows = workspace.session.scalars(select(FeedEntryRow).join(FeedRow).where(FeedRow.person_id == person_id))
    ending = f".{person_id}@schakelplan"
    return {
        row.uid.removesuffix(ending): (
            _moment(row.data["start"], all_day=row.data["all_day"]),
            _moment(row.data["end"], all_day=row.data["all_day"]),
        )
        for row in rows
    }


@allowed(Right.PLAN)
def renew(workspace: Workspace, *, person_id: str, now: datetime) -> None:
    """Give a person a new address; the old one stops working. NotFoundError for somebody unknown."""
    load_state(workspace).person(person_id)
    with writing(workspace.session):
        row = _ensure(workspace, person_id, now=now)
        row.generation += 1
        row.token_hash = hash_token(_token(workspace, row))


def _year_entries(state: YearState) -> Iterable[tuple[str, dict[str, Any]]]:
    """Yield (uid, data) of every event of the year; no names."""
    for event in state.events:
        runbook = state.runbook(event.planned.id)
        start, end = event_times(runbook, event.planned.span)
        is_round = event.planned.span.first != event.planned.span.last or not runbook.gathers
        times = (
            (event.planned.span.first, event.planned.span.last)
            if is_round
            else (start.astimezone(UTC), end.astimezone(UTC))
        )
        yield (
            f"{event.uid}@schakelplan",
            {
                "summary": event.occurrence.title,
                "description": f"{runbook.goal}\n{event.planned.reason}".strip(),
                "location": state.school.name,
                "start": times[0].isoformat(),
                "end": times[1].isoformat(),
                "all_day": is_round,
                "categories": [f"Fase {runbook.phase}"],
            },
        )


def _person_entries(state: YearState) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return (uid, data) of every person's own tasks by person id: one entry an event."""
    found: defaultdict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for event in state.events:
        runbook = state.runbook(event.planned.id)
        rows = {row.id: row for row in runbook.rows}
        mine: defaultdict[str, list[Any]] = defaultdict(list)
        for _, need, person in state.duties_of(event.planned.id):
            mine[person.id].append(need)
        for person_id, needs in mine.items():
            is_round = any(need.spread for need in needs)
            start, end = min(need.start for need in needs), max(need.end for need in needs)
            todo = dict.fromkeys(row_id for need in needs for row_id in need.rows if row_id in rows)
            lines = [f"{need.title}{f' ({need.about})' if need.about else ''}" for need in needs]
            lines += [f"{rows[row_id].start:%H:%M} {rows[row_id].what}" for row_id in todo if not is_round]
            span = event.planned.span
            data = {
                "summary": f"{event.occurrence.title}: {', '.join(dict.fromkeys(need.title for need in needs))}",
                "description": "\n".join(lines),
                "location": state.school.name,
                "start": (span.first if is_round else start).isoformat(),
                "end": (span.last if is_round else end).isoformat(),
                "all_day": is_round,
                "categories": [f"Fase {runbook.phase}"],
            }
            found[person_id].append((f"{event.uid}.{person_id}@schakelplan", data))
    return found


def _moment(text: str, *, all_day: bool) -> date:
    return date.fromisoformat(text) if all_day else datetime.fromisoformat(text).astimezone(UTC)


def _entry(row: FeedEntryRow) -> FeedEntry:
    data = row.data
    return FeedEntry(
        uid=row.uid,
        summary=data["summary"],
        description=data["description"],
        location=data["location"],
        start=_moment(data["start"], all_day=data["all_day"]),
        end=_moment(data["end"], all_day=data["all_day"]),
        all_day=data["all_day"],
        sequence=row.sequence,
        modified=row.modified,
        cancelled=row.cancelled_at is not None,
        categories=tuple(data["categories"]),
    )


def _update(
    workspace: Workspace, feed: FeedRow, wanted: Iterable[tuple[str, dict[str, Any]]], *, now: datetime
) -> None:
    """Make a feed's entries equal to `wanted`: what changed counts up, what left is cancelled and stays a while."""
    session = workspace.session
    rows = {row.uid: row for row in session.scalars(select(FeedEntryRow).where(FeedEntryRow.feed_id == feed.id))}
    changed = False
    for uid, data in wanted:
        row = rows.pop(uid, None)
        if row is None:
            session.add(FeedEntryRow(feed_id=feed.id, uid=uid, data=data, sequence=0, modified=now))
        elif row.data != data or row.cancelled_at:
            row.data, row.cancelled_at, row.modified, row.sequence = data, None, now, row.sequence + 1
        else:
            continue
        changed = True
    for row in rows.values():
        if row.cancelled_at is None:
            row.cancelled_at, row.modified, row.sequence, changed = now, now, row.sequence + 1, True
        elif date.fromisoformat(row.data["end"][:10]) + CANCELLED_STAYS < now.date():
            session.delete(row)
            changed = True
    if changed:
        feed.revision += 1
        feed.changed_at = now


def update_all(workspace: Workspace, state: YearState, *, now: datetime) -> None:
    """Make every feed show the plan; inside the caller's transaction."""
    people = _person_entries(state)
    for person_id, entries in talk_entries(workspace).items():
        people[person_id] = [*people.get(person_id, ()), *entries]
    known = {row.person_id for row in workspace.session.scalars(select(FeedRow)) if row.person_id}
    _update(workspace, _ensure(workspace, None, now=now), _year_entries(state), now=now)
    for person_id in sorted(people.keys() | known):
        _update(workspace, _ensure(workspace, person_id, now=now), people.get(person_id, ()), now=now)


def update_talks(workspace: Workspace, *, now: datetime) -> None:
    """Make everybody's talks in their calendar those that are published; nothing else changes."""
    session = workspace.session
    talks = talk_entries(workspace)
    ours = FeedEntryRow.uid.startswith(OURS)
    with_talks = select(FeedRow.person_id).join(FeedEntryRow, FeedEntryRow.feed_id == FeedRow.id).where(ours)
    known = {person_id for person_id in session.scalars(with_talks) if person_id}
    for person_id in sorted(talks.keys() | known):
        feed = _ensure(workspace, person_id, now=now)
        others = session.scalars(
            select(FeedEntryRow).where(FeedEntryRow.feed_id == feed.id, ~ours, FeedEntryRow.cancelled_at.is_(None))
        )
        _update(workspace, feed, [*((row.uid, row.data) for row in others), *talks.get(person_id, ())], now=now)


def _feed(workspace: Workspace, row: FeedRow, entries: tuple[FeedEntry, ...]) -> Feed:
    facts = load_facts(workspace.session)
    name = f"{facts.name} {facts.label}"
    if row.person_id:
        name = f"Mijn taken: {name}"
    return Feed(
        id=f"feed-{row.id}",
        name=name,
        description="Uit Schakelplan. Een agenda loopt soms een dag achter.",
        revision=row.revision,
        changed_at=row.changed_at,
        language="nl",
        entries=entries,
    )


def draft_feed(workspace: Workspace, state: YearState, *, now: datetime) -> Feed:
    """Return the calendar of the events in `state` as they are now, published or not; for files."""
    unsaved = FeedRow(id=0, kind=FeedKind.YEAR, revision=0, changed_at=now)
    rows = (FeedEntryRow(uid=uid, data=data, sequence=0, modified=now) for uid, data in _year_entries(state))
    return _feed(workspace, unsaved, tuple(_entry(each) for each in rows))


def _body(workspace: Workspace, row: FeedRow) -> bytes:
    rows = workspace.session.scalars(select(FeedEntryRow).where(FeedEntryRow.feed_id == row.id))
    return render_feed(_feed(workspace, row, tuple(_entry(each) for each in rows)))


def served(workspace: Workspace, token: str) -> ServedFeed:
    """Return the feed behind a link; NotFoundError when the link is unknown or was ended."""
    row = workspace.session.scalar(select(FeedRow).where(FeedRow.token_hash == hash_token(token)))
    if row is None or row.revoked_at is not None or not _is_good(workspace, row):
        raise NotFoundError("Deze agendalink werkt niet (meer). Vraag school om een nieuwe.")
    return ServedFeed(
        etag=etag(_feed(workspace, row, ())), changed_at=row.changed_at, body=lambda: _body(workspace, row)
    )


def body_for(workspace: Workspace, whose: str, *, now: datetime) -> bytes:
    """Return the calendar of a person (by id) or of the `year`; NotFoundError for somebody unknown."""
    if whose not in {YEAR, *(person.id for person in load_state(workspace).people)}:
        raise NotFoundError(f'"{whose}" is geen persoon van deze school. Gebruik het id van een persoon, of "year".')
    return _body(workspace, _ensure(workspace, None if whose == YEAR else whose, now=now))
