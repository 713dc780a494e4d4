"""Why a date: a Dutch sentence or two from the rules a plan keeps and the days that fell away."""

from collections.abc import Iterable
from datetime import date, timedelta

from planner.domain.calendar import say_day_and_month
from planner.domain.requirements import DayRule, GapRule, NextGapRule, Requirement, Spans, gap_days, gap_words
from planner.domain.year import Span, YearProblem

NEARBY = (timedelta(days=-7), timedelta(days=7), timedelta(days=-1), timedelta(days=1))
SHUT_OUT = frozenset({"K06", "K07", "K08"})  # rules on feasts, ramadan and test weeks


def _title(problem: YearProblem, event: str) -> str:
    return f"'{problem.runbook_of(event).title}'"


def _time_of_year(problem: YearProblem, event: str, span: Span) -> str:
    """Return the weeks in which the event belongs, and whether it is in them."""
    occurrence = problem.by_id[event]
    weeks = f"{say_day_and_month(occurrence.first)} tot en met {say_day_and_month(occurrence.last)}"
    return f"{'In' if occurrence.first <= span.first <= occurrence.last else 'Buiten'} de periode {weeks}"


def _kept_gaps(problem: YearProblem, rules: Iterable[Requirement], event: str, spans: Spans) -> Iterable[str]:
    """Yield what the kept rules between events say about this one: "20 dagen na 'Interessemarkt'", "vóór …"."""
    for rule in rules:
        if isinstance(rule, NextGapRule) and rule.first == event and not any(rule.violations(spans)):
            yield "met op tijd een gesprek erna"
        if not isinstance(rule, GapRule) or not {rule.first, rule.then} <= spans.keys():
            continue
        first, then = spans[rule.first], spans[rule.then]
        if not rule.holds(first, then):
            continue
        if rule.then == event:
            gap = "erna" if rule.max_days is None else gap_words(gap_days(first, then))
            yield f"{gap.removesuffix('erna')}na {_title(problem, rule.first)}"
        elif rule.first == event and rule.max_days is None:
            yield f"vóór {_title(problem, rule.then)}"


def _fell_away(problem: YearProblem, rules: Iterable[Requirement], event: str, span: Span) -> str:
    """Return why a day a week or a day beside this one was not possible; empty when all of them were."""
    mine = [rule for rule in rules if isinstance(rule, DayRule) and rule.event == event and rule.rule in SHUT_OUT]
    found = (_because(problem, mine, event, span.first + offset) for offset in NEARBY)
    return next((because for because in found if because), "")


def _because(problem: YearProblem, rules: Iterable[DayRule], event: str, day: date) -> str:
    free = problem.calendar.free_because(day)
    if free:
        return "" if free == "weekend" else f"{say_day_and_month(day)} valt af: {free}."
    findings = (rule.look(problem.span(event, day)) for rule in rules)
    return next((found.why for found in findings if found), "")


def reason_for(problem: YearProblem, rules: tuple[Requirement, ...], event: str, spans: Spans) -> str:
    """Return the sentences that explain an event's date to a coordinator."""
    if event in problem.pins:
        return "Vastgezet door de school."
    span = spans[event]
    parts = [_time_of_year(problem, event, span), *dict.fromkeys(_kept_gaps(problem, rules, event, spans))]
    fell_away = _fell_away(problem, rules, event, span)
    return f"{', '.join(parts)}.{' ' if fell_away else ''}{fell_away}"
