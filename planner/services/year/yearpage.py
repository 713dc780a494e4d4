"""The year as its page and `planner year --json` show it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from planner.domain.access.rights import Right
from planner.domain.calendar import SchoolCalendar
from planner.domain.event import dated_preparation
from planner.domain.requirements import monday
from planner.domain.schoolrules import MONTHS
from planner.domain.year import AMSTERDAM
from planner.services import holding
from planner.services.guarding import allowed
from planner.services.lines import event_lines, problem_of, say_decline
from planner.services.state import YearState, load_state
from planner.services.views import Attention, DayMark, EventLine, Month, YearView
from planner.services.workspace import Workspace
from planner.services.year import publishing
from planner.storage.steps import load_done_steps

SOON = timedelta(days=7)
LATE = timedelta(weeks=6)  # a step this much overdue is history, not something to do this week
WEEK_DAYS = 7
ALERTS = (1, 7, 14)  # school days before an evening at which a missing language is told; proposed


def _mark(calendar: SchoolCalendar, day: date, events: Iterable[EventLine]) -> DayMark:
    free = calendar.free_because(day)
    periods = [period for period in calendar.periods if day in period]
    is_free = free not in {"", "weekend"}
    marked = next((p for p in periods if p.name == free), periods[0] if periods and not is_free else None)
    return DayMark(
        day=day,
        free=free if is_free else "",
        notes=tuple(p.name for p in periods if p.name != free),
        kind=marked.kind if marked else "",
        events=tuple(events),
    )


def _month(calendar: SchoolCalendar, first: date, on: Mapping[date, list[EventLine]]) -> Month:
    start, weeks = monday(first), []
    while start.year * 12 + start.month <= first.year * 12 + first.month:
        days = (start + timedelta(days=offset) for offset in range(WEEK_DAYS))
        weeks.append(tuple(_mark(calendar, d, on.get(d, ())) if d.month == first.month else None for d in days))
        start += timedelta(days=WEEK_DAYS)
    inside = {
        line.id: line
        for day, lines in on.items()
        if (day.year, day.month) == (first.year, first.month)
        for line in lines
    }
    starting = [line for line in inside.values() if line.first.month == first.month]
    return Month(
        name=MONTHS[first.month - 1],
        year=first.year,
        weeks=tuple(weeks),
        events=tuple(sorted(starting, key=lambda line: (line.first, line.id))),
    )


def _months(calendar: SchoolCalendar, lines: Iterable[EventLine]) -> tuple[Month, ...]:
    on: defaultdict[date, list[EventLine]] = defaultdict(list)
    for line in lines:
        for offset in range((line.last - line.first).days + 1):
            day = line.first + timedelta(days=offset)
            if line.first == line.last or calendar.is_school_day(day):
                on[day].append(line)
    starts = [date(calendar.first_day.year, 8, 1)]
    while (starts[-1].year, starts[-1].month) < (calendar.last_day.year, calendar.last_day.month):
        last = starts[-1]
        starts.append(date(last.year + last.month // 12, last.month % 12 + 1, 1))
    return tuple(_month(calendar, first, on) for first in starts)


def _steps(workspace: Workspace, state: YearState, today: date) -> Iterable[Attention]:
    done = load_done_steps(workspace.session)
    for event in state.events:
        runbook = state.runbook(event.planned.id)
        for step in dated_preparation(runbook, event.planned, calendar=state.calendar):
            due = step.deadline.due
            if today - LATE <= due <= today + SOON and (event.planned.id, step.step.id) not in done:
                yield Attention(
                    kind="taak",
                    text=step.step.what,
                    event_id=event.planned.id,
                    event_title=event.occurrence.title,
                    due=due,
                    overdue=due < today,
                )


def _missing(lines: Iterable[EventLine], today: date) -> Iterable[Attention]:
    """Yield events in the coming weeks that still miss people."""
    for line in lines:
        if line.gaps and today <= line.first <= today + 3 * SOON:
            words = "1 plek is" if line.gaps == 1 else f"{line.gaps} plekken zijn"
            yield Attention(
                kind="mensen", text=f"{words} nog open.", event_id=line.id, event_title=line.title, due=line.first
            )


def _declined(state: YearState, lines: Iterable[EventLine], today: date) -> Iterable[Attention]:
    """Yield who said no: as long as somebody is missing there, and otherwise for some days, to be known."""
    coming = {line.id: line for line in lines if line.last >= today}
    missing = {gap.need_id for line_id in coming for gap in state.gaps[line_id]}
    for need, person, decline in state.declines:
        line = coming.get(need.event_id)
        if line and (need.id in missing or today - decline.said_on <= SOON):
            then = "Zoek iemand anders." if need.id in missing else "Er zijn nog genoeg mensen."
            yield Attention(
                kind="mensen",
                text=f"{say_decline(person, decline, need=need.label(state.language_names))} {then}",
                event_id=line.id,
                event_title=line.title,
                due=line.first,
            )


def _languages(state: YearState, lines: Iterable[EventLine], today: date) -> Iterable[Attention]:
    """Yield evenings for which a language misses an interpreter, from 14, 7 and 1 school days before on."""
    days = state.calendar.school_days()
    for line in lines:
        left = sum(today < day <= line.first for day in days)
        gaps = (gap for gap in state.gaps[line.id] if gap.language and state.need(gap.need_id).class_id is None)
        names = sorted({state.language_names.get(gap.language or "", gap.language or "") for gap in gaps})
        if line.first >= today and names and left <= max(ALERTS):
            most = min(alert for alert in ALERTS if left <= alert)
            moment = "De avond is bijna" if most == min(ALERTS) else f"Nog hooguit {most} schooldagen"
            yield Attention(
                kind="talen",
                text=f"Geen tolk voor {', '.join(names)}. {moment}: kijk wie kan.",
                event_id=line.id,
                event_title=line.title,
                due=line.first,
            )


def _attention(
    workspace: Workspace, state: YearState, lines: tuple[EventLine, ...], today: date
) -> tuple[Attention, ...]:
    """Return what to do soon: who said no, the coming week, then what is late, the latest of that first."""
    found = [*_languages(state, lines, today), *_missing(lines, today), *_steps(workspace, state, today)]
    return (
        *_declined(state, lines, today),
        *sorted(found, key=lambda a: (a.overdue, abs(((a.due or today) - today).days), a.event_id)),
    )


@allowed(Right.SEE_YEAR)
def year_view(workspace: Workspace, *, now: datetime) -> YearView:
    """Return the year page; NotFoundError when no school is set up."""
    state = load_state(workspace)
    today = now.astimezone(AMSTERDAM).date()
    lines = event_lines(state)
    last = publishing.last_publication(workspace)
    return YearView(
        school=state.school.name,
        label=state.calendar.label,
        region=state.facts.region,
        today=today,
        months=state.once("months", lambda: _months(state.calendar, lines)),
        events=lines,
        attention=_attention(workspace, state, lines, today),
        problems=tuple(problem_of(state, violation) for violation in state.violations),
        changes=publishing.unpublished(workspace, state),
        published_at=last.published_at if last else None,
        planned=bool(lines),
        held=holding.hold_of(workspace),
    )


@allowed(Right.SEE_YEAR)
def year_facts(workspace: Workspace) -> dict[str, Any]:
    """Return the year in the shape that README documents for `planner year … --json`."""
    state = load_state(workspace)
    return {
        "school": state.school.name,
        "year": state.calendar.label,
        "region": state.facts.region,
        "events": [
            {
                "id": line.id,
                "runbook": line.runbook,
                "occurrence": state.event(line.id).occurrence.title,
                "title": line.title,
                "date": line.first,
                "last_date": line.last,
                "start": line.start.astimezone(AMSTERDAM),
                "end": line.end.astimezone(AMSTERDAM),
                "reason": line.reason,
                "pinned": line.pinned,
                "families": line.families,
            }
            for line in event_lines(state)
        ],
        "violations": [{"rule": v.rule, "hard": v.hard, "where": v.where, "why": v.why} for v in state.violations],
    }
