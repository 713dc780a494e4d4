"""A day for one activity more: held against every day there is, by the judge itself."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from make import a_calendar, a_period, a_year, an_occurrence

from planner.domain.calendar import PeriodKind
from planner.domain.daychoice import best_day
from planner.domain.rules import validate_year
from planner.domain.year import PlannedEvent

AUTUMN = {"first": date(2026, 9, 7), "last": date(2026, 10, 2)}
DAYS = st.dates(date(2026, 8, 31), date(2026, 10, 16))


def on(problem, event_id, day):
    return PlannedEvent(id=event_id, runbook_id="avond", span=problem.span(event_id, day), pupil_ids=())


@given(DAYS, DAYS, DAYS, st.sampled_from([kind for kind in PeriodKind if kind is not PeriodKind.RAMADAN]))
@settings(max_examples=25, deadline=None)
def test_no_day_breaks_less_and_lies_nearer(first, other, after, kind):
    calendar = a_calendar(a_period("2026-09-14", "2026-09-25", kind), last="2026-10-16")
    three = [an_occurrence(each, **AUTUMN) for each in ("markt", "andere", "markt-avond-2")]
    problem = a_year(*three, calendar=calendar)
    plan = (on(problem, "markt", first), on(problem, "andere", other))

    def cost(day):
        found = validate_year(problem, (*plan, on(problem, "markt-avond-2", day)))
        return sum(each.hard for each in found), sum(each.weight for each in found), abs((day - first).days), day

    found = best_day(problem, plan, "markt-avond-2", near=first, after=after)

    days = [day for day in calendar.school_days() if day > after]
    best = min(map(cost, days), default=None)
    before = sum(each.hard for each in validate_year(a_year(*three[:2], calendar=calendar), plan))
    assert found == (best[3] if best and best[0] <= before else None)


def test_no_day_when_every_one_is_taken():
    calendar = a_calendar(first="2026-09-07", last="2026-09-08")
    problem = a_year(*(an_occurrence(each, **AUTUMN) for each in ("a", "b", "c")), calendar=calendar)
    plan = (on(problem, "a", date(2026, 9, 7)), on(problem, "b", date(2026, 9, 8)))

    assert best_day(problem, plan, "c", near=date(2026, 9, 7), after=date(2026, 9, 1)) is None
    assert best_day(problem, plan[:1], "b", near=date(2026, 9, 7), after=date(2026, 9, 8)) is None
