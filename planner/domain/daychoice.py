"""A day for one activity more while all others stay where they are: the best one, by the rules of the judge."""

from datetime import date

from planner.domain.rules import requirements
from planner.domain.year import Plan, YearProblem


def best_day(problem: YearProblem, plan: Plan, event_id: str, *, near: date, after: date) -> date | None:
    """Return the school day after `after` that breaks the least for this occurrence, close to `near` when equal.

    None when every day breaks a hard rule. Nothing else moves: `plan` holds the others.
    """
    rules = requirements(problem)
    others = {event.id: event.span for event in plan if event.id != event_id}
    kept = sum(violation.hard for rule in rules for violation in rule.violations(others))

    def cost(day: date) -> tuple[int, int, int, date]:
        spans = {**others, event_id: problem.span(event_id, day)}
        found = [violation for rule in rules for violation in rule.violations(spans)]
        hard = sum(violation.hard for violation in found)
        return hard, sum(violation.weight for violation in found), abs((day - near).days), day

    best = min((cost(day) for day in problem.calendar.school_days() if day > after), default=None)
    return best[3] if best and best[0] <= kept else None
