"""People and rooms: rows to domain values and back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, time

from sqlalchemy import select

from planner.domain.rooms.room import Room
from planner.domain.staffing.people import Decline, Person, Skill
from planner.errors import NotFoundError
from planner.storage.db import AnySession
from planner.storage.dutyanswers import load_declines
from planner.storage.merging import Values, delete_others, merge_rows, replace_rows
from planner.storage.models import PersonChildRow, PersonRow, RoomRow


def load_people(session: AnySession) -> tuple[Person, ...]:
    """Return everyone who can be asked, in the school's order."""
    children: defaultdict[str, set[str]] = defaultdict(set)
    for person_id, pupil_id in session.execute(select(PersonChildRow.person_id, PersonChildRow.pupil_id)):
        children[person_id].add(pupil_id)
    declines = load_declines(session)
    rows = session.scalars(select(PersonRow).order_by(PersonRow.position))
    return tuple(_person(row, frozenset(children[row.id]), declines.get(row.id, frozenset())) for row in rows)


def save_people(session: AnySession, people: Sequence[Person]) -> None:
    """Make the people equal to these; who is not in them is deleted, with their duties, answers, link and feed."""
    merge_rows(session, PersonRow, [_person_values(each, at) for at, each in enumerate(people)])
    delete_others(session, PersonRow, (each.id for each in people))
    children = [{"person_id": each.id, "pupil_id": child} for each in people for child in sorted(each.children)]
    replace_rows(session, PersonChildRow, children)
    session.expire_all()


def save_availability(
    session: AnySession,
    person_id: str,
    *,
    weekdays: Collection[int],
    not_before: time | None,
    unavailable: Collection[date],
    max_evenings: int,
) -> None:
    """Change when somebody can come; NotFoundError when they are gone."""
    row = session.get(PersonRow, person_id)
    if row is None:
        raise NotFoundError("Deze persoon is er niet.")
    row.weekdays, row.not_before, row.max_evenings = sorted(weekdays), not_before, max_evenings
    row.unavailable = sorted(day.isoformat() for day in unavailable)
    session.flush()


def send_away(session: AnySession, person_id: str, days: Iterable[date]) -> None:
    """Keep that somebody cannot come on these days."""
    row = session.get_one(PersonRow, person_id)
    row.unavailable = sorted({*row.unavailable, *(day.isoformat() for day in days)})
    session.flush()


def load_rooms(session: AnySession) -> tuple[Room, ...]:
    """Return the rooms in the school's order."""
    return tuple(_room(row) for row in session.scalars(select(RoomRow).order_by(RoomRow.position)))


def save_rooms(session: AnySession, rooms: Sequence[Room]) -> None:
    """Make the rooms equal to these; a room that is not in them is deleted, with its uses."""
    merge_rows(session, RoomRow, [_room_values(each, at) for at, each in enumerate(rooms)])
    delete_others(session, RoomRow, (each.id for each in rooms))
    session.expire_all()


def _person(row: PersonRow, children: frozenset[str], declined: frozenset[Decline]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        kind=row.kind,
        roles=frozenset(row.roles),
        skills=tuple(
            Skill(language=language, understands=understands, speaks=speaks, reads=reads)
            for language, understands, speaks, reads in row.skills
        ),
        weekdays=frozenset(row.weekdays),
        not_before=row.not_before,
        unavailable=frozenset(date.fromisoformat(day) for day in row.unavailable),
        max_evenings=row.max_evenings,
        max_hours=row.max_hours,
        children=children,
        class_id=row.class_id,
        sector=row.sector,
        organisation=row.organisation,
        declined=declined,
        beside=frozenset(row.beside),
        rooms=frozenset(row.rooms),
        consent=row.consent,
        channel=row.channel,
    )


def _person_values(person: Person, position: int) -> Values:
    return {
        "id": person.id,
        "name": person.name,
        "kind": person.kind,
        "roles": sorted(person.roles),
        "skills": [(skill.language, skill.understands, skill.speaks, skill.reads) for skill in person.skills],
        "weekdays": sorted(person.weekdays),
        "not_before": person.not_before,
        "unavailable": sorted(day.isoformat() for day in person.unavailable),
        "max_evenings": person.max_evenings,
        "max_hours": person.max_hours,
        "class_id": person.class_id,
        "sector": person.sector,
        "organisation": person.organisation,
        "beside": sorted(person.beside),
        "rooms": sorted(person.rooms),
        "consent": person.consent,
        "channel": person.channel,
        "position": position,
    }


def _room(row: RoomRow) -> Room:
    return Room(
        id=row.id,
        name=row.name,
        capacity=row.capacity,
        features=frozenset(row.features),
        floor=row.floor,
        x=row.x,
        y=row.y,
        width=row.width,
        depth=row.depth,
    )


def _room_values(room: Room, position: int) -> Values:
    return {
        "id": room.id,
        "name": room.name,
        "capacity": room.capacity,
        "features": sorted(room.features),
        "floor": room.floor,
        "x": room.x,
        "y": room.y,
        "width": room.width,
        "depth": room.depth,
        "position": position,
    }
