"""The judge of a year plan: every rule that it breaks, whoever made it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from planner.domain.cycle import Check, CheckKind, Rule
from planner.domain.cyclerules import cycle_requirements
from planner.domain.families.audience import LAST_PHASE, audience_of, belongs, is_here, leaves_within, started_within
from planner.domain.requirements import Requirement, Violation
from planner.domain.schoolrules import SCHOOL_RULES, school_requirements
from planner.domain.year import Plan, PlannedEvent, YearProblem

__all__ = ["Violation", "cost", "invited", "plan_from", "requirements", "rule_title", "validate_year"]


def requirements(problem: YearProblem) -> tuple[Requirement, ...]:
    """Return every requirement on dates, without the rules the school has overridden for this year."""
    every = (*school_requirements(problem), *cycle_requirements(problem))
    return tuple(each for each in every if not _is_overridden(problem, each.rule))


def _is_overridden(problem: YearProblem, rule_id: str) -> bool:
    fixed = rule_id in SCHOOL_RULES and not SCHOOL_RULES[rule_id].can_be_overridden
    return rule_id in problem.overrides and not fixed


def rule_title(problem: YearProblem, rule_id: str) -> str:
    """Return what a rule is called; KeyError for an unknown one."""
    return SCHOOL_RULES[rule_id].title if rule_id in SCHOOL_RULES else problem.cycle.rule(rule_id).title


def invited(problem: YearProblem, event_id: str, day: date) -> tuple[str, ...]:
    """Return the candidates of an occurrence who belong to its audience on `day`."""
    clauses = audience_of(problem.runbook_of(event_id), cycle=problem.cycle, school=problem.school)
    candidates = problem.by_id[event_id].pupil_ids
    return tuple(pupil_id for pupil_id in candidates if belongs(clauses, problem.school.pupil(pupil_id), day=day))


def plan_from(problem: YearProblem, dates: Mapping[str, date]) -> Plan:
    """Return the plan with these start dates, in order of date, with who is invited on them."""
    return tuple(
        PlannedEvent(
            id=event_id,
            runbook_id=problem.by_id[event_id].runbook_id,
            span=problem.span(event_id, day),
            pupil_ids=invited(problem, event_id, day),
        )
        for event_id, day in sorted(dates.items(), key=lambda item: (item[1], item[0]))
    )


def _count(number: int, one: str = "is", more: str = "zijn") -> str:
    return f"1 leerling {one}" if number == 1 else f"{number} leerlingen {more}"


def _events(plan: Plan, runbook_id: str) -> Iterator[PlannedEvent]:
    return (event for event in plan if event.runbook_id == runbook_id)


def _started_within(problem: YearProblem, check: Check, plan: Plan) -> Iterator[tuple[str, str]]:
    """C02: whoever is invited started in the past months, or starts very soon."""
    for event in _events(plan, check.first):
        wrong = sum(
            not started_within(
                problem.school.pupil(pupil_id),
                day=event.span.first,
                months=check.months,
                weeks_ahead=check.weeks_ahead,
            )
            for pupil_id in event.pupil_ids
        )
        if wrong:
            yield (
                event.id,
                f"{_count(wrong)} uitgenodigd, maar niet in de {check.months} maanden ervoor gestart.",
            )


def _whole_phase(problem: YearProblem, check: Check, plan: Plan) -> Iterator[tuple[str, str]]:
    """C06: all pupils of the phase, on every route; of phase 2 as well when they had no market last year."""
    phases = set(check.phases) | (set() if problem.school.market_last_year else {LAST_PHASE})
    for phase in sorted(phases):
        events = list(_events(plan, check.first))
        guests = {pupil_id for event in events for pupil_id in event.pupil_ids}
        present = [
            pupil for pupil in problem.school.pupils
            if pupil.phase == phase and any(is_here(pupil, day=event.span.first) for event in events)
        ]  # fmt: skip
        missing = sum(pupil.id not in guests for pupil in present)
        if missing:
            who = _count(missing, f"van fase {phase} is", f"van fase {phase} zijn")
            yield check.first, f"{who} niet uitgenodigd."


def _leaves_within(problem: YearProblem, check: Check, plan: Plan) -> Iterator[tuple[str, str]]:
    """C12: whoever is invited leaves within the months after the day."""
    for event in _events(plan, check.first):
        wrong = sum(
            not leaves_within(problem.school.pupil(pupil_id), day=event.span.first, months=check.months)
            for pupil_id in event.pupil_ids
        )
        if wrong:
            who = _count(wrong, "gaat", "gaan")
            yield (
                event.id,
                f"{who} niet binnen {check.months} maanden weg, maar {'is' if wrong == 1 else 'zijn'} wel uitgenodigd.",
            )


def _early_leavers(problem: YearProblem, check: Check, plan: Plan) -> Iterator[tuple[str, str]]:
    """C10: who leaves after this school year but within the months is invited a year ahead."""
    events = list(_events(plan, check.first))
    guests = {pupil_id for event in events for pupil_id in event.pupil_ids}
    missing = sum(
        pupil.id not in guests
        and any(
            is_here(pupil, day=event.span.first) and leaves_within(pupil, day=event.span.first, months=check.months)
            for event in events
        )
        for pupil in problem.school.pupils
    )
    if missing:
        who = _count(missing, "gaat", "gaan")
        yield (
            check.first,
            f"{who} binnen {check.months} maanden weg, maar {'is' if missing == 1 else 'zijn'} niet uitgenodigd.",
        )


def _split(problem: YearProblem, check: Check, plan: Plan) -> Iterator[tuple[str, str]]:
    """C13: no meeting for pupils of mbo and vo together, when there are enough of each for their own."""
    enough = problem.cycle.runbook(check.first).occurrences.own_group_from
    for event in _events(plan, check.first):
        pupils = [problem.school.pupil(pupil_id) for pupil_id in event.pupil_ids]
        sectors = Counter(pupil.destination.sector for pupil in pupils if pupil.destination)
        if sum(count >= enough for count in sectors.values()) > 1:
            yield event.id, "Leerlingen voor mbo en vo zitten hier samen; apart is beter."


_AUDIENCE: dict[CheckKind, Callable[[YearProblem, Check, Plan], Iterator[tuple[str, str]]]] = {
    CheckKind.STARTED_WITHIN: _started_within,
    CheckKind.WHOLE_PHASE: _whole_phase,
    CheckKind.LEAVES_WITHIN: _leaves_within,
    CheckKind.EARLY_LEAVERS: _early_leavers,
    CheckKind.SPLIT: _split,
}


def _audience(problem: YearProblem, rules: Iterable[Rule], plan: Plan) -> Iterator[Violation]:
    for rule in rules:
        for check in (check for check in rule.checks if check.kind in _AUDIENCE):
            for where, why in _AUDIENCE[check.kind](problem, check, plan):
                yield Violation(rule=rule.id, hard=check.hard, where=where, why=why, weight=check.weight)


def _complete(problem: YearProblem, plan: Plan) -> Iterator[Violation]:
    """K13: every occurrence has exactly one date, and nothing else has."""
    planned = [event.id for event in plan]
    for occurrence in problem.occurrences:
        if planned.count(occurrence.id) != 1:
            times = "geen datum" if occurrence.id not in planned else "meer dan één datum"
            why = f"'{occurrence.title}' heeft {times}."
            yield Violation(rule="K13", hard=True, where=occurrence.id, why=why)
    for event_id in sorted(set(planned) - set(problem.by_id)):
        yield Violation(rule="K13", hard=True, where=event_id, why=f"'{event_id}' hoort niet bij dit jaar.")


def validate_year(problem: YearProblem, plan: Plan) -> tuple[Violation, ...]:
    """Return every rule the plan breaks, hard ones first. An empty answer is a plan without remarks."""
    known = tuple(event for event in plan if event.id in problem.by_id)
    spans = {event.id: event.span for event in known}
    rules = [rule for rule in problem.cycle.rules if not _is_overridden(problem, rule.id)]
    found = [
        *_complete(problem, plan),
        *(violation for each in requirements(problem) for violation in each.violations(spans)),
        *_audience(problem, rules, known),
    ]
    return tuple(sorted(found, key=lambda v: (not v.hard, v.rule, v.where)))


def cost(violations: Iterable[Violation]) -> int:
    """Return the total weight of the soft violations; what a proposal tries to keep small."""
    return sum(violation.weight for violation in violations if not violation.hard)
