"""A round of conversations for every pupil of a school: the search next to the simple one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from math import ceil
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from planner.domain.staffing.people import PersonKind, Skill
from planner.domain.talks.bound import least_cost
from planner.domain.talks.cost import cost_of, idle_minutes
from planner.domain.talks.making import Invited, apart_pairs, make_talks, sibling_groups
from planner.domain.talks.plan import TalkProblem, Window, Wish, in_order
from planner.domain.talks.rules import validate_talks
from planner.solving.talkboard import Board
from planner.solving.talkrepair import RepairTalks, changed
from planner.solving.talks import GreedyTalks, SearchTalks
from tests.benchmarks import schools
from tests.benchmarks.clock import peak_mb, seconds_of
from tests.benchmarks.limits import Deadline, NotInTime
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from planner.domain.school import School
    from planner.domain.staffing.people import Person
    from planner.domain.talks.plan import TalkPlan

PUPILS_AN_INTERPRETER = 50  # 12 interpreters in a school of 600
OPENS, CLOSES = 14 * 60, 19 * 60
DAYS = 10
UNITS = {
    "open": "talks", "wishes": "families", "waiting": "min", "between": "min", "comings": "days", "gaps": "min",
    "cost": "min",
}  # fmt: skip


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


def between(problem: TalkProblem, plan: TalkPlan) -> int:
    """Return all minutes of interpreters and guests between their first and last talk of a day without a talk.

    What they see of it: waiting, walking, and the pauses that every plan has.
    """
    days: defaultdict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for slot, talk in problem.known(plan):
        for who in {slot.interpreter_id, slot.guest_id} - {""} - problem.mentors:
            days[who, slot.day].append((slot.start, slot.start + talk.minutes))
    return sum(idle_minutes(sorted(talks), 0) for talks in days.values())


def _ratio(mine: float, other: float) -> float:
    """Return a ratio that also says something when there is nothing left: one more of each."""
    return (mine + 1) / (other + 1)


def measure(_: Path, size: int) -> Iterator[Row]:
    """Yield first answer, kept answer and bound, next to the simple search and to a plan made by hand, and a repair."""
    problem = problem_of(size)
    made: dict[str, TalkPlan] = {}
    first = seconds_of(lambda: made.update(greedy=GreedyTalks().propose(problem)))
    started = process_time()
    kept = seconds_of(lambda: made.update(kept=SearchTalks().propose(problem)))
    worked = process_time() - started
    made["by-hand"] = by_hand(problem)
    found = {name: _figures(problem, _checked(problem, plan)) for name, plan in made.items()}
    mine, least = found["kept"], least_cost(problem).total

    def row(what: str, value: float, unit: str, peer: str = "", ratio: float | None = None) -> Row:
        return Row(name=f"talks/{what}", size=size, value=value, unit=unit, peer=peer, ratio=ratio)

    yield row("talks", len(problem.talks), "talks")
    yield row("first", first, "s")
    yield replace(row("kept", kept, "s", "first", kept / first), peak_mb=peak_mb())
    yield row("kept-cpu", worked, "s", "talks/kept", worked / kept)
    for peer in ("greedy", "by-hand"):
        for name, unit in UNITS.items():
            yield row(name, mine[name], unit, peer, _ratio(mine[name], found[peer][name]))
    for name, unit in UNITS.items():
        yield row(f"greedy-{name}", found["greedy"][name], unit)
    yield row("bound", least, "min", "talks/cost", _ratio(least, mine["cost"]))
    yield from _repaired(problem, made["kept"], size)


def _figures(problem: TalkProblem, plan: TalkPlan) -> dict[str, int]:
    """Return what a plan costs, as the rows name it."""
    cost = cost_of(problem, plan)
    return {
        "open": cost.open,
        "wishes": cost.wishes,
        "waiting": cost.waiting,
        "between": between(problem, plan),
        "comings": cost.comings,
        "gaps": cost.gaps,
        "cost": cost.total,
    }


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
    """Yield a bound by HiGHS, and its own plan: a start every quarter of an hour, and no view of waiting."""
    from tests.benchmarks.talksdays import bound_of  # noqa: PLC0415 - not in the process of OR-Tools
    from tests.benchmarks.talkshighs import HighsTalks  # noqa: PLC0415

    problem = problem_of(size)

    def row(what: str, value: float, unit: str, note: str = "") -> Row:
        return Row(name=f"talks/highs-{what}", size=size, value=value, unit=unit, note=note)

    start = perf_counter()
    try:
        bound, note = bound_of(problem, Deadline())
    except NotInTime as late:
        yield row("bound-time", perf_counter() - start, "s", str(late))
    else:
        yield row("bound-time", perf_counter() - start, "s", note)
        yield row("bound", bound, "min", note)
    start = perf_counter()
    try:
        plan, note = HighsTalks().propose(problem, Deadline())
    except NotInTime as late:
        yield row("time", perf_counter() - start, "s", str(late))
    else:
        yield row("time", perf_counter() - start, "s", note)
        found = _figures(problem, _checked(problem, plan))
        for name in ("open", "waiting", "between", "comings", "cost"):
            yield row(name, found[name], UNITS[name], note)
