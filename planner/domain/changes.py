"""What changed between what people last saw and what stands in the plan now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is published about an event: enough to say what changed, without names of families."""

    id: str
    title: str
    start: datetime
    end: datetime
    place: str = ""
    people: tuple[str, ...] = ()


class ChangeKind(StrEnum):
    """The ways in which a published event can differ."""

    ADDED = "nieuw"
    MOVED = "verplaatst"
    ALTERED = "veranderd"
    DROPPED = "vervallen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference; `before` is None for an added event, `after` for a dropped one."""

    kind: ChangeKind
    id: str
    before: Facts | None
    after: Facts | None


def _change(event_id: str, before: Facts | None, after: Facts | None) -> Change:
    if before is None:
        kind = ChangeKind.ADDED
    elif after is None:
        kind = ChangeKind.DROPPED
    elif (before.start, before.end) != (after.start, after.end):
        kind = ChangeKind.MOVED
    else:
        kind = ChangeKind.ALTERED
    return Change(kind=kind, id=event_id, before=before, after=after)


def changes(before: Iterable[Facts], after: Iterable[Facts]) -> tuple[Change, ...]:
    """Return the differences, by event id; empty when nothing changed. Ids are unique on each side."""
    old, new = ({facts.id: facts for facts in side} for side in (before, after))
    return tuple(
        _change(event_id, old.get(event_id), new.get(event_id))
        for event_id in sorted(old.keys() | new.keys())
        if old.get(event_id) != new.get(event_id)
    )


def apply(before: Iterable[Facts], differences: Iterable[Change]) -> tuple[Facts, ...]:
    """Return `before` with the differences made, by id; `apply(a, changes(a, b))` is b by id."""
    known = {facts.id: facts for facts in before}
    for change in differences:
        known.pop(change.id, None)
        if change.after:
            known[change.id] = change.after
    return tuple(known[event_id] for event_id in sorted(known))
