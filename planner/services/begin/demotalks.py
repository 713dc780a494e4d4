"""The conversations of the demo school: a few wishes, one round that is told and partly confirmed, one to look at."""

from datetime import datetime

from planner.domain.runbook import Kind
from planner.domain.school import Household
from planner.domain.talks.plan import Wish
from planner.services.state import YearState, load_state
from planner.services.talks import talks
from planner.services.talks.talkround import read_round
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.talks import save_wish, talk_row

AFTER_WORK, BEFORE_DINNER = 17 * 60, 17 * 60 + 30
PLANNED = 2  # rounds of the year
EVERY_WISH, EVERY_YES = 8, 3  # of so many families one asks something, or said yes


def make(workspace: Workspace, *, by: str, now: datetime) -> None:
    """Give some families a wish, plan the first rounds, publish the very first and let families confirm."""
    session = workspace.session
    state = load_state(workspace)
    with writing(session):
        for place, home in enumerate(state.school.households):
            if place % EVERY_WISH == 1:
                save_wish(session, home.id, Wish(earliest=AFTER_WORK))
            elif place % EVERY_WISH == EVERY_WISH - 1:
                save_wish(session, home.id, Wish(weekdays=frozenset({0, 1}), latest=BEFORE_DINNER))
        for home in _one_of_two(state)[:1]:
            save_wish(session, home.id, Wish(apart=True))
    rounds = [e for e in state.events if state.runbook(e.planned.id).kind is Kind.CONVERSATION and e.planned.pupil_ids]
    rounds.sort(key=lambda event: (event.planned.span.first, event.planned.id))
    for number, event in enumerate(rounds[:PLANNED]):
        talks.propose(workspace, event.planned.id, rounds=0)
        if number == 0:
            talks.publish(workspace, event.planned.id, by=by, now=now)
            _say_yes(workspace, event.planned.id, now=now)


def _one_of_two(state: YearState) -> list[Household]:
    """Return the households of a pupil who has another one too."""
    homes = state.school.households
    return [one for one in homes for other in homes if one != other and {*one.pupil_ids} & {*other.pupil_ids}]


def _say_yes(workspace: Workspace, event_id: str, *, now: datetime) -> None:
    found = read_round(workspace, event_id)
    with writing(workspace.session):
        for slot in found.plan[::EVERY_YES]:
            talk_row(workspace.session, event_id, slot.talk_id).confirmed_at = now
