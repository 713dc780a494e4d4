"""A round of conversations for every pupil of a school: the search next to the simple one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from planner.domain.people import PersonKind, Skill
from planner.domain.talkcost import cost_of
from planner.domain.talkmaking import Invited, apart_pairs, make_talks, sibling_groups
from planner.domain.talkrules import validate_talks
from planner.domain.talks import TalkProblem, Window, Wish
from planner.solving.talks import GreedyTalks, SearchTalks
from tests.benchmarks import schools
from tests.benchmarks.clock import seconds_of
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.domain.people import Person
    from planner.domain.talks import TalkPlan

PUPILS_AN_INTERPRETER = 50  # 12 interpreters in a school of 600
OPENS, CLOSES = 14 * 60, 19 * 60
DAYS = 10


def problem_of(size: int) -> TalkProblem:
    """Return a round for every pupil of a demo school, with an interpreter for every fifty pupils."""
    year, made = schools.demo_problem(size)
    calendar, school = year.calendar, year.school
    days = [day for day in calendar.school_days() if day >= calendar.first_day + timedelta(days=70)]
    days = [day for day in days if day.weekday() in school.evenings][:DAYS]
    mentors = {p.class_id: p.id for p in made.people if p.class_id}
    people = [p for p in made.people if p.class_id] + _interpreters(made.people, school, size)
    wishes = {
        home.id: Wish(weekdays=frozenset({at % 4}), apart=at % 8 == 0)
        for at, home in enumerate(school.households)
        if at % 4 == 0
    }
    invited = Invited(
        school=school,
        pupil_ids=tuple(pupil.id for pupil in school.pupils),
        mentors=mentors,
        people={p.id: p for p in people},
        wishes=wishes,
    )
    talks = make_talks(invited)
    rooms = [room for room in made.rooms if room.id.startswith("r")]
    return TalkProblem(
        talks=talks,
        windows=tuple(Window(day=day, start=OPENS, end=CLOSES) for day in days),
        people=tuple(people),
        rooms={mentor: rooms[at % len(rooms)] for at, mentor in enumerate(mentors.values())},
        siblings=sibling_groups(talks),
        apart=apart_pairs(invited, talks),
    )


def _interpreters(people: tuple[Person, ...], school: object, size: int) -> list[Person]:
    """Return the interpreters; each of them speaks another share of all the languages that are asked for."""
    asked: dict[str, int] = {}
    for home in school.households:
        if home.interpreter:
            asked[home.language] = asked.get(home.language, 0) + 1
    count = max(2, ceil(size / PUPILS_AN_INTERPRETER))
    load, speaks = [0.0] * count, [set() for _ in range(count)]
    for language, families in sorted(asked.items(), key=lambda item: (-item[1], item[0])):
        for _ in range(ceil(families * count / sum(asked.values()) + 0.3)):
            who = min((at for at in range(count) if language not in speaks[at]), key=lambda at: (load[at], at))
            speaks[who].add(language)
            load[who] += families / ceil(families * count / sum(asked.values()) + 0.3)
    helpers = [p for p in people if p.kind is PersonKind.KEY_PARENT] * 3
    return [
        replace(
            helpers[at], id=f"tolk-{at}", roles=frozenset({"tolk"}),
            skills=tuple(Skill(language=c) for c in sorted(speaks[at])),
            weekdays=frozenset(range(5)), not_before=None, unavailable=frozenset(), max_evenings=10, max_hours=6,
        )
        for at in range(count)
    ]  # fmt: skip


def _checked(problem: TalkProblem, plan: TalkPlan) -> TalkPlan:
    hard = sorted({violation.rule for violation in validate_talks(problem, plan) if violation.hard})
    if hard:
        raise RuntimeError(f"a solver broke the hard rules {hard}")
    return plan


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield time and waiting of the search, next to the simple search."""
    problem = problem_of(size)
    made: dict[str, TalkPlan] = {}
    greedy = seconds_of(lambda: made.update(greedy=GreedyTalks().propose(problem)))
    search = seconds_of(lambda: made.update(search=SearchTalks().propose(problem)))
    simple, kept = (cost_of(problem, _checked(problem, made[name])) for name in ("greedy", "search"))
    yield Row(name="talks/first", size=size, value=greedy, unit="s")
    yield Row(name="talks/kept", size=size, value=search, unit="s", peer="greedy", ratio=search / greedy)
    yield Row(
        name="talks/open",
        size=size,
        value=kept.open,
        unit="talks",
        peer="greedy",
        ratio=(kept.open + 1) / (simple.open + 1),
    )
    yield Row(
        name="talks/waiting",
        size=size,
        value=kept.waiting,
        unit="min",
        peer="greedy",
        ratio=kept.waiting / max(simple.waiting, 1),
    )
    yield Row(
        name="talks/cost",
        size=size,
        value=kept.total,
        unit="min",
        peer="greedy",
        ratio=kept.total / max(simple.total, 1),
    )
