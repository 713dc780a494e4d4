"""Who walks where, when all pupils of a school come: the construction, the planner, the simple search and HiGHS.

The carousel has the fewest rooms in which counting says it fits, so nothing is to spare. HiGHS has a process of its
own: its library and that of OR-Tools cannot be loaded together.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from planner.domain.routes.count import count_rounds
from planner.domain.routes.groups import make_groups
from planner.domain.routes.guests import Partner, parents_of, speed_dates
from planner.domain.routes.parties import parties_of
from planner.domain.routes.rounds import RoundsProblem, Stop, missing_own, missing_visits, rounds_from
from planner.domain.routes.rules import validate_rounds
from planner.domain.staffing.shortages import own_shortages
from planner.solving.rounds import GreedyRounds, first_answer
from tests.benchmarks import schools
from tests.benchmarks.clock import seconds_of
from tests.benchmarks.limits import Deadline, NotInTime
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from planner.domain.routes.parties import Party
    from planner.domain.routes.rounds import Visits

START = datetime(2027, 3, 2, 16, 30, tzinfo=UTC)
SECTORS = ("Horeca", "Zorg", "Bouw", "Kinderen", "Sport")
ROUNDS, WANTED, TOUR_STOPS, TOUR_SIZE, DATES = 5, 4, 4, 10, 5


def _parties(size: int) -> tuple[Party, ...]:
    problem, _ = schools.demo_problem(size)
    return parties_of(problem.school, [pupil.id for pupil in problem.school.pupils])


def _rounds(number: int, minutes: int) -> tuple:
    return rounds_from(START, number, session=timedelta(minutes=minutes), gap=timedelta(minutes=5))


def _market(size: int) -> RoundsProblem:
    """Return the market with room after room added to the sectors in turn, until it fits."""
    problem = RoundsProblem(walkers=make_groups(_parties(size)), stops=(), rounds=_rounds(ROUNDS, 20), wanted=WANTED)
    number = 0
    while not count_rounds(problem).fits:
        sector = SECTORS[number % len(SECTORS)]
        problem = replace(problem, stops=(*problem.stops, Stop(id=f"s{number}", name=sector, topic=sector)))
        number += 1
    return problem


def _tours(size: int) -> list[RoundsProblem]:
    """Return the tours that a school of this size needs: in each as many groups as can go without waiting long."""
    groups, most = make_groups(_parties(size), TOUR_SIZE), 2 * TOUR_STOPS
    stops = tuple(Stop(id=f"t{number}", name=f"Plek {number}", topic=f"t{number}") for number in range(TOUR_STOPS))
    return [
        RoundsProblem(
            walkers=groups[at : at + most],
            stops=stops,
            rounds=_rounds(max(len(groups[at : at + most]), TOUR_STOPS), 8),
            wanted=TOUR_STOPS,
            longest_wait=1,
        )
        for at in range(0, len(groups), most)
    ]


def _dates(size: int) -> RoundsProblem:
    """Return a speed date with a partner for each parent; a fifth of them speaks a home language."""
    guests = parents_of(_parties(size))
    spoken = sorted({guest.language for guest in guests})
    partners = [
        Partner(id=f"p{number}", name=f"P {number}",
                languages=frozenset({"nl", spoken[number // 5 % len(spoken)]} if number % 5 == 0 else {"nl"}))
        for number in range(len(guests))
    ]  # fmt: skip
    return speed_dates(guests, partners, _rounds(DATES, 6), wanted=DATES)


def _checked(problem: RoundsProblem, visits: Visits) -> int:
    hard = [violation.why for violation in validate_rounds(problem, visits) if violation.hard]
    if hard:
        raise RuntimeError(f"a solver broke hard rules: {hard[:3]}")
    return missing_visits(problem, visits) + missing_own(problem, visits)


def _bound(problem: RoundsProblem) -> int:
    return count_rounds(problem).missing + sum(shortage.missing for shortage in own_shortages(problem))


def _timed(problems: Sequence[RoundsProblem], solve: Callable[[int], Visits]) -> tuple[float, int]:
    """Return the seconds that `solve` takes for all problems, by number, and how much the answers miss."""
    made: list[Visits] = []
    seconds = seconds_of(lambda: made.extend(solve(number) for number in range(len(problems))))
    return seconds, sum(_checked(problem, visits) for problem, visits in zip(problems, made, strict=True))


def _rows(name: str, size: int, problems: Sequence[RoundsProblem]) -> Iterator[Row]:
    """Yield first answer, kept answer and bound, the simple search beside them, and a repair after a lost stop."""
    from planner.solving.roundmodel import RoundPlanner  # noqa: PLC0415 - OR-Tools is not for the process of HiGHS
    from planner.solving.solver import cp_sat  # noqa: PLC0415

    cp_sat()  # the import is part of `main-job`, not of this
    planner, greedy = RoundPlanner(), GreedyRounds()
    first, first_missing = _timed(problems, lambda at: first_answer(problems[at]))
    kept, kept_missing = _timed(problems, lambda at: planner.propose(problems[at]))
    simple, simple_missing = _timed(problems, lambda at: greedy.propose(problems[at]))
    visits = [planner.propose(problem) for problem in problems]
    lost = [replace(problem, stops=problem.stops[1:]) for problem in problems]
    again, again_missing = _timed(lost, lambda at: planner.replan(lost[at], visits[at]))
    simply, simply_missing = _timed(lost, lambda at: greedy.replan(lost[at], visits[at]))

    def row(what: str, value: float, unit: str, ratio: float | None = None) -> Row:
        peer = "" if ratio is None else "greedy"
        return Row(name=f"{name}/{what}", size=size, value=value, unit=unit, peer=peer, ratio=ratio)

    yield row("walkers", sum(len(problem.walkers) for problem in problems), "walkers")
    yield row("first", first, "s", first / simple)
    yield row("kept", kept, "s", kept / simple)
    yield row("greedy", simple, "s")
    yield row("bound", sum(map(_bound, problems)), "visits")
    yield row("first-missing", first_missing, "visits", (first_missing + 1) / (simple_missing + 1))
    yield row("kept-missing", kept_missing, "visits", (kept_missing + 1) / (simple_missing + 1))
    yield row("greedy-missing", simple_missing, "visits")
    yield row("replan", again, "s", again / simply)
    yield row("replan-bound", sum(map(_bound, lost)), "visits")
    yield row("replan-missing", again_missing, "visits", (again_missing + 1) / (simply_missing + 1))


def _outside(name: str, size: int, problems: Sequence[RoundsProblem]) -> Iterator[Row]:
    """Yield the same by HiGHS: the time, what is missed, and when it was not done in time, that."""
    from tests.benchmarks.roundhighs import propose  # noqa: PLC0415 - not in the process of OR-Tools

    deadline, done = Deadline(), list[str]()

    def solve(at: int) -> Visits:
        visits, note = propose(problems[at], deadline)
        done.append(note)
        return visits

    start = perf_counter()
    try:
        seconds, missing = _timed(problems, solve)
    except NotInTime as late:
        note = f"{late}, {len(done)} van {len(problems)} klaar" if len(problems) > 1 else str(late)
        yield Row(name=f"{name}/highs-time", size=size, value=perf_counter() - start, unit="s", note=note)
        return
    note = "; ".join(sorted({*done} - {""}))
    yield Row(name=f"{name}/highs-time", size=size, value=seconds, unit="s", note=note)
    yield Row(name=f"{name}/highs-missing", size=size, value=missing, unit="visits", note=note)


def carousel(_: Path, size: int) -> Iterator[Row]:
    """Yield the market."""
    return _rows("carousel", size, [_market(size)])


def tours(_: Path, size: int) -> Iterator[Row]:
    """Yield the tours of the whole school."""
    return _rows("tours", size, _tours(size))


def speeddates(_: Path, size: int) -> Iterator[Row]:
    """Yield the speed date."""
    return _rows("speeddates", size, [_dates(size)])


def carousel_outside(_: Path, size: int) -> Iterator[Row]:
    """Yield the market by HiGHS."""
    return _outside("carousel", size, [_market(size)])


def tours_outside(_: Path, size: int) -> Iterator[Row]:
    """Yield the tours of the whole school by HiGHS."""
    return _outside("tours", size, _tours(size))


def speeddates_outside(_: Path, size: int) -> Iterator[Row]:
    """Yield the speed date by HiGHS."""
    return _outside("speeddates", size, [_dates(size)])
