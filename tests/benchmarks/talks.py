"""A round of conversations for every pupil of a school: the search next to the simple one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil
from time import process_time
from typing import TYPE_CHECKING

from planner.domain.staffing.people import PersonKind, Skill
from planner.domain.talks.cost import COMING, comes_from_outside, cost_of
from planner.domain.talks.making import Invited, apart_pairs, make_talks, sibling_groups
from planner.domain.talks.plan import TalkProblem, Window, Wish, in_order
from planner.domain.talks.rules import validate_talks
from planner.solving.talkboard import Board
from planner.solving.talkrepair import RepairTalks, changed
from planner.solving.talks import GreedyTalks, SearchTalks
from tests.benchmarks import schools
from tests.benchmarks.clock import peak_mb, seconds_of
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.domain.school import School
    from planner.domain.staffing.people import Person
    from planner.domain.talks.plan import Talk, TalkPlan

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


def _interpreters(people: tuple[Person, ...], school: School, size: int) -> list[Person]:
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


def by_hand(problem: TalkProblem) -> TalkPlan:
    """Return the plan of somebody with a list: mentor by mentor, each talk at the first free time."""
    board = Board(problem)
    for talk in sorted(problem.talks, key=lambda talk: talk.mentors):
        first = min(board.options(talk), key=lambda o: (o.slot.day, o.slot.start, o.slot.interpreter_id), default=None)
        if first:
            board.put(first.slot)
    return in_order(board.slots.values())


def bound_of(problem: TalkProblem) -> int:
    """Return a cost that no plan is below: helpers come at least so often that their hours hold the talks."""
    outside = [talk for talk in problem.talks if talk.language and _only_from_outside(problem, talk)]
    longest = max(sum(w.minutes for w in problem.windows if w.day == day) for day in problem.days)
    return COMING * ceil(sum(talk.minutes for talk in outside) / longest)


def _only_from_outside(problem: TalkProblem, talk: Talk) -> bool:
    return all(comes_from_outside(problem, who) for who in problem.interpreters[talk.id])


def _ratio(mine: float, other: float) -> float:
    """Return a ratio that also says something when there is nothing left: one more of each."""
    return (mine + 1) / (other + 1)


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield the first answer, the kept one and a repair, next to the simple search and to a plan made by hand."""
    problem = problem_of(size)
    made: dict[str, TalkPlan] = {}
    first = seconds_of(lambda: made.update(greedy=GreedyTalks().propose(problem)))
    started = process_time()
    kept = seconds_of(lambda: made.update(search=SearchTalks().propose(problem)))
    worked = process_time() - started
    made["hand"] = by_hand(problem)
    mine, simple, hand = (cost_of(problem, _checked(problem, made[name])) for name in ("search", "greedy", "hand"))
    yield Row(name="talks/first", size=size, value=first, unit="s")
    yield Row(name="talks/kept", size=size, value=kept, unit="s", peer="first", ratio=kept / first, peak_mb=peak_mb())
    yield Row(name="talks/kept-cpu", size=size, value=worked, unit="s", peer="talks/kept", ratio=worked / kept)
    for peer, other in (("greedy", simple), ("by-hand", hand)):
        for name, unit in (("open", "talks"), ("waiting", "min"), ("comings", "days"), ("gaps", "min")):
            value, peers = getattr(mine, name), getattr(other, name)
            yield Row(name=f"talks/{name}", size=size, value=value, unit=unit, peer=peer, ratio=_ratio(value, peers))
        yield Row(
            name="talks/cost",
            size=size,
            value=mine.total,
            unit="min",
            peer=peer,
            ratio=mine.total / max(1, other.total),
        )
    bound = bound_of(problem)
    yield Row(
        name="talks/bound", size=size, value=bound, unit="min", peer="talks/cost", ratio=bound / max(1, mine.total)
    )
    yield from _repaired(problem, made["search"], size)


def _repaired(problem: TalkProblem, plan: TalkPlan, size: int) -> Iterator[Row]:
    """Yield what it takes to repair the round when a mentor is ill for two days."""
    ill = problem.talks[0].mentors[0]
    days = problem.days[:2]
    broken = replace(problem, away=frozenset((ill, day) for day in days))
    hit = sum(ill in problem.people_of(slot) and slot.day in days for slot in plan)
    made: list[TalkPlan] = []
    seconds = seconds_of(lambda: made.append(RepairTalks().replan(broken, plan)))
    moved = len(changed({slot.talk_id: slot for slot in plan}, _checked(broken, made[0])))
    yield Row(name="talks/repair", size=size, value=seconds, unit="s")
    yield Row(name="talks/moved", size=size, value=moved, unit="talks", peer="talks hit", ratio=_ratio(moved, hit))


def outside(_: Path, size: int) -> Iterator[Row]:
    """Yield time and cost of HiGHS on the same talks, with a start every quarter of an hour and no view of waiting."""
    from tests.benchmarks.talkshighs import HighsTalks  # noqa: PLC0415 - not in the process of OR-Tools

    problem = problem_of(size)
    made: list[TalkPlan] = []
    seconds = seconds_of(lambda: made.append(HighsTalks().propose(problem)))
    cost = cost_of(problem, _checked(problem, made[0]))
    yield Row(name="talks/highs-time", size=size, value=seconds, unit="s")
    yield Row(name="talks/highs-open", size=size, value=cost.open, unit="talks")
    yield Row(name="talks/highs-waiting", size=size, value=cost.waiting, unit="min")
    yield Row(name="talks/highs-cost", size=size, value=cost.total, unit="min")
