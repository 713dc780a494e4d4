"""What is kept about the conversations of one household: its appointments and what it asked for."""

from collections.abc import Iterator

from sqlalchemy import select

from planner.domain.school import Household
from planner.domain.schoolrules import WEEKDAYS
from planner.domain.talks.plan import Wish, say_time
from planner.services.state import YearState
from planner.services.views import TalkFacts
from planner.services.workspace import Workspace
from planner.storage.models import EventRow, TalkSlotRow
from planner.storage.talks import load_wishes


def talks_of(workspace: Workspace, state: YearState, home: Household) -> Iterator[TalkFacts]:
    """Yield the talks of a household; those of the other parent, who comes apart, are not among them."""
    mine = TalkSlotRow.pupil_id.in_(home.pupil_ids)
    query = select(TalkSlotRow, EventRow.title).join(EventRow, EventRow.id == TalkSlotRow.event_id).where(mine)
    found = list(workspace.session.execute(query.order_by(EventRow.first, TalkSlotRow.talk_id)).all())
    own = {(row.event_id, row.pupil_id) for row, _ in found if row.household_id == home.id}
    for row, title in found:
        if row.household_id == home.id or (row.event_id, row.pupil_id) not in own:
            yield TalkFacts(
                activity=f"{title}: {state.school.pupil(row.pupil_id).first_name}",
                day=row.day,
                start="" if row.start is None else say_time(row.start),
                confirmed=row.confirmed_at is not None,
            )


def wish_of(workspace: Workspace, home: Household) -> str:
    """Return what a household asked for, in words; empty when it asked nothing."""
    wish = load_wishes(workspace.session).get(home.id, Wish())
    days = ", ".join(WEEKDAYS[day] for day in sorted(wish.weekdays))
    words = (
        f"op {days}" if days else "",
        "" if wish.earliest is None else f"niet vóór {say_time(wish.earliest)}",
        "" if wish.latest is None else f"klaar om {say_time(wish.latest)}",
        "apart van de andere ouder" if wish.apart else "",
        "alle kinderen in één gesprek" if wish.at_once else "",
    )
    return ", ".join(word for word in words if word)
