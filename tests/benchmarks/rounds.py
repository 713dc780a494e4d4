"""Who walks where, when all pupils of a school come: the construction, the planner, the simple search and HiGHS.

The carousel has the fewest rooms in which counting says it fits, so nothing is to spare. HiGHS has a process of its
own: its library and that of OR-Tools cannot be loaded together.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
from tests.benchmarks.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planner.domain.routes.parties import Party
    from planner.domain.routes.rounds import Visits

START = datetime(2027, 3, 2, 16, 30, tzinfo=UTC)
SECTORS = ("Horeca", "Zorg", "Bouw", "Kinderen", "Sport")
ROUNDS, WANTED, TOUR_STOPS, TOUR_SIZE, DATES = 5, 4, 4, 10, 5
LARGEST_OUTSIDE = 20_000  # cells; a larger one does not fit in the time of a benchmark


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


def _tour(size: int) -> RoundsProblem:
    """Return one of the tours that a school of this size needs: as many groups as can go round without waiting long."""
    groups = make_groups(_parties(size), TOUR_SIZE)[: 2 * TOUR_STOPS]
    stops = tuple(Stop(id=f"t{number}", name=f"Plek {number}", topic=f"t{number}") for number in range(TOUR_STOPS))
    rounds = _rounds(max(len(groups), TOUR_STOPS), 8)
    return RoundsProblem(walkers=groups, stops=stops, rounds=rounds, wanted=TOUR_STOPS, longest_wait=1)


def _dates(size: int) -> RoundsProblem:
    """Return a speed date with a partner for each parent; a fifth of them speaks a home language."""
    guests = parents_of(_parties(size))
    spoken = sorted({guest.language for guest in guests})
    partners = [
        Partner(id=f"p{number}", name=f"P {number}",
                languages=frozenset({"nl", spoken[number // 5 % len(spoken)]} if number % 5 == 0 else {"nl"}))
        for number in range(len(guests))
    ]  # fmt: skip
    return speed_dates(guests, partners, _rounds(DATES, 6))


def _checked(problem: RoundsProblem, visits: Visits) -> int:
    hard = [violation.why for violation in validate_rounds(problem, visits) if violation.hard]
    if hard:
        raise RuntimeError(f"a solver broke hard rules: {hard[:3]}")
    return missing_visits(problem, visits) + missing_own(problem, visits)


def _timed(problem: RoundsProblem, solve: Callable[[RoundsProblem], Visits]) -> tuple[float, int]:
    made: list[Visits] = []
    seconds = seconds_of(lambda: made.append(solve(problem)))
    return seconds, _checked(problem, made[0])


def _rows(name: str, size: int, problem: RoundsProblem) -> Iterator[Row]:
    """Yield first answer, kept answer and bound, the simple search beside them, and a repair after a lost stop."""
    from planner.solving.roundmodel import RoundPlanner  # noqa: PLC0415 - OR-Tools is not for the process of HiGHS
    from planner.solving.solver import cp_sat  # noqa: PLC0415

    cp_sat()  # the import is part of `main-job`, not of this
    first, first_missing = _timed(problem, first_answer)
    kept, kept_missing = _timed(problem, RoundPlanner().propose)
    simple, simple_missing = _timed(problem, GreedyRounds().propose)
    bound = count_rounds(problem).missing + sum(shortage.missing for shortage in own_shortages(problem))
    visits = RoundPlanner().propose(problem)
    lost = replace(problem, stops=problem.stops[1:])
    again, again_missing = _timed(lost, lambda changed: RoundPlanner().replan(changed, visits))
    simply, simply_missing = _timed(lost, lambda changed: GreedyRounds().replan(changed, visits))

    def row(what: str, value: float, unit: str, ratio: float | None = None) -> Row:
        return Row(name=f"{name}/{what}", size=size, value=value, unit=unit, peer="greedy", ratio=ratio)

    yield replace(row("walkers", len(problem.walkers), "walkers"), peer="")
    yield row("first", first, "s", first / simple)
    yield row("kept", kept, "s", kept / simple)
    yield row("replan", again, "s", again / simply)
    yield replace(row("replan-bound", count_rounds(lost).missing, "visits"), peer="")
    yield row("replan-missing", again_missing, "visits", again_missing / max(1, simply_missing))
    yield replace(row("bound", bound, "visits"), peer="")
    yield row("first-missing", first_missing, "visits")
    yield row("kept-missing", kept_missing, "visits")
    yield row("greedy-missing", simple_missing, "visits")


def carousel(_: Path, size: int) -> Iterator[Row]:
    """Yield the market."""
    return _rows("carousel", size, _market(size))


def tours(_: Path, size: int) -> Iterator[Row]:
    """Yield the tour."""
    return _rows("tours", size, _tour(size))


def speeddates(_: Path, size: int) -> Iterator[Row]:
    """Yield the speed date."""
    return _rows("speeddates", size, _dates(size))


def _outside(name: str, size: int, problem: RoundsProblem) -> Iterator[Row]:
    from tests.benchmarks.roundhighs import propose  # noqa: PLC0415 - not in the process of OR-Tools

    if len(problem.walkers) * len(problem.stops) * len(problem.rounds) > LARGEST_OUTSIDE:
        return
    seconds, missing = _timed(problem, propose)
    yield Row(name=f"{name}/highs-time", size=size, value=seconds, unit="s")
    yield Row(name=f"{name}/highs-missing", size=size, value=missing, unit="visits")


def carousel_outside(_: Path, size: int) -> Iterator[Row]:
    """Yield the market by HiGHS."""
    return _outside("carousel", size, _market(size))


def tours_outside(_: Path, size: int) -> Iterator[Row]:
    """Yield the tour by HiGHS."""
    return _outside("tours", size, _tour(size))


def speeddates_outside(_: Path, size: int) -> Iterator[Row]:
    """Yield the speed date by HiGHS."""
    return _outside("speeddates", size, _dates(size))
