"""What is said about an activity and its places in another language, and sentences that a pupil chooses from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.domain.runbook import Place, Runbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An activity in one language. `about` has a line for each line of the runbook; for `review` see `Language`.

    `says` has by place what can be said there, `forms` by form what an own invitation is about; a line for each of
    the runbook. Not every place and form need be in it.
    """

    title: str
    about: tuple[str, ...]
    who_may_come: str
    certainty: int
    review: str
    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Ways to begin, things to say and who may come, in one language; in the same order in every language."""

    greetings: tuple[str, ...]
    sentences: tuple[str, ...]
    who: tuple[str, ...]
    certainty: int
    review: str


def told_places(runbook: Runbook) -> tuple[Place, ...]:
    """Return the places of an activity about which there is something to say, also those of its forms; each once."""
    everywhere = (*runbook.places, *(place for form in runbook.forms for place in form.places))
    return tuple({place.id: place for place in everywhere if place.says}.values())
