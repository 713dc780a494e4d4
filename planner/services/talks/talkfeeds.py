"""Published talks in people's own calendars: when, where, which class and language; never a family.

A calendar is a link, and a link travels: whoever gets hold of it must not learn who speaks with the school.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from planner.domain.talks.plan import Slot, Talk, say_time
from planner.domain.year import local
from planner.services.talks.talkround import Round
from planner.services.workspace import Workspace
from planner.storage.talks import published_talks

Entry = tuple[str, dict[str, Any]]
OURS = "gesprek-"  # how the uid of a talk's entry begins


def moment(day: date, minute: int) -> datetime:
    """Return a minute of a day in the Netherlands as an aware moment in UTC."""
    at = datetime.strptime(say_time(minute), "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone of its own
    return local(day, at).astimezone(UTC)


def public_facts(found: Round, slot: Slot, talk: Talk) -> dict[str, Any]:
    """Return what publishing tells of a talk: who is there, and the entry of their calendars."""
    language = found.state.language_names.get(talk.language, talk.language)
    words = ["Gesprek", f"klas {found.classes[talk.class_id]}", language]
    people = [who for who in (*talk.mentors, slot.interpreter_id, slot.guest_id) if who]
    place = [found.room_name(talk), found.state.school.name]
    return {
        "people": people,
        "data": {
            "summary": ", ".join(word for word in words if word),
            "description": found.event.occurrence.title,
            "location": ", ".join(part for part in place if part),
            "start": moment(slot.day, slot.start).isoformat(),
            "end": moment(slot.day, slot.start + talk.minutes).isoformat(),
            "all_day": False,
            "categories": ["Gesprek"],
        },
    }


def talk_entries(workspace: Workspace) -> Mapping[str, list[Entry]]:
    """Return the calendar entries of every published talk, by person id."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for uid, published in published_talks(workspace.session).items():
        for person_id in published["people"]:
            found[person_id].append((f"{OURS}{uid}.{person_id}@schakelplan", published["data"]))
    return found
