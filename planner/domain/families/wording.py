"""What is said about an activity in the language of a family, and sentences that a pupil chooses from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An activity in one language. `about` has a line for each line of the runbook; for `review` see `Language`."""

    title: str
    about: tuple[str, ...]
    who_may_come: str
    certainty: int
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Ways to begin, things to say and who may come, in one language; in the same order in every language."""

    greetings: tuple[str, ...]
    sentences: tuple[str, ...]
    who: tuple[str, ...]
    certainty: int
    review: str
