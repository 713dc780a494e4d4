"""How a family that says nothing is reached: one next step at a time, and never by a reminder mail."""

from collections.abc import Mapping
from enum import StrEnum

TOO_LATE_FOR_PAPER = 3  # days before the event; a letter would arrive too late


class ReachStep(StrEnum):
    """Who does something to reach a family, or what is done."""

    PUPIL = "leerling"
    HELPER = "sleutelouder"
    MENTOR = "mentor"
    PAPER = "papier"


class Mark(StrEnum):
    """How a step went."""

    DONE = "gedaan"
    UNSURE = "onzeker"


def steps_for(*, has_helper: bool, days_left: int) -> tuple[ReachStep, ...]:
    """Return the steps for a family in the order to try them (proposed).

    The pupil asks first: that costs nobody anything. Then who speaks the language of the family, if there is
    somebody; then the mentor; then paper again, as long as it can arrive.
    """
    helper = (ReachStep.HELPER,) if has_helper else ()
    paper = (ReachStep.PAPER,) if days_left >= TOO_LATE_FOR_PAPER else ()
    return (ReachStep.PUPIL, *helper, ReachStep.MENTOR, *paper)


def next_step(steps: tuple[ReachStep, ...], marks: Mapping[ReachStep, Mark]) -> ReachStep | None:
    """Return the first step that nobody took yet, None when all were tried.

    A step that somebody is unsure about was tried: the next one follows.
    """
    return next((step for step in steps if step not in marks), None)
