"""Every plan of rounds there is, for evenings small enough to try them all."""

from planner.domain.routes.rounds import Visit, changed_cells, missing_own, missing_visits, wish_value
from planner.domain.routes.rules import validate_rounds


def every_plan(problem):
    """Yield each set of visits that breaks no hard rule."""
    cells = [(walker, each) for walker in problem.walkers for each in problem.rounds]
    yield from (plan for plan in _grown(problem, cells, ()) if _is_allowed(problem, plan))


def _grown(problem, cells, plan):
    if not cells:
        yield plan
        return
    (walker, each), rest = cells[0], cells[1:]
    yield from _grown(problem, rest, plan)
    seen = {problem.stop[visit.stop].topic for visit in plan if visit.walker == walker.id}
    for stop in problem.stops:
        there = sum(visit.stop == stop.id and visit.round == each.number for visit in plan)
        if stop.topic not in seen and there < stop.groups:
            yield from _grown(problem, rest, (*plan, Visit(walker=walker.id, round=each.number, stop=stop.id)))


def _is_allowed(problem, plan):
    return not any(violation.hard for violation in validate_rounds(problem, plan))


def score(problem, plan, old=None):
    """Return what a planner keeps small, the most important first."""
    changes = 0 if old is None else changed_cells(problem, old, plan)
    return missing_own(problem, plan), missing_visits(problem, plan), changes, -wish_value(problem, plan)


def best_score(problem, old=None):
    """Return the score of the best plan there is."""
    return min(score(problem, plan, old) for plan in every_plan(problem))
