"""Events and broken rules as readers see them; shared by every page that lists them."""

from collections.abc import Mapping
from datetime import UTC

from planner.domain.requirements import Violation
from planner.domain.runbook import Kind
from planner.domain.schoolrules import SCHOOL_RULES, say_day_and_month
from planner.domain.staffing.people import Decline, Person
from planner.domain.year import event_times
from planner.services.state import YearState
from planner.services.views import EventLine, Problem
from planner.storage.events import StoredEvent

YEAR = "het hele jaar"


def _titles(state: YearState) -> Mapping[str, tuple[str, str]]:
    """Return title and fallback of each rule."""
    school = {rule.id: (rule.title, rule.advice) for rule in SCHOOL_RULES.values()}
    return school | {rule.id: (rule.title, rule.fallback) for rule in state.cycle.rules}


def _where(state: YearState, where: str) -> tuple[str, str]:
    """Return (event id, words) for the place of a violation: an event, an activity or a week."""
    titles = {event.planned.id: event.occurrence.title for event in state.events}
    if where in titles:
        return where, titles[where]
    runbooks = {runbook.id: runbook.title for runbook in state.cycle.runbooks}
    return "", runbooks.get(where, where or YEAR)


def problem_of(state: YearState, violation: Violation) -> Problem:
    """Return a violation with its rule's title and fallback."""
    title, fallback = _titles(state).get(violation.rule, ("", ""))
    event_id, where = _where(state, violation.where)
    return Problem(
        rule=violation.rule,
        title=title,
        hard=violation.hard,
        where=where,
        why=violation.why,
        event_id=event_id,
        fallback=fallback,
    )


def event_line(state: YearState, event: StoredEvent) -> EventLine:
    """Return an event as a line in a list."""
    planned, runbook = event.planned, state.runbook(event.planned.id)
    start, end = event_times(runbook, planned.span)
    mine = [violation for violation in state.violations if violation.where == planned.id]
    return EventLine(
        id=planned.id,
        runbook=runbook.id,
        title=event.occurrence.title,
        short=runbook.short,
        kind=runbook.kind,
        phase=runbook.phase,
        first=planned.span.first,
        last=planned.span.last,
        start=start.astimezone(UTC),
        end=end.astimezone(UTC),
        families=state.expected(planned.id).families,
        reason=planned.reason,
        pinned=event.pinned,
        hard=sum(violation.hard for violation in mine),
        soft=sum(not violation.hard for violation in mine),
        timed=runbook.kind is Kind.EVENING and runbook.gathers,
        gaps=sum(gap.missing for gap in state.gaps[planned.id] if not state.need(gap.need_id).optional),
    )


def event_lines(state: YearState) -> tuple[EventLine, ...]:
    """Return every event of the year in order of date."""

    def make() -> tuple[EventLine, ...]:
        lines = (event_line(state, event) for event in state.events)
        return tuple(sorted(lines, key=lambda line: (line.first, line.last, line.id)))

    return state.once("lines", make)


def say_decline(person: Person, decline: Decline, *, need: str) -> str:
    """Return "Fatima Ouali heeft nee gezegd op 3 maart (Tolk): Ik moet werken.", with the reason if there is one."""
    said = f"{person.name} heeft nee gezegd op {say_day_and_month(decline.said_on)} ({need})"
    return f"{said}: {decline.reason.rstrip('.')}." if decline.reason else f"{said}."
