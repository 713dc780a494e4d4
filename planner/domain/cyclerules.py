"""The cycle's rules (C01–C16) turned into requirements on dates; one function per kind of check."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from planner.domain.calendar import OpenDay, say_day
from planner.domain.cycle import Check, CheckKind, Rule
from planner.domain.preparation import due
from planner.domain.requirements import DayRule, Finding, GapRule, NextGapRule, Requirement
from planner.domain.runbook import Runbook, Step
from planner.domain.year import Occurrence, Span, YearProblem, year_date

DAYS_A_WEEK = 7


def of(problem: YearProblem, runbook_id: str) -> tuple[Occurrence, ...]:
    """Return the occurrences of an activity."""
    return tuple(each for each in problem.occurrences if each.runbook_id == runbook_id)


def linked(one: Occurrence, other: Occurrence) -> bool:
    """Return whether two occurrences are for the same pupils, so that an order between them has meaning.

    Two different moments of the year (autumn and winter) are two rounds of the cycle, each with its own
    order. Where one of them has no known pupils yet, the moment alone decides.
    """
    if one.moment and other.moment and one.moment != other.moment:
        return False
    return not (one.pupil_ids and other.pupil_ids) or bool(set(one.pupil_ids) & set(other.pupil_ids))


def _weeks_wish(problem: YearProblem, check: Check, first: str, then: str) -> str:
    names = [problem.cycle.runbook(problem.by_id[event].runbook_id).title for event in (first, then)]
    if check.kind is CheckKind.ORDER:
        return f"'{names[1]}' hoort na '{names[0]}'"
    return f"'{names[1]}' hoort {check.min_weeks} tot {check.max_weeks} weken na '{names[0]}'"


def _gaps(problem: YearProblem, rule: Rule, check: Check) -> Iterator[Requirement]:
    """ORDER and GAP, between every pair of occurrences with pupils in common."""
    order = check.kind is CheckKind.ORDER
    for first in of(problem, check.first):
        for then in (each for then_id in check.thens for each in of(problem, then_id)):
            if linked(first, then):
                yield GapRule(
                    rule=rule.id, hard=check.hard, weight=check.weight, first=first.id, then=then.id,
                    min_days=1 if order else check.min_weeks * DAYS_A_WEEK,
                    max_days=None if order else check.max_weeks * DAYS_A_WEEK,
                    wish=_weeks_wish(problem, check, first.id, then.id),
                )  # fmt: skip


def _next_gaps(problem: YearProblem, rule: Rule, check: Check) -> Iterator[Requirement]:
    for first in of(problem, check.first):
        thens = tuple(o.id for then_id in check.thens for o in of(problem, then_id) if linked(first, o))
        yield NextGapRule(
            rule=rule.id, hard=check.hard, weight=check.weight, first=first.id, thens=thens,
            min_days=check.min_weeks * DAYS_A_WEEK, max_days=check.max_weeks * DAYS_A_WEEK,
            wish=f"Er hoort een gesprek te komen, {check.min_weeks} tot {check.max_weeks} weken erna",
        )  # fmt: skip


Look = Callable[[Span], Finding | None]


def _window(problem: YearProblem, check: Check, _: Occurrence) -> Look:
    label = problem.calendar.label
    first, last = (year_date(label, month_day) for month_day in check.window or ())

    def look(span: Span) -> Finding | None:
        if first <= span.first and span.last <= last:
            return None
        return Finding(f"Het moet tussen {say_day(first)} en {say_day(last)} liggen.")

    return look


def _open_days_for(problem: YearProblem, occurrence: Occurrence) -> tuple[OpenDay, ...]:
    return tuple(d for d in problem.calendar.open_days if not occurrence.sector or d.sector == occurrence.sector)


def _before_open_days(problem: YearProblem, check: Check, occurrence: Occurrence) -> Look:
    days = _open_days_for(problem, occurrence)

    def look(span: Span) -> Finding | None:
        after = sum(day.day > span.last for day in days)
        if after >= check.share * len(days):
            return None
        return Finding(f"Er zijn te weinig open dagen na deze datum: {after} van de {len(days)}.")

    return look


def _after_open_days(problem: YearProblem, check: Check, occurrence: Occurrence) -> Look:
    days = _open_days_for(problem, occurrence)

    def look(span: Span) -> Finding | None:
        before = sum(day.day < span.first for day in days)
        if before >= check.share * len(days):
            return None
        return Finding(f"Er zijn te weinig open dagen vóór deze datum: {before} van de {len(days)}.")

    return look


def _lesson_follows(problem: YearProblem, check: Check, _: Occurrence) -> Look:
    def look(span: Span) -> Finding | None:
        lesson = problem.calendar.next_school_day(span.last)
        if (lesson - span.last).days <= check.days:
            return None
        return Finding(f"De eerste les erna is pas op {say_day(lesson)}. De kaarten raken dan kwijt.")

    return look


def _before_transition(problem: YearProblem, check: Check, occurrence: Occurrence) -> Look:
    leaving = [problem.school.pupil(pupil_id).leaves for pupil_id in occurrence.pupil_ids]
    last = max((day for day in leaving if day), default=None)

    def look(span: Span) -> Finding | None:
        if last is None or timedelta(0) <= last - span.first <= timedelta(weeks=check.max_weeks):
            return None
        return Finding(f"De doorstroom is op {say_day(last)}; het gesprek hoort in de {check.max_weeks} weken ervoor.")

    return look


def _step_before_summer(problem: YearProblem, check: Check, occurrence: Occurrence) -> Look:
    runbook = problem.runbook_of(occurrence.id)
    step = next((step for step in runbook.steps if step.id == check.step), None)

    def look(span: Span) -> Finding | None:
        if step is None:
            return Finding(f"Stap {check.step} staat niet in het stappenplan.")
        deadline = due(step, calendar=problem.calendar, day=span.first)
        summer = problem.calendar.before_summer(span.first)
        if deadline.due <= summer:
            return None
        return Finding(f"Stap {check.step} is pas op {say_day(deadline.due)}; dat is na het begin van de zomervakantie.")

    return look


def _lesson_then_home(problem: YearProblem, _: Check, occurrence: Occurrence) -> Look:
    runbook = problem.runbook_of(occurrence.id)
    lesson, home = (_step_of(runbook, part.step if part else None) for part in (runbook.lesson, runbook.home))

    def look(span: Span) -> Finding | None:
        lesson_due, home_due = (
            due(step, calendar=problem.calendar, day=span.first).due if step else None for step in (lesson, home)
        )
        if lesson_due and not problem.calendar.first_day <= lesson_due < span.first:
            return Finding(f"De les vooraf valt op {say_day(lesson_due)}; dat is niet in de weken ervoor.")
        if home_due and home_due > span.first:
            return Finding(f"De opdracht voor thuis is pas op {say_day(home_due)} klaar.")
        if lesson_due and home_due and home_due <= lesson_due:
            return Finding("De opdracht voor thuis heeft geen tijd na de les.")
        return None

    return look


def _step_of(runbook: Runbook, step_id: str | None) -> Step | None:
    return next((step for step in runbook.steps if step.id == step_id), None)


_LOOKS: dict[CheckKind, Callable[[YearProblem, Check, Occurrence], Look]] = {
    CheckKind.WINDOW: _window,
    CheckKind.BEFORE_OPEN_DAYS: _before_open_days,
    CheckKind.AFTER_OPEN_DAYS: _after_open_days,
    CheckKind.LESSON_FOLLOWS: _lesson_follows,
    CheckKind.BEFORE_TRANSITION: _before_transition,
    CheckKind.STEP_BEFORE_SUMMER: _step_before_summer,
    CheckKind.LESSON_THEN_HOME: _lesson_then_home,
}


def cycle_requirements(problem: YearProblem) -> Iterator[Requirement]:
    """Yield the requirements on dates of C01–C16; rules on who is invited are in `rules`."""
    for rule in problem.cycle.rules:
        for check in rule.checks:
            if check.kind in {CheckKind.ORDER, CheckKind.GAP}:
                yield from _gaps(problem, rule, check)
            elif check.kind is CheckKind.NEXT_GAP:
                yield from _next_gaps(problem, rule, check)
            elif check.kind in _LOOKS:
                for occurrence in of(problem, check.first):
                    look = _LOOKS[check.kind](problem, check, occurrence)
                    yield DayRule(rule=rule.id, hard=check.hard, weight=check.weight, event=occurrence.id, look=look)
