"""Choosing a form back and forth: the people and rooms of a form wait as they were until it is chosen again.

Two forms may ask the same task at another time. Who cannot then is replaced, and would be forgotten if only what the
chosen form asks were kept.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeVar

from planner.domain.staffing.dutyanswers import Says
from planner.services.state import YearState, read_state
from planner.services.workspace import Workspace
from planner.storage.dutyanswers import load_answers
from planner.storage.staffing import save_duties, save_room_uses
from planner.storage.waiting import WaitingForm, save_waiting, take_waiting


class _Given(Protocol):
    """Somebody on a task, or a room for a place."""

    @property
    def need_id(self) -> str: ...

    @property
    def key(self) -> tuple[str, str]: ...

    @property
    def pinned(self) -> bool: ...


_G = TypeVar("_G", bound=_Given)


def _asked(state: YearState, event_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the tasks and of the places that the chosen form of an event asks."""
    tasks = (need.id for event in state.staff_problem.events if event.id == event_id for need in event.needs)
    places = (need.id for need in state.room_problem.needs if need.event_id == event_id)
    return frozenset(tasks), frozenset(places)


def set_aside(workspace: Workspace, event_id: str) -> None:
    """Let the people and rooms of the chosen form wait, inside the caller's transaction."""
    state = read_state(workspace)
    tasks, places = _asked(state, event_id)
    waiting = WaitingForm(
        duties=tuple(duty for duty in state.duties.get(event_id, ()) if duty.need_id in tasks),
        rooms=tuple(use for use in state.room_uses.get(event_id, ()) if use.need_id in places),
    )
    save_waiting(workspace.session, event_id, state.event(event_id).form_id or "", waiting)


def _back(kept: Iterable[_G], now: Sequence[_G], asked: Collection[str], settled: Collection[object]) -> tuple[_G, ...]:
    """Return what waited in place of what was only planned since; what somebody pinned or `settled` stays too."""
    waited = {each.key: each for each in kept}
    mine = {*waited, *settled}
    stay = [each for each in now if each.need_id not in asked or each.pinned or each.key in mine]
    there = {each.key for each in stay}
    return (*stay, *(each for key, each in waited.items() if key not in there))


def bring_back(workspace: Workspace, event_id: str) -> None:
    """Give the form that was just chosen what waited for it; what cannot be any more is for `assign` to repair.

    Inside the caller's transaction. A room that somebody chose meanwhile takes the place of the one that waited, and
    who said yes meanwhile keeps the task.
    """
    state, session = read_state(workspace), workspace.session
    waiting = take_waiting(session, event_id, state.event(event_id).form_id or "")
    if waiting is None:
        return
    tasks, places = _asked(state, event_id)
    promised = {key for key, answer in load_answers(session).items() if answer.says is Says.YES}
    people, chosen = state.staff_problem.person, {use.need_id for use in state.room_plan if use.pinned}
    duties = (duty for duty in waiting.duties if duty.person_id in people)
    rooms = (use for use in waiting.rooms if use.room_id in state.room_names and use.need_id not in chosen)
    save_duties(session, event_id, _back(duties, state.duties.get(event_id, ()), tasks, promised))
    save_room_uses(session, event_id, _back(rooms, state.room_uses.get(event_id, ()), places, ()))
