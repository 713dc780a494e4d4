"""Who does what and where: duties and rooms of events, rows to domain values and back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Select, delete, select

from planner.domain.rooms.plan import RoomUse
from planner.domain.staffing.plan import Duty, StaffPlan
from planner.storage.db import AnySession
from planner.storage.dutyanswers import load_answers
from planner.storage.merging import add_rows
from planner.storage.models import DutyBarRow, DutyRow, EventRow, PublicationRow, RoomUseRow

_Row = TypeVar("_Row", DutyRow, DutyBarRow, RoomUseRow)
DutyKey = tuple[str, str]  # need and person: what makes two duties the same


def load_duties(session: AnySession) -> Mapping[str, StaffPlan]:
    """Return the duties by event id, of the events that are not removed."""
    found: defaultdict[str, list[Duty]] = defaultdict(list)
    for row in session.scalars(_of_present_events(DutyRow).order_by(DutyRow.need_id, DutyRow.person_id)):
        duty = Duty(need_id=row.need_id, person_id=row.person_id, reason=row.reason, pinned=row.pinned)
        found[row.event_id].append(duty)
    return {event_id: tuple(duties) for event_id, duties in found.items()}


def save_duties(session: AnySession, event_id: str, duties: StaffPlan) -> None:
    """Make the duties of an event equal to these."""
    rows = {(row.need_id, row.person_id): row for row in session.scalars(select(DutyRow).filter_by(event_id=event_id))}
    wanted = {duty.key: duty for duty in duties}
    for key, row in rows.items():
        if key not in wanted:
            session.delete(row)
        elif (row.reason, row.pinned) != (wanted[key].reason, wanted[key].pinned):
            row.reason, row.pinned = wanted[key].reason, wanted[key].pinned
    session.flush()
    new = [
        {
            "event_id": event_id,
            "need_id": duty.need_id,
            "person_id": duty.person_id,
            "reason": duty.reason,
            "pinned": duty.pinned,
        }
        for key, duty in wanted.items()
        if key not in rows
    ]
    add_rows(session, DutyRow, new)


def load_bars(session: AnySession) -> frozenset[DutyKey]:
    """Return the tasks that the school keeps somebody from, of the events that are not removed."""
    rows = session.scalars(_of_present_events(DutyBarRow))
    return frozenset((row.need_id, row.person_id) for row in rows)


def bar_duty(session: AnySession, event_id: str, key: DutyKey, *, barred: bool) -> None:
    """Keep somebody from a task, or let them have it again."""
    row = session.get(DutyBarRow, (event_id, *key))
    if barred and row is None:
        session.add(DutyBarRow(event_id=event_id, need_id=key[0], person_id=key[1]))
    elif row is not None and not barred:
        session.delete(row)
    session.flush()


def load_told(session: AnySession) -> frozenset[str]:
    """Return the ids of the people who know what they do: who stands in the last publication or gave an answer."""
    last = session.scalar(select(PublicationRow.snapshot).order_by(PublicationRow.number.desc()).limit(1)) or {}
    told = {who.partition(":")[0] for event in last.get("events", ()) for who in event["people"]}
    return frozenset(told | {person_id for _, person_id in load_answers(session)})


def load_room_uses(session: AnySession) -> Mapping[str, tuple[RoomUse, ...]]:
    """Return the rooms by event id, of the events that are not removed."""
    found: defaultdict[str, list[RoomUse]] = defaultdict(list)
    for row in session.scalars(_of_present_events(RoomUseRow).order_by(RoomUseRow.need_id)):
        use = RoomUse(need_id=row.need_id, room_id=row.room_id, reason=row.reason, pinned=row.pinned)
        found[row.event_id].append(use)
    return {event_id: tuple(uses) for event_id, uses in found.items()}


def save_room_uses(session: AnySession, event_id: str, uses: Sequence[RoomUse]) -> None:
    """Replace the rooms of an event."""
    session.execute(delete(RoomUseRow).where(RoomUseRow.event_id == event_id))
    rows = [
        {
            "event_id": event_id,
            "need_id": use.need_id,
            "room_id": use.room_id,
            "reason": use.reason,
            "pinned": use.pinned,
        }
        for use in uses
    ]
    add_rows(session, RoomUseRow, rows)


def _of_present_events(table: type[_Row]) -> Select[_Row]:
    return select(table).join(EventRow, EventRow.id == table.event_id).where(EventRow.removed_at.is_(None))
