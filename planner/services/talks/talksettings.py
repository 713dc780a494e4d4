"""What a school decides about its conversations: lengths, hours, who cannot come, and what a family asks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.access.rights import Right
from planner.domain.calendar import say_day
from planner.domain.talks.plan import STEP, Window, Wish
from planner.errors import InputError, NotFoundError
from planner.services.guarding import allowed
from planner.services.state import load_state
from planner.services.talks.talkround import LENGTHS, read_round
from planner.services.workspace import Workspace
from planner.storage.db import writing
from planner.storage.talks import load_settings, save_round, save_settings, save_wish

SHORTEST, LONGEST = {"plain": 10, "interpreted": 10}, 180  # minutes
DAY_BEGINS, DAY_ENDS = 7 * 60, 22 * 60


def _refuse_length(name: str, minutes: int) -> None:
    least = SHORTEST.get(name, 0)
    if not least <= minutes <= LONGEST or minutes % STEP:
        raise InputError(f"Een lengte is {least} tot {LONGEST} minuten en deelbaar door {STEP}. {minutes} kan niet.")


@allowed(Right.PLAN)
def save_lengths(workspace: Workspace, lengths: Mapping[str, int], *, rest: tuple[int, int] | None) -> None:
    """Keep how long talks take and when everybody has a break, for every round of this school. InputError."""
    for name in LENGTHS:
        _refuse_length(name, lengths[name])
    if rest and not DAY_BEGINS <= rest[0] < rest[1] <= DAY_ENDS:
        raise InputError("De pauze van iedereen eindigt na het begin, tussen 07:00 en 22:00. Of laat beide leeg.")
    begin, end = rest or (0, 0)
    with writing(workspace.session):
        known = dict(load_settings(workspace.session))
        save_settings(workspace.session, known | dict(lengths) | {"rest_from": begin, "rest_until": end})


@allowed(Right.PLAN)
def save_hours(workspace: Workspace, event_id: str, windows: Sequence[Window]) -> None:
    """Keep on which days and hours this round has talks; InputError for no day, one twice, or an odd end."""
    if not windows:
        raise InputError("Kies ten minste één dag.")
    with writing(workspace.session):
        found = read_round(workspace, event_id)
        calendar = found.state.calendar
        for window in windows:
            in_year = calendar.first_day <= window.day <= calendar.last_day
            if not (in_year and calendar.is_school_day(window.day)):
                raise InputError(
                    f"{say_day(window.day).capitalize()} is geen schooldag van dit jaar. Kies een andere dag."
                )
            if not DAY_BEGINS <= window.start < window.end <= DAY_ENDS:
                raise InputError("Een dag eindigt na het begin, tussen 07:00 en 22:00.")
        if len({window.day for window in windows}) < len(windows):
            raise InputError("Een dag staat er twee keer. Haal er een weg.")
        save_round(workspace.session, event_id, replace(found.stored, hours=tuple(sorted(windows))))


@allowed(Right.PLAN)
def save_rooms(workspace: Workspace, event_id: str, chosen: Mapping[str, str]) -> None:
    """Keep the room of each class id in this round; an empty one leaves it to Schakelplan. InputError."""
    with writing(workspace.session):
        found = read_round(workspace, event_id)
        rooms = {class_id: room_id for class_id, room_id in chosen.items() if room_id}
        if not {*rooms} <= {*found.classes} or not {*rooms.values()} <= {*found.state.room_names}:
            raise InputError("Deze klas of kamer is er niet (meer). Laad de pagina opnieuw.")
        if len({*rooms.values()}) < len(rooms):
            raise InputError("Twee klassen hebben dezelfde kamer. Kies voor elke klas een eigen kamer.")
        save_round(workspace.session, event_id, replace(found.stored, rooms=rooms))


@allowed(Right.PLAN)
def set_away(workspace: Workspace, event_id: str, person_id: str, first: date, last: date) -> None:
    """Keep that somebody cannot come from one day up to another, both included. What that breaks is shown."""
    with writing(workspace.session):
        found = read_round(workspace, event_id)
        found.state.person(person_id)
        if last < first:
            raise InputError("De laatste dag ligt voor de eerste. Draai ze om.")
        days = [day for day in found.problem.days if first <= day <= last]
        if not days:
            raise InputError("Op deze dagen zijn er geen gesprekken in deze ronde.")
        away = found.stored.away | {(person_id, day) for day in days}
        save_round(workspace.session, event_id, replace(found.stored, away=away))


@allowed(Right.PLAN)
def set_back(workspace: Workspace, event_id: str, person_id: str, day: date) -> None:
    """Keep that somebody can come on a day after all."""
    with writing(workspace.session):
        found = read_round(workspace, event_id)
        save_round(workspace.session, event_id, replace(found.stored, away=found.stored.away - {(person_id, day)}))


@allowed(Right.PLAN)
def keep_wish(workspace: Workspace, household_id: str, wish: Wish) -> None:
    """Keep what a household asks for its talks, in every round. NotFoundError for an unknown one, InputError."""
    state = load_state(workspace)
    if household_id not in {home.id for home in state.school.households}:
        raise NotFoundError("Dit gezin is er niet (meer).")
    if wish.earliest is not None and wish.latest is not None and wish.latest <= wish.earliest:
        raise InputError("De laatste tijd ligt voor de eerste. Draai ze om.")
    with writing(workspace.session):
        save_wish(workspace.session, household_id, wish)
