"""The language coverage matrix of an evening: families expected × who interprets, per language, place and time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from planner.domain.staffing.plan import Lane, StaffEvent, StaffPlan, StaffProblem
from planner.domain.staffing.refusals import covered_languages
from planner.domain.staffing.why import who_could


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A language in a place for a part of the evening; `class_id` None is where everyone is together.

    `families` are expected, `people` ids of those who interpret, `need_id` the first task that does, and `help` is a
    sentence on who could, empty when somebody does. `start` and `end` are aware UTC.
    """

    language: str
    class_id: str | None
    start: datetime
    end: datetime
    families: int
    people: tuple[str, ...]
    need_id: str
    help: str = ""


def _families(event: StaffEvent, lane: Lane) -> int:
    _, class_id, code = lane
    if class_id is None:
        return event.expected.per_language.get(code, 0)
    return event.expected.class_language.get((class_id, code), 0)


def coverage(problem: StaffProblem, plan: StaffPlan, event: StaffEvent) -> tuple[Cell, ...]:
    """Return the matrix of an event, the language of most families first; a language nobody expects has no cell."""
    people: defaultdict[Lane, list[str]] = defaultdict(list)
    for _, need, person in problem.known(plan):
        for code in covered_languages(person, need):
            people[need.event_id, need.class_id, code].append(person.id)
    cells = []
    for lane, needs in problem.lanes.items():
        if lane[0] == event.id:
            there = tuple(dict.fromkeys(people[lane]))
            cells.append(
                Cell(
                    language=lane[2],
                    class_id=lane[1],
                    start=min(need.start for need in needs),
                    end=max(need.end for need in needs),
                    families=_families(event, lane),
                    people=there,
                    need_id=needs[0].id,
                    help="" if there else who_could(problem, plan, lane),
                )
            )
    order = {code: at for at, code in enumerate(event.expected.per_language)}
    return tuple(
        sorted(cells, key=lambda cell: (order.get(cell.language, len(order)), cell.start, cell.class_id or ""))
    )
