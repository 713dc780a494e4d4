from datetime import date

import pytest

from planner.domain.requirements import (
    DayRule,
    DistinctDays,
    Finding,
    GapRule,
    NextGapRule,
    Violation,
    WeekLimit,
    gap_days,
    gap_words,
    monday,
)
from planner.domain.year import Span


def on(first, last=0):
    """Return a span in October 2026 by day numbers."""
    return Span(first=date(2026, 10, first), last=date(2026, 10, last or first))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 dag erna"),
        (3, "3 dagen erna"),
        (7, "1 week erna"),
        (14, "2 weken erna"),
        (15, "15 dagen erna"),
        (-1, "1 dag ervoor"),
        (-21, "3 weken ervoor"),
        (0, "op dezelfde dag"),
    ],
)
def test_gap_is_said_in_dutch(days, words):
    assert gap_words(days) == words


def test_gap_is_counted_from_the_end_of_a_round():
    assert gap_days(on(5, 9), on(12)) == 3
    assert gap_days(on(5, 9), on(7)) == -2


def test_week_starts_on_monday():
    assert monday(date(2026, 10, 11)) == date(2026, 10, 5)


def test_day_rule_reads_its_own_event_only():
    rule = DayRule(rule="K06", hard=False, weight=3, event="a", look=lambda span: Finding("Feest.", span.first.day))

    assert list(rule.violations({"b": on(5)})) == []
    assert list(rule.violations({"a": on(5), "b": on(6)})) == [
        Violation(rule="K06", hard=False, where="a", why="Feest.", weight=15)
    ]


def test_day_rule_is_silent_on_a_good_day():
    rule = DayRule(rule="K01", hard=True, weight=0, event="a", look=lambda _: None)

    assert list(rule.violations({"a": on(5)})) == []


def gap_rule(least=14, most=28):
    return GapRule(rule="C05", hard=False, weight=15, first="a", then="b", min_days=least, max_days=most, wish="B na A")


@pytest.mark.parametrize(("then", "kept"), [(18, False), (19, True), (30, True), (31, False)])
def test_gap_rule_keeps_both_ends(then, kept):
    spans = {"a": on(1, 5), "b": on(then)}

    assert (list(gap_rule(least=14, most=25).violations(spans)) == []) is kept


def test_gap_rule_says_what_the_gap_is_now():
    (violation,) = gap_rule().violations({"a": on(5), "b": on(12)})

    assert violation == Violation(rule="C05", hard=False, where="b", why="B na A; nu is het 1 week erna.", weight=15)


@pytest.mark.parametrize("spans", [{"a": on(5)}, {"b": on(5)}, {}])
def test_gap_rule_waits_for_both_dates(spans):
    assert list(gap_rule().violations(spans)) == []


def test_order_has_no_latest_day():
    assert list(gap_rule(least=1, most=None).violations({"a": on(1), "b": on(31)})) == []
    assert len(list(gap_rule(least=1, most=None).violations({"a": on(6), "b": on(6)}))) == 1


NEXT = NextGapRule(
    rule="C03", hard=False, weight=10, first="a", thens=("b", "c"), min_days=7, max_days=14, wish="Er hoort wat"
)


@pytest.mark.parametrize(
    ("spans", "why"),
    [
        ({"a": on(1), "b": on(8), "c": on(30)}, None),
        ({"a": on(1), "b": on(3), "c": on(15)}, None),
        ({"a": on(1), "b": on(4), "c": on(30)}, "Er hoort wat; het eerste is 3 dagen erna."),
        ({"a": on(10), "b": on(4), "c": on(30)}, "Er hoort wat; het eerste is 20 dagen erna."),
        ({"a": on(10), "b": on(4), "c": on(10)}, "Er hoort wat; er komt geen gesprek meer."),
        ({"a": on(10)}, "Er hoort wat; er komt geen gesprek meer."),
        ({"b": on(10)}, None),
    ],
)
def test_next_gap_rule_asks_for_one_of_several(spans, why):
    expected = [] if why is None else [Violation(rule="C03", hard=False, where="a", why=why, weight=10)]

    assert list(NEXT.violations(spans)) == expected


def test_distinct_days_names_the_evening_that_was_first():
    rule = DistinctDays(
        rule="K04", hard=True, weight=0, events=("a", "b", "c", "d"), titles={"a": "Welkom", "b": "Markt"}
    )
    spans = {"a": on(6), "b": on(6), "c": on(6), "e": on(6)}

    assert list(rule.violations(spans)) == [
        Violation(rule="K04", hard=True, where=event, why="Op 6 oktober is er al een avond: 'Welkom'.")
        for event in ("b", "c")
    ]


def test_week_limit_counts_what_is_too_much():
    rule = WeekLimit(rule="K05", hard=False, weight=8, events=("a", "b", "c", "d", "e"), limit=2)
    spans = {"a": on(5), "b": on(6), "c": on(8), "d": on(11), "z": on(9)}

    assert list(rule.violations(spans)) == [
        Violation(
            rule="K05",
            hard=False,
            where="week van 5 oktober",
            why="In de week van 5 oktober zijn er 4 avonden; 2 is genoeg.",
            weight=16,
        )
    ]
