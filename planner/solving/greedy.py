"""Dates by a simple search: the scarcest occurrence first, then one at a time to a better day until none is better.

Used where CP-SAT is not installed, and as the measure that CP-SAT must never fall below.
"""

from planner.domain.requirements import Requirement
from planner.domain.year import Span, YearProblem
from planner.errors import InfeasibleError
from planner.solving.candidates import Candidate, find_candidates, middle_of
from planner.solving.solver import Accepted, Dates

ROUNDS = 20  # improvement sweeps; in practice three or four suffice


class _Search:
    """The state of one search: who has which day, and what a day would cost next to the others."""

    def __init__(self, problem: YearProblem, *, old: Dates, accepted: Accepted | None) -> None:
        candidates = find_candidates(problem, old=old)
        self.candidates = candidates
        self.old = old
        self.near = {occurrence.id: middle_of(occurrence) for occurrence in problem.occurrences} | dict(old)
        self.accepted = accepted
        self.spans: dict[str, Span] = {}
        self.about: dict[str, list[Requirement]] = {event: [] for event in candidates.days}
        for rule in candidates.between:
            for event in _events_of(rule):
                if event in self.about:
                    self.about[event].append(rule)

    def price(self, event: str, day: Candidate) -> tuple[int, int, int, int]:
        """Return (hard broken, new soft broken, changed, soft cost) of giving `event` this day now."""
        spans = {**self.spans, event: day.span}
        found = [v for rule in self.about[event] for v in rule.violations(spans)]
        hard = sum(v.hard for v in found)
        broken = [*((rule, event, weight) for rule, weight in day.broken)]
        broken += [(v.rule, v.where, v.weight) for v in found if not v.hard]
        new = 0
        if self.accepted is not None:
            new = sum(weight for rule, where, weight in broken if (rule, where) not in self.accepted)
        changed = event in self.old and self.old[event] != day.span.first
        return hard, new, changed, sum(weight for _, _, weight in broken)

    def best(self, event: str) -> Candidate:
        """Return the cheapest day for `event`, next to what the others have; the nearest one to `near` when equal."""
        near = self.near[event]
        return min(
            self.candidates.days[event],
            key=lambda day: (self.price(event, day), abs(day.span.first - near), day.span.first),
        )

    def run(self) -> None:
        """Give every occurrence a day, then improve until a whole sweep changes nothing."""
        for event in sorted(self.about, key=lambda event: (len(self.candidates.days[event]), event)):
            self.spans[event] = self.best(event).span
        for _ in range(ROUNDS):
            before = dict(self.spans)
            for event in self.about:
                del self.spans[event]
                self.spans[event] = self.best(event).span
            if self.spans == before:
                break


def _events_of(rule: Requirement) -> tuple[str, ...]:
    """Return the occurrences a requirement looks at."""
    names = [getattr(rule, name, ()) for name in ("event", "first", "then", "thens", "events")]
    return tuple(event for name in names for event in ((name,) if isinstance(name, str) else name))


def _dates(search: _Search) -> Dates:
    search.run()
    clash = [v for rule in search.candidates.between if rule.hard for v in rule.violations(search.spans)]
    if clash:
        raise InfeasibleError(
            f"Zonder hulp van de rekenkern is geen plan gevonden: {clash[0].why}",
            rules=tuple({v.rule for v in clash}),
        )
    return {event: span.first for event, span in search.spans.items()}


class GreedyDates:
    """Proposes and repairs dates one occurrence at a time."""

    def propose(self, problem: YearProblem) -> Dates:
        """Return good dates from nothing; see DateSolver."""
        return _dates(_Search(problem, old={}, accepted=None))

    def replan(self, problem: YearProblem, dates: Dates, *, accepted: Accepted) -> Dates:
        """Return dates that repair a plan; see DateSolver. Not always with the fewest changes."""
        return _dates(_Search(problem, old=dates, accepted=accepted))
