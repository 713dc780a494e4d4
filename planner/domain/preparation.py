"""When the steps of a stappenplan are due, counted from the day of the activity."""

from datetime import date

from planner.domain.calendar import Deadline, SchoolCalendar
from planner.domain.runbook import Anchor, Step


def due(step: Step, *, calendar: SchoolCalendar, day: date) -> Deadline:
    """Return when `step` is due for an activity on `day`.

    Counted in school weeks; before the summer holiday for `Anchor.BEFORE_SUMMER` (rule C15); on the
    first school day after for `Anchor.NEXT_LESSON` (rule C07).
    """
    if step.anchor is Anchor.BEFORE_SUMMER:
        last = calendar.before_summer(day)
        return Deadline(due=last, nominal=last)
    if step.anchor is Anchor.NEXT_LESSON:
        lesson = calendar.next_school_day(day)
        return Deadline(due=lesson, nominal=lesson)
    return calendar.school_weeks_from(day, step.weeks_before)
