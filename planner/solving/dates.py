"""Dates by CP-SAT: every occurrence chooses one of its candidate days; rules between them are reified gaps."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import Any

from planner.domain.requirements import (
    DayRule,
    DistinctDays,
    GapRule,
    NextGapRule,
    Requirement,
    WeekLimit,
    monday,
    week_of,
)
from planner.domain.rules import requirements
from planner.domain.year import YearProblem
from planner.errors import InfeasibleError
from planner.solving.candidates import (
    Candidate,
    Candidates,
    allowed_by_rule,
    every_day,
    find_candidates,
    middle_of,
    name_conflict,
    subsets,
)
from planner.solving.solver import Accepted, Dates, Goal, configured, cp_sat, solve_in_stages


class _Goal(IntEnum):
    """What a plan keeps small, the most important first; a lesser goal never costs a greater one."""

    NEW = 1  # weight of soft rules that the plan did not break before
    CHANGED = 2  # dates that differ from the plan as it was
    SOFT = 3  # weight of all broken soft rules
    FAR = 4  # days from the old date, or from the middle of the moment in the year


_Goals = Callable[[str, str], Sequence[_Goal]]  # what a broken rule at a place counts for


class _Model:
    """The CP-SAT model of a year: for each occurrence and day a literal, and one for that day or earlier."""

    def __init__(self, candidates: Candidates) -> None:
        model_class, _, _ = cp_sat()
        self.model = model_class()
        self.candidates = candidates
        self.terms: dict[_Goal, list[Any]] = {goal: [] for goal in _Goal}
        self.picks: dict[str, list[Any]] = {}
        self.until: dict[str, list[Any]] = {}
        for event, days in candidates.days.items():
            self.picks[event] = [self.model.new_bool_var(f"{event}@{day.span.first}") for day in days]
            self.until[event] = self._running(self.picks[event])

    def _running(self, picks: list[Any]) -> list[Any]:
        """Return for each place in the row a literal: the chosen day is here or earlier. Exactly one is chosen."""
        until: list[Any] = []
        before: Any = 0
        for pick in picks:
            here = self.model.new_bool_var("")
            self.model.add(here == before + pick)
            until.append(here)
            before = here
        self.model.add(before == 1)
        return until

    def _keeps_gap(self, *, first: str, then: str, least: int, most: int | None) -> Any:  # noqa: ANN401
        """Return a literal that can be true only when the gap is kept.

        Measured: a clause for each day, over literals "on this day or earlier", proves optima several
        times faster than one inequality between two day numbers.
        """
        kept = self.model.new_bool_var("")
        begins = [day.span.first.toordinal() for day in self.candidates.days[then]]
        for place, day in enumerate(self.candidates.days[first]):
            end = day.span.last.toordinal()
            too_early = bisect_left(begins, end + least)
            if too_early:
                before = [self.until[first][place - 1]] if place else []
                self.model.add_bool_or([*before, self.until[then][too_early - 1].negated(), kept.negated()])
            in_time = len(begins) if most is None else bisect_right(begins, end + most)
            if in_time < len(begins):
                latest = [self.until[then][in_time - 1]] if in_time else []
                self.model.add_bool_or([self.until[first][place].negated(), *latest, kept.negated()])
        return kept

    def _by_day(self, events: Iterable[str], *, week: bool = False) -> Mapping[date, list[Any]]:
        found: dict[date, list[Any]] = defaultdict(list)
        for event in events:
            for day, pick in zip(self.candidates.days[event], self.picks[event], strict=True):
                found[monday(day.span.first) if week else day.span.first].append(pick)
        return found

    def require(self, rule: Requirement, goals: _Goals) -> None:
        """Add a requirement between occurrences: forbidden to break when hard, else its weight counts."""
        if isinstance(rule, DistinctDays):
            for picks in self._by_day(rule.events).values():
                self.model.add_at_most_one(picks)
        elif isinstance(rule, WeekLimit):
            for day, picks in self._by_day(rule.events, week=True).items():
                excess = self.model.new_int_var(0, len(rule.events), "")
                self.model.add(sum(picks) <= rule.limit + excess)
                self.count(rule.weight * excess, goals(rule.rule, week_of(day)))
        elif isinstance(rule, GapRule):
            kept = self._keeps_gap(first=rule.first, then=rule.then, least=rule.min_days, most=rule.max_days)
            self._hold(kept, rule, goals(rule.rule, rule.then))
        elif isinstance(rule, NextGapRule):
            kept = self.model.new_bool_var("")
            ways = [
                self._keeps_gap(first=rule.first, then=then, least=rule.min_days, most=rule.max_days)
                for then in rule.thens
            ]
            self.model.add_bool_or([*ways, kept.negated()])
            self._hold(kept, rule, goals(rule.rule, rule.first))

    def _hold(self, kept: Any, rule: GapRule | NextGapRule, goals: Sequence[_Goal]) -> None:  # noqa: ANN401
        if rule.hard:
            self.model.add(kept == 1)
        else:
            self.count(rule.weight * (1 - kept), goals)

    def count(self, term: Any, goals: Iterable[_Goal]) -> None:  # noqa: ANN401
        """Let a linear expression count for each of `goals`."""
        for goal in goals:
            self.terms[goal].append(term)

    def choose(self, event: str, prices: Sequence[int], goal: _Goal) -> None:
        """Let each day of an event count for a goal.

        What every day costs is left out. Then a bound on the sum rules out expensive days at once.
        """
        least = min(prices)
        for price, pick in zip(prices, self.picks[event], strict=True):
            if price > least:
                self.count((price - least) * pick, [goal])

    def solve(self) -> Dates | None:
        """Return the dates that are best for the first goal, then for the next; None when no dates exist."""
        goals = [Goal(name=goal.name, terms=terms) for goal, terms in self.terms.items() if terms]
        found = solve_in_stages(self.model, goals or [Goal(name="", terms=())])
        if found.values is None:
            return None
        chosen = found.values
        return {
            event: next(day.span.first for day, pick in zip(days, self.picks[event], strict=True) if chosen[pick.index])
            for event, days in self.candidates.days.items()
        }

    def is_feasible(self) -> bool:
        """Return whether there are any dates, whatever they cost."""
        _, solver_class, found = cp_sat()
        return configured(solver_class()).solve(self.model) in found


def _price(day: Candidate, goal: _Goal, *, event: str, near: date, old: date | None, goals: _Goals) -> int:
    """Return what a day adds to a goal on its own."""
    if goal is _Goal.FAR:
        return abs((day.span.first - near).days)
    if goal is _Goal.CHANGED:
        return int(old is not None and day.span.first != old)
    return sum(weight for rule, weight in day.broken if goal in goals(rule, event))


def _solve(problem: YearProblem, candidates: Candidates, *, old: Dates, accepted: Accepted | None) -> Dates | None:
    """Return the best dates by `_Goal`. Changes count from `old` dates, new breaks when there are `accepted` ones."""
    model = _Model(candidates)

    def goals(rule: str, where: str) -> Sequence[_Goal]:
        is_new = accepted is not None and (rule, where) not in accepted
        return (_Goal.NEW, _Goal.SOFT) if is_new else (_Goal.SOFT,)

    for event, days in candidates.days.items():
        near = old.get(event) or middle_of(problem.by_id[event])
        for goal in _Goal:
            prices = [_price(day, goal, event=event, near=near, old=old.get(event), goals=goals) for day in days]
            model.choose(event, prices, goal)
    for rule in candidates.between:
        model.require(rule, goals)
    return model.solve()


def _can_hold(problem: YearProblem, names: Sequence[str], allowed: Mapping[str, Mapping[str, frozenset[date]]]) -> bool:
    """Return whether these hard rules can hold together when no other rule does."""
    between = [
        rule for rule in requirements(problem) if rule.rule in names and rule.hard and not isinstance(rule, DayRule)
    ]
    if not between:
        return True  # the candidates of each occurrence on its own were found before
    days = {
        o.id: tuple(
            Candidate(span=problem.span(o.id, day), broken=())
            for day in every_day(problem, o)
            if all(day in allowed[o.id][name] for name in names if name in allowed[o.id])
        )
        for o in problem.occurrences
    }
    model = _Model(Candidates(days=days, between=tuple(between)))
    for rule in between:
        model.require(rule, lambda _rule, _where: ())
    return model.is_feasible()


def _no_plan(problem: YearProblem) -> InfeasibleError:
    """Return an error that names a smallest set of hard rules that cannot hold together."""
    allowed = {occurrence.id: allowed_by_rule(problem, occurrence) for occurrence in problem.occurrences}
    names = {rule.rule for rule in requirements(problem) if rule.hard}
    worst = next((rules for rules in subsets(names) if not _can_hold(problem, rules, allowed)), tuple(sorted(names)))
    return InfeasibleError(
        f"De activiteiten passen niet samen in dit jaar. {name_conflict(problem, worst)} "
        "Haal een vastgezette datum weg, kies meer dagen voor avonden of zet een regel uit met een reden.",
        rules=worst,
    )


def _best(problem: YearProblem, *, old: Dates, accepted: Accepted | None) -> Dates:
    """Return the best dates with rounds that start at the beginning of a week, or on any day when none exist."""
    for any_day in (False, True):
        candidates = find_candidates(problem, old=old, any_day=any_day)
        dates = _solve(problem, candidates, old=old, accepted=accepted)
        if dates is not None:
            return dates
    raise _no_plan(problem)


class CpSatDates:
    """Proposes and repairs dates with CP-SAT. Answers are the same for the same problem."""

    def propose(self, problem: YearProblem) -> Dates:
        """Return the dates of least soft cost; see DateSolver."""
        return _best(problem, old={}, accepted=None)

    def replan(self, problem: YearProblem, dates: Dates, *, accepted: Accepted) -> Dates:
        """Return the dates that repair a plan with the fewest changes; see DateSolver."""
        return _best(problem, old=dates, accepted=accepted)
