"""Who does what at an event, as far as going round must know it."""

from dataclasses import dataclass

from planner.domain.staffing.needs import Need
from planner.domain.staffing.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A person with what they do at the event."""

    person: Person
    need: Need


def spoken(person: Person) -> frozenset[str]:
    """Return the languages a person can interpret."""
    return frozenset(skill.language for skill in person.skills if skill.interprets)
