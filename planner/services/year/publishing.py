"""Publishing: the plan as it is becomes what everybody's calendar shows; until then edits are a draft."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from planner.domain import changes as domain
from planner.domain.access.rights import Right
from planner.domain.changes import Facts
from planner.domain.schoolrules import say_day
from planner.domain.year import AMSTERDAM, event_times
from planner.services import holding
from planner.services.guarding import allowed
from planner.services.state import YearState, load_state
from planner.services.views import Change
from planner.services.workspace import Workspace
from planner.services.year import feeds
from planner.storage.db import writing
from planner.storage.models import PublicationRow


def last_publication(workspace: Workspace) -> PublicationRow | None:
    """Return what people saw last, None when nothing was published."""
    return workspace.session.scalar(select(PublicationRow).order_by(PublicationRow.number.desc()).limit(1))


def facts_of(state: YearState) -> tuple[Facts, ...]:
    """Return what publishing now would tell about each event."""
    found = []
    for event in state.events:
        start, end = event_times(state.runbook(event.planned.id), event.planned.span)
        uses = state.room_problem.known(state.room_uses.get(event.planned.id, ()))
        found.append(
            Facts(
                id=event.planned.id,
                title=event.occurrence.title,
                start=start,
                end=end,
                place=", ".join(sorted({room.name for _, _, room in uses})),
                people=tuple(
                    sorted(f"{duty.person_id}:{need.role}" for duty, need, _ in state.duties_of(event.planned.id))
                ),
            )
        )
    return tuple(found)


def _to_json(facts: Facts) -> dict[str, Any]:
    return asdict(facts) | {
        "start": facts.start.isoformat(),
        "end": facts.end.isoformat(),
        "people": list(facts.people),
    }


def _from_json(data: Mapping[str, Any]) -> Facts:
    times = {name: datetime.fromisoformat(data[name]).astimezone(AMSTERDAM) for name in ("start", "end")}
    return Facts(id=data["id"], title=data["title"], place=data["place"], people=tuple(data["people"]), **times)


def _differences(workspace: Workspace, state: YearState) -> tuple[domain.Change, ...]:
    last = last_publication(workspace)
    before = [_from_json(each) for each in last.snapshot["events"]] if last else []
    return domain.changes(before, facts_of(state))


def _say(facts: Facts | None) -> str:
    return f"{say_day(facts.start.date())}, {facts.start:%H:%M}" if facts else ""


def _words(change: domain.Change) -> Change:
    facts = change.after or change.before
    title = facts.title if facts else change.id
    if change.kind is domain.ChangeKind.ALTERED:
        return Change(kind=change.kind, title=title, after="Mensen of ruimtes zijn veranderd.")
    return Change(kind=change.kind, title=title, before=_say(change.before), after=_say(change.after))


def unpublished(workspace: Workspace, state: YearState) -> tuple[Change, ...]:
    """Return what differs between the plan and what people last saw, in words."""
    return tuple(_words(change) for change in _differences(workspace, state))


@allowed(Right.PLAN)
def publish(workspace: Workspace, *, by: str, now: datetime) -> int:
    """Let every feed show the plan as it is now; return how many events changed. Nothing changed: nothing is kept.

    ConflictError while everything is on hold after a backup was put back.
    """
    holding.refuse_while_held(workspace)
    session = workspace.session
    with writing(session):
        state = load_state(workspace)
        differences = _differences(workspace, state)
        feeds.update_all(workspace, state, now=now)
        if differences:
            last = last_publication(workspace)
            session.add(
                PublicationRow(
                    number=last.number + 1 if last else 1,
                    published_at=now,
                    by=by,
                    snapshot={"events": [_to_json(facts) for facts in facts_of(state)]},
                )
            )
    return len(differences)
