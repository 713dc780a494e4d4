"""Which days an occurrence can have, and what each of them costs on its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from planner.domain.requirements import DayRule, Requirement
from planner.domain.rules import requirements, rule_title
from planner.domain.year import Occurrence, Span, YearProblem
from planner.errors import InfeasibleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A day an occurrence may start on: its span, and the soft rules it breaks as (rule, weight)."""

    span: Span
    broken: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Per occurrence its candidate days in order; `between` holds the requirements between occurrences."""

    days: Mapping[str, tuple[Candidate, ...]]
    between: tuple[Requirement, ...]


def starts(
    problem: YearProblem, occurrence: Occurrence, *, now: date | None = None, any_day: bool = False
) -> tuple[date, ...]:
    """Return the days worth looking at: school days for an evening, the first school day of a week for a round.

    With `any_day` a round may start on every school day. A pinned date is the only day, whatever it is; the
    rules say what is wrong with it. The date the occurrence has `now` is always looked at.
    """
    if occurrence.id in problem.pins:
        return (problem.pins[occurrence.id],)
    days = problem.calendar.school_days()
    if any_day or problem.is_evening(occurrence.id):
        return days
    return tuple(
        day
        for index, day in enumerate(days)
        if day == now or not index or day.isocalendar()[:2] != days[index - 1].isocalendar()[:2]
    )


def every_day(problem: YearProblem, occurrence: Occurrence) -> tuple[date, ...]:
    """Return all days of the year and the pinned date: what is left when no rule holds."""
    calendar = problem.calendar
    count = (calendar.last_day - calendar.first_day).days + 1
    days = {calendar.first_day + timedelta(days=offset) for offset in range(count)}
    return tuple(sorted(days | {problem.pins.get(occurrence.id, calendar.first_day)}))


def middle_of(occurrence: Occurrence) -> date:
    """Return the day in the middle of the weeks in which the occurrence belongs."""
    return occurrence.first + (occurrence.last - occurrence.first) // 2


def allowed_by_rule(problem: YearProblem, occurrence: Occurrence) -> Mapping[str, frozenset[date]]:
    """Return for each hard rule on single days which of all days it allows."""
    spans = [problem.span(occurrence.id, day) for day in every_day(problem, occurrence)]
    allowed: dict[str, frozenset[date]] = {}
    for rule in requirements(problem):
        if isinstance(rule, DayRule) and rule.hard and rule.event == occurrence.id:
            days = frozenset(span.first for span in spans if not rule.look(span))
            allowed[rule.rule] = allowed.get(rule.rule, days) & days
    return allowed


def subsets(names: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Return every set of one or more names, small ones first."""
    ordered = sorted(names)
    return (subset for size in range(1, len(ordered) + 1) for subset in combinations(ordered, size))


def _no_day(problem: YearProblem, occurrences: Sequence[Occurrence]) -> InfeasibleError:
    """Return an error that names a smallest set of hard rules that leaves one of these occurrences no day."""
    conflicts = []
    for occurrence in occurrences:
        allowed = allowed_by_rule(problem, occurrence)
        names = next(
            subset for subset in subsets(allowed) if not frozenset.intersection(*(allowed[name] for name in subset))
        )
        conflicts.append((len(names), names, occurrence.title))
    _, names, title = min(conflicts)
    return InfeasibleError(
        f"Voor '{title}' is geen dag te vinden. {name_conflict(problem, names)} "
        "Haal de vastgezette datum weg, kies meer dagen of zet een regel uit met een reden.",
        rules=names,
    )


def name_conflict(problem: YearProblem, rules: Sequence[str]) -> str:
    """Return the Dutch sentence that names rules which cannot hold together."""
    named = [f"'{rule_title(problem, rule)}' ({rule})" for rule in rules]
    if len(named) == 1:
        return f"Deze regel laat geen plan over: {named[0]}."
    return f"Deze regels gaan niet samen: {', '.join(named[:-1])} en {named[-1]}."


def _for_one(problem: YearProblem, rules: list[DayRule], days: Iterable[date]) -> tuple[Candidate, ...]:
    hard, soft = [rule for rule in rules if rule.hard], [rule for rule in rules if not rule.hard]
    spans = (problem.span(rules[0].event, day) for day in days)
    return tuple(
        Candidate(span=span, broken=tuple((r.rule, r.weight * f.count) for r in soft if (f := r.look(span))))
        for span in spans
        if not any(rule.look(span) for rule in hard)
    )


def find_candidates(problem: YearProblem, *, old: Mapping[str, date], any_day: bool = False) -> Candidates:
    """Return every occurrence's candidate days; InfeasibleError names the rules when one has none.

    `old` are the dates a plan has now, so that repairing it can leave them as they are. A round starts in
    the middle of a week with `any_day`, and where it can only start there.
    """
    every = requirements(problem)
    rules: dict[str, list[DayRule]] = {occurrence.id: [] for occurrence in problem.occurrences}
    for rule in every:
        if isinstance(rule, DayRule):
            rules[rule.event].append(rule)
    days = {}
    for each in problem.occurrences:
        looked_at = starts(problem, each, now=old.get(each.id), any_day=any_day)
        days[each.id] = _for_one(problem, rules[each.id], looked_at) or _for_one(
            problem, rules[each.id], starts(problem, each, any_day=True)
        )
    stuck = [occurrence for occurrence in problem.occurrences if not days[occurrence.id]]
    if stuck:
        raise _no_day(problem, stuck)
    return Candidates(days=days, between=tuple(rule for rule in every if not isinstance(rule, DayRule)))
