"""One contract for every solver of dates, on random small years, with brute force as the judge of CP-SAT."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from make import a_calendar, a_check, a_period, a_rule, a_runbook, a_school, a_year, an_occurrence

from planner.domain.calendar import PeriodKind
from planner.domain.cycle import CheckKind
from planner.domain.requirements import DayRule
from planner.domain.rules import cost, plan_from, requirements, validate_year
from planner.domain.runbook import Kind
from planner.errors import InfeasibleError
from planner.solving.dates import CpSatDates
from planner.solving.greedy import GreedyDates

SOLVERS = (CpSatDates, GreedyDates)
FIRST = date(2026, 10, 5)  # a Monday
DAYS = 14  # ten school days at most
NAMES = ("a", "b", "c", "d")

few = settings(max_examples=30, deadline=None)
days = st.integers(0, DAYS - 1).map(lambda offset: FIRST + timedelta(days=offset))


@st.composite
def periods(draw):
    first = draw(days)
    kind = draw(st.sampled_from([PeriodKind.CLOSED, PeriodKind.FEAST, PeriodKind.TEST_WEEK, PeriodKind.RAMADAN]))
    last = first + timedelta(days=draw(st.integers(0, 2)))
    return a_period(first.isoformat(), last.isoformat(), kind, name=kind.value)


@st.composite
def rules(draw, names):
    first, then, other = draw(st.permutations([*names, *names]))[:3]
    kind = draw(st.sampled_from([CheckKind.ORDER, CheckKind.GAP, CheckKind.NEXT_GAP, CheckKind.LESSON_FOLLOWS]))
    thens = (then, other) if kind is CheckKind.NEXT_GAP else (then,)
    check = a_check(
        kind,
        first,
        [name for name in dict.fromkeys(thens) if name != first],
        hard=draw(st.integers(0, 3)) == 0,
        weight=draw(st.sampled_from([3, 10, 15])),
        min_weeks=draw(st.integers(0, 1)),
        max_weeks=draw(st.integers(0, 1)) + 1,
        days=draw(st.integers(1, 3)),
    )
    return a_rule(check, rule_id=draw(st.sampled_from(["C01", "C03", "C05"])))


@st.composite
def years(draw, count=3):
    """Return a year of two weeks with a few evenings and rounds, some rules between them and some pinned dates."""
    names = NAMES[: draw(st.integers(2, count))]
    runbooks, occurrences = [], []
    for name in names:
        kind = draw(st.sampled_from([Kind.EVENING, Kind.EVENING, Kind.CONVERSATION]))
        length = draw(st.integers(1, 3)) if kind is Kind.CONVERSATION else 1
        runbooks.append(a_runbook(id=name, title=name.upper(), kind=kind, round_school_days=length))
        window = sorted([draw(days), draw(days)])
        occurrences.append(an_occurrence(name, runbook_id=name, title=name.upper(), first=window[0], last=window[1]))
    evenings = draw(st.sets(st.integers(0, 4), min_size=1).map(sorted))
    found = draw(st.lists(rules(names), max_size=4))
    pinned = draw(st.dictionaries(st.sampled_from(names), days, max_size=2)) if draw(st.booleans()) else {}
    return a_year(
        *occurrences,
        runbooks=runbooks,
        rules=[replace(rule, id=f"{rule.id}") for rule in found],
        calendar=a_calendar(
            *draw(st.lists(periods(), max_size=3)),
            first=FIRST.isoformat(),
            last=(FIRST + timedelta(days=DAYS - 1)).isoformat(),
        ),
        school=a_school(evenings=dict.fromkeys(evenings, date.min and _seven())),
        pins=pinned,
    )


def _seven():
    from datetime import time

    return time(19)
