"""The people and rooms of a form that is not chosen now: rows to domain values and back, by event and form."""

from dataclasses import dataclass

from planner.domain.rooms.plan import RoomPlan, RoomUse
from planner.domain.staffing.plan import Duty, StaffPlan
from planner.storage.db import AnySession
from planner.storage.models import WaitingFormRow


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingForm:
    """Who did what and where while a form was chosen; nothing in it is pinned."""

    duties: StaffPlan
    rooms: RoomPlan


def save_waiting(session: AnySession, event_id: str, form_id: str, waiting: WaitingForm) -> None:
    """Let the people and rooms of a form wait, in place of what waited before."""
    session.merge(
        WaitingFormRow(
            event_id=event_id,
            form_id=form_id,
            duties=[[each.need_id, each.person_id, each.reason] for each in waiting.duties],
            rooms=[[each.need_id, each.room_id, each.reason] for each in waiting.rooms],
        )
    )
    session.flush()


def take_waiting(session: AnySession, event_id: str, form_id: str) -> WaitingForm | None:
    """Return what waits for a form, which then waits no more; None when the form was never chosen."""
    row = session.get(WaitingFormRow, (event_id, form_id))
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return WaitingForm(
        duties=tuple(Duty(need_id=need, person_id=person, reason=reason) for need, person, reason in row.duties),
        rooms=tuple(RoomUse(need_id=need, room_id=room, reason=reason) for need, room, reason in row.rooms),
    )
