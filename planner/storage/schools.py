"""The whole school: rows to domain values, and everything replaced in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from planner.domain.calendar import Period, SchoolCalendar
from planner.domain.rooms.room import Room
from planner.domain.school import School
from planner.domain.staffing.people import Person
from planner.storage.calendars import load_calendar, save_calendar
from planner.storage.db import AnySession
from planner.storage.models import THE_SCHOOL, SchoolRow
from planner.storage.people import save_people, save_rooms
from planner.storage.pupils import load_classes, load_households, load_pupils, save_pupils
from planner.storage.records import the_school

__all__ = ["SchoolSettings", "load_calendar", "load_school", "save_held", "save_planning", "save_school"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSettings:
    """What belongs to the school but not to planning. `own_periods` are those of the calendar it typed itself."""

    region: str
    is_demo: bool = False
    feasts: tuple[str, ...] = ()
    own_periods: Collection[Period] = ()


def load_school(session: AnySession) -> School:
    """Return the school; NotFoundError when none is set up."""
    row = the_school(session)
    return School(
        name=row.name,
        classes=load_classes(session),
        pupils=load_pupils(session),
        households=load_households(session),
        evenings={int(weekday): time.fromisoformat(start) for weekday, start in row.evenings.items()},
        market_last_year=row.market_last_year,
        verder_split=row.verder_split,
        evenings_of=row.evenings_of,
        more_sectors={event_id: tuple(names) for event_id, names in row.more_sectors.items()},
    )


def save_school(
    session: AnySession,
    school: School,
    calendar: SchoolCalendar,
    *,
    people: Sequence[Person],
    rooms: Sequence[Room],
    settings: SchoolSettings,
) -> None:
    """Make the stored school equal to this one, and count the change.

    Who and what keeps its id keeps what hangs on it (duties, feeds, links); who is not in it any more is deleted.
    Events stay; see `events.clear_events`.
    """
    row = session.get(SchoolRow, THE_SCHOOL) or SchoolRow(id=THE_SCHOOL, accepted=[], revision=0)
    row.name = school.name
    row.region = settings.region
    row.label = calendar.label
    row.is_demo = settings.is_demo
    row.first_day = calendar.first_day
    row.last_day = calendar.last_day
    row.feasts = list(settings.feasts)
    row.revision += 1
    _set_planning(row, school.evenings, market_last_year=school.market_last_year, verder_split=school.verder_split)
    _set_held(row, school)
    session.add(row)
    session.flush()
    save_calendar(session, calendar, own=settings.own_periods)
    save_pupils(session, school.classes, school.pupils, school.households)
    save_people(session, people)
    save_rooms(session, rooms)


def save_planning(
    session: AnySession, evenings: Mapping[int, time], *, market_last_year: bool, verder_split: int
) -> None:
    """Change the settings that planning asks for; NotFoundError when no school is set up."""
    _set_planning(the_school(session), evenings, market_last_year=market_last_year, verder_split=verder_split)
    session.flush()


def save_held(session: AnySession, school: School) -> None:
    """Keep on how many evenings activities are and which sectors they show more; NotFoundError without a school."""
    _set_held(the_school(session), school)
    session.flush()


def _set_held(row: SchoolRow, school: School) -> None:
    row.evenings_of = {event_id: number for event_id, number in school.evenings_of.items() if number > 1}
    row.more_sectors = {event_id: list(names) for event_id, names in school.more_sectors.items() if names}


def _set_planning(row: SchoolRow, evenings: Mapping[int, time], *, market_last_year: bool, verder_split: int) -> None:
    row.evenings = {str(weekday): f"{start:%H:%M}" for weekday, start in sorted(evenings.items())}
    row.market_last_year = market_last_year
    row.verder_split = verder_split
