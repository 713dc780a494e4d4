"""Families and their answers as colleagues see them; shared by the list of a class, the reach list and the door."""

from collections.abc import Mapping
from datetime import date

from planner.domain.families.answers import Answer
from planner.domain.school import Household
from planner.services.state import YearState
from planner.services.views import Said

SILENT = Said()


def said(state: YearState, answer: Answer | None) -> Said:
    """Return an answer for a reader."""
    if answer is None:
        return SILENT
    reply = answer.reply
    return Said(
        coming=reply.coming,
        persons=reply.persons,
        interpreter=state.language_names.get(reply.interpreter, reply.interpreter),
        children=reply.children,
        question=reply.question,
        source=answer.source,
        by=answer.by,
        when=answer.at,
    )


def invited_of(state: YearState, event_id: str, home: Household) -> tuple[str, ...]:
    """Return the ids of the invited pupils of a household."""
    invited = set(state.event(event_id).planned.pupil_ids)
    return tuple(pupil_id for pupil_id in home.pupil_ids if pupil_id in invited)


def first_names(state: YearState, pupil_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first names of pupils."""
    return tuple(state.school.pupil(pupil_id).first_name for pupil_id in pupil_ids)


def classes_of(state: YearState, pupil_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of the classes of pupils, in the school's order."""
    mine = {state.school.pupil(pupil_id).class_id for pupil_id in pupil_ids}
    return tuple(each.id for each in state.school.classes if each.id in mine)


def class_names(state: YearState) -> Mapping[str, str]:
    """Return the names of classes by id."""
    return {each.id: each.name for each in state.school.classes}


def days_until(first: date, today: date) -> int:
    """Return how many days there are left, 0 on the day itself and after it."""
    return max(0, (first - today).days)
